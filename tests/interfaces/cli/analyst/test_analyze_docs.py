"""The reference page of `waymark analyze` says what the command does."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from waymark.interfaces.cli.analyst.analysis.writing import FIELDS, NHS_FIELDS
from waymark.interfaces.cli.analyst.commands.analyze import analyze
from waymark.progress.change.reliable_change import Category, Reason

DOCS = Path(__file__).parents[4] / "docs"
PAGE = (DOCS / "reference" / "analyze.md").read_text()
NAMED = set(re.findall(r"`([^`\s]+)`", PAGE))

# A file of scores cannot bring these about: it holds no gaps, no imports and no episodes.
NEVER_FROM_A_FILE = {Reason.NO_SCORE, Reason.PRORATED, Reason.IMPORTED, Reason.EARLIER_EPISODE}


@pytest.mark.parametrize(
    "name",
    [*FIELDS, *NHS_FIELDS, *Category, *(one for one in Reason if one not in NEVER_FROM_A_FILE)],
)
def test_every_field_category_and_reason_is_documented(name):
    assert str(name) in NAMED


@pytest.mark.parametrize("option", [one.opts[-1] for one in analyze.params if len(one.opts) > 0])
def test_every_option_is_documented(option):
    assert option in PAGE or option == "scores"


def test_the_example_runs_as_it_stands_there(tmp_path):
    scores = tmp_path / "scores.csv"
    scores.write_text(re.search(r"```text\n(.*?)```", PAGE, re.DOTALL)[1])
    for line in re.findall(r"^waymark analyze (scores\.csv.*)$", PAGE, re.MULTILINE):
        words = [word.replace("scores.csv", str(scores)) for word in line.split()]
        words = [str(tmp_path / word) if word == "report.html" else word for word in words]
        result = CliRunner().invoke(analyze, words)
        assert result.exit_code == 0, result.output
    assert (tmp_path / "report.html").stat().st_size > 10_000


def test_links_between_the_pages_lead_somewhere():
    for link in re.findall(r"\]\(([^)#]+)\)", PAGE):
        assert (DOCS / "reference" / link).exists()
