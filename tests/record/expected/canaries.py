"""A wish to see the expected course, and a flag that was answered in words."""

from uuid import UUID

from tests.access.canaries import Client
from tests.cast import after, looking
from waymark.record.assessments.models import Score
from waymark.record.expected import actions as expected

AFTER = ("assessments",)
MEETS = {"flag": {"team", "supervisor"}}


def plant(one: Client) -> dict[str, UUID]:
    at = after(hours=4)
    with looking():
        last = Score.objects.get(response=one.objects["response"])
    expected.ask(one.patient, by=one.me, at=at)
    flag = expected.Flag("phq-9", "total", last.pk, week=4, chance=0.2)
    words = one.canary("flag")
    expected.answer_flag(one.patient, flag=flag, did="watch", words=words, by=one.therapist, at=at)
    return {}
