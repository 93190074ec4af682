"""Passwords: reset by a link or a printed code, once, in time, and told to their owner."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from tests.cast import NOON, PASSWORD, Cast, after
from tests.record.steps import told
from waymark.record.outbox.models import Message
from waymark.record.people import actions as people
from waymark.record.people.conduct import Invalid, Refused
from waymark.record.people.models import Account, Reset
from waymark.record.people.queries import (
    address_of_account,
    link_of_reset,
    opens_reset,
    reset_by,
    reset_by_code,
)
from waymark.record.people.tokens import code_of

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
NEW = "another-heron-at-dusk"


def asked(cast: Cast, name: str = "ben") -> Reset:
    return people.ask_reset(cast.accounts[name], at=NOON)


def token_of(reset: Reset) -> str:
    return link_of_reset(reset.pk).split("/")[-2]


def test_a_reset_is_mailed_to_its_account(lakeside: Cast) -> None:
    reset = asked(lakeside)
    message = Message.objects.get(kind="reset")
    assert (message.account, message.invitation) == (lakeside.accounts["ben"].pk, reset.pk)
    assert address_of_account(lakeside.accounts["ben"].pk) == "ben@clinic.example"


def test_its_token_is_derived_and_stands_in_no_column(lakeside: Cast) -> None:
    reset = asked(lakeside)
    token = token_of(reset)
    assert opens_reset(reset.pk, token)
    assert token not in str(Reset.objects.filter(pk=reset.pk).values().get())


def test_another_resets_token_does_not_open_it(lakeside: Cast) -> None:
    first, second = asked(lakeside), asked(lakeside)
    assert not opens_reset(first.pk, token_of(second))
    assert not opens_reset(first.pk, "")


def test_a_mailed_reset_is_good_for_one_hour(lakeside: Cast) -> None:
    reset = asked(lakeside)
    assert reset_by(reset.pk, at=after(minutes=59)) == reset
    assert reset_by(reset.pk, at=after(hours=1)) is None


def test_a_reset_works_once(lakeside: Cast) -> None:
    reset = asked(lakeside)
    people.reset_password(reset, password=NEW, at=after(minutes=5))
    assert reset_by(reset.pk, at=after(minutes=6)) is None
    with pytest.raises(Invalid, match="new one"):
        people.reset_password(reset, password=PASSWORD, at=after(minutes=6))
    assert Account.objects.get(pk=reset.account_id).check_password(NEW)


def test_a_form_left_open_past_the_hour_changes_nothing(lakeside: Cast) -> None:
    reset = asked(lakeside)
    with pytest.raises(Invalid, match="new one"):
        people.reset_password(reset, password=NEW, at=after(hours=1))
    assert Account.objects.get(pk=reset.account_id).check_password(PASSWORD)


def test_a_password_that_is_refused_does_not_use_the_link_up(lakeside: Cast) -> None:
    reset = asked(lakeside)
    with pytest.raises(Invalid, match="too short") as caught:
        people.reset_password(reset, password="short", at=NOON)
    assert caught.value.field == "password"
    assert people.reset_password(reset, password=NEW, at=NOON).check_password(NEW)


def test_a_new_password_ends_every_session_and_is_told(lakeside: Cast) -> None:
    session = SessionStore()
    session["_auth_user_id"] = str(lakeside.accounts["ben"].pk)
    session.save()
    people.change_password(lakeside.accounts["ben"], password=NEW, at=after(hours=1))
    assert not Session.objects.exists()
    assert told("account-changed") == [lakeside.accounts["ben"].pk]
    assert Account.objects.get(pk=lakeside.accounts["ben"].pk).changed_at == after(hours=1)


def test_a_client_without_an_address_is_given_a_printed_code_for_a_day(lakeside: Cast) -> None:
    reset = people.print_reset(lakeside.patients["ana"], by=lakeside.viewer("dana"), at=NOON)
    code = code_of(reset.pk, generation=1)
    assert reset_by_code("Ana-at-Home", code, at=after(hours=23)) == reset
    assert reset_by_code("ana-at-home", code, at=after(days=1)) is None
    assert not Message.objects.filter(kind="reset").exists()


def test_a_code_fits_its_own_name_only(lakeside: Cast) -> None:
    reset = people.print_reset(lakeside.patients["ana"], by=lakeside.viewer("ben"), at=NOON)
    code = code_of(reset.pk, generation=1)
    for login, typed in (("eli-at-home", code), ("nobody", code), ("ana-at-home", "ABCDEFGHJKMN")):
        assert reset_by_code(login, typed, at=NOON) is None


def test_who_has_not_joined_gets_a_fresh_invitation_instead(lakeside: Cast) -> None:
    invitation = people.invite(
        lakeside.clinic,
        who=people.Newcomer("Kim", adult=True),
        clinician=lakeside.memberships["ben"],
        by=lakeside.viewer("ben"),
        at=NOON,
    )
    with pytest.raises(Invalid, match="fresh invitation"):
        people.print_reset(invitation.patient, by=lakeside.viewer("ben"), at=NOON)


@pytest.mark.parametrize("name", ["ana", "sue"])
def test_a_code_is_printed_by_those_who_invite(lakeside: Cast, name: str) -> None:
    with pytest.raises(Refused):
        people.print_reset(lakeside.patients["ana"], by=lakeside.viewer(name), at=NOON)


def test_mail_of_somebody_unknown_goes_nowhere(lakeside: Cast) -> None:
    assert address_of_account(lakeside.clinic.pk) == ""
    assert address_of_account(lakeside.accounts["ana"].pk) == ""
