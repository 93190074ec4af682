"""`waymark validate`: tries every judgement on people whose truth is known, with any seed."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import click

from waymark.cohort.validations import VALIDATIONS as OF_MANY
from waymark.interfaces.cli.files import store
from waymark.progress.simulations import POPULATIONS
from waymark.progress.validation import Figure, Validation
from waymark.progress.validations import VALIDATIONS as OF_ONE

Found = Sequence[tuple[Validation, int, Sequence[Figure]]]
MISSED = 1
SEEDS = (1, 2, 3)
PEOPLE = 4000
NOTE = "<!-- Made by `waymark validate --format markdown`. Run it again, do not edit this page. -->"


def validations() -> dict[str, Validation]:
    """Every validation, by id."""
    return {**OF_ONE, **OF_MANY}


@click.command()
@click.argument("which", nargs=-1)
@click.option("--seed", "seeds", multiple=True, type=click.IntRange(0), help="Again for each one.")
@click.option("--people", default=PEOPLE, show_default=True, type=click.IntRange(400, 1_000_000))
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "markdown"]),
    default="table",
    show_default=True,
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path))
def validate(
    which: tuple[str, ...], seeds: tuple[int, ...], people: int, form: str, output: Path | None
) -> None:
    """Try judgements on simulated people: change, shift, on-track and the others.

    WHICH names some of them; without it, all are tried. Figures stand with Wilson's 95% interval
    beside the target, the simple rule on the same people, and what was published. Ends with 1 if a
    target is missed: an interval that does not reach it.
    """
    known = validations()
    unknown = [one for one in which if one not in known]
    if unknown:
        raise click.UsageError(f"{unknown[0]!r} is none of: {', '.join(sorted(known))}.")
    chosen = [known[one] for one in which] or list(known.values())
    found = list(_run(chosen, seeds or SEEDS, people))
    ways: dict[str, Callable[[Found, int], str]] = {
        "table": as_table,
        "json": as_json,
        "markdown": as_page,
    }
    text = ways[form](found, people)
    if output is None:
        click.echo(text, nl=False)
    else:
        store(text, output)
    click.get_current_context().exit(MISSED if _missed(found) else 0)


def _run(
    chosen: Iterable[Validation], seeds: Sequence[int], people: int
) -> Iterator[tuple[Validation, int, Sequence[Figure]]]:
    runs: list[tuple[Validation, int]] = [(one, seed) for one in chosen for seed in seeds]
    with click.progressbar(runs, label="Trying", file=sys.stderr) as shown:
        for one, seed in shown:
            yield one, seed, one.run(seed, people)


def _missed(found: Found) -> bool:
    return any(figure.met is False for _, _, figures in found for figure in figures)


def as_table(found: Found, people: int) -> str:
    """For a terminal."""
    lines = [f"{people} simulated people a seed; Wilson's 95% interval in brackets."]
    for one, seed, figures in found:
        lines += ["", f"{one.title}  (population: {one.population}; seed {seed})"]
        lines += [f"  {_row(figure)}" for figure in figures]
    return "\n".join([*lines, ""])


def _row(figure: Figure) -> str:
    parts = [f"{figure.name}: {_said(figure)}"]
    if figure.target:
        parts.append(f"target {figure.target}: {'met' if figure.met else 'MISSED'}")
    if figure.simple is not None:
        parts.append(f"simple rule {figure.simple:.3f}")
    if figure.published:
        parts.append(f"published {figure.published}")
    return "; ".join(parts)


def _said(figure: Figure) -> str:
    if figure.of is None:
        return f"{figure.value:.3f}"
    low, high = figure.interval
    return f"{figure.value:.3f} [{low:.3f}, {high:.3f}], {figure.hits:g} of {figure.of}"


def as_json(found: Found, people: int) -> str:
    """A list with one object for each figure and seed."""
    rows = [
        {
            "validation": one.id,
            "population": one.population,
            "people": people,
            "seed": seed,
            "figure": figure.name,
            "value": figure.value,
            "low": figure.interval[0],
            "high": figure.interval[1],
            "of": figure.of,
            "target": str(figure.target) if figure.target else None,
            "met": figure.met,
            "simple_rule": figure.simple,
            "published": figure.published or None,
        }
        for one, seed, figures in found
        for figure in figures
    ]
    return json.dumps(rows, indent=1) + "\n"


def as_page(found: Found, people: int) -> str:
    """The generated page of the docs."""
    seeds = sorted({seed for _, seed, _ in found})
    lines = [
        NOTE,
        "# Validation",
        "",
        f"What the engine does with {people} simulated people whose truth is known, for seeds "
        f"{', '.join(map(str, seeds))}. Brackets hold Wilson's 95% interval; a target is met when "
        "the interval reaches it. The simple rule is tried on the same people. Simulated courses "
        "are kinder than life.",
    ]
    for validation in {one.id: one for one, _, _ in found}.values():
        lines += ["", f"## {validation.title}", "", f"Population: {validation.population}. "
                  f"{validation.note}".strip(), ""]  # fmt: skip
        lines += _markdown([(seed, figures) for one, seed, figures in found if one is validation])
    return "\n".join([*lines, "", *_populations(), ""])


def _markdown(runs: Sequence[tuple[int, Sequence[Figure]]]) -> Iterator[str]:
    heads = " | ".join(f"seed {seed}" for seed, _ in runs)
    yield f"| figure | target | {heads} | simple rule | published |"
    yield "|---" * (len(runs) + 4) + "|"
    for row in zip(*(figures for _, figures in runs), strict=True):
        first = row[0]
        values = " | ".join(_said(one) + (" **missed**" if one.met is False else "") for one in row)
        simple = "" if first.simple is None else f"{first.simple:.3f}"
        yield f"| {first.name} | {first.target or ''} | {values} | {simple} | {first.published} |"


def _populations() -> Iterator[str]:
    yield "## The simulated people"
    for population in POPULATIONS.values():
        yield ""
        yield f"**{population.title}** (`{population.id}`, version {population.version})"
        yield ""
        for name, value in population.parameters.items():
            yield f"- {name}: {value}"
