"""A goal that the client keeps, one that is shared and answered, and a problem of their own."""

from dataclasses import replace
from uuid import UUID

from tests.access.canaries import Client
from tests.cast import after
from tests.record.goals.setting import SPEAK
from waymark.library.goal import GoalState
from waymark.record.goals import actions
from waymark.record.goals.answering import agree, view
from waymark.record.goals.keeping import seen
from waymark.record.goals.models import Goal
from waymark.record.goals.problems import Stated, state
from waymark.record.goals.rate import rate_goal, rate_problem
from waymark.record.goals.rating import Rated
from waymark.record.goals.showing import snapshot_of
from waymark.record.goals.tries import Plan, begin_try
from waymark.record.goals.turns import Why
from waymark.record.sharing.actions import ToShare, share
from waymark.record.tenancy.row_security import across_clinics
from waymark.record.tenancy.scope import only
from waymark.record.vault.openings import audited_reads

MEETS = {
    "goal": {"self"},
    "goalreason": {"self"},
    "problem": {"self"},
    "try": {"self"},
    "sharedgoal": {"self", "team"},
}


def plant(one: Client) -> dict[str, UUID]:
    kept, shown = begun(one, "goal", hours=12), begun(one, "sharedgoal", hours=13)
    why, at = Why(words=one.canary("goalreason")), after(hours=14)
    paused = GoalState.PAUSED
    actions.move(one.patient, goal=kept.pk, to=paused, why=why, by=one.me, at=at)
    rate_goal(one.patient, goal=shown.pk, rated=Rated(4, -1), by=one.me, at=at)
    trouble = state(one.patient, stated=Stated(one.canary("problem")), by=one.me, at=at)
    rate_problem(one.patient, problem=trouble.pk, rated=Rated(8), by=one.me, at=at)
    row = answered(one, shown)
    plan = Plan(one.canary("try"), "in the evening", "mood")
    tried = begin_try(one.patient, plan=plan, by=one.me, at=at)
    return {
        "try": tried.pk,
        "goal": kept.pk,
        "sharedgoal": shown.pk,
        "problem": trouble.pk,
        "goal-share": row,
    }


def begun(one: Client, kind: str, *, hours: int) -> Goal:
    draft = replace(SPEAK.draft, statement=f"Walk: {one.canary(kind)}")
    at = after(hours=hours)
    goal = actions.write(one.patient, terms=replace(SPEAK, draft=draft), by=one.me, at=at)
    actions.move(one.patient, goal=goal.pk, to=GoalState.ACTIVE, by=one.me, at=at)
    return goal


def answered(one: Client, goal: Goal) -> UUID:
    """It is shared, agreed to, and seen in its own way by whoever treats them."""
    patient, by, at = one.patient, one.therapist, after(hours=15)
    with across_clinics(), audited_reads(), only(patient.pk, clinic=patient.clinic_id):
        shown = snapshot_of(seen(Goal.objects.get(pk=goal.pk)))
    row = share(patient, what=ToShare("goal", goal.pk, shown, shown.digest), by=one.me, at=at)
    agree(patient, share=row.pk, by=by, at=at)
    view(patient, share=row.pk, rated=Rated(5, 0), by=by, at=at)
    return row.pk
