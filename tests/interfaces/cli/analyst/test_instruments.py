"""`waymark instruments`: whole definitions as data, and a page a person can read."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest
from click.testing import CliRunner, Result

from waymark.interfaces.cli.analyst.commands.instruments import instruments
from waymark.library.instruments import INSTRUMENTS

COMMANDS = "waymark.interfaces.cli.analyst.commands"


def run(*words: str) -> Result:
    """The command as a person types it after `waymark instruments`."""
    return CliRunner().invoke(instruments, words)


def test_json_of_one_has_the_agreed_keys() -> None:
    said = json.loads(run("phq-9", "--format", "json").stdout)
    assert list(said)[:9] == [
        *("id", "version", "title", "stem", "recall", "licence", "attribution"),
        *("items", "scales"),
    ]
    ninth = said["items"][8]
    assert list(ninth)[:6] == ["id", "text", "options", "reverse", "safety", "loinc"]
    assert ninth["text"].startswith("Thoughts that you would be better off dead")
    assert ninth["options"][0] == {"value": 0, "label": "Not at all"}
    assert ninth["safety"]["at_least"] == 1
    assert ninth["loinc"] == "44260-8"
    assert said["items"][9]["scored"] is False
    assert said["scales"][0]["cutoffs"][0]["value"] == 10
    assert said["scales"][0]["reliable_change"]["value"] == 6
    assert "loinc.org/license" in said["notice"]


def test_json_of_all_is_a_list_of_every_instrument() -> None:
    said = json.loads(run("--format", "json").stdout)
    assert [held["id"] for held in said] == sorted(INSTRUMENTS)
    assert all(held["attribution"] and held["licence"] for held in said)


def test_sets_become_sorted_lists() -> None:
    said = json.loads(run("audit-c", "--format", "json").stdout)
    assert said["items"][1]["gate"] == {"item": "q1", "values": [1, 2, 3, 4]}


def test_the_list_says_what_is_on_and_under_which_licence() -> None:
    rows = {line.split()[0]: line.split()[1:3] for line in run().stdout.splitlines()}
    assert rows["phq-9"] == ["on", "phq-screeners"]
    assert rows["core-10"] == ["off", "CC-BY-ND-4.0"]
    assert set(INSTRUMENTS) < set(rows)


@pytest.mark.parametrize("id", sorted(INSTRUMENTS))
def test_the_page_of_one_prints_every_word_and_the_attribution(id: str) -> None:
    said = run(id).stdout
    held = INSTRUMENTS[id]
    assert held.licence.attribution in said
    assert held.licence.conditions in said
    assert all(item.text in said for item in held.items)
    assert all(option.label in said for item in held.items for option in item.options)


def test_the_page_marks_what_is_special_about_an_item() -> None:
    assert "[turned round]" in run("core-10").stdout
    assert "[never added]" in run("phq-9").stdout
    assert "[told to the team from 1 on]" in run("phq-9").stdout
    assert "[only after q1]" in run("audit-c").stdout
    assert "Line: 4 (case, male)" in run("audit-c").stdout
    assert "Reliable change: about 10 or more. NHS Talking Therapies; not re-read" in (
        run("pcl-5").stdout
    )


def test_the_page_says_when_the_wording_could_not_be_compared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    alone = replace(INSTRUMENTS["brs"], compared=None)
    monkeypatch.setattr(f"{COMMANDS}.instruments.INSTRUMENTS", {"brs": alone})
    assert "Wording not compared with a public source" in run("brs").stdout


def test_an_unknown_id_ends_with_2_and_suggests_the_near_ones() -> None:
    result = run("core10")
    assert result.exit_code == 2
    assert "Did you mean core-10" in result.stderr


def test_neither_command_loads_the_portal() -> None:
    """Scoring one form must be quick, and must work where no database is."""
    loaded = f"import sys, {COMMANDS}.score, {COMMANDS}.instruments;print('django' in sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "False"
