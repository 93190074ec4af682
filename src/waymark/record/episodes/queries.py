"""Questions about episodes and meetings."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, QuerySet

from waymark.access.vocabulary import Action, Viewer
from waymark.record.episodes.models import Encounter, Episode
from waymark.record.tenancy.scope import once, whom

SHOWN = 5  # meetings on a client's page


def current_episodes(
    viewer: Viewer, action: Action, patients: Iterable[UUID]
) -> dict[UUID, Episode]:
    """The open episode of each patient who has one."""
    whose = tuple(sorted(set(patients)))
    about = ("episodes", viewer, whom(viewer, action), whose)
    return once(
        about, lambda: {row.patient_id: row for row in _current(viewer, action, patients=whose)}
    )


@Episode.objects.prepared
def _current(rows: QuerySet[Episode], *, patients: tuple[UUID, ...]) -> QuerySet[Episode]:
    return rows.filter(patient__in=patients, ended_at=None).select_related("patient")


def ended_episodes(viewer: Viewer, action: Action) -> dict[UUID, UUID]:
    """The patient of every episode that has ended, by the episode."""
    rows = Episode.objects.visible_to(viewer, action).exclude(ended_at=None)
    return dict(rows.values_list("pk", "patient"))


def last_encounters(viewer: Viewer, action: Action, patient: UUID) -> list[Encounter]:
    """The last meetings of a patient, newest first, as many as their page shows."""
    return _last(viewer, action, patient=patient)


@Encounter.objects.prepared
def _last(rows: QuerySet[Encounter], *, patient: UUID) -> QuerySet[Encounter]:
    return rows.filter(patient=patient).order_by("-took_place_at")[:SHOWN]


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
