"""Nobody opens records to themselves: a role of today counts neither for its owner nor its giver.

Care teams, duties, supervision, a successor, and codes for a new password follow one rule. Ada
administers Lakeside alone; everybody else works there for two days already.
"""

from collections.abc import Callable
from typing import Any

import pytest

from tests.cast import (
    HIRED,
    NOON,
    PASSWORD,
    Cast,
    after,
    found,
    gives_address,
    hire,
    looking,
    welcome,
)
from tests.record.steps import phq9, told
from waymark.access.vocabulary import Action, Role
from waymark.record.assessments import actions as assessments
from waymark.record.assessments.actions.answer import Entry
from waymark.record.people import actions as people
from waymark.record.people.models import Reset
from waymark.record.people.queries import patients_for
from waymark.record.people.resets import reset_by_code
from waymark.record.people.tokens import code_of
from waymark.record.safety import handover
from waymark.record.tenancy.action import Invalid
from waymark.record.tenancy.models import Membership

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
SOON, TOMORROW = after(hours=23), after(hours=24)


def given(cast: Cast, name: str, role: Role, *, by: str = "ada") -> Membership:
    """One more role, at noon."""
    account = cast.accounts[name].pk
    seat: Membership = people.appoint(
        cast.clinic,
        account=account,
        role=role,
        licensed=role is not Role.FRONT_DESK and role is not Role.ADMINISTRATOR,
        by=cast.viewer(by),
        at=NOON,
    )
    return seat


def pat(cast: Cast, role: Role, *, by: str = "ada") -> Membership:
    """Somebody invented: invited at noon, and the link used by whoever invited."""
    licensed = role in {Role.CLINICIAN, Role.SUPERVISOR}
    who = people.Recruit("Pat Temp", "pat@elsewhere.example", role, licensed=licensed)
    invitation = people.invite_staff(cast.clinic, who=who, by=cast.viewer(by), at=NOON)
    account = people.accept_staff(invitation, password=PASSWORD, at=NOON)
    cast.accounts["pat"] = account
    with looking():
        return Membership.objects.get(account=account)


def care_team(cast: Cast, seat: Membership, *, by: str, at: Any) -> None:
    people.join_care_team(cast.patients["ana"], clinician=seat, by=cast.viewer(by), at=at)


def duties(cast: Cast, seat: Membership, *, by: str, at: Any) -> None:
    gil = cast.memberships["gil"]
    named = {"safety_lead": gil, "primary": seat, "backup": gil}
    handover.hand_duties(cast.clinic, **named, by=cast.viewer(by), at=at)


def supervision(cast: Cast, seat: Membership, *, by: str, at: Any) -> None:
    ben = cast.memberships["ben"].pk
    pair = {"supervisor": seat.pk, "supervisee": ben}
    people.supervise(cast.clinic, **pair, by=cast.viewer(by), at=at)


def successor(cast: Cast, seat: Membership, *, by: str, at: Any) -> None:
    ben = cast.accounts["ben"].pk
    handover.deactivate(cast.clinic, account=ben, successor=seat, by=cast.viewer(by), at=at)


Way = Callable[..., None]
WAYS = [
    pytest.param(care_team, Role.CLINICIAN, id="care team"),
    pytest.param(duties, Role.CLINICIAN, id="duty"),
    pytest.param(duties, Role.SUPERVISOR, id="duty of a supervisor"),
    pytest.param(supervision, Role.SUPERVISOR, id="supervision"),
    pytest.param(successor, Role.CLINICIAN, id="successor"),
]


@pytest.mark.parametrize(("way", "role"), WAYS)
def test_a_role_for_oneself_opens_nothing_for_a_day(lakeside: Cast, way: Way, role: Role) -> None:
    """Ada gives herself a role | 23 hours: refused | 24 hours: it opens."""
    seat = given(lakeside, "ada", role)
    with pytest.raises(Invalid, match="less than a day"):
        way(lakeside, seat, by="ada", at=SOON)
    with looking():
        assert not patients_for(lakeside.viewer("ada"), Action.READ_SCORES).exists()
    way(lakeside, seat, by="ada", at=TOMORROW)


@pytest.mark.parametrize(("way", "role"), WAYS)
def test_a_role_for_somebody_invented_opens_nothing_for_a_day(
    lakeside: Cast, way: Way, role: Role
) -> None:
    """Ada invites Pat and joins as Pat | 23 hours: refused | 24 hours: it opens."""
    seat = pat(lakeside, role)
    with pytest.raises(Invalid, match="you gave it"):
        way(lakeside, seat, by="ada", at=SOON)
    way(lakeside, seat, by="ada", at=TOMORROW)


@pytest.mark.parametrize(("way", "role"), WAYS)
def test_an_administrator_who_is_here_longer_can_at_once(
    lakeside: Cast, way: Way, role: Role
) -> None:
    hire(lakeside, "ivo", Role.ADMINISTRATOR)
    way(lakeside, pat(lakeside, role), by="ivo", at=SOON)


@pytest.mark.parametrize(("way", "role"), WAYS)
def test_an_invented_administrator_is_no_second_one(lakeside: Cast, way: Way, role: Role) -> None:
    """Ada invites Pat to administer | as Pat she gives Ada a role, and opens it, or tries."""
    pat(lakeside, Role.ADMINISTRATOR)
    with pytest.raises(Invalid, match="less than a day"):
        way(lakeside, given(lakeside, "ada", role, by="pat"), by="pat", at=SOON)
    for seat in (given(lakeside, "dana", role), given(lakeside, "ada", role, by="pat")):
        with pytest.raises(Invalid, match="less than a day"):
            way(lakeside, seat, by="pat", at=SOON)
        with pytest.raises(Invalid, match="less than a day"):
            way(lakeside, seat, by="ada", at=SOON)


def test_who_sent_everybody_away_inherits_nothing_today(lakeside: Cast) -> None:
    """Ada takes a license | she deactivates all who have one | the last one cannot go."""
    given(lakeside, "ada", Role.CLINICIAN)
    for name in ("gil", "sue"):
        gone = lakeside.accounts[name].pk
        handover.deactivate(lakeside.clinic, account=gone, by=lakeside.viewer("ada"), at=SOON)
    gone = lakeside.accounts["ben"].pk
    with pytest.raises(Invalid, match="Nobody would answer"):
        handover.deactivate(lakeside.clinic, account=gone, by=lakeside.viewer("ada"), at=SOON)


# The first day of a clinic


def test_the_first_day_of_a_clinic_works(db: None, fresh_keys: None) -> None:
    """Ada founds it, invites Ben | Ben invites Kim | responders, supervision, team: all at once."""
    cast = Cast(found())
    hire(cast, "ada", Role.ADMINISTRATOR, at=NOON)
    hire(cast, "ben", Role.CLINICIAN, licensed=True, at=NOON)
    hire(cast, "sue", Role.SUPERVISOR, licensed=True, at=NOON)
    hire(cast, "gil", Role.CLINICIAN, licensed=True, at=NOON)
    kim = people.invite(
        cast.clinic,
        who=people.Newcomer("Kim", adult=True),
        clinician=cast.memberships["ben"],
        by=cast.viewer("ben"),
        at=NOON,
    )
    duties(cast, cast.memberships["ben"], by="ada", at=after(hours=1))
    supervision(cast, cast.memberships["sue"], by="ada", at=after(hours=1))
    cast.patients["ana"] = kim.patient
    care_team(cast, cast.memberships["gil"], by="ada", at=after(hours=1))
    people.accept(kim, login="kim-at-home", password=PASSWORD, at=after(hours=2))
    with looking():
        assert patients_for(cast.viewer("ben"), Action.READ_SCORES).exists()


def test_a_client_who_joined_is_no_empty_record(lakeside: Cast) -> None:
    """Ida joins today | Ada's own seat of today does not open her record."""
    seat = given(lakeside, "ada", Role.CLINICIAN)
    welcome(lakeside, "ida", clinician="gil", at=NOON)
    with pytest.raises(Invalid, match="less than a day"):
        people.join_care_team(
            lakeside.patients["ida"], clinician=seat, by=lakeside.viewer("ada"), at=SOON
        )


def test_a_record_in_which_something_stands_is_not_empty_on_its_first_day(
    lakeside: Cast,
) -> None:
    """Ida is invited today | empty: it opens | Gil enters her paper: it opens to no new seat."""
    seat, gil = given(lakeside, "ada", Role.CLINICIAN), lakeside.viewer("gil")
    who = people.Newcomer("Ida", adult=True)
    team = {"clinician": lakeside.memberships["gil"], "by": gil, "at": NOON}
    ida = people.invite(lakeside.clinic, who=who, **team).patient
    opens = {"clinician": seat, "by": lakeside.viewer("ada"), "at": after(hours=2)}
    people.join_care_team(ida, **opens)
    people.end_care(ida, **opens)
    assessments.enter(
        ida,
        instrument="phq-9",
        answers=phq9(0),
        came=Entry("paper", NOON.date()),
        by=gil,
        at=after(hours=1),
    )
    with pytest.raises(Invalid, match="less than a day"):
        people.join_care_team(ida, **opens)


def test_a_record_of_last_week_in_which_nothing_stands_is_empty(lakeside: Cast) -> None:
    by, at = lakeside.viewer("gil"), after(days=-7)
    invitation = people.invite(
        lakeside.clinic, who=people.Newcomer("Ida", adult=True), by=by, at=at
    )
    seat = given(lakeside, "ada", Role.CLINICIAN)
    people.join_care_team(invitation.patient, clinician=seat, by=lakeside.viewer("ada"), at=SOON)


# Who is told


def test_whose_record_supervision_opens_is_told_and_so_is_the_lead(lakeside: Cast) -> None:
    """Sue reads along with Gil too | Eli, whom Gil treats, and Ben, the lead, are told once."""
    pair = {
        "supervisor": lakeside.memberships["sue"].pk,
        "supervisee": lakeside.memberships["gil"].pk,
        "by": lakeside.viewer("ada"),
    }
    for hours in (1, 2):
        people.supervise(lakeside.clinic, **pair, at=after(hours=hours))
    both = [lakeside.accounts["eli"].pk, lakeside.accounts["ben"].pk]
    assert told("care-team", since=after(hours=1)) == both


def test_whoever_was_the_lead_hears_of_new_duties(lakeside: Cast) -> None:
    gil, ben = lakeside.memberships["gil"], lakeside.memberships["ben"]
    same = {"safety_lead": ben, "primary": ben, "backup": gil}
    handover.hand_duties(lakeside.clinic, **same, by=lakeside.viewer("ada"), at=after(hours=1))
    assert told("staff-changed", since=after(hours=1)) == []
    duties(lakeside, lakeside.memberships["sue"], by="ada", at=after(hours=2))
    assert told("staff-changed", since=after(hours=2)) == [lakeside.accounts["ben"].pk]


def test_the_letter_about_a_role_for_oneself_says_nothing_of_the_leads_sign_in(
    lakeside: Cast,
) -> None:
    given(lakeside, "ada", Role.CLINICIAN)
    assert told("staff-changed") == [lakeside.accounts["ben"].pk]
    assert told("account-changed") == []


# Codes for a new password


def works(reset: Reset, *, at: Any) -> bool:
    return reset_by_code("ana-at-home", code_of(reset.pk, generation=1), at=at) == reset


def code_by(cast: Cast, name: str) -> Reset:
    reset: Reset = people.print_reset(cast.patients["ana"], by=cast.viewer(name), at=NOON)
    return reset


def test_a_code_by_a_role_of_today_is_confirmed_by_nobody(lakeside: Cast) -> None:
    """Ada gives herself the desk and makes a code | Ben cannot confirm it | it works tomorrow."""
    gives_address(lakeside, "ana")
    given(lakeside, "ada", Role.FRONT_DESK)
    reset = code_by(lakeside, "ada")
    with pytest.raises(Invalid, match="Whoever made this code"):
        people.confirm_person(lakeside.patients["ana"], by=lakeside.viewer("ben"), at=NOON)
    assert [works(reset, at=at) for at in (SOON, TOMORROW)] == [False, True]


def test_a_role_of_today_makes_no_code_that_nobody_hears_of(lakeside: Cast) -> None:
    """Ana has no address | what Ada of today made could never work: it is refused, with the way."""
    given(lakeside, "ada", Role.FRONT_DESK)
    with pytest.raises(Invalid, match="A colleague who is here longer"):
        code_by(lakeside, "ada")
    assert not Reset.objects.exists()


@pytest.mark.parametrize("told_by_mail", [True, False])
def test_who_cannot_confirm_reads_what_happens_else(lakeside: Cast, told_by_mail: bool) -> None:
    if told_by_mail:
        gives_address(lakeside, "ana")
    pat(lakeside, Role.FRONT_DESK)
    code_by(lakeside, "dana")
    with pytest.raises(Invalid) as caught:
        people.confirm_person(lakeside.patients["ana"], by=lakeside.viewer("pat"), at=SOON)
    assert ("works by itself" in caught.value.message) is told_by_mail


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.ADMINISTRATOR])
def test_a_code_is_not_confirmed_by_somebody_of_today(lakeside: Cast, role: Role) -> None:
    """Dana makes a code | Pat, invented today, cannot confirm it | Ben can."""
    pat(lakeside, role)
    reset = code_by(lakeside, "dana")
    with pytest.raises(Invalid, match="You have this role for less than a day"):
        people.confirm_person(lakeside.patients["ana"], by=lakeside.viewer("pat"), at=SOON)
    assert not works(reset, at=SOON)
    people.confirm_person(lakeside.patients["ana"], by=lakeside.viewer("ben"), at=SOON)
    assert works(reset, at=SOON)


def test_an_older_role_that_may_not_make_codes_lends_no_age(lakeside: Cast) -> None:
    """Gil treats others for two days | the desk of today made the code: nobody confirms it."""
    gives_address(lakeside, "ana")
    given(lakeside, "gil", Role.FRONT_DESK)
    code_by(lakeside, "gil")
    with pytest.raises(Invalid, match="Whoever made this code"):
        people.confirm_person(lakeside.patients["ana"], by=lakeside.viewer("dana"), at=SOON)


def test_the_cast_works_here_for_longer_than_a_day() -> None:
    """Else every test above would be refused for another reason."""
    assert (NOON - HIRED).days >= 1
