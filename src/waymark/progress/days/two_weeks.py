"""A two-week try: the 14 days before it against its own 14, of one item that was named beforehand.

One item, one look, on a day that was fixed when the try began: nothing is looked at until it is
over, and what is said is said in the four words of every other look (`daily.py`). What else changed
in these weeks is not known here: a change is one that came with the try, and perhaps not by it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from waymark.library.item import Question
from waymark.progress.days.daily import WINDOW, DailyVerdict, Look, look
from waymark.progress.days.daily_change import Way, way_of
from waymark.progress.days.values import DayLine, Given, lines_of
from waymark.progress.days.windows import Window, window_of

LENGTH = timedelta(days=WINDOW)


@dataclass(frozen=True, slots=True)
class TryFinding:
    """``before`` and ``during``: both windows, as far as they are over. Until the last day is over
    nothing is said, whatever was answered."""

    before: Window
    during: Window
    look: Look

    @property
    def state(self) -> DailyVerdict:
        """Clear change, probably real, no change seen, or too early to say."""
        return self.look.verdict

    @property
    def way(self) -> Way | None:
        """Easier or harder, where a change is clear or probably real."""
        return way_of(self.look)


def last_day(begins: date) -> date:
    """The last of the 14 days of a try."""
    return begins + LENGTH - timedelta(days=1)


def judge_try(item: Question, given: Iterable[Given], *, begins: date, today: date) -> TryFinding:
    """Judge the answers to the present words of an item. Other days count nowhere.

    ``ValueError`` for an item of which no change can be judged.
    """
    end = min(today, last_day(begins))
    inside = (one for one in given if begins - LENGTH <= one.on <= end)
    line = next(
        (one for one in lines_of(inside, kind=item.kind) if one.version == item.version),
        DayLine(item.version, ()),
    )
    found = look(
        [day.on.toordinal() for day in line.own],
        [day.value for day in line.own],
        kind=item.kind,
        better=item.better,
        occasions=item.occasional,
        at=end.toordinal(),
        since=(begins - LENGTH).toordinal(),
    )
    eve = begins - timedelta(days=1)
    before = window_of(line.days, kind=item.kind, first=begins - LENGTH, last=eve)
    during = window_of(line.days, kind=item.kind, first=begins, last=end)
    return TryFinding(before, during, found)
