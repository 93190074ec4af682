"""What an entry holds, how long it may be, and how it reads to somebody it is shared with."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from waymark.library.prompts import PROMPTS
from waymark.record.sharing.snapshot import Part, Snapshot
from waymark.record.tenancy.action import Invalid

MOST_CHARACTERS = 100_000
"""Of an entry, as `length_of` counts; a page counts the same way."""
MOST_MOOD = 10


def normal(text: str) -> str:
    """A text with one sign for a line break; nothing else of it is changed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def length_of(text: str) -> int:
    """Its length in code points, a line break counted once: ``[...text].length`` in a browser,
    whose text areas keep breaks as one sign already."""
    return len(normal(text))


@dataclass(frozen=True, slots=True)
class Writing:
    """The words of an entry, and what they answer. Moods are 0 to 10; None is not said."""

    text: str
    family: str = ""  # of `PROMPTS`; empty: free
    prompt: str = ""
    before: int | None = None
    after: int | None = None

    @property
    def body(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)

    @property
    def asked(self) -> str:
        """The question that it answers; empty where it is free, or the question is gone."""
        if self.family not in PROMPTS:
            return ""
        prompts = {one.id: one.text for one in PROMPTS[self.family].prompts}
        return _(prompts[self.prompt]) if self.prompt in prompts else ""


def read(body: Mapping[str, Any]) -> Writing:
    """A stored one."""
    return Writing(**body)


def checked(what: Writing) -> Writing:
    """The same with line breaks made one. Raises Invalid, naming the field and what would do."""
    text = normal(what.text)
    if not text.strip():
        raise Invalid("text", _("Write something. One word is enough."))
    over = len(text) - MOST_CHARACTERS
    if over > 0:
        raise Invalid("text", _("Shorten it by %(over)d characters.") % {"over": over})
    if "\x00" in text:
        raise Invalid("text", _("It has a sign that cannot be kept. Write that place once more."))
    for field, mood in (("before", what.before), ("after", what.after)):
        if mood is not None and mood not in range(MOST_MOOD + 1):
            raise Invalid(field, _("Choose a number from 0 to 10, or leave it open."))
    if what.family and not _is_known(what.family, what.prompt):
        raise Invalid("prompt", _("Choose a question from the list, or none."))
    return Writing(text, what.family, what.prompt, what.before, what.after)


def _is_known(family: str, prompt: str) -> bool:
    return family in PROMPTS and prompt in {one.id for one in PROMPTS[family].prompts}


def snapshot_of(what: Writing, day: date) -> Snapshot:
    """As a reader sees it: no tag, and no mood that was not said."""
    moods = ((_("Mood before"), what.before), (_("Mood after"), what.after))
    facts = tuple(
        Part(label, _("%(n)d of 10") % {"n": mood}) for label, mood in moods if mood is not None
    )
    question = (Part(_("In answer to"), what.asked),) if what.asked else ()
    return Snapshot(
        _("From the journal"), day.isoformat(), (*question, Part("", what.text), *facts)
    )
