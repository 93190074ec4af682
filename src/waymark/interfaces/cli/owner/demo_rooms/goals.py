"""Goals of four of them: one agreed to and going, one kept, one met, one let go; two that wait."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from waymark.access.vocabulary import Action
from waymark.interfaces.cli.owner.demo_life import Life
from waymark.library.goal import Counted, GoalDraft, GoalMeasure, GoalState
from waymark.record.goals import actions
from waymark.record.goals.answering import agree, view
from waymark.record.goals.problems import Stated, state
from waymark.record.goals.queries import goal_of
from waymark.record.goals.rate import rate_goal, rate_problem
from waymark.record.goals.rating import Rated
from waymark.record.goals.showing import snapshot_of
from waymark.record.goals.terms import Terms
from waymark.record.goals.tries import Plan, begin_try
from waymark.record.goals.turns import NO_REASON, Why
from waymark.record.sharing.actions import ToShare, set_stream, share
from waymark.record.tenancy.action import reading

NUMBER = 70
LEVELS = {
    2: "I bring a topic of my own.",
    1: "I speak twice, or answer a question I was not asked.",
    0: "I speak once in each meeting.",
    -1: "I speak once in two meetings.",
    -2: "I take notes and say nothing.",
}
VAGUE = Terms(GoalDraft("Be more confident at work"))
SPEAK = Terms(
    GoalDraft(
        statement="Speak once in each weekly meeting",
        measure=GoalMeasure(Counted.FREQUENCY, "times a meeting", 0, 1),
        confidence=7,
        matters="So that I am in the room and not only at the table.",
        first_step="Write one line before the meeting.",
        obstacle="my throat closes before I speak,",
        plan="I put both feet down, breathe out once, and read the first line I wrote.",
    ),
    LEVELS,
    start=-2,
)
SCREENS = Terms(
    GoalDraft(
        statement="Screens off by 10:30 PM, five nights a week",
        measure=GoalMeasure(Counted.FREQUENCY, "nights a week", 1, 5),
    )
)
GYM, SISTER = (
    Terms(GoalDraft(words))
    for words in ("Gym three times a week", "Tell my sister that I see someone")
)
WALK = Terms(
    GoalDraft("Walk to the lake and back on two mornings a week", matters="For the light.")
)
POUNDS = Terms(GoalDraft("Lose ten pounds by summer"))
DRAFT = Terms(GoalDraft("Sleep"))
SAID = ((2, -2), (3, -2), (3, -1), (4, -1), (5, -1), (5, 0), (6, 0))
"""Sam's numbers and levels, a week between two of them; the last one is of three days ago."""


def live(life: Life) -> None:
    match life.login:
        case "sam":
            _speaks(life)
            _ended(life)
            _sleeps(life)
            _tries(life)
        case "avery":
            actions.write(life.patient, terms=DRAFT, by=life.client, at=life.ago(days=2))
        case "casey":
            goal = _begun(life, WALK, at=life.ago(days=6), to=GoalState.PROPOSED)
            _shared(life, goal, at=life.ago(days=5))
        case "morgan":
            _shared(life, _begun(life, POUNDS, at=life.ago(days=9)), at=life.ago(days=8))


def _begun(life: Life, terms: Terms, *, at: datetime, to: GoalState = GoalState.ACTIVE) -> UUID:
    goal = actions.write(life.patient, terms=terms, by=life.client, at=at)
    _becomes(life, goal.pk, to, at=at)
    return goal.pk


def _becomes(life: Life, goal: UUID, to: GoalState, *, at: datetime, why: Why = NO_REASON) -> None:
    actions.move(life.patient, goal=goal, to=to, why=why, by=life.client, at=at)


def _speaks(life: Life) -> None:
    """Reworded, agreed to, and rated week by week; shared as it comes."""
    goal = _begun(life, VAGUE, at=life.ago(days=110))
    due = life.day_of(life.now + timedelta(days=60))
    terms = replace(SPEAK, draft=replace(SPEAK.draft, due_on=due))
    why, at = Why(words="I could not tell when I had done it."), life.ago(days=68)
    actions.change(life.patient, goal=goal, changed=lambda _: terms, why=why, by=life.client, at=at)
    row = _shared(life, goal, at=at)
    agree(life.patient, share=row, by=life.therapist, at=life.ago(days=66))
    set_stream(life.patient, kind="goal", on=True, by=life.client, at=life.ago(days=66))
    for number, (far, level) in enumerate(SAID):
        at = life.ago(days=3 + 7 * (len(SAID) - 1 - number))
        rated = Rated(far, level)
        rate_goal(life.patient, goal=goal, rated=rated, by=life.client, at=at)
    row = _shared(life, goal, at=life.ago(days=2))
    view(life.patient, share=row, rated=Rated(6, 1), by=life.therapist, at=life.ago(days=1))


def _shared(life: Life, goal: UUID, *, at: datetime) -> UUID:
    """As it stands now, by its preview."""
    with reading(Action.KEEP_GOALS, by=life.client, at=at):
        shown = snapshot_of(goal_of(life.client, goal).seen)
    what = ToShare("goal", goal, shown, shown.digest)
    return share(life.patient, what=what, by=life.client, at=at).pk


def _ended(life: Life) -> None:
    gym = _begun(life, GYM, at=life.ago(days=100))
    why = Why("not-mine", "It was my brother's goal. Walking is mine.")
    _becomes(life, gym, GoalState.LET_GO, at=life.ago(days=58), why=why)
    sister = _begun(life, SISTER, at=life.ago(days=90))
    said = Why(words="She said, good. That was all.")
    _becomes(life, sister, GoalState.MET, at=life.ago(days=70), why=said)


def _tries(life: Life) -> None:
    """Two weeks that are over, to be looked at."""
    plan = Plan("A walk before I open my mail", "After breakfast, on work days", "mood")
    begin_try(life.patient, plan=plan, by=life.client, at=life.ago(days=17))


def _sleeps(life: Life) -> None:
    """A goal that is kept to oneself, due to be rated, and the problem beside it."""
    goal = _begun(life, SCREENS, at=life.ago(days=30))
    for far, days in ((3, 21), (4, 8)):
        at = life.ago(days=days)
        rate_goal(life.patient, goal=goal, rated=Rated(far), by=life.client, at=at)
    stated = Stated("I lie awake until three.", ("I sleep", "I lie there all night"))
    problem = state(life.patient, stated=stated, by=life.client, at=life.ago(days=31))
    for far, days in ((8, 31), (7, 20), (7, 9)):
        at, rated = life.ago(days=days, hours=1), Rated(far)
        rate_problem(life.patient, problem=problem.pk, rated=rated, by=life.client, at=at)
