"""Who is here: clients with their team and way in, invitations, colleagues and their roles."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from uuid import UUID

from waymark.access.vocabulary import Action, Role, Viewer
from waymark.record.people.models import Contact, Invitation, StaffInvitation
from waymark.record.people.queries import Colleague, path_of, patients_for, staff_of, staff_path_of
from waymark.record.people.tokens import code_of
from waymark.record.tenancy.models import CareTeamMember, Patient, Supervision
from waymark.record.vault.apart import or_unreadable, unreadable
from waymark.record.vault.openings import comparing, note_opening


@dataclass(frozen=True, slots=True)
class Listed:
    """One client as the list of people shows them. Without the right to it, contact is empty."""

    patient: Patient
    name: str
    number: str
    phone: str
    email: str
    team: tuple[str, ...]
    invitation: UUID | None  # the one they have not used yet
    open_until: datetime | None  # None: it was used, or its days are over


def clients_of(viewer: Viewer, *, at: datetime) -> list[Listed]:
    """Everybody at the clinic whom the viewer may see, by name; the same few questions for all."""
    act = Action.READ_PEOPLE
    patients = list(patients_for(viewer, act))
    contacts = {
        row.patient_id: row for row in Contact.objects.visible_to(viewer, Action.READ_CONTACT)
    }
    teams = _teams(viewer, act)
    waiting = {
        row.patient_id: row
        for row in Invitation.objects.visible_to(viewer, act).filter(used_at=None)
    }
    found = [
        _listed(one, contacts.get(one.pk), teams.get(one.pk, ()), waiting.get(one.pk), at=at)
        for one in patients
    ]
    return sorted(found, key=lambda one: one.name.casefold())


def open_invitations(
    viewer: Viewer, action: Action, patients: Iterable[UUID]
) -> dict[UUID, Invitation]:
    """The invitation that each of these patients has not used yet; its days may be over."""
    rows = Invitation.objects.visible_to(viewer, action).filter(used_at=None)
    return {row.patient_id: row for row in rows.filter(patient__in=patients).order_by("made_at")}


def _teams(viewer: Viewer, action: Action) -> dict[UUID, tuple[str, ...]]:
    rows = (
        CareTeamMember.objects.visible_to(viewer, action)
        .filter(until=None, membership__until=None)
        .select_related("membership__account")
        .order_by("-primary", "since")
    )
    found: dict[UUID, tuple[str, ...]] = {}
    for row in rows:
        found[row.patient_id] = (*found.get(row.patient_id, ()), row.membership.account.name)
    return found


def _listed(
    patient: Patient,
    contact: Contact | None,
    team: tuple[str, ...],
    invitation: Invitation | None,
    *,
    at: datetime,
) -> Listed:
    still_open = invitation is not None and invitation.expires_at > at
    name, number, phone, email = or_unreadable(
        lambda: (
            patient.name,
            patient.number or "",
            (contact and contact.phone) or "",
            (contact and contact.email) or "",
        ),
        lambda: (unreadable(patient.audit_number), "", "", ""),
    )
    return Listed(
        patient=patient,
        name=name,
        number=number,
        phone=phone,
        email=email,
        team=team,
        invitation=invitation.pk if invitation else None,
        open_until=invitation.expires_at if invitation and still_open else None,
    )


@dataclass(frozen=True, slots=True)
class WayIn:
    """An invitation as it is handed over: the path of its link, and the code to type."""

    id: UUID
    patient: UUID
    name: str
    path: str
    code: str
    expires_at: datetime
    used: bool


def invitation_for(viewer: Viewer, action: Action, id: UUID) -> Invitation:
    """One invitation; DoesNotExist when absent or not the viewer's to see."""
    rows = Invitation.objects.visible_to(viewer, action)
    return rows.select_related("patient", "clinic").get(pk=id)


def ways_in(viewer: Viewer, action: Action, ids: Iterable[UUID]) -> list[WayIn]:
    """These invitations, ready to be shown or printed, in the order of the names."""
    rows = Invitation.objects.visible_to(viewer, action).filter(pk__in=list(ids))
    found = [_way_in(row) for row in rows.select_related("patient")]
    return sorted(found, key=lambda one: one.name.casefold())


def _way_in(row: Invitation) -> WayIn:
    return WayIn(
        id=row.pk,
        patient=row.patient_id,
        name=row.patient.name,
        path=path_of(row),
        code=code_of(row.pk, generation=row.generation),
        expires_at=row.expires_at,
        used=row.used_at is not None,
    )


@dataclass(frozen=True, slots=True)
class Namesake:
    """A client who is here already, by what a list could call them."""

    id: UUID
    name: str
    number: str
    zone: str


def known_already(viewer: Viewer) -> list[Namesake]:
    """The clients whom the viewer sees in any list, to find those who would come in twice."""
    return names_to_compare(viewer, Action.READ_PEOPLE, Action.READ_CASELOAD)


def names_to_compare(viewer: Viewer, *actions: Action) -> list[Namesake]:
    """Names and numbers of clients, to be held against a file: nobody looks at them.

    Those whom the file names are then shown, and noted with `shown`.
    """
    held: dict[UUID, Patient] = {}
    for action in actions:
        held |= {one.pk: one for one in patients_for(viewer, action)}
    with comparing():
        found = [or_unreadable(partial(_namesake, one), lambda: None) for one in held.values()]
    return [one for one in found if one is not None]


def _namesake(one: Patient) -> Namesake | None:
    return Namesake(one.pk, one.name, one.number or "", one.zone)


def shown(patients: Iterable[UUID]) -> None:
    """Note that these, who were found by comparing, are shown."""
    for one in set(patients):
        note_opening(one)


@dataclass(frozen=True, slots=True)
class Employed:
    """One colleague with every role they have or had here."""

    account: UUID
    name: str
    roles: tuple[Colleague, ...]

    @property
    def active(self) -> bool:
        return self.seats > 0

    @property
    def seats(self) -> int:
        """How many roles they have here now."""
        return sum(role.active for role in self.roles)


def colleagues_of(viewer: Viewer) -> list[Employed]:
    """Everybody on the staff, each once, those who work here now first."""
    roles: dict[UUID, list[Colleague]] = {}
    for one in staff_of(viewer):
        roles.setdefault(one.account, []).append(one)
    found = [Employed(account, held[0].name, tuple(held)) for account, held in roles.items()]
    return sorted(found, key=lambda one: (not one.active, one.name.casefold()))


@dataclass(frozen=True, slots=True)
class Recruited:
    """A colleague who was invited and has not come yet."""

    id: UUID
    name: str
    email: str
    role: Role
    path: str
    expires_at: datetime


def recruits_of(viewer: Viewer, *, at: datetime) -> list[Recruited]:
    """The open invitations of colleagues, the newest first."""
    rows = StaffInvitation.objects.of(viewer).filter(used_at=None, expires_at__gt=at)
    return [
        Recruited(
            id=row.pk,
            name=row.name,
            email=row.email,
            role=Role(row.role),
            path=staff_path_of(row),
            expires_at=row.expires_at,
        )
        for row in rows.order_by("-made_at")
    ]


@dataclass(frozen=True, slots=True)
class Pair:
    """A supervisor and a clinician they read along with, by membership and by name."""

    supervisor: UUID
    supervisee: UUID
    supervisor_name: str = field(compare=False)
    supervisee_name: str = field(compare=False)


def pairs_of(viewer: Viewer) -> list[Pair]:
    """Who reads along with whom now."""
    rows = Supervision.objects.of(viewer).filter(until=None)
    held = rows.select_related("supervisor__account", "supervisee__account").order_by("since")
    return [
        Pair(
            supervisor=row.supervisor_id,
            supervisee=row.supervisee_id,
            supervisor_name=row.supervisor.account.name,
            supervisee_name=row.supervisee.account.name,
        )
        for row in held
    ]


@dataclass(frozen=True, slots=True)
class ReadsAlong:
    """Somebody who may read a record because they supervise one who treats the person."""

    name: str
    whom: str


def supervisors_of(viewer: Viewer, action: Action, patient: Patient) -> list[ReadsAlong]:
    """Who supervises those who treat the patient now, by name."""
    team = CareTeamMember.objects.visible_to(viewer, action).filter(patient=patient, until=None)
    pairs = Supervision.objects.of(viewer).filter(
        until=None, supervisee__in=team.values("membership"), supervisor__until=None
    )
    held = pairs.select_related("supervisor__account", "supervisee__account")
    found = {(row.supervisor.account.name, row.supervisee.account.name) for row in held}
    return [ReadsAlong(*one) for one in sorted(found)]
