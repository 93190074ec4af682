"""Starting and ending an episode; marking that a meeting took place."""

from datetime import datetime
from uuid import UUID

from waymark.access.vocabulary import Action, Viewer
from waymark.library.answers import OLDEST
from waymark.record.episodes.models import Encounter, EncounterKind, Episode
from waymark.record.tenancy.action import Invalid, action
from waymark.record.tenancy.models import Patient, PatientState


@action(Action.MANAGE_EPISODE)
def start(patient: Patient, *, started_at: datetime, by: Viewer, at: datetime) -> Episode:
    """Open an episode; change is counted from its first score."""
    if started_at > at:
        raise Invalid("started_at", "An episode cannot start in the future.")
    if started_at < at - OLDEST:
        raise Invalid("started_at", "That is more than 30 years ago: look at the year.")
    if patient.state == PatientState.DISCHARGED:  # they came back; their sign-in was never closed
        _become(patient, PatientState.ACTIVE if patient.account_id else PatientState.INVITED)
    held = Episode.objects.filter(ended_at=None).first()
    return held or Episode.objects.create(
        patient=patient, clinic_id=patient.clinic_id, started_at=started_at
    )


@action(Action.MANAGE_EPISODE)
def discharge(episode: Episode, *, ended_at: datetime, by: Viewer, at: datetime) -> Episode:
    """End the episode; its scores stay, and a new one starts its own count."""
    if ended_at < episode.started_at or ended_at > at:
        raise Invalid("ended_at", "Choose a day between the start of care and today.")
    episode.ended_at = ended_at
    episode.save(update_fields=["ended_at"])
    _become(episode.patient, PatientState.DISCHARGED)
    return episode


def _become(patient: Patient, state: PatientState) -> None:
    patient.state = state
    patient.save(update_fields=["state"])


@action(Action.RECORD_ENCOUNTER)
def record_encounter(
    patient: Patient,
    *,
    kind: str,
    took_place_at: datetime,
    by: Viewer,
    at: datetime,
    key: UUID | None = None,
) -> Encounter:
    """Mark that a meeting took place."""
    if kind not in EncounterKind.values:
        raise Invalid("kind", f"Choose one of {', '.join(EncounterKind.values)}.")
    if took_place_at > at:
        raise Invalid("took_place_at", "A meeting is marked after it took place.")
    if took_place_at < at - OLDEST:
        raise Invalid("took_place_at", "That is more than 30 years ago: look at the year.")
    return Encounter.objects.create(
        patient=patient,
        clinic_id=patient.clinic_id,
        episode=Episode.objects.filter(ended_at=None).first(),
        kind=kind,
        took_place_at=took_place_at,
        marked_by_id=next(iter(sorted(by.memberships, key=str)), None),
        marked_at=at,
    )
