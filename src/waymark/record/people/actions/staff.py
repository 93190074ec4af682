"""Roles, supervision and deactivation."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from waymark.access.vocabulary import Action, Role, Viewer
from waymark.record.people.actions.care_team import tell_leads, tell_of_reader
from waymark.record.people.actions.credentials import end_sessions
from waymark.record.people.queries import TREATING, seats_of
from waymark.record.people.second_thought import check_not_new
from waymark.record.tenancy.action import Invalid, action
from waymark.record.tenancy.models import (
    Account,
    CareTeamMember,
    Clinic,
    Duty,
    Membership,
    Patient,
    Supervision,
)
from waymark.record.tenancy.models.clinic import ended


@action(Action.MANAGE_STAFF, over=Clinic)
def appoint(
    clinic: Clinic, *, account: UUID, role: Role, licensed: bool, by: Viewer, at: datetime
) -> Membership:
    """Give a colleague one more role; somebody who left comes back by it, and signs in anew.

    A session they have from elsewhere, as a client say, was begun by the rules for clients. Pages
    call `safety.handover.appoint`, which frees the concerns of whoever lost the license by it.
    """
    if not Membership.objects.filter(account=account).exists():
        raise Invalid("account", "Choose somebody who works here, or invite them first.")
    if not role.staff:
        raise Invalid("role", "Choose a role on the staff.")
    check_license(role, licensed)
    if account == by.account:
        _alone(clinic, by=by, at=at)
    Account.objects.filter(pk=account, is_active=False).update(is_active=True)
    if not Membership.objects.filter(account=account, until=None).exists():
        end_sessions(account)
    seat = Membership.objects.filter(account=account, clinic=clinic, role=role, until=None)
    if not licensed and Duty.objects.filter(membership__in=seat, until=None).exists():
        raise Invalid(
            "licensed", "They answer for danger here, and must be licensed. Name another one first."
        )
    row, _ = Membership.objects.update_or_create(
        account_id=account,
        clinic=clinic,
        role=role,
        until=None,
        defaults={"licensed": licensed},
        create_defaults={"licensed": licensed, "since": at, "made_by": by.person},
    )
    return row


def check_license(role: Role, licensed: bool) -> None:
    """A license is for roles that treat; in another one nobody could be chosen by it."""
    if licensed and role not in TREATING:
        raise Invalid(
            "licensed",
            "Only clinicians and supervisors are licensed to treat. Leave this out for the role "
            "that you chose.",
        )


def _alone(clinic: Clinic, *, by: Viewer, at: datetime) -> None:
    """A role for oneself: another administrator gives it. Who has none is seen doing it."""
    others = Membership.objects.filter(role=Role.ADMINISTRATOR, until=None)
    if others.exclude(account=by.account).exists():
        raise Invalid("account", "Ask another administrator: nobody gives a role to themselves.")
    tell_leads(clinic, at=at)


@action(Action.MANAGE_STAFF, over=Clinic)
def supervise(
    clinic: Clinic, *, supervisor: UUID, supervisee: UUID, by: Viewer, at: datetime
) -> Supervision:
    """Let a supervisor read along with a clinician; clients of theirs and the lead are told."""
    pair = {
        "supervisor": Membership.objects.get(pk=supervisor, role=Role.SUPERVISOR, until=None),
        "supervisee": Membership.objects.get(pk=supervisee, role=Role.CLINICIAN, until=None),
    }
    if pair["supervisor"].account_id == pair["supervisee"].account_id:
        raise Invalid("supervisee", "Nobody supervises themselves; choose another clinician.")
    over = Patient._base_manager.filter(clinic=clinic)
    check_not_new(pair["supervisor"], "supervisor", over=over, by=by, at=at)
    row, new = Supervision.objects.get_or_create(
        clinic=clinic, until=None, **pair, defaults={"since": at}
    )
    if new:
        team = CareTeamMember._base_manager.filter(membership=supervisee, until=None)
        tell_of_reader(clinic, patients=over.filter(pk__in=team.values("patient")), at=at)
    return row


@action(Action.MANAGE_STAFF, over=Clinic)
def end_supervision(
    clinic: Clinic, *, supervisor: UUID, supervisee: UUID, by: Viewer, at: datetime
) -> int:
    """Let a supervisor read along no more; returns how many pairs ended."""
    held = Supervision.objects.filter(supervisor=supervisor, supervisee=supervisee, until=None)
    return held.update(until=at)


def end_work(clinic: Clinic, *, account: UUID, by: Viewer, at: datetime) -> list[Membership]:
    """End every role of an account here at once: its next request is refused.

    Duties, supervision and places on care teams end too. It is the first half of
    `safety.handover.deactivate`, which also says who takes over their open concerns, and it is
    called nowhere else: a concern must never stay with somebody who left.
    """
    if account == by.account:
        raise Invalid("account", "You cannot deactivate yourself; ask another administrator.")
    held = list(Membership.objects.filter(account=account, until=None))
    if not held:
        raise Invalid("account", "This person does not work here now.")
    _end(held, at=at)
    if not seats_of(account):  # a seat at another clinic, or as a client, stays
        Account.objects.filter(pk=account).update(is_active=False)
        end_sessions(account)
    return held


def end_seat(clinic: Clinic, *, membership: UUID, by: Viewer, at: datetime) -> Membership:
    """End one role of a colleague who keeps another one here.

    It is the first half of `safety.handover.end_role`, and is called nowhere else.
    """
    held = Membership.objects.get(pk=membership, until=None)
    others = Membership.objects.filter(account=held.account_id, until=None).exclude(pk=held.pk)
    if not others.exists():
        raise Invalid("role", "This is their only role here. Deactivate them instead.")
    if held.pk in by.memberships and held.role == Role.ADMINISTRATOR:
        raise Invalid("role", "You cannot end your own; ask another administrator.")
    _end([held], at=at)
    return held


def _end(held: list[Membership], *, at: datetime) -> None:
    """These seats, and what hangs on them: duties, supervision, places on care teams."""
    mine = Q(supervisor__in=held) | Q(supervisee__in=held)
    Duty.objects.filter(membership__in=held, until=None).update(until=at)
    Supervision.objects.filter(mine, until=None).update(until=at)
    CareTeamMember._base_manager.filter(membership__in=held, until=None).update(until=at)
    for membership in held:
        ended(membership, at=at)
