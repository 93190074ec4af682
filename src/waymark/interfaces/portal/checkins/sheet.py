"""The form of a check-in: each question with its answers, none of them chosen; and what came back.

An answer that was not sent is not answered. There is a way back to that: "Skip this one".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from waymark.library.answers import BadAnswer
from waymark.library.bodyregion import BODY_REGIONS
from waymark.library.feeling import QUARTER_WORDS
from waymark.library.feelings import in_quarter
from waymark.library.item import DEGREES, TOP, CheckInItem, Kind, Question
from waymark.library.item_answer import (
    NOT_ANSWERED,
    ItemAnswer,
    Used,
    asked,
    read,
    ticked,
)
from waymark.library.own_item import OwnItem
from waymark.record.checkins.said import Said, said

SKILLS_SHOWN = 6
AT_FIRST = (
    gettext_noop("a walk"),
    gettext_noop("slow breathing"),
    gettext_noop("talking to somebody"),
    gettext_noop("music"),
    gettext_noop("writing it down"),
    gettext_noop("resting"),
)
"""What helps many people, until somebody has named what helps them."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: what is sent, and its name."""

    value: str
    label: str
    chosen: bool = False
    help: str = ""  # of a skill: how much it helped, as it was sent


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as the page draws it. ``shape``: choices, eleven or skills."""

    id: str
    number: int
    total: int
    words: str
    shape: str
    options: tuple[Option, ...]
    ends: tuple[str, ...] = ()
    no_occasion: str = ""
    passed: bool = False  # there is no occasion, and that was chosen
    gate: str = ""  # the question after whose answer alone this one is asked
    opened_by: str = ""
    error: str = ""
    degrees: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """What came back: what was said, and what is wrong, by question."""

    said: Said
    wrong: Mapping[str, str] = field(default_factory=dict)


def sheet(
    questions: Sequence[Question],
    *,
    held: Mapping[str, ItemAnswer] | None = None,
    skills: Sequence[str] = (),
    wrong: Mapping[str, str] | None = None,
) -> list[Asked]:
    """The questions in order; ``held``: what was said to them already, and nothing else is chosen.
    ``skills``: those that were named before."""
    answers, errors = held or {}, wrong or {}
    return [
        _asked(one, number, len(questions), answers.get(one.id, NOT_ANSWERED), skills,
               errors.get(one.id, ""))
        for number, one in enumerate(questions, 1)
    ]  # fmt: skip


def _asked(
    one: Question,
    number: int,
    total: int,
    held: ItemAnswer,
    skills: Sequence[str],
    error: str,
) -> Asked:
    item = one if isinstance(one, CheckInItem) else None
    gate = (item.follows or "") if item else ""
    return Asked(
        id=one.id,
        number=number,
        total=total,
        words=words_of(one),
        shape={Kind.NUMBER: "eleven", Kind.SKILLS: "skills"}.get(one.kind, "choices"),
        options=tuple(_skills(held, skills) if one.kind is Kind.SKILLS else _options(one, held)),
        ends=tuple(_(end) for end in one.steps) if one.kind is Kind.NUMBER else (),
        no_occasion=_nothing(one),
        passed=_passed(one, held),
        gate=gate,
        opened_by=" ".join(str(n) for n in range(TOP[Kind.DURATION] + 1)) if gate else "",
        error=error,
        degrees=tuple(_(one) for one in DEGREES),
    )


def words_of(question: Question) -> str:
    """The question as it is asked: ours in the reader's language, their own as they wrote it."""
    if isinstance(question, OwnItem):
        return question.words
    return _(question.words) if isinstance(question, CheckInItem) else question.id


def _nothing(one: Question) -> str:
    """The third answer; of skills, that none was used."""
    if one.kind is Kind.SKILLS:
        return _(one.steps[0])
    return _(one.no_occasion) if one.no_occasion else ""


def _passed(one: Question, held: ItemAnswer) -> bool:
    if one.kind is Kind.SKILLS:
        return held.value == 0
    return held.value is None and held != NOT_ANSWERED


def _options(one: Question, held: ItemAnswer) -> Iterator[Option]:
    numbers = range(TOP[one.kind] + 1)
    for value in reversed(numbers) if one.kind is Kind.YES_NO else numbers:
        label = str(value) if one.kind is Kind.NUMBER else _(one.steps[value])
        yield Option(str(value), label, held.value == value)


def _skills(held: ItemAnswer, known: Sequence[str]) -> Iterator[Option]:
    """Those that were said now, those that were named before, and at first some to begin with."""
    used = {one.skill: one for one in held.used}
    names = [*used, *known] if known or used else [_(one) for one in AT_FIRST]
    for name in [*dict.fromkeys(names)][: max(SKILLS_SHOWN, len(used))]:
        yield Option(name, name, name in used, _help(used.get(name)))


def _help(used: Used | None) -> str:
    return "" if used is None or used.help is None else str(used.help)


# What came back.


def given(post: QueryDict, questions: Sequence[Question]) -> Given:
    """Read it. Raises Invalid for feelings and places that are not on the list."""
    answers: dict[str, ItemAnswer] = {}
    wrong: dict[str, str] = {}
    for one in questions:
        try:
            answers[one.id] = _answer(one, post)
        except BadAnswer:
            wrong[one.id] = _("Choose one of the answers, or leave it open.")
    stands = [(one, answers[one.id]) for one in questions if one.id in answers
              and _is_asked(one, answers)]  # fmt: skip
    return Given(
        said(
            stands,
            feelings=post.getlist("feelings"),
            words=post.get("words", "").split(","),
            regions=post.getlist("regions"),
        ),
        wrong,
    )


def _is_asked(one: Question, answers: Mapping[str, ItemAnswer]) -> bool:
    """What follows an answer that was taken back is not answered."""
    return not isinstance(one, CheckInItem) or asked(one, answers)


def _answer(one: Question, post: QueryDict) -> ItemAnswer:
    if one.kind is not Kind.SKILLS:
        return read(one, post.get(one.id))
    chosen, helped = _chosen(one.id, post)
    return ticked(one, chosen, helped=helped, sent=post.get(one.id) == "none")


def _chosen(id: str, post: QueryDict) -> tuple[list[str], dict[str, str]]:
    places = sorted(name for name in post if name.startswith(f"{id}.") and name.count(".") == 1)
    named = {name: post.get(name, "").strip() for name in places}
    chosen = [skill for skill in named.values() if skill]
    helped = {skill: post.get(f"{name}.help", "") for name, skill in named.items()}
    return chosen, helped


def feelings(held: Said | None = None) -> list[dict[str, Any]]:
    """The words in their four quarters, each with what it means here."""
    chosen = set(held.feelings) if held else set()
    return [
        {
            "name": _(title),
            "words": [
                {"id": one.id, "word": _(one.word), "meaning": _(one.meaning),
                 "chosen": one.id in chosen}
                for one in in_quarter(quarter)
            ],
        }
        for quarter, title in QUARTER_WORDS.items()
    ]  # fmt: skip


def regions(held: Said | None = None) -> list[Option]:
    """The parts of the body, from head to feet."""
    chosen = set(held.regions) if held else set()
    return [Option(one.id, _(one.label), one.id in chosen) for one in BODY_REGIONS]


def own_words(held: Said | None = None) -> str:
    return ", ".join(held.words) if held else ""
