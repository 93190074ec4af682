"""Sudden gains and losses by the three criteria of Tang & DeRubeis (1999).

Between one score and the next, a gain is (1) at least the cut-off, (2) at least a quarter of the
score before, and (3) larger than chance makes the mean of up to three scores before differ from
the mean of up to three after: J Consult Clin Psychol 67:894; the critical value by the number of
scores in the windows is that of Lutz et al. 2013 (Psychother Res 23:14). Criterion 3 holds no
1/n, so it is stricter than a t test; it is the published definition and is kept to the letter.
A loss is the mirror image. (The R package suddengains 0.7.2 asks criterion 2 of a loss the other
way round: there any rise passes it.)
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt
from statistics import fmean

Score = float | None

WINDOW = 3
LEAST = 2
ALL = frozenset({1, 2, 3})
CRITICAL = {2: 4.302652729749462, 3: 3.1824463052837078, 4: 2.7764451051977934}
"""Two-sided 5% points of t by degrees of freedom: two full windows have 4, each score missing
takes one away. (Written out: they are all that is asked, and loading SciPy costs more than a
small cohort.)"""


@dataclass(frozen=True, slots=True)
class GainCriteria:
    """The options of the criteria; the defaults are the published ones.

    ``cutoff`` in points; ``percentage`` of the score before; ``critical`` a fixed value in place
    of the one adjusted to the windows; ``criteria`` the subset that must hold.
    """

    cutoff: float
    percentage: float = 0.25
    critical: float | None = None
    criteria: frozenset[int] = ALL

    def __post_init__(self) -> None:
        if not self.cutoff > 0 or not 0 <= self.percentage < 1:
            raise ValueError("the cut-off lies above 0, the percentage from 0 to below 1")
        if not self.criteria or not self.criteria <= ALL:
            raise ValueError("criteria are some of 1, 2 and 3")
        if self.critical is not None and not self.critical > 0:
            raise ValueError("a critical value lies above 0")


@dataclass(frozen=True, slots=True)
class Interval:
    """One interval, from the score at ``index`` to the next, against each criterion.

    A criterion is None where it could not be asked: a score is missing, or a window holds fewer
    than two. ``size`` is in points toward better for gains, toward worse for losses.
    """

    index: int
    size: float | None
    first: bool | None
    second: bool | None
    third: bool | None
    holds: bool | None


@dataclass(frozen=True, slots=True)
class Gain:
    """A sudden gain (or loss) after the score at ``index``, and whether it was reversed."""

    index: int
    size: float
    reversed: bool


def intervals(
    scores: Sequence[Score],
    *,
    rule: GainCriteria,
    better_is_lower: bool = True,
    losses: bool = False,
) -> tuple[Interval, ...]:
    """Every interval that the criteria can be asked of: the second score on, up to the last two.

    ``scores``: one for each session in order, None where it was missed. With a baseline in front,
    the interval from session 1 to 2 is among them (the "1 to 2" variant).
    """
    sign = 1.0 if better_is_lower is not losses else -1.0
    return tuple(_interval(scores, n, rule, sign) for n in range(LEAST - 1, len(scores) - LEAST))


def sudden(
    scores: Sequence[Score],
    *,
    rule: GainCriteria,
    better_is_lower: bool = True,
    losses: bool = False,
) -> tuple[Gain, ...]:
    """The gains (or losses), in order; two in a row are two."""
    sign = 1.0 if better_is_lower is not losses else -1.0
    found = (
        _interval(scores, n, rule, sign)
        for n in range(LEAST - 1, len(scores) - LEAST)
        if _large(scores, n, rule, sign)
    )
    return tuple(
        Gain(one.index, one.size, _reversed(scores, one.index, one.size, sign))
        for one in found
        if one.holds and one.size is not None
    )


def sudden_by_session(
    sessions: Sequence[int],
    scores: Sequence[float],
    *,
    rule: GainCriteria,
    better_is_lower: bool = True,
    losses: bool = False,
) -> tuple[Gain, ...]:
    """The gains (or losses) of scores at numbered sessions, ascending, one each: a session that was
    missed is a gap. ``index`` counts the scores that are given."""
    drawn: list[Score] = []
    places: list[int] = []
    for place, (session, score) in enumerate(zip(sessions, scores, strict=True)):
        missed = session - sessions[place - 1] - 1 if place else 0
        held = [*[None] * min(missed, WINDOW), score]  # no window reaches across more
        drawn += held
        places += [place] * len(held)
    found = sudden(drawn, rule=rule, better_is_lower=better_is_lower, losses=losses)
    return tuple(replace(one, index=places[one.index]) for one in found)


def can_be_asked(sessions: Sequence[int]) -> bool:
    """Whether some interval has the two scores on either side that criterion 3 needs."""
    held = set(sessions)
    return any(
        one + 1 in held and held & {one - 2, one - 1} and held & {one + 2, one + 3} for one in held
    )


def _large(scores: Sequence[Score], n: int, rule: GainCriteria, sign: float) -> bool:
    """Whether criteria 1 and 2 hold, or are not asked: few intervals are worth more."""
    before, after = scores[n], scores[n + 1]
    if before is None or after is None:
        return False
    size, asked = sign * (before - after), rule.criteria
    enough = 2 not in asked or size >= rule.percentage * before
    return enough and (1 not in asked or size >= rule.cutoff)


def _interval(scores: Sequence[Score], n: int, rule: GainCriteria, sign: float) -> Interval:
    before, after = scores[n], scores[n + 1]
    third = _stable(scores, n, rule.critical, sign)
    if before is None or after is None:
        return Interval(n, None, None, None, third, None)
    size = sign * (before - after)
    first, second = size >= rule.cutoff, size >= rule.percentage * before
    asked = {1: first, 2: second, 3: third}
    needed = [asked[one] for one in sorted(rule.criteria)]
    holds = None if any(one is None for one in needed) else all(needed)
    return Interval(n, size, first, second, third, holds)


def _stable(scores: Sequence[Score], n: int, critical: float | None, sign: float) -> bool | None:
    """Criterion 3; None where a window holds fewer than two scores."""
    pre = [one for one in scores[max(n - WINDOW + 1, 0) : n + 1] if one is not None]
    post = [one for one in scores[n + 1 : n + 1 + WINDOW] if one is not None]
    if len(pre) < LEAST or len(post) < LEAST:
        return None
    spread = sqrt((_squares(pre) + _squares(post)) / (len(pre) + len(post) - 2))
    limit = critical or CRITICAL[len(pre) + len(post) - 2]
    return sign * (fmean(pre) - fmean(post)) > limit * spread


def _squares(values: Sequence[float]) -> float:
    mean = fmean(values)
    return sum((one - mean) ** 2 for one in values)


def _reversed(scores: Sequence[Score], n: int, size: float, sign: float) -> bool:
    """Whether a later score loses half of it again."""
    reached = scores[n + 1]
    later = [one for one in scores[n + 2 :] if one is not None]
    return reached is not None and any(sign * (one - reached) >= 0.5 * size for one in later)
