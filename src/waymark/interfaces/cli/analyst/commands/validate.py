"""`waymark validate`: try the judgements on people whose truth is known."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import click

from waymark.cohort.validations import VALIDATIONS as OF_MANY
from waymark.interfaces.cli.analyst.files import check_output, store
from waymark.progress.validation.simulations import POPULATIONS
from waymark.progress.validation.validation import ARM, Validation, ValidationFigure, together
from waymark.progress.validation.validations import VALIDATIONS as OF_ONE

Runs = Sequence[tuple[int, Sequence[ValidationFigure]]]
"""Seeds, and what was found with each."""

Found = Sequence[tuple[Validation, Runs]]
MISSED = 1
RARE = 0.002
"""Below it a share is told to five digits: one false alarm in 2,000 days is 0.00050."""

SEEDS = (1, 2, 3)
NOTE = (
    "<!-- Made by `waymark validate --format markdown` with the seeds named below. "
    "Run it again, do not edit this page. -->"
)


def validations() -> dict[str, Validation]:
    """Every validation, by id."""
    return {**OF_ONE, **OF_MANY}


@click.command()
@click.argument("which", nargs=-1)
@click.option("--seed", "seeds", multiple=True, type=click.IntRange(0), help="Again for each one.")
@click.option(
    "--people",
    type=click.IntRange(400, 1_000_000),
    help="People a seed; by default as many as bring every arm to 2,000 with three seeds.",
)
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(1, 64), help="At once.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "markdown"]),
    default="table",
    show_default=True,
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path))
def validate(
    which: tuple[str, ...],
    seeds: tuple[int, ...],
    people: int | None,
    jobs: int,
    form: str,
    output: Path | None,
) -> None:
    """Try judgements on simulated people: change, shift, on-track and the others.

    WHICH names some of them; without it, all are tried. Figures of all seeds together stand with
    Wilson's 95% interval beside the target, the simple rule on the same people, and what was
    published. Ends with 1 if a target is missed: an interval that does not reach it.
    """
    check_output(output)
    known = validations()
    unknown = [one for one in which if one not in known]
    if unknown:
        raise click.UsageError(f"{unknown[0]!r} is none of: {', '.join(sorted(known))}.")
    chosen = [known[one] for one in which] or list(known.values())
    found = _run(chosen, seeds or SEEDS, people, jobs=jobs)
    ways: dict[str, Callable[[Found], str]] = {
        "table": as_table,
        "json": as_json,
        "markdown": as_page,
    }
    text = ways[form](found)
    if output is None:
        click.echo(text, nl=False)
    else:
        store(text, output)
    click.get_current_context().exit(MISSED if _missed(found) else 0)


def _run(
    chosen: Sequence[Validation], seeds: Sequence[int], people: int | None, *, jobs: int
) -> Found:
    """Each validation with each seed; with several jobs, in as many processes."""
    tasks = [(one.id, seed, people) for one in chosen for seed in seeds]
    with ExitStack() as held:
        done: Iterable[Sequence[ValidationFigure]] = map(_figures, tasks)
        if jobs > 1:
            done = held.enter_context(ProcessPoolExecutor(jobs)).map(_figures, tasks)
        shown = click.progressbar(done, label="Trying", length=len(tasks), file=sys.stderr)
        figures = list(held.enter_context(shown))
    width = len(seeds)
    return [
        (one, list(zip(seeds, figures[k * width : (k + 1) * width], strict=True)))
        for k, one in enumerate(chosen)
    ]


def _figures(task: tuple[str, int, int | None]) -> Sequence[ValidationFigure]:
    id, seed, people = task
    one = validations()[id]
    return one.run(seed, people or one.people)


def _rows(runs: Runs) -> Iterator[tuple[ValidationFigure, Sequence[ValidationFigure]]]:
    """Each figure over all seeds together, and with each."""
    for row in zip(*(figures for _, figures in runs), strict=True):
        yield together(row), row


def _missed(found: Found) -> bool:
    return any(figure.met is False for _, runs in found for figure, _ in _rows(runs))


def _few(figure: ValidationFigure) -> bool:
    """Whether it rests on fewer than decide a target."""
    return figure.of is not None and figure.of < ARM


def as_table(found: Found) -> str:
    """For a terminal."""
    lines = ["Simulated people; Wilson's 95% interval in brackets."]
    for one, runs in found:
        seeds = ", ".join(str(seed) for seed, _ in runs)
        lines += ["", f"{one.title}  (population: {one.population}; seeds {seeds} together)"]
        lines += [f"  {_row(one, figure)}" for figure, _ in _rows(runs)]
    return "\n".join([*lines, ""])


def _row(validation: Validation, figure: ValidationFigure) -> str:
    parts = [f"{figure.name}: {_said(figure)}"]
    if figure.target:
        parts.append(f"target {figure.target}: {_verdict(validation, figure)}")
    if figure.simple is not None:
        parts.append(f"simple rule {figure.simple:.3f}")
    if figure.published:
        parts.append(f"published {figure.published}")
    return "; ".join(parts)


def _verdict(validation: Validation, figure: ValidationFigure) -> str:
    """Met or missed, and why; on how many, where they are fewer than decide it."""
    few = _few(figure)
    if figure.met:
        return f"not decided on {figure.of:,} of {ARM:,}, so far met" if few else "met"
    return f"MISSED{' on few' if few else ''}: {validation.why(figure)}"


def _said(figure: ValidationFigure) -> str:
    if figure.of is None:
        return f"{figure.value:.3f}"
    low, high = figure.interval
    digits = 3 if figure.value >= RARE or not figure.hits else 5
    shares = f"{figure.value:.{digits}f} [{low:.{digits}f}, {high:.{digits}f}]"
    return f"{shares}, {figure.hits:g} of {figure.of:,}"


def as_json(found: Found) -> str:
    """A list with one object for each figure and seed, and where there are several, one for all
    seeds together (``seed`` is null)."""
    rows = [
        _object(one, seed, figure)
        for one, runs in found
        for whole, each in _rows(runs)
        for seed, figure in [
            *zip((seed for seed, _ in runs), each, strict=True),
            *([(None, whole)] if len(runs) > 1 else []),
        ]
    ]
    return json.dumps(rows, indent=1) + "\n"


def _object(one: Validation, seed: int | None, figure: ValidationFigure) -> dict[str, object]:
    return {
        "validation": one.id,
        "population": one.population,
        "seed": seed,
        "figure": figure.name,
        "value": figure.value,
        "low": figure.interval[0],
        "high": figure.interval[1],
        "of": figure.of,
        "target": str(figure.target) if figure.target else None,
        "met": figure.met,
        "why": one.why(figure) or None,
        "simple_rule": figure.simple,
        "published": figure.published or None,
    }


INTRODUCTION = """\
What the engine does with simulated people whose truth is known, for seeds {seeds}, all together \
and each alone. What was chosen was chosen on other seeds (201 to 203, 211, 212, 231 to 233, 7211, \
7221 and 7421 among them). Brackets hold Wilson's 95% interval; a target is met when the interval \
reaches it, and is decided on 2,000 people of a kind or more (fewer are marked *few*). Where one \
is missed, the reason stands below. A figure without brackets (an error, a slope, a median) is the \
mean over the seeds. The simple rule is tried on the same people.

**This holds for people like the simulated ones.** Most sections draw people from the generators \
on which limits were chosen. Sections on people *that nothing was chosen on* have no targets: they \
tell what is left of the figures when life is rougher than the model. Nobody's real answers were \
used.\
"""


def as_page(found: Found) -> str:
    """The generated page of the docs."""
    seeds = sorted({seed for _, runs in found for seed, _ in runs})
    lines = [NOTE, "# Validation", "", INTRODUCTION.format(seeds=", ".join(map(str, seeds)))]
    for one, runs in found:
        told = f"Population: {one.population}. {one.note}".strip()
        lines += ["", f"## {one.title}", "", told, "", *_markdown(runs), *_reasons(one, runs)]
    return "\n".join([*lines, "", *_populations(), ""])


def _markdown(runs: Runs) -> Iterator[str]:
    heads = " | ".join(f"seed {seed}" for seed, _ in runs)
    yield f"| figure | target | all seeds | {heads} | simple rule | published |"
    yield "|---" * (len(runs) + 5) + "|"
    for whole, row in _rows(runs):
        values = " | ".join(f"{one.value:.3f}" for one in row)
        simple = "" if whole.simple is None else f"{whole.simple:.3f}"
        mark = " **missed**" if whole.met is False else ""
        if whole.target and whole.of is not None and whole.of < ARM:
            mark += " *few*"
        yield (
            f"| {whole.name} | {whole.target or ''} | {_said(whole)}{mark} | {values} | {simple} "
            f"| {whole.published} |"
        )


def _reasons(one: Validation, runs: Runs) -> Iterator[str]:
    missed = [figure for figure, _ in _rows(runs) if figure.met is False]
    if missed:
        yield ""
    for figure in missed:
        yield f"- *{figure.name}* is missed: {one.why(figure)}."


def _populations() -> Iterator[str]:
    yield "## The simulated people"
    for population in POPULATIONS.values():
        yield ""
        yield f"**{population.title}** (`{population.id}`, version {population.version})"
        yield ""
        for name, value in population.parameters.items():
            yield f"- {name}: {value}"
