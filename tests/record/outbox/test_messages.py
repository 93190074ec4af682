"""Messages go out if their cause is committed, once at a time, patiently, and say nothing."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from tests.cast import NOON, Cast, after
from tests.record.steps import together
from waymark.library.instruments import INSTRUMENTS
from waymark.record.outbox import actions as outbox
from waymark.record.outbox.actions import LEASE, LONGEST_WAIT, MOST_TRIES, Letter, lease
from waymark.record.outbox.kind import Kind
from waymark.record.outbox.models import Message, State
from waymark.record.outbox.queries import any_given_up
from waymark.record.outbox.words import WORDS
from waymark.record.people import actions as people
from waymark.record.tenancy.action import Invalid, Refused

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

# What no message may say (figure F12): what somebody has, is asked, or might do; what we are.
UNSAID = (
    "suicid", "self-harm", "harm", "danger", "crisis", "risk", "die", "death", "kill", "emergency",
    "urgent", "alert", "concern", "worse", "depress", "anxi", "mood", "trauma", "alcohol", "sleep",
    "symptom", "diagnos", "disorder", "illness", "condition", "therap", "counsel", "psych",
    "mental", "health", "clinic", "patient", "client", "treatment", "care", "doctor",
    "questionnaire", "survey", "score", "answer", "assess", "measure", "instrument", "screening",
    "result",
)  # fmt: skip


def put(*, at=NOON) -> Message:
    return outbox.put(Kind.SOMETHING_DUE, at=at)


def taken(*, at=NOON) -> list[int]:
    return [letter.id for letter in lease(at=at)]


def state(message: Message) -> str:
    message.refresh_from_db()
    return message.state


# With its cause, or not at all


def test_a_message_goes_with_the_transaction_that_caused_it() -> None:
    with transaction.atomic():
        put()
        transaction.set_rollback(True)
    assert not Message.objects.exists()
    with transaction.atomic():
        put()
    assert Message.objects.count() == 1


def test_a_deed_that_fails_sends_nothing(lakeside: Cast) -> None:
    before = Message.objects.count()
    with pytest.raises(Invalid):
        people.invite_staff(
            lakeside.clinic,
            who=people.Recruit("Kai", "not an address"),
            by=lakeside.viewer("ada"),
            at=NOON,
        )
    assert Message.objects.count() == before


# Once at a time


def test_what_is_due_is_taken_in_the_order_it_was_written() -> None:
    first, second = put(), put()
    put(at=after(minutes=1))
    assert taken() == [first.pk, second.pk]


def test_what_is_taken_is_not_given_again_while_the_lease_runs() -> None:
    message = put()
    assert taken() == [message.pk]
    assert taken(at=NOON + LEASE - timedelta(seconds=1)) == []
    assert taken(at=NOON + LEASE) == [message.pk]  # whoever took it is gone


def test_no_more_are_taken_than_asked_for() -> None:
    for _ in range(3):
        put()
    assert len(lease(at=NOON, most=2)) == 2
    assert len(lease(at=NOON, most=2)) == 1


@pytest.mark.django_db(transaction=True, databases=["default", "keyring"])
def test_two_workers_at_once_take_different_letters(on_postgres: None) -> None:
    for _ in range(20):
        put()
    first, second = together(*[lambda: lease(at=NOON, most=20)] * 2)
    assert not {letter.id for letter in first} & {letter.id for letter in second}
    assert len(first) + len(second) == 20


def test_a_letter_says_whom_it_is_for_by_id_alone(lakeside: Cast) -> None:
    outbox.put(Kind.RESET, at=NOON, account=lakeside.accounts["ben"].pk)
    (letter,) = [one for one in lease(at=NOON) if one.kind is Kind.RESET]
    ben = lakeside.accounts["ben"].pk
    assert letter == Letter(letter.id, Kind.RESET, None, ben, None, 0, NOON + LEASE)


# Patiently


def test_what_was_sent_is_done() -> None:
    message = put()
    (letter,) = lease(at=NOON)
    outbox.sent(letter, at=after(seconds=1))
    assert (state(message), message.sent_at, message.leased_until) == (
        "sent",
        after(seconds=1),
        None,
    )
    assert taken(at=after(days=1)) == []


def test_each_wait_is_twice_as_long_as_the_one_before_up_to_six_hours() -> None:
    put()
    at, waits = NOON, []
    for _ in range(MOST_TRIES - 1):
        (letter,) = lease(at=at)
        outbox.not_sent(letter, at=at, trouble="ConnectionRefusedError")
        waits.append(Message.objects.get().next_try_at - at)
        at = Message.objects.get().next_try_at
    minutes = [wait.total_seconds() / 60 for wait in waits]
    assert minutes == [2, 4, 8, 16, 32, 64, 128, 256] + [360] * 11
    assert waits[-1] == LONGEST_WAIT


def test_a_letter_outlasts_a_mail_server_that_is_away_for_a_weekend() -> None:
    put()
    at = NOON
    while at < after(hours=72):
        (letter,) = lease(at=at)
        outbox.not_sent(letter, at=at, trouble="ConnectionRefusedError")
        at = Message.objects.get().next_try_at
    assert Message.objects.get().state == State.WAITING


@pytest.mark.parametrize(
    "ahead", [{"next_try_at": after(days=400)}, {"leased_until": after(days=400)}]
)
def test_a_time_in_the_future_holds_no_letter_back(ahead: dict[str, Any]) -> None:
    """A clock that ran ahead for a moment wrote it; no wait and no lease is as long as that."""
    message = put()
    Message.objects.update(**ahead)
    assert taken() == [message.pk]


def test_the_longest_wait_there_is_is_kept() -> None:
    put()
    Message.objects.update(next_try_at=NOON + LONGEST_WAIT)
    assert taken() == []


def test_it_is_not_tried_before_its_time() -> None:
    message = put()
    outbox.not_sent(lease(at=NOON)[0], at=NOON, trouble="TimeoutError")
    assert taken(at=after(seconds=119)) == []
    assert taken(at=after(minutes=2)) == [message.pk]


def test_after_the_last_try_it_is_dead_and_shown() -> None:
    message, at = put(), NOON
    for n in range(MOST_TRIES):
        assert state(message) == "waiting", n
        (letter,) = lease(at=at)
        outbox.not_sent(letter, at=at, trouble="TimeoutError")
        message.refresh_from_db()
        at = message.next_try_at
    assert (state(message), message.tries, message.trouble) == ("dead", MOST_TRIES, "TimeoutError")
    assert taken(at=after(days=30)) == []
    assert any_given_up()


def test_whoever_lost_the_lease_says_nothing_of_what_became_of_it() -> None:
    """A slow worker comes back: another one has sent the letter, or is at it."""
    message = put()
    (slow,) = lease(at=NOON)
    (other,) = lease(at=NOON + LEASE)
    outbox.not_sent(slow, at=NOON + LEASE, trouble="TimeoutError")
    message.refresh_from_db()
    assert (message.tries, message.leased_until) == (0, NOON + LEASE * 2)
    outbox.sent(other, at=NOON + LEASE)
    outbox.not_sent(slow, at=NOON + LEASE, trouble="TimeoutError")
    assert state(message) == "sent"


def test_a_trouble_is_a_word_and_no_story() -> None:
    put()
    outbox.not_sent(lease(at=NOON)[0], at=NOON, trouble="x" * 500)
    assert len(Message.objects.get().trouble) == 60


def test_a_letter_that_waits_is_not_given_up() -> None:
    put()
    assert not any_given_up()


# Saying nothing


def test_every_kind_has_its_words() -> None:
    assert set(WORDS) == set(Kind)


@pytest.mark.parametrize("kind", Kind)
def test_no_message_says_what_it_is_about(kind: Kind) -> None:
    text = " ".join(WORDS[kind]).lower()
    said = [word for word in UNSAID if re.search(rf"\b{word}", text)]
    assert said == []


@pytest.mark.parametrize("kind", Kind)
def test_no_message_names_an_instrument(kind: Kind) -> None:
    text = " ".join(WORDS[kind]).lower()
    names = {name.lower() for one in INSTRUMENTS.values() for name in (one.id, one.title)}
    assert not [name for name in names if re.search(rf"\b{re.escape(name)}\b", text)]


@pytest.mark.parametrize("kind", Kind)
def test_no_message_has_a_place_for_a_name(kind: Kind) -> None:
    assert not re.search(r"[{}%]|Waymark", " ".join(WORDS[kind]))


def test_the_list_of_what_is_unsaid_would_find_it() -> None:
    """The control: a message that tells."""
    text = "your phq-9 answers need a review: risk of suicide"
    assert [word for word in UNSAID if re.search(rf"\b{word}", text)] == [
        "suicid",
        "risk",
        "answer",
    ]


def test_a_message_row_has_no_column_for_words() -> None:
    texts = {
        field.name for field in Message._meta.fields if field.get_internal_type() == "TextField"
    }
    assert texts == set()


# What was given up


def given_up_for(cast: Cast, name: str, *, clinic: bool) -> Message:
    return Message.objects.create(
        kind=Kind.REVIEW_NEEDED,
        clinic=cast.clinic.pk if clinic else None,
        account=cast.accounts[name].pk,
        state=State.DEAD,
        tries=10,
        made_at=NOON,
        next_try_at=NOON,
        trouble="SMTPServerDisconnected",
    )


def test_a_message_that_was_given_up_is_tried_again_by_an_administrator(lakeside: Cast) -> None:
    for clinic in (True, False):
        given_up_for(lakeside, "ben", clinic=clinic)
    again = people.retry_letters(lakeside.clinic, by=lakeside.viewer("ada"), at=after(days=1))
    assert again == 2
    rows = Message.objects.filter(account=lakeside.accounts["ben"].pk, next_try_at=after(days=1))
    assert {(row.state, row.tries, row.trouble) for row in rows} == {(State.WAITING, 0, "")}


def test_a_message_that_was_given_up_is_let_be(lakeside: Cast) -> None:
    row = given_up_for(lakeside, "ben", clinic=True)
    assert people.drop_letters(lakeside.clinic, by=lakeside.viewer("ada"), at=NOON) == 1
    assert not Message.objects.filter(pk=row.pk).exists()


def test_only_an_administrator_and_only_of_ones_own_clinic(lakeside: Cast) -> None:
    far = Message.objects.create(
        kind=Kind.REVIEW_NEEDED, clinic=uuid4(), state=State.DEAD, made_at=NOON, next_try_at=NOON
    )
    for name in ("ben", "dana"):
        with pytest.raises(Refused):
            people.retry_letters(lakeside.clinic, by=lakeside.viewer(name), at=NOON)
    assert people.drop_letters(lakeside.clinic, by=lakeside.viewer("ada"), at=NOON) == 0
    assert Message.objects.filter(pk=far.pk).exists()
