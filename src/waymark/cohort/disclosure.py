"""Small cells withheld, counts rounded: the only way out for what is counted by groups.

Counts below ten are withheld and others rounded to five in breakdowns and in anything exported
(decision 37). A cell is withheld too where the rest is small, and where it would give away another
by subtraction. A clinic's own totals stay exact. What is worked out of counts (a gap, an expected
count) is worked out of the rounded ones, or rounded itself, and shown only beside its group.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import TypeVar

from waymark.cohort.measure import Share
from waymark.cohort.outcomes import Gap, Step

SMALLEST, STEP = 10, 5
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Shown:
    """A share as it may be shown; both counts are None where it is withheld."""

    hits: int | None
    of: int | None

    @property
    def withheld(self) -> bool:
        """Whether the count is too small to be shown."""
        return self.hits is None

    @property
    def value(self) -> float | None:
        """The share, 0 to 1; None where it is withheld or of nobody."""
        return None if self.hits is None or not self.of else self.hits / self.of


def exact(share: Share) -> Shown:
    """A clinic's own total."""
    return Shown(share.hits, share.of)


def rounded(count: int) -> int:
    """To the nearest five."""
    return STEP * round(count / STEP)


def is_small(share: Share) -> bool:
    """Whether a count or the whole lies below ten, or the rest does and is not nothing."""
    rest = share.of - share.hits
    return min(share.hits, share.of) < SMALLEST or 0 < rest < SMALLEST


def never_shown(measures: Iterable[Mapping[K, Share]], *, order: Sequence[K]) -> frozenset[K]:
    """Groups that no measure shows, so that none gives away another's.

    They are those that hold fewer than ten in some measure, and with them the next in ``order``:
    one withheld group would be what is left of a total. More are taken until in every measure what
    is left is of several groups, and is nobody or ten.
    """
    counted = [{key: share.of for key, share in groups.items()} for groups in measures]
    held = {key for groups in counted for key, n in groups.items() if 0 < n < SMALLEST}
    left = [sum(n for key, n in groups.items() if key in held) for groups in counted]
    for key in order:
        if not held or (len(held) > 1 and not any(0 < n < SMALLEST for n in left)):
            break
        if key not in held:
            held.add(key)
            left = [n + groups.get(key, 0) for n, groups in zip(left, counted, strict=True)]
    return frozenset(held)


def broken_down(
    shares: Mapping[K, Share], *, order: Sequence[K] = (), hidden: Set[K] = frozenset()
) -> dict[K, Shown]:
    """A breakdown as it may be shown, beside a total that may be exact.

    Withheld are the groups ``hidden`` in every measure, and those whose own cell is small here. One
    of these would be what is left of the total: the next in ``order`` (by size) is withheld with
    it, and more, until what is left is no small cell.
    """
    held = {key for key, share in shares.items() if key in hidden or is_small(share)}
    left = sum((shares[key] for key in held), Share(0, 0))
    for key in order or sorted(shares, key=lambda key: shares[key].of):
        if not held or (len(held) > 1 and not is_small(left)):
            break
        if key not in held:
            held.add(key)
            left += shares[key]
    return {
        key: Shown(None, None) if key in held else alone(share) for key, share in shares.items()
    }


def alone(share: Share) -> Shown:
    """One share that leaves: rounded, or withheld where it is small."""
    return Shown(None, None) if is_small(share) else Shown(rounded(share.hits), rounded(share.of))


def by_session(steps: Sequence[Step], *, of: int) -> list[Step]:
    """Outcomes by session of ``of`` courses as they may leave: as counts rounded to five would
    give them, without the sessions by which fewer than ten had improved, or ended without."""
    return [
        replace(
            one,
            improved=rounded(round(one.improved * of)) / rounded(of),
            ended_without=rounded(round(one.ended_without * of)) / rounded(of),
        )
        for one in steps
        if all(not 0 < round(share * of) < SMALLEST for share in (one.improved, one.ended_without))
    ]


def percent(gap: Gap) -> Gap:
    """A gap worked out of counts that are not shown, in whole points of percent."""
    difference, low, high = (round(one, 2) for one in (gap.difference, gap.low, gap.high))
    return replace(gap, difference=difference, low=low, high=high)
