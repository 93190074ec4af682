"""Roles, supervision, deactivation, and passwords."""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from waymark.access.vocabulary import Action, Role, Viewer
from waymark.record.outbox import actions as outbox
from waymark.record.outbox.kind import Kind
from waymark.record.people.conduct import Invalid, action
from waymark.record.people.models import (
    Account,
    CareTeamMember,
    Clinic,
    Duty,
    Membership,
    Patient,
    Reset,
    Supervision,
)
from waymark.record.people.models.clinic import ended
from waymark.record.people.queries import seats_of

RESET_VALID = timedelta(hours=1)
PRINTED_VALID = timedelta(days=1)


@action(Action.MANAGE_STAFF, over=Clinic)
def appoint(
    clinic: Clinic, *, account: UUID, role: Role, licensed: bool, by: Viewer, at: datetime
) -> Membership:
    """Give a colleague one more role; somebody who left comes back by it, and signs in anew.

    A session they have from elsewhere, as a client say, was begun by the rules for clients.
    """
    if not Membership.objects.filter(account=account).exists():
        raise Invalid("account", "Choose somebody who works here, or invite them first.")
    if not role.staff:
        raise Invalid("role", "Choose a role on the staff.")
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
        create_defaults={"licensed": licensed, "since": at},
    )
    return row


@action(Action.MANAGE_STAFF, over=Clinic)
def supervise(
    clinic: Clinic, *, supervisor: UUID, supervisee: UUID, by: Viewer, at: datetime
) -> Supervision:
    """Let a supervisor read along with a clinician."""
    pair = {
        "supervisor": Membership.objects.get(pk=supervisor, role=Role.SUPERVISOR, until=None),
        "supervisee": Membership.objects.get(pk=supervisee, role=Role.CLINICIAN, until=None),
    }
    if pair["supervisor"].account_id == pair["supervisee"].account_id:
        raise Invalid("supervisee", "Nobody supervises themselves; choose another clinician.")
    row, _ = Supervision.objects.get_or_create(
        clinic=clinic, until=None, **pair, defaults={"since": at}
    )
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
    `safety.leaving.deactivate`, which also says who takes over their open concerns, and it is
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

    It is the first half of `safety.leaving.end_role`, and is called nowhere else.
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


def end_sessions(account: UUID) -> int:
    """Sign the account out everywhere; returns how many sessions there were."""
    ended_sessions = 0
    for session in Session.objects.all():
        if session.get_decoded().get("_auth_user_id") == str(account):
            session.delete()
            ended_sessions += 1
    return ended_sessions


@transaction.atomic
def ask_reset(account: Account, *, at: datetime) -> Reset:
    """Write a reset and the mail that carries its link. The second factor stays as it is."""
    reset = Reset.objects.create(account=account, made_at=at, expires_at=at + RESET_VALID)
    outbox.put(Kind.RESET, at=at, account=account.pk, invitation=reset.pk)
    return reset


@transaction.atomic
def reset_password(reset: Reset, *, password: str, at: datetime) -> Account:
    """Set a new password by a reset, once and in time; every session ends."""
    still_open = Reset.objects.filter(pk=reset.pk, used_at=None, expires_at__gt=at)
    if not still_open.update(used_at=at):
        raise Invalid("password", "This link was used already, or is over. Ask for a new one.")
    return change_password(reset.account, password=password, at=at)


@transaction.atomic
def change_password(account: Account, *, password: str, at: datetime) -> Account:
    """Set a new password, end every session, and tell the owner by content-free mail."""
    try:
        validate_password(password)
    except ValidationError as error:
        raise Invalid("password", " ".join(error.messages)) from error
    account.set_password(password)
    account.changed_at = at
    account.save(update_fields=["password", "changed_at"])
    end_sessions(account.pk)
    outbox.put(Kind.ACCOUNT_CHANGED, at=at, account=account.pk)
    return account


@transaction.atomic
def factor_changed(account: Account, *, at: datetime) -> None:
    """A second factor was added or removed: note when, and tell the owner without content."""
    Account.objects.filter(pk=account.pk).update(changed_at=at)
    outbox.put(Kind.ACCOUNT_CHANGED, at=at, account=account.pk)


@action(Action.MANAGE_CONTACT)
def print_reset(patient: Patient, *, by: Viewer, at: datetime) -> Reset:
    """A reset by printed code, for a client without e-mail; good for one day."""
    if patient.account is None:
        raise Invalid("patient", "This person has not joined yet; give them a fresh invitation.")
    return Reset.objects.create(account=patient.account, made_at=at, expires_at=at + PRINTED_VALID)


def set_device(account: Account, *, shared: bool) -> None:
    """Whether others use the phone: then no offline copy, a neutral title, a leave button."""
    Account.objects.filter(pk=account.pk).update(shared_device=shared)
