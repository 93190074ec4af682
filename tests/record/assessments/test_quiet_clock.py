"""The clock acts on those who need it, and only on them: a quiet day leaves no audit lines."""

from datetime import date, datetime, timedelta

import pytest

from tests.cast import NOON, Cast, after, looking
from tests.record.assessments.test_clock import local
from waymark.interfaces.jobs.round import go_round
from waymark.record.assessments import actions
from waymark.record.assessments.models import Administration
from waymark.record.audit.models import Line

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def weekly(lakeside: Cast) -> None:
    actions.assign(
        lakeside.patients["ana"],
        instrument="gad-7",
        rule=actions.RepeatRule("every-days", 7),
        starts_on=date(2026, 3, 2),
        by=lakeside.viewer("ben"),
        at=NOON,
    )


def states() -> list[str]:
    with looking():
        return list(Administration.objects.order_by("due_at").values_list("state", flat=True))


def test_a_round_with_nothing_to_do_writes_no_line(lakeside: Cast) -> None:
    """GAD-7 weekly from March 2 | a round on March 3: it waits already."""
    weekly(lakeside)
    before = Line.objects.count()
    assert go_round(at=after(days=1)).given == 0
    assert Line.objects.count() == before


def test_after_a_week_it_lapses_and_the_next_one_comes(lakeside: Cast) -> None:
    """GAD-7 weekly from March 2, unanswered | a round on March 10."""
    weekly(lakeside)
    done = go_round(at=after(days=8))
    assert (done.given, done.troubles) == (1, [])
    assert states() == ["lapsed", "due"]


def test_weeks_that_nobody_kept_do_not_pile_up(lakeside: Cast) -> None:
    """GAD-7 weekly from March 2 | the machine was off until April 20: one comes, not seven."""
    weekly(lakeside)
    assert go_round(at=after(days=49)).given == 1
    assert go_round(at=after(days=49, minutes=1)).given == 0
    assert states() == ["lapsed", "due"]


@pytest.mark.parametrize(
    ("begun", "last"),
    [(False, local("2026-03-09 08:00")), (True, local("2026-03-16 08:00"))],
    ids=["a week", "begun: a week more"],
)
def test_an_occasion_waits_to_the_last_minute(lakeside: Cast, begun: bool, last: datetime) -> None:
    """GAD-7 weekly from Monday, March 2 | it waits until eight on Monday the 9th, or the 16th."""
    weekly(lakeside)
    with looking():
        waiting = Administration.objects.get()
    if begun:
        actions.save_draft(waiting, answers={"q1": 2}, by=lakeside.viewer("ana"), at=after(days=1))
    go_round(at=last - timedelta(minutes=1))
    assert states() == ["open" if begun else "due"]
    go_round(at=last)
    assert states() == ["lapsed", "due"]
