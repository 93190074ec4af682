"""Who treats whom: joining and leaving a care team; the client and the safety lead are told."""

from datetime import datetime, timedelta
from uuid import UUID

from waymark.access.vocabulary import Action, Role, Viewer
from waymark.record.outbox import actions as outbox
from waymark.record.outbox.kind import Kind
from waymark.record.people.conduct import Invalid, action
from waymark.record.people.models import CareTeamMember, Duty, DutyKind, Membership, Patient

# Who gave themselves a seat waits this long before it opens anybody's record to them.
SECOND_THOUGHT = timedelta(hours=24)


@action(Action.MANAGE_CARE_TEAM)
def join_care_team(
    patient: Patient, *, clinician: Membership, primary: bool = False, by: Viewer, at: datetime
) -> CareTeamMember:
    """Put a clinician on the team; the client is told, and so is the safety lead."""
    check_clinician(clinician, patient)
    check_not_new(clinician, "clinician", by=by, at=at)
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
    _tell(patient, at=at)
    return row


def check_not_new(seat: Membership, field: str, *, by: Viewer, at: datetime) -> None:
    """Nobody opens records to themselves by a seat of today: a colleague does, or a day passes."""
    if seat.account_id == by.account and at < seat.since + SECOND_THOUGHT:
        raise Invalid(
            field,
            "You have this role for less than a day. Another administrator can do it now; you can "
            "tomorrow, and your clients and the safety lead are told.",
        )


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
    """Who is told of a change of the team: the client, once they have joined, and safety leads."""
    leads = Duty._base_manager.filter(
        clinic=patient.clinic_id, kind=DutyKind.SAFETY_LEAD, until=None
    )
    own = [patient.account_id] if patient.account_id else []
    return own, list(leads.values_list("membership__account", flat=True))


def _tell(patient: Patient, *, at: datetime) -> None:
    client, leads = heard_by(patient)
    for account in (*client, *leads):
        outbox.put(Kind.CARE_TEAM, at=at, clinic=patient.clinic_id, account=account)
