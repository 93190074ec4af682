"""`waymark sudden-gains`: find sudden gains in a file of scores."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import click

from waymark.interfaces.cli.analyst.analysis.reading import FileRow, Unreadable, read
from waymark.interfaces.cli.analyst.analysis.signals import Steps, steps_of
from waymark.interfaces.cli.analyst.files import check_output, printable, store
from waymark.library.instrument import Better
from waymark.library.instruments import INSTRUMENTS
from waymark.progress.change.sudden_gains import Gain, GainCriteria, intervals, sudden
from waymark.progress.course.timeline import Point

SOME_ROWS_BAD = 1
Found = dict[str, str | int | float | bool]


@click.command("sudden-gains")
@click.argument("scores", type=click.File("rb"))
@click.option("--cutoff", required=True, type=float, help="Points; 7 for a BDI, 6 for a PHQ-9.")
@click.option("--percentage", default=25.0, show_default=True, type=click.FloatRange(0, 99.9))
@click.option("--critical", type=float, help="A fixed value of t; default: adjusted to the gaps.")
@click.option("--criteria", default="1,2,3", show_default=True, help="Those that must hold.")
@click.option(
    "--better",
    type=click.Choice(["lower", "higher"]),
    help="Which way is better, for measures that are not in the library.",
)
@click.option("--losses", is_flag=True, help="Losses in place of gains.")
@click.option("--baseline", is_flag=True, help="The first score is an intake: ask 1 to 2 as well.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path))
def sudden_gains(  # noqa: PLR0913 -- click hands over one argument for each option
    scores: BinaryIO,
    cutoff: float,
    percentage: float,
    critical: float | None,
    criteria: str,
    better: str | None,
    losses: bool,
    baseline: bool,
    form: str,
    output: Path | None,
) -> None:
    """Find sudden gains in a CSV file of SCORES (columns client, instrument, session or date,
    score), after Tang & DeRubeis 1999. A missed session is a gap. `session` is the last one before
    the gain; with --baseline, the intake is session 0.
    """
    check_output(output, source=getattr(scores, "name", None))
    try:
        rule = GainCriteria(cutoff, percentage / 100, critical, _criteria(criteria))
        found = read(scores.read(), name=getattr(scores, "name", "standard input"))
    except (ValueError, Unreadable) as problem:
        raise click.UsageError(printable(str(problem))) from problem
    for refusal in found.refused:
        click.echo(printable(f"line {refusal.line}: {refusal.reason}"), err=True)
    rows, asked, possible = [], 0, 0
    for (client, instrument), steps in _courses(found.rows).items():
        series = _series(steps)
        ways = {"better_is_lower": _lower_is_better(instrument, better), "losses": losses}
        rows += [
            _row(client, instrument, one, steps, baseline)
            for one in sudden(series, rule=rule, **ways)
        ]
        held = intervals(series, rule=rule, **ways)
        asked, possible = asked + sum(one.holds is not None for one in held), possible + len(held)
    text = {"json": _json, "csv": _csv, "table": _table}[form](rows)
    if form == "table":
        text += f"{len(rows)} found; {asked} of {possible} intervals could be asked.\n"
    if output is None:
        click.echo(text, nl=False)
    else:
        store(text, output)
    click.get_current_context().exit(SOME_ROWS_BAD if found.refused else 0)


def _lower_is_better(instrument: str, asked: str | None) -> bool:
    """As the library has it; a usage error where it does not know, or says otherwise."""
    held = INSTRUMENTS.get(instrument)
    if held is None or len(held.scales) != 1:
        if asked is None:
            raise click.UsageError(
                f"{printable(instrument)} is not in the library: say with --better which way is "
                "better."
            )
        return asked == "lower"
    known = held.scales[0].better
    if asked is not None and asked != known:
        raise click.UsageError(f"--better {asked}: of {instrument}, {known} is better.")
    return known is Better.LOWER


def _criteria(text: str) -> frozenset[int]:
    try:
        return frozenset(int(one) for one in text.split(","))
    except ValueError as problem:
        raise ValueError(f"--criteria {text}: write some of 1,2,3") from problem


def _courses(rows: Sequence[FileRow]) -> dict[tuple[str, str], Steps]:
    grouped: dict[tuple[str, str], list[FileRow]] = {}
    for row in rows:
        grouped.setdefault((row.client, row.instrument), []).append(row)
    return {
        key: steps_of([Point(row.at, row.score) for row in held]) for key, held in grouped.items()
    }


def _series(steps: Steps) -> list[float | None]:
    seen = dict(zip(steps.sessions, steps.scores, strict=True))
    return [seen.get(n) for n in range(steps.sessions[0], steps.sessions[-1] + 1)]


def _row(client: str, instrument: str, gain: Gain, steps: Steps, baseline: bool) -> Found:
    session = steps.sessions[0] + gain.index - (1 if baseline else 0)
    return {
        "client": client,
        "instrument": instrument,
        "session": session,
        "size": gain.size,
        "reversed": gain.reversed,
    }


def _json(rows: Sequence[Found]) -> str:
    return json.dumps(rows, indent=1, ensure_ascii=False) + "\n"


COLUMNS = ("client", "instrument", "session", "size", "reversed")


def _csv(rows: Sequence[Found]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({**row, "reversed": str(row["reversed"]).lower()} for row in rows)
    return out.getvalue()


def _table(rows: Sequence[Found]) -> str:
    lines = [COLUMNS, *(tuple(printable(str(row[name])) for name in COLUMNS) for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(COLUMNS))]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        + "\n"
        for line in lines
    )
