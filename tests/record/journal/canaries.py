"""A page of the journal with a tag, a draft, an event, and a tag that is not brought back."""

from uuid import UUID, uuid4

from tests.access.canaries import Client
from tests.cast import after, looking
from waymark.record.journal import actions, tagging
from waymark.record.journal.models import Tag
from waymark.record.journal.writing import Writing

MEETS = {
    "entry": {"self"}, "tag": {"self"}, "draft": {"self"}, "lifeevent": {"self"},
}  # fmt: skip


def plant(one: Client) -> dict[str, UUID]:
    by, at, patient = one.me, after(hours=8), one.patient
    what = actions.ToWrite(Writing(one.canary("entry")), tags=(one.canary("tag"),))
    entry = actions.write(patient, what=what, by=by, at=at)
    begun = actions.ToKeep(Writing(one.canary("draft")), device=uuid4())
    draft = actions.save_draft(patient, what=begun, by=by, at=at)
    event = tagging.note_event(
        patient, words=one.canary("lifeevent"), first=at.date(), last=None, by=by, at=at
    )
    with looking():
        tag = Tag.objects.get(patient=patient)
    left = tagging.leave_alone(patient, what="tag", thing=tag.pk, by=by, at=at)
    assert draft is not None
    return {
        "entry": entry.pk, "entry-draft": draft.pk, "tag": tag.pk, "life-event": event.pk,
        "left-alone": left.pk,
    }  # fmt: skip
