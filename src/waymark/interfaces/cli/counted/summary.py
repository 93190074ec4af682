"""A cohort's counts as they may be shown: disclosed once, then only written."""

from collections.abc import Mapping
from dataclasses import dataclass

from waymark.cohort.disclosure import Shown, alone, broken_down, exact
from waymark.cohort.engine import Counts
from waymark.cohort.measure import Share
from waymark.cohort.measures import MEASURES
from waymark.cohort.outcomes import (
    Funnel,
    Gap,
    Step,
    funnel,
    half_by,
    incidence,
    widest_gap,
)
from waymark.library.instruments import INSTRUMENTS

FEWEST_AT_RISK = 10
"""Sessions with fewer still going on are not drawn."""

NHS_RATES = (
    ("recovery", "Recovery", True),
    ("reliable_recovery", "Reliable recovery", True),
    ("improvement", "Reliable improvement", False),
    ("deterioration", "Reliable deterioration", False),
    ("no_reliable_change", "No reliable change", False),
)
"""The official rates; True: of those finished less those not a case at the start."""


@dataclass(frozen=True, slots=True)
class Line:
    """One measure on one instrument: all together, and each group where groups are compared."""

    id: str
    title: str
    definition: str
    total: Shown
    groups: Mapping[str, Shown]
    gap: Gap | None
    funnel: tuple[Funnel, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One instrument."""

    id: str
    title: str
    courses: Shown
    lines: tuple[Line, ...]
    steps: tuple[Step, ...]
    half_by: int | None


@dataclass(frozen=True, slots=True)
class Summary:
    """All that is written of a cohort."""

    name: str
    rows: int
    left_out: Mapping[str, int]
    by: str
    exact: bool
    parts: tuple[Part, ...]
    nhs: Mapping[str, Shown]


def summary_of(counts: Counts, *, name: str, by: str, exact: bool) -> Summary:
    """Disclose the counts. With ``exact``, totals stay as they are; groups never do."""
    instruments = sorted(counts.endings)
    return Summary(
        name=name,
        rows=counts.rows,
        left_out=counts.left_out,
        by=by,
        exact=exact,
        parts=tuple(_part(one, counts, by=by, exactly=exact) for one in instruments),
        nhs=_nhs(counts.nhs.get("", {}), exactly=exact),
    )


def _part(instrument: str, counts: Counts, *, by: str, exactly: bool) -> Part:
    endings = counts.endings[instrument]
    total = sum(endings.values())
    steps = [one for one in incidence(endings) if one.at_risk >= FEWEST_AT_RISK]
    lines = tuple(
        line
        for id in MEASURES
        if (line := _line(id, instrument, counts, by=by, exactly=exactly)) is not None
    )
    return Part(
        id=instrument,
        title=INSTRUMENTS[instrument].title if instrument in INSTRUMENTS else instrument,
        courses=_shown(Share(total, total), exactly=exactly),
        lines=lines,
        steps=tuple(steps),
        half_by=half_by(steps),
    )


def _shown(share: Share, *, exactly: bool) -> Shown:
    return exact(share) if exactly else alone(share)


def _line(id: str, instrument: str, counts: Counts, *, by: str, exactly: bool) -> Line | None:
    measure, shares = MEASURES[id], counts.shares.get(id, {})
    total = shares.get((instrument, ""))
    if total is None:
        return None
    groups = {
        group: share for (name, group), share in shares.items() if name == instrument and group
    }
    shown = broken_down(groups)
    open_ = {group: share for group, share in groups.items() if not shown[group].withheld}
    return Line(
        id=id,
        title=measure.title,
        definition=measure.definition,
        total=_shown(total, exactly=exactly),
        groups=shown,
        gap=widest_gap(open_) if by == "part" else None,
        funnel=tuple(funnel(open_)) if by == "site" else (),
    )


def _nhs(counts: Mapping[str, int], *, exactly: bool) -> dict[str, Shown]:
    """The official rates with the official denominators."""
    if not counts:
        return {}
    cases = counts["finished"] - counts["not_at_caseness"]
    return {
        title: _shown(Share(counts[id], cases if of_cases else counts["finished"]), exactly=exactly)
        for id, title, of_cases in NHS_RATES
    }
