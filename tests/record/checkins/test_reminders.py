"""Ana asks for a word at eight in the evening; whether one leaves is decided when it leaves.

Chicago  04:00 ────────────── 20:00 ═══════ 23:00 ──── 04:00
         her day begins       sent, once    no more    the next day
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from tests.cast import Cast, looking
from tests.record.checkins.saying import says, sends
from tests.record.steps import concern_of
from waymark.access.vocabulary import system
from waymark.interfaces.jobs.mail import send_waiting
from waymark.interfaces.jobs.round import go_round
from waymark.record.checkins import reminding, settings
from waymark.record.checkins.actions import mark_hard
from waymark.record.checkins.models import Reminder
from waymark.record.checkins.reminding import due_at
from waymark.record.checkins.settings import ToTrack
from waymark.record.outbox.models import Message
from waymark.record.safety.words import hear_words
from waymark.record.sharing.actions import ask_for_somebody
from waymark.record.tenancy.action import Invalid, Refused
from waymark.record.tenancy.models import Patient

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
CHICAGO = ZoneInfo("America/Chicago")
EIGHT = time(20)
TUESDAY = date(2026, 3, 3)


def at(hour: int, minute: int = 0, *, day: date = TUESDAY) -> datetime:
    """By the clock on Ana's wall."""
    return datetime.combine(day, time(hour, minute), tzinfo=CHICAGO)


def does(
    cast: Cast, action: Any, *, when: datetime | None = None, by: str = "ana", **given: Any
) -> Any:
    return action(cast.patients["ana"], by=cast.viewer(by), at=when or at(12), **given)


def asks(
    cast: Cast, *, remind: bool = True, hour: time = EIGHT, when: datetime | None = None
) -> None:
    does(cast, settings.choose, what=ToTrack(["mood"], [hour], remind=remind), when=when)


def rings(cast: Cast, when: datetime) -> int:
    """A round of the clock at that moment; how many letters of hers left in it."""
    before = len(left())
    assert go_round(at=when).troubles == []
    return len(left()) - before


def left() -> list[mail.EmailMessage]:
    """The reminders that were sent."""
    return [one for one in mail.outbox if one.subject == "Your reminder"]


@pytest.fixture
def reached(lakeside: Cast) -> Cast:
    """Ana has an address that she confirmed."""
    with looking():
        account = lakeside.patients["ana"].account
        account.email = "ana@home.example"
        account.save(update_fields=["email"])
    return lakeside


def test_one_letter_comes_at_her_hour_and_no_second_one(reached: Cast) -> None:
    asks(reached)
    moments = [at(19, 59), at(20), at(20, 1), at(22, 59), at(23, 1), at(2, day=date(2026, 3, 4))]
    assert [rings(reached, one) for one in moments] == [0, 1, 0, 0, 0, 0]
    assert rings(reached, at(20, day=date(2026, 3, 4))) == 1


def test_it_says_nothing_of_what_it_is_about_and_how_to_stop_it(reached: Cast) -> None:
    asks(reached)
    rings(reached, at(20))
    (letter,) = left()
    assert letter.to == ["ana@home.example"]
    for told in ("mood", "check", "therap", "Ana", "clinic"):
        assert told not in f"{letter.subject} {letter.body}"
    with looking():
        link = reminding.link_to_stop(Reminder.objects.get().pk)
    assert link in letter.body
    headers = letter.message()
    assert link in headers["List-Unsubscribe"]
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_nobody_is_written_to_who_did_not_ask(reached: Cast) -> None:
    asks(reached, remind=False)
    assert rings(reached, at(20)) == 0
    asks(reached)
    asks(reached, remind=False)
    assert rings(reached, at(20)) == 0


def test_without_an_address_it_is_refused_and_nothing_else_changes(lakeside: Cast) -> None:
    with pytest.raises(Invalid, match="no e-mail address"):
        asks(lakeside)
    with looking():
        assert not Reminder.objects.exists()


def checked_in(cast: Cast) -> None:
    sends(cast, at=at(18))


def marked_hard(cast: Cast) -> None:
    does(cast, mark_hard, when=at(18))


def paused(cast: Cast) -> None:
    does(cast, settings.pause, until=None, when=at(18))


def paused_until_thursday(cast: Cast) -> None:
    does(cast, settings.pause, until=date(2026, 3, 5), when=at(18))


def told_of_danger(cast: Cast) -> None:
    does(cast, ask_for_somebody, words="I want to die.", about="a page", when=at(18))
    assert concern_of(cast, "ana") is not None


SETTLED = [checked_in, marked_hard, paused, paused_until_thursday, told_of_danger]


@pytest.mark.parametrize("settles", SETTLED)
def test_a_day_that_is_settled_needs_none(reached: Cast, settles: Any) -> None:
    asks(reached)
    settles(reached)
    assert rings(reached, at(20)) == 0


@pytest.mark.parametrize("settles", SETTLED)
def test_a_day_that_was_settled_before_she_asked_needs_none_either(
    reached: Cast, settles: Any
) -> None:
    settles(reached)
    asks(reached, when=at(19))
    assert rings(reached, at(20)) == 0


def test_asked_for_during_a_pause_it_begins_when_that_is_over(reached: Cast) -> None:
    paused_until_thursday(reached)
    asks(reached, when=at(19))
    assert rings(reached, at(20, day=date(2026, 3, 4))) == 0
    assert rings(reached, at(20, day=date(2026, 3, 5))) == 1


@pytest.mark.parametrize("settles", SETTLED)
def test_settled_after_it_was_put_and_before_it_left_it_does_not_leave(
    reached: Cast, settles: Any
) -> None:
    """A mail server was away at eight; by nine she has checked in."""
    asks(reached)
    patient = reached.patients["ana"]
    reminding.remind_of_check_in(patient, by=system(patient.clinic_id), at=at(20))
    settles(reached)
    send_waiting(at=at(21))
    assert left() == []
    with looking():
        assert not Message.objects.filter(kind="check-in").exists()


def test_late_in_the_night_it_does_not_leave_any_more(reached: Cast) -> None:
    asks(reached)
    patient = reached.patients["ana"]
    reminding.remind_of_check_in(patient, by=system(patient.clinic_id), at=at(20))
    send_waiting(at=at(23))
    assert left() == []


def test_what_was_yesterday_s_settles_nothing_of_today(reached: Cast) -> None:
    asks(reached)
    sends(reached, says(), at=at(18), day=date(2026, 3, 2))  # filled in for the day before
    assert rings(reached, at(20)) == 1


def test_after_a_pause_it_comes_again(reached: Cast) -> None:
    asks(reached)
    paused_until_thursday(reached)
    assert rings(reached, at(20, day=date(2026, 3, 4))) == 0
    assert rings(reached, at(20, day=date(2026, 3, 5))) == 1
    paused(reached)
    does(reached, settings.settle, when=at(12, day=date(2026, 3, 9)))
    assert rings(reached, at(20, day=date(2026, 3, 9))) == 1


def test_going_on_does_not_ask_again_on_a_day_that_is_settled(reached: Cast) -> None:
    asks(reached)
    checked_in(reached)
    does(reached, settings.settle, when=at(19))
    assert rings(reached, at(20)) == 0


DAYS = [
    (time(20), at(20)),
    (time(6), at(6)),
    (time(23), at(23)),
    (time(2), datetime(2026, 3, 4, 2, tzinfo=CHICAGO)),  # her night belongs to the day before
]


@pytest.mark.parametrize(("hour", "moment"), DAYS)
def test_an_hour_is_on_the_wall_and_the_day_ends_at_four(hour: time, moment: datetime) -> None:
    assert due_at(TUESDAY, hour, zone="America/Chicago") == moment


@pytest.mark.parametrize("day", [date(2026, 3, 7), date(2026, 3, 8), date(2026, 11, 1)])
def test_eight_stays_eight_when_the_clocks_change(reached: Cast, day: date) -> None:
    """UTC moves by an hour on March 8 and November 1; her wall does not."""
    asks(reached, when=at(5, day=day))
    moment = at(20, day=day).astimezone(UTC)
    assert [rings(reached, moment - timedelta(minutes=1)), rings(reached, moment)] == [0, 1]


def test_it_goes_with_her_when_she_travels(reached: Cast) -> None:
    asks(reached)
    with looking():
        Patient.objects.filter(pk=reached.patients["ana"].pk).update(zone="Europe/Berlin")
    assert rings(reached, datetime(2026, 3, 4, 20, tzinfo=CHICAGO)) == 0
    assert rings(reached, datetime(2026, 3, 5, 20, tzinfo=ZoneInfo("Europe/Berlin"))) == 1


def test_who_left_care_is_not_written_to(reached: Cast) -> None:
    asks(reached)
    with looking():
        Patient.objects.filter(pk=reached.patients["ana"].pk).update(state="discharged")
    assert rings(reached, at(20)) == 0


def test_nobody_else_asks_or_stops_for_her(reached: Cast) -> None:
    asks(reached)
    for name in ("ben", "eli", "ada"):
        with pytest.raises(Refused):
            does(reached, reminding.stop_reminding, by=name)


def test_the_link_of_a_letter_stops_these_letters_and_does_nothing_else(reached: Cast) -> None:
    asks(reached)
    with looking():
        id = Reminder.objects.get().pk
    token = reminding.link_to_stop(id).split("/")[-2]
    assert reminding.may_stop(id, token)
    assert not reminding.may_stop(uuid4(), token)
    assert not reminding.may_stop(id, token[:-1])
    reminding.stop_by_link(id, at=at(13))
    reminding.stop_by_link(id, at=at(13))  # pressed twice
    assert rings(reached, at(20)) == 0


def test_words_that_were_heard_before_spare_her_too(reached: Cast) -> None:
    """Danger from any door: the concern is what counts, not where it came from."""
    asks(reached)
    with looking():
        hear_words(reached.patients["ana"], "I want to die.", about="a page", at=at(12))
    assert rings(reached, at(20)) == 0
