"""One moment has one score: whatever page tells of it, and whichever answer of the day it is.

Ana: PHQ-9 18, then 6 and 17 on one day ten weeks later. It counts as 11.5 everywhere, and both
answers stay readable. Then a total of 25 from before her care is brought in: it is drawn, and no
surface says another change.
"""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.cast import NOON, Cast, after, welcome
from tests.interfaces.conftest import NOW, BrowserOf
from tests.interfaces.portal.doing import words
from tests.record.steps import waiting
from waymark.interfaces.cli.owner.demo_data import answers_of
from waymark.record.assessments import actions

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

DAYS = {18: -75, 6: -3, 17: -3}
FALSE = ("turned back", "since the best score", "again since")


@pytest.fixture
def amy(lakeside: Cast) -> Cast:
    welcome(lakeside, "amy", clinician="ben", at=after(days=-80))
    for total, days in DAYS.items():
        at = after(days=days, hours=1 + total / 10)
        actions.enter(
            lakeside.patients["amy"],
            instrument="phq-9",
            answers=answers_of("phq-9", total),
            came=actions.Entry("paper", at.date()),
            by=lakeside.viewer("ben"),
            at=at,
        )
    return lakeside


def brought_in(cast: Cast) -> None:
    rows = [actions.Past("phq-9", (NOON - timedelta(days=200)).date(), value=25)]
    actions.bring_in(cast.patients["amy"], rows=rows, by=cast.viewer("ben"), at=NOON)


def pages(cast: Cast, browser_of: BrowserOf) -> dict[str, str]:
    """The raw page of every surface that tells of a course."""
    amy, ben = browser_of("amy"), browser_of("ben")
    amy.post("/me/welcome/4/")
    found = {
        "progress": amy.get(reverse("progress")),
        "table": amy.get(reverse("course", args=["phq-9", "total"])),
        "how": amy.get(reverse("how-we-know")),
        "client": ben.get(reverse("client", args=[cast.patients["amy"].pk])),
        "caseload": ben.get(reverse("caseload")),
    }
    assert {name: one.status_code for name, one in found.items()} == dict.fromkeys(found, 200)
    return {name: one.content.decode() for name, one in found.items()}


def last_drawn(page: str) -> str:
    """What the last point of the first picture says, and that of the small one."""
    return re.findall(r'role="listitem" tabindex="0" aria-label="([^"]+)"', page)[0]


@pytest.mark.parametrize("earlier", [False, True], ids=["this care", "and older totals"])
def test_every_surface_tells_the_same_now(amy: Cast, browser_of: BrowserOf, earlier: bool) -> None:
    if earlier:
        brought_in(amy)
    found = pages(amy, browser_of)
    said = {name: words(page) for name, page in found.items()}
    assert "18 then, 11.5 now" in said["progress"]
    assert "3 answers" in said["progress"]
    assert "18 then, 11.5 now" in said["table"]
    assert "18 to 11.5 (-6.5)" in said["client"]
    assert "PHQ-9 18 to 11.5" in said["caseload"]
    for name in ("progress", "client"):
        assert last_drawn(found[name]).startswith("11.5 on"), name
        assert "the average of 2 answers" in last_drawn(found[name])
    for name, text in said.items():
        assert [each for each in FALSE if each in text] == [], name


def test_both_answers_stay_readable_with_what_the_day_counts_as(
    amy: Cast, browser_of: BrowserOf
) -> None:
    found = pages(amy, browser_of)
    for name in ("table", "client"):
        # The list of answers says of each one what it scored, and nothing of the day.
        course = re.sub(r'<table class="compact">.*?</table>', "", found[name], flags=re.DOTALL)
        rows = [words(row) for row in re.findall(r"<tr\b[^>]*>.*?</tr>", course, re.DOTALL)]
        for total in ("6", "17"):
            (row,) = [one for one in rows if re.search(rf"(2026|paper) {total}\b", one)]
            assert "the day counts as 11.5" in row, name
        (alone,) = [one for one in rows if re.search(r"\b18\b", one)]
        assert "counts as" not in alone


def test_the_page_after_sending_says_what_the_day_counts_as(
    amy: Cast, browser_of: BrowserOf
) -> None:
    """17 on paper this morning, 6 by herself now: her own total is 6, and the day is 11.5."""
    ben, patient, browser = amy.viewer("ben"), amy.patients["amy"], browser_of("amy")
    came = actions.Entry("paper", NOW.date())
    given = answers_of("phq-9", 17)
    actions.enter(patient, instrument="phq-9", answers=given, came=came, by=ben, at=NOW)
    actions.assign(patient, instrument="phq-9", starts_on=NOW.date(), by=ben, at=NOW)
    path = reverse("answer", args=[waiting(amy, "amy").pk])
    page = browser.post(path, answers_of("phq-9", 6), follow=True).content.decode()
    assert "Your total: 6 of 27." in words(page)
    assert "the day counts as 11.5, the average" in words(page)
    assert "11.5 now" in words(page)


def test_too_early_to_say_is_not_asked_whether_it_fits(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    welcome(lakeside, "amy", clinician="ben", at=after(days=-80))
    for total, days in ((18, -20), (12, -3)):
        at = after(days=days)
        actions.enter(
            lakeside.patients["amy"],
            instrument="phq-9",
            answers=answers_of("phq-9", total),
            came=actions.Entry("paper", at.date()),
            by=lakeside.viewer("ben"),
            at=at,
        )
    page = pages(lakeside, browser_of)["progress"]
    assert "too early to say" in words(page)
    assert "Does that fit?" not in words(page)
    assert "Add what was going on" in words(page)
