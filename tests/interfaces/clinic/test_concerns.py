"""Working a concern on its page: from "no owner yet" to closed, nothing lost on the way."""

import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import NOON, Cast, after, looking
from tests.interfaces.clinic.test_caseload import answered
from tests.interfaces.conftest import BrowserOf
from tests.record.safety.test_repeat_answers import assessed
from tests.record.steps import concern_of
from waymark.record.assessments.models import Response
from waymark.record.people import actions as people
from waymark.record.safety import actions as safety
from waymark.record.safety.models import Concern
from waymark.record.tenancy.models import Duty

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


@pytest.fixture
def concern(lakeside: Cast) -> Concern:
    """Ana chose "Several days" at item 9."""
    answered(lakeside, "ana", 9, days=0, danger=1)
    with looking():
        return Concern.objects.get()


def send(browser: Client, concern: Concern, step: str, **given: str) -> object:
    named = {f"{step}-{name}": value for name, value in given.items()}
    if step == "agree":
        named = {f"close-{name}": value for name, value in given.items()}
    return browser.post(reverse(f"concern-{step}", args=[concern.pk]), named, follow=True)


def state(concern: Concern) -> str:
    with looking():
        return Concern.objects.get(pk=concern.pk).state


def test_a_concern_is_worked_to_its_end(browser_of: BrowserOf, concern: Concern) -> None:
    ben = browser_of("ben")
    send(ben, concern, "own")
    send(ben, concern, "attempt", channel="phone", outcome="reached", note="We talked.")
    send(ben, concern, "assess", tool="Conversation", judgement="Thoughts, no plan.")
    send(ben, concern, "plan", steps="A call on Thursday.", follow_up_on="2026-03-05")
    page = send(ben, concern, "close", reason="Seen, safe plan agreed.")
    assert state(concern) == "closed"
    assert b"The concern is closed." in page.content
    assert b"Seen, safe plan agreed." in page.content
    assert b"No open concerns" in ben.get(reverse("concerns")).content


def test_the_same_answer_again_is_signed_on_one_screen(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    """March 3: assessed, planned, a visit on March 12 | the pages' own clock stays on March 3."""
    safety.sign_policy(
        lakeside.clinic,
        timers={"review": 1, "same-day": 4, "urgent": 15, "known": 14},
        review_on=date(2027, 2, 1),
        by=lakeside.viewer("ada"),
        at=NOON,
    )
    assessed(lakeside, visit=after(days=10), close=True, since=-8)
    answered(lakeside, "ana", 10, days=0, danger=2)
    ben, again = browser_of("ben"), concern_of(lakeside, "ana")
    assert again is not None
    send(ben, again, "own")
    page = ben.get(reverse("concern", args=[again.pk])).content.decode()
    assert "The same answer as before" in page
    assert "tired, no plan" in page  # prefilled
    refused = send(ben, again, "sign", judgement="tired, no plan", steps="call on Friday")
    assert "Tick “I have read today" in refused.content.decode()
    send(ben, again, "sign", judgement="tired, no plan", steps="call on Friday", holds="on")
    assert state(again) == "closed"


def test_the_board_shows_the_exact_words_and_the_number_to_call(
    browser_of: BrowserOf, concern: Concern
) -> None:
    page = browser_of("ben").get(reverse("concerns")).content.decode()
    assert "Thoughts that you would be better off dead" in page
    assert "“Several days”" in page
    assert 'href="tel:3125550143"' in page


def test_closing_too_early_is_refused_and_keeps_what_was_typed(
    browser_of: BrowserOf, concern: Concern
) -> None:
    ben = browser_of("ben")
    send(ben, concern, "own")
    page = send(ben, concern, "close", reason="It will be fine.")
    assert page.status_code == 422
    assert b"First write down the assessment and the plan." in page.content
    assert b"It will be fine." in page.content
    assert state(concern) == "owned"


def test_those_who_treat_the_person_are_led_to_the_course(
    browser_of: BrowserOf, concern: Concern
) -> None:
    """Ben treats Ana; Gil only answers for concerns, and would find no page there."""
    course = reverse("client", args=[concern.patient_id])
    for address in (reverse("concerns"), reverse("concern", args=[concern.pk])):
        assert f'href="{course}"' in browser_of("ben").get(address).content.decode()
        assert course not in browser_of("gil").get(address).content.decode()


def test_days_and_results_are_written_out(
    lakeside: Cast, browser_of: BrowserOf, concern: Concern
) -> None:
    ben = browser_of("ben")
    send(ben, concern, "own")
    send(
        ben, concern, "attempt",
        channel="in-person", outcome="not-reached", next_at="2026-03-04T09:00",
    )  # fmt: skip
    send(ben, concern, "assess", tool="Record", judgement="Known thoughts.")
    page = send(ben, concern, "plan", steps="A call.", follow_up_on="2026-03-05")
    text = page.content.decode()
    assert "tried in person: not reached." in text
    assert "Follow-up on Thursday, March 5." in text
    assert "for March 2, 2026." in text
    assert "2026-03" not in re.sub(r"<[^>]+>", "", text)


def test_what_is_safe_is_listed_with_commas(
    lakeside: Cast, browser_of: BrowserOf, concern: Concern
) -> None:
    people.set_preferences(
        lakeside.patients["ana"],
        zone="America/Chicago",
        phone="312 555 0143",
        safe={"call": True, "text": True, "voicemail": False, "post": False},
        by=lakeside.viewer("ana"),
        at=NOON,
    )
    page = browser_of("ben").get(reverse("concern", args=[concern.pk])).content.decode()
    assert "Safe: call, text. Not safe: voicemail, post." in page


def test_looking_is_not_owning(browser_of: BrowserOf, concern: Concern) -> None:
    browser_of("ben").get(reverse("concern", args=[concern.pk]))
    assert state(concern) == "new"


def test_a_responder_on_duty_sees_and_takes_it_a_bystander_does_not(
    browser_of: BrowserOf, concern: Concern
) -> None:
    address = reverse("concern", args=[concern.pk])
    assert browser_of("gil").get(address).status_code == 200
    assert browser_of("dana").get(address).status_code == 403
    assert browser_of("ana").get(address).status_code == 403


def test_a_try_says_nothing_until_somebody_says_how_it_went(
    browser_of: BrowserOf, concern: Concern
) -> None:
    """The form opens empty; pressing "Write it down" on it writes nothing down."""
    ben = browser_of("ben")
    send(ben, concern, "own")
    page = send(ben, concern, "attempt", channel="", outcome="")
    assert page.status_code == 422
    assert b"Say how you tried." in page.content
    assert b"Say how it went." in page.content
    opened = ben.get(reverse("concern", args=[concern.pk])).content.decode()
    assert opened.count('<option value="" selected>Choose</option>') == 2
    with looking():
        assert not Concern.objects.get().entries.filter(kind="attempt").exists()


def test_a_time_is_read_by_the_clock_of_the_clinic(browser_of: BrowserOf, concern: Concern) -> None:
    """Nine in the morning in Chicago is three in the afternoon, UTC."""
    ben = browser_of("ben")
    send(ben, concern, "own")
    page = send(
        ben, concern, "attempt",
        channel="phone", outcome="not-reached", next_at="2026-03-04T09:00",
    )  # fmt: skip
    assert b"Wednesday, Mar 4, 9:00 AM" in page.content
    with looking():
        assert Concern.objects.get().next_step_at == datetime(2026, 3, 4, 15, tzinfo=UTC)


def test_a_next_try_in_the_past_is_said_to_be_past(browser_of: BrowserOf, concern: Concern) -> None:
    ben = browser_of("ben")
    send(ben, concern, "own")
    page = send(
        ben, concern, "attempt",
        channel="phone", outcome="not-reached", next_at="2026-03-03T09:00",
    )  # fmt: skip
    assert b"This time is past. Say when the next try will be." in page.content


@pytest.mark.parametrize("year", ["9999-12-31T23:00", "2206-03-04T09:00", "2027-03-05T09:00"])
def test_a_slip_in_the_year_is_said_to_be_one(
    browser_of: BrowserOf, concern: Concern, year: str
) -> None:
    ben = browser_of("ben")
    send(ben, concern, "own")
    send(ben, concern, "assess", tool="Conversation", judgement="Thoughts, no plan.")
    near = {"steps": "A call.", "follow_up_on": "2026-03-05"}
    for page in (
        send(ben, concern, "attempt", channel="phone", outcome="not-reached", next_at=year),
        send(ben, concern, "plan", **{**near, "follow_up_on": year[:10]}),
        send(ben, concern, "plan", **near, visit_at=year),
    ):
        assert page.status_code == 422
        assert "Look at the year." in page.content.decode()
        assert year[:10] in page.content.decode()  # nothing is lost
    assert state(concern) == "assessed"


def test_a_day_of_another_year_is_shown_with_it(browser_of: BrowserOf, concern: Concern) -> None:
    ben = browser_of("ben")
    send(ben, concern, "own")
    send(ben, concern, "attempt", channel="phone", outcome="reached", next_at="2027-01-04T09:00")
    for address in (
        reverse("concern", args=[concern.pk]),
        reverse("concerns"),
        reverse("caseload"),
    ):
        html = ben.get(address).content.decode()
        assert "Monday, Jan 4, 2027, 9:00 AM" in html
        assert ", 2026, " not in html
    send(ben, concern, "assess", tool="Conversation", judgement="Thoughts, no plan.")
    page = send(ben, concern, "plan", steps="A call.", follow_up_on="2027-01-05")
    assert b"Follow-up on Tuesday, January 5, 2027." in page.content


def test_not_reached_needs_a_next_try(browser_of: BrowserOf, concern: Concern) -> None:
    ben = browser_of("ben")
    send(ben, concern, "own")
    page = send(ben, concern, "attempt", channel="phone", outcome="not-reached", note="No answer.")
    assert page.status_code == 422
    assert b"say when the next try will be" in page.content


def test_without_contact_a_second_licensed_person_agrees(
    browser_of: BrowserOf, concern: Concern
) -> None:
    ben, gil = browser_of("ben"), browser_of("gil")
    send(ben, concern, "own")
    send(ben, concern, "assess", tool="Record", judgement="Known thoughts.")
    send(ben, concern, "plan", steps="Letter sent.", follow_up_on="2026-03-05")
    send(ben, concern, "close", reason="Could not reach.")
    assert state(concern) == "planned"
    early = send(gil, concern, "agree", reason="Three tries on two days.")
    assert b"Nobody has tried to reach the person" in early.content
    send(
        ben, concern, "attempt",
        channel="phone", outcome="not-reached", next_at="2026-03-04T09:00",
    )  # fmt: skip
    send(gil, concern, "agree", reason="Three tries on two days.")
    send(ben, concern, "close", reason="Could not reach.")
    assert state(concern) == "closed"


def test_handing_over_counts_when_it_is_accepted(
    lakeside: Cast, browser_of: BrowserOf, concern: Concern
) -> None:
    ben, gil = browser_of("ben"), browser_of("gil")
    send(ben, concern, "own")
    send(ben, concern, "offer", to=str(lakeside.memberships["gil"].pk))
    with looking():
        assert Concern.objects.get().owner_id == lakeside.memberships["ben"].pk
    send(gil, concern, "accept")
    with looking():
        assert Concern.objects.get().owner_id == lakeside.memberships["gil"].pk


# Wherever the concern stands


def test_the_clients_page_says_what_when_whose_and_by_when(
    browser_of: BrowserOf, concern: Concern
) -> None:
    page = browser_of("ben").get(reverse("client", args=[concern.patient_id])).content.decode()
    box = page[page.index("data-concern") :]
    for words in (
        "An open concern, without an owner.",
        "Thoughts that you would be better off dead",
        "Several days",
        "A named person must have it by",
        'href="tel:3125550143"',
    ):
        assert words in box
    assert page.index("data-concern") < page.index("Numbers and method")


def test_said_by_mistake_stands_wherever_the_concern_stands(
    lakeside: Cast, browser_of: BrowserOf, concern: Concern
) -> None:
    ben = browser_of("ben")
    pages = {
        "client": reverse("client", args=[concern.patient_id]),
        "concern": reverse("concern", args=[concern.pk]),
        "caseload": reverse("caseload"),
    }
    slip = {"caseload": "said to be a slip"}
    for name, address in pages.items():
        assert slip.get(name, "tapped by mistake") not in ben.get(address).content.decode()
    with looking():
        row = Concern.objects.select_related("patient", "clinic").get()
    safety.by_mistake(row, by=lakeside.viewer("ana"), at=after(days=1))
    for name, address in pages.items():
        assert slip.get(name, "tapped by mistake") in ben.get(address).content.decode(), name


@pytest.mark.parametrize("taken", [False, True])
@pytest.mark.parametrize("heard", [False, True])
def test_that_nobody_could_be_told_stands_on_the_clients_page(
    lakeside: Cast, browser_of: BrowserOf, concern: Concern, heard: bool, taken: bool
) -> None:
    if not heard:
        with looking():
            for line in concern.entries.filter(kind="notified"):
                line.body = {"accounts": []}
                line.save()
    if taken:
        safety.own(concern, by=lakeside.viewer("ben"), at=NOON)
    page = browser_of("ben").get(reverse("client", args=[lakeside.patients["ana"].pk]))
    assert (b"Nobody could be told of it." in page.content) is not heard


def test_answers_of_danger_are_flagged_one_by_one(
    lakeside: Cast, browser_of: BrowserOf, concern: Concern
) -> None:
    with looking():
        response = Response.objects.get()
    address = reverse("client-answers", args=[concern.patient_id, response.pk])
    page = browser_of("ben").get(address).content.decode()
    rows = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page, re.DOTALL)
    flagged = [text for text, answer in rows if "Tells of danger" in answer]
    assert [text[:28] for text in flagged] == ["Thoughts that you would be b"]


SHEET = {f"q{n}": "1" for n in range(1, 10)} | {"mode": "paper", "for_date": "2026-03-03"}


@pytest.mark.parametrize(
    "wrong", [{"for_date": ""}, {"for_date": "2027-01-01"}, {"q2": ""}, {"q2": "9"}, {"mode": ""}]
)
def test_a_sheet_that_cannot_be_stored_tells_of_danger_at_once(
    lakeside: Cast, browser_of: BrowserOf, wrong: dict[str, str]
) -> None:
    ana = lakeside.patients["ana"].pk
    answer = browser_of("ben").post(reverse("enter", args=[ana, "phq-9"]), {**SHEET, **wrong})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "An answer tells of danger." in page
    assert "data-concern" in page
    with looking():
        assert Concern.objects.count() == 1
        assert not Response.objects.exists()


def test_an_administrator_sees_on_every_page_that_nobody_answers(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    ada = browser_of("ada")
    assert (
        "Nobody is named who answers for danger." not in ada.get(reverse("staff")).content.decode()
    )
    with looking():
        Duty.objects.update(until=NOON)
    assert "Nobody is named who answers for danger." in ada.get(reverse("staff")).content.decode()
