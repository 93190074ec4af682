"""Inviting clients and colleagues, and joining by an invitation."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from waymark.access.vocabulary import Action, Role, Viewer, system
from waymark.record.outbox import actions as outbox
from waymark.record.outbox.kind import Kind
from waymark.record.people.actions.care_team import check_clinician
from waymark.record.people.actions.staff import check_license
from waymark.record.people.addresses import is_address
from waymark.record.people.models import Contact, Invitation, StaffInvitation
from waymark.record.people.newcomers import Newcomer, check_email, checked
from waymark.record.people.passwords import hashed, password_faults
from waymark.record.people.standing import something_stands
from waymark.record.people.tokens import CLIENT_LINK, STAFF_LINK, code_of, token_of
from waymark.record.tenancy.action import Invalid, action
from waymark.record.tenancy.models import (
    Account,
    CareTeamMember,
    Clinic,
    Membership,
    Patient,
    PatientState,
)
from waymark.record.vault.index import of_name, of_secret

VALID = timedelta(days=14)
OWN_ONLY = (
    "Measures can be given by the clinician who will treat them alone. Choose yourself as the "
    "clinician, or leave the usual set out."
)


@dataclass(frozen=True, slots=True)
class Recruit:
    """A colleague to be invited; the e-mail is also the sign-in name."""

    name: str
    email: str
    role: Role = Role.ADMINISTRATOR
    licensed: bool = False


@action(Action.INVITE_PATIENT, over=Clinic)
def invite(
    clinic: Clinic,
    *,
    who: Newcomer,
    clinician: Membership | None = None,
    send: bool = False,
    by: Viewer,
    at: datetime,
    key: UUID | None = None,
) -> Invitation:
    """A new patient and the invitation by which they come in. Mail goes out only if asked.

    With ``who.usual_set`` the clinic's usual measures are given when they join, in the name of the
    clinician who asks for it now and treats them; nobody can ask for it in another's name.
    """
    who = checked(who)
    if send and not who.email:
        raise Invalid("email", "To send the invitation by mail, give an e-mail address.")
    if who.usual_set and (clinician is None or clinician.pk not in by.memberships):
        raise Invalid("usual_set", OWN_ONLY)
    patient = Patient(clinic=clinic, name=who.name, zone=clinic.zone, adult=True, made_at=at)
    patient.number = who.number or None
    patient.save(force_insert=True)
    contact = Contact(patient=patient, clinic=clinic, changed_at=at)
    contact.email, contact.phone = who.email or None, who.phone or None
    contact.save(force_insert=True)
    if clinician is not None:
        _onto_team(patient, clinician, at=at)
    made = Invitation(patient=patient, clinic=clinic)
    made.usual_set_by = clinician.pk if clinician is not None and who.usual_set else None
    return _issue(made, send=send, at=at)


def _onto_team(patient: Patient, clinician: Membership, *, at: datetime) -> None:
    check_clinician(clinician, patient)
    CareTeamMember(
        patient=patient, clinic_id=patient.clinic_id, membership=clinician, primary=True, since=at
    ).save(force_insert=True)


def _issue(invitation: Invitation, *, send: bool, at: datetime) -> Invitation:
    generation = invitation.generation
    token = token_of(invitation.pk, generation=generation, purpose=CLIENT_LINK)
    invitation.secret = of_secret(token)
    invitation.code = of_secret(code_of(invitation.pk, generation=generation))
    invitation.made_at, invitation.expires_at = at, at + VALID
    invitation.save()
    if send:
        outbox.put(Kind.INVITATION, at=at, clinic=invitation.clinic_id, invitation=invitation.pk)
    return invitation


@action(Action.HAND_OVER_INVITATION)
def reissue(
    invitation: Invitation,
    *,
    send: bool = False,
    by: Viewer,
    at: datetime,
    key: UUID | None = None,
) -> Invitation:
    """A fresh link and code for 14 days; the old ones stop working at once."""
    if invitation.used_at is not None:
        raise Invalid("invitation", "This person has joined already; they can sign in.")
    invitation.generation += 1
    return _issue(invitation, send=send, at=at)


@action(Action.RUN_CLOCK)
def _join(
    invitation: Invitation, *, login: str, password: str, by: Viewer, at: datetime
) -> Account:
    _take(invitation, at=at)
    account = _new_account(login, password, name=invitation.patient.name, at=at)
    if is_address(login.strip()):  # one that nobody has proven yet: nothing is reset by it
        outbox.put(Kind.CONFIRM_EMAIL, at=at, account=account.pk)
    own = Patient.objects.filter(pk=invitation.patient_id)
    own.update(account=account, state=PatientState.ACTIVE, unconfirmed=something_stands(own))
    return account


def accept(invitation: Invitation, *, login: str, password: str, at: datetime) -> Account:
    """Make the client's account; the holder of the link is nobody yet, so the clock acts."""
    by = system(invitation.clinic_id)
    joined: Account = _join(invitation, login=login, password=password, by=by, at=at)
    return joined


def _take(invitation: Invitation | StaffInvitation, *, at: datetime) -> None:
    """Use it up, if it is still the one that was opened: not used, not over, not issued anew."""
    rows = type(invitation).objects.filter(pk=invitation.pk)
    still_open = rows.filter(used_at=None, secret=invitation.secret, expires_at__gt=at)
    if still_open.update(used_at=at):
        return
    if rows.filter(used_at=None).exists():
        raise Invalid("invitation", _("This link is over. Ask the clinic for a fresh one."))
    raise Invalid("invitation", _("This invitation was used already. You can sign in."))


def faults_of(login: str, password: str, *, name: str = "") -> list[Invalid]:
    """What is wrong with a name and a password that somebody chose, all of it."""
    found = []
    if len(login.strip()) < 3:
        found.append(
            Invalid(
                "login", _("Choose a name of at least 3 characters, or use your e-mail address.")
            )
        )
    elif Account.objects.filter(index=of_name(login.strip())).exists():
        found.append(Invalid("login", _("This name is taken. Please choose another one.")))
    if fault := password_faults(password, names=(login, name)):
        found.append(Invalid("password", fault))
    return found


def _new_account(login: str, password: str, *, name: str, at: datetime, email: str = "") -> Account:
    login = login.strip()
    for fault in faults_of(login, password, name=name):
        raise fault
    account = Account(id=uuid4(), index=of_name(login), made_at=at, changed_at=at)
    account.login, account.name = login, name
    account.email = email or None
    account.password = hashed(password)
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError as error:
        raise Invalid("login", _("This name is taken. Please choose another one.")) from error
    return account


@action(Action.INVITE_STAFF, over=Clinic)
def invite_staff(
    clinic: Clinic,
    *,
    who: Recruit,
    by: Viewer,
    at: datetime,
    key: UUID | None = None,
) -> StaffInvitation:
    """Invite a colleague by mail; their account starts with a second factor."""
    if not who.name.strip() or not who.email.strip():
        raise Invalid("email" if who.name.strip() else "name", "Give a name and an e-mail address.")
    check_email(who.email.strip())
    if not who.role.staff:
        raise Invalid("role", "Choose a role on the staff.")
    check_license(who.role, who.licensed)
    if Account.objects.filter(index=of_name(who.email)).exists():
        raise Invalid(
            "email",
            "Somebody signs in with this address already, and could never accept an invitation. "
            "Give them a role below; if they lost their phone and codes, let them in again there.",
        )
    row = StaffInvitation(clinic=clinic, role=who.role, licensed=who.licensed, made_by=by.person)
    row.name, row.email = who.name.strip(), who.email.strip()
    token = token_of(row.pk, generation=row.generation, purpose=STAFF_LINK)
    row.secret, row.made_at, row.expires_at = of_secret(token), at, at + VALID
    row.save(force_insert=True)
    outbox.put(Kind.INVITATION, at=at, clinic=clinic.pk, invitation=row.pk)
    return row


@action(Action.RUN_CLOCK, over=Clinic)
def _join_staff(invitation: StaffInvitation, *, password: str, by: Viewer, at: datetime) -> Account:
    _take(invitation, at=at)
    email = invitation.email
    account = _new_account(email, password, name=invitation.name, at=at, email=email)
    role, made_by = Role(invitation.role), invitation.made_by
    _appointed(account, invitation.clinic, role, invitation.licensed, made_by=made_by, at=at)
    return account


def accept_staff(invitation: StaffInvitation, *, password: str, at: datetime) -> Account:
    """Make the colleague's account and membership."""
    by = system(invitation.clinic_id)
    joined: Account = _join_staff(invitation, password=password, by=by, at=at)
    return joined


def _appointed(
    account: Account,
    clinic: Clinic,
    role: Role,
    licensed: bool,
    *,
    made_by: UUID | None = None,
    at: datetime,
) -> Membership:
    row, _ = Membership.objects.get_or_create(
        account=account,
        clinic=clinic,
        role=role,
        until=None,
        defaults={"licensed": licensed, "since": at, "made_by": made_by},
    )
    return row


@action(Action.RUN_CLOCK, over=Clinic)
def first_administrator(
    clinic: Clinic,
    *,
    who: Recruit,
    password: str,
    also: tuple[Role, ...] = (),
    by: Viewer,
    at: datetime,
) -> Account:
    """The account with which set-up begins; refused once the clinic has an administrator."""
    if Membership.objects.filter(role=Role.ADMINISTRATOR, until=None).exists():
        raise Invalid("clinic", "This clinic has an administrator, who can invite others.")
    email = who.email if is_address(who.email.strip()) else ""
    account = _new_account(who.email, password, name=who.name, at=at, email=email)
    for role in (Role.ADMINISTRATOR, *also):
        licensed = who.licensed and role is not Role.ADMINISTRATOR
        _appointed(account, clinic, role, licensed, at=at)
    return account
