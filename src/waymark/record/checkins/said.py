"""What is said in one check-in: answers, feelings, places in the body; and how a reader sees it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from waymark.library.bodyregion import BODY_REGIONS
from waymark.library.feelings import FEELINGS
from waymark.library.item import Question
from waymark.library.item_answer import (
    NOT_ANSWERED,
    ItemAnswer,
    State,
    from_stored,
    label_of,
    stored,
)
from waymark.record.checkins.tracking import called
from waymark.record.sharing.snapshot import Part, Snapshot
from waymark.record.tenancy.action import Invalid

MOST_WORDS, LONGEST_WORD = 5, 40
"""Feeling words of one's own in one check-in, and the signs in each."""

REGIONS = {one.id: one for one in BODY_REGIONS}


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer as it is stored: of which item, of which version of its words, and the text of
    `item_answer.stored`. What was not answered is not here."""

    item: str
    version: int
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """All of it. ``feelings`` and ``regions`` are ids; ``words`` are feelings in own words."""

    answers: tuple[Answered, ...] = ()
    feelings: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether nothing at all was said, which is no check-in."""
        return not (self.answers or self.feelings or self.words or self.regions)

    @property
    def body(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "answers": [[one.item, one.version, one.text] for one in self.answers],
            "feelings": list(self.feelings),
            "words": list(self.words),
            "regions": list(self.regions),
        }

    def to(self, question: Question) -> ItemAnswer | None:
        """What was said to the present words of an item; None where it was not asked, or other
        words of it were."""
        for one in self.answers:
            if (one.item, one.version) == (question.id, question.version):
                return from_stored(question, one.text)
        return None


def read(body: Mapping[str, Any]) -> Said:
    """A stored one."""
    return Said(
        answers=tuple(Answered(*one) for one in body["answers"]),
        feelings=tuple(body["feelings"]),
        words=tuple(body["words"]),
        regions=tuple(body["regions"]),
    )


def said(
    answers: Iterable[tuple[Question, ItemAnswer]],
    *,
    feelings: Iterable[str] = (),
    words: Iterable[str] = (),
    regions: Iterable[str] = (),
) -> Said:
    """What a form or a device gives. Raises Invalid with what would be taken."""
    held = [(item, one) for item, one in answers if one.state is not State.NOT_ANSWERED]
    return Said(
        answers=tuple(
            Answered(item.id, item.version, stored(one, kind=item.kind)) for item, one in held
        ),
        feelings=_known(feelings, FEELINGS, "feelings"),
        words=_own(words),
        regions=_known(regions, REGIONS, "regions"),
    )


def _known(given: Iterable[str], shelf: Mapping[str, object], field: str) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(given))
    if not set(chosen) <= shelf.keys():
        raise Invalid(field, _("Choose from the list, or leave it open."))
    return chosen


def _own(words: Iterable[str]) -> tuple[str, ...]:
    own = tuple(dict.fromkeys(" ".join(one.split()) for one in words if one.strip()))
    if len(own) > MOST_WORDS:
        raise Invalid("words", _("Choose the %(n)d that fit best.") % {"n": MOST_WORDS})
    if any(len(one) > LONGEST_WORD for one in own):
        raise Invalid("words", _("Shorten each to %(n)d letters.") % {"n": LONGEST_WORD})
    return own


def told(held: Said, questions: Mapping[tuple[str, int], Question]) -> tuple[Part, ...]:
    """What a reader reads, in the order in which it was asked. ``questions``: by id and version."""
    found = [_part(questions[one.item, one.version], one) for one in held.answers]
    names = [_(FEELINGS[id].word) for id in held.feelings]
    places = [_(REGIONS[id].label) for id in held.regions]
    found.append(Part(_("Feelings"), ", ".join([*names, *held.words])))
    found.append(Part(_("Felt in the body"), ", ".join(places)))
    return tuple(part for part in found if part.text)


def _part(question: Question, one: Answered) -> Part:
    answer = from_stored(question, one.text)
    short = called(question)
    if not answer.used:
        return Part(short, _(label_of(question, answer)))
    each = (f"{use.skill} ({_(use.helped).lower()})" if use.helped else use.skill
            for use in answer.used)  # fmt: skip
    return Part(short, ", ".join(each))


def snapshot_of(held: Said, day: date, questions: Mapping[tuple[str, int], Question]) -> Snapshot:
    """One check-in as somebody sees it whom it is shared with."""
    return Snapshot(_("A check-in"), day.isoformat(), told(held, questions))


def own_words(held: Said, questions: Mapping[tuple[str, int], Question]) -> str:
    """All that its writer put in words of their own: feelings and the names of skills."""
    used = [
        use.skill
        for one in held.answers
        if (question := questions.get((one.item, one.version))) is not None
        for use in (held.to(question) or NOT_ANSWERED).used
    ]
    return "\n".join([*held.words, *used])
