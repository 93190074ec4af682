"""A cohort's counts as they may be shown: disclosed once, then only written."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from waymark.cohort.case_mix import ByBand, adjusted_funnel, adjusted_gap, expected_hits
from waymark.cohort.disclosure import (
    SMALLEST,
    Shown,
    alone,
    broken_down,
    by_session,
    exact,
    never_shown,
    percent,
)
from waymark.cohort.engine import Counts
from waymark.cohort.extract import known_rules
from waymark.cohort.measure import Share
from waymark.cohort.measures import MEASURES
from waymark.cohort.outcomes import (
    Gap,
    Step,
    funnel,
    half_by,
    incidence,
    widest_gap,
)
from waymark.cohort.refit import MARKED, Expected
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
class Standing:
    """Where a site lies among the limits of chance, bare and with its case mix taken into account;
    ``expected``: the hits that all together would have with its first scores."""

    bare: str
    adjusted: str
    expected: Shown


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One measure on one instrument: all together, and each group where groups are compared.

    ``gap`` is the widest one between two parts; ``adjusted_gap`` is the same with both weighted to
    the first scores of all, None where a band of them has nobody of one of the two.
    """

    id: str
    title: str
    definition: str
    total: Shown
    groups: Mapping[str, Shown]
    gap: Gap | None
    adjusted_gap: Gap | None
    stands: Mapping[str, Standing]


@dataclass(frozen=True, slots=True)
class CourseSummary:
    """The expected course, fitted on this extract, or the reason why there is none."""

    courses: Shown
    reason: str
    sessions: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One instrument."""

    id: str
    title: str
    courses: Shown
    course: CourseSummary
    lines: tuple[SummaryLine, ...]
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
    if not exactly:
        steps = by_session(steps, of=total)
    groups = _groups(instrument, counts)
    order = sorted(groups["completion"], key=lambda group: groups["completion"][group].of)
    hidden = never_shown(groups.values(), order=order)
    lines = tuple(
        _line(id, instrument, counts, _Groups(held, order, hidden), by=by, exactly=exactly)
        for id, held in groups.items()
    )
    return Part(
        id=instrument,
        title=INSTRUMENTS[instrument].title if instrument in INSTRUMENTS else instrument,
        courses=_shown(Share(total, total), exactly=exactly),
        course=_course(instrument, counts, exactly=exactly),
        lines=lines,
        steps=tuple(steps),
        half_by=half_by(steps),
    )


def _shown(share: Share, *, exactly: bool) -> Shown:
    return exact(share) if exactly else alone(share)


def _course(instrument: str, counts: Counts, *, exactly: bool) -> CourseSummary:
    """Sessions that fewer than ten courses reached are not told."""
    fitted = counts.expected[instrument]
    courses = _shown(Share(fitted.courses, fitted.courses), exactly=exactly)
    if not fitted.stands:
        return CourseSummary(courses, fitted.reason, ())
    rules, ends = known_rules()[instrument], counts.endings[instrument]
    reached = {at: sum(n for one, n in ends.items() if one.ended >= at) for at in MARKED}
    told = (fitted.at(session, rules) for session in MARKED if reached[session] >= SMALLEST)
    return CourseSummary(courses, "", tuple(told))


@dataclass(frozen=True, slots=True)
class _Groups:
    """The groups of one measure, all in the order of their size, and those never shown."""

    shares: Mapping[str, Share]
    order: Sequence[str]
    hidden: Set[str]


def _line(
    id: str, instrument: str, counts: Counts, groups: _Groups, *, by: str, exactly: bool
) -> SummaryLine:
    measure, total = MEASURES[id], counts.shares[id][instrument, ""]
    shown = broken_down(groups.shares, order=groups.order, hidden=groups.hidden)
    gap, adjusted = _gaps(shown, _bands(counts, id, instrument)) if by == "part" else (None, None)
    return SummaryLine(
        id=id,
        title=measure.title,
        definition=measure.definition,
        total=_shown(total, exactly=exactly),
        groups=shown,
        gap=gap,
        adjusted_gap=adjusted,
        stands=_stands(shown, groups.shares, _bands(counts, id, instrument))
        if by == "site"
        else {},
    )


def _groups(instrument: str, counts: Counts) -> dict[str, dict[str, Share]]:
    """Of each measure every group that there is: a missing one would tell that it holds nobody."""
    every = [group for name, group in counts.shares["completion"] if name == instrument and group]
    return {
        id: {group: counts.shares[id].get((instrument, group), Share(0, 0)) for group in every}
        for id in MEASURES
        if (instrument, "") in counts.shares.get(id, {})
    }


def _bands(counts: Counts, id: str, instrument: str) -> ByBand:
    """Shares by group and band of the first score: for arithmetic, never shown."""
    found: dict[str, dict[int, Share]] = {}
    for (name, group, band), share in counts.bands.get(id, {}).items():
        if name == instrument:
            found.setdefault(group, {})[band] = share
    return found


def _stands(
    shown: Mapping[str, Shown], groups: Mapping[str, Share], bands: ByBand
) -> dict[str, Standing]:
    """Every site is set against all of them; only those whose share is shown are told."""
    adjusted = {one.site: one.stands for one in adjusted_funnel(bands)}
    expected = expected_hits(bands)
    return {
        one.site: Standing(
            bare=one.stands,
            adjusted=adjusted[one.site],
            expected=alone(Share(round(expected[one.site]), one.of)),
        )
        for one in funnel({group: share for group, share in groups.items() if share.of})
        if not shown[one.site].withheld
    }


def _gaps(shown: Mapping[str, Shown], bands: ByBand) -> tuple[Gap | None, Gap | None]:
    """The widest gap between the shares as they are shown, and the same pair adjusted."""
    seen = {
        group: Share(one.hits, one.of)
        for group, one in shown.items()
        if one.hits is not None and one.of is not None
    }
    widest = widest_gap(seen)
    if widest is None:
        return None, None
    adjusted = adjusted_gap(widest.group, widest.other, groups=bands, pairs=widest.pairs)
    return widest, None if adjusted is None else percent(adjusted)


def _nhs(counts: Mapping[str, int], *, exactly: bool) -> dict[str, Shown]:
    """The official rates with the official denominators."""
    if not counts:
        return {}
    cases = counts["finished"] - counts["not_at_caseness"]
    return {
        title: _shown(Share(counts[id], cases if of_cases else counts["finished"]), exactly=exactly)
        for id, title, of_cases in NHS_RATES
    }
