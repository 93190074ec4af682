"""What a client gave: each answered form with its score, and totals from earlier records."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from waymark.access.vocabulary import Action, Viewer
from waymark.library.instruments import INSTRUMENTS
from waymark.progress.telling.wording import number
from waymark.record.assessments.queries import Taken, responses_of
from waymark.record.sharing.queries import receipts_of
from waymark.record.timeline.queries import Course

SHOWN = 30
HOW = {"paper": "on paper", "phone": "by phone", "imported": "brought in"}


@dataclass(frozen=True, slots=True)
class Given:
    """One line: ``response`` leads to the exact words; a total alone has none."""

    title: str
    day: date
    how: str
    score: str
    used: str = ""
    response: UUID | None = None


def given_by(
    viewer: Viewer, action: Action, patient: UUID, courses: Iterable[Course]
) -> list[Given]:
    """The newest first. The courses were opened for the page already; nothing is opened twice."""
    taken = [(course, row) for course in courses for row in course.taken]
    lines = [*_forms(viewer, action, patient, taken), *_totals(taken)]
    return sorted(lines, key=lambda one: one.day, reverse=True)[:SHOWN]


def _forms(
    viewer: Viewer, action: Action, patient: UUID, taken: list[tuple[Course, Taken]]
) -> Iterator[Given]:
    used = {row.thing: row.used for row in receipts_of(viewer, action, patient)}
    for row in responses_of(viewer, action, patient)[:SHOWN]:
        scores = [_score(course, one) for course, one in taken if one.response == row.pk]
        yield Given(
            title=INSTRUMENTS[row.administration.instrument].title,
            day=row.for_date,
            how=HOW.get(row.mode, ""),
            score="; ".join(filter(None, scores)),
            used=used.get(row.pk, ""),
            response=row.pk,
        )


def _totals(taken: list[tuple[Course, Taken]]) -> Iterator[Given]:
    for course, row in taken:
        if row.response is None:
            title = INSTRUMENTS[row.instrument].title
            yield Given(title, row.for_date, HOW.get(row.source, ""), _score(course, row))


def _score(course: Course, row: Taken) -> str:
    """``9, mild``; a scale of several is named; what is no figure is read in its own words."""
    if course.scale.method == "level" or row.value is None:
        return ""
    name = "" if course.scale.id == "total" else f"{course.scale.title} "
    return f"{name}{number(row.value)}{f', {row.band}' if row.band else ''}"
