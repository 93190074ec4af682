"""Is this client on track? The expected course, updated session by session.

A growth model says how courses like this one go on; the client's own scores bend it; how long the
rest may last is uncertain and depends on how the client is doing, for those who feel better stop
sooner (Baldwin et al. 2009). Bands are widened by split conformal prediction, so that they cover
as often as they say whatever the model gets wrong (Vovk et al. 2005; Lei et al. 2018). What is
said at session k uses sessions 1 to k alone. Clinicians read this beside their own judgment:
nothing here decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import erf, exp, isfinite, log, sqrt

HALF = 0.5
"""Scores are whole points: a move of 6 or more is one of more than 5.5 on the line."""

WIDTH80, WIDTH90 = 1.2816, 1.6449
"""Of a two-sided 80% and 90% range, in SDs of a normal distribution."""

LATE_CHANCE = 0.25
"""Chance of a reliable improvement from which a slow start is called one that may still come."""


@dataclass(frozen=True, slots=True)
class Stopping:
    """Chance that a session is the last one: logistic in the session and the score.

    logit h = b0 + b1 (s - 7) + b2 (s - 7)^2 + b3 (severity - middle) / 5; none before ``first``,
    and nobody goes on after ``longest``.
    """

    weights: tuple[float, float, float, float]
    first: int
    longest: int
    middle: float

    def chance(self, session: int, severity: float) -> float:
        """The chance, 0 to 1, that an episode at this ``severity`` (scale points, more is worse)
        ends with ``session``."""
        if session < self.first:
            return 0.0
        if session >= self.longest:
            return 1.0
        b0, b1, b2, b3 = self.weights
        late = session - 7
        logit = b0 + b1 * late + b2 * late**2 + b3 * (severity - self.middle) / 5
        return 1 / (1 + exp(-max(min(logit, 30.0), -30.0)))


@dataclass(frozen=True, slots=True)
class Widths:
    """Conformal widths, in predictive SDs, by session and by third of the first score.

    ``lines`` part the thirds. ``by_session`` holds, for each session from 1 on, three widths; the
    last line stands for every later session.
    """

    lines: tuple[float, float]
    by_session: tuple[tuple[float, float, float], ...]

    def at(self, session: int, first: float) -> float:
        """The width at ``session`` (1 on), in predictive SDs, for courses whose first score lies in
        the same third as ``first``, in points of severity."""
        third = sum(first > line for line in self.lines)
        return self.by_session[min(session, len(self.by_session)) - 1][third]


@dataclass(frozen=True, slots=True)
class Worth:
    """What a flag is worth on clients it was not made from, ``worse`` of whom ended worse.
    ``flags_a_week``: new flags among twenty sessions, a clinician's week."""

    clients: int
    worse: int
    flags_a_week: float
    sensitivity: float | None
    specificity: float | None
    flagged_of_100: float
    worse_of_10_flagged: float | None
    coverage80: float
    coverage90: float

    @property
    def flagged(self) -> int:
        """How many of the counted clients were flagged, rounded to whole people."""
        return round(self.flagged_of_100 * self.clients / 100)

    @property
    def found(self) -> int:
        """How many of those who ended worse were flagged."""
        return round((self.sensitivity or 0.0) * self.worse)


FEWEST_WORSE = 5
"""Deteriorations among the courses left out, below which no flag is shown: what it is worth could
not be said."""


@dataclass(frozen=True, slots=True)
class ExpectedCourse:
    """An expected course on one scale; all figures in points of severity (more is worse).

    ``beta``: intercept and slope on ln(session). ``cov``: variances and covariance of the
    clients' own intercepts and slopes (v00, v01, v11). ``noise``: SD of one score. ``reliable``:
    points that a reliable change takes. ``thresholds``: chance of a deterioration from which a
    flag stands, at session 2 and later. ``worth`` is None for a cold start: not calibrated here.
    """

    instrument: str
    scale: str
    beta: tuple[float, float]
    cov: tuple[float, float, float]
    noise: float
    reliable: float
    low: float
    high: float
    flipped: bool
    stopping: Stopping
    width80: Widths
    width90: Widths
    thresholds: tuple[float, float]
    clients: int
    worth: Worth | None
    source: str
    version: int = 1

    def severity(self, score: float) -> float:
        """The score turned so that higher is worse, in scale points."""
        return self.low + self.high - score if self.flipped else score

    @property
    def calibrated(self) -> bool:
        """Whether it was refitted, and checked, on one's own clients."""
        return self.worth is not None

    @property
    def flags(self) -> bool:
        """Whether enough courses ended worse to say what a flag is worth."""
        return self.worth is not None and self.worth.worse >= FEWEST_WORSE


@dataclass(frozen=True, slots=True)
class OnTrack:
    """What can be said after one session of how the course may end.

    ``spread`` is the predictive SD of the last score, before the bands are widened. Bands hold
    the last score, in points of the scale, ends ascending. ``late``: nothing reliable yet, and a
    reliable improvement is still well possible.
    """

    session: int
    p_deterioration: float
    p_reliable_improvement: float
    expected: float
    spread: float
    band80: tuple[float, float]
    band90: tuple[float, float]
    off_track: bool
    late: bool


@dataclass(frozen=True, slots=True)
class Range:
    """Where courses that began with the same score stand at one session: four of five lie from
    ``low`` to ``high``, in points of the scale."""

    session: int
    expected: float
    low: float
    high: float


def range_at(session: int, first: float, *, course: ExpectedCourse) -> Range:
    """The two-sided 80% range of one score at ``session``, given the first score alone (the
    limits of Finch, Lambert & Schaalje 2001, from the model instead of a table of bands)."""
    informed = _Informed(course)
    informed.see(1, course.severity(first))
    level, slope, c00, c01, c11 = informed.solve()
    place = log(session)
    sd = sqrt(c00 + 2 * place * c01 + place * place * c11 + informed.noise2)
    mean = min(max(level + slope * place, course.low), course.high)
    low, high = _band(mean, WIDTH80 * sd, course)
    return Range(session, course.severity(mean), low, high)


def follow(
    sessions: Sequence[int], scores: Sequence[float], *, course: ExpectedCourse, since: int = 1
) -> tuple[OnTrack, ...]:
    """One line for each session from ``since`` on. ``ValueError`` where sessions do not ascend
    from 1, or a score is not finite or lies off the scale."""
    _check(sessions, scores, course=course)
    found = []
    informed = _Informed(course)
    first = course.severity(scores[0])
    for session, score in zip(sessions, scores, strict=True):
        informed.see(session, course.severity(score))
        if session >= since:
            found.append(_after(session, first, course.severity(score), informed, course))
    return tuple(found)


def _check(sessions: Sequence[int], scores: Sequence[float], *, course: ExpectedCourse) -> None:
    if not sessions or len(sessions) != len(scores):
        raise ValueError("needs one session for each score, and at least one score")
    if sessions[0] < 1 or any(b <= a for a, b in pairwise(sessions)):
        raise ValueError("sessions ascend from 1")
    if not all(isfinite(one) and course.low <= one <= course.high for one in scores):
        raise ValueError(f"a score lies outside {course.low:g} to {course.high:g}")


class _Informed:
    """A client's own intercept and slope, Gaussian, in information form: two by two by hand."""

    def __init__(self, course: ExpectedCourse) -> None:
        v00, v01, v11 = course.cov
        det = v00 * v11 - v01 * v01
        self.p00, self.p01, self.p11 = v11 / det, -v01 / det, v00 / det
        b0, b1 = course.beta
        self.r0, self.r1 = self.p00 * b0 + self.p01 * b1, self.p01 * b0 + self.p11 * b1
        self.precision = 1 / course.noise**2
        self.noise2 = course.noise**2

    def see(self, session: int, severity: float) -> None:
        place, weight = log(session), self.precision
        self.p00 += weight
        self.p01 += weight * place
        self.p11 += weight * place * place
        self.r0 += weight * severity
        self.r1 += weight * place * severity

    def solve(self) -> tuple[float, float, float, float, float]:
        """Mean intercept and slope, and their variances and covariance."""
        det = self.p00 * self.p11 - self.p01 * self.p01
        c00, c01, c11 = self.p11 / det, -self.p01 / det, self.p00 / det
        return c00 * self.r0 + c01 * self.r1, c01 * self.r0 + c11 * self.r1, c00, c01, c11


def _after(
    session: int, first: float, now: float, informed: _Informed, course: ExpectedCourse
) -> OnTrack:
    ends = _ends(session, informed, course)
    line = course.reliable - HALF
    worse = sum(share * (1 - _normal((first + line - mean) / sd)) for share, mean, sd in ends)
    better = sum(share * _normal((first - line - mean) / sd) for share, mean, sd in ends)
    expected = sum(share * mean for share, mean, _ in ends)
    spread = sqrt(sum(share * (sd**2 + (mean - expected) ** 2) for share, mean, sd in ends))
    expected = min(max(expected, course.low), course.high)
    early = course.thresholds[0 if session <= 2 else 1]
    return OnTrack(
        session=session,
        p_deterioration=min(max(worse, 0.0), 1.0),
        p_reliable_improvement=min(max(better, 0.0), 1.0),
        expected=course.severity(expected),
        spread=spread,
        band80=_band(expected, spread * course.width80.at(session, first), course),
        band90=_band(expected, spread * course.width90.at(session, first), course),
        off_track=session > 1 and worse >= early,
        late=session > 2 and first - now < course.reliable and better >= LATE_CHANCE,
    )


def _ends(
    session: int, informed: _Informed, course: ExpectedCourse
) -> list[tuple[float, float, float]]:
    """(share, mean, SD) of the last score, for every session at which the course may end."""
    level, slope, c00, c01, c11 = informed.solve()
    found, going = [], 1.0
    for last in range(session + 1, max(course.stopping.longest, session + 1) + 1):
        place = log(last)
        mean = level + slope * place
        chance = course.stopping.chance(last, mean)
        share = going * chance
        going -= share
        if share > 1e-9:
            variance = c00 + 2 * place * c01 + place * place * c11 + informed.noise2
            found.append((share, mean, sqrt(variance)))
    total = sum(share for share, _, _ in found)
    return [(share / total, mean, sd) for share, mean, sd in found]


def _band(expected: float, width: float, course: ExpectedCourse) -> tuple[float, float]:
    low = min(max(expected - width, course.low), course.high)
    high = min(max(expected + width, course.low), course.high)
    ends = sorted((course.severity(low), course.severity(high)))
    return ends[0], ends[1]


def _normal(x: float) -> float:
    return 0.5 * (1 + erf(x / sqrt(2)))


USUAL = Stopping((-1.4, 0.33, 0.0, 0.0), first=3, longest=20, middle=10.0)
"""Courses of seven to eight sessions; fitted on simulated episodes, not on a published table."""


def cold_phq9(*, reliable: float = 6.0, noise: float = 2.66) -> ExpectedCourse:
    """PHQ-9 from published summaries alone: not calibrated here, a range and no probability.

    NHS Talking Therapies 2024-25, CBT, all problems: 14.2 (6.1) at the start, 9.5 (6.6) at the
    end after some eight sessions. A tie of -.25 between starts and slopes is assumed; the slopes'
    SD follows from it and these SDs. Stopping and thresholds come from simulated episodes.
    """
    start = 6.1**2 - noise**2
    slope_sd, tie = 2.04, -0.25
    lines = (11.0, 17.0)
    return ExpectedCourse(
        instrument="phq-9",
        scale="total",
        beta=(14.2, (9.5 - 14.2) / log(8)),
        cov=(start, tie * sqrt(start) * slope_sd, slope_sd**2),
        noise=noise,
        reliable=reliable,
        low=0,
        high=27,
        flipped=False,
        stopping=USUAL,
        width80=Widths(lines, ((WIDTH80, WIDTH80, WIDTH80),)),
        width90=Widths(lines, ((WIDTH90, WIDTH90, WIDTH90),)),
        thresholds=(0.0705, 0.047),
        clients=0,
        worth=None,
        source="NHS Talking Therapies 2024-25, published summaries; not calibrated here",
    )
