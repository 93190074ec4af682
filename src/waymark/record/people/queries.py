"""Questions about people: who is asking, whom they may see, who treats whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext, gettext_noop

from waymark.access.decide import decide, reach
from waymark.access.vocabulary import Action, Event, Relation, Role, Viewer
from waymark.record.audit.models import COMPARED, AuditVerdict, Line
from waymark.record.audit.queries import events_of, lines_about
from waymark.record.people.addresses import is_address
from waymark.record.people.models import Contact, Invitation, Proof, StaffInvitation
from waymark.record.people.tokens import (
    CLIENT_LINK,
    EMAIL_LINK,
    RESET_LINK,
    STAFF_LINK,
    same,
    token_of,
)
from waymark.record.prepared import Prepared
from waymark.record.tenancy.days import date_of
from waymark.record.tenancy.models import (
    Account,
    CareTeamMember,
    Clinic,
    Duty,
    Membership,
    Patient,
)
from waymark.record.tenancy.own import own_row
from waymark.record.tenancy.relations import relations_of
from waymark.record.tenancy.row_security import across_clinics, clinic_only
from waymark.record.tenancy.scope import everyone, once
from waymark.record.vault.index import of_name, of_secret
from waymark.record.vault.keyring import NO_CLINIC

NotFound = Patient.DoesNotExist
EMAIL_VALID = timedelta(days=3)  # after joining, and after asking for a new mail
TREATING = {Role.CLINICIAN, Role.SUPERVISOR}  # a license counts in these roles


class NoSeat(Exception):
    """The account has no place at any clinic right now."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One place from which an account may look: a clinic's staff, or a patient of a clinic."""

    clinic: UUID
    clinic_name: str
    staff: bool

    @property
    def id(self) -> str:
        return seat_id(self.clinic, self.staff)


def seat_id(clinic: UUID, staff: bool) -> str:
    """The word for one seat, as a session keeps it."""
    return f"{'staff' if staff else 'client'}:{clinic}"


@dataclass(frozen=True, slots=True)
class _Places:
    """Where an account may look from: what it does at clinics, and its own records."""

    work: list[Membership]
    own: dict[UUID, tuple[UUID, bool]]  # clinic to patient, and whether nobody confirmed them yet

    def seats(self) -> list[tuple[UUID, bool]]:
        """Each clinic, and whether as its staff; staff first."""
        work = sorted({one.clinic_id for one in self.work}, key=str)
        return [(clinic, True) for clinic in work] + [(clinic, False) for clinic in self.own]


def _places_of(account: UUID) -> _Places:
    own = {clinic: (pk, waits) for clinic, pk, waits in _own(account=account)}
    return _Places(_work(account=account), own)


@Prepared
def _work(*, account: UUID) -> QuerySet[Membership]:
    return Membership._base_manager.filter(account=account, until=None)


@Prepared
def _own(*, account: UUID) -> QuerySet[Patient, tuple[UUID, UUID, bool]]:
    held = Patient._base_manager.filter(account=account)
    return held.values_list("clinic_id", "pk", "unconfirmed")


def seats_of(account: UUID) -> list[Seat]:
    """Every seat of an account, staff first."""
    with clinic_only(None, account=account):
        seats = _places_of(account).seats()
        held = Clinic.objects.filter(pk__in={clinic for clinic, _ in seats})
        names = dict(held.values_list("pk", "name"))
    return [Seat(clinic, names[clinic], staff) for clinic, staff in seats]


def viewer_of(account: UUID, *, seat: str | None = None) -> Viewer:
    """The viewer in the chosen seat, or in the first one. Raises NoSeat."""
    with clinic_only(None, account=account):
        places = _places_of(account)
    seats = places.seats()
    if not seats:
        raise NoSeat("this account has no place at a clinic")
    clinic, staff = next((one for one in seats if seat_id(*one) == seat), seats[0])
    if staff:
        return _staff_viewer(account, clinic, places.work)
    patient, waits = places.own[clinic]
    return Viewer(
        account=account,
        clinic=clinic,
        roles=frozenset({Role.PATIENT}),
        patient=patient,
        unconfirmed=waits,
    )


def _staff_viewer(account: UUID, clinic: UUID, work: list[Membership]) -> Viewer:
    held = [one for one in work if one.clinic_id == clinic]
    return Viewer(
        account=account,
        clinic=clinic,
        roles=frozenset(Role(m.role) for m in held),
        memberships=frozenset(m.pk for m in held),
        licensed=any(m.licensed for m in held if m.role in TREATING),
    )


def colleague(account: UUID, *, clinic: UUID) -> Viewer:
    """Who an account is at one clinic now; somebody of no role, once they left it.

    For work that they began and that is carried out later: access is asked anew.
    """
    with clinic_only(None, account=account):
        if Account.objects.filter(pk=account, is_active=True).exists():
            return _staff_viewer(account, clinic, _places_of(account).work)
    return Viewer(account=account, clinic=clinic, roles=frozenset())


def account_by_login(login: str) -> Account | None:
    """The account with this sign-in name or e-mail, found by its blind index."""
    return Account.objects.filter(index=of_name(login)).first()


def account(id: UUID) -> Account:
    return Account.objects.get(pk=id)


def clinic_of(viewer: Viewer) -> Clinic:
    """The clinic of the viewer's seat."""
    id = viewer.clinic or NO_CLINIC
    return once(("clinic", id), lambda: _clinic(id=id)[0])


@Prepared
def _clinic(*, id: UUID) -> QuerySet[Clinic]:
    return Clinic.objects.filter(pk=id)


def zone_of(viewer: Viewer) -> str:
    """By which clock the viewer lives: a client's own, for staff that of the clinic."""
    own = own_row(viewer)
    return str(own.zone if own else clinic_of(viewer).zone)


def all_clinics() -> list[Clinic]:
    """Every clinic of this installation, for the clock."""
    return list(Clinic.objects.order_by("made_at"))


def patients_for(viewer: Viewer, action: Action) -> QuerySet[Patient]:
    """The patients over whom the viewer may take the action."""
    return Patient.objects.visible_to(viewer, action)


def patient_for(viewer: Viewer, action: Action, id: UUID) -> Patient:
    """One patient; NotFound when absent, deleted or not visible, which look the same."""
    found = _patient(viewer, action, id=id)
    if not found:
        raise NotFound
    return found[0]


@Patient.objects.prepared
def _patient(rows: QuerySet[Patient], *, id: UUID) -> QuerySet[Patient]:
    return rows.filter(pk=id)


def own_patient(viewer: Viewer, action: Action) -> Patient:
    """The viewer's own record. Raises NotFound where the action is not over oneself."""
    own = own_row(viewer) if Relation.SELF in reach(viewer, action) else None
    if own is None:
        raise NotFound
    return own


def contact_of(viewer: Viewer, action: Action, patient: Patient) -> Contact | None:
    return Contact.objects.visible_to(viewer, action).filter(patient=patient).first()


def one_at_a_time_of(viewer: Viewer, action: Action, patient: Patient) -> str:
    """How the client likes to be asked: "always" or "never" one at a time, or as it fits: ""."""
    own = Contact.objects.visible_to(viewer, action).filter(patient=patient)
    return own.values_list("one_at_a_time", flat=True).first() or ""


@dataclass(frozen=True, slots=True)
class Colleague:
    """One person on the staff, as colleagues and clients see them."""

    membership: UUID
    account: UUID
    name: str
    role: Role
    licensed: bool  # in a role that treats: in another one a license counts for nothing
    active: bool


def staff_of(viewer: Viewer) -> list[Colleague]:
    """Everybody who works, or worked, at the viewer's clinic, by name."""
    rows = Membership.objects.of(viewer).select_related("account")
    return sorted((_colleague(row) for row in rows), key=lambda c: (not c.active, c.name, c.role))


def _colleague(row: Membership) -> Colleague:
    return Colleague(
        membership=row.pk,
        account=row.account_id,
        name=row.account.name,
        role=Role(row.role),
        licensed=row.licensed and Role(row.role) in TREATING,
        active=row.until is None and row.account.is_active,
    )


def working_at(clinic: UUID) -> set[UUID]:
    """The accounts of everybody who works at a clinic now."""
    rows = Membership._base_manager.filter(clinic=clinic, until=None, account__is_active=True)
    return set(rows.values_list("account", flat=True))


def membership_of(viewer: Viewer, id: UUID) -> Membership:
    """One membership at the viewer's clinic."""
    return Membership.objects.of(viewer).select_related("account").get(pk=id)


def reached_by(viewer: Viewer, action: Action) -> set[UUID]:
    """The patients over whom the viewer may take this action: what a list may offer of each."""
    return set(Patient.objects.visible_to(viewer, action).values_list("pk", flat=True))


def rights_over(viewer: Viewer, patient: Patient) -> frozenset[Action]:
    """Everything that the viewer may do over this one person: what a page about them may offer."""
    held = relations_of(viewer, patient)
    return frozenset(action for action in Action if decide(viewer, action, held).allowed)


def care_team_of(viewer: Viewer, action: Action, patient: Patient) -> list[Colleague]:
    """Who treats the patient now, the primary clinician first."""
    return [_colleague(row.membership) for row in _team(viewer, action, patient=patient.pk)]


@CareTeamMember.objects.prepared
def _team(rows: QuerySet[CareTeamMember], *, patient: UUID) -> QuerySet[CareTeamMember]:
    held = rows.filter(patient=patient, until=None).select_related("membership__account")
    return held.order_by("-primary", "since")


def duties_of(clinic: Clinic) -> dict[str, list[Colleague]]:
    """The named responders of a clinic, by kind of duty."""
    found: dict[str, list[Colleague]] = {}
    rows = Duty._base_manager.filter(clinic=clinic, until=None).select_related(
        "membership__account"
    )
    with clinic_only(clinic.pk):
        for row in rows.order_by("since"):
            if row.membership.until is None and row.membership.account.is_active:
                found.setdefault(row.kind, []).append(_colleague(row.membership))
    return found


def names_of(accounts: Iterable[UUID]) -> dict[UUID, str]:
    """The names of staff and clients by account id, for logs that hold ids only."""
    return {row.pk: row.name for row in Account.objects.filter(pk__in=set(accounts))}


def invitation_by(*, token: str = "", code: str = "", at: datetime) -> Invitation | None:
    """The invitation that a link's token, or a printed code, opens, while it is open."""
    wanted: dict[str, Any] = {"secret": of_secret(token)} if token else {"code": of_secret(code)}
    with (
        across_clinics(),
        everyone("an invitation is opened by its token, before there is a viewer"),
    ):
        found = Invitation.objects.filter(**wanted, used_at=None, expires_at__gt=at)
        return found.select_related("patient", "clinic").first()


def staff_invitation_by(*, token: str, at: datetime) -> StaffInvitation | None:
    with (
        across_clinics(),
        everyone("an invitation is opened by its token, before there is a viewer"),
    ):
        found = StaffInvitation.objects.filter(
            secret=of_secret(token), used_at=None, expires_at__gt=at
        )
        return found.select_related("clinic").first()


def active_account(id: UUID) -> Account | None:
    """The account, unless it was deactivated: asked on every request, so it binds the next one."""
    return next(iter(_active(id=id)), None)


@Prepared
def _active(*, id: UUID) -> QuerySet[Account]:
    return Account.objects.filter(pk=id, is_active=True)


def link_of_invitation(id: UUID) -> str | None:
    """The path by which a client's or colleague's invitation is opened."""
    with across_clinics(), everyone("the outbox writes the link of an invitation into its mail"):
        row = Invitation.objects.filter(pk=id).first()
        if row is not None:
            return path_of(row)
        staff = StaffInvitation.objects.filter(pk=id).first()
    return staff_path_of(staff) if staff else None


def path_of(row: Invitation) -> str:
    """The path by which a client comes in."""
    return f"/join/{token_of(row.pk, generation=row.generation, purpose=CLIENT_LINK)}/"


def staff_path_of(row: StaffInvitation) -> str:
    """The path by which a colleague comes in."""
    return f"/join/staff/{token_of(row.pk, generation=row.generation, purpose=STAFF_LINK)}/"


def link_of_reset(id: UUID) -> str:
    """The path by which a reset is opened."""
    return f"/account/reset/{id}/{token_of(id, generation=1, purpose=RESET_LINK)}/"


def opens_reset(id: UUID, token: str) -> bool:
    return same(token_of(id, generation=1, purpose=RESET_LINK), token)


def link_of_email(id: UUID) -> str:
    """The path by which somebody says that the address they sign in with is theirs."""
    return f"/account/email/{id}/{token_of(id, generation=1, purpose=EMAIL_LINK)}/"


def opens_email(id: UUID, token: str, *, at: datetime) -> bool:
    """Whether this is the link by which that account confirms its address, and still in time."""
    if not same(token_of(id, generation=1, purpose=EMAIL_LINK), token):
        return False
    fresh = Q(made_at__gt=at - EMAIL_VALID) | Q(asked_email_at__gt=at - EMAIL_VALID)
    held = Account.objects.filter(fresh, pk=id, is_active=True)
    return any(is_address(str(row.login)) for row in held)


def address_to_confirm(account: Account) -> str:
    """The address they sign in with, as long as they have not said that it is theirs."""
    login = str(account.login)
    return login if is_address(login) and account.email != login else ""


def login_of_account(id: UUID) -> str:
    """The sign-in name; for the one mail that asks whether it is an address of theirs."""
    row = Account.objects.filter(pk=id, is_active=True).first()
    return str(row.login) if row and is_address(str(row.login)) else ""


def address_of_account(id: UUID) -> str:
    """Where an account's mail goes, or nothing."""
    row = Account.objects.filter(pk=id).first()
    return str(row.email or "") if row else ""


def address_of_invitation(id: UUID) -> str:
    """Where an invitation's mail goes; opening a client's address is watched by the caller."""
    with across_clinics(), everyone("the outbox sends an invitation to its address"):
        staff = StaffInvitation.objects.filter(pk=id).first()
        if staff is not None:
            return str(staff.email)
        row = Invitation.objects.filter(pk=id).first()
        contact = Contact.objects.filter(patient=row.patient_id).first() if row else None
    return str((contact and contact.email) or "")


def resets_by_mail(patient: Patient) -> bool:
    """Whether this client can set a forgotten password anew by mail: they confirmed an address.

    The one that staff wrote down for reaching them plays no part.
    """
    if patient.account_id is None:
        return False
    held = Account.objects.filter(pk=patient.account_id, is_active=True)
    return held.exclude(email=None).exists()


def clinic_by(id: UUID) -> Clinic | None:
    return Clinic.objects.filter(pk=id).first()


@dataclass(frozen=True, slots=True)
class Access:
    """What one person did or read on one day, in words, with how many times."""

    name: str
    words: str
    at: datetime
    times: int
    by_nobody: bool  # a routine task, that no person did or read


ROUTINE = frozenset({Action.RUN_CLOCK, Action.FIT_COURSE})
OF_LONG_AGO = gettext_noop(
    "used your record"
)  # what an older version wrote, and this one has no name for


def _to_client(action: str, *, look: bool) -> str:
    """What the client reads; whoever opened a page did nothing yet."""
    if action not in set(Action):
        return OF_LONG_AGO
    return Action(action).look_to_client if look else Action(action).to_client


def accesses_of(patient: Patient, *, since: datetime) -> list[Access]:
    """Who looked at the patient's record, newest first; the patient's own visits are left out.

    So is whoever saw nothing of it: who was refused, or whose list was compared with the names.
    """
    own = str(patient.account_id)
    lines = [line for line in lines_about(patient.audit_number, since=since) if line.by != own]
    lines = [one for one in lines if one.verdict != AuditVerdict.REFUSED and one.reason != COMPARED]
    lines = [one for one in lines if one.action not in set(Event)]  # they stand apart
    names = names_of(UUID(line.by) for line in lines if line.by != Role.SYSTEM)
    grouped: dict[tuple[date, str, str, bool], list[Line]] = {}
    for line in lines:
        day = date_of(line.at, zone=patient.zone)
        look = line.verdict == AuditVerdict.READ
        grouped.setdefault((day, line.by, line.action, look), []).append(line)
    itself, somebody = gettext("The portal itself"), gettext("Somebody")
    return [
        Access(
            name=itself if by == Role.SYSTEM else names.get(UUID(by), somebody),
            words=_to_client(action, look=look),
            at=held[0].at,
            times=len(held),
            by_nobody=action in ROUTINE,
        )
        for (_, by, action, look), held in grouped.items()
    ]


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened to a client's own way in."""

    event: Event
    at: datetime


def own_events(patient: Patient, *, since: datetime) -> list[Happening]:
    """Sign-ins, tries, and changes of the client's own way in, newest first."""
    rows = events_of(patient.audit_number, since=since)
    return [Happening(Event(row.action), row.at) for row in rows]


def proofs_of(clinic: Clinic) -> set[str]:
    """Which parts of the set-up were proven."""
    with clinic_only(clinic.pk):
        rows = Proof._base_manager.filter(clinic=clinic)
        return set(rows.values_list("kind", flat=True))
