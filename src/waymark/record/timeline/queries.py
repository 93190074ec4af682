"""A person's record as the engine reads it, and what the engine finds, for a viewer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from waymark.access.vocabulary import Action, Viewer
from waymark.library.instrument import Scale
from waymark.library.instruments import INSTRUMENTS
from waymark.progress.engine import judge
from waymark.progress.signal import Finding
from waymark.progress.timeline import Point, Series, Source, Timeline
from waymark.record.assessments.models import Mode
from waymark.record.assessments.queries import Taken, scores_for
from waymark.record.episodes.queries import current_episodes
from waymark.record.timeline.models import Remark

SOURCES = {
    Mode.SELF: Source.SELF,
    Mode.PAPER: Source.STAFF,
    Mode.PHONE: Source.STAFF,
    Mode.IMPORTED: Source.IMPORTED,
}


@dataclass(frozen=True, slots=True)
class Course:
    """One person's scores on one scale, the series the engine reads, and what it found."""

    series: Series
    taken: tuple[Taken, ...]
    findings: tuple[Finding, ...]

    @property
    def instrument(self) -> str:
        return self.series.instrument_id

    @property
    def scale(self) -> Scale:
        return self.series.scale

    @property
    def last(self) -> Taken:
        return self.taken[-1]


def courses_of(viewer: Viewer, action: Action, patient: UUID) -> tuple[Course, ...]:
    """Every course of one patient, the one answered last first."""
    return courses_for(viewer, action, [patient]).get(patient, ())


def courses_for(
    viewer: Viewer, action: Action, patients: Iterable[UUID]
) -> dict[UUID, tuple[Course, ...]]:
    """The courses of many patients, with one question for all of their scores."""
    wanted = list(patients)
    episodes = current_episodes(viewer, action, wanted)
    series: dict[UUID, dict[tuple[str, str], list[Taken]]] = {}
    for taken in scores_for(viewer, action, wanted):
        if taken.value is not None:
            held = series.setdefault(taken.patient, {})
            held.setdefault((taken.instrument, taken.scale), []).append(taken)
    return {
        patient: _courses(found, episodes[patient].started_at if patient in episodes else None)
        for patient, found in series.items()
    }


def _courses(
    found: dict[tuple[str, str], list[Taken]], started: datetime | None
) -> tuple[Course, ...]:
    courses = [_course(*named, rows, started) for named, rows in found.items()]
    return tuple(sorted(courses, key=lambda one: one.last.taken_at, reverse=True))


def _course(instrument: str, scale: str, rows: list[Taken], started: datetime | None) -> Course:
    series = Series(
        instrument_id=instrument,
        scale=INSTRUMENTS[instrument].scale(scale),
        points=tuple(_point(row) for row in rows),
        started=started.date() if started else None,
    )
    return Course(series, tuple(rows), judge(Timeline(series=(series,))))


def _point(row: Taken) -> Point:
    return Point(
        at=row.for_date,
        value=row.value or 0.0,
        exact=row.exact,
        prorated=row.prorated,
        source=SOURCES[Mode(row.source)],
    )


def remarks_of(viewer: Viewer, action: Action, patient: UUID) -> dict[tuple[str, UUID], Remark]:
    """The client's answers to findings, by signal and the score they were about."""
    rows = Remark.objects.visible_to(viewer, action).filter(patient=patient)
    return {(row.signal, row.last_score): row for row in rows}
