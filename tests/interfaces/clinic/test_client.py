"""One client's page: the course, the evidence, the answers, and that they were used."""

import re
from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.urls import reverse

from tests.cast import NOON, Cast, after, looking, welcome
from tests.interfaces.clinic.test_caseload import answered
from tests.interfaces.conftest import BrowserOf
from waymark.access.vocabulary import Action
from waymark.interfaces.clinic.client import views
from waymark.interfaces.clinic.client.answer_lines import flagged, forms_given
from waymark.library.instruments import INSTRUMENTS
from waymark.record.assessments import actions as assessments
from waymark.record.assessments.models import Response
from waymark.record.audit.models import Line
from waymark.record.episodes.models import Encounter, Episode
from waymark.record.sharing.models import Receipt
from waymark.record.tenancy.action import reading

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

GAD7 = [item.id for item in INSTRUMENTS["gad-7"].items]


def page_of(browser_of: BrowserOf, lakeside: Cast, who: str = "ben") -> str:
    address = reverse("client", args=[lakeside.patients["ana"].pk])
    return browser_of(who).get(address).content.decode()


def test_too_early_is_said_and_the_number_stands_beside(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    answered(lakeside, "ana", 12, days=0)
    page = page_of(browser_of, lakeside)
    assert "too early to say" in page
    assert "moderate" in page
    assert "<svg" in page


def test_reading_answers_leaves_a_receipt_that_the_client_sees(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    answered(lakeside, "ana", 12, days=0)
    ana = lakeside.patients["ana"].pk
    with looking():
        response = Response.objects.get()
    page = browser_of("ben").get(reverse("client-answers", args=[ana, response.pk]))
    assert b"Little interest or pleasure in doing things" in page.content
    today = browser_of("ana").get(reverse("today") + "?later=yes").content.decode()
    assert "Ben has read your answers" in today


def test_a_supervisor_reads_answers_and_leaves_no_receipt(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    answered(lakeside, "ana", 12, days=0)
    with looking():
        response = Response.objects.get()
    address = reverse("client-answers", args=[lakeside.patients["ana"].pk, response.pk])
    assert browser_of("sue").get(address).status_code == 200
    with looking():
        assert not Receipt.objects.exists()


def things_on(page: str) -> dict[str, str]:
    """What can be chosen as talked about: the name, and what is sent for it."""
    found = re.findall(r'name="thing" value="([^"]+)"><span>([^<]+)<', page)
    return {name: thing for thing, name in found}


def test_what_was_talked_about_is_chosen_and_reaches_the_client(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    answered(lakeside, "ana", 12, days=-2)
    answered(lakeside, "ana", 11, days=0)
    ben, address = (
        browser_of("ben"),
        reverse("client-discussed", args=[lakeside.patients["ana"].pk]),
    )
    things = things_on(page_of(browser_of, lakeside))
    assert list(things) == ["PHQ-9 of March 2", "PHQ-9 of February 28"]
    nothing = ben.post(address, follow=True).content.decode()
    assert "Nothing was noted: choose what you talked about." in nothing
    told = ben.post(address, {"thing": things["PHQ-9 of March 2"]}, follow=True).content.decode()
    assert "Ana will see that you talked about PHQ-9 of March 2." in told
    assert list(things_on(told)) == ["PHQ-9 of February 28"]
    with looking():
        marked = Receipt.objects.filter(used="discussed").values_list("thing", flat=True)
        assert [str(thing) for thing in marked] == [things["PHQ-9 of March 2"]]
    today = browser_of("ana").get(reverse("today") + "?later=yes").content.decode()
    assert "Ben talked with you about your answers of" in today


def test_answers_of_thirty_days_can_be_talked_about_by_a_press(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    """The page is opened on March 3 at noon; both were entered at one, 29 and 30 days before it."""
    for days in (-30, -29):
        answered(lakeside, "ana", 11, days=days)
    assert list(things_on(page_of(browser_of, lakeside))) == ["PHQ-9 of February 1"]


def test_brought_in_answers_and_those_in_a_concern_are_not_talked_about_by_a_press(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    answered(lakeside, "ana", 11, days=-2)
    rows = [assessments.Past("gad-7", NOON.date(), answers=dict.fromkeys(GAD7, 1))]
    assessments.bring_in(lakeside.patients["ana"], rows=rows, by=lakeside.viewer("ben"), at=NOON)
    answered(lakeside, "ana", 11, days=0, danger=1)
    assert list(things_on(page_of(browser_of, lakeside))) == ["PHQ-9 of February 28"]
    with looking():
        danger = Response.objects.order_by("submitted_at").last()
    assert danger is not None
    address = reverse("client-discussed", args=[lakeside.patients["ana"].pk])
    page = browser_of("ben").post(address, {"thing": str(danger.pk)}, follow=True)
    assert b"it is in a concern without an owner" in page.content
    with looking():
        assert not Receipt.objects.exists()


def test_a_meeting_is_noted_and_a_future_one_is_not(lakeside: Cast, browser_of: BrowserOf) -> None:
    address = reverse("client-meeting", args=[lakeside.patients["ana"].pk])
    ben = browser_of("ben")
    ben.post(address, {"kind": "video", "took_place_at": "2026-03-03T09:00"})
    page = ben.post(address, {"kind": "video", "took_place_at": "2030-01-01T09:00"}, follow=True)
    assert b"marked after it took place" in page.content
    with looking():
        assert Encounter.objects.count() == 1


def test_the_time_of_a_meeting_is_read_by_the_clock_of_the_clinic(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    ana = lakeside.patients["ana"].pk
    given = {"kind": "video", "took_place_at": "2026-03-03T09:00"}
    browser_of("ben").post(reverse("client-meeting", args=[ana]), given)
    with looking():
        assert Encounter.objects.get().took_place_at == datetime(2026, 3, 3, 15, tzinfo=UTC)


def test_a_meeting_that_cannot_be_noted_keeps_what_was_typed(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    """The form stays open, with the time that is wrong and why."""
    address = reverse("client-meeting", args=[lakeside.patients["ana"].pk])
    given = {"kind": "video", "took_place_at": "2030-01-01T09:00"}
    page = browser_of("ben").post(address, given)
    html = page.content.decode()
    assert page.status_code == 422
    assert "The meeting was not noted." in html
    assert 'value="2030-01-01T09:00"' in html
    assert "<details open><summary>Note a meeting" in html


def test_the_list_of_answers_holds_scores_and_totals_from_earlier_records(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    answered(lakeside, "ana", 12, days=0)
    past = assessments.Past("gad-7", date(2025, 11, 24), value=9.0)
    ben = lakeside.viewer("ben")
    assessments.bring_in(lakeside.patients["ana"], rows=[past], by=ben, at=NOON)
    assert given_lines(page_of(browser_of, lakeside)) == [
        ["Mar 2, 2026", "PHQ-9 on paper", "12, moderate", ""],
        ["Nov 24, 2025", "GAD-7 brought in", "9, mild", ""],
    ]


def given_lines(html: str) -> list[list[str]]:
    """The rows of the tables of answers, in the words that are seen."""
    tables = re.findall(r'<table class="compact">.*?<tbody>(.*?)</tbody>', html, re.DOTALL)
    rows = [row for table in tables for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)]
    cells = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL) for row in rows]
    return [[" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in row] for row in cells]


def test_answers_of_danger_are_flagged_for_whoever_may_read_them_and_none_is_opened(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    answered(lakeside, "ana", 9, days=-7)
    answered(lakeside, "ana", 9, days=0, danger=1)
    page = page_of(browser_of, lakeside)
    assert [row[3] for row in given_lines(page)] == ["Tells of danger", ""]
    every = reverse("client-every-answer", args=[lakeside.patients["ana"].pk])
    html = browser_of("ben").get(every).content.decode()
    assert [row[3] for row in given_lines(html)] == ["Tells of danger", ""]
    assert not Line.objects.filter(action=Action.READ_ANSWERS).exists()


@pytest.mark.parametrize("right", [Action.READ_ANSWERS, Action.READ_CONCERNS])
def test_nothing_is_flagged_for_whoever_may_not_read_it(lakeside: Cast, right: Action) -> None:
    answered(lakeside, "ana", 9, days=0, danger=1)
    ben, ana = lakeside.viewer("ben"), lakeside.patients["ana"].pk
    with reading(Action.READ_SCORES, by=ben, at=NOON):
        lines = forms_given(ben, Action.READ_SCORES, ana, size=5).lines
        rights = {Action.READ_SCORES, Action.READ_ANSWERS, Action.READ_CONCERNS}
        assert [one.danger for one in flagged(ben, lines, rights=rights)] == [True]
        assert [one.danger for one in flagged(ben, lines, rights=rights - {right})] == [False]


def test_all_that_was_given_is_reached_a_page_at_a_time(
    lakeside: Cast, browser_of: BrowserOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eleven forms and three totals: the client's page shows ten, and leads to all of them."""
    for week in range(11):
        answered(lakeside, "ana", week, days=7 * week)
    past = [assessments.Past("gad-7", date(2025, 11, day), value=9.0) for day in (3, 10, 17)]
    patient, ben = lakeside.patients["ana"], lakeside.viewer("ben")
    assessments.bring_in(patient, rows=past, by=ben, at=NOON)
    every = reverse("client-every-answer", args=[patient.pk])
    assert f'href="{every}"' in page_of(browser_of, lakeside)
    monkeypatch.setattr(views, "A_PAGE", 4)
    browser, address, seen = browser_of("ben"), every, []
    for _ in range(3):
        html = browser.get(address).content.decode()
        rows = given_lines(html)
        seen += [row[2].partition(",")[0] for row in rows if "PHQ-9" in row[1]]
        assert [row[2] for row in rows if "GAD-7" in row[1]] == ["9, mild"] * 3  # it stands still
        found = re.search(r'rel="next" href="([^"]+)"', html)
        address = every + unescape(found[1]) if found else ""
    assert seen == [str(week) for week in reversed(range(11))]
    assert address == ""


def test_before_care_ends_it_is_said_what_ends(lakeside: Cast, browser_of: BrowserOf) -> None:
    page = page_of(browser_of, lakeside)
    assert "From that day on nothing is given regularly" in page
    assert "Every answer is kept" in page


def test_a_way_of_meeting_is_written_as_words(lakeside: Cast, browser_of: BrowserOf) -> None:
    ana = lakeside.patients["ana"].pk
    given = {"kind": "in-person", "took_place_at": "2026-03-03T09:00"}
    browser_of("ben").post(reverse("client-meeting", args=[ana]), given)
    page = page_of(browser_of, lakeside)
    assert ">In person</span>" in page


def test_an_episode_ends_and_begins_again(lakeside: Cast, browser_of: BrowserOf) -> None:
    address = reverse("client-episode", args=[lakeside.patients["ana"].pk])
    ben = browser_of("ben")
    ben.post(address, {"day": "2026-03-03"})
    ben.post(address, {"day": "2026-03-03"})
    with looking():
        periods = list(
            Episode.objects.filter(patient=lakeside.patients["ana"]).order_by("started_at")
        )
    assert [period.ended_at is None for period in periods] == [False, True]


def test_a_clients_remark_stands_beside_the_finding(lakeside: Cast, browser_of: BrowserOf) -> None:
    answered(lakeside, "ana", 12, days=0)
    ana = browser_of("ana")
    about = re.findall(r'name="about" value="([^"]+)"', ana.get("/me/progress/").content.decode())
    ana.post(
        reverse("remark", args=["phq-9", "total"]),
        {"about": about[0], "answer": "not-how-it-feels", "words": "The week was loud."},
    )
    page = page_of(browser_of, lakeside)
    assert "Not how it feels" in page
    assert "The week was loud." in page


def test_a_client_of_somebody_else_is_not_there(lakeside: Cast, browser_of: BrowserOf) -> None:
    address = reverse("client", args=[lakeside.patients["eli"].pk])
    assert browser_of("ben").get(address).status_code == 404


def test_client_and_clinician_read_the_same_belief_each_in_their_words(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    """PHQ-9 18, 15, 12, 9, 8, 7 over ten weeks: far beyond the first month."""
    for week, total in enumerate((18, 15, 12, 9, 8, 7)):
        answered(lakeside, "ana", total, days=-70 + 14 * week)
    with looking():
        Episode.objects.filter(patient=lakeside.patients["ana"]).update(started_at=after(days=-80))
    assert "improved by all scores together" in page_of(browser_of, lakeside)
    how = browser_of("ana").get(reverse("how-we-know")).content.decode()
    assert "Taken together, your low mood answers point to a real move toward better" in how


def test_care_does_not_end_on_a_day_to_come(lakeside: Cast, browser_of: BrowserOf) -> None:
    ben, ana = browser_of("ben"), lakeside.patients["ana"].pk
    page = ben.post(reverse("client-episode", args=[ana]), {"day": "2026-12-15"}, follow=True)
    assert "choose today or a day before it" in page.content.decode()
    with looking():
        assert Episode.objects.get(patient=ana).ended_at is None


def test_answers_are_not_shown_under_another_clients_name(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    """Ben treats Ana and Amy: Ana's answers are not there at Amy's address."""
    welcome(lakeside, "amy", clinician="ben")
    answered(lakeside, "ana", 12, days=0)
    with looking():
        response = Response.objects.get()
    address = reverse("client-answers", args=[lakeside.patients["amy"].pk, response.pk])
    for name in ("ben", "sue"):
        assert browser_of(name).get(address).status_code == 404
