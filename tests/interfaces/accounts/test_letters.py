"""Stopping reminders by the link in each of them: by a person, and by a mail program in one tap."""

from uuid import uuid4

import pytest
from django.test import Client

from tests.cast import Cast, looking
from waymark.record.checkins.models import Reminder
from waymark.record.checkins.reminding import link_to_stop

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


@pytest.fixture
def reminder(lakeside: Cast) -> Reminder:
    patient = lakeside.patients["ana"]
    with looking():
        return Reminder.objects.create(
            patient=patient, clinic_id=patient.clinic_id, at="20:00", not_before="2026-03-01"
        )


def there_is_one() -> bool:
    with looking():
        return Reminder.objects.exists()


def test_opening_the_link_asks_and_stops_nothing(reminder: Reminder) -> None:
    page = Client().get(link_to_stop(reminder.pk)).content.decode()
    assert "Stop these mails?" in page
    assert there_is_one()


def test_pressed_it_is_stopped_and_said(reminder: Reminder) -> None:
    browser = Client()
    for _ in range(2):
        page = browser.post(link_to_stop(reminder.pk)).content.decode()
        assert "No more of these mails are sent." in page
        assert not there_is_one()


def test_a_mail_program_stops_it_in_one_tap(reminder: Reminder) -> None:
    """RFC 8058: a POST with this body, without cookies, from nowhere."""
    program = Client(enforce_csrf_checks=True)
    answer = program.post(link_to_stop(reminder.pk), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not there_is_one()


def test_another_link_does_nothing_and_says_what_to_do(reminder: Reminder) -> None:
    wrong = [link_to_stop(uuid4()), link_to_stop(reminder.pk)[:-3] + "x/"]
    mixed = f"/account/reminder/{reminder.pk}/{link_to_stop(uuid4()).split('/')[-2]}/"
    for path in (mixed, wrong[1]):
        answer = Client().post(path)
        assert answer.status_code == 404
        assert "This link does not fit." in answer.content.decode()
    assert Client().post(wrong[0]).status_code == 200  # of one that was stopped before
    assert there_is_one()
