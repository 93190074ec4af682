"""Keeping a fitted course, accepting its use, opening it with a client, answering a flag."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from waymark.access.vocabulary import Action, Viewer
from waymark.progress.course.expected import ExpectedCourse
from waymark.progress.course.expected_file import kept
from waymark.record.expected.models import FittedCourse, FlagAnswer, IntendedUse, Opening
from waymark.record.tenancy.action import Invalid, action
from waymark.record.tenancy.models import Clinic, Patient

MOST_CHARACTERS = 4000

VERSION = 1
"""The version of the words on intended use; newer words must be accepted anew."""

DID = {
    "talked": "Talked about it together",
    "plan": "Changed something in the plan",
    "watch": "Kept the plan, and watch more closely",
    "no-fit": "The flag does not fit this client",
}
"""What can be done about a flag. That it does not fit is an answer as good as any."""


@action(Action.FIT_COURSE, over=Clinic)
def keep_course(
    clinic: Clinic, *, course: ExpectedCourse, by: Viewer, at: datetime
) -> FittedCourse:
    """Put a fitted course in force, in place of the one before."""
    named = {"instrument": course.instrument, "scale": course.scale}
    FittedCourse.objects.filter(**named, live=True).update(live=False)
    return FittedCourse.objects.create(
        clinic=clinic, **named, figures=kept(course), fitted_at=at, live=True
    )


@action(Action.MANAGE_SETTINGS, over=Clinic)
def accept_use(clinic: Clinic, *, version: int, by: Viewer, at: datetime) -> IntendedUse:
    """Accept what expected courses are for, in the words of ``version``, and for the courses that
    are in force now: a newer fit has another coverage, and is accepted anew."""
    if version != VERSION:
        raise Invalid("version", "The words have changed: read them again, then accept them.")
    newest = FittedCourse.objects.filter(live=True).aggregate(at=Max("fitted_at"))["at"]
    if newest is None:
        raise Invalid("version", "No course is fitted here yet: there is nothing to accept.")
    held = IntendedUse.objects.filter(
        ended_at=None, version=VERSION, accepted_at__gte=newest
    ).first()
    if held is not None:
        return held
    IntendedUse.objects.filter(ended_at=None).update(ended_at=at)
    return IntendedUse.objects.create(clinic=clinic, version=version, accepted_at=at, by=by.person)


@action(Action.MANAGE_SETTINGS, over=Clinic)
def end_use(clinic: Clinic, *, by: Viewer, at: datetime) -> int:
    """Take the acceptance back: from now on there is a range and no probability."""
    return IntendedUse.objects.filter(ended_at=None).update(ended_at=at)


@action(Action.ASK_EXPECTED_COURSE)
def ask(patient: Patient, *, by: Viewer, at: datetime) -> Opening:
    """The client would like to see the expected course; it opens together with the clinician."""
    held = Opening.objects.filter(closed_at=None).first()
    return held or Opening.objects.create(patient=patient, clinic_id=patient.clinic_id, asked_at=at)


@action(Action.ASK_EXPECTED_COURSE)
def put_away(patient: Patient, *, by: Viewer, at: datetime) -> int:
    """The client would rather not see it, or no longer."""
    return Opening.objects.filter(closed_at=None).update(closed_at=at)


GONE = "It is opened only with a client who asked to see it, and this wish stands no more."


@action(Action.OPEN_EXPECTED_COURSE)
def open_together(patient: Patient, *, opening: UUID, by: Viewer, at: datetime) -> Opening:
    """Open it with a client who asked for it: by the wish that the form was about."""
    held = Opening.objects.filter(closed_at=None, pk=opening).first()
    if held is None:
        raise Invalid("opening", GONE)
    if held.opened_at is None:
        held.opened_at, held.opened_by = at, by.person
        held.save(update_fields=["opened_at", "opened_by"])
    return held


@action(Action.OPEN_EXPECTED_COURSE)
def close(patient: Patient, *, opening: UUID, by: Viewer, at: datetime) -> int:
    """Close what is open; a wish that was not met yet is the client's own. They can ask anew."""
    held = Opening.objects.filter(closed_at=None, pk=opening).exclude(opened_at=None)
    closed = held.update(closed_at=at)
    if not closed:
        raise Invalid("opening", "It is not open: nothing was closed.")
    return closed


@dataclass(frozen=True, slots=True)
class Flag:
    """Which flag is answered: the series, its last score then, the week and the chance."""

    instrument: str
    scale: str
    last_score: UUID
    week: int
    chance: float


@action(Action.ANSWER_FLAG)
def answer_flag(
    patient: Patient,
    *,
    flag: Flag,
    did: str,
    words: str = "",
    by: Viewer,
    at: datetime,
    key: UUID | None = None,
) -> FlagAnswer:
    """Record what was done; the flag returns only on new evidence."""
    words = words.strip()
    if did not in DID:
        raise Invalid("did", "Choose what was done, or that the flag does not fit.")
    if len(words) > MOST_CHARACTERS:
        raise Invalid("words", f"Please keep it under {MOST_CHARACTERS} characters.")
    return FlagAnswer.objects.create(
        patient=patient,
        clinic_id=patient.clinic_id,
        instrument=flag.instrument,
        scale=flag.scale,
        last_score=flag.last_score,
        at=at,
        by=by.person,
        body={"did": did, "words": words, "week": flag.week, "chance": flag.chance},
    )
