"""Passwords: reset by a link or a printed code, once, in time, and told to their owner."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from tests.cast import NOON, PASSWORD, Cast, after, gives_address, looking
from tests.record.steps import told
from waymark.access.vocabulary import Event, Role
from waymark.record.audit.models import Line
from waymark.record.outbox.models import Message
from waymark.record.people import actions as people
from waymark.record.people.models import Reset
from waymark.record.people.queries import (
    address_of_account,
    link_of_reset,
    opens_reset,
    own_events,
)
from waymark.record.people.resets import codes_made_for, reset_by, reset_by_code
from waymark.record.people.tokens import code_of
from waymark.record.sessions.models import SessionStore, SignedIn
from waymark.record.tenancy.action import Invalid, Refused
from waymark.record.tenancy.models import Account, Membership, Patient

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
    assert not SignedIn.objects.exists()
    assert told("account-changed") == [lakeside.accounts["ben"].pk]
    assert Account.objects.get(pk=lakeside.accounts["ben"].pk).changed_at == after(hours=1)


def test_a_code_by_staff_works_after_a_day(lakeside: Cast) -> None:
    """Dana prints it, a mail tells Ana | a day passes | it works for another day."""
    gives_address(lakeside, "ana")
    reset = people.print_reset(lakeside.patients["ana"], by=lakeside.viewer("dana"), at=NOON)
    code = code_of(reset.pk, generation=1)
    assert reset_by_code("Ana-at-Home", code, at=after(hours=23)) is None
    with pytest.raises(Invalid):
        people.reset_password(reset, password=NEW, at=after(hours=23))
    assert reset_by_code("Ana-at-Home", code, at=after(hours=24)) == reset
    assert reset_by_code("ana-at-home", code, at=after(days=2)) is None
    assert not Message.objects.filter(kind="reset").exists()
    assert told("account-changed") == [lakeside.accounts["ana"].pk]


@pytest.mark.parametrize("passed", [{"hours": 24}, {"hours": 47}])
def test_a_day_of_which_nobody_was_told_is_no_notice(
    lakeside: Cast, passed: dict[str, float]
) -> None:
    """Ana has no address | a day passes, and another | only a second person makes it work."""
    ana = lakeside.patients["ana"]
    reset = people.print_reset(ana, by=lakeside.viewer("dana"), at=NOON)
    code, later = code_of(reset.pk, generation=1), after(**passed)
    assert reset.works_from is None
    assert reset_by_code("ana-at-home", code, at=later) is None
    with pytest.raises(Invalid):
        people.reset_password(reset, password=NEW, at=later)
    people.confirm_person(ana, by=lakeside.viewer("ben"), at=later)
    assert reset_by_code("ana-at-home", code, at=later) == reset


@pytest.mark.parametrize("here", [["ben"], ["ben", "gil"]])
def test_where_nobody_could_confirm_the_day_passes(lakeside: Cast, here: list[str]) -> None:
    """Ben is alone, or with Gil, who treats others | Ana reads at sign-in who made it."""
    staying = [lakeside.accounts[name] for name in here]
    with looking():
        others = Membership._base_manager.exclude(account__in=staying)
        assert others.update(until=NOON)
    reset = people.print_reset(lakeside.patients["ana"], by=lakeside.viewer("ben"), at=NOON)
    code = code_of(reset.pk, generation=1)
    assert reset_by_code("ana-at-home", code, at=after(hours=23)) is None
    assert reset_by_code("ana-at-home", code, at=after(hours=24)) == reset


def test_a_code_that_was_used_is_told_apart_from_one_that_was_replaced(lakeside: Cast) -> None:
    """One is made, and another | by the second a password is set | a third is not used."""
    ana = lakeside.patients["ana"]
    for minutes in (0, 1):
        reset = people.print_reset(ana, by=lakeside.viewer("dana"), at=after(minutes=minutes))
    people.confirm_person(ana, by=lakeside.viewer("ben"), at=after(minutes=2))
    people.reset_password(reset, password=NEW, at=after(minutes=3))
    people.print_reset(ana, by=lakeside.viewer("dana"), at=after(minutes=4))

    def shown(**passed: float) -> list[tuple[Any, bool]]:
        found = codes_made_for(lakeside.accounts["ana"].pk, since=NOON, at=after(**passed))
        return [(made.used_at, made.over) for made in found]

    used = after(minutes=3)
    assert shown(minutes=5) == [(None, False), (used, False), (None, True)]
    assert shown(days=3) == [(None, True), (used, True), (None, True)]


def test_a_code_by_staff_works_at_once_when_a_second_person_confirmed(lakeside: Cast) -> None:
    """Dana prints it, and cannot confirm it | Ben, who treats Ana, does | it works; he is named."""
    ana = lakeside.patients["ana"]
    reset = people.print_reset(ana, by=lakeside.viewer("dana"), at=NOON)
    with pytest.raises(Invalid, match="Somebody else"):
        people.confirm_person(ana, by=lakeside.viewer("dana"), at=NOON)
    with pytest.raises(Refused):
        people.confirm_person(ana, by=lakeside.viewer("gil"), at=NOON)
    people.confirm_person(ana, by=lakeside.viewer("ben"), at=after(minutes=5))
    assert (
        reset_by_code("ana-at-home", code_of(reset.pk, generation=1), at=after(minutes=6)) == reset
    )
    (made,) = codes_made_for(lakeside.accounts["ana"].pk, since=NOON, at=NOON)
    assert (made.by, made.confirmed_by, made.used_at) == ("Dana", "Ben", None)


def test_the_database_lets_nobody_confirm_their_own(lakeside: Cast) -> None:
    reset = people.print_reset(lakeside.patients["ana"], by=lakeside.viewer("dana"), at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reset.objects.filter(pk=reset.pk).update(confirmed_by=reset.made_by)


def test_one_code_at_a_time(lakeside: Cast) -> None:
    gives_address(lakeside, "ana")
    first, second = (
        people.print_reset(lakeside.patients["ana"], by=lakeside.viewer("dana"), at=after(hours=n))
        for n in (0, 1)
    )
    later = after(hours=26)
    assert reset_by_code("ana-at-home", code_of(first.pk, generation=1), at=later) is None
    assert reset_by_code("ana-at-home", code_of(second.pk, generation=1), at=later) == second


def test_the_code_of_a_mailed_reset_is_no_printed_code(lakeside: Cast) -> None:
    reset = asked(lakeside)
    login = str(lakeside.accounts["ben"].login)
    assert reset_by_code(login, code_of(reset.pk, generation=1), at=NOON) is None


def test_a_code_fits_its_own_name_only(lakeside: Cast) -> None:
    gives_address(lakeside, "ana")
    reset = people.print_reset(lakeside.patients["ana"], by=lakeside.viewer("ben"), at=NOON)
    code, later = code_of(reset.pk, generation=1), after(hours=25)
    for login, typed in (("eli-at-home", code), ("nobody", code), ("ana-at-home", "ABCDEFGHJKMN")):
        assert reset_by_code(login, typed, at=later) is None


@pytest.mark.parametrize("way", ["used", "changed"])
def test_a_new_password_ends_every_other_way_to_one(lakeside: Cast, way: str) -> None:
    """Three links were asked for | one is used, or the password changed | the others are dead."""
    links = [asked(lakeside) for _ in range(3)]
    if way == "used":
        people.reset_password(links[1], password=NEW, at=after(minutes=5))
    else:
        people.change_password(lakeside.accounts["ben"], password=NEW, at=after(minutes=5))
    assert [reset_by(link.pk, at=after(minutes=6)) for link in links] == [None, None, None]


@pytest.mark.parametrize("name", ["ada", "gil", "eli", "ana"])
def test_who_may_not_make_a_code_makes_none(lakeside: Cast, name: str) -> None:
    """Neither the administrator, nor whoever treats others, nor a client."""
    with pytest.raises(Refused):
        people.print_reset(lakeside.patients["ana"], by=lakeside.viewer(name), at=NOON)
    assert not Reset.objects.exists()


# Passwords


@pytest.mark.parametrize(
    "bad", ["ben@clinic.example", "BEN@clinic.example", "benclinicexample", "ben-at-clinic.example"]
)
def test_a_password_is_not_ones_name(lakeside: Cast, bad: str) -> None:
    login = str(lakeside.accounts["ben"].login)
    alike = bad.replace("-at-", "@")
    with pytest.raises(Invalid, match="your name") as caught:
        people.change_password(lakeside.accounts["ben"], password=alike, at=NOON)
    assert caught.value.field == "password"
    assert login == "ben@clinic.example"


NAMES = ("riley", "Riley Chen")


@pytest.mark.parametrize(
    "bad",
    [
        "Riley Chen riley",
        "riley-chen-riley",
        "CHEN.chen.chen",
        "chenrileychen",
        "riley_riley_riley",
        "--Riley--Chen--",
    ],
)
def test_a_password_of_names_alone_is_refused(bad: str) -> None:
    """Riley Chen signs in as riley: in any order and number, with any signs between."""
    assert "your name" in people.password_faults(bad, names=NAMES)


@pytest.mark.parametrize("good", ["riley-chen-heron", "riley-chen-2031-x", "chen lantern riley"])
def test_a_password_with_something_besides_is_taken(good: str) -> None:
    assert people.password_faults(good, names=NAMES) == ""


def test_names_are_names_in_every_form_and_address() -> None:
    """An accent in one sign or in two; both sides of an address; a name with a sign in it."""
    for bad, names in (
        ("jose\u0301-jose\u0301-jose\u0301", ("jos\u00e9", "Jos\u00e9 Ruiz")),
        ("clinic-ben-clinic-ben", ("ben@clinic.example", "Ben")),
        ("oneil-o'neil-oneil", ("kay", "Kay O'Neil")),
    ):
        assert "your name" in people.password_faults(bad, names=names)


def test_an_accent_is_the_same_accent_on_another_keyboard(lakeside: Cast) -> None:
    """Set as one sign, typed as two, and the other way round; old hashes still open."""
    composed, apart = "caf\u00e9-lantern-orchard", "cafe\u0301-lantern-orchard"
    ben = lakeside.accounts["ben"]
    for kept, typed in ((composed, apart), (apart, composed)):
        people.change_password(ben, password=kept, at=NOON)
        assert people.matches(ben, typed)
        assert people.matches(ben, kept)
    ben.set_password(apart)  # as a version before this one kept it
    assert people.matches(ben, apart)
    assert not people.matches(ben, composed)


# A way back for staff


def test_a_colleague_who_lost_everything_is_let_in_by_an_administrator(lakeside: Cast) -> None:
    ben = lakeside.accounts["ben"]
    Authenticator.objects.create(user=ben, type="totp", data={})
    session = SessionStore()
    session["_auth_user_id"] = str(ben.pk)
    session.save()
    people.readmit(lakeside.clinic, account=ben.pk, by=lakeside.viewer("ada"), at=NOON)
    assert not Authenticator.objects.exists()
    assert not SignedIn.objects.exists()
    assert told("account-changed") == [ben.pk]
    assert people.matches(Account.objects.get(pk=ben.pk), PASSWORD)
    assert "factor-taken" in set(Line.objects.values_list("action", flat=True))


@pytest.mark.parametrize("name", ["ada", "dana"])
def test_nobody_lets_themselves_in_and_the_front_desk_nobody(lakeside: Cast, name: str) -> None:
    with pytest.raises((Invalid, Refused)):
        people.readmit(
            lakeside.clinic,
            account=lakeside.accounts["ada"].pk,
            by=lakeside.viewer(name),
            at=NOON,
        )


def test_who_is_here_already_is_not_invited_again(lakeside: Cast) -> None:
    with pytest.raises(Invalid, match="already") as caught:
        people.invite_staff(
            lakeside.clinic,
            who=people.Recruit("Ben", "Ben@clinic.example", Role.CLINICIAN, licensed=True),
            by=lakeside.viewer("ada"),
            at=NOON,
        )
    assert caught.value.field == "email"


# Nobody opens records to themselves


def second_administrator(cast: Cast) -> None:
    people.appoint(
        cast.clinic,
        account=cast.accounts["dana"].pk,
        role=Role.ADMINISTRATOR,
        licensed=False,
        by=cast.viewer("ada"),
        at=NOON,
    )


def becomes_a_clinician(cast: Cast, *, at: Any = NOON) -> Any:
    return people.appoint(
        cast.clinic,
        account=cast.accounts["ada"].pk,
        role=Role.CLINICIAN,
        licensed=True,
        by=cast.viewer("ada"),
        at=at,
    )


def test_where_two_administer_nobody_gives_a_role_to_themselves(lakeside: Cast) -> None:
    second_administrator(lakeside)
    with pytest.raises(Invalid, match="another administrator"):
        becomes_a_clinician(lakeside)


def test_who_administers_alone_waits_a_day_before_a_record_opens(lakeside: Cast) -> None:
    """Ada makes herself a clinician | the lead is told | no team and no duty until tomorrow."""
    seat, ada = becomes_a_clinician(lakeside), lakeside.viewer("ada")
    assert told("staff-changed") == [lakeside.accounts["ben"].pk]
    soon, tomorrow = after(hours=23), after(hours=24)
    duties = {"safety_lead": seat, "primary": seat, "backup": lakeside.memberships["gil"]}
    with pytest.raises(Invalid, match="less than a day"):
        people.join_care_team(lakeside.patients["ana"], clinician=seat, by=ada, at=soon)
    with pytest.raises(Invalid, match="less than a day"):
        people.set_duties(lakeside.clinic, **duties, by=ada, at=soon)
    people.join_care_team(lakeside.patients["ana"], clinician=seat, by=ada, at=tomorrow)
    people.set_duties(lakeside.clinic, **duties, by=ada, at=tomorrow)
    assert lakeside.accounts["ana"].pk in told("care-team")


# Every event of a way in is a line


def events(cast: Cast, name: str) -> list[str]:
    with looking():
        patient = Patient.objects.get(pk=cast.patients[name].pk)
        return [one.event for one in own_events(patient, since=NOON)]


def test_what_happens_to_a_way_in_stands_in_the_log_of_its_owner(lakeside: Cast) -> None:
    ana = lakeside.accounts["ana"]
    people.signed_in(ana, at=NOON)
    for refused in (
        Event.WRONG_PASSWORD, Event.WRONG_STEP, Event.WRONG_KEY, Event.WRONG_CODE,
        Event.RESET_NOT_SENT, Event.TOO_MANY_TRIES, Event.WRONG_INVITATION,
    ):  # fmt: skip
        people.way_in_refused(ana, refused, at=NOON)
    people.ask_reset(ana, at=NOON)
    people.change_password(ana, password=NEW, at=NOON)
    people.factor_changed(ana, at=NOON)
    ana.login = "ana@home.example"
    assert people.ask_email(ana, at=NOON)
    people.confirm_email(ana, at=NOON)
    assert sorted(events(lakeside, "ana")) == sorted({*Event} - {Event.FACTOR_TAKEN})
    assert events(lakeside, "eli") == []


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
