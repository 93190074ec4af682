"""`waymark simulate`: draw people whose truth is known."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import click

from waymark.interfaces.cli.analyst.files import check_output, store
from waymark.library.instrument import Better
from waymark.library.instruments import INSTRUMENTS
from waymark.progress.validation.simulation import SimulatedCourse
from waymark.progress.validation.simulations import POPULATIONS
from waymark.progress.validation.simulations.sessions import HIGH


@click.command()
@click.argument("population")
@click.option("--people", default=1000, show_default=True, type=click.IntRange(1, 10_000_000))
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0))
@click.option("--instrument", default="phq-9", show_default=True)
@click.option("--truth", is_flag=True, help="Also write the true level, pattern and shift.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path))
def simulate(
    population: str, people: int, seed: int, instrument: str, truth: bool, output: Path | None
) -> None:
    """Draw people of a POPULATION as `waymark analyze` reads them: client, instrument, session,
    score. The same seed draws the same people. A wrong name lists the populations.
    """
    check_output(output)
    if population not in POPULATIONS:
        raise click.UsageError(f"{population!r} is none of: {', '.join(sorted(POPULATIONS))}.")
    if instrument not in INSTRUMENTS:
        raise click.UsageError(f"--instrument {instrument} is not in the library.")
    scale = INSTRUMENTS[instrument].scales[0]
    if (scale.low, scale.high, scale.better) != (0, HIGH, Better.LOWER):
        raise click.UsageError(f"--instrument {instrument}: the scores drawn run from 0 to {HIGH}, "
                               "lower is better, and that scale does not.")  # fmt: skip
    drawn = POPULATIONS[population].people(seed, number=people)
    courses = [one for one in drawn if isinstance(one, SimulatedCourse)]
    if len(courses) != len(drawn):
        raise click.UsageError(
            f"{population!r} draws check-ins, which have no file of scores; `waymark validate` "
            "tries the judgements on them."
        )
    text = _csv(courses, instrument, truth=truth)
    if output is None:
        click.echo(text, nl=False)
    else:
        store(text, output)


def _csv(courses: Sequence[SimulatedCourse], instrument: str, *, truth: bool) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    extra = ["true_level", "pattern", "shift_at"] if truth else []
    writer.writerow(["client", "instrument", "session", "score", *extra])
    for number, course in enumerate(courses, 1):
        shift = "" if course.shift_at is None else course.shift_at
        for session, score, level in zip(
            course.sessions, course.scores, course.levels, strict=True
        ):
            known = [f"{level:.3f}", course.pattern, shift] if truth else []
            writer.writerow([number, instrument, session, f"{score:g}", *known])
    return out.getvalue()
