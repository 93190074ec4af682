"""An answer of danger: help stands in the same response, and what is said of the team is true."""

from datetime import date, datetime
from typing import Any

import pytest
from django.urls import reverse

from tests.cast import NOON, Cast, looking
from tests.interfaces.conftest import NOW, BrowserOf
from waymark.interfaces.portal.danger import IF_NOT_AT, calling
from waymark.record.assessments import actions
from waymark.record.assessments.models import Administration
from waymark.record.outbox.actions import beat
from waymark.record.safety.models import Concern

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
CALM = {f"q{number}": "1" for number in range(1, 9)} | {"q10": "0"}


@pytest.fixture
def waiting(lakeside: Cast) -> Administration:
    """Ana was given a PHQ-9."""
    actions.assign(
        lakeside.patients["ana"], instrument="phq-9", starts_on=date(2026, 3, 2),
        by=lakeside.viewer("ben"), at=NOON,
    )  # fmt: skip
    with looking():
        return Administration.objects.get()


@pytest.fixture
def worker_lives(clock: datetime) -> None:
    beat("a worker", at=NOW)


def concerns() -> int:
    with looking():
        return Concern.objects.count()


def draft(browser_of: BrowserOf, waiting: Administration, **chosen: str) -> Any:
    return browser_of("ana").post(reverse("draft", args=[waiting.pk]), chosen)


def test_the_card_comes_with_the_draft(
    browser_of: BrowserOf, waiting: Administration, worker_lives: None
) -> None:
    page = draft(browser_of, waiting, q9="1").content.decode()
    assert "Thank you for telling us." in page
    assert "Call 988" in page
    assert "Your care team has been told" in page
    assert concerns() == 1


def test_a_calm_draft_shows_no_card(browser_of: BrowserOf, waiting: Administration) -> None:
    page = draft(browser_of, waiting, q9="0").content.decode()
    assert "Thank you for telling us." not in page
    assert "Saved at" in page
    assert concerns() == 0


def test_with_a_dead_worker_the_card_says_whom_to_call(
    browser_of: BrowserOf, waiting: Administration
) -> None:
    page = draft(browser_of, waiting, q9="2").content.decode()
    assert "We could not reach your care team just now." in page
    assert "Your care team has been told" not in page
    assert concerns() == 1


def test_sending_shows_the_card_again_and_the_score(
    browser_of: BrowserOf, waiting: Administration, worker_lives: None
) -> None:
    ana = browser_of("ana")
    page = ana.post(reverse("answer", args=[waiting.pk]), {**CALM, "q9": "1"}, follow=True)
    text = page.content.decode()
    assert "Thank you. Your answers are stored." in text
    assert "Call 988" in text
    assert "<strong>9</strong> of 27" in text


def test_keeping_it_for_later_without_javascript_shows_help_at_once(
    browser_of: BrowserOf, waiting: Administration
) -> None:
    answer = browser_of("ana").post(reverse("later", args=[waiting.pk]), {"q9": "1"})
    page = answer.content.decode()
    assert "Thank you for telling us." in page
    assert "Kept. You can go on whenever you like." in page
    assert concerns() == 1


def test_unanswered_questions_are_asked_once_and_nothing_is_lost(
    browser_of: BrowserOf, waiting: Administration
) -> None:
    ana, address = browser_of("ana"), reverse("answer", args=[waiting.pk])
    page = ana.post(address, {"q1": "2"})
    assert page.status_code == 422
    assert b"Send it as it is" in page.content
    assert b'name="q1" value="2" id="id_q1_2" checked' in page.content
    sent = ana.post(address, {"q1": "2", "incomplete": "yes"}, follow=True)
    assert b"Some answers are missing" in sent.content


def test_a_second_tab_is_told_that_it_was_sent(
    browser_of: BrowserOf, waiting: Administration
) -> None:
    ana, address = browser_of("ana"), reverse("answer", args=[waiting.pk])
    whole = {**CALM, "q9": "0"}
    ana.post(address, whole)
    again = ana.post(address, {**whole, "q1": "3"}, follow=True)
    assert b"Thank you. Your answers are stored." in again.content
    assert b"<strong>8</strong> of 27" in again.content


def test_a_value_that_the_item_does_not_list_stores_nothing(
    browser_of: BrowserOf, waiting: Administration
) -> None:
    page = browser_of("ana").post(
        reverse("answer", args=[waiting.pk]), {**CALM, "q9": "0", "q2": "7"}
    )
    assert page.status_code == 422
    assert b"Please choose one of the answers." in page.content
    with looking():
        assert not waiting.responses.exists()


def test_tapped_by_mistake_is_added_and_closes_nothing(
    browser_of: BrowserOf, waiting: Administration
) -> None:
    draft(browser_of, waiting, q9="1")
    browser_of("ana").post(reverse("mistake"), {"administration": str(waiting.pk)})
    with looking():
        concern = Concern.objects.get()
        assert [entry.kind for entry in concern.entries.order_by("at", "pk")][-1] != "closed"
        assert concern.entries.filter(kind="mistake").count() == 1
        assert concern.state == "new"


@pytest.mark.parametrize("door", ["form", "after"])
def test_a_slip_is_said_to_be_noted_and_can_be_answered_anew(
    browser_of: BrowserOf, waiting: Administration, worker_lives: None, door: str
) -> None:
    """Chosen by mistake, said so | noted, for whom, the question open again; then sent | kept."""
    ana, ben = browser_of("ana"), browser_of("ben")
    ana.post(reverse("welcome", args=[4]))
    draft(browser_of, waiting, **CALM, q9="1")
    posted = {"administration": str(waiting.pk), **CALM, "q9": "1"} if door == "form" else {}
    answer = ana.post(reverse("mistake"), posted)
    assert answer["Location"] == reverse("answer", args=[waiting.pk]) + "#id_q9"
    page = ana.get(answer["Location"]).content.decode()
    assert "noted with your answer that it was a slip, for your care team to look at." in page
    assert 'name="q9" value="1" id="id_q9_1" checked' not in page
    assert 'name="q8" value="1" id="id_q8_1" checked' in page
    assert "You told us that you tapped by mistake." in ana.get("/me/").content.decode()
    client = f"/clinic/clients/{waiting.patient_id}/"
    assert "It stays open until somebody has talked with them." in ben.get(client).content.decode()
    ana.post(reverse("answer", args=[waiting.pk]), {**CALM, "q9": "1"})
    page = ben.get(client).content.decode()
    assert "said it was tapped by mistake</strong>, Tuesday, Mar 3" in page
    assert ana.post(reverse("mistake"), posted)["Location"] == reverse("today")  # it was sent
    with looking():
        assert Concern.objects.get().entries.filter(kind="mistake").count() == 1


def test_that_an_answer_is_told_stands_at_its_own_question(
    browser_of: BrowserOf, waiting: Administration
) -> None:
    """Unfolded, beside question 9 alone, before anything is chosen."""
    page = browser_of("ana").get(reverse("answer", args=[waiting.pk])).content.decode()
    words = "Any answer but “Not at all” is told to your care team as soon as it is saved."
    assert page.count(words) == 1
    ninth = page[page.index('id="id_q9') :]
    assert words in page[page.index("id_q9") - 600 : page.index("id_q9")] + ninth[:2500]


DOORS = {"draft": "draft", "send": "answer", "later": "later"}


@pytest.mark.parametrize("door", sorted(DOORS))
def test_who_was_told_stands_first_with_a_number_to_tap(
    browser_of: BrowserOf, waiting: Administration, worker_lives: None, door: str
) -> None:
    """Any door | the thanks, who was told and by when, the clinic's number | then the lines."""
    address, given = reverse(DOORS[door], args=[waiting.pk]), {**CALM, "q9": "1"}
    page = browser_of("ana").post(address, given, follow=True).content.decode()
    card = page[page.index('class="crisis"') :]
    told = card.index("data-told")
    assert card.index("Thank you for telling us.") < told < card.index('class="lines"')
    said = card[told : card.index('class="lines"')]
    assert 'please call them at <a href="tel:3125550100">312 555 0100</a>.' in said


@pytest.mark.django_db(databases=[])
@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ('312 <b>"555', '<a href="tel:312555">312 &lt;b&gt;&quot;555</a>'),
        ("the front desk", "at the front desk."),
    ],
)
def test_a_number_is_escaped_and_only_a_number_is_a_link(phone: str, shown: str) -> None:
    assert shown in calling(IF_NOT_AT, phone)
