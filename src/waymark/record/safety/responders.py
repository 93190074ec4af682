"""Who is told of a concern, and who stands in where nobody was named; what came of it is written.

The way goes from the primary responder to the backup, the care team, anybody licensed, and the
administrators, who cannot read a concern but can name somebody who does.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from waymark.access.vocabulary import Role
from waymark.library.safety import Tier
from waymark.record.outbox import actions as outbox
from waymark.record.outbox.kind import Kind
from waymark.record.people.queries import TREATING
from waymark.record.safety.models import Concern, ConcernEntry, EntryKind, Screening
from waymark.record.tenancy.models import CareTeamMember, Duty, DutyKind, Membership


def add(
    concern: Concern,
    kind: EntryKind,
    *,
    body: dict[str, Any],
    at: datetime,
    by: UUID | None = None,
    screening: Screening | None = None,
) -> ConcernEntry:
    """One more line of the concern's history."""
    return ConcernEntry.objects.create(
        patient_id=concern.patient_id,
        clinic_id=concern.clinic_id,
        concern=concern,
        kind=kind,
        at=at,
        by=by,
        screening=screening,
        body=body,
    )


def duties_told(route: Tier, *, backup: bool) -> list[DutyKind]:
    """The primary responder; backup and lead where it is urgent."""
    kinds = [DutyKind.PRIMARY]
    if backup or route is Tier.URGENT:
        kinds.append(DutyKind.BACKUP)
    if route is Tier.URGENT:
        kinds.append(DutyKind.SAFETY_LEAD)
    return kinds


def notify(concern: Concern, *, duties: Iterable[DutyKind], at: datetime) -> None:
    """Tell the patient's clinicians, the owner and these duties; the board in the app is the truth.

    The message has no content. An import may bring many answers of one person in one moment: each
    responder gets one message. Who was told is written down, also when it is nobody.
    """
    before = _told_at(concern, at)
    responders = _responders(concern, duties, at=at)
    told = [one for one in responders if str(one) not in before]
    for account in told:
        outbox.put(Kind.REVIEW_NEEDED, at=at, clinic=concern.clinic_id, account=account)
    if told or not responders:
        add(concern, EntryKind.NOTIFIED, body={"accounts": [str(one) for one in told]}, at=at)


def _told_at(concern: Concern, at: datetime) -> set[str]:
    rows = ConcernEntry.objects.filter(concern=concern, kind=EntryKind.NOTIFIED, at=at)
    return {account for row in rows for account in row.body["accounts"]}


def _responders(concern: Concern, duties: Iterable[DutyKind], *, at: datetime) -> list[UUID]:
    """Whoever owns it is among them, on the care team or not: they answer for it."""
    held = _on_duty()
    kinds = set(duties)
    if not held.get(DutyKind.PRIMARY):
        kinds.add(DutyKind.BACKUP)
    team = CareTeamMember.objects.filter(until=None, membership__until=None)
    accounts = [
        *(
            row.membership.account_id
            for row in team.select_related("membership").order_by("-primary")
        ),
        *(account for kind in DutyKind if kind in kinds for account in held.get(kind, [])),
        *([concern.owner.account_id] if concern.owner else []),
    ]
    if not held.get(DutyKind.PRIMARY) and not held.get(DutyKind.BACKUP):
        ask_for_responder(concern.clinic_id, at=at)
        accounts = accounts or _stand_in(concern.clinic_id, at=at)
    return list(dict.fromkeys(accounts))


def _on_duty() -> dict[DutyKind, list[UUID]]:
    """The accounts behind each duty, of those who work here now."""
    found: dict[DutyKind, list[UUID]] = {}
    rows = Duty.objects.filter(until=None, membership__until=None).select_related("membership")
    for row in rows.order_by("since", "pk"):
        found.setdefault(DutyKind(row.kind), []).append(row.membership.account_id)
    return found


def ask_for_responder(clinic: UUID, *, at: datetime) -> None:
    """Tell the administrators that somebody has to be named."""
    admins = Membership.objects.filter(role=Role.ADMINISTRATOR, until=None)
    for account in admins.values_list("account", flat=True).distinct():
        outbox.put(Kind.NAME_RESPONDER, at=at, clinic=clinic, account=account)


def _stand_in(clinic: UUID, *, at: datetime) -> list[UUID]:
    """Nobody else is there: whoever has been licensed here longest takes the duty, from now on."""
    licensed = licensed_here().first()
    if licensed is None:
        return []
    Duty.objects.create(clinic_id=clinic, membership=licensed, kind=DutyKind.PRIMARY, since=at)
    return [licensed.account_id]


def licensed_here() -> Any:
    """Everybody who may answer for danger here now, the longest here first."""
    held = Membership.objects.filter(until=None, licensed=True, role__in=TREATING)
    return held.order_by("since", "pk")
