"""One value a day: what several answers of one day come to, and which days stand on one line.

Three things stay apart: a day without an answer is no day here, a day with nothing to answer about
is one without a value, and 0 is a value like any other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import fmean

from waymark.library.item import Kind
from waymark.library.item_answer import ItemAnswer, State

MEANS = {Kind.NUMBER, Kind.DEGREE}
LASTS = {Kind.DURATION, Kind.COMPARED}
"""Kinds of which a day is the mean, and the last answer; of the others it is whether any is 1."""


@dataclass(frozen=True, slots=True)
class Given:
    """One answer to one item, as it stands now.

    ``on``: the day it is for, fixed when the form was opened. ``at``: when it was first given; an
    edit changes the answer and not this. ``version``: of the item's words. ``back_filled``: it was
    given for the day before. ``imported``: it was brought in from elsewhere.
    """

    on: date
    at: datetime
    answer: ItemAnswer
    version: int = 1
    back_filled: bool = False
    imported: bool = False


@dataclass(frozen=True, slots=True)
class DayValue:
    """One day. ``value`` is None where all that was said is "no occasion"; ``answers`` counts what
    the value is made of. ``back_filled``: all of that was given a day later."""

    on: date
    value: float | None
    answers: int
    back_filled: bool = False
    imported: bool = False


@dataclass(frozen=True, slots=True)
class DayLine:
    """The days of one version of an item's words, ascending: other words are another line."""

    version: int
    days: tuple[DayValue, ...]

    @property
    def own(self) -> tuple[DayValue, ...]:
        """The days that were answered here; what was brought in is drawn, and counts nowhere."""
        return tuple(day for day in self.days if not day.imported)


def lines_of(given: Iterable[Given], *, kind: Kind) -> tuple[DayLine, ...]:
    """A line for each version of the words, in order of versions. Order of arrival is no matter."""
    versions: dict[int, list[Given]] = {}
    for one in given:
        versions.setdefault(one.version, []).append(one)
    return tuple(
        DayLine(version, day_values(versions[version], kind=kind)) for version in sorted(versions)
    )


def day_values(given: Iterable[Given], *, kind: Kind) -> tuple[DayValue, ...]:
    """One value for each day on which anything was said, ascending.

    0 to 10 and 0 to 4: the mean. A duration and what is compared: the last one. Yes or no, and
    skills: 1 where any is. Where a day holds answers given here, those brought in are left out.
    """
    days: dict[date, list[Given]] = {}
    for one in sorted(given, key=lambda one: one.at):
        if one.answer.state is not State.NOT_ANSWERED:
            days.setdefault(one.on, []).append(one)
    return tuple(_day(on, days[on], kind) for on in sorted(days))


def _day(on: date, given: Sequence[Given], kind: Kind) -> DayValue:
    counted = [one for one in given if not one.imported] or given
    valued = [one for one in counted if one.answer.value is not None]
    values = [one.answer.value for one in valued if one.answer.value is not None]
    return DayValue(
        on=on,
        value=_settled(values, kind) if values else None,
        answers=len(values),
        back_filled=all(one.back_filled for one in valued or counted),
        imported=all(one.imported for one in counted),
    )


def _settled(values: Sequence[int], kind: Kind) -> float:
    if kind in MEANS:
        return fmean(values)
    return float(values[-1] if kind in LASTS else max(values))
