"""Finished episodes of a clinic, as the fit of an expected course reads them."""

from uuid import UUID

from waymark.access.vocabulary import Action, Viewer
from waymark.cohort.course import Episode
from waymark.library.instruments import INSTRUMENTS
from waymark.progress.course.projection import by_week
from waymark.progress.course.timeline import Point, settled
from waymark.record.assessments.queries import Taken, scores_for
from waymark.record.episodes.queries import ended_episodes

AT_ONCE = 200
"""Patients whose scores are opened together: memory stays small however many there are."""

Named = tuple[str, str]
"""Instrument and scale."""


def finished_courses(viewer: Viewer) -> dict[Named, list[Episode]]:
    """By instrument and scale: of every finished episode the weeks with a score, and the scores.

    Call it inside `reading`: each patient's scores are opened, and each gets an audit line.
    """
    act, found = Action.FIT_COURSE, dict[Named, list[Episode]]()
    ended = ended_episodes(viewer, act)
    patients = sorted(set(ended.values()), key=str)
    for start in range(0, len(patients), AT_ONCE):
        held: dict[tuple[UUID, str, str], list[Taken]] = {}
        for taken in scores_for(viewer, act, patients[start : start + AT_ONCE]):
            if taken.value is not None and taken.episode in ended:
                held.setdefault((taken.episode, taken.instrument, taken.scale), []).append(taken)
        for (_, instrument, scale), rows in held.items():
            if instrument in INSTRUMENTS:
                found.setdefault((instrument, scale), []).append(_episode(rows))
    return found


def _episode(rows: list[Taken]) -> Episode:
    ordered = sorted(rows, key=lambda row: row.for_date)
    points = [Point(at=row.for_date, value=row.value or 0.0, exact=row.exact) for row in ordered]
    return Episode(*by_week(settled(points)))
