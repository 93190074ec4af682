"""`waymark cohort`: count the outcomes of many courses."""

import json
import os
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import click

from waymark.cohort.disclosure import SMALLEST
from waymark.cohort.engine import Counts, Engine, Unusable, with_totals
from waymark.cohort.engines.duck import Duck
from waymark.cohort.engines.fused import Fused
from waymark.cohort.engines.reference import Reference
from waymark.cohort.engines.source import NOT_COUNTED, unknown
from waymark.cohort.extract import STATUSES, known_rules
from waymark.cohort.reports.plain import as_json
from waymark.cohort.reports.summary import Summary, summary_of
from waymark.interfaces.cli.analyst.cohort_output.pages import as_html
from waymark.interfaces.cli.analyst.cohort_output.tables import as_table, write_parquet
from waymark.interfaces.cli.analyst.files import LONGEST_NAME, printable, store, unwinding, whole

ENGINES = ("fused", "duckdb", "reference", "spark", "spark-sql")
FORMATS = ("table", "json", "parquet", "html")


@click.command()
@click.argument("extract", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--by", type=click.Choice(["site", "part"]), help="Compare sites, or parts of people."
)
@click.option("--engine", type=click.Choice(ENGINES), default="fused", show_default=True)
@click.option(
    "--master", help="Of a Spark cluster, as Spark writes it; needs --engine spark or spark-sql."
)
@click.option("--exact", is_flag=True, help="A clinic's own totals, neither rounded nor withheld.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--rows",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a line for each counted score to this Parquet file: personal data, not rounded.",
)
def cohort(  # noqa: PLR0913 -- click hands over one argument for each option
    extract: Path,
    by: str | None,
    engine: str,
    master: str | None,
    exact: bool,
    form: str,
    output: Path | None,
    rows: Path | None,
) -> None:
    """Count the outcomes in an EXTRACT: a CSV or Parquet file with the columns client, instrument,
    session (or date), score, and if known site, part, status (planned, dropout, open).

    Counts are rounded to five and small ones withheld, unless --exact asks for one's own totals;
    breakdowns (--by) are always rounded. The answer is written whole or not at all.
    """
    if master and not engine.startswith("spark"):
        raise click.UsageError("--master is for --engine spark and spark-sql.")
    if form == "parquet" and output is None:
        raise click.UsageError("--format parquet needs -o FILE.")
    _check_places(extract, output, rows)
    with unwinding() as heed, nullcontext() if rows is None else whole(rows) as beside:
        found = _counted(_engine(engine, master, heed), extract, by or "", beside)
        heed()
    summary = summary_of(found, name=extract.name, by=by or "", exact=exact)
    _write(summary, form, output)
    for told in (_left_out(found, extract), _no_status(extract)):
        if told:
            click.echo(told, err=True)


def _check_places(extract: Path, output: Path | None, rows: Path | None) -> None:
    """Nothing is written over the extract, or over each other, or where there is no folder."""
    taken = {extract.resolve(): "the extract"}
    for option, path in (("--output", output), ("--rows", rows)):
        if path is None:
            continue
        if not path.absolute().parent.is_dir():
            raise click.UsageError(f"{option} {path}: the folder {path.parent} does not exist.")
        if len(os.fsencode(path.name)) > LONGEST_NAME:
            raise click.UsageError(f"{option}: the name {path.name[:40]}... is too long.")
        if path.resolve() in taken:
            raise click.UsageError(f"{option} {path}: that is {taken[path.resolve()]} itself.")
        taken[path.resolve()] = option
    if rows is not None and rows.suffix.lower() != ".parquet":
        raise click.UsageError(f"--rows {rows}: give a Parquet file, named .parquet.")


def _engine(name: str, master: str | None, heed: Callable[[], None]) -> Engine:
    def tick(done: int, of: int) -> None:
        heed()
        if sys.stderr.isatty():
            _tick(done, of)

    if name.startswith("spark"):
        from waymark.cohort.engines.spark import LOCAL, Spark

        return Spark(master=master or LOCAL, kernels=name == "spark")
    if name == "fused":
        return Fused(tick=tick)
    return Duck() if name == "duckdb" else Reference()


def _counted(engine: Engine, extract: Path, by: str, rows: Path | None) -> Counts:
    """All together, and by group where that is asked; a usage error says why there are none."""
    try:
        found = engine.count(extract, rules=known_rules(), by=by, rows=rows)
    except Unusable as problem:
        raise click.UsageError(printable(str(problem))) from problem
    if not found.endings:
        raise click.UsageError(
            f"{extract}: no row could be counted. {_left_out(found, extract)}".strip()
        )
    return with_totals(found) if by else found


def _tick(done: int, of: int) -> None:
    click.echo(f"\r{done:,} of {of:,} rows", nl=done >= of, err=True)


def _left_out(found: Counts, extract: Path) -> str:
    """Rows that were not counted, by the reason."""
    if not found.left_out:
        return ""
    parts = [f"{n:,} {reason}" for reason, n in sorted(found.left_out.items())]
    if NOT_COUNTED in found.left_out:
        known = sorted(known_rules())
        names = printable(", ".join(unknown(extract, "instrument", known=known)))
        parts.append(f"instruments left out: {names} (counted: {', '.join(known)})")
    return f"Rows left out: {'; '.join(parts)}."


def _no_status(extract: Path) -> str:
    """Words in the column of statuses that are none."""
    words = printable(", ".join(unknown(extract, "status", known=STATUSES, fewest=SMALLEST)))
    known = ", ".join(STATUSES)
    return f"No status: {words}. Those courses count without one (known: {known})." if words else ""


def _write(summary: Summary, form: str, output: Path | None) -> None:
    if form == "parquet" and output is not None:
        write_parquet(summary, output)
        return
    ways: dict[str, Callable[[Summary], str]] = {
        "table": as_table,
        "json": lambda one: json.dumps(as_json(one), indent=1) + "\n",
        "html": as_html,
    }
    text = ways[form](summary)
    if output is None:
        click.echo(text, nl=False)
    else:
        store(text, output)
