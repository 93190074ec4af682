"""The one shape in which scores leave a record, or come from a file, to be counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from waymark.library.instrument import Better, Scale
from waymark.library.instruments import INSTRUMENTS

COLUMNS = ("client", "instrument", "session", "score")
"""What every extract holds: who, on what, at which session (from 1), and the score in points."""

OPTIONAL = ("site", "part", "status")
"""Where it was, a part of the people to compare (such as a deprivation fifth), and how it ended:
`planned`, `dropout`, or `open` for a course that still goes on."""

STATUSES = ("planned", "dropout", "open")

LAST_SESSION = 10_000
"""A number beyond is no session but something else, such as a day written in one number."""

MISSING = "not recorded"
"""What an empty site or part is called."""


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One score."""

    client: str
    instrument: str
    session: int
    score: float
    site: str = MISSING
    part: str = MISSING
    status: str = MISSING


@dataclass(frozen=True, slots=True)
class Rules:
    """What counts on one instrument, in points: the least reliable change, the first score that
    is a case, and the first that is more than a remission. ``sign`` is 1 where lower is better.
    ``bands``: the scores at which a new band of first scores begins, rising."""

    instrument: str
    reliable: float
    case: float | None
    remission: float | None
    sign: int
    low: float
    high: float
    bands: tuple[float, ...] = ()

    def band(self, score: float) -> int:
        """The band of a score, from 0 up the scale: compared groups differ in whom they treat."""
        return sum(score >= line for line in self.bands)

    def severity(self, score: float) -> float:
        """Turned so that more is worse; a constant apart, which no difference notices."""
        return self.sign * score


REMISSION: Mapping[str, float] = MappingProxyType({"phq-9": 5, "gad-7": 5})
"""Below these, symptoms are called remitted (Kroenke et al. 2001; Spitzer et al. 2006: minimal)."""

FEWEST_BANDS, FIFTHS = 3, 5
MOST_BANDS = 6
"""No scale here has more bands of first scores."""


def known_rules() -> dict[str, Rules]:
    """Rules of every one-scale instrument that names a published reliable change."""
    found = {}
    for one in INSTRUMENTS.values():
        scale = one.scales[0]
        if len(one.scales) != 1 or scale.reliable_change is None:
            continue
        lower = scale.better is Better.LOWER
        case = scale.cutoff.value if scale.cutoff else None
        found[one.id] = Rules(
            instrument=one.id,
            reliable=scale.reliable_change.value,
            case=case,
            remission=REMISSION.get(one.id),
            sign=1 if lower else -1,
            low=scale.low,
            high=scale.high,
            bands=_bands(scale),
        )
    return found


def _bands(scale: Scale) -> tuple[float, ...]:
    """The published severity bands where there are three or more; else fifths of the scale."""
    if len(scale.bands) >= FEWEST_BANDS:
        return tuple(band.low for band in scale.bands[1:])
    step = (scale.high - scale.low) / FIFTHS
    return tuple(scale.low + step * place for place in range(1, FIFTHS))
