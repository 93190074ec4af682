"""Looking at raw answers for danger, and opening or joining a concern in the caller's transaction.

Every path by which answers are stored calls `screen`: drafts, submissions, staff entry, imports.
It is no action of its own: it acts inside the action that stores the answers.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from waymark.library.instrument import Answers, Instrument
from waymark.library.safety import Risk, Tier, backup_told, positive, tier, unanswered
from waymark.record.outbox import actions as outbox
from waymark.record.outbox.kind import Kind
from waymark.record.people.actions.clinic import hours_of
from waymark.record.people.days import day_of
from waymark.record.people.hours import NeverOpen
from waymark.record.people.models import CareTeamMember, Clinic, Duty, DutyKind, Patient
from waymark.record.safety.models import (
    Concern,
    ConcernEntry,
    ConcernState,
    EntryKind,
    Screening,
    Source,
)
from waymark.record.safety.readiness import policy_of

ORDER = (Tier.REVIEW, Tier.SAME_DAY, Tier.URGENT)
USUAL_TIMERS = {"review": 1, "same-day": 4, "urgent": 15}  # working days, hours, minutes
LATE_AFTER = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Answered:
    """Raw answers on their way into the record, and how they came."""

    instrument: Instrument
    answers: Answers
    source: Source
    administration: UUID | None
    for_date: date | None = None


def screen(patient: Patient, given: Answered, *, at: datetime) -> Screening | None:
    """Look, write down what was seen, and open or join a concern. None: nothing to look for.

    A draft leaves a screening only when something of danger is chosen, or changed back.
    """
    if not given.instrument.risk_items:
        return None
    dangerous = positive(given.instrument, given.answers)
    before = _last_outcome(given)
    outcome = _outcome(given, dangerous)
    if given.source is Source.DRAFT and _nothing_new(outcome, before):
        return None
    route = _route(given, today=day_of(at, zone=patient.zone))
    screening = Screening.objects.create(
        patient=patient,
        clinic_id=patient.clinic_id,
        instrument=given.instrument.id,
        administration=given.administration,
        source=given.source,
        at=at,
        outcome=outcome,
    )
    if dangerous:
        concern = _concern(patient, given, screening, dangerous, route, at=at)
        if before is None or before["answers"] != outcome["answers"]:
            _to_be_assessed(concern)
    if before and set(before["positive"]) - set(outcome["positive"]):
        _changed_back(given, screening, at=at)
    return screening


def _outcome(given: Answered, dangerous: tuple[Risk, ...]) -> dict[str, Any]:
    return {
        "answers": {item.id: given.answers.get(item.id) for item in given.instrument.risk_items},
        "positive": [risk.item for risk in dangerous],
    }


def _route(given: Answered, *, today: date) -> Tier:
    """How fast; answers that are older than 30 days when they arrive are for review."""
    if given.for_date is not None and today - given.for_date > LATE_AFTER:
        return Tier.REVIEW
    return tier(given.instrument, given.answers, previous=_previous(given)) or Tier.REVIEW


def _nothing_new(outcome: dict[str, Any], before: dict[str, Any] | None) -> bool:
    if before is None:
        return not outcome["positive"]
    return bool(outcome["answers"] == before["answers"])


def _last_outcome(given: Answered) -> dict[str, Any] | None:
    """What was last seen on this same occasion."""
    if given.administration is None:
        return None
    row = Screening.objects.filter(administration=given.administration).order_by("-at").first()
    return row.outcome if row else None


def _previous(given: Answered) -> list[dict[str, int | None]]:
    """The risk answers of earlier occasions of this instrument, oldest first."""
    rows = Screening.objects.filter(instrument=given.instrument.id).exclude(source=Source.DRAFT)
    if given.administration is not None:
        rows = rows.exclude(administration=given.administration)
    return [row.outcome["answers"] for row in rows.order_by("at")]


def _concern(
    patient: Patient,
    given: Answered,
    screening: Screening,
    dangerous: tuple[Risk, ...],
    route: Tier,
    *,
    at: datetime,
) -> Concern:
    concern = _open_concern()
    late = given.source is Source.IMPORT
    if concern is None:
        concern = Concern.objects.create(
            patient=patient,
            clinic_id=patient.clinic_id,
            tier=route,
            late=late,
            opened_at=at,
            due_at=due(patient.clinic, route, at=at),
        )
    elif ORDER.index(route) > ORDER.index(Tier(concern.tier)):
        concern.tier = route
        concern.due_at = min(concern.due_at, due(patient.clinic, route, at=at))
        concern.save(update_fields=["tier", "due_at"])
    words = _words(given, [risk.item for risk in dangerous])
    add(concern, EntryKind.ANSWER, screening=screening, body=words, at=at)
    backup = backup_told(given.instrument, given.answers)
    notify(concern, duties=_duties(Tier(concern.tier), backup=backup), at=at)
    return concern


def _open_concern() -> Concern | None:
    """The open concern, held: whoever closes it at this moment is waited for, or waits."""
    rows = Concern.objects.exclude(state=ConcernState.CLOSED)
    return rows.select_for_update().first()


def _to_be_assessed(concern: Concern) -> None:
    """What was assessed and planned was so before this answer: it cannot be closed on that."""
    if concern.state in (ConcernState.ASSESSED, ConcernState.PLANNED):
        concern.state = ConcernState.OWNED
        concern.save(update_fields=["state"])


def _words(given: Answered, items: list[str]) -> dict[str, Any]:
    """The exact words of the question and of the answer that was chosen."""
    chosen = [(given.instrument.item(id), given.answers.get(id)) for id in items]
    return {
        "instrument": given.instrument.title,
        "answers": [
            {"item": item.id, "text": item.text, "value": value, "label": item.label_of(value)}
            for item, value in chosen
            if value is not None
        ],
        "unanswered": [
            given.instrument.item(risk.item).text
            for risk in unanswered(given.instrument, given.answers)
        ],
        "source": given.source.value,
        "for_date": given.for_date.isoformat() if given.for_date else None,
    }


def _changed_back(given: Answered, screening: Screening, *, at: datetime) -> None:
    """An answer of danger was taken back: it is written down, and the concern stays open."""
    concern = _open_concern()
    if concern is not None:
        words = _words(given, [item.id for item in given.instrument.risk_items])
        add(concern, EntryKind.CHANGED_BACK, screening=screening, body=words, at=at)


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


def due(clinic: Clinic, route: Tier, *, at: datetime) -> datetime:
    """When the concern must have an owner, in the clinic's working time; stored, never computed.

    The times are those of the signed policy; without one (an import before set-up), the usual ones.
    """
    hours, policy = hours_of(clinic), policy_of(clinic)
    timers = {**USUAL_TIMERS, **(policy.timers if policy else {})}
    try:
        if route is Tier.URGENT:
            return hours.after(at, working=timedelta(minutes=timers["urgent"]))
        if route is Tier.SAME_DAY:
            return hours.after(at, working=timedelta(hours=timers["same-day"]))
        return hours.end_of_next_day(at, days=timers["review"])
    except NeverOpen:
        # No hours recorded (an import before set-up): a day of the calendar, never no time at all.
        return at + timedelta(days=1)


def notify(concern: Concern, *, duties: Iterable[DutyKind], at: datetime) -> None:
    """Tell the patient's clinicians, the owner and these duties; the board in the app is the truth.

    The message has no content. An import may bring many answers of one person in one moment: each
    responder gets one message.
    """
    before = _told_at(concern, at)
    responders = _responders(concern, duties)
    told = [one for one in responders if str(one) not in before]
    for account in told:
        outbox.put(Kind.REVIEW_NEEDED, at=at, clinic=concern.clinic_id, account=account)
    if told or not responders:
        add(concern, EntryKind.NOTIFIED, body={"accounts": [str(one) for one in told]}, at=at)


def _told_at(concern: Concern, at: datetime) -> set[str]:
    rows = ConcernEntry.objects.filter(concern=concern, kind=EntryKind.NOTIFIED, at=at)
    return {account for row in rows for account in row.body["accounts"]}


def _duties(route: Tier, *, backup: bool) -> list[DutyKind]:
    """The primary responder; backup and lead where it is urgent."""
    kinds = [DutyKind.PRIMARY]
    if backup or route is Tier.URGENT:
        kinds.append(DutyKind.BACKUP)
    if route is Tier.URGENT:
        kinds.append(DutyKind.SAFETY_LEAD)
    return kinds


def _responders(concern: Concern, duties: Iterable[DutyKind]) -> list[UUID]:
    """Whoever owns it is among them, on the care team or not: they answer for it."""
    team = CareTeamMember.objects.filter(until=None).select_related("membership")
    held = Duty.objects.filter(kind__in=list(duties), until=None).select_related("membership")
    accounts = [
        *(row.membership.account_id for row in team.order_by("-primary")),
        *(row.membership.account_id for row in held),
        *([concern.owner.account_id] if concern.owner else []),
    ]
    return list(dict.fromkeys(accounts))
