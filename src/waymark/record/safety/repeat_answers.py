"""The short way for a known answer: the same one again, assessed lately, a visit booked.

It saves a licensed person the writing, never the looking: one concern at a time, signed by its
owner, and only while the clinic's signed policy allows it. Any other answer takes the full way.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from waymark.access.vocabulary import Action, Viewer
from waymark.library.safety import Tier
from waymark.record.safety.actions import agreed, mine
from waymark.record.safety.models import Concern, ConcernEntry, ConcernState, EntryKind
from waymark.record.safety.prerequisites import policy_of
from waymark.record.safety.responders import add
from waymark.record.tenancy.action import Invalid, action
from waymark.record.tenancy.days import date_of

FULL_WAY = "This is not an answer that was assessed lately with a visit booked. Take each step."


@dataclass(frozen=True, slots=True)
class RepeatAnswer:
    """What was judged and agreed about this same answer."""

    assessed_at: datetime  # the full assessment, not a later signature
    judgement: str
    steps: str
    visit_at: datetime


def known_answer(viewer: Viewer, concern: Concern, *, at: datetime) -> RepeatAnswer | None:
    """What is known of an open concern's answer; None: it takes the full way."""
    rows = ConcernEntry.objects.visible_to(viewer, Action.READ_CONCERNS)
    return _known(concern, rows.filter(patient=concern.patient_id), at=at)


@action(Action.CLOSE_CONCERN)
def sign_off(
    concern: Concern,
    *,
    judgement: str,
    steps: str,
    by: Viewer,
    at: datetime,
    key: UUID | None = None,
) -> Concern:
    """Sign that the assessment and the plan still hold, and close it."""
    mine(concern, by)
    known = _known(concern, ConcernEntry.objects.all(), at=at)
    if known is None:
        raise Invalid("concern", FULL_WAY)
    for name, words in (("judgement", judgement), ("steps", steps)):
        if not words.strip():
            raise Invalid(name, "Write down what holds now.")
    day, visit_on = (
        date_of(moment, zone=concern.clinic.zone) for moment in (known.assessed_at, known.visit_at)
    )
    written: tuple[tuple[EntryKind, dict[str, Any]], ...] = (
        (
            EntryKind.ASSESSED,
            {
                "tool": f"the same answer as assessed on {day.isoformat()}",
                "judgement": judgement.strip(),
                "as_of": known.assessed_at.isoformat(),
            },
        ),
        (
            EntryKind.PLANNED,
            {
                "steps": steps.strip(),
                "follow_up_on": visit_on.isoformat(),
                "visit_at": known.visit_at.isoformat(),
            },
        ),
        (EntryKind.CLOSED, {"reason": "A known answer: the plan is in force, a visit is booked."}),
    )
    for kind, body in written:
        add(concern, kind, body=body, by=by.account, at=at)
    agreed(concern, visit_at=known.visit_at, follow_up_on=visit_on)
    concern.state, concern.closed_at = ConcernState.CLOSED, at
    concern.save(update_fields=["state", "closed_at"])
    return concern


def _known(concern: Concern, rows: Iterable[ConcernEntry], *, at: datetime) -> RepeatAnswer | None:
    policy = policy_of(concern.clinic)
    days = policy.timers.get("known", 0) if policy else 0
    if not days or concern.tier == Tier.URGENT or concern.late:
        return None
    held = sorted(rows, key=lambda row: row.at)
    assessed, planned = _last(held, EntryKind.ASSESSED), _last(held, EntryKind.PLANNED)
    if assessed is None or planned is None or not _same(held, since=assessed.at):
        return None
    as_of = datetime.fromisoformat(assessed.body.get("as_of") or assessed.at.isoformat())
    visit_at = datetime.fromisoformat(planned.body.get("visit_at") or as_of.isoformat())
    if at - as_of > timedelta(days=days) or planned.at < assessed.at or visit_at <= at:
        return None
    return RepeatAnswer(as_of, assessed.body["judgement"], planned.body["steps"], visit_at)


def _last(held: Sequence[ConcernEntry], kind: EntryKind) -> ConcernEntry | None:
    return next((row for row in reversed(held) if row.kind == kind), None)


def _same(held: Sequence[ConcernEntry], *, since: datetime) -> bool:
    """Whether all that was answered since is what was assessed, to the letter."""
    answers = [row for row in held if row.kind == EntryKind.ANSWER]
    before = [_said(row) for row in answers if row.at <= since]
    later = [_said(row) for row in answers if row.at > since]
    changed = any(row.kind == EntryKind.CHANGED_BACK and row.at > since for row in held)
    return bool(before and later) and not changed and set(later) == {before[-1]}


def _said(row: ConcernEntry) -> tuple[Any, ...]:
    """The words of one entry, so that they can be compared."""
    words = row.body
    chosen = tuple((one["item"], one["value"]) for one in words["answers"])
    return words["instrument"], chosen, tuple(words["unanswered"])
