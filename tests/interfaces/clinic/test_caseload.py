"""The caseload: those who need a person come first, with why and by when."""

import re
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from tests.cast import NOON, PASSWORD, Cast, after, welcome
from tests.interfaces.conftest import BrowserOf
from tests.record.steps import concern_of
from waymark.interfaces.cli.owner.demo_data import answers_of
from waymark.record.assessments import actions
from waymark.record.people import actions as people

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def answered(cast: Cast, name: str, total: int, *, days: float, danger: int = 0) -> None:
    """The client answered a PHQ-9 on paper, that many days after NOON."""
    at = after(days=days, hours=1)
    actions.enter(
        cast.patients[name],
        instrument="phq-9",
        answers=answers_of("phq-9", total, danger=danger),
        came=actions.Entry("paper", at.date()),
        by=cast.viewer("ben"),
        at=at,
    )


def order_of(html: str, *names: str) -> list[str]:
    return sorted(names, key=html.index)


def test_a_danger_without_an_owner_stands_first(lakeside: Cast, browser_of: BrowserOf) -> None:
    """Amy: 18 to 8 over ten weeks. Ana: one answer today, item 9 at "Several days"."""
    welcome(lakeside, "amy", clinician="ben", at=after(days=-80))
    answered(lakeside, "amy", 18, days=-75)
    answered(lakeside, "amy", 8, days=-3)
    answered(lakeside, "ana", 9, days=0, danger=1)

    html = browser_of("ben").get(reverse("caseload")).content.decode()

    assert order_of(html, ">Amy<", ">Ana<") == [">Ana<", ">Amy<"]
    assert "“Several days”" in html
    assert "No owner yet, due" in html
    assert "1 person" not in html
    assert "One person waits for you." in html


def test_a_decline_comes_before_what_goes_well(lakeside: Cast, browser_of: BrowserOf) -> None:
    """Amy: 10 to 18. Bo: 18 to 8."""
    for name, first, last in (("amy", 10, 18), ("bo", 18, 8)):
        welcome(lakeside, name, clinician="ben", at=after(days=-80))
        answered(lakeside, name, first, days=-75)
        answered(lakeside, name, last, days=-3)

    html = browser_of("ben").get(reverse("caseload")).content.decode()

    assert order_of(html, ">Bo<", ">Amy<") == [">Amy<", ">Bo<"]
    assert "Raise it: by your next meeting, at the latest Friday, Mar 6" in " ".join(html.split())


HARDER = {
    "the last is worse": ((-75, 10), (-3, 18)),
    "worse within the first month": ((-20, 7), (-3, 18)),
    "gained and lost again": ((-75, 18), (-40, 4), (-3, 11)),
    "by all scores together": tuple(
        (-3 - 7 * (8 - week), score) for week, score in enumerate((6, 7, 6, 7, 16, 17, 16, 17, 11))
    ),
}


@pytest.mark.parametrize("scores", HARDER.values(), ids=list(HARDER))
def test_a_worsening_that_the_client_is_told_rises_in_the_caseload(
    lakeside: Cast, browser_of: BrowserOf, scores: tuple[tuple[int, int], ...]
) -> None:
    """Whichever finding names it: what Amy reads on her page is never quiet on Ben's."""
    welcome(lakeside, "amy", clinician="ben", at=after(days=-80))
    for days, total in scores:
        answered(lakeside, "amy", total, days=days)
    amy = browser_of("amy")
    amy.post("/me/welcome/4/")
    assert 'class="chip watch"' in amy.get("/me/progress/").content.decode()
    html = browser_of("ben").get(reverse("caseload")).content.decode()
    line = next(one for one in html.split("<tr")[1:] if ">Amy<" in one)
    assert 'class="chip watch"' in line
    assert "Raise it: by your next meeting, at the latest" in " ".join(line.split())
    assert "One person waits for you." in html


@pytest.mark.parametrize(("weeks", "raised"), [(7, False), (8, True)])
def test_after_eight_answers_without_a_change_the_plan_is_looked_at(
    lakeside: Cast, browser_of: BrowserOf, weeks: int, raised: bool
) -> None:
    welcome(lakeside, "amy", clinician="ben", at=after(days=-80))
    for week in range(weeks):
        answered(lakeside, "amy", 12, days=-3 - 7 * (weeks - 1 - week))
    html = browser_of("ben").get(reverse("caseload")).content.decode()
    line = next(one for one in html.split("<tr")[1:] if ">Amy<" in one)
    assert ("Look at the plan together" in line) is raised


def test_only_people_in_ones_care_are_listed(lakeside: Cast, browser_of: BrowserOf) -> None:
    html = browser_of("ben").get(reverse("caseload")).content.decode()
    assert ">Ana<" in html
    assert ">Eli<" not in html


def test_a_supervisor_reads_along_and_takes_nothing_away(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    html = browser_of("sue").get(reverse("caseload")).content.decode()
    assert ">Ana<" in html
    assert ">Eli<" not in html


def test_a_responder_is_told_first_of_concerns_without_an_owner(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    """Gil is the backup and does not treat Ana: in his own care nobody waits, and yet."""
    answered(lakeside, "ana", 9, days=0, danger=1)
    html = browser_of("gil").get(reverse("caseload")).content.decode()
    assert html.index("1 concern has no owner.") < html.index("<h1>")
    assert "Nobody waits for you." not in html
    assert "Nothing else waits for you." not in html
    with_none = browser_of("gil")
    with_none.post(reverse("concern-own", args=[concern_of(lakeside, "ana").pk]))
    assert "no owner." not in with_none.get(reverse("caseload")).content.decode()


def test_an_owner_who_does_not_treat_them_is_told_first_what_is_theirs(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    answered(lakeside, "ana", 9, days=0, danger=1)
    gil, ben = browser_of("gil"), browser_of("ben")
    gil.post(reverse("concern-own", args=[concern_of(lakeside, "ana").pk]))
    page = gil.get(reverse("caseload"))
    html = page.content.decode()
    assert html.index("You have 1 concern.") < html.index("<h1>")
    assert "Nobody waits for you." not in html
    assert "Nothing else waits for you." not in html
    assert [one["count"] for one in page.context["nav"] if one["label"] == "Concerns"] == [1]
    theirs = ben.get(reverse("caseload"))
    assert "You have" not in theirs.content.decode()
    assert [one["count"] for one in theirs.context["nav"] if one["label"] == "Concerns"] == [0]


def test_the_front_desk_has_no_caseload(lakeside: Cast, browser_of: BrowserOf) -> None:
    assert browser_of("dana").get(reverse("caseload")).status_code == 403


def test_an_empty_caseload_says_what_will_be_here(lakeside: Cast, browser_of: BrowserOf) -> None:
    from waymark.record.safety.handover import leave_team

    leave_team(
        lakeside.patients["ana"],
        clinician=lakeside.memberships["ben"],
        by=lakeside.viewer("ada"),
        at=NOON,
    )
    page = browser_of("ben").get(reverse("caseload"))
    assert b"Nobody is in your care yet." in page.content


def test_the_head_of_the_caseload_counts_who_is_where(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    """Ana is in care, Amy invited, Bea joined and not in care | each counted where they stand."""
    for name in ("Amy", "Bea"):
        invitation = people.invite(
            lakeside.clinic,
            who=people.Newcomer(name, adult=True),
            clinician=lakeside.memberships["ben"],
            by=lakeside.viewer("ben"),
            at=NOON,
        )
    people.accept(invitation, login="bea-at-home", password=PASSWORD, at=NOON)
    page = " ".join(browser_of("ben").get(reverse("caseload")).content.decode().split())
    assert "1 person in your care · 1 invited · 1 not in care at present" in page
    assert "Nothing else waits for you." not in page
    assert page.count('class="btn small"') == 0  # the filled one is "Invite a client"


def test_who_left_care_is_found_and_does_not_wait(lakeside: Cast, browser_of: BrowserOf) -> None:
    ben, ana = browser_of("ben"), lakeside.patients["ana"].pk
    ben.post(reverse("client-episode", args=[ana]), {"day": "2026-03-03"})
    assert reverse("client", args=[ana]) not in ben.get(reverse("caseload")).content.decode()
    past = ben.get(reverse("caseload"), {"show": "past"}).content.decode()
    assert "Care has ended" in past
    assert reverse("client", args=[ana]) in past


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_asks_the_same_few_questions(
    lakeside: Cast,
    browser_of: BrowserOf,
    many: int,
    django_assert_max_num_queries: object,
) -> None:
    for number in range(many):
        name = f"amy{number}"
        welcome(lakeside, name, clinician="ben", at=after(days=-80))
        answered(lakeside, name, 12, days=-10)
    browser = browser_of("ben")
    browser.get(reverse("caseload"))
    with django_assert_max_num_queries(32):  # type: ignore[operator]
        browser.get(reverse("caseload"))


@pytest.fixture
def two_reasons(lakeside: Cast, browser_of: BrowserOf) -> Any:
    """Amy: 10 to 18. Ana: one answer today, item 9 at "Several days"."""
    welcome(lakeside, "amy", clinician="ben", at=after(days=-80))
    answered(lakeside, "amy", 10, days=-75)
    answered(lakeside, "amy", 18, days=-3)
    answered(lakeside, "ana", 9, days=0, danger=1)
    return browser_of("ben")


@pytest.mark.parametrize(
    ("why", "names"),
    [("", {"Amy", "Ana"}), ("risk", {"Ana"}), ("watch", {"Amy"}), ("Ana", {"Amy", "Ana"})],
)
def test_the_caseload_is_shown_by_why_without_a_script(
    two_reasons: Any, why: str, names: set[str]
) -> None:
    """Who waits is counted over everybody, whoever is shown; what is no reason shows all."""
    html = two_reasons.get(reverse("caseload"), {"why": why}).content.decode()
    assert set(re.findall(r"data-name[^>]*>(\w+)</a>", html)) == names
    assert "2 people wait for you." in html
    assert re.search(r'href="\?why=risk"[^>]*>Danger <span class="numbers">1<', html)


def test_a_name_is_sent_nowhere_and_stands_in_no_address(two_reasons: Any) -> None:
    """The field for a name is in no form and has no name; addresses hold numbers alone."""
    html = two_reasons.get(reverse("caseload")).content.decode()
    (field,) = re.findall(r"<input[^>]*data-find[^>]*>", html)
    assert " name=" not in field
    assert ' autocomplete="off"' in field
    before = html[: html.index(field)]
    assert before.count("<form") == before.count("</form>")
    addresses = re.findall(r'(?:href|action)="([^"]*)"', html)
    assert [one for one in addresses if re.search("amy|ana", one, re.IGNORECASE)] == []


def test_what_was_shown_is_written_down(lakeside: Cast, browser_of: BrowserOf) -> None:
    from waymark.access.vocabulary import Action
    from waymark.record.audit.models import Line

    browser_of("ben").get(reverse("caseload"))

    line = Line.objects.get(action=Action.READ_CASELOAD)
    assert line.subject == lakeside.patients["ana"].audit_number
    assert line.by == str(lakeside.accounts["ben"].pk)
    assert line.at.date() == date(2026, 3, 3)
