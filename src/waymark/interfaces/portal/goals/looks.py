"""A goal as its pages draw it: its rungs, who reads it, its past, and what is said beside it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from waymark.access.vocabulary import Viewer
from waymark.library.goal import LET_GO_BECAUSE, LEVELS, STATES, GoalState
from waymark.library.goal_hints import hints
from waymark.library.hint import Hint
from waymark.library.level_hints import level_hints
from waymark.library.sensitive_goal import SENSITIVE
from waymark.record.goals.course import Attainment, Moved, Standing, attainment, moved
from waymark.record.goals.queries import ACT, Held, Step
from waymark.record.goals.rating import Rated, next_on
from waymark.record.goals.review import to_review
from waymark.record.goals.showing import measure_words, snapshot_of
from waymark.record.goals.turns import TURNS, Turn
from waymark.record.sharing.queries import Shared, shared_now


@dataclass(frozen=True, slots=True)
class Rung:
    """One of the five levels: its name, its own words, and whether one stands or began there."""

    name: str
    words: str
    here: bool
    passed: bool
    start: bool


@dataclass(frozen=True, slots=True)
class Past:
    """One step of the history; ``because`` and ``words`` are its reason, if it has one."""

    name: str
    turn: Turn
    day: date
    was: str
    because: str
    words: str


@dataclass(frozen=True, slots=True)
class Look:
    """One goal with all that its card says."""

    held: Held
    shared: Shared | None
    today: date

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """From most to least; none where they are not all written."""
        terms, last = self.held.now.terms, self.held.last
        here = last.rated.level if last else None
        return tuple(
            Rung(
                name=name,
                words=terms.levels[level],
                here=level == here,
                passed=here is not None and level < here,
                start=level == terms.start,
            )
            for level, name in (LEVELS.items() if terms.scaled else ())
        )

    @property
    def measure(self) -> str:
        return measure_words(self.held.now.terms.draft.measure)

    @property
    def changed(self) -> bool:
        """Whether who reads it reads it as it was."""
        return (
            self.shared is not None
            and self.shared.snapshot.digest != snapshot_of(self.held.seen).digest
        )

    @property
    def due(self) -> bool:
        return self.held.due(self.today)

    @property
    def until(self) -> date | None:
        """From when on the next rating may be given; None where one may be given today."""
        last = self.last_day
        return None if last is None or self.due or last == self.today else next_on(last)

    @property
    def to_review(self) -> tuple[str, ...]:
        """What is said in place of hints, of a goal that is made with a clinician."""
        return tuple(SENSITIVE[kind] for kind in to_review(self.held.now.terms))

    @property
    def past(self) -> tuple[Past, ...]:
        """Its history, newest first."""
        return tuple(_past(one) for one in reversed(self.held.steps))

    @property
    def ending(self) -> Past | None:
        """How it ended: the last step of an ended one."""
        return self.past[0] if self.held.ended else None

    @property
    def state_words(self) -> str:
        return STATES[self.held.state]

    @property
    def last_words(self) -> str:
        """What was said last, under the terms of now."""
        return in_words(self.held.last.rated) if self.held.last else ""

    @property
    def view_words(self) -> str:
        """Where a clinician saw it last."""
        return in_words(self.held.view_now.rated) if self.held.view_now else ""

    @property
    def ratings(self) -> tuple[tuple[str, date, bool], ...]:
        """All, newest first: in words, with its day, and whether it was another goal then."""
        now = self.held.now.same_since
        return tuple(
            (in_words(one.rated), one.day, one.same_since != now)
            for one in reversed(self.held.ratings)
        )

    @property
    def last_day(self) -> date | None:
        """When it was rated last, under whatever terms."""
        return self.held.ratings[-1].day if self.held.ratings else None

    def hints(self, active: int) -> tuple[Hint, ...]:
        """What could make it easier to keep; nothing is coached that is made with a clinician."""
        if self.held.ended or self.to_review:
            return ()
        terms = self.held.now.terms
        said = hints(terms.draft, today=self.today, active=0 if self.held.working else active)
        return (*said, *level_hints(terms.levels, start=terms.start))


def _past(step: Step) -> Past:
    because = LET_GO_BECAUSE.get(step.why.because, "")
    return Past(TURNS[step.turn], step.turn, step.day, step.was, because, step.why.words)


def in_words(rated: Rated) -> str:
    """A rating as a line: its level, its number, or both."""
    level = "" if rated.level is None else _(LEVELS[rated.level])
    number = "" if rated.number is None else _("%(n)d of 10") % {"n": rated.number}
    return ", ".join(one for one in (level, number) if one)


def looks(viewer: Viewer, held: Iterable[Held], *, today: date) -> list[Look]:
    """Each with what is shared of it now."""
    goals = list(held)
    shared: Mapping[UUID, Shared] = shared_now(viewer, ACT, [one.id for one in goals])
    return [Look(one, shared.get(one.id), today) for one in goals]


@dataclass(frozen=True, slots=True)
class Numbers:
    """A client's own numbers over the goals that are worked on; each is None where it is too early.

    The goals that are made with a clinician are left out: no number cheers them on.
    """

    moved: Moved | None
    attainment: Attainment | None


def numbers_of(goals: Iterable[Look]) -> Numbers:
    """Each goal by its present terms."""
    working = [one.held for one in goals if one.held.working and not one.to_review]
    given = [
        [each.rated.number for each in one.ratings_now if each.rated.number is not None]
        for one in working
    ]
    standing = [
        Standing(one.last.rated.level if one.last else None, one.now.terms.start) for one in working
    ]
    return Numbers(moved(given), attainment(standing))


def by_state(goals: Iterable[Look]) -> Mapping[str, list[Look]]:
    """In the order of the page: worked on, being written or talked about, resting, ended."""
    coming = {GoalState.DRAFT, GoalState.PROPOSED, GoalState.AGREED}
    found: dict[str, list[Look]] = {"working": [], "coming": [], "resting": [], "ended": []}
    for one in goals:
        if one.held.working:
            found["working"].append(one)
        elif one.held.ended:
            found["ended"].append(one)
        else:
            found["coming" if one.held.state in coming else "resting"].append(one)
    return found
