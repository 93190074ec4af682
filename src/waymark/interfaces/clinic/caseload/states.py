"""Why a client stands where they stand in the caseload, by when something is due, and what it is.

The latest day is worked out from what is known: a concern's own time, a week after the answer that
calls for a talk, the day on which a measure lapses or an invitation ends. No appointment is known.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from waymark.library.instruments import INSTRUMENTS
from waymark.progress.course.projection import Ahead
from waymark.progress.signals.score_signal import Looks, ScoreFinding
from waymark.progress.signals.scores import SIGNALS
from waymark.progress.signals.signal import Verdict
from waymark.progress.telling.scores import is_harder, tell
from waymark.progress.telling.told import Audience
from waymark.record.tenancy.days import day_of
from waymark.record.timeline.queries import Course

if TYPE_CHECKING:
    from waymark.record.tenancy.named import Patient

WEEK = timedelta(days=7)
LATEST = "By your next meeting, at the latest"
MANY = 8  # answers without a change, after which the plan is looked at


class Wants(StrEnum):
    """What would help, done in one tap where it can be."""

    OWNER = "owner"
    ACCEPTING = "accepting"
    TALK = "talk"
    REMINDER = "reminder"
    INVITATION = "invitation"
    CARE = "care"
    MEASURE = "measure"
    NOTHING = ""


@dataclass(frozen=True, slots=True)
class State:
    """One client's place: 0 is a concern without an owner, below 4 somebody waits for a person."""

    urgency: int
    kind: str  # the chip's: risk, watch, good, info or none
    why: str
    by_when: str = ""
    due_at: datetime | None = None  # an exact time,
    due_on: date | None = None  # or a day
    wants: Wants = Wants.NOTHING
    about: UUID | None = None  # the concern, the answers or the invitation that it is about
    named: str = ""  # those answers, in words


@dataclass(frozen=True, slots=True)
class Known:
    """What the caseload knows of one client."""

    patient: "Patient"
    concern: Any  # safety.queries.OpenConcern, if one is open
    courses: tuple[Course, ...]
    waiting: Any  # what waits longest to be answered
    talked: Mapping[UUID, datetime]  # answers that were talked about, and when
    invitation: Any  # the one that was not used yet
    in_care: bool
    given: bool  # whether anything is given by a standing decision
    invited_at: datetime


def state_of(one: Known, *, at: datetime) -> State:
    """The most pressing thing that is known."""
    zone = one.patient.zone
    today = day_of(at, zone=zone)
    return (
        _concern(one.concern)
        or _hardest(one.courses, one.talked, today=today, zone=zone)
        or _entering(one, at=at, today=today)
        or _overdue(one.waiting, at=at, today=today, zone=zone)
        or _calm(one.courses, one.waiting)
    )


def _concern(held: Any) -> State | None:
    if held is None:
        return None
    row, said = held.concern, _chosen(held.latest)
    said += f", and {held.others} more" if held.others else ""
    said += ", said to be a slip" if held.mistaken else ""
    if row.owner_id is None:
        return State(
            0, "risk", said, "No owner yet, due", row.due_at, wants=Wants.OWNER, about=row.pk
        )
    taken = "You have taken it" if held.owned_by_viewer else f"{held.owner} has taken it"
    wants = Wants.ACCEPTING if held.offered_to_viewer else Wants.NOTHING
    due_at = row.next_step_at or row.due_at
    return State(1, "risk", said, f"{taken}, next step", due_at, wants=wants, about=row.pk)


def _chosen(latest: Any) -> str:
    """The exact words that were chosen."""
    words = ", ".join(f"“{answer['label']}”" for answer in latest.get("answers", []))
    return f"{latest.get('instrument', 'An answer')} tells of danger: {words}"


def _hardest(
    courses: tuple[Course, ...], talked: Mapping[UUID, datetime], *, today: date, zone: str
) -> State | None:
    """A worsening, a flag that was not answered, or no reliable change after many answers."""
    for course in courses:
        harder = next((one for one in _all(course) if is_harder(one)), None)
        if harder is not None:
            return _to_raise(2, _said(harder), course, talked, today=today, zone=zone)
    for course in courses:
        if course.ahead is not None and course.ahead.flag is not None:
            return _flag(course, course.ahead, today=today)
    for course in courses:
        if course.findings[0].verdict is Verdict.SAME and course.findings[0].evidence.n >= MANY:
            return _to_raise(3, _said(course.findings[0]), course, talked, today=today, zone=zone)
    return None


def _flag(course: Course, ahead: Ahead, *, today: date) -> State:
    """A flag says what it is worth wherever it stands, and waits until it is answered there."""
    worth, latest = ahead.course.worth, course.last.for_date + WEEK
    known = f" ({worth.found} of {worth.flagged} flagged ended worse)" if worth else ""
    said = f"{INSTRUMENTS[course.instrument].title}: off the expected course{known}."
    what = f"Note what you do about it: {_by(latest, today=today)}"
    return State(3, "watch", said, what, due_on=latest)


def _all(course: Course) -> Iterator[ScoreFinding]:
    """What is told of the scores; a flag has a place of its own."""
    yield from course.findings
    for one in course.further:
        if SIGNALS[one.signal].looks is not Looks.AHEAD:
            yield one


def _to_raise(
    urgency: int,
    said: str,
    course: Course,
    talked: Mapping[UUID, datetime],
    *,
    today: date,
    zone: str,
) -> State:
    last, title = course.last, INSTRUMENTS[course.instrument].title
    when = talked.get(last.response) if last.response else None
    if when is not None:
        return State(5, "watch", said, "Talked about", due_on=day_of(when, zone=zone))
    latest = last.for_date + WEEK
    what = "Raise it" if urgency == 2 else "Look at the plan together"
    by_self = last.source != "imported"  # what was brought in was not given to be talked about
    return State(
        urgency,
        "watch",
        said,
        f"{what}: {_by(latest, today=today)}",
        due_on=latest,
        wants=Wants.TALK if last.response and by_self else Wants.NOTHING,
        about=last.response,
        named=f"{title} of {last.for_date:%b} {last.for_date.day}",
    )


def _by(latest: date, *, today: date) -> str:
    return "it was due by" if latest < today else LATEST[0].lower() + LATEST[1:]


def _entering(one: Known, *, at: datetime, today: date) -> State | None:
    """Somebody on the way in: invited, not in care yet, or without anything to answer."""
    if one.patient.account_id is None:
        return _invited(one.invitation, at=at)
    if not one.in_care:
        return State(
            4, "info", "Not in care at present", "Begin care on the day it begins", wants=Wants.CARE
        )
    if not one.courses and one.waiting is None and not one.given:
        latest = day_of(one.invited_at, zone=one.patient.zone) + WEEK
        by_when = f"Give a first measure: {_by(latest, today=today)}"
        return State(4, "info", "Nothing is given yet", by_when, due_on=latest, wants=Wants.MEASURE)
    return None


def _invited(invitation: Any, *, at: datetime) -> State:
    why = "Invited, has not joined yet"
    if invitation is None:
        return State(4, "info", why, "There is no open invitation", wants=Wants.INVITATION)
    over = invitation.expires_at <= at
    return State(
        4,
        "info",
        why,
        "The invitation ended" if over else "The invitation works until",
        due_at=invitation.expires_at,
        wants=Wants.INVITATION,
        about=invitation.pk,
        named="over" if over else "open",
    )


def _overdue(waiting: Any, *, at: datetime, today: date, zone: str) -> State | None:
    if waiting is None or at - waiting.due_at < WEEK:
        return None
    since = day_of(waiting.due_at, zone=zone)
    why = f"{INSTRUMENTS[waiting.instrument].title} has waited since {since:%b} {since.day}"
    # Begun by oneself, and asked for by a rule since then: it waits without an end.
    latest = day_of(waiting.lapses_at, zone=zone) if waiting.lapses_at else today
    return State(
        4,
        "info",
        why,
        f"Ask about it: {_by(latest, today=today)}",
        due_at=waiting.lapses_at,
        wants=Wants.REMINDER,
    )


def _calm(courses: tuple[Course, ...], waiting: Any) -> State:
    if not courses:
        until = waiting.lapses_at if waiting else None
        by_when = "The first answers can come until" if until else ""
        return State(5, "info", "Nothing answered yet", by_when, due_at=until)
    course = courses[0]
    good = course.findings[0].verdict is Verdict.BETTER
    return State(6 if good else 5, "good" if good else "", _said(course.findings[0]))


def _said(finding: ScoreFinding) -> str:
    instrument = INSTRUMENTS[finding.evidence.instrument]
    told = tell([finding], to=Audience.CLINICIAN, called={instrument.id: instrument.title})
    return told.headline
