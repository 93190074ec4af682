"""What was said to a check-in item: a value, "no occasion", or nothing; three things, never one.

As text, stored and exported: nothing is empty, no occasion is ``no-occasion``, a value is its
number, and skills are JSON: ``[["a walk", 3], ["music", null]]``.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import category

from waymark.library.answers import BadAnswer
from waymark.library.item import DEGREES, TOP, CheckInItem, Kind, Question, named

NO_OCCASION_TEXT = "no-occasion"
WORDS_OF_YES_NO = {"no": 0, "yes": 1}
MOST_HELP = len(DEGREES) - 1
LONGEST_SKILL = 80
"""Signs in the name of one skill."""
BROKEN = {"Cc", "Cs"}
"""Categories of signs that no name holds: line breaks and the like, and halves of a sign."""


class State(StrEnum):
    """Whether there is an answer, and whether there was anything to answer about."""

    NOT_ANSWERED = "not-answered"
    NO_OCCASION = "no-occasion"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Used:
    """One skill that was used. ``help``: 0 not at all to 4 very much; None where it is not said."""

    skill: str
    help: int | None = None

    @property
    def helped(self) -> str:
        """The name of how much it helped; empty where it is not said."""
        return "" if self.help is None else DEGREES[self.help]


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """One answer to one item. ``value`` is there if, and only if, it was answered; 0 is a value.

    Of skills it is 1 where any was used and 0 where none was; ``used`` says which.
    """

    state: State = State.NOT_ANSWERED
    value: int | None = None
    used: tuple[Used, ...] = ()

    def __post_init__(self) -> None:
        if (self.value is not None) is not (self.state is State.ANSWERED):
            raise ValueError("a value belongs to what was answered, and to nothing else")
        if self.used and self.value != 1:
            raise ValueError("skills that were used make the value 1")


NOT_ANSWERED = ItemAnswer()
NO_OCCASION = ItemAnswer(State.NO_OCCASION)


def answered(value: int) -> ItemAnswer:
    """The answer of this value."""
    return ItemAnswer(State.ANSWERED, value)


def of_skills(used: Iterable[Used]) -> ItemAnswer:
    """The answer of these skills; none of them is an answer too."""
    named_once = tuple({one.skill: one for one in used}.values())
    return ItemAnswer(State.ANSWERED, int(bool(named_once)), named_once)


def read(item: Question, given: str | None) -> ItemAnswer:
    """What a form or an import says of one item; None is a field that was not sent.

    Around it, spaces and capitals do not count, and yes and no may be words. Raises ``BadAnswer``
    with what would be taken.
    """
    text = (given or "").strip()
    if item.kind is Kind.SKILLS and text.casefold() != NO_OCCASION_TEXT:
        return _read_skills(item, text)
    return _read_plain(item, text.casefold())


def ticked(
    item: Question, chosen: Sequence[str], *, helped: Mapping[str, str], sent: bool
) -> ItemAnswer:
    """Skills as a form sends them: the boxes that were ticked, and by skill how much it helped.

    ``sent``: the question was answered, so that no box at all means none of them; where it was
    passed over, it is not answered. Raises ``BadAnswer``.
    """
    if not sent and not chosen:
        return NOT_ANSWERED
    return of_skills(_used(item, skill, helped.get(skill) or None) for skill in chosen)


def stored(answer: ItemAnswer, *, kind: Kind) -> str:
    """The one text that stands for an answer to an item of this kind."""
    if answer.state is State.NOT_ANSWERED:
        return ""
    if answer.state is State.NO_OCCASION:
        return NO_OCCASION_TEXT
    if kind is Kind.SKILLS:
        return json.dumps([[one.skill, one.help] for one in answer.used], ensure_ascii=False)
    return str(answer.value)


def from_stored(item: Question, text: str) -> ItemAnswer:
    """The answer that ``stored`` wrote. ``BadAnswer`` for a text that it would not write."""
    answer = read(item, text)
    if stored(answer, kind=item.kind) != text:
        raise BadAnswer(item.id, f"{text!r} is not as it is stored. Store what `stored` gives.")
    return answer


def label_of(item: Question, answer: ItemAnswer) -> str:
    """The words of an answer, as they were chosen; of skills their names; empty where there is
    none."""
    if answer.value is None:
        return item.no_occasion if answer.state is State.NO_OCCASION else ""
    if answer.used:
        return ", ".join(one.skill for one in answer.used)
    return named(item.kind, item.steps, answer.value)


def asked(item: CheckInItem, answers: Mapping[str, ItemAnswer]) -> bool:
    """Whether the item is asked, given what was said to the others: one that follows another is,
    once that other was answered with a value."""
    if item.follows is None:
        return True
    return answers.get(item.follows, NOT_ANSWERED).state is State.ANSWERED


def kept(items: Iterable[CheckInItem], answers: Mapping[str, ItemAnswer]) -> dict[str, ItemAnswer]:
    """The answers that still stand: what follows an answer that was taken back is not answered."""
    return {
        item.id: answers.get(item.id, NOT_ANSWERED) if asked(item, answers) else NOT_ANSWERED
        for item in items
    }


def _read_plain(item: Question, text: str) -> ItemAnswer:
    if not text:
        return NOT_ANSWERED
    if text == NO_OCCASION_TEXT:
        return _read_no_occasion(item)
    if item.kind is Kind.YES_NO and text in WORDS_OF_YES_NO:
        return answered(WORDS_OF_YES_NO[text])
    if re.fullmatch(r"[0-9]{1,2}", text) and str(int(text)) == text and int(text) <= TOP[item.kind]:
        return answered(int(text))
    raise BadAnswer(item.id, f"{text!r} is not one of its answers. {_takes(item)}")


def _read_no_occasion(item: Question) -> ItemAnswer:
    if not item.no_occasion:
        raise BadAnswer(item.id, f"it always has an occasion. {_takes(item)}")
    return NO_OCCASION


def _takes(item: Question) -> str:
    """What would be taken, as the end of a refusal."""
    listed = f"a whole number from 0 to {TOP[item.kind]}"
    if item.kind is Kind.YES_NO:
        listed = "yes or no"
    elif item.kind is Kind.SKILLS:
        listed = 'a list such as [["a walk", 3]], help from 0 to 4'
    third = f", {NO_OCCASION_TEXT}," if item.no_occasion else ","
    return f"Give {listed}{third} or leave it unanswered."


def _read_skills(item: Question, text: str) -> ItemAnswer:
    if not text:
        return NOT_ANSWERED
    refusal = BadAnswer(item.id, f"{text!r} is no list of skills. {_takes(item)}")
    try:
        listed: object = json.loads(text)
    except (ValueError, RecursionError):
        raise refusal from None
    if not isinstance(listed, list):
        raise refusal
    return of_skills(_of_pair(item, pair, refusal) for pair in listed)


def _of_pair(item: Question, pair: object, refusal: BadAnswer) -> Used:
    if not isinstance(pair, list) or len(pair) != 2:
        raise refusal
    skill, help = pair
    if not isinstance(skill, str) or not (help is None or type(help) is int):
        raise refusal
    return _used(item, skill, None if help is None else str(help))


def _used(item: Question, skill: str, help: str | None) -> Used:
    name = skill.strip()
    if not name or len(name) > LONGEST_SKILL or any(category(sign) in BROKEN for sign in name):
        raise BadAnswer(
            item.id,
            f"{skill!r} does not name a skill. Give a few words on one line, "
            f"{LONGEST_SKILL} signs at most.",
        )
    if help is None:
        return Used(name)
    if help not in {str(step) for step in range(MOST_HELP + 1)}:
        raise BadAnswer(
            item.id,
            f"{help!r} does not say how much {name!r} helped. "
            f"Give a whole number from 0 to {MOST_HELP}, or leave it out.",
        )
    return Used(name, int(help))
