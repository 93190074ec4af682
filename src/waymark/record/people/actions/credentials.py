"""Ways in: passwords, resets, sessions. Apart from contact details, and each event a line.

A code that staff make works once a second person confirmed who stands before them, or after a day
in which its owner could hear of it: a day of which nobody was told is no notice. Whoever makes it
never sees the sign-in name, whoever confirms never sees the code, and no reset takes a second
factor away.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from waymark.access.vocabulary import Action, Event, Relation, Viewer
from waymark.record.audit import actions as audit
from waymark.record.audit.actions import OWN_WAY_IN
from waymark.record.audit.models import AuditVerdict
from waymark.record.outbox import actions as outbox
from waymark.record.outbox.kind import Kind
from waymark.record.people.models import Reset
from waymark.record.people.passwords import hashed, password_faults
from waymark.record.people.queries import address_to_confirm
from waymark.record.people.resets import usable_resets
from waymark.record.people.second_thought import SECOND_THOUGHT, administers_longer, settled
from waymark.record.sessions.actions import end_all
from waymark.record.tenancy.action import Invalid, action
from waymark.record.tenancy.models import Account, Clinic, Membership, Patient
from waymark.record.tenancy.relations import relations_of
from waymark.record.tenancy.row_security import clinic_only

RESET_VALID = timedelta(hours=1)
PRINTED_WAIT = SECOND_THOUGHT  # then it works although nobody confirmed, if they could be told
PRINTED_VALID = timedelta(hours=48)
BY_ADMINISTRATOR, BY_THE_MACHINE = "taken by an administrator: {}", "taken at the machine"
READMITS_TOO_SOON = (
    "You have this role for less than a day. An administrator who is here longer can let them in "
    "again now; so can whoever runs the machine, with `waymark readmit`."
)
MADE_BY_NEW = (
    "Whoever made this code has the role for less than a day. Nobody can confirm it; it works by "
    "itself a day after it was made."
)
NEW_AND_UNTOLD = (
    "You have this role for less than a day, and this person has no confirmed address at which "
    "they would hear of a code. A colleague who is here longer can make one."
)
CONFIRMED_BY_NEW = (
    "You have this role for less than a day. A colleague who has theirs longer can confirm it."
)
ELSE_BY_ITSELF = "Else it works by itself a day after it was made."


def end_sessions(account: UUID) -> int:
    """Sign the account out everywhere; returns how many sessions there were."""
    return end_all(account)


def note(
    event: Event, *, account: UUID, at: datetime, refused: bool = False, reason: str = OWN_WAY_IN
) -> None:
    """Write down what happened to a way in, at every place that it opens."""
    verdict = AuditVerdict.REFUSED if refused else AuditVerdict.DONE
    with clinic_only(None, account=account):
        work = Membership._base_manager.filter(account=account, until=None)
        own = Patient._base_manager.filter(account=account)
        places: set[tuple[UUID | None, UUID | None]] = {
            (clinic, None) for clinic in work.values_list("clinic", flat=True)
        }
        places |= set(own.values_list("clinic", "audit_number"))
        for clinic, subject in sorted(places or {(None, None)}, key=str):
            audit.write_event(
                event,
                account=account,
                clinic=clinic,
                subject=subject,
                at=at,
                verdict=verdict,
                reason=reason,
            )


def signed_in(account: Account, *, at: datetime) -> None:
    """Somebody signed in: their own log says so."""
    note(Event.SIGNED_IN, account=account.pk, at=at)


def way_in_refused(
    account: Account | None, event: Event, *, reason: str = OWN_WAY_IN, at: datetime
) -> None:
    """Somebody tried a way into this account, or a way that leads to none, and was not let in."""
    if account is None:
        verdict = AuditVerdict.REFUSED
        audit.write_event(
            event, account=None, clinic=None, subject=None, at=at, verdict=verdict, reason=reason
        )
    else:
        note(event, account=account.pk, at=at, refused=True, reason=reason)


@transaction.atomic
def ask_reset(account: Account, *, at: datetime) -> Reset:
    """Write a reset and the mail that carries its link. The second factor stays as it is."""
    reset = Reset.objects.create(account=account, made_at=at, expires_at=at + RESET_VALID)
    outbox.put(Kind.RESET, at=at, account=account.pk, invitation=reset.pk)
    note(Event.RESET_ASKED, account=account.pk, at=at)
    return reset


@transaction.atomic
def reset_password(reset: Reset, *, password: str, at: datetime) -> Account:
    """Set a new password by a reset, once and in time; every session ends."""
    if not usable_resets(at).filter(pk=reset.pk).update(used_at=at):
        raise Invalid("password", _("This link was used already, or is over. Ask for a new one."))
    return change_password(reset.account, password=password, at=at)


@transaction.atomic
def change_password(account: Account, *, password: str, at: datetime) -> Account:
    """Set a new password; every session and every other reset ends, and the owner is told."""
    if fault := password_faults(password, names=(str(account.login), str(account.name))):
        raise Invalid("password", fault)
    account.password = hashed(password)
    account.changed_at = at
    account.save(update_fields=["password", "changed_at"])
    _replaced(Reset.objects.filter(account=account), at=at)
    end_sessions(account.pk)
    outbox.put(Kind.ACCOUNT_CHANGED, at=at, account=account.pk)
    note(Event.PASSWORD_CHANGED, account=account.pk, at=at)
    return account


@transaction.atomic
def confirm_email(account: Account, *, at: datetime) -> Account:
    """The owner of the address they sign in with said that it is theirs: resets may go there."""
    account.email = account.login
    account.save(update_fields=["email"])
    note(Event.EMAIL_CONFIRMED, account=account.pk, at=at)
    return account


@transaction.atomic
def ask_email(account: Account, *, at: datetime) -> bool:
    """Send the mail once more that asks whether the address is theirs; whether one goes out."""
    if not address_to_confirm(account):
        return False
    Account.objects.filter(pk=account.pk).update(asked_email_at=at)
    outbox.put(Kind.CONFIRM_EMAIL, at=at, account=account.pk)
    note(Event.EMAIL_ASKED, account=account.pk, at=at)
    return True


@transaction.atomic
def factor_changed(account: Account, *, at: datetime) -> None:
    """A second factor was added or removed: note when, and tell the owner without content."""
    Account.objects.filter(pk=account.pk).update(changed_at=at)
    outbox.put(Kind.ACCOUNT_CHANGED, at=at, account=account.pk)
    note(Event.FACTOR_CHANGED, account=account.pk, at=at)


@action(Action.RESET_SIGN_IN)
def print_reset(patient: Patient, *, by: Viewer, at: datetime, key: UUID | None = None) -> Reset:
    """A code on paper for a new password. It works once confirmed, or after a day; they are told.

    Without an address to tell them at it waits for a second person, however long, as long as there
    is one. A code made before works no more: one way in at a time.
    """
    if patient.account is None:
        raise Invalid("patient", "This person has not joined yet; give them a fresh invitation.")
    by_day = bool(patient.account.email) or not _could_be_confirmed(patient, by=by, at=at)
    if not (by_day or settled(by.person, Action.RESET_SIGN_IN, patient, at=at)):
        raise Invalid("patient", NEW_AND_UNTOLD)
    _replaced(Reset.objects.filter(account=patient.account, made_by__isnull=False), at=at)
    outbox.put(Kind.ACCOUNT_CHANGED, at=at, account=patient.account.pk)
    return Reset.objects.create(
        account=patient.account,
        made_at=at,
        made_by=by.person,
        works_from=at + PRINTED_WAIT if by_day else None,
        expires_at=at + PRINTED_VALID,
    )


def _replaced(ways: QuerySet[Reset], *, at: datetime) -> None:
    """These are over, and none of them was used."""
    ways.filter(used_at=None, replaced_at=None).update(replaced_at=at)


def _could_be_confirmed(patient: Patient, *, by: Viewer, at: datetime) -> bool:
    """Whether anybody else works here who may confirm that it is this person."""
    seats = Membership._base_manager.filter(clinic=patient.clinic_id, until=None)
    others = set(seats.exclude(account=by.account).values_list("account", flat=True))
    return any(settled(one, Action.CONFIRM_PERSON, patient, at=at) for one in others)


@action(Action.CONFIRM_PERSON)
def confirm_person(patient: Patient, *, by: Viewer, at: datetime) -> Reset:
    """A second person sees who stands before them: the code that waits works from now on."""
    reset = waiting_code(patient, at=at)
    if reset is None:
        raise Invalid("patient", "No code waits for a second person.")
    if reset.made_by == by.person:
        raise Invalid("patient", "You made this code. Somebody else has to confirm who it is for.")
    if words := not_confirmable(reset, patient, by=by, at=at):
        raise Invalid("patient", words)
    reset.confirmed_by = by.person
    reset.save(update_fields=["confirmed_by"])
    return reset


@action(Action.CONFIRM_PERSON)
def confirm_newcomer(patient: Patient, *, by: Viewer, at: datetime) -> Patient:
    """Who joined is the person whose record it is: what stood there before opens to them.

    Only somebody who treats them says so. They read the record already, and win nothing by it;
    whoever holds the invitation, the front desk say, could say so to themselves.
    """
    if not may_confirm_newcomer(patient, by=by):
        raise Invalid("patient", "Somebody who treats this person has to say that it is them.")
    Patient.objects.filter(pk=patient.pk).update(unconfirmed=False)
    return patient


def may_confirm_newcomer(patient: Patient, *, by: Viewer) -> bool:
    """Whether they treat this person."""
    return Relation.CARE_TEAM in relations_of(by, patient)


def not_confirmable(reset: Reset, patient: Patient, *, by: Viewer, at: datetime) -> str:
    """Why a code of two hands waits for its day all the same: one hand is of today."""
    if made_by_new(reset, patient):
        return MADE_BY_NEW
    if settled(by.person, Action.CONFIRM_PERSON, patient, at=at):
        return ""
    return f"{CONFIRMED_BY_NEW} {ELSE_BY_ITSELF}" if reset.works_from else CONFIRMED_BY_NEW


def made_by_new(reset: Reset, patient: Patient) -> bool:
    """Whether nobody can confirm it: who made it had the role for less than a day."""
    made_by = reset.made_by
    return made_by is None or not settled(made_by, Action.RESET_SIGN_IN, patient, at=reset.made_at)


def waiting_code(patient: Patient, *, at: datetime) -> Reset | None:
    """The code on paper that waits for a second person, if one does."""
    rows = Reset.objects.filter(
        account=patient.account_id,
        used_at=None,
        replaced_at=None,
        expires_at__gt=at,
        confirmed_by=None,
    )
    return rows.filter(made_by__isnull=False).order_by("-made_at").first()


@action(Action.READMIT_STAFF, over=Clinic)
def readmit(clinic: Clinic, *, account: UUID, by: Viewer, at: datetime) -> Account:
    """Let a colleague who lost phone and codes in again: their factors go, every session ends.

    Their password stays as it is, and a new factor is asked for at once. Never for oneself.
    """
    if account == by.account:
        raise Invalid("account", "Another administrator has to do this, with you in the room.")
    if not Membership.objects.filter(account=account, until=None).exists():
        raise Invalid("account", "This person does not work here now.")
    if not administers_longer(by, at=at):
        raise Invalid("account", READMITS_TOO_SOON)
    taken_by = BY_ADMINISTRATOR.format(by.person)
    return without_factors(Account.objects.get(pk=account), taken_by=taken_by, at=at)


@transaction.atomic
def without_factors(account: Account, *, taken_by: str = BY_THE_MACHINE, at: datetime) -> Account:
    """Take every second factor away; for `readmit`, and for the owner at the machine itself."""
    apps.get_model("mfa", "Authenticator").objects.filter(user=account).delete()
    end_sessions(account.pk)
    Account.objects.filter(pk=account.pk).update(changed_at=at)
    outbox.put(Kind.ACCOUNT_CHANGED, at=at, account=account.pk)
    note(Event.FACTOR_TAKEN, account=account.pk, at=at, reason=taken_by)
    return account


def set_device(account: Account, *, shared: bool) -> None:
    """Whether others use the phone: then no offline copy, a neutral title, a leave button."""
    Account.objects.filter(pk=account.pk).update(shared_device=shared)
