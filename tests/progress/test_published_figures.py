"""Figures by which courses are judged, against a table typed by hand, and cold starts worked out
from the published summaries that they name."""

import ast
import tomllib
from math import log
from pathlib import Path

import pytest

from tests.progress.drawn import SCALES
from waymark.library.instruments import INSTRUMENTS
from waymark.progress.change.reference import cold_start, noise_of, reference_for
from waymark.progress.change.reliable_change import yardstick_of
from waymark.progress.course.expected import cold_phq9

SOURCE = Path(__file__).parents[2] / "src" / "waymark"
TYPED = tomllib.loads((Path(__file__).parent / "figures.toml").read_text())
SHIFTS = "SHIFTS"
"""Of `cohort/growth.py`: places of a stencil, no figures."""


def constants_of(path: Path) -> dict[str, list[float]]:
    """The numbers of each constant of a module, in the order in which they stand."""
    found = {}
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            signs = {id(e.operand): -1 for e in ast.walk(node.value) if is_minus(e)}
            numbers = [
                (each.lineno, each.col_offset, signs.get(id(each), 1) * each.value)
                for each in ast.walk(node.value)
                if isinstance(each, ast.Constant) and type(each.value) in {int, float}
            ]
            if numbers:
                found[ast.unparse(target).strip("()")] = [one for _, _, one in sorted(numbers)]
    return found


def is_minus(node: ast.AST) -> bool:
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)


def modules() -> list[str]:
    parts = ("progress", "progress/*", "cohort", "library")
    paths = [path for part in parts for path in SOURCE.glob(f"{part}/*.py")]
    return sorted(str(path.relative_to(SOURCE)) for path in paths if constants_of(path))


@pytest.mark.parametrize("module", modules())
def test_every_figure_is_the_one_that_was_typed(module):
    found = constants_of(SOURCE / module)
    found.pop(SHIFTS, None)
    assert found == TYPED.get(module, {})


def test_no_table_is_of_a_module_that_is_gone():
    assert set(TYPED) <= set(modules())


def test_the_cold_course_of_the_phq9_is_that_of_the_published_summaries():
    """14.2 (6.1) at first, 9.5 after some eight sessions; a tie of -.25 is assumed."""
    cold = cold_phq9()
    assert (cold.instrument, cold.scale, cold.low, cold.high) == ("phq-9", "total", 0, 27)
    assert (cold.reliable, cold.noise, cold.flipped) == (6.0, 2.66, False)
    assert cold.beta == pytest.approx((14.2, -4.7 / log(8)))
    start, tie, slope = cold.cov
    assert start == pytest.approx(37.21 - 7.0756)
    assert slope == pytest.approx(2.04**2)
    assert tie == pytest.approx(-0.25 * start**0.5 * 2.04)
    assert cold.thresholds == (0.0705, 0.047)
    assert cold.width80.lines == cold.width90.lines == (11.0, 17.0)
    assert cold.width80.by_session == ((1.2816, 1.2816, 1.2816),)
    assert cold.width90.by_session == ((1.6449, 1.6449, 1.6449),)
    assert (cold.clients, cold.worth) == (0, None)


def test_the_usual_end_of_a_course_is_the_one_that_was_typed():
    """Nobody stops before the third session, nobody goes on after the twentieth."""
    stopping = cold_phq9().stopping
    assert [stopping.chance(one, 10.0) for one in (1, 2, 20)] == [0.0, 0.0, 1.0]
    assert (stopping.first, stopping.longest, stopping.middle) == (3, 20, 10.0)


@pytest.mark.parametrize("name", ["PHQ-9", "Well-being"])
def test_a_cold_start_states_its_sizes_in_units_of_noise(name):
    scale = SCALES[name]
    found, noise = cold_start(scale), noise_of(scale)
    assert {
        "trend": tuple(one / noise for one in found.trend),
        "slide": tuple(one / noise for one in found.slide),
        "step": tuple(one / noise for one in found.step),
        "bump": tuple(one / noise for one in found.bump),
        "drift": found.drift / noise,
        "smallest": found.smallest / noise,
    } == {
        "trend": pytest.approx((-2.0, 1.4)),
        "slide": pytest.approx((1.3, 1.7)),
        "step": pytest.approx((2.65, 0.9)),
        "bump": pytest.approx((2.3, 0.95)),
        "drift": pytest.approx(0.25),
        "smallest": pytest.approx(0.38),
    }


def test_first_scores_are_the_published_ones_or_those_of_the_clinical_sample():
    phq9, gad7, core10 = (INSTRUMENTS[id].scale("total") for id in ("phq-9", "gad-7", "core-10"))
    for id, scale, mean, sd in (("phq-9", phq9, 14.2, 6.1), ("gad-7", gad7, 13.3, 5.1)):
        held = reference_for(id, scale)
        assert held.start == pytest.approx((mean, (sd**2 - held.noise**2) ** 0.5))
    held = reference_for("core-10", core10)
    assert held.start == pytest.approx((19.7, (7.7**2 - held.noise**2) ** 0.5))


def test_the_noise_of_a_week_is_that_of_a_sitting_and_of_states():
    """PHQ-9, 6 points: 6 / 1.96 = 3.061; S_diff 5.5 x sqrt(2 x .16) = 3.111 is more. One
    score errs by 3.111 / sqrt(2) = 2.2 within a sitting; over weeks by 2.2 x
    sqrt(1 + (1.5 / 2.2)^2) = 2.66."""
    scale = INSTRUMENTS["phq-9"].scale("total")
    assert yardstick_of(scale).s_diff == pytest.approx(3.1113, abs=1e-4)
    assert noise_of(scale) == pytest.approx(2.6627, abs=1e-4)
