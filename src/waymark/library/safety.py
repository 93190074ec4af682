"""Answers in, dangers out: asked of raw answers, before any scoring, on drafts too.

It reads single answers and never a total, so an answer is told even when no score can be given.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from waymark.library import answers as given
from waymark.library.instrument import Answers, Instrument, Item, Remark, Safety

NO_ANSWER = "no answer"


class Tier(StrEnum):
    """How fast a named human must own it. A route, never a grade of a person's risk."""

    REVIEW = "review"
    SAME_DAY = "same-day"
    URGENT = "urgent"


_BY_SPEED = (Tier.REVIEW, Tier.SAME_DAY, Tier.URGENT)


@dataclass(frozen=True, slots=True)
class Risk:
    """One risk item to be told: ``value`` is None when it was asked and left unanswered."""

    item: str
    value: int | None
    label: str  # the exact words that were chosen
    about: str


def risks(instrument: Instrument, answers: Answers) -> tuple[Risk, ...]:
    """Every risk item answered on the side of danger or left unanswered, in printed order.

    Raises ``BadAnswer`` for a value that a risk item does not list, rather than pass it over.
    """
    told = []
    for item, safety in _watched(instrument):
        value = answers.get(item.id)
        given.accept(item, value)
        if value is not None and value >= safety.at_least:
            told.append(Risk(item.id, value, item.label_of(value), safety.about))
        elif given.unanswered(item, answers):
            told.append(Risk(item.id, None, NO_ANSWER, safety.about))
    return tuple(told)


def positive(instrument: Instrument, answers: Answers) -> tuple[Risk, ...]:
    """The risks that open a concern: any one does, whatever the total."""
    return tuple(risk for risk in risks(instrument, answers) if risk.value is not None)


def unanswered(instrument: Instrument, answers: Answers) -> tuple[Risk, ...]:
    """Risk items asked and left out: told to the team, and never read as a No."""
    return tuple(risk for risk in risks(instrument, answers) if risk.value is None)


def tier(instrument: Instrument, answers: Answers, *, previous: Sequence[Answers]) -> Tier | None:
    """The fastest route that any positive answer asks for; None when nothing is positive.

    ``previous`` holds the person's earlier answers to this instrument, oldest first. An answer
    that is positive for the first time ever, or has risen by two or more, is owned the same day.
    A risk item left unanswered asks for no route of its own: ``risks`` tells it beside the others.
    """
    routes = []
    for item, safety in _watched(instrument):
        value = answers.get(item.id)
        given.accept(item, value)
        if value is not None and value >= safety.at_least:
            before = [old for each in previous if (old := each.get(item.id)) is not None]
            routes.append(_route(safety, value, before))
    return max(routes, key=_BY_SPEED.index, default=None)


def backup_told(instrument: Instrument, answers: Answers) -> bool:
    """Whether the backup responder is told together with the primary one (C-SSRS 3 and above)."""
    return any(
        safety.backup and (answers.get(item.id) or 0) >= safety.at_least
        for item, safety in _watched(instrument)
    )


def remarks(instrument: Instrument, answers: Answers) -> tuple[Remark, ...]:
    """Soft notes for the clinician only; they open no concern (PCL-5 item 16)."""
    return tuple(
        item.remark
        for item in instrument.items
        if item.remark and (answers.get(item.id) or 0) >= item.remark.at_least
    )


def _watched(instrument: Instrument) -> Iterator[tuple[Item, Safety]]:
    return ((item, item.safety) for item in instrument.items if item.safety is not None)


def _route(safety: Safety, value: int, before: Sequence[int]) -> Tier:
    if safety.urgent is not None and value >= safety.urgent:
        return Tier.URGENT
    first = not any(old >= safety.at_least for old in before)
    risen = bool(before) and value - before[-1] >= 2
    return Tier.SAME_DAY if value >= safety.same_day or first or risen else Tier.REVIEW
