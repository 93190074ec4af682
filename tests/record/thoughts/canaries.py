"""A thought record that the client keeps, and another one that is shared."""

from uuid import UUID

from tests.access.canaries import Client
from tests.cast import after
from waymark.library.thought_record import Thought, ThoughtRecord
from waymark.record.sharing.actions import ToShare, share
from waymark.record.thoughts import actions
from waymark.record.thoughts.holding import snapshot_of

MEETS = {"thought": {"self"}, "sharedthought": {"self", "team"}}


def plant(one: Client) -> dict[str, UUID]:
    kept, _ = begun(one, "thought", hours=9)
    shown, record = begun(one, "sharedthought", hours=10)
    snapshot = snapshot_of(record, shown.for_date)
    what = ToShare(actions.ABOUT, shown.pk, snapshot, snapshot.digest)
    row = share(one.patient, what=what, by=one.me, at=after(hours=11))
    return {"thought": kept.pk, "sharedthought": shown.pk, "shared-thought": row.pk}


def begun(one: Client, kind: str, *, hours: int) -> tuple[actions.ThoughtRecordRow, ThoughtRecord]:
    record = ThoughtRecord(situation="At work.", thoughts=(Thought(one.canary(kind), hot=True),))
    at = after(hours=hours)
    return actions.begin(one.patient, record=record, by=one.me, at=at), record
