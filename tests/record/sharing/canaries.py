"""A sign that what the client answered was read, and a switch that is on."""

from uuid import UUID

from tests.access.canaries import Client
from tests.cast import after
from waymark.record.sharing.actions import see, set_stream

AFTER = ("assessments",)
MEETS: dict[str, set[str]] = {}  # nothing is said


def plant(one: Client) -> dict[str, UUID]:
    things = [one.objects["response"]]
    see(one.patient, about="response", things=things, by=one.therapist, at=after(hours=3))
    set_stream(one.patient, kind="check-ins", on=True, by=one.me, at=after(hours=3))
    return {}
