"""Who treats whom: joining and leaving a care team; the client and the safety lead are told."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from waymark.access.vocabulary import Action, Role, Viewer
from waymark.record.outbox import actions as outbox
from waymark.record.outbox.kind import Kind
from waymark.record.people.second_thought import check_not_new
from waymark.record.tenancy.action import Invalid, action
from waymark.record.tenancy.models import (
    CareTeamMember,
    Clinic,
    Duty,
    DutyKind,
    Membership,
    Patient,
)


@action(Action.MANAGE_CARE_TEAM)
def join_care_team(
    patient: Patient, *, clinician: Membership, primary: bool = False, by: Viewer, at: datetime
) -> CareTeamMember:
    """Put a clinician on the team; the client is told, and so is the safety lead."""
    check_clinician(clinician, patient)
    over = Patient._base_manager.filter(pk=patient.pk)
    check_not_new(clinician, "clinician", over=over, by=by, at=at)
    if primary:
        CareTeamMember.objects.filter(until=None, primary=True).update(primary=False)
    row, _ = CareTeamMember.objects.update_or_create(
        patient=patient,
        clinic_id=patient.clinic_id,
        membership=clinician,
        until=None,
        defaults={"primary": primary},
        create_defaults={"primary": primary, "since": at},
    )
    tell_of_reader(patient.clinic, patients=over, at=at)
    return row


def check_clinician(clinician: Membership, patient: Patient) -> None:
    """Only a clinician's own seat opens a client's record; Invalid for every other one."""
    here = clinician.clinic_id == patient.clinic_id and clinician.until is None
    if not here or clinician.role != Role.CLINICIAN:
        raise Invalid("clinician", "Choose a clinician who works here now.")


@action(Action.MANAGE_CARE_TEAM)
def end_care(patient: Patient, *, clinician: Membership, by: Viewer, at: datetime) -> int:
    """Take a clinician off the team from now on; returns how many rows ended."""
    return CareTeamMember.objects.filter(membership=clinician, until=None).update(until=at)


def heard_by(patient: Patient) -> tuple[list[UUID], list[UUID]]:
    """Who is told that somebody more reads it: the client, once they joined, and safety leads."""
    own = [patient.account_id] if patient.account_id else []
    return own, leads_of(patient.clinic_id)


def leads_of(clinic: UUID) -> list[UUID]:
    """The safety leads of a clinic now, by account."""
    held = Duty._base_manager.filter(clinic=clinic, kind=DutyKind.SAFETY_LEAD, until=None)
    return list(held.values_list("membership__account", flat=True))


def tell_leads(clinic: Clinic, *, at: datetime) -> None:
    """The safety leads hear that somebody has another role or duty, without who or which."""
    for account in leads_of(clinic.pk):
        outbox.put(Kind.STAFF_CHANGED, at=at, clinic=clinic.pk, account=account)


def tell_of_reader(clinic: Clinic, *, patients: QuerySet[Patient], at: datetime) -> None:
    """Somebody more reads these records: who joined as a client is told, and the safety leads."""
    joined = patients.exclude(account=None).order_by("made_at", "pk")
    for account in (*joined.values_list("account", flat=True), *leads_of(clinic.pk)):
        outbox.put(Kind.CARE_TEAM, at=at, clinic=clinic.pk, account=account)
