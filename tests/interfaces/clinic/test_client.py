"""One client's page: the course, the evidence, the answers, and that they were used."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from tests.cast import Cast, looking
from tests.interfaces.clinic.test_caseload import answered
from tests.interfaces.conftest import BrowserOf
from waymark.record.assessments.models import Response
from waymark.record.episodes.models import Encounter, Episode
from waymark.record.sharing.models import Receipt

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


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


def test_we_talked_about_it_reaches_the_client(lakeside: Cast, browser_of: BrowserOf) -> None:
    answered(lakeside, "ana", 12, days=0)
    browser_of("ben").post(reverse("client-discussed", args=[lakeside.patients["ana"].pk]))
    today = browser_of("ana").get(reverse("today") + "?later=yes").content.decode()
    assert "Ben talked with you about your answers" in today


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
    browser_of("ana").post(
        reverse("remark", args=["phq-9", "total"]),
        {"answer": "not-how-it-feels", "words": "The week was loud."},
    )
    page = page_of(browser_of, lakeside)
    assert "Not how it feels" in page
    assert "The week was loud." in page


def test_a_client_of_somebody_else_is_not_there(lakeside: Cast, browser_of: BrowserOf) -> None:
    address = reverse("client", args=[lakeside.patients["eli"].pk])
    assert browser_of("ben").get(address).status_code == 404
