"""`waymark analyze`: judge a file of scores."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import BinaryIO

import click

from waymark.interfaces.cli.analyst.analysis.checkins import (
    as_text,
    fits_less,
    judged,
    read_checkins,
)
from waymark.interfaces.cli.analyst.analysis.course_file import read_course
from waymark.interfaces.cli.analyst.analysis.judging import (
    FileCourse,
    nhs_courses,
    results_of,
    within_range,
)
from waymark.interfaces.cli.analyst.analysis.judging import Result as Judgement
from waymark.interfaces.cli.analyst.analysis.measures import (
    Chosen,
    FileMeasure,
    Lacking,
    Options,
    measures_of,
)
from waymark.interfaces.cli.analyst.analysis.reading import Refusal, Scores, Unreadable, read
from waymark.interfaces.cli.analyst.analysis.report import Source, as_html
from waymark.interfaces.cli.analyst.analysis.signals import courses_with, signals_of
from waymark.interfaces.cli.analyst.analysis.writing import as_csv, as_json, as_table
from waymark.interfaces.cli.analyst.files import printable, store
from waymark.library.instrument import Better
from waymark.progress.course.expected import ExpectedCourse

SOME_ROWS_BAD, NOTHING_JUDGED = 1, 2
STDIN, STANDARD_INPUT = "<stdin>", "standard input"


class NumberParam(click.ParamType[float]):
    """A number between two others, neither of them included."""

    name = "number"

    def __init__(self, least: float = -inf, most: float = inf) -> None:
        self.least, self.most = least, most

    def convert(
        self, value: str | float, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        try:
            figure = float(value)
        except ValueError:
            self.fail(f"{value!r} is not a number", param, ctx)
        if not self.least < figure < self.most:
            lies = f"between {self.least:g} and {self.most:g}"
            self.fail(f"{value} does not lie {lies}", param, ctx)
        return figure


class CutoffType(click.ParamType[str]):
    """A number, or the letter of a Jacobson-Truax cut-off."""

    name = "number|a|b|c"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        letter = value.strip().lower()
        if letter in {"a", "b", "c"}:
            return letter
        try:
            return repr(NumberParam().convert(float(value), param, ctx))
        except ValueError:
            self.fail(
                f"{value!r} is not a number, nor one of the letters a, b, c (Jacobson-Truax)",
                param,
                ctx,
            )


@click.command("analyze")
@click.argument("scores", type=click.File("rb"), required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv", "html"]),
    default="table",
    show_default=True,
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file, whole or not at all.",
)
@click.option("--reliability", type=NumberParam(0, 1), help="Of a measure not in the library.")
@click.option("--mean", type=NumberParam(), help="Clinical mean; default: the file's first scores.")
@click.option("--sd", type=NumberParam(0), help="Clinical SD; default: the file's first scores.")
@click.option("--cutoff", type=CutoffType(), help="A line of your own, or Jacobson-Truax a, b, c.")
@click.option("--norm-mean", type=NumberParam(), help="Mean of the functional population.")
@click.option("--norm-sd", type=NumberParam(0), help="SD of the functional population.")
@click.option(
    "--better",
    type=click.Choice([str(way) for way in Better]),
    help="Which way is better; for a measure not in the library.",
)
@click.option(
    "--rule",
    type=click.Choice([str(rule) for rule in Chosen]),
    help="Default: published where a threshold is known.",
)
@click.option(
    "--signals",
    "which",
    type=click.Choice(["rules", "all"]),
    default="rules",
    show_default=True,
    help="all: also the belief after each score, on-track, shift and sudden gains (JSON).",
)
@click.option(
    "--course",
    "course_file",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help="An expected course made by `waymark fit-course`.",
)
@click.option(
    "--checkins",
    type=click.File("rb"),
    help="Daily check-ins in place of scores: client, day or date, a column an item.",
)
@click.option(
    "--low", type=NumberParam(), default=0.0, show_default=True, help="Of check-in items."
)
@click.option(
    "--high", type=NumberParam(), default=100.0, show_default=True, help="Of check-in items."
)
def analyze(  # noqa: PLR0913 -- click hands over one argument for each option
    scores: BinaryIO | None,
    form: str,
    output: Path | None,
    reliability: float | None,
    mean: float | None,
    sd: float | None,
    cutoff: str | None,
    norm_mean: float | None,
    norm_sd: float | None,
    better: str | None,
    rule: str | None,
    which: str,
    course_file: Path | None,
    checkins: BinaryIO | None,
    low: float,
    high: float,
) -> None:
    """Judge a CSV file of SCORES: columns client, instrument, date (or session), score.

    Other columns are kept in CSV output, columns stand in any order, - reads standard input.
    Instruments of the library are judged by their published thresholds where they have any,
    otherwise by Jacobson-Truax; --rule asks for one of them, or adds the NHS Talking Therapies
    outcomes. Any other measure needs --reliability and --better.

    Rows that cannot be read are named on standard error, the others are judged. Exit code: 0 if
    every row was read, 1 if some were not, 2 if nothing could be judged.
    """
    if checkins is not None:
        _check_ins(checkins, scores, (low, high), better, form, output)
        return
    if scores is None:
        raise click.UsageError("Give a file of SCORES, or --checkins FILE.")
    options = Options(
        reliability=reliability,
        mean=mean,
        sd=sd,
        cutoff=cutoff,
        norm_mean=norm_mean,
        norm_sd=norm_sd,
        better=Better(better) if better else None,
        rule=Chosen(rule) if rule else None,
    )
    _judge(scores, options, _wanted(form, output, which, course_file))


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the answer is written; ``courses`` is None where only the rules are asked."""

    form: str
    output: Path | None
    courses: Mapping[str, ExpectedCourse] | None


def _wanted(form: str, output: Path | None, which: str, course_file: Path | None) -> Wanted:
    """Options that go together; a usage error where they do not."""
    if which == "all" and form != "json":
        raise click.UsageError("--signals all writes JSON: add --format json.")
    if course_file is not None and which != "all":
        raise click.UsageError("--course is used by --signals all: add that.")
    course = None if course_file is None else read_course(course_file)
    return Wanted(form, output, courses_with(course) if which == "all" else None)


def _judge(scores: BinaryIO, options: Options, wanted: Wanted) -> None:
    """Read, judge and write; the exit code says whether every row was read."""
    name = _name(scores)
    _guard(name, wanted.output)
    context = click.get_current_context()
    found, measures, unknown = _read(scores, name, options)
    rows, outside = within_range(found.rows, measures)
    refused = sorted([*found.refused, *unknown, *outside], key=lambda refusal: refusal.line)
    _report(name, refused, kept=len(rows))
    if not rows:
        click.echo(f"{printable(name)}: no row could be judged.", err=True)
        context.exit(NOTHING_JUDGED)
    _note_unused(measures.values(), options)
    results = results_of(rows, measures)
    courses = nhs_courses(results) if options.rule is Chosen.NHS else []
    source = Source(name, len(rows), tuple(refused))
    _write(_said(results, courses, wanted, found.extra, source), wanted.output)
    context.exit(SOME_ROWS_BAD if refused else 0)


def _said(
    results: list[Judgement],
    courses: list[FileCourse],
    wanted: Wanted,
    extra: Sequence[str],
    source: Source,
) -> str:
    """The results in the form that is wanted."""
    if wanted.form == "json":
        known = wanted.courses
        signals = None if known is None else [signals_of(one, known) for one in results]
        return as_json(results, courses, signals=signals)
    if wanted.form == "csv":
        return as_csv(results, courses, extra)
    if wanted.form == "html":
        return as_html(results, courses, source)
    return as_table(results, courses)


def _check_ins(
    file: BinaryIO,
    scores: BinaryIO | None,
    ends: tuple[float, float],
    better: str | None,
    form: str,
    output: Path | None,
) -> None:
    """Judge a file of check-ins; the answer is JSON."""
    low, high = ends
    if scores is not None:
        raise click.UsageError("Give SCORES or --checkins, not both.")
    if form != "json":
        raise click.UsageError("--checkins writes JSON: add --format json.")
    if not low < high:
        raise click.UsageError("--low lies below --high.")
    name = _name(file)
    _guard(name, output)
    try:
        found = read_checkins(file.read(), name=name, low=low, high=high)
    except Unreadable as problem:
        raise click.UsageError(printable(str(problem))) from problem
    _report(name, list(found.refused), kept=sum(len(one.days) for one in found.clients.values()))
    context = click.get_current_context()
    if not found.clients:
        click.echo(f"{printable(name)}: no row could be judged.", err=True)
        context.exit(NOTHING_JUDGED)
    if fits_less(found, high=high):
        click.echo(
            f"No score is above {high / 10:g}. If the scale ends there: --high {high / 10:g}.",
            err=True,
        )
    way = Better(better) if better else Better.LOWER
    _write(as_text(list(judged(found, low=low, high=high, better=way))), output)
    context.exit(SOME_ROWS_BAD if found.refused else 0)


def _read(
    scores: BinaryIO, name: str, options: Options
) -> tuple[Scores, dict[str, FileMeasure], list[Refusal]]:
    """The file and the measures it is judged by; a usage error where there can be none."""
    try:
        found = read(scores.read(), name=name)
        return found, *measures_of(found.rows, options)
    except (Unreadable, Lacking) as problem:
        raise click.UsageError(printable(str(problem))) from problem


def _name(scores: BinaryIO) -> str:
    """The file's path as it was given; standard input has no path."""
    name = getattr(scores, "name", STDIN)
    return STANDARD_INPUT if name == STDIN or not isinstance(name, str) else name


def _guard(name: str, output: Path | None) -> None:
    """Refuse what cannot be written before anything is read."""
    if output is None:
        return
    if not output.absolute().parent.is_dir():
        raise click.UsageError(f"--output {output}: the folder {output.parent} does not exist.")
    source = Path(name)
    if output.exists() and source.is_file() and output.samefile(source):
        raise click.UsageError(f"--output {output} is the file of scores itself.")


def _report(name: str, refused: list[Refusal], *, kept: int) -> None:
    """Each row that was left out, and how many were not."""
    for refusal in refused:
        click.echo(printable(f"{name}, line {refusal.line}: {refusal.reason}"), err=True)
    if refused and kept:
        click.echo(f"{len(refused)} of {len(refused) + kept} rows left out.", err=True)


def _note_unused(measures: Iterable[FileMeasure], options: Options) -> None:
    """Say where figures were given that nothing in the file is judged by."""
    ruled = options.rule is Chosen.JACOBSON_TRUAX
    if options.figures and not ruled and all(measure.known for measure in measures):
        click.echo(
            "Every instrument here is in the library, so the figures given are not used; "
            "--rule jacobson-truax would use them.",
            err=True,
        )


def _write(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text, nl=False)
        return
    store(text, output)
