"""Working a concern: take it, hand it over, try to reach, assess, plan, close. Never in bulk."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from waymark.access.vocabulary import Action, Viewer
from waymark.library.safety import Tier
from waymark.record.outbox import actions as outbox
from waymark.record.outbox.kind import Kind
from waymark.record.people.queries import TREATING
from waymark.record.safety.models import (
    Concern,
    ConcernEntry,
    ConcernState,
    EntryKind,
    SafetyPolicy,
    Screening,
)
from waymark.record.safety.prerequisites import policy_of
from waymark.record.safety.responders import add, notify
from waymark.record.safety.screen import due
from waymark.record.tenancy.action import Invalid, action
from waymark.record.tenancy.days import day_of
from waymark.record.tenancy.models import Clinic, DutyKind, Membership

CHANNELS = ("phone", "video", "in-person", "message")
OUTCOMES = ("reached", "not-reached", "left-message")
ALONE_DELAY = timedelta(hours=24)
LONGEST_REVIEW = timedelta(days=366)
LONGEST_AHEAD = timedelta(days=366)

# The shortest and longest time a policy may give: working days, working hours, working minutes;
# and for how many days an assessment may stand for the same answer again (0: never).
TIMERS = {"review": (1, 2), "same-day": (1, 8), "urgent": (5, 60), "known": (0, 30)}


@dataclass(frozen=True, slots=True)
class Try:
    """One try to reach a person: how, with what result, and when the next one is."""

    channel: str
    outcome: str
    note: str = ""
    next_at: datetime | None = None


@action(Action.MANAGE_SAFETY, over=Clinic)
def sign_policy(
    clinic: Clinic,
    *,
    timers: dict[str, int],
    review_on: date,
    outside_backup: str = "",
    by: Viewer,
    at: datetime,
) -> SafetyPolicy:
    """Sign the clinic's safety policy; the version before it is kept."""
    today = day_of(at, zone=clinic.zone)
    if not today < review_on <= today + LONGEST_REVIEW:
        raise Invalid("review_on", "Choose a day within the next year.")
    for name, (least, most) in TIMERS.items():
        if not least <= timers.get(name, 0) <= most:
            raise Invalid(name, f"Choose a time from {least} to {most}.")
    before = SafetyPolicy.objects.filter(replaced_at=None).first()
    if before is not None:
        before.replaced_at = at
        before.save(update_fields=["replaced_at"])
    return SafetyPolicy.objects.create(
        clinic=clinic,
        version=before.version + 1 if before else 1,
        timers=timers,
        review_on=review_on,
        signed_by=by.person,
        signed_at=at,
        outside_backup=outside_backup.strip() or None,
    )


@action(Action.WORK_CONCERN)
def own(concern: Concern, *, by: Viewer, at: datetime, key: UUID | None = None) -> Concern:
    """Take the concern: from now on this licensed person answers for it."""
    _open(concern)
    mine = _seat(by)
    if concern.owner is not None and concern.owner.pk != mine.pk:
        raise Invalid("concern", f"{concern.owner.account.name} has taken this already.")
    if concern.owner is None:
        _give(concern, mine)
        add(concern, EntryKind.OWNED, body={}, by=by.account, at=at)
    return concern


@action(Action.WORK_CONCERN)
def offer(concern: Concern, *, to: Membership, by: Viewer, at: datetime) -> Concern:
    """Offer the concern to a colleague; until they accept, the owner stays the owner."""
    mine(concern, by)
    treats = to.licensed and to.role in TREATING
    if to.clinic_id != concern.clinic_id or to.until is not None or not treats:
        raise Invalid("to", "Choose a licensed colleague who works here now.")
    concern.offered_to = to
    concern.save(update_fields=["offered_to"])
    outbox.put(Kind.REVIEW_NEEDED, at=at, clinic=concern.clinic_id, account=to.account_id)
    add(concern, EntryKind.OFFERED, body={"to": str(to.account_id)}, by=by.account, at=at)
    return concern


@action(Action.WORK_CONCERN)
def accept_offer(concern: Concern, *, by: Viewer, at: datetime) -> Concern:
    """Accept what a colleague offered; only now the owner changes."""
    _open(concern)
    if concern.offered_to_id not in by.memberships:
        raise Invalid("concern", "This was not offered to you, or no longer is.")
    _give(concern, _seat(by))
    add(concern, EntryKind.ACCEPTED, body={}, by=by.account, at=at)
    return concern


def _give(concern: Concern, to: Membership) -> None:
    concern.owner, concern.offered_to = to, None
    if concern.state == ConcernState.NEW:
        concern.state = ConcernState.OWNED
    concern.save(update_fields=["owner", "offered_to", "state"])


@action(Action.WORK_CONCERN)
def attempt(
    concern: Concern,
    *,
    tried: Try,
    by: Viewer,
    at: datetime,
    key: UUID | None = None,
) -> ConcernEntry:
    """Write down that somebody tried to reach the person, how, and with what result."""
    mine(concern, by)
    if tried.channel not in CHANNELS:
        raise Invalid("channel", "Say how you tried: by phone, video, in person or message.")
    if tried.outcome not in OUTCOMES:
        raise Invalid("outcome", "Say whether you reached the person.")
    next_at = tried.next_at
    if tried.outcome != "reached" and next_at is None:
        raise Invalid("next_at", "Not reached yet: say when the next try will be.")
    if next_at is not None and next_at <= at:
        raise Invalid("next_at", "This time is past. Say when the next try will be.")
    _within_a_year("next_at", next_at, at=at)
    concern.next_step_at = next_at
    concern.save(update_fields=["next_step_at"])
    body = {"channel": tried.channel, "outcome": tried.outcome, "note": tried.note.strip()}
    return _added(concern, EntryKind.ATTEMPT, body, by=by, at=at)


@action(Action.WORK_CONCERN)
def assess(
    concern: Concern,
    *,
    tool: str,
    judgement: str,
    by: Viewer,
    at: datetime,
    key: UUID | None = None,
) -> ConcernEntry:
    """Write down the clinician's own assessment: with what, and what they judge."""
    mine(concern, by)
    if not tool.strip():
        raise Invalid("tool", "Say what you used, such as a conversation or a named interview.")
    if not judgement.strip():
        raise Invalid("judgement", "Write your judgement in your own words.")
    _step(concern, ConcernState.ASSESSED)
    body = {"tool": tool.strip(), "judgement": judgement.strip()}
    return _added(concern, EntryKind.ASSESSED, body, by=by, at=at)


@action(Action.WORK_CONCERN)
def plan(
    concern: Concern,
    *,
    steps: str,
    follow_up_on: date,
    visit_at: datetime | None = None,
    by: Viewer,
    at: datetime,
    key: UUID | None = None,
) -> ConcernEntry:
    """Write down what was agreed and when to follow up."""
    mine(concern, by)
    if concern.state not in (ConcernState.ASSESSED, ConcernState.PLANNED):
        raise Invalid("steps", "Assess first; the plan follows from it.")
    if not steps.strip():
        raise Invalid("steps", "Write down what was agreed.")
    if follow_up_on < day_of(at, zone=concern.clinic.zone):
        raise Invalid("follow_up_on", "Choose a day from today on.")
    if visit_at is not None and visit_at <= at:
        raise Invalid("visit_at", "Choose a time that is still to come, or leave it empty.")
    _within_a_year("follow_up_on", follow_up_on, at=at)
    _within_a_year("visit_at", visit_at, at=at)
    _step(concern, ConcernState.PLANNED)
    agreed(concern, visit_at=visit_at, follow_up_on=follow_up_on)
    body = {"steps": steps.strip(), "follow_up_on": follow_up_on.isoformat()}
    if visit_at is not None:
        body["visit_at"] = visit_at.isoformat()
    return _added(concern, EntryKind.PLANNED, body, by=by, at=at)


def agreed(concern: Concern, *, visit_at: datetime | None, follow_up_on: date) -> None:
    """Keep where it can be read at once what comes next by the plan."""
    concern.visit_at, concern.follow_up_on = visit_at, follow_up_on
    concern.save(update_fields=["visit_at", "follow_up_on"])


def _within_a_year(field: str, when: date | None, *, at: datetime) -> None:
    """A slip in the year would put off what a concern depends on, out of everybody's sight."""
    latest = at + LONGEST_AHEAD
    if when is not None and when > (latest if isinstance(when, datetime) else latest.date()):
        raise Invalid(field, "This is more than a year ahead. Look at the year.")


@action(Action.CLOSE_CONCERN)
def agree(concern: Concern, *, note: str, by: Viewer, at: datetime) -> ConcernEntry:
    """A second licensed person agrees that it may be closed although nobody was reached."""
    _open(concern)
    if concern.owner_id in by.memberships:
        raise Invalid("concern", "Somebody other than the owner must agree.")
    if concern.owner_id is None:
        raise Invalid("concern", "Nobody has taken this yet; only then can somebody agree.")
    if not note.strip():
        raise Invalid("note", "Write down why closing without contact is right here.")
    if not _since_news(concern, EntryKind.ATTEMPT):
        raise Invalid("note", "Nobody has tried to reach the person since the last answer.")
    return _added(concern, EntryKind.AGREED, {"note": note.strip()}, by=by, at=at)


@action(Action.CLOSE_CONCERN)
def close(
    concern: Concern, *, reason: str, by: Viewer, at: datetime, key: UUID | None = None
) -> Concern:
    """Close it: assessed, planned, the person reached, or a second licensed person agreed."""
    mine(concern, by)
    if not reason.strip():
        raise Invalid("reason", "Write down why this can be closed.")
    if concern.state != ConcernState.PLANNED:
        raise Invalid("reason", "First write down the assessment and the plan.")
    if not _reached(concern):
        _check_without_contact(concern, by=by, at=at)
    concern.state, concern.closed_at = ConcernState.CLOSED, at
    concern.save(update_fields=["state", "closed_at"])
    add(concern, EntryKind.CLOSED, body={"reason": reason.strip()}, by=by.account, at=at)
    return concern


def _check_without_contact(concern: Concern, *, by: Viewer, at: datetime) -> None:
    """Nobody was reached: a second licensed person, or in a one-person clinic a day's delay."""
    agreed = _since_news(concern, EntryKind.AGREED)
    if any(entry.by != by.account for entry in agreed):
        return
    if _alone(concern.clinic):
        if at < _news_at(concern) + ALONE_DELAY:
            raise Invalid("reason", "Without contact, this can be closed after 24 hours.")
        policy = policy_of(concern.clinic)
        if policy is not None:
            outbox.put(Kind.REVIEW_NEEDED, at=at, clinic=concern.clinic_id, invitation=policy.pk)
        return
    raise Invalid(
        "reason", "The person was not reached. A second licensed person has to agree first."
    )


def _alone(clinic: Clinic) -> bool:
    held = Membership._base_manager.filter(clinic=clinic, licensed=True, until=None)
    licensed = held.filter(role__in=TREATING)
    return licensed.values("account").distinct().count() < 2


@action(Action.ANSWER_INSTRUMENT)
def by_mistake(concern: Concern, *, by: Viewer, at: datetime) -> ConcernEntry:
    """The client says the answer was a slip. It is written down; it closes nothing."""
    _open(concern)
    answers = _entries(concern, EntryKind.ANSWER)
    since = answers[-1].at if answers else concern.opened_at
    held = [one for one in _entries(concern, EntryKind.MISTAKE) if one.at >= since]
    return held[0] if held else _added(concern, EntryKind.MISTAKE, {}, by=by, at=at)


@action(Action.RUN_CLOCK)
def release(concern: Concern, *, by: Viewer, at: datetime) -> Concern:
    """The owner left: nobody owns it now, it gets a new due time, and the responders are told."""
    _open(concern)
    concern.owner = concern.offered_to = None
    concern.state = ConcernState.NEW
    concern.due_at = due(concern.clinic, Tier(concern.tier), at=at)
    concern.save(update_fields=["owner", "offered_to", "state", "due_at"])
    add(concern, EntryKind.RELEASED, body={}, at=at)
    notify(concern, duties=list(DutyKind), at=at)
    return concern


def _open(concern: Concern) -> None:
    """Still open, and held: of two who take it at once, the second one sees who has it."""
    concern.refresh_from_db(from_queryset=Concern.objects.select_for_update())
    if concern.state == ConcernState.CLOSED:
        raise Invalid("concern", "This was closed already.")


def mine(concern: Concern, by: Viewer) -> None:
    """Open, held, and the viewer's own; else Invalid."""
    _open(concern)
    if concern.owner_id not in by.memberships:
        raise Invalid("concern", "Take this first; only its owner works on it.")


def _seat(by: Viewer) -> Membership:
    """The licensed membership by which the viewer works here."""
    held = Membership.objects.filter(pk__in=by.memberships, licensed=True, role__in=TREATING)
    return held.order_by("since")[0]


def _step(concern: Concern, state: ConcernState) -> None:
    concern.state = state
    concern.save(update_fields=["state"])


def _entries(concern: Concern, kind: EntryKind) -> list[ConcernEntry]:
    return list(ConcernEntry.objects.filter(concern=concern, kind=kind).order_by("at"))


def _reached(concern: Concern) -> bool:
    tries = _since_news(concern, EntryKind.ATTEMPT)
    return any(entry.body["outcome"] == "reached" for entry in tries)


def _since_news(concern: Concern, kind: EntryKind) -> list[ConcernEntry]:
    """What was done since the last answer that said something new: what came before it is over."""
    since = _news_at(concern)
    return [entry for entry in _entries(concern, kind) if entry.at >= since]


def _news_at(concern: Concern) -> datetime:
    """When danger was last told anew; what was chosen on a draft and then sent is told once.

    It is so whenever `screen` leads the concern back to be assessed.
    """
    news = concern.opened_at
    last: dict[UUID | None, dict[str, Any]] = {}
    rows = Screening.objects.filter(patient=concern.patient_id, at__gte=concern.opened_at)
    for row in rows.order_by("at"):
        said = row.outcome["answers"]
        fresh = row.administration is None or last.get(row.administration) != said
        if fresh and row.outcome["positive"]:
            news = row.at
        last[row.administration] = said
    return news


def _added(
    concern: Concern, kind: EntryKind, body: dict[str, Any], *, by: Viewer, at: datetime
) -> ConcernEntry:
    return add(concern, kind, body=body, by=by.account, at=at)
