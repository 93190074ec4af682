"""Small cells withheld, counts rounded: the only way out for what is counted by groups.

Counts below ten are withheld and others rounded to five in breakdowns and in anything exported
(decision 37). A cell is withheld too where the rest is small, and where it would give away another
by subtraction. A clinic's own totals stay exact. What is worked out of counts (a gap, an expected
count) is worked out of the rounded ones, or rounded itself, and shown only beside its group.
"""

from collections.abc import Mapping, Sequence
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
        return self.hits is None

    @property
    def value(self) -> float | None:
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


def broken_down(
    shares: Mapping[K, Share], *, sizes: Mapping[K, int] | None = None
) -> dict[K, Shown]:
    """A breakdown as it may be shown, beside a total that may be exact.

    One withheld group would be what is left of the total: the next smallest is withheld with it,
    and more, until what is left is no small cell. ``sizes`` orders the groups; given the same for
    every measure, the same neighbors hide the same group, and no measure gives away another's.
    """
    order = sorted(shares, key=lambda key: (sizes or {}).get(key, shares[key].of))
    held = [key for key in order if is_small(shares[key])]
    for key in order:
        if _hides(held, shares):
            break
        if key not in held:
            held.append(key)
    return {
        key: Shown(None, None) if key in held else alone(share) for key, share in shares.items()
    }


def _hides(held: Sequence[K], shares: Mapping[K, Share]) -> bool:
    """Whether nothing is withheld, or subtraction leaves several groups and no small cell."""
    left = sum((shares[key] for key in held), Share(0, 0))
    return not held or (len(held) > 1 and not is_small(left))


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
