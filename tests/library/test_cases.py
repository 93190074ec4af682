"""Worked cases from papers, other packages or sums by hand: one file an instrument."""

import tomllib
from fractions import Fraction
from typing import Any

import pytest

from tests.library.written import CASES, cases, row
from waymark.library import safety
from waymark.library.instrument import Better, Cutoff, Instrument, Method
from waymark.library.instruments import INSTRUMENTS
from waymark.library.scoring import beyond, rounded, score

WORKED = [pytest.param(id, case, id=f"{id}: {case['name']}") for id, case in cases()]


@pytest.mark.parametrize(("id", "case"), WORKED)
def test_every_scale_scores_as_worked_out(id: str, case: dict[str, Any]) -> None:
    instrument = INSTRUMENTS[id]
    result = score(instrument, row(instrument, case["answers"]), sex=case.get("sex"))

    assert {scored.scale for scored in result.scales} == set(case["scales"])
    for name, expected in case["scales"].items():
        scored = result.of(name)
        value = None if expected["value"] == "none" else expected["value"]
        assert scored.value == value
        assert scored.exact == (None if value is None else pytest.approx(_exact(expected)))
        assert scored.band == expected.get("band")
        assert scored.prorated is expected.get("prorated", False)
        assert bool(scored.note) or value is not None
        if "clinical" in expected:
            assert lines_reached(instrument, name, expected["value"]) == set(expected["clinical"])
        if "cutoff" in expected:
            assert scored.cutoff is not None
            assert scored.cutoff.value == expected["cutoff"]


def lines_reached(instrument: Instrument, scale: str, value: float) -> set[str]:
    """The lines on whose clinical side a value stands, as a case names them."""
    one = instrument.scale(scale)
    return {name_of(cut) for cut in one.cutoffs if beyond(one, value, cut)}


def name_of(cut: Cutoff) -> str:
    return f"{cut.name} {cut.when[1]}" if cut.when else cut.name


@pytest.mark.parametrize(("id", "case"), WORKED)
def test_what_is_missing_is_named(id: str, case: dict[str, Any]) -> None:
    instrument = INSTRUMENTS[id]
    result = score(instrument, row(instrument, case["answers"]))
    assert result.missing == tuple(case.get("missing", ()))


@pytest.mark.parametrize(("id", "case"), WORKED)
def test_dangers_are_told_as_worked_out(id: str, case: dict[str, Any]) -> None:
    instrument = INSTRUMENTS[id]
    answers = row(instrument, case["answers"])
    told = {risk.item: risk.value for risk in safety.risks(instrument, answers)}
    expected = {
        item: None if value == "none" else value for item, value in case.get("safety", {}).items()
    }

    assert told == expected
    assert safety.tier(instrument, answers, previous=()) == case.get("tier")
    assert safety.backup_told(instrument, answers) is case.get("backup", False)


def test_every_instrument_has_a_file_of_cases_with_its_source() -> None:
    assert {path.stem for path in CASES.glob("*.toml")} == set(INSTRUMENTS)
    for path in CASES.glob("*.toml"):
        assert tomllib.loads(path.read_text())["source"], path


@pytest.mark.parametrize("id", sorted(INSTRUMENTS))
def test_cases_reach_both_ends_of_every_scale_and_every_band(id: str) -> None:
    instrument = INSTRUMENTS[id]
    for scale in instrument.scales:
        worked = [case["scales"][scale.id] for of, case in cases() if of == id]
        values = [case["value"] for case in worked if case["value"] != "none"]
        assert min(values) == scale.low
        assert max(values) == scale.high
        assert {case["band"] for case in worked if "band" in case} == {
            band.label for band in scale.bands
        }


SCALES = [(id, scale.id) for id, one in INSTRUMENTS.items() for scale in one.scales]


def worked_on(id: str, scale: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Each case of an instrument, with what it says of one scale."""
    return [(case, case["scales"][scale]) for of, case in cases() if of == id]


def values_of(id: str, scale: str) -> set[float]:
    return {found["value"] for _, found in worked_on(id, scale) if found["value"] != "none"}


@pytest.mark.parametrize(("id", "scale"), SCALES)
def test_worked_cases_stand_on_both_sides_of_every_band(id: str, scale: str) -> None:
    """The lowest score of each band that can be reached, and the highest of the one below it."""
    one, worked = INSTRUMENTS[id].scale(scale), values_of(id, scale)
    for band in one.bands[1:]:
        first = min(value for value in reached(id, scale) if value >= band.low)
        last = max(value for value in reached(id, scale) if value < band.low)
        assert {first, last} <= worked, f"{band.label}: {last} and {first}"


@pytest.mark.parametrize(("id", "scale"), SCALES)
def test_worked_cases_stand_on_both_sides_of_every_line(id: str, scale: str) -> None:
    one = INSTRUMENTS[id].scale(scale)
    told = {
        found["value"]: set(found["clinical"])
        for _, found in worked_on(id, scale)
        if "clinical" in found
    }
    for cut in one.cutoffs:
        on = [value for value in reached(id, scale) if beyond(one, value, cut)]
        off = [value for value in reached(id, scale) if not beyond(one, value, cut)]
        lower = one.better is Better.LOWER
        edge, beside = (min(on), max(off)) if lower else (max(on), min(off))
        assert name_of(cut) in told.get(edge, ()), f"{edge} is on the clinical side"
        assert beside in told, f"no case says on which side {beside} stands"
        assert name_of(cut) not in told[beside]


@pytest.mark.parametrize(("id", "scale"), SCALES)
def test_worked_cases_stand_on_both_sides_of_every_rule_for_gaps(id: str, scale: str) -> None:
    """As many answers missing as may be, with a score; one more, and there is none."""
    one = INSTRUMENTS[id].scale(scale)
    if one.method is Method.LEVEL:
        return
    most = one.missing.most
    gaps = {
        len(set(case.get("missing", ())) & set(one.items)): found["value"] != "none"
        for case, found in worked_on(id, scale)
    }
    assert gaps.get(most) is True
    assert gaps.get(most + 1) is False, f"no case with {most + 1} answers missing"


def reached(id: str, scale: str) -> list[float]:
    """Every value that a whole form can give."""
    one = INSTRUMENTS[id].scale(scale)
    if one.method is Method.MEAN:
        by = len(one.items)
        steps = range(int(one.low) * by, int(one.high) * by + 1)
        return [rounded(Fraction(step, by), places=2) for step in steps]
    return [float(value) for value in range(int(one.low), int(one.high) + 1, one.times)]


def _exact(expected: dict[str, Any]) -> float:
    return float(expected.get("exact", expected["value"]))
