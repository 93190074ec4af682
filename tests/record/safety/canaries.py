"""A concern that the answers opened, owned, with a note of whoever called."""

from uuid import UUID

from tests.access.canaries import Client
from tests.cast import after, looking
from waymark.record.safety import actions as safety
from waymark.record.safety.models import Concern

AFTER = ("assessments",)
MEETS = {"note": {"team", "supervisor", "duty"}}


def plant(one: Client) -> dict[str, UUID]:
    by, at = one.therapist, after(hours=2)
    with looking():
        concern = Concern.objects.get(patient=one.patient)
    safety.own(concern, by=by, at=at)
    safety.attempt(concern, tried=safety.Try("phone", "reached", one.canary("note")), by=by, at=at)
    return {"concern": concern.pk}
