"""`waymark fit-course`: an expected course from a file of finished episodes."""

from pathlib import Path
from typing import BinaryIO

import click

from waymark.cohort import course as fitting
from waymark.cohort.course import Episode
from waymark.interfaces.cli.analysis.course_file import as_file
from waymark.interfaces.cli.analysis.judging import Result, results_of, within_range
from waymark.interfaces.cli.analysis.measures import Options, measures_of
from waymark.interfaces.cli.analysis.reading import Unreadable, read
from waymark.interfaces.cli.analysis.signals import steps_of
from waymark.interfaces.cli.files import check_output, printable, store
from waymark.progress.course.expected import ExpectedCourse, Worth
from waymark.progress.telling.belief_words import worth_of
from waymark.progress.validation.validation import wilson

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


def report(course: ExpectedCourse) -> list[str]:
    """What it rests on and what it is worth, in lines for a terminal."""
    b0, b1 = course.beta
    lines = [
        f"{course.instrument}: {course.source}.",
        f"Starts at {b0:.1f} and moves by {b1:.2f} for each unit of ln(session).",
    ]
    return lines + (_worth(course.worth) if course.worth else [])


def _worth(worth: Worth) -> list[str]:
    """In counts: of few, a share says more than there is."""
    calm = worth.clients - worth.worse
    quiet = round((worth.specificity or 0.0) * calm)
    return [
        f"Of these, {worth.clients} clients were left out of the fit. On their courses:",
        f"  the 80% band held {100 * worth.coverage80:.1f} of 100 last scores, the 90% band "
        f"{100 * worth.coverage90:.1f}{_unsure(worth)}",
        f"  flagged before the last session: {_of(worth.found, worth.worse)} who ended worse",
        f"  not flagged: {_of(quiet, calm)} others",
        f"  {worth_of(worth)}",
    ]


def _of(hits: int, of: int) -> str:
    if not of:
        return "there were none"
    low, high = wilson(hits, of)
    return f"{hits} of {of} ({100 * low:.0f} to {100 * high:.0f} of 100)"


def _unsure(worth: Worth) -> str:
    """By chance alone, about so far off."""
    low, high = wilson(0.8 * worth.clients, worth.clients)
    return f" (with {worth.clients} clients, {100 * low:.0f} to {100 * high:.0f} is chance)"
