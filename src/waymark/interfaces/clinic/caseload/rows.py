"""One line of the caseload: from a client's record to why, by when and the next step."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.ui.charts.drawn import spark
from waymark.library.instruments import INSTRUMENTS
from waymark.progress.signal import Verdict
from waymark.progress.telling import Audience, is_harder, tell
from waymark.progress.wording import number
from waymark.record.assessments.queries import next_due
from waymark.record.episodes.queries import meeting_counts
from waymark.record.people.conduct import Patient
from waymark.record.people.queries import patients_for
from waymark.record.safety.queries import open_concerns
from waymark.record.timeline.queries import Course, courses_for

ACT = Action.READ_CASELOAD
LATE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Row:
    """What stands in one line. ``urgency`` sorts: 0 is a concern that nobody owns."""

    id: UUID
    name: str
    session: int
    kind: str  # the chip's: risk, watch, good, info or none
    why: str
    by_when: str
    due_at: datetime | None
    urgency: int
    spark: SafeString | str
    figures: str
    measure: str
    step: str
    step_url: str
    unowned_concern: UUID | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """Somebody whose care has ended."""

    id: UUID
    name: str


def rows_of(viewer: Viewer, *, at: datetime) -> list[Row]:
    """The lines of the caseload, sorted by who needs attention."""
    patients = {one.pk: one for one in patients_for(viewer, ACT).exclude(state="discharged")}
    concerns = {one.concern.patient_id: one for one in open_concerns(viewer)}
    courses = courses_for(viewer, ACT, patients)
    due = next_due(viewer, ACT, patients)
    meetings = meeting_counts(viewer, ACT, patients)
    rows = [
        _row(
            patient,
            concern=concerns.get(id),
            courses=courses.get(id, ()),
            waiting=due.get(id),
            session=meetings.get(id, 0),
            at=at,
        )
        for id, patient in patients.items()
    ]
    return sorted(rows, key=lambda row: (row.urgency, row.due_at or at, row.name))


def past_of(viewer: Viewer) -> list[Past]:
    """Those of one's own whose care has ended, by name."""
    held = patients_for(viewer, ACT).filter(state="discharged")
    return sorted((Past(one.pk, one.name) for one in held), key=lambda one: one.name.casefold())


def _row(
    patient: Patient,
    *,
    concern: Any,
    courses: tuple[Course, ...],
    waiting: Any,
    session: int,
    at: datetime,
) -> Row:
    shown = next((one for one in courses if one.scale.method != "level"), None)
    state = _concern(concern) or _hardest(courses) or _overdue(waiting, at=at) or _calm(courses)
    urgency, kind, why, by_when, due_at = state
    step, url = _step(patient, concern, urgency)
    return Row(
        id=patient.pk,
        name=patient.name,
        session=session,
        kind=kind,
        why=why,
        by_when=by_when,
        due_at=due_at,
        urgency=urgency,
        spark=spark(shown.series, label=_spoken(shown)) if shown else "",
        figures=_figures(shown) if shown else "No score yet",
        measure=INSTRUMENTS[shown.instrument].title if shown else "",
        step=step,
        step_url=url,
        unowned_concern=concern.concern.pk if concern and not concern.owner else None,
    )


State = tuple[int, str, str, str, datetime | None]


def _concern(concern: Any) -> State | None:
    if concern is None:
        return None
    row, said = concern.concern, _chosen(concern.latest)
    if row.owner_id is None:
        return (0, "risk", said, "No owner yet, due", row.due_at)
    return (
        1,
        "risk",
        said,
        f"{concern.owner} has taken it, next step",
        row.next_step_at or row.due_at,
    )


def _chosen(latest: Any) -> str:
    """The exact words that were chosen."""
    words = ", ".join(f"“{answer['label']}”" for answer in latest.get("answers", []))
    return f"{latest.get('instrument', 'An answer')} tells of danger: {words}"


def _hardest(courses: tuple[Course, ...]) -> State | None:
    """A worsening, or no reliable change after many answers: said as the engine says it."""
    for course in courses:
        if any(is_harder(finding) for finding in course.findings):
            return (2, "watch", _said(course), "Raise it at the next contact", None)
    for course in courses:
        if course.findings[0].verdict is Verdict.SAME and len(course.taken) >= 8:
            return (3, "watch", _said(course), "Time to look at the plan together", None)
    return None


def _overdue(waiting: Any, *, at: datetime) -> State | None:
    if waiting is None or at - waiting.due_at < LATE:
        return None
    title = INSTRUMENTS[waiting.instrument].title
    return (4, "info", f"{title} has waited since", "No answer is no verdict", waiting.due_at)


def _calm(courses: tuple[Course, ...]) -> State:
    if not courses:
        return (5, "info", "Nothing answered yet", "", None)
    course = courses[0]
    good = course.findings[0].verdict is Verdict.BETTER
    return (6 if good else 5, "good" if good else "", _said(course), "", None)


def _said(course: Course) -> str:
    instrument = INSTRUMENTS[course.instrument]
    told = tell(course.findings, to=Audience.CLINICIAN, called={instrument.id: instrument.title})
    return told.headline


def _step(patient: Patient, concern: Any, urgency: int) -> tuple[str, str]:
    if concern is not None:
        return "Open the concern", reverse("concern", args=[concern.concern.pk])
    client = reverse("client", args=[patient.pk])
    return ("Look at the course", client) if urgency <= 3 else ("Open", client)


def _figures(course: Course) -> str:
    values = [taken.value or 0.0 for taken in course.taken]
    if len(values) == 1:
        return number(values[0])
    return f"{number(values[0])} to {number(values[-1])}"


def _spoken(course: Course) -> str:
    return f"{INSTRUMENTS[course.instrument].title}: {_figures(course)}"
