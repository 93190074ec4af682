"""A stretch of days of one item: how many were answered, where they lie, and how much they vary."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import fmean, median, stdev

from waymark.library.item import Kind, Question
from waymark.progress.days.values import LASTS, DayValue


@dataclass(frozen=True, slots=True)
class Window:
    """``first`` to ``last``, both counted. ``values``: of the days that were answered, in order.
    ``no_occasion``: days with nothing to answer about. ``back_filled``: of those with a value."""

    kind: Kind
    first: date
    last: date
    values: tuple[float, ...]
    no_occasion: int
    back_filled: int

    @property
    def days(self) -> int:
        """Days of the calendar: the denominator of ``answered``."""
        return (self.last - self.first).days + 1

    @property
    def answered(self) -> int:
        """Days with a value; n of every figure here."""
        return len(self.values)

    @property
    def unanswered(self) -> int:
        """Days on which nothing was said: gaps, which stay gaps."""
        return self.days - self.answered - self.no_occasion

    @property
    def middle(self) -> float | None:
        """Mean of degrees and numbers, share of yes, median of ordered steps; None of nothing."""
        if not self.values:
            return None
        return median(self.values) if self.kind in LASTS else fmean(self.values)

    @property
    def yes(self) -> int:
        """Days of yes, or on which any skill was used."""
        return sum(value == 1 for value in self.values)

    @property
    def sd(self) -> float | None:
        """Within-person SD, in points; None below two days."""
        return stdev(self.values) if len(self.values) > 1 else None

    @property
    def spread(self) -> tuple[float, float] | None:
        """The lowest and the highest day; None of nothing."""
        return (min(self.values), max(self.values)) if self.values else None


def window_of(days: Iterable[DayValue], *, kind: Kind, first: date, last: date) -> Window:
    """The days that lie in a stretch; days that were brought in count nowhere.

    Of weekly items four weeks are one, too: ``yes`` is the count and ``answered`` says of how many.
    """
    inside = [day for day in days if first <= day.on <= last and not day.imported]
    valued = [day for day in inside if day.value is not None]
    return Window(
        kind=kind,
        first=first,
        last=last,
        values=tuple(day.value for day in valued if day.value is not None),
        no_occasion=len(inside) - len(valued),
        back_filled=sum(day.back_filled for day in valued),
    )


def figure(window: Window, item: Question) -> str:
    """Where a window lies, as one says it: ``5 of 8``, ``Under an hour``, ``5.4``; empty of
    nothing. A median between two steps names both."""
    middle = window.middle
    if middle is None:
        return ""
    if window.kind in {Kind.YES_NO, Kind.SKILLS}:
        return f"{window.yes} of {window.answered}"
    if window.kind not in LASTS:
        return f"{middle:.1f}"
    low, high = item.steps[int(middle)], item.steps[int(middle + 0.5)]
    return low if low == high else f"{low} / {high}"
