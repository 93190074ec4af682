"""A client's check-ins, opened: one, some, all; what they track; which days were hard."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from uuid import UUID

from django.db.models import QuerySet

from waymark.access.vocabulary import Action, Viewer
from waymark.library.item_answer import from_stored
from waymark.progress.days.values import Given
from waymark.record.checkins.models import CheckIn, HardDay, Reminder, SharedCheckIn, Tracking
from waymark.record.checkins.said import Said, read
from waymark.record.checkins.settings import opened
from waymark.record.checkins.tracking import Tracked
from waymark.record.sharing.queries import streams_of
from waymark.record.sharing.snapshot import Snapshot
from waymark.record.sharing.snapshot import read as read_snapshot
from waymark.record.tenancy.paging import leaf
from waymark.record.vault.batch import open_all

ACT = Action.KEEP_CHECK_INS


@dataclass(frozen=True, slots=True)
class Kept:
    """One check-in. ``at`` carries the offset of the clock that it was sent by."""

    id: UUID
    day: date
    at: datetime
    back_filled: bool
    said: Said

    @property
    def wall(self) -> time:
        """What the clock on the wall showed, wherever that was."""
        return self.at.time()


@dataclass(frozen=True, slots=True)
class Hard:
    """A day that was marked as hard."""

    id: UUID
    day: date
    words: str


@Tracking.objects.prepared
def _tracking(rows: QuerySet[Tracking]) -> QuerySet[Tracking]:
    return rows[:1]


def tracked_by(viewer: Viewer, action: Action = ACT) -> Tracked:
    """What the viewer tracks."""
    return opened(next(iter(_tracking(viewer, action)), None))


@CheckIn.objects.prepared
def _days(rows: QuerySet[CheckIn]) -> QuerySet[CheckIn, tuple[date]]:
    held = rows.filter(taken_back_at=None).order_by("-for_date", "-at")
    return held.values_list("for_date")[:1]


def last_day(viewer: Viewer, action: Action = ACT) -> date | None:
    """The newest day with a check-in."""
    return next((day for (day,) in _days(viewer, action)), None)


@CheckIn.objects.prepared
def _since(rows: QuerySet[CheckIn], *, first: date) -> QuerySet[CheckIn]:
    return rows.filter(for_date__gte=first, taken_back_at=None).order_by("for_date", "at")


def check_ins_since(viewer: Viewer, first: date) -> list[Kept]:
    """Of that day and after it, the oldest first."""
    return [_kept(row) for row in open_all(_since(viewer, ACT, first=first), "body")]


def every_check_in(viewer: Viewer, action: Action = ACT) -> list[Kept]:
    """All of them, the oldest first."""
    rows = CheckIn.objects.visible_to(viewer, action).filter(taken_back_at=None)
    return [_kept(row) for row in open_all(rows.order_by("for_date", "at"), "body")]


def check_in_of(viewer: Viewer, id: UUID) -> Kept:
    """One of them. Raises DoesNotExist."""
    return _kept(CheckIn.objects.visible_to(viewer, ACT).get(pk=id, taken_back_at=None))


def _kept(row: CheckIn) -> Kept:
    at = row.at.astimezone(timezone(timedelta(minutes=row.offset)))
    return Kept(row.pk, row.for_date, at, row.back_filled, read(row.body))


def given_by_item(kept: Iterable[Kept], tracked: Tracked) -> dict[str, list[Given]]:
    """What was said to each item, in every version of its words, as days are judged from it."""
    questions = tracked.questions()
    found: dict[str, list[Given]] = {}
    for one in kept:
        for each in one.said.answers:
            question = questions.get((each.item, each.version))
            if question is not None:
                answer = from_stored(question, each.text)
                given = Given(one.day, one.at, answer, each.version, one.back_filled)
                found.setdefault(each.item, []).append(given)
    return found


@HardDay.objects.prepared
def _hard(rows: QuerySet[HardDay], *, day: date) -> QuerySet[HardDay]:
    return rows.filter(for_date=day)


def hard_on(viewer: Viewer, day: date, action: Action = ACT) -> Hard | None:
    """Whether this day was marked as hard, and what was said of it."""
    row = next(iter(_hard(viewer, action, day=day)), None)
    return _hard_day(row) if row else None


def hard_day_of(viewer: Viewer, id: UUID) -> Hard:
    """One of them. Raises DoesNotExist."""
    return _hard_day(HardDay.objects.visible_to(viewer, ACT).get(pk=id))


def hard_days(viewer: Viewer, action: Action = ACT) -> list[date]:
    """Every day that was marked as hard, ascending; no word of them is opened."""
    rows = HardDay.objects.visible_to(viewer, action).order_by("for_date")
    return list(rows.values_list("for_date", flat=True))


def _hard_day(row: HardDay) -> Hard:
    return Hard(row.pk, row.for_date, row.words or "")


# What the care team reads.


@dataclass(frozen=True, slots=True)
class SharedDay:
    """One check-in as its readers see it."""

    day: date
    at: datetime
    back_filled: bool
    snapshot: Snapshot

    @property
    def wall(self) -> time:
        """What the clock on the client's wall showed."""
        return self.at.time()


@dataclass(frozen=True, slots=True)
class SharedDays:
    """``since``: when the switch was turned on. The newest first; ``older`` is the mark below."""

    since: datetime
    days: list[SharedDay]
    older: str


def shared_check_ins(
    viewer: Viewer, patient: UUID, *, below: str = "", size: int = 30
) -> SharedDays | None:
    """What a client shares of their check-ins now; None where their switch is off."""
    act = Action.READ_SHARED
    since = streams_of(viewer, act, patient).get("check-in")
    if since is None:
        return None
    rows = SharedCheckIn.objects.visible_to(viewer, act)
    held = leaf(rows.filter(patient=patient, stream__until=None), below=below, size=size)
    return SharedDays(since, [_shared(row) for row in open_all(held.rows, "body")], held.older)


def _shared(row: SharedCheckIn) -> SharedDay:
    at = row.at.astimezone(timezone(timedelta(minutes=row.offset)))
    return SharedDay(row.for_date, at, row.back_filled, read_snapshot(row.body))


def reminded_at(viewer: Viewer) -> time | None:
    """The hour at which they asked for a reminder; None: none is sent."""
    row = Reminder.objects.visible_to(viewer, Action.KEEP_CHECK_INS).first()
    return row.at if row else None
