"""The expected course on three pages: the client's own, the clinician's, and the settings."""

import re

import pytest
from django.urls import reverse

from tests.cast import Cast, after, looking
from tests.interfaces.clinic.test_caseload import answered
from tests.interfaces.clinic.test_client import page_of
from tests.interfaces.conftest import BrowserOf
from tests.record.expected.test_expected import accept, fit
from waymark.record.episodes.models import Episode
from waymark.record.expected.models import FlagAnswer

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

HARDER = (12, 14, 16, 18)
FLAG = "off the expected course at week"
RANGE = "four of five"


def weekly(cast: Cast, totals: tuple[int, ...] = HARDER) -> None:
    """Ana answers once a week; care began before the first answer."""
    for week, total in enumerate(totals):
        answered(cast, "ana", total, days=-28 + 7 * week)
    with looking():
        Episode.objects.filter(patient=cast.patients["ana"]).update(started_at=after(days=-40))


def note(cast: Cast, browser_of: BrowserOf, who: str = "ben", **given: str) -> tuple[int, str]:
    address = reverse("client-flag", args=[cast.patients["ana"].pk])
    sent = {"course": "phq-9-total", **given}
    answer = browser_of(who).post(address, sent, follow=True)
    return answer.status_code, answer.content.decode()


def press(cast: Cast, browser_of: BrowserOf, do: str) -> str:
    address = reverse("client-expected", args=[cast.patients["ana"].pk])
    return browser_of("ben").post(address, {"do": do}, follow=True).content.decode()


def own(browser_of: BrowserOf, page: str = "progress") -> str:
    return browser_of("ana").get(reverse(page)).content.decode()


def test_a_cold_start_is_a_range_and_says_that_it_is_not_calibrated(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    weekly(lakeside)
    page = page_of(browser_of, lakeside)
    assert "Expected course, not calibrated here" in page
    assert 'class="reach"' in page
    assert "Chance of ending" not in page
    assert FLAG not in page


def test_a_fit_alone_brings_no_chances_and_no_flag(lakeside: Cast, browser_of: BrowserOf) -> None:
    fit(lakeside)
    weekly(lakeside)
    page = page_of(browser_of, lakeside)
    assert "not calibrated here" not in page
    assert "its use is accepted" in page
    assert FLAG not in page


def test_a_flag_says_what_it_is_worth_and_is_answered_once(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    fit(lakeside)
    accept(lakeside)
    weekly(lakeside)
    page = page_of(browser_of, lakeside)
    assert FLAG in page
    assert "of 10 flagged, 1 ended worse" in page
    status, page = note(lakeside, browser_of, did="plan", words="Fewer evenings at work.")
    assert status == 200
    assert "The flag returns on new evidence alone." in page
    assert FLAG not in page
    assert "changed something in the plan" in page
    assert "Fewer evenings at work." in page


def test_a_flag_that_cannot_be_noted_keeps_what_was_typed(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    fit(lakeside)
    accept(lakeside)
    weekly(lakeside)
    status, page = note(lakeside, browser_of, words="Half a sentence")
    assert status == 422
    assert "Choose what was done, or that the flag does not fit." in page
    assert "Half a sentence" in page
    with looking():
        assert not FlagAnswer.objects.exists()


def test_a_flag_that_does_not_stand_is_not_answered(lakeside: Cast, browser_of: BrowserOf) -> None:
    weekly(lakeside)
    _, page = note(lakeside, browser_of, did="plan")
    assert "that flag does not stand any more" in page
    with looking():
        assert not FlagAnswer.objects.exists()


def test_a_supervisor_sees_the_flag_and_no_form(lakeside: Cast, browser_of: BrowserOf) -> None:
    fit(lakeside)
    accept(lakeside)
    weekly(lakeside)
    page = page_of(browser_of, lakeside, "sue")
    assert FLAG in page
    assert "Note what was done about it" not in page


def test_a_client_sees_it_only_once_it_was_opened_together(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    fit(lakeside)
    accept(lakeside)
    weekly(lakeside)
    away = "stand away from where courses that began like yours often go"
    assert RANGE not in own(browser_of)
    assert away not in own(browser_of)
    assert "Expected course with Ana" not in page_of(browser_of, lakeside)
    assert "only with a client who asked" in press(lakeside, browser_of, "open")
    asked = browser_of("ana").post(reverse("expected-course"), {"do": "ask"}, follow=True)
    assert "You asked to see it." in asked.content.decode()
    assert RANGE not in own(browser_of)
    assert "sees the expected course from now on" in press(lakeside, browser_of, "open")
    page = own(browser_of)
    assert RANGE in page
    assert away in page
    assert "Bring this to Ben" in page
    assert "It is open" in own(browser_of, "how-we-know")
    browser_of("ana").post(reverse("expected-course"), {"do": "away"})
    assert RANGE not in own(browser_of)


def test_the_client_answers_each_finding_by_itself(lakeside: Cast, browser_of: BrowserOf) -> None:
    """The first against the last says too early or worse; the shift is answered apart."""
    weekly(lakeside, (6, 7, 6, 7, 16, 17, 16, 17)[:8])
    page = own(browser_of)
    signals = re.findall(r'name="signal" value="([\w-]+)"', page)
    assert signals == ["reliable-deterioration", "shift-for-the-worse"]
    address = reverse("remark", args=["phq-9", "total"])
    sent = {"signal": signals[1], "answer": "not-how-it-feels"}
    page = browser_of("ana").post(address, sent, follow=True).content.decode()
    first, second = page.split('name="signal" value="shift-for-the-worse"')
    assert 'aria-pressed="true"' not in first
    assert 'aria-pressed="true"' in second
    clinician = page_of(browser_of, lakeside)
    assert clinician.index("a shift of") < clinician.index("Not how it feels")


def test_the_settings_print_coverage_and_take_the_acceptance(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    ada, address = browser_of("ada"), reverse("settings-expected")
    page = ada.get(address).content.decode()
    assert "not calibrated here" in page
    assert "waymark refit-course" in page
    fit(lakeside)
    page = ada.post(address, {"do": "accept", "version": "1"}, follow=True).content.decode()
    assert "The 80% range held 80.0 of 100 last scores" in page
    assert "Accepted on March 3, 2026 by Ada" in page
    page = ada.post(address, {"do": "end"}, follow=True).content.decode()
    assert "We have read this, and use it so" in page
    stale = ada.post(address, {"do": "accept", "version": "nine"}, follow=True)
    assert "read them again" in stale.content.decode()


def test_a_flag_waits_in_the_caseload_until_it_is_answered(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    """Ten to fifteen in three weeks: no rule of change is reached, and the flag stands."""
    fit(lakeside)
    weekly(lakeside, (10, 12, 13, 15))
    waits = "PHQ-9: off the expected course (of 10 flagged, 1 ended worse)."
    assert waits not in browser_of("ben").get(reverse("caseload")).content.decode()
    accept(lakeside)
    assert waits in browser_of("ben").get(reverse("caseload")).content.decode()
    note(lakeside, browser_of, did="no-fit")
    assert waits not in browser_of("ben").get(reverse("caseload")).content.decode()
