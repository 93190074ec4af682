"""A remark on a finding, in the client's words."""

from uuid import UUID

from tests.access.canaries import Client
from tests.cast import after, looking
from waymark.record.assessments.models import Score
from waymark.record.timeline import actions as timeline

AFTER = ("assessments",)
MEETS = {"remark": {"self", "team", "supervisor"}}


def plant(one: Client) -> dict[str, UUID]:
    with looking():
        last = Score.objects.get(response=one.objects["response"])
    about = timeline.About("too-early-to-say", "phq-9", "total", last.pk)
    words = one.canary("remark")
    timeline.remark(one.patient, about=about, fits=None, words=words, by=one.me, at=after(hours=4))
    return {}
