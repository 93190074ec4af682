"""Which expected courses are in force, with whom one is open, and which flags were answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from waymark.access.vocabulary import Action, Viewer
from waymark.progress.course.expected import ExpectedCourse, cold_phq9
from waymark.progress.course.expected_file import course_of
from waymark.progress.course.projection import Flagged
from waymark.record.expected.actions import VERSION
from waymark.record.expected.models import FittedCourse, FlagAnswer, IntendedUse, Opening

Named = tuple[str, str]
"""Instrument and scale."""


@dataclass(frozen=True, slots=True)
class InForce:
    """A course and since when; None for a cold start. ``chances``: probabilities may be told."""

    course: ExpectedCourse
    fitted_at: datetime | None
    chances: bool


@FittedCourse.objects.prepared
def _fitted(rows: QuerySet[FittedCourse]) -> QuerySet[FittedCourse, Any]:
    """The live ones, each with whether its clinic accepted the use after it was fitted."""
    use = IntendedUse._base_manager.filter(
        clinic=OuterRef("clinic"),
        ended_at=None,
        version=VERSION,
        accepted_at__gte=OuterRef("fitted_at"),
    )
    return rows.filter(live=True).annotate(chances=Exists(use))


def in_force(viewer: Viewer) -> dict[Named, InForce]:
    """Of the viewer's clinic, by instrument and scale. Where nothing was fitted, the cold starts
    that published summaries allow. Chances may be told where the use was accepted after the fit."""
    cold = cold_phq9()
    found = {(cold.instrument, cold.scale): InForce(cold, None, chances=False)}
    for row in _fitted(viewer):
        named = row.instrument, row.scale
        found[named] = InForce(course_of(row.figures), row.fitted_at, chances=row.chances)
    return found


def accepted(viewer: Viewer) -> IntendedUse | None:
    """The live acceptance of the words that stand now."""
    return IntendedUse.objects.of(viewer).filter(ended_at=None, version=VERSION).first()


def opening_of(viewer: Viewer, action: Action, patient: UUID) -> Opening | None:
    """What the client asked for, and whether it is open."""
    return next(iter(_openings(viewer, action, patient=patient)), None)


@Opening.objects.prepared
def _openings(rows: QuerySet[Opening], *, patient: UUID) -> QuerySet[Opening]:
    return rows.filter(patient=patient, closed_at=None).order_by("pk")[:1]


@dataclass(frozen=True, slots=True)
class Answered:
    """The newest answer to a flag of one series, opened; ``score`` is the one it stood on."""

    score: UUID
    did: str
    words: str
    at: datetime
    by: UUID
    flagged: Flagged


@FlagAnswer.objects.prepared
def _flag_answers(
    rows: QuerySet[FlagAnswer], *, patients: tuple[UUID, ...]
) -> QuerySet[FlagAnswer]:
    return rows.filter(patient__in=patients).order_by("at", "pk")


def answered_flags(
    viewer: Viewer, action: Action, patients: Iterable[UUID]
) -> dict[UUID, dict[Named, Answered]]:
    """The newest answer of each series, by patient."""
    found: dict[UUID, dict[Named, Answered]] = {}
    for row in _flag_answers(viewer, action, patients=tuple(patients)):
        held = found.setdefault(row.patient_id, {})
        held[row.instrument, row.scale] = _answered(row)
    return found


def _answered(row: FlagAnswer) -> Answered:
    body = row.body
    flagged = Flagged(week=int(body["week"]), p_deterioration=float(body["chance"]))
    return Answered(row.last_score, body["did"], body["words"], row.at, row.by, flagged)
