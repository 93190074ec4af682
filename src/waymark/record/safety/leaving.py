"""When a colleague leaves, a team or the clinic: no concern stays with somebody out of reach."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from waymark.access.decide import decide
from waymark.access.vocabulary import Action, Role, Viewer, system
from waymark.record.people import actions as people
from waymark.record.people.actions.staff import end_seat, end_work
from waymark.record.people.conduct import action
from waymark.record.people.models import Clinic, Membership, Patient
from waymark.record.people.queries import TREATING
from waymark.record.people.relations import relations_of
from waymark.record.safety.actions import release
from waymark.record.safety.models import Concern, ConcernState


@action(Action.MANAGE_STAFF, over=Clinic)
def deactivate(clinic: Clinic, *, account: UUID, by: Viewer, at: datetime) -> int:
    """End all work of an account here, at once; returns how many open concerns it freed.

    Each of them has no owner now, is due anew, and the responders are told; the banner stays until
    somebody takes it. All of it happens, or none.
    """
    held = end_work(clinic, account=account, by=by, at=at)
    _open_ones(clinic).filter(offered_to__in=held).update(offered_to=None)
    return _freed(clinic, at=at)


@action(Action.MANAGE_STAFF, over=Clinic)
def end_role(clinic: Clinic, *, membership: UUID, by: Viewer, at: datetime) -> int:
    """End one role of a colleague, at once; returns how many open concerns it freed."""
    held = end_seat(clinic, membership=membership, by=by, at=at)
    _open_ones(clinic).filter(offered_to=held).update(offered_to=None)
    return _freed(clinic, at=at)


@action(Action.MANAGE_CARE_TEAM)
def leave_team(patient: Patient, *, clinician: Membership, by: Viewer, at: datetime) -> int:
    """Take a clinician off a care team; returns how many open concerns it freed."""
    people.end_care(patient, clinician=clinician, by=by, at=at)
    return _freed(patient.clinic, at=at)


@action(Action.MANAGE_STAFF, over=Clinic)
def end_supervision(
    clinic: Clinic, *, supervisor: UUID, supervisee: UUID, by: Viewer, at: datetime
) -> int:
    """Let a supervisor read along no more; returns how many open concerns it freed."""
    people.end_supervision(clinic, supervisor=supervisor, supervisee=supervisee, by=by, at=at)
    return _freed(clinic, at=at)


@action(Action.MANAGE_SAFETY, over=Clinic)
def hand_duties(
    clinic: Clinic,
    *,
    safety_lead: Membership,
    primary: Membership,
    backup: Membership | None,
    by: Viewer,
    at: datetime,
) -> int:
    """Name the responders; returns how many open concerns of those before them it freed."""
    people.set_duties(clinic, safety_lead=safety_lead, primary=primary, backup=backup, by=by, at=at)
    return _freed(clinic, at=at)


def _freed(clinic: Clinic, *, at: datetime) -> int:
    """Release every open concern whose owner could not work on it any more."""
    owned = _open_ones(clinic).exclude(owner=None).select_related("patient", "clinic", "owner")
    stranded = [concern for concern in owned if not _workable(concern)]
    for concern in stranded:
        release(concern, by=system(clinic.pk), at=at)
    return len(stranded)


def _workable(concern: Concern) -> bool:
    """Whether its owner may still work on it, by the policy itself."""
    if concern.owner is None or concern.owner.until is not None:
        return False
    owner = _viewer(concern.owner)
    return decide(owner, Action.WORK_CONCERN, relations_of(owner, concern.patient)).allowed


def _viewer(owner: Membership) -> Viewer:
    """Whoever owns it, in all the roles they have at this clinic now."""
    held = list(
        Membership._base_manager.filter(
            account=owner.account_id, clinic=owner.clinic_id, until=None
        )
    )
    return Viewer(
        account=owner.account_id,
        clinic=owner.clinic_id,
        roles=frozenset(Role(one.role) for one in held),
        memberships=frozenset(one.pk for one in held),
        licensed=any(one.licensed for one in held if one.role in TREATING),
    )


def _open_ones(clinic: Clinic) -> QuerySet[Concern]:
    return Concern._base_manager.filter(clinic=clinic).exclude(state=ConcernState.CLOSED)
