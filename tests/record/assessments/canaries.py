"""Answers given, a measure that waits, one that is begun, and a file of past scores."""

from datetime import date
from uuid import UUID, uuid4

from tests.access.canaries import Client
from tests.cast import after, looking
from waymark.record.assessments import actions as assessments
from waymark.record.assessments.models import Administration, Assignment

MEETS: dict[str, set[str]] = {}  # answers are numbers: nothing is said in words
TODAY = date(2026, 3, 2)


def plant(one: Client) -> dict[str, UUID]:
    patient, by, at = one.patient, one.therapist, after(hours=3)
    response = assessments.enter(
        patient,
        instrument="phq-9",
        answers=dict.fromkeys([f"q{n}" for n in range(1, 10)], 1),
        came=assessments.Entry("paper", TODAY),
        by=by,
        at=after(hours=1),
    )
    for instrument in ("phq-9", "gad-7"):
        assessments.assign(patient, instrument=instrument, starts_on=TODAY, by=by, at=at)
    with looking():
        due = Administration.objects.select_related("patient", "clinic").filter(state="due")
        waiting = due.get(patient=patient, instrument="phq-9")
        begun = due.get(patient=patient, instrument="gad-7")
        assignment = Assignment.objects.get(patient=patient, instrument="gad-7")
    assessments.save_draft(begun, answers={"q1": 1}, by=one.me, at=at)
    work = uuid4()
    past = [assessments.Past("gad-7", date(2025, 11, 3), value=9, line=2)]
    assessments.take_in(patient, rows=past, work=work, by=by, at=at)
    return {
        "response": response.pk,
        "administration": waiting.pk,
        "assignment": assignment.pk,
        "work": work,
    }
