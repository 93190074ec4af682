"""A client's way in: one link and one code, good for 14 days, once, for adults."""

import pytest

from tests.cast import NOON, PASSWORD, Cast, after, looking
from tests.record.steps import riverside, together, told
from waymark.record.outbox.models import Message
from waymark.record.people import actions as people
from waymark.record.people.models import Invitation
from waymark.record.people.queries import (
    account_by_login,
    address_of_invitation,
    invitation_by,
    link_of_invitation,
    login_of_account,
)
from waymark.record.people.tokens import PRINTED, code_of, grouped, typed
from waymark.record.tenancy.action import Invalid, Refused
from waymark.record.tenancy.models import Account, CareTeamMember, Patient

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def invite(cast: Cast, **given: object) -> Invitation:
    """Ben invites Kim."""
    who = people.Newcomer("Kim", adult=True, email="kim@home.example")
    invitation: Invitation = people.invite(
        cast.clinic, **{"who": who, "by": cast.viewer("ben"), "at": NOON, **given}
    )
    return invitation


def token_of(invitation: Invitation) -> str:
    """What stands in the link."""
    return str(link_of_invitation(invitation.pk)).split("/")[2]


def accept(invitation: Invitation, login: str = "kim-at-home", **given: object) -> Account:
    account: Account = people.accept(
        invitation, **{"login": login, "password": PASSWORD, "at": NOON, **given}
    )
    return account


def test_a_link_opens_its_invitation(lakeside: Cast) -> None:
    invitation = invite(lakeside)
    with looking():
        assert invitation_by(token=token_of(invitation), at=NOON) == invitation


def test_a_code_opens_it_however_it_is_typed(lakeside: Cast) -> None:
    invitation = invite(lakeside)
    code = grouped(code_of(invitation.pk, generation=1))
    for written in (code, code.lower(), code.replace("-", " "), f"  {code} "):
        assert invitation_by(code=typed(written), at=NOON) == invitation


def test_a_printed_code_has_no_signs_that_look_alike(lakeside: Cast) -> None:
    code = code_of(invite(lakeside).pk, generation=1)
    assert (len(code), set(code) - set(PRINTED)) == (12, set())
    assert not set(PRINTED) & set("0O1IL")


def test_an_invitation_is_good_for_fourteen_days_to_the_second(lakeside: Cast) -> None:
    token = token_of(invite(lakeside))
    assert invitation_by(token=token, at=after(days=14, seconds=-1)) is not None
    assert invitation_by(token=token, at=after(days=14)) is None


def test_the_table_holds_neither_link_nor_code(lakeside: Cast) -> None:
    invitation = invite(lakeside)
    code = code_of(invitation.pk, generation=1)
    assert token_of(invitation) not in (invitation.secret, invitation.code)
    assert code not in (invitation.secret, invitation.code)


def test_a_wrong_link_or_code_opens_nothing(lakeside: Cast) -> None:
    invite(lakeside)
    assert invitation_by(token="no-such-token", at=NOON) is None
    assert invitation_by(code="ABCDEFGHJKMN", at=NOON) is None


def test_a_fresh_one_ends_the_old_link_and_the_old_code_at_once(lakeside: Cast) -> None:
    invitation = invite(lakeside)
    old, old_code = token_of(invitation), code_of(invitation.pk, generation=1)
    people.reissue(invitation, by=lakeside.viewer("dana"), at=after(days=10))
    assert invitation_by(token=old, at=after(days=11)) is None
    assert invitation_by(code=old_code, at=after(days=11)) is None
    assert invitation_by(token=token_of(invitation), at=after(days=23)) is not None
    code = code_of(invitation.pk, generation=2)
    assert invitation_by(code=code, at=after(days=23)) == invitation


def test_whoever_holds_the_old_link_open_cannot_use_it_after_a_fresh_one(lakeside: Cast) -> None:
    with looking():
        stale = invitation_by(token=token_of(invite(lakeside)), at=NOON)
        fresh = Invitation.objects.select_related("patient").get(pk=stale.pk)
    people.reissue(fresh, by=lakeside.viewer("dana"), at=after(minutes=5))
    with pytest.raises(Invalid, match="fresh"):
        accept(stale, at=after(minutes=6))


def test_a_form_left_open_for_weeks_is_too_late(lakeside: Cast) -> None:
    invitation = invite(lakeside)
    with pytest.raises(Invalid, match="fresh"):
        accept(invitation, at=after(days=14))
    assert account_by_login("kim-at-home") is None


def test_joining_makes_the_account_and_the_client_active(lakeside: Cast) -> None:
    invitation = invite(lakeside)
    account = accept(invitation)
    assert account_by_login("KIM-at-home ") == account
    with looking():
        patient = Patient.objects.get(pk=invitation.patient_id)
        assert (patient.account_id, patient.state) == (account.pk, "active")
        assert account.name == patient.name == "Kim"


def test_an_invitation_is_used_once(lakeside: Cast) -> None:
    invitation = invite(lakeside)
    token = token_of(invitation)
    accept(invitation)
    assert invitation_by(token=token, at=NOON) is None
    with pytest.raises(Invalid, match="used already"):
        accept(invitation, "somebody-else")
    assert account_by_login("somebody-else") is None


def test_nobody_gets_a_fresh_link_to_somebody_who_has_joined(lakeside: Cast) -> None:
    invitation = invite(lakeside)
    accept(invitation)
    with looking():
        invitation.refresh_from_db()
    with pytest.raises(Invalid, match="sign in"):
        people.reissue(invitation, by=lakeside.viewer("dana"), at=NOON)


@pytest.mark.django_db(transaction=True, databases=["default", "keyring"])
def test_two_phones_with_one_link_make_one_account(committed: Cast, on_postgres: None) -> None:
    invitation = invite(committed)
    with looking():
        held = [
            Invitation.objects.select_related("patient").get(pk=invitation.pk) for _ in range(2)
        ]
    done = together(lambda: accept(held[0], "first"), lambda: accept(held[1], "second"))
    assert sorted(type(one).__name__ for one in done) == ["Account", "Invalid"]
    made = [account_by_login("first"), account_by_login("second")]
    assert made.count(None) == 1


def test_minors_are_not_invited_and_the_reason_is_said(lakeside: Cast) -> None:
    with pytest.raises(Invalid, match="18 and over") as caught:
        invite(lakeside, who=people.Newcomer("Kim", adult=False))
    assert caught.value.field == "adult"


@pytest.mark.parametrize(
    ("who", "send", "field"),
    [
        (people.Newcomer("  ", adult=True), False, "name"),
        (people.Newcomer("Kim", adult=True, email=" "), True, "email"),
    ],
)
def test_what_is_missing_is_named(
    lakeside: Cast, who: people.Newcomer, send: bool, field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        invite(lakeside, who=who, send=send)
    assert caught.value.field == field


def test_no_mail_goes_out_unless_it_is_asked_for(lakeside: Cast) -> None:
    def mails() -> int:
        return Message.objects.filter(kind="invitation").count()

    before = mails()
    invite(lakeside)
    assert mails() == before
    invitation = invite(lakeside, send=True)
    assert mails() == before + 1
    assert Message.objects.filter(kind="invitation").latest("pk").invitation == invitation.pk
    with looking():
        assert address_of_invitation(invitation.pk) == "kim@home.example"


def test_an_invited_client_is_on_the_clinicians_team(lakeside: Cast) -> None:
    invitation = invite(lakeside, clinician=lakeside.memberships["ben"])
    with looking():
        row = CareTeamMember.objects.get(patient=invitation.patient_id)
    assert (row.membership_id, row.primary) == (lakeside.memberships["ben"].pk, True)


def test_nobody_is_invited_onto_the_team_of_another_clinic(lakeside: Cast) -> None:
    cleo = riverside().memberships["cleo"]
    with pytest.raises(Invalid, match="works here now"):
        invite(lakeside, clinician=cleo)


@pytest.mark.parametrize("name", ["ana", "sue"])
def test_clients_and_supervisors_invite_nobody(lakeside: Cast, name: str) -> None:
    with pytest.raises(Refused):
        invite(lakeside, by=lakeside.viewer(name))


@pytest.mark.parametrize("name", ["ben", "dana", "ada"])
def test_clinicians_front_desk_and_administrators_invite(lakeside: Cast, name: str) -> None:
    assert invite(lakeside, by=lakeside.viewer(name)).pk


@pytest.mark.parametrize(
    ("login", "password", "field"),
    [
        ("ab", PASSWORD, "login"),
        ("kim-at-home", "short", "password"),
        ("kim-at-home", "123456789012345", "password"),
        ("ana-at-home", PASSWORD, "login"),
        ("ANA-at-home", PASSWORD, "login"),
    ],
    ids=["a short name", "a short password", "only digits", "a taken name", "taken in capitals"],
)
def test_what_cannot_be_an_account_leaves_the_invitation_open(
    lakeside: Cast, login: str, password: str, field: str
) -> None:
    invitation = invite(lakeside)
    with pytest.raises(Invalid) as caught:
        accept(invitation, login, password=password)
    assert caught.value.field == field
    assert invitation_by(token=token_of(invitation), at=NOON) == invitation


def test_an_address_as_sign_in_name_is_where_mail_goes_once_it_is_proven(lakeside: Cast) -> None:
    """Typed at joining | a mail asks whether it is theirs | yes: a new password may go there."""
    account = accept(invite(lakeside), "kim@home.example")
    assert account.email is None
    assert told("confirm-email") == [account.pk]
    assert login_of_account(account.pk) == "kim@home.example"
    people.confirm_email(account, at=after(hours=1))
    assert Account.objects.get(pk=account.pk).email == "kim@home.example"
    assert accept(invite(lakeside), "kim-two").email is None
    assert told("confirm-email") == [account.pk]


def test_a_link_to_nothing_is_no_link(lakeside: Cast) -> None:
    assert link_of_invitation(lakeside.clinic.pk) is None
    assert address_of_invitation(lakeside.clinic.pk) == ""
