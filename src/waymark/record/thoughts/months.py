"""Ratings of thought records month by month: means of pairs, with how many pairs there were. Pure.

Nothing is claimed of a change: these are a person's own numbers, a few a month, rated by hand.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from waymark.library.thought_record import ThoughtRecord

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Means:
    """Mean rating before and after, 0 to 100, over ``n`` pairs that were both given."""

    n: int
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Month:
    """One month by its first day: of the thoughts that stung most, and of the feelings."""

    first: date
    belief: Means | None
    feeling: Means | None


def months(records: Iterable[tuple[date, ThoughtRecord]]) -> list[Month]:
    """Months in which something was rated twice, newest first. A pair without one of its numbers,
    and a thought that is accurate, count nowhere."""
    beliefs: defaultdict[date, list[Pair]] = defaultdict(list)
    feelings: defaultdict[date, list[Pair]] = defaultdict(list)
    for day, record in records:
        if not record.accurate:
            beliefs[day.replace(day=1)] += _belief(record)
            feelings[day.replace(day=1)] += _feelings(record)
    found = [Month(one, _means(beliefs[one]), _means(feelings[one])) for one in beliefs]
    kept = [one for one in found if one.belief or one.feeling]
    return sorted(kept, key=lambda one: one.first, reverse=True)


def _belief(record: ThoughtRecord) -> Iterator[Pair]:
    hot = record.hot
    if hot is not None and hot.before is not None and hot.after is not None:
        yield hot.before, hot.after


def _feelings(record: ThoughtRecord) -> Iterator[Pair]:
    for one in record.feelings:
        if one.before is not None and one.after is not None:
            yield one.before, one.after


def _means(pairs: list[Pair]) -> Means | None:
    if not pairs:
        return None
    return Means(len(pairs), fmean(one for one, _ in pairs), fmean(one for _, one in pairs))
