"""Pages of two of them: a hard evening, a walk, one shared and talked about, an event of a life."""

from dataclasses import dataclass, field
from uuid import UUID

from waymark.interfaces.cli.owner.demo_life import Life
from waymark.record.journal.actions import ToWrite, write
from waymark.record.journal.tagging import note_event
from waymark.record.journal.writing import Writing, snapshot_of
from waymark.record.sharing import actions as sharing

NUMBER = 40


@dataclass(frozen=True, slots=True)
class Page:
    """A page, and how many days ago it was written."""

    days: int
    writing: Writing
    tags: tuple[str, ...] = field(default=())


SHARED = Page(
    8,
    Writing("I said one thing in the meeting. My voice did its thing. Nobody laughed."),
    ("work",),
)
PAGES = {
    "sam": (
        Page(
            152,
            Writing("I read the email four times and then cleaned the kitchen until midnight.",
                    before=2, after=3),
            ("work",),
        ),
        Page(
            96,
            Writing("Three days of it in my stomach. Wrote down what I wish I had said to Dad.",
                    "emotion-focused", "letter-to-it", 2, 4),
            ("family",),
        ),
        Page(
            31,
            Writing("Walked to the river and back. The phone stayed home.",
                    "daily-reflection", "gave-energy", 4, 6),
            ("walks",),
        ),
        Page(
            18,
            Writing("I waited for the sky to fall after I said no. Had soup instead.",
                    "progress-tracking", "handled-anew", 5, 7),
            ("work", "saying no"),
        ),
        SHARED,
        Page(
            2,
            Writing("Nobody asked how work was, and I did not bring it up. A good evening.",
                    before=5, after=7),
            ("family",),
        ),
    ),
    "morgan": (
        Page(12, Writing("Same as last week. I do not know what to write.", before=4, after=4)),
    ),
}  # fmt: skip


def live(life: Life) -> None:
    for page in PAGES.get(life.login, ()):
        entry = _written(life, page)
        if page is SHARED:
            _shared(life, entry, page)
    if life.login == "sam":
        _new_team(life)


def _written(life: Life, page: Page) -> UUID:
    at = life.ago(days=page.days, hours=2)
    row = write(life.patient, what=ToWrite(page.writing, page.tags), by=life.client, at=at)
    return row.pk


def _shared(life: Life, entry: UUID, page: Page) -> None:
    at, by = life.ago(days=page.days, hours=1), life.therapist
    shown = snapshot_of(page.writing, life.day_of(life.ago(days=page.days, hours=2)))
    what = sharing.ToShare("journal", entry, shown, shown.digest)
    held = sharing.share(life.patient, what=what, by=life.client, at=at)
    sharing.see_shared(life.patient, shares=[held.pk], by=by, at=life.ago(days=7))
    talked = life.ago(days=1, hours=1)
    sharing.note_shared(life.patient, share=held.pk, used="discussed", by=by, at=talked)


def _new_team(life: Life) -> None:
    at = life.ago(days=56)
    note_event(
        life.patient,
        words="New team at work",
        first=life.day_of(at),
        last=None,
        by=life.client,
        at=at,
    )
