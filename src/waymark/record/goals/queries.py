"""A client's goals and problems, opened, with their past and what a clinician said of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from waymark.access.vocabulary import Action, Viewer
from waymark.library.goal import GoalState
from waymark.record.goals.models import (
    Agreement,
    ClinicianRating,
    Goal,
    GoalTurn,
    GoalVersion,
    OwnRating,
    Problem,
)
from waymark.record.goals.problems import Stated, read_problem
from waymark.record.goals.rating import Rated, is_due, read_rated
from waymark.record.goals.showing import Last, Seen, problem_snapshot
from waymark.record.goals.terms import Terms, read
from waymark.record.goals.turns import ENDED, WORKING, Turn, Why
from waymark.record.people.queries import names_of
from waymark.record.sharing.snapshot import Snapshot
from waymark.record.vault.batch import open_all

ACT = Action.KEEP_GOALS
NOTHING = Rated()


@dataclass(frozen=True, slots=True)
class Version:
    """Terms from a day on."""

    number: int
    since: date
    same_since: int  # the number of the version since which it is the same goal
    terms: Terms


@dataclass(frozen=True, slots=True)
class Rating:
    """One rating, under the version of its day; of a problem there are no versions."""

    rated: Rated
    day: date
    same_since: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the history. ``was``: the words before it, where it changed them."""

    turn: Turn
    day: date
    why: Why
    was: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What a clinician said of it: their name, when, and under which terms."""

    name: str
    at: datetime
    terms: int
    rated: Rated = NOTHING


@dataclass(frozen=True, slots=True)
class Held:
    """A goal with all that belongs to it."""

    id: UUID
    state: GoalState
    place: int | None
    after: UUID | None
    versions: tuple[Version, ...]
    ratings: tuple[Rating, ...]
    steps: tuple[Step, ...]
    agreed: tuple[Said, ...]
    views: tuple[Said, ...]

    @property
    def now(self) -> Version:
        return self.versions[-1]

    @property
    def statement(self) -> str:
        return self.now.terms.draft.statement

    @property
    def working(self) -> bool:
        return self.state in WORKING

    @property
    def ended(self) -> bool:
        return self.state in ENDED

    @property
    def ratings_now(self) -> tuple[Rating, ...]:
        """Those that can be read beside each other: under the terms of now, oldest first."""
        return tuple(one for one in self.ratings if one.same_since == self.now.same_since)

    @property
    def last(self) -> Rating | None:
        """The last one under the terms of now."""
        return self.ratings_now[-1] if self.ratings_now else None

    @property
    def agreed_now(self) -> Said | None:
        """Who agreed to it as it is now."""
        held = [one for one in self.agreed if one.terms == self.now.same_since]
        return held[-1] if held else None

    @property
    def view_now(self) -> Said | None:
        """Where a clinician saw it last, as it is now."""
        held = [one for one in self.views if one.terms == self.now.same_since]
        return held[-1] if held else None

    @property
    def seen(self) -> Seen:
        """As it would be shared."""
        last = self.last
        shown = Last(last.rated, last.day) if last else None
        return Seen(self.now.terms, self.now.same_since, self.now.since, self.state, shown)

    def due(self, today: date) -> bool:
        """Whether a week is over since it was rated, under whatever terms."""
        return self.working and is_due(_last_day(self.ratings), today=today)


def _last_day(ratings: tuple[Rating, ...]) -> date | None:
    return ratings[-1].day if ratings else None


def goals_of(viewer: Viewer) -> list[Held]:
    """The viewer's own: those with a place by it, then the others, newest first."""
    rows = list(Goal.objects.visible_to(viewer, ACT).order_by("-made_at", "pk"))
    return sorted(_held(viewer, rows), key=lambda one: (one.place is None, one.place or 0))


def goal_of(viewer: Viewer, id: UUID) -> Held:
    """One of them. Raises DoesNotExist."""
    row = Goal.objects.visible_to(viewer, ACT).get(pk=id)
    return _held(viewer, [row])[0]


def _held(viewer: Viewer, goals: list[Goal]) -> list[Held]:
    ids = [row.pk for row in goals]
    versions = _by_goal(_of(GoalVersion.objects.visible_to(viewer, ACT), ids, "number", "body"))
    ratings = _by_goal(_ratings(viewer, ids))
    turns = _by_goal(_of(GoalTurn.objects.visible_to(viewer, ACT), ids, "number", "why"))
    agreed = list(Agreement.objects.visible_to(viewer, ACT).filter(goal__in=ids).order_by("at"))
    views = ClinicianRating.objects.visible_to(viewer, ACT).filter(goal__in=ids)
    seen = open_all(views.order_by("for_date", "at"), "body")
    names = names_of([*(one.by for one in agreed), *(one.by for one in seen)])
    return [
        Held(
            id=row.pk,
            state=GoalState(row.state),
            place=row.place,
            after=row.after_id,
            versions=tuple(map(_version, versions[row.pk])),
            ratings=tuple(map(_rating, ratings[row.pk])),
            steps=_steps(turns[row.pk], versions[row.pk]),
            agreed=tuple(_said(one, names) for one in agreed if one.goal == row.pk),
            views=tuple(_said(one, names) for one in seen if one.goal == row.pk),
        )
        for row in goals
    ]


def _of(rows: QuerySet[Any], goals: list[UUID], order: str, sealed: str) -> list[Any]:
    return open_all(rows.filter(goal__in=goals).order_by(order, "pk"), sealed)


def _ratings(viewer: Viewer, goals: list[UUID]) -> list[OwnRating]:
    rows = OwnRating.objects.visible_to(viewer, ACT).select_related("version")
    return _of(rows, goals, "for_date", "body")


def _by_goal(rows: Iterable[Any]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.goal_id].append(row)
    return found


def _version(row: GoalVersion) -> Version:
    return Version(row.number, row.since, row.terms, read(row.body))


def _rating(row: OwnRating) -> Rating:
    return Rating(read_rated(row.body), row.for_date, row.version.terms if row.version else 0)


def _said(row: Agreement | ClinicianRating, names: dict[UUID, str]) -> Said:
    rated = read_rated(row.body) if isinstance(row, ClinicianRating) else NOTHING
    return Said(names.get(row.by, _("Your therapist")), row.at, row.terms, rated)


def _steps(turns: list[GoalTurn], versions: list[GoalVersion]) -> tuple[Step, ...]:
    words = {row.pk: read(row.body).draft.statement for row in versions}
    before = {later.pk: words[row.pk] for row, later in pairwise(versions)}
    return tuple(
        Step(
            Turn(row.turn),
            row.for_date,
            Why(**row.why),
            before.get(row.version_id, "") if row.turn == Turn.REWORDED else "",
        )
        for row in turns
    )


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem with its ratings, oldest first."""

    id: UUID
    stated: Stated
    made_at: datetime
    aside: bool
    ratings: tuple[Rating, ...]

    @property
    def last(self) -> Rating | None:
        return self.ratings[-1] if self.ratings else None

    @property
    def shown(self) -> Snapshot:
        """As it would be shared."""
        last = self.last
        return problem_snapshot(self.stated, Last(last.rated, last.day) if last else None)

    def due(self, today: date) -> bool:
        """Whether a week is over since it was rated."""
        return not self.aside and is_due(_last_day(self.ratings), today=today)


def problems_of(viewer: Viewer) -> list[Trouble]:
    """The viewer's own, newest first, those that were put aside last."""
    rows = Problem.objects.visible_to(viewer, ACT).order_by("-made_at", "pk")
    return sorted(_troubles(viewer, open_all(rows, "body")), key=lambda one: one.aside)


def problem_of(viewer: Viewer, id: UUID) -> Trouble:
    """One of them. Raises DoesNotExist."""
    return _troubles(viewer, [Problem.objects.visible_to(viewer, ACT).get(pk=id)])[0]


def _troubles(viewer: Viewer, rows: list[Problem]) -> list[Trouble]:
    held = OwnRating.objects.visible_to(viewer, ACT).filter(problem__in=[row.pk for row in rows])
    ratings = open_all(held.order_by("for_date", "pk"), "body")
    return [
        Trouble(
            row.pk,
            read_problem(row.body),
            row.made_at,
            row.ended_at is not None,
            tuple(_rating(one) for one in ratings if one.problem_id == row.pk),
        )
        for row in rows
    ]
