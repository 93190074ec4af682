"""A meeting of the time in care that began when the client came."""

from uuid import UUID

from tests.access.canaries import Client
from tests.cast import NOON, after
from waymark.record.episodes import actions as episodes

MEETS: dict[str, set[str]] = {}  # nothing is said


def plant(one: Client) -> dict[str, UUID]:
    at = after(hours=3)
    episodes.record_encounter(
        one.patient, kind="video", took_place_at=NOON, by=one.therapist, at=at
    )
    return {}
