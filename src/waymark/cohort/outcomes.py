"""What counts amount to: how outcomes build up by session, gaps between groups, funnel limits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from statistics import NormalDist

from waymark.cohort.engine import Ending
from waymark.cohort.measure import Share
from waymark.progress.validation.validation import wilson


@dataclass(frozen=True, slots=True)
class Step:
    """One session of a cumulative incidence: how many still went on before it (``at_risk``), and
    the shares that have by then improved reliably, and ended without."""

    session: int
    at_risk: int
    improved: float
    ended_without: float


def incidence(endings: Mapping[Ending, int]) -> list[Step]:
    """Reliable improvement by session, with endings without one as the competing event.

    Aalen & Johansen 1978: open courses leave the count when last seen and are no failures. One
    minus Kaplan-Meier, which treats those who left as if they could still improve, would be too
    high. Sessions up to the last with ten at risk or more are worth reading.
    """
    improved: dict[int, int] = {}
    ended: dict[int, int] = {}
    open_: dict[int, int] = {}
    for one, count in endings.items():
        at, into = (one.reached, improved) if one.reached else (one.ended, ended)
        if not one.reached and one.still_open:
            into = open_
        into[at] = into.get(at, 0) + count
    at_risk, surviving, steps = sum(endings.values()), 1.0, []
    reached, without = 0.0, 0.0
    for session in range(1, max((*improved, *ended, *open_), default=0) + 1):
        if at_risk <= 0:
            break
        here, gone = improved.get(session, 0), ended.get(session, 0)
        reached += surviving * here / at_risk
        without += surviving * gone / at_risk
        steps.append(Step(session, at_risk, reached, without))
        surviving *= 1 - (here + gone) / at_risk
        at_risk -= here + gone + open_.get(session, 0)
    return steps


def half_by(steps: Sequence[Step]) -> int | None:
    """The session by which half of all have improved reliably; None where it is never half."""
    return next((one.session for one in steps if one.improved >= 0.5), None)


@dataclass(frozen=True, slots=True)
class Gap:
    """A difference of two shares with Newcombe's 95% interval. ``pairs``: among how many it was
    picked; the interval then holds for all of them at once."""

    group: str
    other: str
    difference: float
    low: float
    high: float
    pairs: int = 1


def widest_gap(shares: Mapping[str, Share]) -> Gap | None:
    """Between the groups with the highest and the lowest share; None with fewer than two.

    The widest of many gaps is wide by chance too: its interval is widened for every pair there is
    (Bonferroni), so that of 100 cohorts without any difference about 5 or fewer show one.
    """
    known = {name: share for name, share in shares.items() if share.value is not None}
    if len(known) < 2:
        return None
    ordered = sorted(known, key=lambda name: (known[name].value or 0.0, name))
    pairs = len(known) * (len(known) - 1) // 2
    return gap(ordered[-1], ordered[0], shares=known, pairs=pairs)


def gap(group: str, other: str, *, shares: Mapping[str, Share], pairs: int = 1) -> Gap:
    """Difference of two independent shares (Newcombe 1998, method 10)."""
    z = two_sided(0.05 / pairs)
    one, two = shares[group], shares[other]
    p1, p2 = one.hits / one.of, two.hits / two.of
    (l1, u1), (l2, u2) = (wilson(share.hits, share.of, z=z) for share in (one, two))
    low = p1 - p2 - sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2)
    high = p1 - p2 + sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2)
    return Gap(group, other, p1 - p2, low, high, pairs)


def two_sided(error: float) -> float:
    """The standard normal quantile that leaves this error in both tails together."""
    return NormalDist().inv_cdf(1 - error / 2)


@dataclass(frozen=True, slots=True)
class Funnel:
    """One site against all together: the limits chance sets for its size, and where it lies."""

    site: str
    share: float
    of: int
    low95: float
    high95: float
    low998: float
    high998: float

    @property
    def stands(self) -> str:
        """`within`, or beyond the 95% or the 99.8% limit, above or below."""
        for limit, low, high in (
            ("99.8%", self.low998, self.high998),
            ("95%", self.low95, self.high95),
        ):
            if self.share < low:
                return f"below {limit}"
            if self.share > high:
                return f"above {limit}"
        return "within"


def funnel(shares: Mapping[str, Share]) -> list[Funnel]:
    """Exact binomial limits around the share of all sites together (Spiegelhalter 2005).

    The upper limit is the lower one of the courses without a hit: so it too leaves no more than
    its tail outside. No adjustment for case mix (`case_mix` has it): a site beyond a limit is a
    question, not a verdict.
    """
    total = sum(share.of for share in shares.values())
    if not total:
        return []
    overall = sum(share.hits for share in shares.values()) / total
    return [
        Funnel(
            site=site,
            share=share.hits / share.of,
            of=share.of,
            low95=_limit(0.025, share.of, overall),
            high95=1 - _limit(0.025, share.of, 1 - overall),
            low998=_limit(0.001, share.of, overall),
            high998=1 - _limit(0.001, share.of, 1 - overall),
        )
        for site, share in sorted(shares.items())
        if share.of
    ]


def _limit(p: float, of: int, overall: float) -> float:
    """A binomial quantile as a share, interpolated as Spiegelhalter does."""
    from scipy.special import bdtr, bdtrik  # only sites need it, and loading it is not free

    if overall in (0.0, 1.0):  # nothing varies: nobody can be beyond
        return overall
    count = max(ceil(bdtrik(p, of, overall)), 0)
    # The least count that reaches p, also where the inverse was rounded past a whole number.
    while count and bdtr(count - 1, of, overall) >= p:
        count -= 1  # pragma: no cover -- no sample is known that SciPy rounds so
    while bdtr(count, of, overall) < p:
        count += 1  # pragma: no cover -- the same
    above, below = bdtr(count, of, overall), bdtr(count - 1, of, overall) if count else 0.0
    inner = (above - p) / (above - below) if above > below else 0.0
    return float(min(max((count - inner) / of, 0.0), 1.0))
