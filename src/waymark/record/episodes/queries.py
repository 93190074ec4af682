"""Questions about episodes and meetings."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, QuerySet

from waymark.access.vocabulary import Action, Viewer
from waymark.record.episodes.models import Encounter, Episode
from waymark.record.tenancy.scope import once, whom


def current_episodes(
    viewer: Viewer, action: Action, patients: Iterable[UUID]
) -> dict[UUID, Episode]:
    """The open episode of each patient who has one."""
    whose = frozenset(patients)
    about = ("episodes", viewer, whom(viewer, action), whose)
    return once(about, lambda: _current(viewer, action, whose))


def _current(viewer: Viewer, action: Action, patients: Collection[UUID]) -> dict[UUID, Episode]:
    rows = Episode.objects.visible_to(viewer, action).select_related("patient")
    return {row.patient_id: row for row in rows.filter(patient__in=patients, ended_at=None)}


def ended_episodes(viewer: Viewer, action: Action) -> dict[UUID, UUID]:
    """The patient of every episode that has ended, by the episode."""
    rows = Episode.objects.visible_to(viewer, action).exclude(ended_at=None)
    return dict(rows.values_list("pk", "patient"))


def encounters_of(viewer: Viewer, action: Action, patient: UUID) -> QuerySet[Encounter]:
    """The meetings of a patient, newest first."""
    rows = Encounter.objects.visible_to(viewer, action)
    return rows.filter(patient=patient).order_by("-took_place_at")


def meeting_counts(viewer: Viewer, action: Action, patients: Iterable[UUID]) -> dict[UUID, int]:
    """How many meetings each patient had in the open episode."""
    rows = Encounter.objects.visible_to(viewer, action).filter(
        patient__in=patients, episode__ended_at=None
    )
    return dict(rows.values_list("patient").annotate(n=Count("pk")).order_by())


def last_meetings(viewer: Viewer, action: Action) -> dict[UUID, datetime]:
    """When each patient last met somebody."""
    rows = Encounter.objects.visible_to(viewer, action)
    return dict(rows.values_list("patient").annotate(last=Max("took_place_at")).order_by())
