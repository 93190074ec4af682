"""A cohort's summary as a table for a terminal, and as Parquet."""

from collections.abc import Iterator
from pathlib import Path

from waymark.cohort.disclosure import Shown
from waymark.cohort.outcomes import Gap, Step
from waymark.cohort.reports.summary import NHS_RATES, CourseSummary, Part, Summary, SummaryLine
from waymark.cohort.reports.wording import ADJUSTED, FINE, UNJUDGED, beyond, points, said
from waymark.interfaces.cli.analyst.files import printable, whole

MARKED = (1, 2, 4, 8, 12, 16, 20, 26)
"""Sessions that a terminal shows."""


def as_table(summary: Summary) -> str:
    """For a terminal."""
    lines = [f"{printable(summary.name)}: {summary.rows:,} scores. {_basis(summary)}"]
    for part in summary.parts:
        lines += ["", *_part(part, summary)]
    if summary.nhs:
        lines += ["", "NHS Talking Therapies outcomes, PHQ-9 and GAD-7 together"]
        lines += [f"  {title}: {said(shown)}" for title, shown in summary.nhs.items()]
    return "\n".join([*lines, ""])


def _basis(summary: Summary) -> str:
    small = "below ten they are withheld"
    if summary.by:
        small += ", and the next smallest group with one that subtraction would tell"
    if summary.exact:
        return "Totals are exact." + (
            f" Groups are rounded to five; {small}." if summary.by else ""
        )
    return f"Counts are rounded to five; {small}."


def _part(part: Part, summary: Summary) -> Iterator[str]:
    hits = part.courses.hits
    courses = "few courses" if hits is None else f"{hits:,} {'course' if hits == 1 else 'courses'}"
    yield f"{part.title}: {courses}"
    yield from _course(part.course)
    for line in part.lines:
        yield f"  {line.title}: {said(line.total)}"
        yield from _groups(line, summary)
    yield f"  Reliable improvement by session: {_steps(part.steps)}"


def _course(course: CourseSummary) -> Iterator[str]:
    """The expected course in a line."""
    if course.reason:
        yield f"  Expected course: none, {course.reason}"
        return
    sessions = ", ".join(
        f"session {one.session} {one.score:.1f} ({one.low:.1f} to {one.high:.1f})"
        for one in course.sessions
    )
    yield f"  Expected score and 80% range: {sessions}"
    yield f"    fitted on this extract, {course.courses.of:,} courses of two scores or more"


def _groups(line: SummaryLine, summary: Summary) -> Iterator[str]:
    for group, shown in sorted(line.groups.items()):
        yield f"    {summary.by} {printable(group)}: {said(shown)}{_stands(line, group)}"
    if line.gap:
        yield f"    widest gap: {_gap(line.gap, 1)}"
        adjusted = line.adjusted_gap
        yield f"    {ADJUSTED}: {UNJUDGED if adjusted is None else _gap(adjusted, 0)}"


def _stands(line: SummaryLine, group: str) -> str:
    """Bare and adjusted side by side, where one of them lies beyond a limit."""
    stands = line.stands.get(group)
    if stands is None or stands.bare == stands.adjusted == "within":
        return ""
    expected = f", {stands.expected.hits:,} expected" if stands.expected.hits else ""
    return f"  (chance: {beyond(stands.bare)}; {ADJUSTED}: {beyond(stands.adjusted)}{expected})"


def _gap(gap: Gap, digits: int) -> str:
    ends = f"[{points(gap.low, digits)}, {points(gap.high, digits)}]"
    if gap.pairs > 1:
        ends += f" over all {gap.pairs} pairs"
    if gap.low <= 0 <= gap.high:
        ends += ", chance alone can do this"
    between = f"between {printable(gap.group)} and {printable(gap.other)}"
    return f"{points(gap.difference, digits)} points {between} {ends}"


def _steps(steps: tuple[Step, ...]) -> str:
    known = {one.session: one for one in steps}
    shown = [f"{100 * known[n].improved:.0f}% by {n}" for n in MARKED if n in known]
    return ", ".join(shown) or "too few"


COLUMNS = (
    "instrument VARCHAR, measure VARCHAR, grp VARCHAR, hits BIGINT, of BIGINT, value DOUBLE, "
    "withheld BOOLEAN, stands VARCHAR, stands_adjusted VARCHAR, expected_hits BIGINT, "
    "session INTEGER, low DOUBLE, high DOUBLE"
)


def write_parquet(summary: Summary, output: Path) -> None:
    """All that the report holds, a row each; written beside its place, then moved."""
    import duckdb

    rows = [row for part in summary.parts for row in _parquet_rows(part)]
    rows += [
        ("nhs", id, "", *_counts(summary.nhs[title]), *[None] * 6)
        for id, title, _ in NHS_RATES
        if title in summary.nhs
    ]
    with whole(output) as beside, duckdb.connect() as con:
        con.execute(f"CREATE TABLE t ({COLUMNS})")
        con.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        con.execute("COPY t TO '" + str(beside).replace("'", "''") + "' (FORMAT parquet)")


def _parquet_rows(part: Part) -> Iterator[tuple[object, ...]]:
    nothing = (None, None, None)
    for line in part.lines:
        for group, shown in [("", line.total), *sorted(line.groups.items())]:
            one = line.stands.get(group)
            stands = nothing if one is None else (one.bare, one.adjusted, one.expected.hits)
            yield (part.id, line.id, group, *_counts(shown), *stands, *nothing)
    courses = part.course.courses.hits
    for told in part.course.sessions:
        score, low, high = (round(one, FINE) for one in (told.score, told.low, told.high))
        ends = (told.session, low, high)
        yield (part.id, "expected-course", "", None, courses, score, False, *nothing, *ends)
    for step in part.steps:
        at = (False, *nothing, step.session, None, None)
        yield (part.id, "improved-by-session", "", None, None, step.improved, *at)
        yield (part.id, "ended-without-by-session", "", None, None, step.ended_without, *at)


def _counts(shown: Shown) -> tuple[object, ...]:
    return (shown.hits, shown.of, shown.value, shown.withheld)
