"""What a client reads of what comes next: from what was written down, until it is over."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.cast import looking
from tests.interfaces.portal.doing import Ana
from tests.interfaces.portal.test_told import WHOLE
from tests.record.steps import concern_of
from waymark.access.vocabulary import Action
from waymark.interfaces.clinic.caseload.rows import rows_of
from waymark.record.outbox.actions import beat
from waymark.record.safety import actions as safety
from waymark.record.safety.queries import resting
from waymark.record.tenancy.action import reading
from waymark.record.tenancy.models import Membership

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
# It is Tuesday, March 3, 2026, at noon in Chicago.
IN_A_WEEK = date(2026, 3, 10)
VISIT = datetime.fromisoformat("2026-03-10T15:30-05:00")
FOLLOW_UP = "A follow-up is planned for Tuesday, March 10."


def reached(ana: Ana) -> Any:
    """Danger was told, Ben has taken it, reached her and assessed it."""
    ana.answers(ana.is_given("phq-9"), WHOLE)
    ben, concern, at = ana.cast.viewer("ben"), concern_of(ana.cast, "ana"), ana.clock.at
    safety.own(concern, by=ben, at=at)
    safety.attempt(concern, tried=safety.Try("phone", "reached"), by=ben, at=at)
    safety.assess(concern, tool="talked", judgement="steady", by=ben, at=at)
    return concern


def planned(ana: Ana, concern: Any, **given: Any) -> None:
    given = {"follow_up_on": IN_A_WEEK, **given}
    safety.plan(concern, steps="call", by=ana.cast.viewer("ben"), at=ana.clock.at, **given)


def closed(ana: Ana, **given: Any) -> None:
    concern = reached(ana)
    planned(ana, concern, **given)
    safety.close(concern, reason="talked", by=ana.cast.viewer("ben"), at=ana.clock.at)


def comes_back(ana: Ana, *, on: date) -> str:
    ana.clock.goes_on(days=(on - ana.clock.at.date()).days)
    beat("a worker", at=ana.clock.at)
    ana.signs_in()
    return ana.reads("/me/")


def test_an_open_concern_says_what_comes_next_as_it_was_planned(ana: Ana) -> None:
    """reached and assessed | that it will stand here; a day | the day; a visit | its time."""
    concern = reached(ana)
    assert "Once the next step is planned, you can read it here." in ana.reads("/me/")
    planned(ana, concern)
    assert f"Ben is there for what you told us. {FOLLOW_UP}" in ana.reads("/me/")
    planned(ana, concern, visit_at=VISIT)
    today = ana.reads("/me/")
    assert "You have a visit on Tuesday, March 10 at 3:30 PM." in today
    assert "follow-up" not in today
    planned(ana, concern, visit_at=VISIT - timedelta(days=2))
    today = ana.reads("/me/")
    assert "You have a visit on Sunday, March 8 at 3:30 PM." in today
    assert FOLLOW_UP in today
    assert "You have a visit" not in comes_back(ana, on=date(2026, 3, 9))
    assert "follow-up" not in comes_back(ana, on=date(2026, 3, 11))


def test_nothing_is_asked_on_the_day_of_closing_and_the_follow_up_stands(ana: Ana) -> None:
    """GAD-7 waits, danger told and settled | rest, and the day; tomorrow | both; after it | no."""
    ana.is_given("gad-7")
    closed(ana)
    today = ana.reads("/me/")
    assert "What you and Ben agreed" in today
    assert FOLLOW_UP in today
    assert "Nothing more is asked of you today." in today
    assert "One thing, if you have" not in today
    assert "Worry" not in today
    tomorrow = comes_back(ana, on=date(2026, 3, 4))
    assert FOLLOW_UP in tomorrow
    assert "Worry" in tomorrow
    assert FOLLOW_UP in comes_back(ana, on=IN_A_WEEK)
    assert "agreed" not in comes_back(ana, on=IN_A_WEEK + timedelta(days=1))


def test_nothing_is_asked_where_it_is_settled_on_a_later_day(ana: Ana) -> None:
    concern = reached(ana)
    ana.is_given("gad-7")
    assert "Begin" in comes_back(ana, on=date(2026, 3, 5))
    planned(ana, concern)
    safety.close(concern, reason="talked", by=ana.cast.viewer("ben"), at=ana.clock.at)
    assert "Nothing more is asked of you today." in ana.reads("/me/")


def clock_spares(ana: Ana) -> bool:
    return bool(resting(ana.cast.clock(), [ana.patient.pk], at=ana.clock.at))


def test_no_reminder_leaves_on_that_day(ana: Ana) -> None:
    closed(ana)
    assert clock_spares(ana)
    ana.clock.goes_on(days=1)
    assert not clock_spares(ana)


def rows(ana: Ana) -> Any:
    ben = ana.cast.viewer("ben")
    with reading(Action.READ_CASELOAD, by=ben, at=ana.clock.at):
        return next(one for one in rows_of(ben, at=ana.clock.at) if one.id == ana.patient.pk)


def test_the_clinic_sees_the_follow_up_until_its_day_is_over(ana: Ana) -> None:
    """planned | in the concern's line; closed | a line of its own; over | gone."""
    concern = reached(ana)
    planned(ana, concern)
    assert rows(ana).state.by_when == "You have taken it, follow-up on"
    assert rows(ana).state.due_on == IN_A_WEEK
    safety.close(concern, reason="talked", by=ana.cast.viewer("ben"), at=ana.clock.at)
    state = rows(ana).state
    assert state.why == "A follow-up was agreed when a concern was closed"
    assert (state.urgency, state.due_on) == (3, IN_A_WEEK)
    ana.clock.goes_on(days=8)
    assert "agreed" not in rows(ana).state.why


def test_a_visit_beyond_the_day_stays_agreed(ana: Ana) -> None:
    closed(ana, follow_up_on=date(2026, 3, 4), visit_at=VISIT)
    assert rows(ana).state.due_on == date(2026, 3, 4)
    assert "You have a visit on Tuesday" in comes_back(ana, on=date(2026, 3, 6))
    assert rows(ana).state.due_at == VISIT


def test_the_name_goes_with_whoever_left(ana: Ana) -> None:
    closed(ana)
    with looking():
        held = Membership.objects.filter(pk__in=ana.cast.viewer("ben").memberships)
        held.update(until=ana.clock.at)
    assert "What you and your care team agreed" in ana.reads("/me/")
