"""Writing a goal, changing it, what becomes of it, and removing it: each step with its reason."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from waymark.access.vocabulary import Action, Viewer
from waymark.library.goal import BadMove, GoalDraft, GoalState, moved
from waymark.record.goals.keeping import Now, free_place, is_shared, newest
from waymark.record.goals.models import Agreement, Goal, GoalVersion, OwnRating
from waymark.record.goals.terms import Terms, checked, read, same_goal
from waymark.record.goals.turns import (
    NO_REASON,
    WORKING,
    Turn,
    Why,
    checked_reason,
    turn_to,
)
from waymark.record.sharing.actions import withdraw
from waymark.record.tenancy.action import Invalid, action
from waymark.record.tenancy.models import Patient

Change = Callable[[Terms], Terms]
FEWEST_PARTS, MOST_PARTS = 2, 3


@action(Action.KEEP_GOALS)
def write(
    patient: Patient,
    *,
    terms: Terms,
    after: UUID | None = None,
    by: Viewer,
    at: datetime,
    key: UUID | None = None,
) -> Goal:
    """Write a goal down. ``after``: an ended one that is taken up again in it. Raises Invalid."""
    older = Goal.objects.get(pk=after) if after else None
    return _written(Now(patient, at), terms, after=older)


def _written(now: Now, terms: Terms, *, after: Goal | None) -> Goal:
    goal = Goal.objects.create(
        patient=now.patient,
        clinic_id=now.patient.clinic_id,
        state=GoalState.DRAFT,
        after=after,
        made_at=now.at,
    )
    now.turn(now.version(goal, checked(terms), number=1, since=1), Turn.WRITTEN)
    return goal


@action(Action.KEEP_GOALS)
def change(
    patient: Patient,
    *,
    goal: UUID,
    changed: Change,
    why: Why = NO_REASON,
    by: Viewer,
    at: datetime,
) -> Goal:
    """Change its terms: a new version, and what was rated before keeps the old one.

    ``changed`` is handed the terms as they are stored: what another tab changed meanwhile stays.
    While it is being written, and nobody has read it, it is written anew. Raises Invalid.
    """
    row, before = _open(goal), newest(goal)
    old = read(before.body)
    new = checked(changed(old))
    reason, now = checked_reason(why), Now(patient, at)
    if new == old:
        return row
    if _is_unread_draft(row):
        before.body = new.body
        before.save(update_fields=["body"])
        return row
    number = before.number + 1
    since = before.terms if same_goal(old, new) else number
    now.turn(now.version(row, new, number=number, since=since), _kind(old, new), reason)
    if since == number:
        _unsettle(row, before)
    now.keeps_shared(row)
    return row


def _open(goal: UUID) -> Goal:
    """One that is not over. Raises DoesNotExist, Invalid."""
    row = Goal.objects.select_for_update().get(pk=goal)
    if row.state in {GoalState.MET, GoalState.LET_GO}:
        raise Invalid("state", _("This one is over, and stays as it was. You can take it up anew."))
    return row


def _is_unread_draft(row: Goal) -> bool:
    rated = OwnRating.objects.filter(goal=row).exists()
    return row.state == GoalState.DRAFT and not rated and not is_shared(row.pk)


def _kind(old: Terms, new: Terms) -> Turn:
    if old.draft.statement != new.draft.statement:
        return Turn.REWORDED
    return Turn.REFINED if same_goal(old, new) else Turn.CHANGED


def _unsettle(row: Goal, before: GoalVersion) -> None:
    """What was agreed to was another goal: it is to be talked about once more."""
    state = GoalState(row.state)
    if state is GoalState.AGREED:
        _put(row, moved(moved(state, GoalState.DRAFT), GoalState.PROPOSED))
    elif state is GoalState.ACTIVE and _agreed(row, before):
        _put(row, moved(state, GoalState.ADJUSTED))


def _agreed(row: Goal, version: GoalVersion) -> bool:
    return Agreement.objects.filter(goal=row.pk, terms=version.terms).exists()


def _put(row: Goal, to: GoalState) -> None:
    """Into a state, with a place of the three where it is worked on, and without one elsewhere."""
    if to not in WORKING:
        row.place = None
    elif row.place is None:
        row.place = free_place()
        if row.place is None:
            raise Invalid(
                "place", _("Three goals are going. Let one of them rest first. Then this has room.")
            )
    row.state = to
    row.save(update_fields=["state", "place"])


@action(Action.KEEP_GOALS)
def move(
    patient: Patient,
    *,
    goal: UUID,
    to: GoalState,
    why: Why = NO_REASON,
    by: Viewer,
    at: datetime,
) -> Goal:
    """Begin it, let it rest, take it up again, put it up to talk about, call it met, or let it go.

    Raises Invalid where it cannot go there, and where three are going already.
    """
    row = Goal.objects.select_for_update().get(pk=goal)
    reason, was = checked_reason(why), GoalState(row.state)
    if was is to:  # sent twice
        return row
    if to in {GoalState.AGREED, GoalState.ADJUSTED}:  # a clinician's to say; and what a change does
        raise Invalid("state", _("Choose one of the steps on the page."))
    _put(row, _moved(was, to))
    now = Now(patient, at)
    now.turn(newest(goal), turn_to(to, was=was), reason)
    now.keeps_shared(row)
    return row


def _moved(was: GoalState, to: GoalState) -> GoalState:
    try:
        return moved(was, to, alone=True)
    except BadMove as error:
        raise Invalid("state", _("It stands elsewhere by now. Please look again.")) from error


@action(Action.KEEP_GOALS)
def split(
    patient: Patient,
    *,
    goal: UUID,
    into: Sequence[str],
    why: Why = NO_REASON,
    by: Viewer,
    at: datetime,
    key: UUID | None = None,
) -> Goal | None:
    """Two or three smaller ones in its place, to be written on; it is over, and kept."""
    parts = [one for one in into if one.strip()]
    if not FEWEST_PARTS <= len(parts) <= MOST_PARTS:
        raise Invalid("part_1", _("Write two or three smaller goals."))
    return _followed(Now(patient, at), goal, parts, Turn.SPLIT, checked_reason(why))


@action(Action.KEEP_GOALS)
def replace_by(
    patient: Patient,
    *,
    goal: UUID,
    statement: str,
    why: Why = NO_REASON,
    by: Viewer,
    at: datetime,
    key: UUID | None = None,
) -> Goal | None:
    """Another one in its place, to be written on; it is over, and kept."""
    reason = checked_reason(why)
    return _followed(Now(patient, at), goal, [statement], Turn.REPLACED, reason)


def _followed(now: Now, goal: UUID, statements: Sequence[str], turn: Turn, why: Why) -> Goal:
    """The first of those that come after it. Why it matters goes along, what was counted not."""
    row = _open(goal)
    version = newest(goal)
    matters = read(version.body).draft.matters
    _put(row, _moved(GoalState(row.state), GoalState.LET_GO))
    now.turn(version, turn, why)
    terms = [Terms(GoalDraft(statement=one, matters=matters)) for one in statements]
    made = [_written(now, one, after=row) for one in terms]
    now.keeps_shared(row)
    return made[0]


@action(Action.KEEP_GOALS)
def remove(patient: Patient, *, goal: UUID, by: Viewer, at: datetime) -> None:
    """Remove it for good, with its past; what was shared of it is taken back."""
    row = Goal.objects.get(pk=goal)
    withdraw(row.pk, at=at)
    row.delete()
