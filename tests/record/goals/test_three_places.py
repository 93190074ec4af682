"""Five tabs begin five goals at one moment: three have a place, two are told to wait.

On PostgreSQL: SQLite has one writer. That neither database keeps a fourth one, whoever writes it,
is tried in `test_goals.py`.
"""

from threading import Barrier

import pytest

from tests.cast import Cast, after, looking
from tests.record.goals.setting import WALK, moves, writes
from tests.record.steps import together
from waymark.library.goal import MOST_ACTIVE, GoalState
from waymark.record.goals.models import Goal
from waymark.record.tenancy.action import Invalid

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "keyring"]),
    pytest.mark.usefixtures("on_postgres"),
]
TABS = 5


def test_of_five_that_begin_at_once_three_do(committed: Cast) -> None:
    goals = [writes(committed, WALK, at=after(minutes=n)) for n in range(TABS)]
    ready, told = Barrier(TABS), []

    def begin(goal: Goal) -> None:
        ready.wait()
        try:
            moves(committed, goal, GoalState.ACTIVE)
        except Invalid as refused:
            told.append(refused.field)

    together(*(lambda goal=goal: begin(goal) for goal in goals))
    with looking():
        places = sorted(Goal.objects.exclude(place=None).values_list("place", flat=True))
    assert (places, told) == ([1, 2, MOST_ACTIVE], ["place", "place"])
