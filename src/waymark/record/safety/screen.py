"""Looking at raw answers for danger, and opening or joining a concern in the caller's transaction.

Every path by which answers come calls `screen`: drafts, submissions, staff entry, imports; `hear`
does where they were refused. It is no action of its own: it acts inside the action over them.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from waymark.library.answers import long_ago, readable
from waymark.library.instrument import Answers, Instrument
from waymark.library.safety import Risk, Tier, backup_told, positive, tier, unanswered
from waymark.record.people.actions.clinic import hours_of
from waymark.record.safety.models import (
    Concern,
    ConcernState,
    EntryKind,
    Screening,
    Source,
)
from waymark.record.safety.prerequisites import policy_of
from waymark.record.safety.responders import add, duties_told, notify
from waymark.record.tenancy.days import day_of
from waymark.record.tenancy.hours import NeverOpen
from waymark.record.tenancy.models import Clinic, Patient

ORDER = (Tier.REVIEW, Tier.SAME_DAY, Tier.URGENT)
USUAL_TIMERS = {"review": 1, "same-day": 4, "urgent": 15}  # working days, hours, minutes
LATE_AFTER = timedelta(days=30)
SAME_BREATH = timedelta(hours=1)  # a form that is sent again after an error says the same again


Earlier = dict[str, list[dict[str, int | None]]]  # by instrument: the risk answers of before


@dataclass(frozen=True, slots=True)
class Answered:
    """Raw answers on their way into the record, and how they came."""

    instrument: Instrument
    answers: Answers
    source: Source
    administration: UUID | None
    for_date: date | None = None
    in_a_file: bool = False  # a row among others, each of an occasion of its own


def screen(
    patient: Patient, given: Answered, *, at: datetime, earlier: Earlier | None = None
) -> Screening | None:
    """Look, write down what was seen, and open or join a concern. None: nothing to look for.

    A draft leaves a screening only when something of danger is chosen, or changed back. What a file
    says of a past day is told once: looked at in the preview, it opens nothing more when it is
    stored.
    """
    if not given.instrument.risk_items:
        return None
    before = _last_outcome(given, at=at)
    if before and given.source is Source.HEARD and not given.in_a_file:
        given = _with_what_was_said(given, before)
    dangerous = positive(given.instrument, given.answers)
    outcome = _outcome(given, dangerous)
    if given.source in (Source.DRAFT, Source.HEARD) and _nothing_new(outcome, before):
        return None
    route = _route(given, today=day_of(at, zone=patient.zone), earlier=earlier)
    screening = Screening.objects.create(
        patient=patient,
        clinic_id=patient.clinic_id,
        instrument=given.instrument.id,
        administration=given.administration,
        source=given.source,
        at=at,
        for_date=given.for_date if _of_a_file(given) else None,
        outcome=outcome,
    )
    if dangerous and not (_of_a_file(given) and before):
        concern = _concern(patient, given, screening, dangerous, route, at=at)
        if before is None or before["answers"] != outcome["answers"]:
            to_be_assessed(concern)
    if before and set(before["positive"]) - set(outcome["positive"]):
        _changed_back(given, screening, at=at)
    return screening


def hear(
    patient: Patient, given: Answered, *, at: datetime, earlier: Earlier | None = None
) -> bool:
    """Look at answers that are not going to be stored; whether anything was written down.

    What no item lists is passed over here: it was refused, and tells nothing. ``earlier`` is kept
    over the rows of one file: what is only heard is no earlier answer, so that it stays the same.
    """
    said = readable(given.instrument, given.answers)
    day = _meant(given.for_date, today=day_of(at, zone=patient.zone))
    heard = replace(given, answers=said, source=Source.HEARD, for_date=day)
    return screen(patient, heard, at=at, earlier=earlier) is not None


def _with_what_was_said(given: Answered, before: dict[str, Any]) -> Answered:
    """On a form that is refused, silence takes nothing back: a second tab may not be so far yet."""
    silent = {id: value for id, value in before["answers"].items() if given.answers.get(id) is None}
    return replace(given, answers={**given.answers, **silent})


def _meant(day: date | None, *, today: date) -> date | None:
    """A day that can be; what lies ahead or generations back was mistyped, and may be today."""
    return None if day is None or day > today or long_ago(day, today=today) else day


def _of_a_file(given: Answered) -> bool:
    """Whether it is what an import says of a past occasion, stored or left out."""
    return given.source is Source.IMPORT or given.in_a_file


def _outcome(given: Answered, dangerous: tuple[Risk, ...]) -> dict[str, Any]:
    return {"answers": _said(given), "positive": [risk.item for risk in dangerous]}


def _said(given: Answered) -> dict[str, int | None]:
    """The answers to the questions about danger alone."""
    return {item.id: given.answers.get(item.id) for item in given.instrument.risk_items}


def _route(given: Answered, *, today: date, earlier: Earlier | None) -> Tier:
    """How fast; answers that are older than 30 days when they arrive are for review."""
    if given.for_date is not None and today - given.for_date > LATE_AFTER:
        return Tier.REVIEW
    known = {} if earlier is None else earlier
    if given.instrument.id not in known:
        known[given.instrument.id] = _previous(given)
    previous = known[given.instrument.id]
    return tier(given.instrument, given.answers, previous=previous) or Tier.REVIEW


def _nothing_new(outcome: dict[str, Any], before: dict[str, Any] | None) -> bool:
    if before is None:
        return not outcome["positive"]
    return bool(outcome["answers"] == before["answers"])


def _last_outcome(given: Answered, *, at: datetime) -> dict[str, Any] | None:
    """What was last seen on this same occasion; where it had none, what was just heard.

    Of a file: the same answers of that day, whenever a file said them; of no known day, just now.
    """
    rows = Screening.objects.filter(instrument=given.instrument.id)
    if _of_a_file(given):
        of_day = rows.filter(for_date=given.for_date)
        if given.for_date is None:
            of_day = of_day.filter(source=Source.HEARD, at__gt=at - SAME_BREATH)
        outcomes = [row.outcome for row in of_day]
        said = _said(given)
        return next((one for one in outcomes if one["answers"] == said), None)
    if given.administration is not None:
        rows = rows.filter(administration=given.administration)
    elif given.source is Source.HEARD:
        rows = rows.filter(administration=None, source=Source.HEARD, for_date=None)
        rows = rows.filter(at__gt=at - SAME_BREATH)
    else:
        return None
    row = rows.order_by("-at").first()
    return row.outcome if row else None


def _previous(given: Answered) -> list[dict[str, int | None]]:
    """The risk answers of earlier occasions of this instrument, oldest first.

    What was only begun, or refused, is no earlier answer: the next one is not routed slower for it.
    """
    rows = Screening.objects.filter(instrument=given.instrument.id)
    rows = rows.exclude(source__in=(Source.DRAFT, Source.HEARD))
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
    late = given.source in (Source.IMPORT, Source.HEARD) and given.for_date is not None
    words = _words(given, [risk.item for risk in dangerous])
    backup = backup_told(given.instrument, given.answers)
    said = Said(screening, words, route, late=late, backup=backup)
    return open_or_join(patient, said, at=at)


@dataclass(frozen=True, slots=True)
class Said:
    """Danger as it was said: what saw it, the exact words, how fast, and who hears besides."""

    screening: Screening
    words: dict[str, Any]
    route: Tier
    late: bool = False
    backup: bool = False


def open_or_join(patient: Patient, said: Said, *, at: datetime) -> Concern:
    """The open concern with what was just said added to it, or a new one; its people are told."""
    concern, route = _open_concern(), said.route
    if concern is None:
        concern = Concern.objects.create(
            patient=patient,
            clinic_id=patient.clinic_id,
            tier=route,
            late=said.late,
            opened_at=at,
            due_at=due(patient.clinic, route, at=at),
        )
    elif ORDER.index(route) > ORDER.index(Tier(concern.tier)):
        concern.tier = route
        concern.due_at = min(concern.due_at, due(patient.clinic, route, at=at))
        concern.save(update_fields=["tier", "due_at"])
    add(concern, EntryKind.ANSWER, screening=said.screening, body=said.words, at=at)
    notify(concern, duties=duties_told(Tier(concern.tier), backup=said.backup), at=at)
    return concern


def _open_concern() -> Concern | None:
    """The open concern, held: whoever closes it at this moment is waited for, or waits."""
    rows = Concern.objects.exclude(state=ConcernState.CLOSED)
    return rows.select_for_update().first()


def to_be_assessed(concern: Concern) -> None:
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
        "in_a_file": _of_a_file(given),
        "for_date": given.for_date.isoformat() if given.for_date else None,
    }


def _changed_back(given: Answered, screening: Screening, *, at: datetime) -> None:
    """An answer of danger was taken back: it is written down, and the concern stays open."""
    concern = _open_concern()
    if concern is not None:
        words = _words(given, [item.id for item in given.instrument.risk_items])
        add(concern, EntryKind.CHANGED_BACK, screening=screening, body=words, at=at)


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
