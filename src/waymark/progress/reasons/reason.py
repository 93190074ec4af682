"""What a reason is, the plain facts that it is worked out from, and which of them stands first.

A reason is one file in `why`. Whoever asks hands in facts that are settled already (days by the
person's own clock, the exact words that were chosen), so that a caseload, a day's list and a digest
read the same.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from waymark.library.instruments import INSTRUMENTS
from waymark.progress.course.projection import Projection
from waymark.progress.signals.score_signal import ScoreFinding
from waymark.progress.telling.scores import tell
from waymark.progress.telling.told import Audience

WEEK = timedelta(days=7)
"""How long what calls for a talk may wait: no appointment is known, and most meet once a week."""

LATEST = "By your next meeting, at the latest"


class Helps(StrEnum):
    """What would help, done in one tap where it can be."""

    OWNER = "owner"
    ACCEPTING = "accepting"
    TALK = "talk"
    REMINDER = "reminder"
    INVITATION = "invitation"
    CARE = "care"
    MEASURE = "measure"
    NOTHING = ""


class Kind(StrEnum):
    """How a reason is marked: a color has these words beside it, always."""

    RISK = "risk"
    WATCH = "watch"
    GOOD = "good"
    INFO = "info"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Danger:
    """An open concern. ``said`` holds the words that were chosen; ``owner`` is empty for nobody."""

    id: UUID
    said: str
    others: int
    slip: bool
    owner: str
    own: bool  # whoever asks has it
    offered: bool  # to whoever asks
    due_at: datetime
    next_step_at: datetime | None  # or a visit, whichever is first
    follow_up_on: date | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What was agreed when a concern was closed and is still to come: a visit, or a day."""

    concern: UUID
    on: date
    at: datetime | None  # the visit


@dataclass(frozen=True, slots=True)
class Scores:
    """One scale's course: what was found, and the last answers that it rests on."""

    instrument: str
    findings: tuple[ScoreFinding, ...]  # the first score against the last one
    further: tuple[ScoreFinding, ...]  # what may be told beside it, but for a flag
    ahead: Projection | None
    last_day: date
    last_response: UUID | None  # None: a total without its answers
    by_self: bool  # not brought in from older records
    discussed_on: date | None

    @property
    def title(self) -> str:
        """The name of the measure."""
        return INSTRUMENTS[self.instrument].title


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits longest to be answered; both ``lapses`` are one moment, or none."""

    instrument: str
    since: date
    overdue: bool  # a week or more
    lapses_at: datetime | None
    lapses_on: date | None


@dataclass(frozen=True, slots=True)
class Invited:
    """The invitation that was not used yet."""

    id: UUID
    expires_at: datetime
    over: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one person. Days are the person's own."""

    today: date
    joined: bool
    invited: Invited | None
    invited_on: date
    in_care: bool
    given: bool  # whether anything is given by a standing decision
    danger: Danger | None
    courses: tuple[Scores, ...]  # the one answered last first
    waiting: Waiting | None
    follow_up: FollowUp | None = None


@dataclass(frozen=True, slots=True)
class Attention:
    """Where somebody stands: 0 is danger without an owner; below 4 somebody waits for a person."""

    urgency: int
    kind: Kind
    why: str
    by_when: str = ""
    due_at: datetime | None = None  # an exact time,
    due_on: date | None = None  # or a day
    helps: Helps = Helps.NOTHING
    about: UUID | None = None  # the concern, the answers or the invitation that it is about
    named: str = ""  # those answers, in words


@dataclass(frozen=True, slots=True)
class AttentionReason:
    """One reason: an id, its place among the others, and where it puts somebody, if it holds."""

    id: str
    number: int
    attention: Callable[[Facts], Attention | None]


def first_of(reasons: Mapping[str, AttentionReason], facts: Facts) -> Attention:
    """The most pressing thing that is known. Raises LookupError where no reason holds."""
    for reason in in_order(reasons):
        found = reason.attention(facts)
        if found is not None:
            return found
    raise LookupError("no reason holds, not even the last one")


def in_order(reasons: Mapping[str, AttentionReason]) -> Iterator[AttentionReason]:
    """The reasons from the most pressing on."""
    yield from sorted(reasons.values(), key=lambda one: (one.number, one.id))


# Words and days that several reasons share


def said(finding: ScoreFinding) -> str:
    """A finding in the clinician's words, by the name of its measure."""
    title = INSTRUMENTS[finding.evidence.instrument].title
    told = tell([finding], to=Audience.CLINICIAN, called={finding.evidence.instrument: title})
    return told.headline


def to_follow_up(urgency: int, held: FollowUp) -> Attention:
    """What was agreed when a concern was closed, with its day."""
    what = "A visit was agreed" if held.at else "A follow-up was agreed"
    return Attention(
        urgency,
        Kind.WATCH if urgency < 4 else Kind.INFO,
        f"{what} when a concern was closed",
        "On",
        due_at=held.at,
        due_on=None if held.at else held.on,
        about=held.concern,
    )


def by_then(latest: date, *, today: date) -> str:
    """By when, as the end of a sentence; a day that is over is said to be over."""
    return "it was due by" if latest < today else LATEST[0].lower() + LATEST[1:]


def to_raise(urgency: int, why: str, course: Scores, what: str, *, today: date) -> Attention:
    """Something to be talked about within a week of the last answers; done, once it was."""
    if course.discussed_on is not None:
        return Attention(5, Kind.WATCH, why, "Talked about", due_on=course.discussed_on)
    latest = course.last_day + WEEK
    talk = course.last_response is not None and course.by_self
    return Attention(
        urgency,
        Kind.WATCH,
        why,
        f"{what}: {by_then(latest, today=today)}",
        due_on=latest,
        helps=Helps.TALK if talk else Helps.NOTHING,
        about=course.last_response,
        named=f"{course.title} of {course.last_day:%b} {course.last_day.day}",
    )
