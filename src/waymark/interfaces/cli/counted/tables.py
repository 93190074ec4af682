"""A cohort's summary as a table for a terminal, as JSON, and as Parquet."""

from collections.abc import Iterator
from pathlib import Path

from waymark.cohort.disclosure import Shown
from waymark.cohort.outcomes import Step
from waymark.interfaces.cli.counted.summary import Line, Part, Summary
from waymark.interfaces.cli.files import printable, whole

MARKED = (1, 2, 4, 8, 12, 16, 20, 26)
"""Sessions that a terminal shows."""


def said(shown: Shown) -> str:
    """`45.0%, 90 of 200`, or that it is withheld."""
    if shown.withheld or shown.value is None:
        return "withheld: fewer than ten" if shown.withheld else "nobody"
    return f"{100 * shown.value:.1f}%, {shown.hits:,} of {shown.of:,}"


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
    if summary.exact:
        return "Totals are exact." + (" Groups are rounded to five." if summary.by else "")
    return "Counts are rounded to five; below ten they are withheld."


def _part(part: Part, summary: Summary) -> Iterator[str]:
    hits = part.courses.hits
    courses = "few courses" if hits is None else f"{hits:,} {'course' if hits == 1 else 'courses'}"
    yield f"{part.title}: {courses}"
    for line in part.lines:
        yield f"  {line.title}: {said(line.total)}"
        yield from _groups(line, summary)
    yield f"  Reliable improvement by session: {_steps(part.steps)}"


def _groups(line: Line, summary: Summary) -> Iterator[str]:
    stands = {one.site: one.stands for one in line.funnel}
    for group, shown in sorted(line.groups.items()):
        where = stands.get(group, "within")
        note = "" if where == "within" else f"  ({where} limit of chance)"
        yield f"    {summary.by} {printable(group)}: {said(shown)}{note}"
    if line.gap:
        gap = line.gap
        yield (
            f"    widest gap: {100 * gap.difference:.1f} points between {printable(gap.group)} and "
            f"{printable(gap.other)} [{100 * gap.low:.1f}, {100 * gap.high:.1f}]"
        )


def _steps(steps: tuple[Step, ...]) -> str:
    known = {one.session: one for one in steps}
    shown = [f"{100 * known[n].improved:.0f}% by {n}" for n in MARKED if n in known]
    return ", ".join(shown) or "too few"


def as_json(summary: Summary) -> dict[str, object]:
    """One object; shares hold `hits`, `of`, `value`, or `withheld`."""
    return {
        "extract": summary.name,
        "rows": summary.rows,
        "left_out": dict(summary.left_out),
        "by": summary.by or None,
        "exact": summary.exact,
        "instruments": [_instrument(part) for part in summary.parts],
        "nhs": {title: _share(shown) for title, shown in summary.nhs.items()},
    }


def _instrument(part: Part) -> dict[str, object]:
    return {
        "instrument": part.id,
        "courses": part.courses.hits,
        "measures": [_measure(line) for line in part.lines],
        "by_session": [
            {
                "session": one.session,
                "improved": round(one.improved, 4),
                "ended_without": round(one.ended_without, 4),
            }
            for one in part.steps
        ],
        "half_by": part.half_by,
    }


def _measure(line: Line) -> dict[str, object]:
    gap = line.gap
    return {
        "measure": line.id,
        **_share(line.total),
        "groups": {group: _share(shown) for group, shown in sorted(line.groups.items())},
        "gap": None
        if gap is None
        else {
            "between": [gap.group, gap.other],
            "difference": round(gap.difference, 4),
            "interval": [round(gap.low, 4), round(gap.high, 4)],
        },
        "funnel": {one.site: one.stands for one in line.funnel},
    }


def _share(shown: Shown) -> dict[str, object]:
    value = shown.value
    return {
        "hits": shown.hits,
        "of": shown.of,
        "value": None if value is None else round(value, 4),
        "withheld": shown.withheld,
    }


def write_parquet(summary: Summary, output: Path) -> None:
    """One row for each instrument, measure and group; written beside its place, then moved."""
    import duckdb

    rows = [
        (part.id, line.id, group, shown.hits, shown.of, shown.value, shown.withheld)
        for part in summary.parts
        for line in part.lines
        for group, shown in [("", line.total), *sorted(line.groups.items())]
    ]
    with whole(output) as beside, duckdb.connect() as con:
        con.execute(
            "CREATE TABLE t (instrument VARCHAR, measure VARCHAR, grp VARCHAR, hits BIGINT, "
            "of BIGINT, value DOUBLE, withheld BOOLEAN)"
        )
        con.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        con.execute("COPY t TO '" + str(beside).replace("'", "''") + "' (FORMAT parquet)")
