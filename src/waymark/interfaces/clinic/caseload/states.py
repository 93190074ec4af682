"""From what the record knows of one client to the plain facts that reasons are worked out from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from waymark.library.danger import speaks_of_danger
from waymark.progress.reasons.reason import (
    WEEK,
    Attention,
    Danger,
    Facts,
    FollowUp,
    Invited,
    Scores,
    Waiting,
    first_of,
)
from waymark.progress.reasons.why import REASONS
from waymark.progress.signals.score_signal import Looks, ScoreFinding
from waymark.progress.signals.scores import SIGNALS
from waymark.record.safety.ahead import Agreed, ahead_of
from waymark.record.tenancy.days import day_of
from waymark.record.timeline.queries import Course

if TYPE_CHECKING:
    from waymark.record.tenancy.named import Patient


@dataclass(frozen=True, slots=True)
class KnownOfClient:
    """What the caseload knows of one client."""

    patient: "Patient"
    concern: Any  # safety.queries.OpenConcern, if one is open
    courses: tuple[Course, ...]
    waiting: Any  # what waits longest to be answered
    discussed: Mapping[UUID, datetime]  # answers that were talked about, and when
    invitation: Any  # the one that was not used yet
    in_care: bool
    given: bool  # whether anything is given by a standing decision
    invited_at: datetime
    agreed: Agreed | None = None  # what a closed concern left to come


def state_of(one: KnownOfClient, *, at: datetime) -> Attention:
    """The most pressing thing that is known."""
    return first_of(REASONS, facts_of(one, at=at))


def facts_of(one: KnownOfClient, *, at: datetime) -> Facts:
    """The same, with days by the client's own clock."""
    zone = one.patient.zone
    return Facts(
        today=day_of(at, zone=zone),
        joined=one.patient.account_id is not None,
        invited=_invited(one.invitation, at=at),
        invited_on=day_of(one.invited_at, zone=zone),
        in_care=one.in_care,
        given=one.given,
        danger=_danger(one.concern, zone=zone, at=at),
        courses=tuple(_scores(course, one.discussed, zone=zone) for course in one.courses),
        waiting=_waiting(one.waiting, at=at, zone=zone),
        follow_up=_follow_up(one.agreed, zone=zone),
    )


def _follow_up(held: Agreed | None, *, zone: str) -> FollowUp | None:
    if held is None:
        return None
    visit, day = held.ahead.visit_at, held.ahead.follow_up_on
    on = [day] if day else []
    on += [day_of(visit, zone=zone)] if visit else []
    if not on:
        return None
    first = min(on)
    return FollowUp(held.concern, first, visit if day is None or first < day else None)


def _danger(held: Any, *, zone: str, at: datetime) -> Danger | None:
    if held is None:
        return None
    row = held.concern
    ahead = ahead_of(row, zone=zone, at=at)
    return Danger(
        id=row.pk,
        said=_chosen(held.latest),
        others=held.others,
        slip=held.mistaken,
        owner=held.owner if row.owner_id else "",
        own=held.owned_by_viewer,
        offered=held.offered_to_viewer,
        due_at=row.due_at,
        next_step_at=ahead.at or row.next_step_at,
        follow_up_on=ahead.follow_up_on,
    )


def _chosen(latest: Any) -> str:
    """The exact words that were chosen; who asked for somebody has not told of danger by that."""
    said = [answer["label"] for answer in latest.get("answers", [])]
    words = ", ".join(f"“{label}”" for label in said)
    if latest.get("asked") and not any(speaks_of_danger(label) for label in said):
        return f"Asks that you get in touch: {words}"
    return f"{latest.get('instrument', 'An answer')} tells of danger: {words}"


def _scores(course: Course, discussed: Mapping[UUID, datetime], *, zone: str) -> Scores:
    last = course.last
    when = discussed.get(last.response) if last.response else None
    return Scores(
        instrument=course.instrument,
        findings=course.findings,
        further=tuple(_beside(course)),
        ahead=course.ahead,
        last_day=last.for_date,
        last_response=last.response,
        by_self=last.source != "imported",  # what was brought in was not given to be talked about
        discussed_on=day_of(when, zone=zone) if when else None,
    )


def _beside(course: Course) -> Iterator[ScoreFinding]:
    """What is told beside the change; a flag has a reason of its own."""
    for one in course.further:
        if SIGNALS[one.signal].looks is not Looks.AHEAD:
            yield one


def _waiting(held: Any, *, at: datetime, zone: str) -> Waiting | None:
    if held is None:
        return None
    lapses = held.lapses_at
    return Waiting(
        instrument=held.instrument,
        since=day_of(held.due_at, zone=zone),
        overdue=at - held.due_at >= WEEK,
        lapses_at=lapses,
        lapses_on=day_of(lapses, zone=zone) if lapses else None,
    )


def _invited(invitation: Any, *, at: datetime) -> Invited | None:
    if invitation is None:
        return None
    return Invited(invitation.pk, invitation.expires_at, over=invitation.expires_at <= at)
