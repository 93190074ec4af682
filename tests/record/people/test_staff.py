"""Colleagues: joining, roles, supervision, and an end of work that binds the next request."""

from contextlib import suppress
from uuid import uuid4

import pytest

from tests.cast import NOON, PASSWORD, Cast, after, looking
from tests.record.steps import answer, concern_of, phq9, riverside, told
from waymark.access.vocabulary import Action, Role, system
from waymark.record.outbox.models import Message
from waymark.record.people import actions as people
from waymark.record.people.queries import (
    NoSeat,
    account_by_login,
    active_account,
    address_of_invitation,
    link_of_invitation,
    patients_for,
    staff_invitation_by,
    staff_of,
    viewer_of,
)
from waymark.record.safety.actions import own
from waymark.record.safety.handover import deactivate, end_role
from waymark.record.sessions.models import SessionStore, SignedIn
from waymark.record.tenancy.action import Invalid, Refused
from waymark.record.tenancy.models import (
    Account,
    CareTeamMember,
    Clinic,
    Duty,
    Membership,
    Supervision,
)

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
KAI = people.Recruit("Kai", "kai@clinic.example", Role.CLINICIAN, licensed=True)


def invite(cast: Cast, who: people.Recruit = KAI, *, by: str = "ada"):
    return people.invite_staff(cast.clinic, who=who, by=cast.viewer(by), at=NOON)


def gone(cast: Cast, name: str, *, at=NOON) -> int:
    account = cast.accounts[name].pk
    freed: int = deactivate(cast.clinic, account=account, by=cast.viewer("ada"), at=at)
    return freed


def signed_in(account: Account) -> None:
    session = SessionStore()
    session["_auth_user_id"] = str(account.pk)
    session.save()


# One role of two


def second_role(cast: Cast, name: str, role: Role) -> Membership:
    account = cast.accounts[name].pk
    row: Membership = people.appoint(
        cast.clinic, account=account, role=role, licensed=True, by=cast.viewer("ada"), at=NOON
    )
    return row


def test_one_role_ends_and_the_other_stays(lakeside: Cast) -> None:
    """Ben treats Ana and supervises too | his treating ends | his concern is free, he is here."""
    second_role(lakeside, "ben", Role.SUPERVISOR)
    answer(lakeside, "ana", phq9(q9=1))
    held = concern_of(lakeside, "ana")
    own(held, by=lakeside.viewer("ben"), at=NOON)
    seat = lakeside.memberships["ben"].pk
    freed = end_role(
        lakeside.clinic,
        membership=seat,
        successor=lakeside.memberships["sue"],
        by=lakeside.viewer("ada"),
        at=after(hours=1),
    )
    assert freed.freed == 1
    assert lakeside.viewer("ben").roles == {Role.SUPERVISOR}
    with looking():
        assert not list(patients_for(lakeside.viewer("ben"), Action.READ_CASELOAD))


def test_an_only_role_is_not_ended_alone(lakeside: Cast) -> None:
    seat = lakeside.memberships["gil"].pk
    with pytest.raises(Invalid, match="only role"):
        end_role(lakeside.clinic, membership=seat, by=lakeside.viewer("ada"), at=NOON)


def test_an_administrator_does_not_end_their_own(lakeside: Cast) -> None:
    second_role(lakeside, "ada", Role.CLINICIAN)
    with looking():
        seat = Membership.objects.get(account=lakeside.accounts["ada"], role=Role.ADMINISTRATOR).pk
    with pytest.raises(Invalid, match="another administrator"):
        end_role(lakeside.clinic, membership=seat, by=lakeside.viewer("ada"), at=NOON)


def test_only_an_administrator_ends_a_role(lakeside: Cast) -> None:
    second_role(lakeside, "gil", Role.SUPERVISOR)
    for name in ("ben", "sue", "dana"):
        with pytest.raises(Refused):
            end_role(
                lakeside.clinic,
                membership=lakeside.memberships["gil"].pk,
                by=lakeside.viewer(name),
                at=NOON,
            )


# Joining


def test_a_colleague_is_invited_by_mail_and_joins_by_the_link(lakeside: Cast) -> None:
    invitation = invite(lakeside)
    token = str(link_of_invitation(invitation.pk)).split("/")[3]
    held = staff_invitation_by(token=token, at=after(days=13))
    assert address_of_invitation(invitation.pk) == "kai@clinic.example"
    account = people.accept_staff(held, password=PASSWORD, at=after(days=13))
    viewer = viewer_of(account.pk)
    assert (viewer.roles, viewer.licensed) == (frozenset({Role.CLINICIAN}), True)
    assert (account.name, account.email) == ("Kai", "kai@clinic.example")


def test_an_invitation_of_a_colleague_is_over_after_fourteen_days(lakeside: Cast) -> None:
    invitation = invite(lakeside)
    token = str(link_of_invitation(invitation.pk)).split("/")[3]
    assert staff_invitation_by(token=token, at=after(days=14)) is None
    with pytest.raises(Invalid, match="fresh"):
        people.accept_staff(invitation, password=PASSWORD, at=after(days=14))


def test_an_invitation_of_a_colleague_is_used_once(lakeside: Cast) -> None:
    invitation = invite(lakeside)
    people.accept_staff(invitation, password=PASSWORD, at=NOON)
    with pytest.raises(Invalid, match="used already"):
        people.accept_staff(invitation, password=PASSWORD, at=NOON)


@pytest.mark.parametrize(
    ("who", "field"),
    [
        (people.Recruit(" ", "kai@clinic.example", Role.CLINICIAN), "name"),
        (people.Recruit("Kai", "kai at clinic", Role.CLINICIAN), "email"),
        (people.Recruit("Kai", "kai@clinic.example", Role.PATIENT), "role"),
        (people.Recruit("Kai", "kai@clinic.example", Role.SYSTEM), "role"),
    ],
)
def test_an_invitation_of_nobody_in_particular_is_refused(
    lakeside: Cast, who: people.Recruit, field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        invite(lakeside, who)
    assert caught.value.field == field


@pytest.mark.parametrize("name", ["ana", "ben", "sue", "dana"])
def test_administrators_alone_invite_colleagues(lakeside: Cast, name: str) -> None:
    with pytest.raises(Refused):
        invite(lakeside, by=name)


def test_there_is_one_first_administrator(lakeside: Cast) -> None:
    with pytest.raises(Invalid, match="has an administrator"):
        people.first_administrator(
            lakeside.clinic, who=KAI, password=PASSWORD, by=lakeside.clock(), at=NOON
        )


def solo(*also: Role, login: str = "rex@solo.example") -> Account:
    """The first person of a clinic without anybody."""
    clinic = Clinic.objects.create(name="Solo", zone="UTC", region="US", made_at=NOON)
    account: Account = people.first_administrator(
        clinic,
        who=people.Recruit("Rex", login, licensed=True),
        password=PASSWORD,
        also=also,
        by=system(clinic.pk),
        at=NOON,
    )
    return account


def test_the_first_administrator_may_treat_clients_too(db: None, fresh_keys: None) -> None:
    viewer = viewer_of(solo(Role.CLINICIAN).pk)
    assert viewer.roles == {Role.ADMINISTRATOR, Role.CLINICIAN}
    assert viewer.licensed


def test_administering_alone_is_no_licence(db: None, fresh_keys: None) -> None:
    account = solo(Role.CLINICIAN)
    with looking():
        held = dict(account.memberships.values_list("role", "licensed"))
    assert held == {"administrator": False, "clinician": True}


def test_a_first_administrator_without_an_address_signs_in_by_name(
    db: None, fresh_keys: None
) -> None:
    account = solo(login="rex-at-solo")
    assert account_by_login("rex-at-solo") == account
    assert account.email is None


# Roles and supervision


def appoint(cast: Cast, account, role: Role = Role.SUPERVISOR, *, licensed: bool = True):
    return people.appoint(
        cast.clinic, account=account, role=role, licensed=licensed, by=cast.viewer("ada"), at=NOON
    )


def test_a_colleague_may_have_several_roles(lakeside: Cast) -> None:
    appoint(lakeside, lakeside.accounts["ben"].pk)
    assert lakeside.viewer("ben").roles == {Role.CLINICIAN, Role.SUPERVISOR}


def test_the_same_role_twice_is_one_membership(lakeside: Cast) -> None:
    first = appoint(lakeside, lakeside.accounts["ben"].pk)
    again = appoint(lakeside, lakeside.accounts["ben"].pk, licensed=False)
    assert (again.pk, again.licensed) == (first.pk, False)


def test_a_role_is_given_to_colleagues_only(lakeside: Cast) -> None:
    for stranger in (uuid4(), lakeside.accounts["ana"].pk):
        with pytest.raises(Invalid, match="works here"):
            appoint(lakeside, stranger)


@pytest.mark.parametrize("role", [Role.PATIENT, Role.SYSTEM])
def test_nobody_is_appointed_client_or_clock(lakeside: Cast, role: Role) -> None:
    with pytest.raises(Invalid) as caught:
        appoint(lakeside, lakeside.accounts["ben"].pk, role)
    assert caught.value.field == "role"


NOT_TREATING = [Role.FRONT_DESK, Role.ADMINISTRATOR]


@pytest.mark.parametrize("role", NOT_TREATING)
def test_a_license_is_for_roles_that_treat(lakeside: Cast, role: Role) -> None:
    """By either door, with the field named; nothing is stored."""
    with pytest.raises(Invalid, match="clinicians and supervisors") as caught:
        appoint(lakeside, lakeside.accounts["gil"].pk, role)
    assert caught.value.field == "licensed"
    with pytest.raises(Invalid, match="clinicians and supervisors") as caught:
        invite(lakeside, people.Recruit("Kai", "kai@clinic.example", role, licensed=True))
    assert caught.value.field == "licensed"
    with looking():
        assert not Membership.objects.filter(account=lakeside.accounts["gil"], role=role).exists()


def test_a_license_of_before_for_another_role_is_no_license_to_treat(lakeside: Cast) -> None:
    """An older version noted one at the front desk | it is no license, in no list, no duty."""
    dana = lakeside.memberships["dana"]
    with looking():
        Membership.objects.filter(pk=dana.pk).update(licensed=True)
        dana.refresh_from_db()
        (listed,) = [one for one in staff_of(lakeside.viewer("ada")) if one.name == "Dana"]
    assert not listed.licensed
    assert not lakeside.viewer("dana").licensed
    with pytest.raises(Invalid, match="In this role nobody treats") as caught:
        people.set_duties(
            lakeside.clinic,
            safety_lead=lakeside.memberships["ben"],
            primary=dana,
            backup=None,
            by=lakeside.viewer("ada"),
            at=NOON,
        )
    assert caught.value.field == "primary"


def test_a_supervisor_reads_along_with_the_clinician_they_supervise(lakeside: Cast) -> None:
    sue = lakeside.viewer("sue")
    with looking():
        assert list(patients_for(sue, Action.READ_SCORES)) == [lakeside.patients["ana"]]


def test_supervision_is_written_once_and_ends(lakeside: Cast) -> None:
    pair = {
        "supervisor": lakeside.memberships["sue"].pk,
        "supervisee": lakeside.memberships["ben"].pk,
        "by": lakeside.viewer("ada"),
    }
    people.supervise(lakeside.clinic, **pair, at=after(days=1))
    with looking():
        assert Supervision.objects.count() == 1
    assert people.end_supervision(lakeside.clinic, **pair, at=after(days=2)) == 1
    with looking():
        assert not patients_for(lakeside.viewer("sue"), Action.READ_SCORES).exists()


def test_nobody_supervises_themselves(lakeside: Cast) -> None:
    twice = appoint(lakeside, lakeside.accounts["ben"].pk)
    with pytest.raises(Invalid, match="themselves"):
        people.supervise(
            lakeside.clinic,
            supervisor=twice.pk,
            supervisee=lakeside.memberships["ben"].pk,
            by=lakeside.viewer("ada"),
            at=NOON,
        )


def test_only_a_supervisor_supervises_only_a_clinician(lakeside: Cast) -> None:
    with pytest.raises(Membership.DoesNotExist):
        people.supervise(
            lakeside.clinic,
            supervisor=lakeside.memberships["gil"].pk,
            supervisee=lakeside.memberships["ben"].pk,
            by=lakeside.viewer("ada"),
            at=NOON,
        )


# Leaving


def test_a_deactivated_colleague_is_signed_out_everywhere(lakeside: Cast) -> None:
    for name in ("ben", "ben", "gil"):
        signed_in(lakeside.accounts[name])
    gone(lakeside, "ben")
    (left,) = [session.get_decoded() for session in SignedIn.objects.all()]
    assert left["_auth_user_id"] == str(lakeside.accounts["gil"].pk)


def test_a_deactivated_colleague_has_no_seat_no_duty_no_team(lakeside: Cast) -> None:
    ben = lakeside.accounts["ben"]
    gone(lakeside, "ben")
    with pytest.raises(NoSeat):
        viewer_of(ben.pk)
    assert active_account(ben.pk) is None
    with looking():
        assert not Duty.objects.filter(membership__account=ben, until=None).exists()
        assert not Supervision.objects.filter(supervisee__account=ben, until=None).exists()
        assert not CareTeamMember.objects.filter(membership__account=ben, until=None).exists()


def test_what_a_deactivated_colleague_held_is_kept_with_its_end(lakeside: Cast) -> None:
    gone(lakeside, "ben", at=after(days=3))
    with looking():
        team = CareTeamMember.objects.get(membership=lakeside.memberships["ben"])
        assert (team.since, team.until) == (NOON, after(days=3))
        (ben,) = [one for one in staff_of(lakeside.viewer("ada")) if one.name == "Ben"]
    assert not ben.active


def test_one_hundred_times_the_next_request_after_deactivation_is_refused(lakeside: Cast) -> None:
    """Figure F4, smoke: Ben comes and goes, and not one request slips through."""
    ben, account = lakeside.accounts["ben"], lakeside.accounts["ben"].pk
    accepted = 0
    for day in range(100):
        signed_in(ben)
        gone(lakeside, "ben", at=after(days=day))
        accepted += SignedIn.objects.filter(expire_date__gt=NOON).count()
        accepted += active_account(account) is not None
        with suppress(NoSeat):
            accepted += bool(viewer_of(account))
        appoint(lakeside, account, Role.CLINICIAN)
        assert viewer_of(account)  # the control: while he works here, he has a seat
    assert accepted == 0


def test_somebody_who_comes_back_can_sign_in_again(lakeside: Cast) -> None:
    gone(lakeside, "ben")
    appoint(lakeside, lakeside.accounts["ben"].pk, Role.CLINICIAN)
    assert active_account(lakeside.accounts["ben"].pk) is not None
    with looking():  # but treats nobody until somebody puts him on a team again
        assert not patients_for(lakeside.viewer("ben"), Action.READ_SCORES).exists()


def test_leaving_one_clinic_leaves_the_other_seat_alone(lakeside: Cast) -> None:
    """Gil works at Riverside too; there is no invitation for that yet, so the row is made here."""
    other, gil = riverside(), lakeside.accounts["gil"]
    with looking():
        Membership.objects.create(
            account=gil, clinic=other.clinic, role=Role.CLINICIAN, since=NOON, licensed=True
        )
    signed_in(gil)
    gone(lakeside, "gil")
    assert active_account(gil.pk) is not None
    assert viewer_of(gil.pk).clinic == other.clinic.pk
    assert SignedIn.objects.count() == 1


def test_somebody_who_works_elsewhere_cannot_be_deactivated_here(lakeside: Cast) -> None:
    cleo = riverside().accounts["cleo"].pk
    with pytest.raises(Invalid, match="does not work here"):
        deactivate(lakeside.clinic, account=cleo, by=lakeside.viewer("ada"), at=NOON)
    assert viewer_of(cleo)


# Who is who


def test_the_staff_list_is_of_ones_own_clinic(lakeside: Cast) -> None:
    riverside()
    with looking():  # with the wall open, so that the list itself keeps the others out
        names = [one.name for one in staff_of(lakeside.viewer("ben"))]
    assert names == ["Ada", "Ben", "Dana", "Gil", "Sue"]


def test_a_change_of_a_factor_is_told_without_content(lakeside: Cast) -> None:
    people.factor_changed(lakeside.accounts["ben"], at=after(hours=1))
    assert told("account-changed") == [lakeside.accounts["ben"].pk]
    assert Message.objects.get(kind="account-changed").clinic is None
    lakeside.accounts["ben"].refresh_from_db()
    assert lakeside.accounts["ben"].changed_at == after(hours=1)


def test_a_phone_that_others_use_is_remembered_as_such(lakeside: Cast) -> None:
    people.set_device(lakeside.accounts["ana"], shared=True)
    lakeside.accounts["ana"].refresh_from_db()
    assert lakeside.accounts["ana"].shared_device
