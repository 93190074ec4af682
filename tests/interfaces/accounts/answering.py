"""Something to answer, given by a clinician, for tests of what happens in mid-answer."""

from datetime import datetime
from uuid import UUID

from tests.cast import Cast, looking
from waymark.record.assessments import actions as assessments
from waymark.record.assessments.models import Administration


def waiting(cast: Cast, name: str, instrument: str, *, at: datetime, by: str = "ben") -> UUID:
    """The id of an occasion that waits for this client now."""
    assessments.assign(
        cast.patients[name],
        instrument=instrument,
        starts_on=at.date(),
        by=cast.viewer(by),
        at=at,
    )
    with looking():
        rows = Administration.objects.filter(patient=cast.patients[name], instrument=instrument)
        return UUID(str(rows.exclude(state="done").latest("due_at").pk))
