"""Small wins of two of them: one kept, one beside an older one, one shared and talked about."""

from uuid import UUID

from waymark.interfaces.cli.owner.demo_life import Life
from waymark.record.sharing import actions as sharing
from waymark.record.wins.actions import ToNote, note
from waymark.record.wins.happening import Happening, Sort, snapshot_of
from waymark.record.wins.queries import Kept

NUMBER = 50
LONG_AGO = Happening(
    Sort.SETBACK, "My boss asked for the report. I could not eat until night.", "", 4, 8
)
LATELY = Happening(
    Sort.WIN, "My boss asked again. I had lunch first, then wrote it.", "used-a-skill", 1, 4
)
SHARED = Happening(Sort.WIN, "I said no to the extra shift.", "said-no", 2, 5)
FIRST = Happening(Sort.WIN, "I opened the letter from the bank.", "tried-something-avoided")


def live(life: Life) -> None:
    if life.login == "avery":
        _noted(life, FIRST, days=3)
    if life.login == "sam":
        before = _noted(life, LONG_AGO, days=100)
        _noted(life, LATELY, days=12, like=before.id)
        _shared(life, days=9)


def _noted(life: Life, what: Happening, *, days: int, like: UUID | None = None) -> Kept:
    at = life.ago(days=days, hours=3)
    row = note(life.patient, what=ToNote(what, like=like), by=life.client, at=at)
    return Kept(row.pk, row.for_date, at, what, like)


def _shared(life: Life, *, days: int) -> None:
    win, at = _noted(life, SHARED, days=days), life.ago(days=days, hours=2)
    shown = snapshot_of(SHARED, win.day)
    what = sharing.ToShare("win", win.id, shown, shown.digest)
    row = sharing.share(life.patient, what=what, by=life.client, at=at)
    read, by = life.ago(days=days - 1), life.therapist
    sharing.see_shared(life.patient, shares=[row.pk], by=by, at=read)
    sharing.note_shared(life.patient, share=row.pk, used="discussed", by=by, at=life.ago(days=1))
