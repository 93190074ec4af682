"""A two-week try: Ana names what, when and what should move; she keeps it, or lets it go."""

from datetime import date, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from tests.cast import NOON, Cast, after, looking
from waymark.access.vocabulary import Action
from waymark.record.goals.models import Try, TryState
from waymark.record.goals.tries import (
    Outcome,
    Plan,
    Tried,
    begin_try,
    end_try,
    remove_try,
    tries_of,
    try_of,
)
from waymark.record.tenancy.action import Invalid, Refused, reading

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
WALK = Plan("A walk before my mail", "After breakfast", "mood")


def begins(
    cast: Cast, plan: Plan = WALK, *, by: str = "ana", at: datetime = NOON, **given: object
) -> Try:
    made: Try = begin_try(cast.patients["ana"], plan=plan, by=cast.viewer(by), at=at, **given)
    return made


def ends(cast: Cast, row: Try, outcome: Outcome, words: str = "") -> None:
    ana, by, at = cast.patients["ana"], cast.viewer("ana"), after(days=15)
    end_try(ana, of=row.pk, outcome=outcome, words=words, by=by, at=at)


def seen(cast: Cast, name: str = "ana") -> list[Tried]:
    by = cast.viewer(name)
    with reading(Action.KEEP_GOALS, by=by, at=NOON):
        return tries_of(by)


def test_a_try_begins_on_its_writers_day_and_is_theirs_alone(lakeside: Cast) -> None:
    row = begins(lakeside, Plan(" A walk before my mail ", "After breakfast", "mood"))
    assert seen(lakeside) == [Tried(row.pk, TryState.GOING, date(2026, 3, 2), WALK)]
    for name in ("eli", "ben", "sue", "dana", "ada"):
        assert seen(lakeside, name) == []
        with pytest.raises(Refused):
            begins(lakeside, by=name)
    eli = lakeside.viewer("eli")
    with reading(Action.KEEP_GOALS, by=eli, at=NOON), pytest.raises(Try.DoesNotExist):
        try_of(eli, row.pk)


def test_one_at_a_time_and_another_after_it(lakeside: Cast) -> None:
    first = begins(lakeside)
    with pytest.raises(Invalid, match="Two at once"):
        begins(lakeside, at=after(days=1))
    ends(lakeside, first, Outcome.KEPT)
    begins(lakeside, at=after(days=15))
    assert [one.going for one in seen(lakeside)] == [True, False]


def test_the_database_itself_keeps_one_at_a_time(lakeside: Cast) -> None:
    begins(lakeside)
    ana = lakeside.patients["ana"]
    given = {"patient": ana, "clinic_id": ana.clinic_id, "begins": NOON.date(), "made_at": NOON}
    with looking(), pytest.raises(IntegrityError), transaction.atomic():
        Try.objects.create(state=TryState.GOING, body=WALK.body, **given)


def test_one_sent_twice_begins_once(lakeside: Cast) -> None:
    key = uuid4()
    assert begins(lakeside, key=key) == begins(lakeside, key=key)


@pytest.mark.parametrize(("outcome", "kept"), [(Outcome.KEPT, True), (Outcome.LET_GO, False)])
def test_it_is_kept_as_a_plan_or_let_go_and_what_was_learned_stays(
    lakeside: Cast, outcome: Outcome, kept: bool
) -> None:
    row = begins(lakeside)
    ends(lakeside, row, outcome, " Mornings are quieter. ")
    ends(lakeside, row, Outcome.LET_GO, "sent again by an old page")
    one = seen(lakeside)[0]
    assert (one.kept, one.going, one.plan.words) == (kept, False, "Mornings are quieter.")


@pytest.mark.parametrize(
    "plan", [Plan(" ", "", "mood"), Plan("x" * 501, "", "mood"), Plan("So", "x" * 501, "mood")]
)
def test_a_try_needs_words_and_not_too_many(lakeside: Cast, plan: Plan) -> None:
    with pytest.raises(Invalid):
        begins(lakeside, plan)


def test_a_removed_one_is_gone(lakeside: Cast) -> None:
    row = begins(lakeside)
    remove_try(lakeside.patients["ana"], of=row.pk, by=lakeside.viewer("ana"), at=NOON)
    assert seen(lakeside) == []
