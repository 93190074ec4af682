"""What a client tracks: which items, items of their own, when, and whether it rests for a while."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, time
from typing import Any

from django.utils.translation import gettext as _

from waymark.library.instrument import Better
from waymark.library.item import CheckInItem, Question, When, asked_at_first
from waymark.library.items import ITEMS
from waymark.library.own_item import OwnItem

MOST_ITEMS = 6
"""Items in one check-in: length is what tires people (content B4)."""

LIGHT = 2
"""Of them, where somebody made it lighter."""

MOST_OWN = 20
"""Items of one's own, those that rest counted."""

FIRST_SET = tuple(one.id for one in asked_at_first(ITEMS.values()))
EVENING = time(20)


@dataclass(frozen=True, slots=True)
class Tracked:
    """``items``: ids in the order of asking. ``own``: every item of one's own, those that rest too,
    so that its line stays. ``paused``: until ``paused_until``, or until it is turned on again.
    ``settled_on``: the day on which somebody last said how to go on. ``rests_on``: a day that was
    marked as hard."""

    items: tuple[str, ...] = FIRST_SET
    own: tuple[OwnItem, ...] = ()
    light: bool = False
    hours: tuple[time, ...] = (EVENING,)
    paused: bool = False
    paused_until: date | None = None
    settled_on: date | None = None
    rests_on: date | None = None

    @property
    def body(self) -> dict[str, Any]:
        """The part of it that says what somebody has on their mind: as it is sealed."""
        return {"items": list(self.items), "own": [asdict(one) for one in self.own]}

    def rests(self, day: date) -> bool:
        """Whether nothing is asked on that day."""
        ended = self.paused_until is not None and day >= self.paused_until
        return self.rests_on == day or (self.paused and not ended)

    def question(self, id: str) -> Question | None:
        """One of ours, or of their own, by its id."""
        return ITEMS.get(id) or next((one for one in self.own if one.id == id), None)

    def chosen(self) -> tuple[Question, ...]:
        """What is tracked, in order: an item that follows another one right after it, and first
        something that one wants more of, where there is such a thing."""
        held = [one for id in self.items if (one := self.question(id)) and not _retired(one)]
        leaders = [one for one in held if _leader(one) is None]
        more = [one for one in leaders if one.better is Better.HIGHER][:1]
        ordered = [*more, *(one for one in leaders if one not in more)]
        return tuple(each for one in ordered for each in (one, *_followers(one, held)))

    def asked(self, *, lately: Collection[str] = ()) -> tuple[Question, ...]:
        """What a form asks. ``lately``: what was answered within the week; of a week it is asked
        once. Made light, it is two items, and none that follows."""
        due = [one for one in self.chosen() if not (_weekly(one) and one.id in lately)]
        if not self.light:
            return tuple(due)
        return tuple([one for one in due if _leader(one) is None][:LIGHT])

    def questions(self) -> Mapping[tuple[str, int], Question]:
        """Everything that can have been asked, by id and version of its words."""
        own: dict[tuple[str, int], Question] = {(one.id, one.version): one for one in self.own}
        ours = {(one.id, one.version): one for item in ITEMS.values() for one in _versions(item)}
        return {**own, **ours}

    def without(self, id: str) -> "Tracked":
        """An item of one's own rests: it is asked no more, and its line stays."""
        own = tuple(replace(one, retired=True) if one.id == id else one for one in self.own)
        return replace(self, own=own, items=tuple(one for one in self.items if one != id))


def own_of(body: Mapping[str, Any]) -> tuple[OwnItem, ...]:
    """The items of one's own that were stored."""
    return tuple(OwnItem(**{**one, "better": Better(one["better"])}) for one in body["own"])


def called(question: Question) -> str:
    """What a list and a sentence call an item: its short name, or its owner's own words."""
    if isinstance(question, OwnItem):
        return question.words
    return _(question.short) if isinstance(question, CheckInItem) else question.id


def _leader(question: Question) -> str | None:
    return question.follows if isinstance(question, CheckInItem) else None


def _followers(leader: Question, held: list[Question]) -> list[Question]:
    return [one for one in held if _leader(one) == leader.id]


def _weekly(question: Question) -> bool:
    return isinstance(question, CheckInItem) and question.when is When.WEEKLY


def _retired(question: Question) -> bool:
    return isinstance(question, CheckInItem | OwnItem) and question.retired


def _versions(item: CheckInItem | None) -> Iterator[CheckInItem]:
    while item is not None:
        yield item
        item = item.before
