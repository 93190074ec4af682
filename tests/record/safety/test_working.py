"""Working a concern (D6): taken by name, tried, assessed, planned, closed. Never by itself.

new --own--> owned --assess--> assessed --plan--> planned --close--> closed
               |                                     ^
               +-- a new answer of danger leads back here and the way starts again
"""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.cast import NOON, Cast, after, hire, looking
from tests.record.steps import (
    TODAY,
    answer,
    concern_of,
    entries_of,
    give,
    phq9,
    riverside,
    together,
    told,
)
from waymark.access.vocabulary import Action, Role
from waymark.record.assessments import actions as assessments
from waymark.record.outbox.models import Message
from waymark.record.people import actions as people
from waymark.record.safety import actions as safety
from waymark.record.safety.actions import OUTCOMES, Try
from waymark.record.safety.models import Concern, SafetyPolicy
from waymark.record.safety.queries import concern_for, open_concerns, shown
from waymark.record.tenancy.action import Invalid, Refused
from waymark.record.tenancy.models import Membership

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
REACHED = Try("phone", "reached", "We talked.")
MISSED = Try("phone", "not-reached", "", after(days=1))
Steps = dict[str, Any]


@pytest.fixture
def new(lakeside: Cast) -> Concern:
    """Ana answered with danger; nobody has taken it."""
    answer(lakeside, "ana", phq9(q9=1))
    return fresh(lakeside)


def fresh(cast: Cast, client: str = "ana") -> Concern:
    concern = concern_of(cast, client)
    assert concern is not None
    return concern


def do(
    cast: Cast, verb: str, *, by: str = "ben", at=NOON, client: str = "ana", **given: Any
) -> Any:
    """One step on the client's open concern."""
    usual: Steps = {
        "attempt": {"tried": REACHED},
        "assess": {"tool": "conversation", "judgement": "tired, no plan"},
        "plan": {"steps": "call on Friday", "follow_up_on": TODAY + timedelta(days=4)},
        "agree": {"note": "three letters came back"},
        "close": {"reason": "safe with her sister"},
    }
    concern = fresh(cast, client)
    return getattr(safety, verb)(
        concern, **{**usual.get(verb, {}), **given}, by=cast.viewer(by), at=at
    )


def up_to_the_plan(cast: Cast, *, tried: Try = REACHED, by: str = "ben", at=NOON) -> None:
    do(cast, "own", by=by, at=at)
    do(cast, "attempt", by=by, at=at, tried=tried)
    do(cast, "assess", by=by, at=at)
    do(cast, "plan", by=by, at=at)


def state(cast: Cast) -> str:
    with looking():
        return str(Concern.objects.latest("opened_at").state)


# The whole way


def test_the_whole_way_is_written_down_step_by_step(lakeside: Cast, new: Concern) -> None:
    up_to_the_plan(lakeside)
    do(lakeside, "close", at=after(hours=3))
    assert state(lakeside) == "closed"
    with looking():
        assert Concern.objects.get().closed_at == after(hours=3)
    mine = [entry for entry in entries_of(lakeside, "ana") if entry.by]
    assert {entry.by for entry in mine} == {lakeside.accounts["ben"].pk}
    assert {entry.kind for entry in mine} == {"owned", "attempt", "assessed", "planned", "closed"}


def test_what_was_written_is_kept_in_its_words(lakeside: Cast, new: Concern) -> None:
    up_to_the_plan(lakeside)
    do(lakeside, "close")
    bodies = {entry.kind: entry.body for entry in entries_of(lakeside, "ana")}
    assert bodies["attempt"] == {"channel": "phone", "outcome": "reached", "note": "We talked."}
    assert bodies["assessed"] == {"tool": "conversation", "judgement": "tired, no plan"}
    assert bodies["planned"] == {"steps": "call on Friday", "follow_up_on": "2026-03-06"}
    assert bodies["closed"] == {"reason": "safe with her sister"}


@pytest.mark.parametrize(
    ("verbs", "expected"),
    [
        (["own"], "owned"),
        (["own", "attempt"], "owned"),
        (["own", "assess"], "assessed"),
        (["own", "assess", "plan"], "planned"),
        (["own", "assess", "plan", "assess"], "assessed"),
    ],
)
def test_each_step_leads_to_its_state(
    lakeside: Cast, new: Concern, verbs: list[str], expected: str
) -> None:
    for verb in verbs:
        do(lakeside, verb)
    assert state(lakeside) == expected


# Owning


def test_looking_at_a_concern_is_not_owning_it(lakeside: Cast, new: Concern) -> None:
    ben = lakeside.viewer("ben")
    with looking():
        assert len(open_concerns(ben)) == 1
        assert shown(ben, concern_for(ben, Action.READ_CONCERNS, new.pk)).history
    assert fresh(lakeside).owner is None
    assert state(lakeside) == "new"


def test_owning_names_one_licensed_person(lakeside: Cast, new: Concern) -> None:
    do(lakeside, "own")
    assert fresh(lakeside).owner == lakeside.memberships["ben"]


def test_taking_it_twice_changes_nothing(lakeside: Cast, new: Concern) -> None:
    do(lakeside, "own")
    do(lakeside, "own", at=after(hours=1))
    assert [entry.kind for entry in entries_of(lakeside, "ana")].count("owned") == 1


def test_what_somebody_has_taken_is_not_taken_from_them(lakeside: Cast, new: Concern) -> None:
    do(lakeside, "own")
    with pytest.raises(Invalid, match="Ben has taken this already"):
        do(lakeside, "own", by="gil")


@pytest.mark.django_db(transaction=True, databases=["default", "keyring"])
def test_of_two_who_take_it_at_once_one_owns_it(committed: Cast, on_postgres: None) -> None:
    answer(committed, "ana", phq9(q9=1))
    concern = fresh(committed)
    held = [fresh(committed), fresh(committed)]
    done = together(
        lambda: safety.own(held[0], by=committed.viewer("ben"), at=NOON),
        lambda: safety.own(held[1], by=committed.viewer("gil"), at=NOON),
        locked=concern,
    )
    assert sorted(type(one).__name__ for one in done) == ["Concern", "Invalid"]
    assert [entry.kind for entry in entries_of(committed, "ana")].count("owned") == 1


@pytest.mark.parametrize("verb", ["attempt", "assess", "plan", "close"])
def test_only_the_owner_works_on_it(lakeside: Cast, new: Concern, verb: str) -> None:
    with pytest.raises(Invalid, match="Take this first"):
        do(lakeside, verb)  # nobody has it
    up_to_the_plan(lakeside)
    before = len(entries_of(lakeside, "ana"))
    with pytest.raises(Invalid, match="Take this first"):
        do(lakeside, verb, by="gil")  # somebody else has it
    assert len(entries_of(lakeside, "ana")) == before


@pytest.mark.parametrize("verb", ["own", "attempt", "assess", "plan", "agree", "close"])
def test_without_a_licence_or_in_the_office_nobody_works_on_it(
    lakeside: Cast, new: Concern, verb: str
) -> None:
    hire(lakeside, "una", Role.CLINICIAN, licensed=False)
    people.join_care_team(
        lakeside.patients["ana"],
        clinician=lakeside.memberships["una"],
        by=lakeside.viewer("ada"),
        at=NOON,
    )
    for name in ("una", "ada", "dana", "ana", "eli"):
        with pytest.raises(Refused):
            do(lakeside, verb, by=name)
    assert state(lakeside) == "new"


def test_the_clock_closes_nothing(lakeside: Cast, new: Concern) -> None:
    up_to_the_plan(lakeside)
    for verb in ("own", "close"):
        with pytest.raises(Refused):
            getattr(safety, verb)(
                fresh(lakeside),
                **({"reason": "time"} if verb == "close" else {}),
                by=lakeside.clock(),
                at=after(days=400),
            )


def test_another_clinic_sees_nothing_of_it(lakeside: Cast, new: Concern) -> None:
    cleo = riverside().viewer("cleo")
    with looking():
        assert open_concerns(cleo) == []
        with pytest.raises(Concern.DoesNotExist):
            concern_for(cleo, Action.READ_CONCERNS, new.pk)
    with pytest.raises(Refused):
        safety.own(fresh(lakeside), by=cleo, at=NOON)


def test_the_owner_is_told_of_a_new_answer_on_the_care_team_or_not(
    lakeside: Cast, new: Concern
) -> None:
    """Gil took it as the backup, who is not told of a review, and does not treat Ana."""
    gil = lakeside.accounts["gil"].pk
    do(lakeside, "own", by="gil")
    answer(lakeside, "ana", phq9(q9=3), at=after(hours=2))
    assert told("review-needed", since=after(hours=2)).count(gil) == 1


# Handing over


def test_an_offer_is_no_transfer(lakeside: Cast, new: Concern) -> None:
    do(lakeside, "own")
    do(lakeside, "offer", to=lakeside.memberships["gil"], at=after(hours=1))
    assert fresh(lakeside).owner == lakeside.memberships["ben"]
    assert told("review-needed", since=after(hours=1)) == [lakeside.accounts["gil"].pk]


def test_whoever_accepts_owns_it_from_then_on(lakeside: Cast, new: Concern) -> None:
    do(lakeside, "own")
    do(lakeside, "offer", to=lakeside.memberships["gil"])
    do(lakeside, "accept_offer", by="gil")
    held = fresh(lakeside)
    assert (held.owner, held.offered_to) == (lakeside.memberships["gil"], None)
    with pytest.raises(Invalid, match="Take this first"):
        do(lakeside, "assess")


def test_handing_over_keeps_what_was_assessed(lakeside: Cast, new: Concern) -> None:
    up_to_the_plan(lakeside)
    do(lakeside, "offer", to=lakeside.memberships["gil"])
    do(lakeside, "accept_offer", by="gil")
    assert state(lakeside) == "planned"


def test_what_was_not_offered_is_not_accepted(lakeside: Cast, new: Concern) -> None:
    do(lakeside, "own")
    with pytest.raises(Invalid, match="not offered"):
        do(lakeside, "accept_offer", by="gil")


def test_it_is_offered_to_a_licensed_colleague_who_works_here_now(
    lakeside: Cast, new: Concern
) -> None:
    do(lakeside, "own")
    left = lakeside.memberships["gil"]
    with looking():
        Membership.objects.filter(pk=left.pk).update(until=NOON)
        left.refresh_from_db()
    desk = lakeside.memberships["dana"]
    desk.licensed = True  # as an older version took it
    for nobody in (desk, riverside().memberships["cleo"], left):
        with pytest.raises(Invalid, match="licensed colleague"):
            do(lakeside, "offer", to=nobody)


# Trying to reach the person


@pytest.mark.parametrize(
    ("tried", "field"),
    [
        (Try("pigeon", "reached"), "channel"),
        (Try("phone", "perhaps"), "outcome"),
        (Try("phone", "not-reached"), "next_at"),
        (Try("phone", "left-message", "", NOON), "next_at"),
    ],
)
def test_a_try_says_how_with_what_result_and_when_the_next_one_is(
    lakeside: Cast, new: Concern, tried: Try, field: str
) -> None:
    do(lakeside, "own")
    with pytest.raises(Invalid) as caught:
        do(lakeside, "attempt", tried=tried)
    assert caught.value.field == field


def test_not_reached_keeps_it_open_with_a_time_for_the_next_try(
    lakeside: Cast, new: Concern
) -> None:
    do(lakeside, "own")
    do(lakeside, "attempt", tried=MISSED)
    assert fresh(lakeside).next_step_at == after(days=1)
    do(lakeside, "attempt", tried=REACHED, at=after(days=1))
    assert fresh(lakeside).next_step_at is None


# Assessing, planning


@pytest.mark.parametrize(
    ("verb", "given", "field"),
    [
        ("assess", {"tool": " "}, "tool"),
        ("assess", {"judgement": " "}, "judgement"),
        ("plan", {"steps": " "}, "steps"),
        ("plan", {"follow_up_on": date(2026, 3, 1)}, "follow_up_on"),
    ],
)
def test_an_empty_step_is_refused(
    lakeside: Cast, new: Concern, verb: str, given: Steps, field: str
) -> None:
    do(lakeside, "own")
    do(lakeside, "assess")
    with pytest.raises(Invalid) as caught:
        do(lakeside, verb, **given)
    assert caught.value.field == field


A_YEAR = timedelta(days=366)


@pytest.mark.parametrize("field", ["next_at", "visit_at", "follow_up_on"])
def test_what_a_concern_depends_on_is_within_a_year(
    lakeside: Cast, new: Concern, field: str
) -> None:
    """To the last second, or the last day: a slip in the year would put it out of sight."""

    def says(when: Any) -> None:
        if field == "next_at":
            do(lakeside, "attempt", tried=Try("phone", "not-reached", "", when))
        else:
            do(lakeside, "plan", **{field: when})

    do(lakeside, "own")
    do(lakeside, "assess")
    last: Any = TODAY + A_YEAR if field == "follow_up_on" else NOON + A_YEAR
    one_more = timedelta(days=1) if field == "follow_up_on" else timedelta(seconds=1)
    says(last)
    with pytest.raises(Invalid, match="more than a year ahead") as caught:
        says(last + one_more)
    assert caught.value.field == field


def test_today_is_today_until_the_evening_ends(lakeside: Cast, new: Concern) -> None:
    """Seven in the evening in Chicago: a follow-up that same night can be planned."""
    do(lakeside, "own")
    do(lakeside, "assess")
    do(lakeside, "plan", follow_up_on=TODAY, at=after(hours=7))
    assert fresh(lakeside).state == "planned"


def test_the_plan_follows_from_the_assessment(lakeside: Cast, new: Concern) -> None:
    do(lakeside, "own")
    with pytest.raises(Invalid, match="Assess first"):
        do(lakeside, "plan")


# Closing


def test_it_is_not_closed_before_assessment_and_plan(lakeside: Cast, new: Concern) -> None:
    do(lakeside, "own")
    for verb in ("attempt", "assess"):
        with pytest.raises(Invalid, match="assessment and the plan"):
            do(lakeside, "close")
        do(lakeside, verb)
    do(lakeside, "plan")
    do(lakeside, "close")
    assert state(lakeside) == "closed"


def test_it_is_not_closed_without_a_reason(lakeside: Cast, new: Concern) -> None:
    up_to_the_plan(lakeside)
    with pytest.raises(Invalid, match="why") as caught:
        do(lakeside, "close", reason="  ")
    assert caught.value.field == "reason"


@pytest.mark.parametrize("verb", ["own", "agree", "accept_offer", "by_mistake"])
def test_what_is_closed_stays_closed(lakeside: Cast, new: Concern, verb: str) -> None:
    stale = fresh(lakeside)
    up_to_the_plan(lakeside)
    do(lakeside, "close")
    by = lakeside.viewer("ana" if verb == "by_mistake" else "gil")
    given = {"note": "why"} if verb == "agree" else {}
    with pytest.raises(Invalid, match="closed already"):
        getattr(safety, verb)(stale, **given, by=by, at=NOON)


def test_a_new_answer_has_to_be_assessed_before_it_is_closed(lakeside: Cast, new: Concern) -> None:
    up_to_the_plan(lakeside)
    answer(lakeside, "ana", phq9(q9=2), at=after(hours=2))
    assert state(lakeside) == "owned"
    for verb in ("close", "plan"):
        with pytest.raises(Invalid):
            do(lakeside, verb, at=after(hours=3))
    do(lakeside, "assess", at=after(hours=3))
    do(lakeside, "plan", at=after(hours=3))
    with pytest.raises(Invalid, match="was not reached"):  # the talk was about another answer
        do(lakeside, "close", at=after(hours=3))
    do(lakeside, "attempt", at=after(hours=3))
    do(lakeside, "close", at=after(hours=3))
    assert state(lakeside) == "closed"


def test_sending_what_was_assessed_on_the_draft_starts_nothing_over(lakeside: Cast) -> None:
    """The same answers on the same occasion: chosen at noon, talked about, sent at one."""
    occasion, ana = give(lakeside, "ana"), lakeside.viewer("ana")
    assessments.save_draft(occasion, answers={"q9": 2}, by=ana, at=NOON)
    up_to_the_plan(lakeside, at=after(minutes=30))
    assessments.submit(occasion, answers=phq9(q9=2), by=ana, at=after(hours=1))
    assert state(lakeside) == "planned"
    do(lakeside, "close", at=after(hours=2))  # who was reached stays reached
    assert state(lakeside) == "closed"


def test_what_was_taken_back_and_chosen_again_is_new(lakeside: Cast) -> None:
    occasion, ana = give(lakeside, "ana"), lakeside.viewer("ana")
    assessments.save_draft(occasion, answers={"q9": 2}, by=ana, at=NOON)
    up_to_the_plan(lakeside, at=after(minutes=30))
    for minutes, value in ((40, 0), (50, 2)):
        assessments.save_draft(occasion, answers={"q9": value}, by=ana, at=after(minutes=minutes))
    do(lakeside, "assess", at=after(hours=1))
    do(lakeside, "plan", at=after(hours=1))
    with pytest.raises(Invalid, match="was not reached"):
        do(lakeside, "close", at=after(hours=1))


# Closing when nobody was reached


def test_without_contact_a_second_licensed_person_has_to_agree(
    lakeside: Cast, new: Concern
) -> None:
    up_to_the_plan(lakeside, tried=MISSED)
    with pytest.raises(Invalid, match="second licensed person"):
        do(lakeside, "close", at=after(days=3))
    do(lakeside, "agree", by="gil", at=after(days=3))
    do(lakeside, "close", at=after(days=3))
    assert state(lakeside) == "closed"


@pytest.mark.parametrize("outcome", [one for one in OUTCOMES if one != "reached"])
def test_a_try_is_no_contact_unless_the_person_was_reached(
    lakeside: Cast, new: Concern, outcome: str
) -> None:
    up_to_the_plan(lakeside, tried=Try("phone", outcome, "", after(days=1)))
    with pytest.raises(Invalid, match="second licensed person"):
        do(lakeside, "close", at=after(days=3))


def test_the_owner_is_not_the_second_person(lakeside: Cast, new: Concern) -> None:
    up_to_the_plan(lakeside, tried=MISSED)
    with pytest.raises(Invalid, match="other than the owner"):
        do(lakeside, "agree")


def test_whoever_agreed_and_then_took_it_needs_another_one(lakeside: Cast, new: Concern) -> None:
    up_to_the_plan(lakeside, tried=MISSED)
    do(lakeside, "agree", by="gil")
    do(lakeside, "offer", to=lakeside.memberships["gil"])
    do(lakeside, "accept_offer", by="gil")
    with pytest.raises(Invalid, match="second licensed person"):
        do(lakeside, "close", by="gil")


def test_an_agreement_ends_with_a_new_answer(lakeside: Cast, new: Concern) -> None:
    up_to_the_plan(lakeside, tried=MISSED)
    do(lakeside, "agree", by="gil", at=after(hours=1))
    answer(lakeside, "ana", phq9(q9=3), at=after(hours=2))
    for verb in ("assess", "plan"):
        do(lakeside, verb, at=after(hours=3))
    with pytest.raises(Invalid, match="second licensed person"):
        do(lakeside, "close", at=after(hours=3))
    with pytest.raises(Invalid, match="Nobody has tried"):
        do(lakeside, "agree", by="gil", at=after(hours=3))
    do(lakeside, "attempt", tried=MISSED, at=after(hours=3))
    for verb, by in (("agree", "gil"), ("close", "ben")):
        do(lakeside, verb, by=by, at=after(hours=4))
    assert state(lakeside) == "closed"


def test_nobody_agrees_to_what_nobody_has_taken(lakeside: Cast, new: Concern) -> None:
    with pytest.raises(Invalid, match="Nobody has taken this"):
        do(lakeside, "agree", by="gil")


def test_agreeing_needs_a_reason(lakeside: Cast, new: Concern) -> None:
    up_to_the_plan(lakeside, tried=MISSED)
    with pytest.raises(Invalid) as caught:
        do(lakeside, "agree", by="gil", note=" ")
    assert caught.value.field == "note"


def alone(cast: Cast) -> Concern:
    """Cleo is the one licensed person of Riverside; Zoe was not reached."""
    came = assessments.Entry("paper", TODAY)
    assessments.enter(
        cast.patients["zoe"],
        instrument="phq-9",
        answers=phq9(q9=1),
        came=came,
        by=cast.viewer("cleo"),
        at=NOON,
    )
    for verb, given in (("own", {}), ("attempt", {"tried": MISSED}), ("assess", {}), ("plan", {})):
        do(cast, verb, by="cleo", client="zoe", **given)
    return fresh(cast, "zoe")


def test_a_clinic_of_one_waits_a_day_and_writes_to_the_backup_outside(lakeside: Cast) -> None:
    other = riverside()
    alone(other)
    with pytest.raises(Invalid, match="24 hours"):
        do(other, "close", by="cleo", client="zoe", at=after(hours=23, minutes=59))
    do(other, "close", by="cleo", client="zoe", at=after(hours=24))
    with looking():
        policy = SafetyPolicy.objects.get(clinic=other.clinic)
    message = Message.objects.filter(made_at=after(hours=24)).get()
    assert (message.kind, message.invitation) == ("review-needed", policy.pk)


def test_a_clinic_of_one_without_a_policy_waits_its_day_all_the_same(lakeside: Cast) -> None:
    other = riverside()
    alone(other)
    with looking():
        SafetyPolicy.objects.filter(clinic=other.clinic).update(replaced_at=NOON)
    do(other, "close", by="cleo", client="zoe", at=after(hours=24))
    assert not Message.objects.filter(made_at=after(hours=24)).exists()


def test_one_person_with_two_licensed_roles_is_one_person(lakeside: Cast) -> None:
    other = riverside()
    people.appoint(
        other.clinic,
        account=other.accounts["cleo"].pk,
        role=Role.SUPERVISOR,
        licensed=True,
        by=other.viewer("rex"),
        at=NOON,
    )
    alone(other)
    with pytest.raises(Invalid, match="24 hours"):
        do(other, "close", by="cleo", client="zoe", at=after(hours=1))


# What the database itself refuses


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "closed"},
        {"state": "owned"},
        {"closed_at": NOON},
    ],
    ids=["closed without a time", "worked on by nobody", "a time without being closed"],
)
def test_the_database_refuses_a_concern_that_cannot_be(
    lakeside: Cast, new: Concern, changes: Steps
) -> None:
    with looking(), pytest.raises(IntegrityError), transaction.atomic():
        Concern.objects.update(**changes)


def test_the_database_keeps_one_open_concern_a_client(lakeside: Cast, new: Concern) -> None:
    with looking(), pytest.raises(IntegrityError), transaction.atomic():
        Concern.objects.create(
            patient=lakeside.patients["ana"],
            clinic=lakeside.clinic,
            tier="review",
            opened_at=NOON,
            due_at=NOON,
        )
