"""Which way every page points: Amy got better, or worse, on questions of which fewer points are
better (PHQ-9) or more are (WHO-5). What her pages, her clinician's and the files say about it is
held against what happened; and every sentence of a page that names a direction stands typed in
`directions.toml`."""

import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.urls import reverse

from tests.cast import Cast, after, welcome
from tests.interfaces.conftest import BrowserOf
from tests.interfaces.portal.doing import words
from tests.interfaces.saying import PAGES, sentences
from tests.progress.directions import BETTER, WORSE, pointing
from tests.record.steps import waiting
from waymark.interfaces.cli.analyst.analysis.report import MEANING
from waymark.interfaces.cli.main import main
from waymark.interfaces.cli.owner.demo_data import answers_of
from waymark.record.assessments import actions
from waymark.record.people import actions as people

TABLE = tomllib.loads((Path(__file__).parent / "directions.toml").read_text())

COURSES = [
    pytest.param("phq-9", (18, 8), True, id="phq-9 better"),
    pytest.param("phq-9", (8, 18), False, id="phq-9 worse"),
    pytest.param("who-5", (5, 18), True, id="who-5 better"),
    pytest.param("who-5", (18, 5), False, id="who-5 worse"),
]
GOOD, BAD = (
    ("reliable improvement", "improved by", "recovered", "toward better"),
    ("deterioration", "harder time", "worse by"),
)


@pytest.fixture
def told(request: pytest.FixtureRequest, lakeside: Cast, browser_of: BrowserOf) -> dict[str, str]:
    """The pages that tell of a course of two answers, eleven weeks apart."""
    instrument, totals = request.param
    people.set_instruments(
        lakeside.clinic,
        opened=[instrument],
        usual_set=[],
        self_start=[],
        by=lakeside.viewer("ada"),
        at=after(days=-80),
    )
    welcome(lakeside, "amy", clinician="ben", at=after(days=-80))
    for total, days in zip(totals, (-78, -1), strict=True):
        at = after(days=days)
        actions.enter(
            lakeside.patients["amy"],
            instrument=instrument,
            answers=answers_of(instrument, total),
            came=actions.Entry("paper", at.date()),
            by=lakeside.viewer("ben"),
            at=at,
        )
    amy, ben = browser_of("amy"), browser_of("ben")
    amy.post("/me/welcome/4/")
    found = {
        "progress": amy.get(reverse("progress")),
        "table": amy.get(reverse("course", args=[instrument, "total"])),
        "how": amy.get(reverse("how-we-know")),
        "client": ben.get(reverse("client", args=[lakeside.patients["amy"].pk])),
        "caseload": ben.get(reverse("caseload")),
    }
    return {name: one.content.decode() for name, one in found.items()}


def line_of(page: str, name: str) -> str:
    """One client's line of the caseload."""
    return next(one for one in re.findall(r"<tr.*?</tr>", page, re.DOTALL) if name in one)


def chips_of(page: str) -> list[tuple[str, str]]:
    """Each chip of a page with its color."""
    found = re.findall(r'<span class="chip ?([a-z]*)">(.*?)</span>', page, re.DOTALL)
    return [(kind, words(f"<p>{label}")) for kind, label in found]


@pytest.mark.django_db(databases=["default", "keyring"])
@pytest.mark.parametrize(
    ("told", "instrument", "better"),
    [pytest.param((p.values[0], p.values[1]), p.values[0], p.values[2], id=p.id) for p in COURSES],
    indirect=["told"],
)
def test_every_page_points_the_way_that_things_went(
    told: dict[str, str], instrument: str, better: bool
) -> None:
    lower = instrument == "phq-9"
    way, other = ("lower", "higher") if lower is better else ("higher", "lower")
    scale, wrong = ("Lower", "Higher") if lower else ("Higher", "Lower")
    said = {name: words(page) for name, page in told.items()}

    for name in ("progress", "table"):
        assert f"clearly {way} than" in said[name], name
        assert f"clearly {other} than" not in said[name], name
    for name in ("progress", "client"):
        assert f"{scale} is better" in said[name], name
        assert f"{wrong} is better" not in said[name], name
        assert f"{'↓' if lower else '↑'} better" in told[name]
    for name in ("progress", "table", "client", "caseload"):
        assert [one for one in (BAD if better else GOOD) if one in said[name]] == [], name
    assert ("this is a harder time" in said["progress"]) is not better
    named = "Recovered" if better else "Reliable deterioration"
    kind = "good" if better else "watch"
    assert (kind, named) in chips_of(told["client"])
    line = line_of(told["caseload"], "Amy")
    assert ("recovered" if better else "reliable deterioration") in words(line)
    assert {kind for kind, _ in chips_of(line) if kind in {"good", "watch", "risk"}} == {kind}
    assert ("Raise it" in words(line)) is not better
    waits = "Nobody waits for you." if better else "One person waits for you."
    assert waits in said["caseload"]


def pages_that_tell() -> list[Path]:
    folders = (
        "portal/progress",
        "clinic/client",
        "clinic/caseload",
        "cli/analyst/analysis",
        "cli/analyst/cohort_output",
    )
    single = ("portal/assessments/sent.html", "clinic/settings/expected.html")
    found = [path for folder in folders for path in (PAGES / folder).rglob("*.html")]
    return sorted([*found, *(PAGES / path for path in single)])


def names_a_way(sentence: str) -> bool:
    return not {"lower", "higher", *BETTER, *WORSE}.isdisjoint(pointing(sentence).split())


@pytest.mark.parametrize(
    "path", [pytest.param(one, id=str(one.relative_to(PAGES))) for one in pages_that_tell()]
)
def test_every_sentence_of_a_page_that_names_a_direction_is_known(path: Path) -> None:
    """Both sides of each condition; turned round, or new, it is no longer in the table."""
    said = [one for one in sentences(path) if names_a_way(one)]
    assert said == TABLE["pages"].get(str(path.relative_to(PAGES)), [])


def test_no_sentence_of_the_table_is_gone() -> None:
    assert set(TABLE["pages"]) <= {str(one.relative_to(PAGES)) for one in pages_that_tell()}


CSV = "client,instrument,date,score\n" + "".join(
    f"{name},PHQ-9,{day},{score}\n"
    for name, first, last in TABLE["report"]["courses"]
    for day, score in (("2026-01-05", first), ("2026-03-30", last))
)


def test_the_report_of_analyze_names_each_group_by_what_happened(tmp_path: Path) -> None:
    """Each client stands under the name and the meaning typed for what their scores did."""
    source, report = tmp_path / "scores.csv", tmp_path / "report.html"
    source.write_text(CSV)
    ran = CliRunner().invoke(
        main, ["analyze", str(source), "--format", "html", "--output", str(report)]
    )
    assert ran.exit_code == 0, ran.output
    page = report.read_text()
    assert "Lower is better." in words(page)
    groups = {
        client: words(f"<p {group}")
        for group in page.split('class="group"')[1:]
        for client in re.findall(r"<h3>(.*?)</h3>", group)
    }
    for client, name, meaning in TABLE["report"]["groups"]:
        assert groups[client].startswith(f"{name} 1 {meaning} {client}"), client


def test_every_group_of_the_report_is_called_by_what_happened() -> None:
    """Those whom no published rule can make, such as harmed, among them."""
    assert {str(one): list(words) for one, words in MEANING.items()} == TABLE["meaning"]


@pytest.mark.django_db(databases=["default", "keyring"])
@pytest.mark.parametrize(("instrument", "way"), [("phq-9", "Lower"), ("who-5", "Higher")])
def test_the_page_after_sending_says_which_way_is_better(
    lakeside: Cast, browser_of: BrowserOf, instrument: str, way: str
) -> None:
    ada, ben, at = lakeside.viewer("ada"), lakeside.viewer("ben"), after(hours=1)
    people.set_instruments(
        lakeside.clinic, opened=[instrument], usual_set=[], self_start=[], by=ada, at=at
    )
    ana, browser = lakeside.patients["ana"], browser_of("ana")
    actions.assign(ana, instrument=instrument, starts_on=at.date(), by=ben, at=at)
    browser.post("/me/welcome/4/")
    path = reverse("answer", args=[waiting(lakeside, "ana", instrument).pk])
    said = words(browser.post(path, answers_of(instrument, 6), follow=True).content.decode())
    assert "Your total: " in said
    assert f"{way} is better." in said
    assert f"{'Higher' if way == 'Lower' else 'Lower'} is better" not in said
