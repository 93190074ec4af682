"""What became of one item, day by day: both windows, what may be said, and which way.

The least size and the evidence are those of `daily.py`; here answers become days, days windows,
and the four states get their direction. Waymark, decision 32 and content B3.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from waymark.library.item import TOP, Question
from waymark.progress.days.daily import WINDOW, DailyVerdict, Look, look
from waymark.progress.days.evidence import Asked
from waymark.progress.days.values import DayLine, Given, lines_of
from waymark.progress.days.windows import Window, window_of

SPAN = timedelta(days=WINDOW - 1)
CHANGED = {DailyVerdict.CLEAR, DailyVerdict.PROBABLE}


class Way(StrEnum):
    """Which way the days went, for the person."""

    EASIER = "easier"
    HARDER = "harder"


def way_of(found: Look) -> Way | None:
    """Easier or harder, where a change is clear or probably real; else there is no way."""
    if found.verdict not in CHANGED:
        return None
    return Way.EASIER if found.better else Way.HARDER


@dataclass(frozen=True, slots=True)
class DailyChange:
    """One finding of one version of one item, as of one day.

    ``baseline``: the first two weeks that hold enough, as far as they are over; as long as there
    are none, the last two.
    ``current``: the last two weeks, as far as they lie behind the baseline; None before that.
    ``occasions``: what is counted is occasions, not days.
    """

    item: str
    version: int
    baseline: Window
    current: Window | None
    occasions: bool
    look: Look

    @property
    def state(self) -> DailyVerdict:
        """Clear change, probably real, no change seen, or too early to say."""
        return self.look.verdict

    @property
    def way(self) -> Way | None:
        """Easier or harder, where a change is clear or probably real; else there is no way."""
        return way_of(self.look)

    @property
    def ready_on(self) -> date | None:
        """The first day on which anything can be said, by the calendar; None: nobody knows yet."""
        if self.look.start is None:
            return None
        return date.fromordinal(self.look.start) + timedelta(days=2 * WINDOW - 1)

    @property
    def waits(self) -> str:
        """``Not enough yet: 4 of 7 days.``; empty where enough was answered for now."""
        counted = self.current or self.baseline
        if self.state is not DailyVerdict.TOO_EARLY or counted.answered >= self.look.needed:
            return ""
        things = "times" if self.occasions else "days"
        return f"Not enough yet: {counted.answered} of {self.look.needed} {things}."


def change_of(item: Question, given: Iterable[Given], *, today: date) -> DailyChange | None:
    """Judge the answers to the present words of an item; None where an item is not judged.

    Each version of the words begins anew. Days that were brought in lie in neither window, and
    what is to come is not looked at. ``ValueError`` for an answer that lies off its scale.
    """
    if not item.judged:
        return None
    upto = (one for one in given if one.on <= today)
    line = next(
        (one for one in lines_of(upto, kind=item.kind) if one.version == item.version),
        DayLine(item.version, ()),
    )
    days = line.own
    found = look(
        [day.on.toordinal() for day in days],
        [day.value for day in days],
        kind=item.kind,
        better=item.better,
        occasions=item.occasional,
        at=today.toordinal(),
    )
    baseline, current = _windows(item, line, found, today)
    return DailyChange(
        item=item.id,
        version=item.version,
        baseline=baseline,
        current=current,
        occasions=item.occasional,
        look=found,
    )


def asked_of(item: Question, line: DayLine, *, today: date) -> Asked:
    """A line as signals of check-ins read it (`evidence.weigh_days`), with its days by name, so
    that what they say as of a day is what ``change_of`` says."""
    return Asked(
        item=item.id,
        when=[day.on.toordinal() for day in line.own],
        scores=[day.value for day in line.own],
        low=0,
        high=TOP[item.kind],
        better=item.better,
        names=[day.on for day in line.own],
        occasions=item.occasional,
        today=today.toordinal(),
    )


def _windows(
    item: Question, line: DayLine, found: Look, today: date
) -> tuple[Window, Window | None]:
    start = date.fromordinal(found.start) if found.start is not None else today - SPAN
    end = min(start + SPAN, today)
    baseline = window_of(line.days, kind=item.kind, first=start, last=end)
    after = max(end + timedelta(days=1), today - SPAN)
    if found.start is None or after > today:
        return baseline, None
    return baseline, window_of(line.days, kind=item.kind, first=after, last=today)
