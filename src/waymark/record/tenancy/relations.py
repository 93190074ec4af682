"""How a viewer stands to one patient or one clinic; the ruling that agrees with `scope`'s rows."""

from uuid import UUID

from django.db.models import QuerySet

from waymark.access.vocabulary import Relation, Role, Viewer
from waymark.record.prepared import Prepared
from waymark.record.tenancy.models import CareTeamMember, Clinic, Duty, Patient, Supervision


def relations_of(viewer: Viewer, patient: Patient) -> frozenset[Relation]:
    """Every relation that holds between the viewer and the patient. None across clinics."""
    if viewer.clinic != patient.clinic_id:
        return frozenset()
    if Role.SYSTEM in viewer.roles:
        return frozenset({Relation.CLOCK})
    found = {Relation.CLINIC}
    if viewer.patient == patient.pk:
        found.add(Relation.SELF)
    if viewer.memberships:
        found |= _through_work(viewer, patient)
    return frozenset(found)


def _through_work(viewer: Viewer, patient: Patient) -> set[Relation]:
    team = set(_team(patient=patient.pk))
    found: set[Relation] = set()
    if team & viewer.memberships:
        found.add(Relation.CARE_TEAM)
    if _supervised(by=tuple(viewer.memberships), team=tuple(team)):
        found.add(Relation.SUPERVISEE)
    if _on_duty(by=tuple(viewer.memberships), clinic=patient.clinic_id):
        found.add(Relation.ON_DUTY)
    return found


@Prepared
def _team(*, patient: UUID) -> QuerySet[CareTeamMember, UUID]:
    held = CareTeamMember._base_manager.filter(patient=patient, until=None)
    return held.values_list("membership_id", flat=True)


@Prepared
def _supervised(*, by: tuple[UUID, ...], team: tuple[UUID, ...]) -> QuerySet[Supervision, int]:
    pairs = Supervision._base_manager.filter(supervisor__in=by, supervisee__in=team, until=None)
    return pairs.values_list("pk", flat=True)[:1]


@Prepared
def _on_duty(*, by: tuple[UUID, ...], clinic: UUID) -> QuerySet[Duty, int]:
    duties = Duty._base_manager.filter(membership__in=by, clinic=clinic, until=None)
    return duties.values_list("pk", flat=True)[:1]


def relations_to(viewer: Viewer, clinic: Clinic) -> frozenset[Relation]:
    """Every relation that holds between the viewer and the clinic itself."""
    if viewer.clinic != clinic.pk:
        return frozenset()
    if Role.SYSTEM in viewer.roles:
        return frozenset({Relation.CLOCK})
    return frozenset({Relation.CLINIC})
