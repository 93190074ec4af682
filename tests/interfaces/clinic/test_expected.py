"""The expected course on three pages: the client's own, the clinician's, and the settings."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.cast import Cast, after, looking
from tests.interfaces.clinic.test_caseload import answered
from tests.interfaces.clinic.test_client import page_of
from tests.interfaces.conftest import BrowserOf
from tests.record.expected.test_expected import accept, fit, fitted
from waymark.record.assessments.models import Score
from waymark.record.episodes.models import Episode
from waymark.record.expected import actions
from waymark.record.expected.models import FlagAnswer, Opening

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

HARDER = (12, 13, 14, 16, 17)
FLAG = "off the expected course at week"
RANGE = "four of five"


def weekly(cast: Cast, totals: tuple[int, ...] = HARDER) -> None:
    """Ana answers once a week; care began before the first answer."""
    for week, total in enumerate(totals):
        answered(cast, "ana", total, days=7 * (week - len(totals)))
    with looking():
        Episode.objects.filter(patient=cast.patients["ana"]).update(started_at=after(days=-80))


def last_score(cast: Cast) -> str:
    with looking():
        return str(Score.objects.filter(patient=cast.patients["ana"]).latest("for_date").pk)


def note(cast: Cast, browser_of: BrowserOf, who: str = "ben", **given: str) -> tuple[int, str]:
    address = reverse("client-flag", args=[cast.patients["ana"].pk])
    sent = {"course": "phq-9-total", "score": last_score(cast), **given}
    answer = browser_of(who).post(address, sent, follow=True)
    return answer.status_code, answer.content.decode()


def press(cast: Cast, browser_of: BrowserOf, do: str) -> str:
    address = reverse("client-expected", args=[cast.patients["ana"].pk])
    with looking():
        wish = Opening.objects.filter(patient=cast.patients["ana"]).order_by("asked_at").last()
    sent = {"do": do, "opening": str(wish.pk if wish else uuid4())}
    return browser_of("ben").post(address, sent, follow=True).content.decode()


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
    assert "Of 10 flagged, 1.5 ended worse (1.0 to 2.2)" in page
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
    away = "Courses like yours end clearly harder more often than most courses do."
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
    """The first against the last says worse; the shift is answered apart."""
    weekly(lakeside, (6, 7, 6, 7, 16, 17, 16, 17))
    page = own(browser_of)
    abouts = re.findall(r'name="about" value="([\w.-]+)"', page)
    score = last_score(lakeside)
    assert abouts == [f"reliable-deterioration.{score}", f"shift-for-the-worse.{score}"]
    address = reverse("remark", args=["phq-9", "total"])
    sent = {"about": abouts[1], "answer": "not-how-it-feels"}
    page = browser_of("ana").post(address, sent, follow=True).content.decode()
    first, second = page.split(f'name="about" value="{abouts[1]}"')
    assert 'aria-pressed="true"' not in first
    assert 'aria-pressed="true"' in second
    clinician = page_of(browser_of, lakeside)
    assert clinician.index("a shift of") < clinician.index("Not how it feels")


def test_what_was_said_of_a_flag_stays_when_the_flag_is_answered(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    fit(lakeside)
    accept(lakeside)
    weekly(lakeside)
    browser_of("ana").post(reverse("expected-course"), {"do": "ask"})
    press(lakeside, browser_of, "open")
    sent = {"about": f"off-track.{last_score(lakeside)}", "words": "My father died that week."}
    browser_of("ana").post(reverse("remark", args=["phq-9", "total"]), sent)
    note(lakeside, browser_of, did="talked")
    for page in (own(browser_of), page_of(browser_of, lakeside)):
        assert FLAG not in page
        assert "My father died that week." in page


def test_sent_twice_it_is_noted_once_and_said_to_be_noted(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    fit(lakeside)
    accept(lakeside)
    weekly(lakeside)
    for _ in range(2):
        _, page = note(lakeside, browser_of, did="plan")
        assert "Noted. The flag returns on new evidence alone." in page
    with looking():
        assert FlagAnswer.objects.count() == 1


def test_a_form_of_an_older_flag_notes_nothing_and_keeps_the_words(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    fit(lakeside)
    accept(lakeside)
    weekly(lakeside)
    status, page = note(lakeside, browser_of, did="plan", words="Read me.", score=str(uuid4()))
    assert status == 422
    assert "a new answer came since" in page
    assert "Read me.</textarea>" in page
    with looking():
        assert not FlagAnswer.objects.exists()


def test_an_old_form_opens_and_closes_nothing(lakeside: Cast, browser_of: BrowserOf) -> None:
    """Ana put it away and asked anew: a form of the first wish does nothing to the second."""
    ana, ben = browser_of("ana"), browser_of("ben")
    ask = reverse("expected-course")
    ana.post(ask, {"do": "ask"})
    with looking():
        first = Opening.objects.get()
    ana.post(ask, {"do": "away"})
    ana.post(ask, {"do": "ask"})
    address = reverse("client-expected", args=[lakeside.patients["ana"].pk])
    for do in ("open", "close", "burn", ""):
        ben.post(address, {"do": do, "opening": str(first.pk)})
        with looking():
            second = Opening.objects.get(closed_at=None)
        assert (second.pk != first.pk, second.opened_at) == (True, None)
    assert "It is not open" in press(lakeside, browser_of, "close")
    assert "choose one of the two" in ana.post(ask, {}, follow=True).content.decode()
    with looking():
        assert Opening.objects.get(closed_at=None).pk == second.pk


def test_in_the_first_month_a_client_reads_nothing_of_the_end(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    fit(lakeside)
    accept(lakeside)
    weekly(lakeside, (12, 14, 17))
    browser_of("ana").post(reverse("expected-course"), {"do": "ask"})
    press(lakeside, browser_of, "open")
    assert FLAG in page_of(browser_of, lakeside)
    assert "end clearly harder" not in own(browser_of)


def test_the_settings_print_coverage_and_take_the_acceptance(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    ada, address = browser_of("ada"), reverse("settings-expected")
    page = ada.get(address).content.decode()
    assert "not calibrated here" in page
    assert "waymark refit-course" in page
    early = ada.post(address, {"do": "accept", "version": "1"}, follow=True).content.decode()
    assert "there is nothing to accept" in early
    fit(lakeside)
    page = ada.post(address, {"do": "accept", "version": "1"}, follow=True).content.decode()
    assert "The 80% range held 80.0 of 100 last scores" in page
    assert "Accepted on March 3, 2026 by Ada" in page
    page = ada.post(address, {"do": "end"}, follow=True).content.decode()
    assert "We have read this and the coverage above" in page
    for version in ("nine", "²", ""):
        stale = ada.post(address, {"do": "accept", "version": version}, follow=True)
        assert "read them again" in stale.content.decode()


def test_a_newer_fit_is_accepted_anew(lakeside: Cast, browser_of: BrowserOf) -> None:
    fit(lakeside)
    accept(lakeside)
    weekly(lakeside)
    assert FLAG in page_of(browser_of, lakeside)
    actions.keep_course(lakeside.clinic, course=fitted(), by=lakeside.clock(), at=after(hours=9))
    assert FLAG not in page_of(browser_of, lakeside)
    page = browser_of("ada").get(reverse("settings-expected")).content.decode()
    assert "A course was fitted since" in page


def test_a_flag_waits_in_the_caseload_until_it_is_answered(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    """Ten to fifteen in three weeks: no rule of change is reached, and the flag stands."""
    fit(lakeside)
    weekly(lakeside, (10, 12, 13, 15))
    waits = "PHQ-9: off the expected course (18 of 120 flagged ended worse)."
    assert waits not in browser_of("ben").get(reverse("caseload")).content.decode()
    accept(lakeside)
    assert waits in browser_of("ben").get(reverse("caseload")).content.decode()
    note(lakeside, browser_of, did="no-fit")
    assert waits not in browser_of("ben").get(reverse("caseload")).content.decode()


def test_two_findings_on_one_page_have_names_of_their_own(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    """A label belongs to one field: what is typed under one finding is about that one."""
    weekly(lakeside, (6, 7, 6, 7, 16, 17, 16, 17))
    named = re.findall(r' id="([^"]+)"', own(browser_of))
    assert "phq-9-total-1-words" in named
    assert len(named) == len(set(named))


def test_a_client_reads_no_clinicians_word_over_what_they_said(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    weekly(lakeside, (6, 7, 6, 16, 17, 16, 17))
    sent = {"about": f"reliable-deterioration.{last_score(lakeside)}", "words": "My sister left."}
    browser_of("ana").post(reverse("remark", args=["phq-9", "total"]), sent)
    answered(lakeside, "ana", 16, days=0)
    _, before = own(browser_of).split("What you said before")
    assert "My sister left." in before
    assert "eterioration" not in before
