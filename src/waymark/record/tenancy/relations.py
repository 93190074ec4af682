"""How a viewer stands to one patient or one clinic; the ruling that agrees with `scope`'s rows."""

from waymark.access.vocabulary import Relation, Role, Viewer
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
    team = set(
        CareTeamMember._base_manager.filter(patient=patient, until=None).values_list(
            "membership_id", flat=True
        )
    )
    found: set[Relation] = set()
    if team & viewer.memberships:
        found.add(Relation.CARE_TEAM)
    if Supervision._base_manager.filter(
        supervisor__in=viewer.memberships, supervisee__in=team, until=None
    ).exists():
        found.add(Relation.SUPERVISEE)
    if Duty._base_manager.filter(
        membership__in=viewer.memberships, clinic=patient.clinic_id, until=None
    ).exists():
        found.add(Relation.ON_DUTY)
    return found


def relations_to(viewer: Viewer, clinic: Clinic) -> frozenset[Relation]:
    """Every relation that holds between the viewer and the clinic itself."""
    if viewer.clinic != clinic.pk:
        return frozenset()
    if Role.SYSTEM in viewer.roles:
        return frozenset({Relation.CLOCK})
    return frozenset({Relation.CLINIC})
