"""How the doctor ends: with 0 where every answer is well, with 1 where a single one is not.

What it asks, of real homes, stands in `tests/journeys`.
"""

import json
from itertools import product

import pytest
from click.testing import CliRunner

from waymark.interfaces.cli.owner import portal
from waymark.interfaces.cli.owner.commands import doctor
from waymark.interfaces.cli.owner.commands.doctor import Answer

NAMES = ("The machine", "A clinic", "A signed safety policy")


@pytest.mark.parametrize("well", list(product((True, False), repeat=len(NAMES))), ids=str)
def test_it_is_ready_only_where_nothing_is_missing(
    monkeypatch: pytest.MonkeyPatch, well: tuple[bool, ...]
) -> None:
    found = [
        Answer(name, one, "" if one else "Do it.") for name, one in zip(NAMES, well, strict=True)
    ]
    monkeypatch.setattr(portal, "start", lambda: None)
    monkeypatch.setattr(doctor, "examine", lambda *, at: found)
    said = CliRunner().invoke(doctor.doctor)
    assert said.exit_code == (0 if all(well) else 1)
    assert ("Ready for clients." in said.output) is all(well)
    assert said.output.count("missing  ") == well.count(False)
    told = CliRunner().invoke(doctor.doctor, ["--format", "json"])
    assert told.exit_code == said.exit_code
    assert [one["well"] for one in json.loads(told.output)] == list(well)
