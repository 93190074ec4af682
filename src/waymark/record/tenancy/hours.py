"""A clinic's working time: which minutes count, and when a promised time runs out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FARTHEST = 60  # days looked ahead before saying that the clinic never opens


class NeverOpen(ValueError):
    """The clinic has no working hours in the coming weeks."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening times by weekday in the clinic's zone, less its holidays."""

    zone: ZoneInfo
    by_day: Mapping[str, Sequence[str]]  # {"mon": ["08:00", "17:00"]}
    holidays: frozenset[date] = frozenset()

    def spans(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The open spans from ``start`` on, in order, as instants."""
        first = start.astimezone(self.zone).date()
        for ahead in range(FARTHEST):
            day = first + timedelta(days=ahead)
            times = self.by_day.get(DAYS[day.weekday()])
            if times and day not in self.holidays:
                opens, closes = (self._instant(day, text) for text in times)
                if closes > start:
                    yield max(opens, start), closes

    def _instant(self, day: date, text: str) -> datetime:
        return datetime.combine(day, time.fromisoformat(text), tzinfo=self.zone).astimezone(
            ZoneInfo("UTC")
        )

    def open_at(self, at: datetime) -> bool:
        return any(opens <= at < closes for opens, closes in self._near(at))

    def _near(self, at: datetime) -> list[tuple[datetime, datetime]]:
        return [next(self.spans(at), (at, at))]

    def after(self, start: datetime, *, working: timedelta) -> datetime:
        """The instant at which ``working`` open time has passed since ``start``."""
        left = working
        for opens, closes in self.spans(start):
            if closes - opens >= left:
                return opens + left
            left -= closes - opens
        raise NeverOpen("the clinic has no working hours in the coming weeks")

    def end_of_next_day(self, start: datetime, *, days: int = 1) -> datetime:
        """The end of the ``days``-th working day after the one that ``start`` falls on."""
        today = start.astimezone(self.zone).date()
        left = days
        for _, closes in self.spans(start):
            left -= closes.astimezone(self.zone).date() > today
            if not left:
                return closes
        raise NeverOpen("the clinic has no working hours in the coming weeks")
