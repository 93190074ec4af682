"""Worked cases from papers, other packages or sums by hand: one file an instrument."""

import tomllib
from typing import Any

import pytest

from tests.library.written import CASES, cases, row
from waymark.library import safety
from waymark.library.instruments import INSTRUMENTS
from waymark.library.scoring import score

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
        if "cutoff" in expected:
            assert scored.cutoff is not None
            assert scored.cutoff.value == expected["cutoff"]


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


def _exact(expected: dict[str, Any]) -> float:
    return float(expected.get("exact", expected["value"]))
