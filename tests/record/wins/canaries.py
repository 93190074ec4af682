"""A small win that the client keeps, another that is like it and is shared."""

from uuid import UUID

from tests.access.canaries import Client
from tests.cast import after
from waymark.record.sharing.actions import ToShare, share
from waymark.record.wins import actions
from waymark.record.wins.happening import Happening, Sort, snapshot_of

MEETS = {"win": {"self"}, "sharedwin": {"self", "team"}}


def plant(one: Client) -> dict[str, UUID]:
    kept = noted(one, "win", hours=5)
    shown = noted(one, "sharedwin", hours=6, like=kept.pk)
    happening = Happening(Sort.WIN, one.canary("sharedwin"))
    snapshot = snapshot_of(happening, shown.for_date)
    what = ToShare("win", shown.pk, snapshot, snapshot.digest)
    row = share(one.patient, what=what, by=one.me, at=after(hours=7))
    return {"win": kept.pk, "shared": row.pk, "sharedwin": shown.pk}


def noted(one: Client, kind: str, *, hours: int, like: UUID | None = None) -> actions.Win:
    what = actions.ToNote(Happening(Sort.WIN, one.canary(kind)), like=like)
    return actions.note(one.patient, what=what, by=one.me, at=after(hours=hours))
