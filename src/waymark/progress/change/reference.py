"""What is known of courses on a scale before one person's is seen: the reference course.

All figures are in points of the scale, toward worse positive, whichever way the scale runs.
"""

from dataclasses import dataclass, replace
from functools import cache
from math import isfinite, sqrt

from waymark.library.instrument import Better, Scale
from waymark.progress.change.reliable_change import Z, yardstick_of

STATE = 1.5 / 2.2
"""How much a person's state moves from week to week, in standard errors of measurement.

Within a sitting a PHQ-9 errs by 2.2 points; between weeks another 1.5 come on top (methods, 1.3).
"""

TWELFTH = 12
"""The session (or week) by which a trend is stated."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The reference course of one scale: means and SDs of what courses are made of.

    ``noise`` is the SD of one score around the person's true level. ``trend`` is the change by
    the twelfth session along the logarithm of sessions, ``slide`` the same along a straight line,
    ``step`` the size of a sudden shift (either way), ``bump`` of a setback that passes.
    ``drift`` is the SD by which a level wanders from one session to the next.
    ``smallest`` is the least change that is called one. ``low`` and ``high`` are the scale's ends.
    """

    noise: float
    start: tuple[float, float]
    trend: tuple[float, float]
    slide: tuple[float, float]
    step: tuple[float, float]
    bump: tuple[float, float]
    drift: float
    smallest: float
    low: float
    high: float
    flipped: bool
    source: str

    def __post_init__(self) -> None:
        spreads = (self.noise, self.start[1], self.trend[1], self.slide[1], self.step[1])
        if not all(isfinite(one) and one > 0 for one in (*spreads, self.bump[1], self.drift)):
            raise ValueError("every spread of a reference course must be a number above 0")

    def severity(self, score: float) -> float:
        """A score, turned so that more is worse."""
        return self.pivot - score if self.flipped else score

    @property
    def pivot(self) -> float:
        """What a flipped score is taken from: both ends together; 0 on a scale without ends."""
        both = self.low + self.high
        return both if isfinite(both) else 0.0

    def toward(self, change: float) -> float:
        """A change in severity, back in the scale's own direction."""
        return -change if self.flipped else change

    def starting(self, mean: float, sd: float, *, source: str) -> "Reference":
        """The same course with other first scores: observed ones, with their measurement error."""
        true = sqrt(max(sd**2 - self.noise**2, (self.noise / 2) ** 2))
        return replace(self, start=(self.severity(mean), true), source=source)


def noise_of(scale: Scale) -> float | None:
    """SD of one score around the true level, week by week; None where no error is known."""
    yardstick = yardstick_of(scale)
    if yardstick is None:
        return None
    within = yardstick.s_diff or yardstick.threshold / Z
    published = yardstick.threshold / Z
    return max(within, published) / sqrt(2) * sqrt(1 + STATE**2)


PUBLISHED_STARTS = {"phq-9": (14.2, 6.1), "gad-7": (13.3, 5.1)}
"""Mean and SD of first scores: NHS Talking Therapies 2024-25, CBT, all problems."""


@cache
def reference_for(instrument: str, scale: Scale) -> Reference | None:
    """The cold start of an instrument's scale, with published first scores where there are any."""
    found, start = cold_start(scale), PUBLISHED_STARTS.get(instrument)
    if found is None or start is None:
        return found
    return found.starting(*start, source="NHS Talking Therapies 2024-25; not calibrated here")


def _start(scale: Scale, noise: float) -> tuple[float, float] | None:
    """First levels, in severity: of the clinical sample, or anywhere on a scale with ends."""
    width = scale.high - scale.low
    mean, sd = scale.clinical_mean, scale.sd
    flipped = scale.better is Better.HIGHER
    if mean is not None and sd is not None:
        both = scale.low + scale.high
        turned = (both if isfinite(both) else 0.0) - mean.value if flipped else mean.value
        return turned, sqrt(max(sd.value**2 - noise**2, (noise / 2) ** 2))
    return ((scale.low + scale.high) / 2, width * 0.3) if isfinite(width) else None


def cold_start(scale: Scale) -> Reference | None:
    """A reference course before any of one's own is known; None where no error is known.

    Sizes are in units of noise. A trend brings 2 by the twelfth session: NHS Talking Therapies
    2024-25 report a PHQ-9 of 14.2 at the start and 9.5 after some eight sessions. A sudden gain
    is 2 to 4 (Tang & DeRubeis 1999). The other means and all spreads were chosen on simulated
    courses. It is not calibrated on anybody's own clients.
    """
    noise = noise_of(scale)
    if noise is None:
        return None
    start = _start(scale, noise)
    if start is None:
        return None
    return Reference(
        noise=noise,
        start=start,
        trend=(-2.0 * noise, 1.4 * noise),
        slide=(1.3 * noise, 1.7 * noise),
        step=(2.65 * noise, 0.9 * noise),
        bump=(2.3 * noise, 0.95 * noise),
        drift=0.25 * noise,
        smallest=0.38 * noise,
        low=scale.low,
        high=scale.high,
        flipped=scale.better is Better.HIGHER,
        source="published figures; not calibrated here",
    )
