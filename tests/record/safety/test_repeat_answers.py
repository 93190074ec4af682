"""The short way for a known answer: one signature, for one concern, while much holds.

day   0        2          9                    14
      answer   assessed   the same answer      the visit
               plan       signed, or all steps
"""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.cast import NOON, Cast, after, looking
from tests.record.safety.test_working import REACHED, do, fresh, state
from tests.record.steps import answer, entries_of, phq9
from waymark.library.safety import Tier
from waymark.record.safety import actions as safety
from waymark.record.safety.models import Concern
from waymark.record.safety.repeat_answers import RepeatAnswer, known_answer, sign_off
from waymark.record.tenancy.action import Invalid, Refused

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
VISIT = after(days=14)
AGAIN = after(days=9)


def allow(cast: Cast, days: int) -> None:
    safety.sign_policy(
        cast.clinic,
        timers={"review": 1, "same-day": 4, "urgent": 15, "known": days},
        review_on=date(2027, 2, 1),
        by=cast.viewer("ada"),
        at=NOON,
    )


def assessed(
    cast: Cast, *, visit: datetime | None = VISIT, close: bool = True, since: int = 0
) -> None:
    """Day 0: item 9 at 2. Day 2: reached, assessed, planned and, usually, closed."""
    answer(cast, "ana", phq9(q9=2), at=after(days=since))
    at = after(days=since + 2)
    do(cast, "own", at=at)
    do(cast, "attempt", at=at, tried=REACHED)
    do(cast, "assess", at=at)
    do(cast, "plan", at=at, follow_up_on=date(2026, 3, 10), visit_at=visit)
    if close:
        do(cast, "close", at=at)


def known(cast: Cast, *, at: datetime = AGAIN) -> RepeatAnswer | None:
    with looking():
        return known_answer(cast.viewer("ben"), fresh(cast), at=at)


def signed(cast: Cast, *, by: str = "ben", at: datetime = AGAIN, **given: Any) -> None:
    words = {"judgement": "tired, no plan", "steps": "call on Friday", **given}
    sign_off(fresh(cast), **words, by=cast.viewer(by), at=at)


@pytest.mark.parametrize("closed", [True, False])
def test_the_same_answer_is_signed_in_one_step(lakeside: Cast, closed: bool) -> None:
    allow(lakeside, 14)
    assessed(lakeside, close=closed)
    answer(lakeside, "ana", phq9(q9=2), at=AGAIN)
    found = known(lakeside)
    assert found is not None
    assert (found.assessed_at, found.visit_at) == (after(days=2), VISIT)
    assert (found.judgement, found.steps) == ("tired, no plan", "call on Friday")
    do(lakeside, "own", at=AGAIN)
    signed(lakeside)
    assert state(lakeside) == "closed"
    written = [entry.kind for entry in entries_of(lakeside, "ana") if entry.at == AGAIN]
    assert {"answer", "assessed", "planned", "closed"} <= set(written)


@pytest.mark.parametrize(
    ("why", "days", "visit", "q9", "at"),
    [
        ("the policy does not allow it", 0, VISIT, 2, AGAIN),
        ("it rose", 14, VISIT, 3, AGAIN),
        ("it is lower, so another answer", 14, VISIT, 1, AGAIN),
        ("no visit is booked", 14, None, 2, AGAIN),
        ("the visit is over", 14, after(days=8), 2, AGAIN),
        ("the assessment is too old", 6, VISIT, 2, AGAIN),
    ],
)
def test_everything_else_takes_the_full_way(
    lakeside: Cast, why: str, days: int, visit: datetime | None, q9: int, at: datetime
) -> None:
    allow(lakeside, days)
    assessed(lakeside, visit=visit)
    answer(lakeside, "ana", phq9(q9=q9), at=at)
    assert known(lakeside, at=at) is None, why
    do(lakeside, "own", at=at)
    with pytest.raises(Invalid, match="Take each step"):
        signed(lakeside, at=at)
    assert state(lakeside) == "owned"


@pytest.mark.parametrize(
    ("at", "holds"),
    [
        (after(days=9), True),  # a week to the second
        (after(days=9, seconds=1), False),
        (after(days=8, hours=1), True),
    ],
)
def test_an_assessment_stands_to_its_last_second(lakeside: Cast, at: datetime, holds: bool) -> None:
    """Assessed on day 2, for seven days."""
    allow(lakeside, 7)
    assessed(lakeside)
    answer(lakeside, "ana", phq9(q9=2), at=at)
    assert (known(lakeside, at=at) is not None) is holds


@pytest.mark.parametrize(("visit", "holds"), [(AGAIN, False), (after(days=9, seconds=1), True)])
def test_a_visit_is_booked_until_it_begins(lakeside: Cast, visit: datetime, holds: bool) -> None:
    allow(lakeside, 14)
    assessed(lakeside, visit=visit)
    answer(lakeside, "ana", phq9(q9=2), at=AGAIN)
    assert (known(lakeside) is not None) is holds


@pytest.mark.parametrize(
    ("is_so", "short"),
    [
        ({"tier": Tier.REVIEW}, True),
        ({"tier": Tier.SAME_DAY}, True),
        ({"tier": Tier.URGENT}, False),
        ({"late": True}, False),
    ],
)
def test_the_short_way_is_never_for_what_is_urgent_or_came_late(
    lakeside: Cast, is_so: dict[str, Any], short: bool
) -> None:
    allow(lakeside, 14)
    assessed(lakeside)
    answer(lakeside, "ana", phq9(q9=2), at=AGAIN)
    with looking():
        Concern.objects.exclude(state="closed").update(**is_so)
    assert (known(lakeside) is not None) is short


def test_a_signature_does_not_renew_itself(lakeside: Cast) -> None:
    """Assessed on day 2 for 10 days | signed on day 9 | the same answer on day 13: all steps."""
    allow(lakeside, 10)
    assessed(lakeside, visit=after(days=20))
    answer(lakeside, "ana", phq9(q9=2), at=AGAIN)
    do(lakeside, "own", at=AGAIN)
    signed(lakeside)
    later = after(days=13)
    answer(lakeside, "ana", phq9(q9=2), at=later)
    assert known(lakeside, at=later) is None


def test_an_answer_that_was_changed_in_between_takes_the_full_way(lakeside: Cast) -> None:
    allow(lakeside, 14)
    assessed(lakeside)
    answer(lakeside, "ana", phq9(q9=3), at=AGAIN)
    answer(lakeside, "ana", phq9(q9=2), at=AGAIN + timedelta(hours=1))
    assert known(lakeside, at=AGAIN + timedelta(hours=2)) is None


@pytest.mark.parametrize("name", ["ana", "ada", "dana"])
def test_only_licensed_staff_signs(lakeside: Cast, name: str) -> None:
    allow(lakeside, 14)
    assessed(lakeside)
    answer(lakeside, "ana", phq9(q9=2), at=AGAIN)
    do(lakeside, "own", at=AGAIN)
    with pytest.raises(Refused):
        signed(lakeside, by=name)


def test_only_its_owner_signs(lakeside: Cast) -> None:
    allow(lakeside, 14)
    assessed(lakeside)
    answer(lakeside, "ana", phq9(q9=2), at=AGAIN)
    with pytest.raises(Invalid, match="Take this first"):
        signed(lakeside)


@pytest.mark.parametrize("field", ["judgement", "steps"])
def test_a_signature_without_words_is_refused(lakeside: Cast, field: str) -> None:
    allow(lakeside, 14)
    assessed(lakeside)
    answer(lakeside, "ana", phq9(q9=2), at=AGAIN)
    do(lakeside, "own", at=AGAIN)
    with pytest.raises(Invalid) as caught:
        signed(lakeside, **{field: "  "})
    assert caught.value.field == field


def test_a_visit_in_the_past_is_no_plan(lakeside: Cast) -> None:
    answer(lakeside, "ana", phq9(q9=2))
    for verb in ("own", "assess"):
        do(lakeside, verb)
    with pytest.raises(Invalid, match="still to come"):
        do(lakeside, "plan", visit_at=after(hours=-1))
