"""All of one person's days together: what changed, how they come back, and whether days stand out.

Each item is judged by itself (`daily_change`), and none is mixed with another. How fast somebody
comes back from hard days is a quantity of its own: of the one item that follows every day, and that
was answered most.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from waymark.library.item import Kind, Question
from waymark.progress.days.daily_change import DailyChange, Way, asked_of, change_of
from waymark.progress.days.evidence import Days, weigh_days
from waymark.progress.days.values import DayLine, Given, lines_of

REACH = timedelta(days=182)
"""How far back a warning and the return from hard days look; what they cost grows with the cube of
the days. A change is told of all days: its first two weeks are the first ones."""


@dataclass(frozen=True, slots=True)
class ItemDays:
    """One item and all that was said to it, in any order."""

    question: Question
    given: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """One item and what became of it."""

    question: Question
    change: DailyChange

    @property
    def harder(self) -> bool:
        """Whether it got harder, clearly or probably."""
        return self.change.way is Way.HARDER


@dataclass(frozen=True, slots=True)
class DailyLife:
    """``moved``: every item of which a change can be judged, in order. ``watched``: the same items
    as the signals of check-ins read them; of one of them also the return from hard days.
    ``hard_days``: how many were marked within ``REACH``."""

    moved: tuple[Moved, ...]
    watched: tuple[Days, ...]
    hard_days: int

    @property
    def harder(self) -> bool:
        """Whether anything got harder: then nothing is cheered."""
        return any(one.harder for one in self.moved)


def daily_life(items: Iterable[ItemDays], *, hard: Sequence[date], today: date) -> DailyLife:
    """Judge every item as of a day. Answers to other versions of its words are another line."""
    lines = [(one, _line(one, today)) for one in items if one.question.judged]
    told = [(one, line) for one, line in lines if any(day.value is not None for day in line.own)]
    late = sorted({day for day in hard if today - REACH < day <= today})
    back = _comes_back(told) if late else None
    return DailyLife(
        moved=tuple(
            Moved(one.question, change)
            for one, _ in told
            if (change := change_of(one.question, one.given, today=today)) is not None
        ),
        watched=tuple(
            weigh_days(
                asked_of(one.question, _lately(line, today), today=today),
                setbacks=[day.toordinal() for day in late] if one is back else None,
                items=len(told),
            )
            for one, line in told
        ),
        hard_days=len(late),
    )


def _line(one: ItemDays, today: date) -> DayLine:
    upto = (each for each in one.given if each.on <= today)
    found = (
        line
        for line in lines_of(upto, kind=one.question.kind)
        if line.version == one.question.version
    )
    return next(found, DayLine(one.question.version, ()))


def _lately(line: DayLine, today: date) -> DayLine:
    return DayLine(line.version, tuple(day for day in line.own if day.on > today - REACH))


def _comes_back(told: Sequence[tuple[ItemDays, DayLine]]) -> ItemDays | None:
    """The item of numbers that every day can be answered, and that was answered most."""
    daily = [
        (one, line)
        for one, line in told
        if one.question.kind is Kind.NUMBER and not one.question.occasional
    ]
    most = max(daily, key=lambda each: len(each[1].own), default=None)
    return most[0] if most else None
