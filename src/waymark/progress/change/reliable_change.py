"""Reliable change and clinically significant change between two scores: the published formulas.

Scores, SDs, thresholds and cut-offs are in points of the scale. Sources: Jacobson & Truax 1991
(J Consult Clin Psychol 59:12) for reliable change, the cut-offs and the categories, with the
standard error of a difference as corrected by Christensen & Mendoza 1986 (Behav Ther 17:305);
published point thresholds stand in each instrument's definition with their own source.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from statistics import NormalDist

from waymark.library.instrument import Better, Figure, Scale

Z = NormalDist().inv_cdf(0.975)
"""The two-sided 5% point, 1.959964: papers print 1.96; the unrounded value is used here."""

CUTOFF_SDS = 2.0
"""Cut-offs a and b lie this many SDs from their mean."""

TOLERANCE = 1e-9
"""Sums of prorated scores carry rounding of the last binary digit; ties are decided beyond it."""

STRICT_LINES = frozenset({"a", "b", "c", "own"})
"""Names of Jacobson-Truax cut-offs: a score that equals one stands on neither side."""


class Category(StrEnum):
    """What two scores amount to. ``harmed`` exists under the Jacobson-Truax rule only."""

    RECOVERED = "recovered"
    IMPROVED = "improved"
    UNCHANGED = "unchanged"
    DETERIORATED = "deteriorated"
    HARMED = "harmed"
    NOT_JUDGED = "not-judged"


class ReliableChangeRule(StrEnum):
    """Which rule says that a move is reliable."""

    PUBLISHED = "published"  # a published number of points: that many, or more
    JACOBSON_TRUAX = "jacobson-truax"  # more than Z standard errors of a difference


class Reason(StrEnum):
    """Why a judgement is as it is, or is missing. The ids are stable: files and pages use them."""

    NO_SCORE = "no-score"
    ONE_SCORE = "one-score"
    ONE_MOMENT = "one-moment"
    FIRST_MONTH = "first-month"
    NO_YARDSTICK = "no-yardstick"
    NO_CUTOFF = "no-cutoff"
    NOT_A_CASE = "not-a-case-at-start"
    ON_THE_CUTOFF = "on-the-cutoff"
    CROSSED_WITHIN_NOISE = "crossed-within-noise"
    CANNOT_IMPROVE = "cannot-improve-reliably"
    CANNOT_WORSEN = "cannot-worsen-reliably"
    WORSE_SO_FAR = "worse-so-far"
    WORSE_SINCE_BEST = "worse-since-best"
    MEAN_OF_MOMENT = "mean-of-moment"
    PRORATED = "prorated"
    IMPORTED = "imported"
    EARLIER_EPISODE = "earlier-episode"


class Side(StrEnum):
    """Where a score lies of a case line."""

    CLINICAL = "clinical"
    ON_THE_LINE = "on-the-line"
    FUNCTIONAL = "functional"


@dataclass(frozen=True, slots=True)
class Yardstick:
    """How far a score must move before the move counts, and who says so."""

    rule: ReliableChangeRule
    threshold: float
    source: str
    s_diff: float | None = None
    about: bool = False

    def reached(self, distance: float) -> bool:
        """Published points count from the threshold on; Jacobson-Truax counts beyond it."""
        if self.rule is ReliableChangeRule.PUBLISHED:
            return distance >= self.threshold - TOLERANCE
        return distance > self.threshold + TOLERANCE

    @property
    def within(self) -> float:
        """The longest move that does not count yet: what a picture draws as ups and downs."""
        short = 2 * TOLERANCE if self.rule is ReliableChangeRule.PUBLISHED else 0.0
        return self.threshold - short

    def index(self, change: float) -> float | None:
        """The reliable change index: the change in standard errors of a difference."""
        return None if self.s_diff is None else change / self.s_diff


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case line. ``strict``: a score on it is on neither side; otherwise it is clinical."""

    value: float
    source: str
    strict: bool = False

    def side(self, score: float, *, better: Better) -> Side:
        """The side of the cut-off on which ``score`` (scale points) lies; what is within TOLERANCE
        of it is on the line: clinical, or, where ``strict``, on neither side."""
        beyond = gain(self.value, score, better=better)
        if beyond > TOLERANCE:
            return Side.FUNCTIONAL
        if beyond < -TOLERANCE or not self.strict:
            return Side.CLINICAL
        return Side.ON_THE_LINE


@dataclass(frozen=True, slots=True)
class Change:
    """The judgement of two scores; ``None`` where there is no answer, never a guess."""

    first: float
    last: float
    change: float
    rci: float | None
    reliable: bool | None
    category: Category
    recovered: bool | None
    reasons: tuple[Reason, ...]


def gain(first: float, last: float, *, better: Better) -> float:
    """Points toward better from ``first`` to ``last``; negative when it is worse."""
    return first - last if better is Better.LOWER else last - first


def standard_error(sd: float, reliability: float) -> float:
    """Standard error of measurement: SD x sqrt(1 - reliability)."""
    if sd <= 0 or not 0 <= reliability < 1:
        raise ValueError("needs an SD above 0 and a reliability from 0 to below 1")
    return sd * sqrt(1 - reliability)


def difference_error(sd: float, reliability: float) -> float:
    """Standard error of the difference of two scores (Christensen & Mendoza 1986)."""
    return sqrt(2) * standard_error(sd, reliability)


def cutoff_a(mean: float, sd: float, *, better: Better) -> float:
    """Two SDs from the clinical mean, on the better side."""
    return mean + _toward(better) * CUTOFF_SDS * sd


def cutoff_b(norm_mean: float, norm_sd: float, *, better: Better) -> float:
    """Two SDs of the functional population from its mean, on the worse side."""
    return norm_mean - _toward(better) * CUTOFF_SDS * norm_sd


def cutoff_c(mean: float, sd: float, *, norm_mean: float, norm_sd: float) -> float:
    """Where a score is as far from the clinical mean as from the functional one, in their SDs."""
    return (sd * norm_mean + norm_sd * mean) / (norm_sd + sd)


def yardstick_of(scale: Scale) -> Yardstick | None:
    """Published points where the definition names them, else Jacobson-Truax, else nothing."""
    computed = _jacobson_truax(scale.sd, scale.reliability)
    points = scale.reliable_change
    if points is None:
        return computed
    s_diff = computed.s_diff if computed else None
    return Yardstick(
        ReliableChangeRule.PUBLISHED, points.value, points.source, s_diff, points.about
    )


def line_of(scale: Scale) -> CaseLine | None:
    """The case line that a definition uses by default."""
    cutoff = scale.cutoff
    if cutoff is None:
        return None
    return CaseLine(cutoff.value, cutoff.source, strict=cutoff.name in STRICT_LINES)


def compare(first: float, last: float, *, scale: Scale) -> Change:
    """Judge two scores by what the scale's definition knows of its error and its case line."""
    yardstick, line = yardstick_of(scale), line_of(scale)
    change = last - first
    if yardstick is None:
        missing = (Reason.NO_YARDSTICK,)
        return Change(first, last, change, None, None, Category.NOT_JUDGED, None, missing)
    toward_better = gain(first, last, better=scale.better)
    reliable = yardstick.reached(abs(toward_better))
    crossing = _crossing(first, last, line=line, better=scale.better)
    category = _category(toward_better, reliable=reliable, crossing=crossing, rule=yardstick.rule)
    recovered = None
    if crossing is not None and crossing[0] is Side.CLINICAL:
        recovered = category is Category.RECOVERED
    return Change(
        first=first,
        last=last,
        change=change,
        rci=yardstick.index(change),
        reliable=reliable,
        category=category,
        recovered=recovered,
        reasons=(
            *_line_reasons(crossing, reliable=reliable),
            *_room_reasons(first, scale=scale, yardstick=yardstick),
        ),
    )


_Crossing = tuple[Side, Side]
_RECOVERY = (Side.CLINICAL, Side.FUNCTIONAL)
_HARM = (Side.FUNCTIONAL, Side.CLINICAL)


def _jacobson_truax(sd: Figure | None, reliability: Figure | None) -> Yardstick | None:
    if sd is None or reliability is None:
        return None
    s_diff = difference_error(sd.value, reliability.value)
    source = f"Jacobson & Truax 1991, reliability from {reliability.source}, SD from {sd.source}"
    about = sd.about or reliability.about
    return Yardstick(ReliableChangeRule.JACOBSON_TRUAX, Z * s_diff, source, s_diff, about)


def _toward(better: Better) -> int:
    return -1 if better is Better.LOWER else 1


def _crossing(
    first: float, last: float, *, line: CaseLine | None, better: Better
) -> _Crossing | None:
    if line is None:
        return None
    return line.side(first, better=better), line.side(last, better=better)


def _category(
    toward_better: float, *, reliable: bool, crossing: _Crossing | None, rule: ReliableChangeRule
) -> Category:
    if not reliable:
        return Category.UNCHANGED
    if toward_better > 0:
        return Category.RECOVERED if crossing == _RECOVERY else Category.IMPROVED
    if crossing == _HARM and rule is ReliableChangeRule.JACOBSON_TRUAX:
        return Category.HARMED
    return Category.DETERIORATED


def _line_reasons(crossing: _Crossing | None, *, reliable: bool) -> Iterator[Reason]:
    if crossing is None:
        yield Reason.NO_CUTOFF
        return
    if crossing[0] is Side.FUNCTIONAL:
        yield Reason.NOT_A_CASE
    if Side.ON_THE_LINE in crossing:
        yield Reason.ON_THE_CUTOFF
    if crossing == _RECOVERY and not reliable:
        yield Reason.CROSSED_WITHIN_NOISE


def _room_reasons(first: float, *, scale: Scale, yardstick: Yardstick) -> Iterator[Reason]:
    """A first score close to an end of the scale leaves no room for a move that counts."""
    ends = {Better.LOWER: (scale.low, scale.high), Better.HIGHER: (scale.high, scale.low)}
    best, worst = ends[scale.better]
    if not yardstick.reached(abs(first - best)):
        yield Reason.CANNOT_IMPROVE
    if not yardstick.reached(abs(worst - first)):
        yield Reason.CANNOT_WORSEN
