"""`waymark fit-course`: fit an expected course on finished episodes."""

from pathlib import Path
from typing import BinaryIO

import click

from waymark.cohort import course as fitting
from waymark.cohort.course import Episode
from waymark.interfaces.cli.analyst.analysis.course_file import as_file
from waymark.interfaces.cli.analyst.analysis.judging import Result, results_of, within_range
from waymark.interfaces.cli.analyst.analysis.measures import Options, measures_of
from waymark.interfaces.cli.analyst.analysis.reading import Unreadable, read
from waymark.interfaces.cli.analyst.analysis.signals import steps_of
from waymark.interfaces.cli.analyst.files import check_output, printable, store
from waymark.interfaces.cli.fitted import report

SOME_ROWS_BAD = 1


@click.command("fit-course")
@click.argument("scores", type=click.File("rb"))
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--instrument", default="phq-9", show_default=True)
@click.option("--seed", default=20261125, show_default=True, type=click.IntRange(0))
def fit_course(scores: BinaryIO, output: Path, instrument: str, seed: int) -> None:
    """Fit the expected course of one instrument on a CSV file of SCORES of finished episodes, and
    print what its flag and its bands are worth on clients that were left out.

    Columns client, instrument, date (or session), score; at least 200 clients with two scores or
    more. Half of them fit the course, three tenths set the bands, two tenths weigh it.
    """
    check_output(output, source=getattr(scores, "name", None))
    results, refused = _results(scores, instrument)
    try:
        measure = results[0].measure
        found = fitting.fit_course(
            [_episode(one) for one in results],
            of=fitting.measured(measure.id, measure.scale),
            seed=seed,
        )
    except ValueError as problem:
        raise click.UsageError(f"{instrument}: {problem}.") from problem
    store(as_file(found), output)
    for line in report(found):
        click.echo(line)
    click.get_current_context().exit(SOME_ROWS_BAD if refused else 0)


def _results(scores: BinaryIO, instrument: str) -> tuple[list[Result], int]:
    try:
        found = read(scores.read(), name=getattr(scores, "name", "standard input"))
    except Unreadable as problem:
        raise click.UsageError(printable(str(problem))) from problem
    rows = found.rows
    measures, unknown = measures_of(rows, Options())
    kept, outside = within_range(rows, measures)
    refused = [*found.refused, *unknown, *outside]
    for refusal in sorted(refused, key=lambda one: one.line):
        click.echo(printable(f"line {refusal.line}: {refusal.reason}"), err=True)
    results = [one for one in results_of(kept, measures) if one.measure.id == instrument]
    if not results:
        raise click.UsageError(f"no score of {printable(instrument)} in this file.")
    return results, len(refused)


def _episode(result: Result) -> Episode:
    steps = steps_of(result.series.current)
    return Episode(steps.sessions, steps.scores)
