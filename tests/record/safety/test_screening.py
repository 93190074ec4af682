"""An answer of danger opens a concern on every path, and nothing else does (figure F23, D4, D5).

paths        draft, draft then sent, sent, entered from paper or by telephone, brought in
instruments  PHQ-9 item 9, CORE-10 item 6, each of the seven questions of the C-SSRS screener
values       every value the item lists, and no answer
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from tests.cast import NOON, Cast, after, looking
from tests.record.steps import (
    TODAY,
    answer,
    concern_of,
    entries_of,
    give,
    phq9,
    together,
    told,
    waiting,
)
from waymark.library.instruments import INSTRUMENTS
from waymark.record.assessments import actions as assessments
from waymark.record.assessments.actions import Entry, Past
from waymark.record.people import actions as people
from waymark.record.safety import actions as safety
from waymark.record.safety.models import Concern, ConcernEntry, Screening
from waymark.record.tenancy.action import Invalid
from waymark.record.tenancy.models import CareTeamMember, Duty, Membership
from waymark.record.vault.envelope import key_id_of
from waymark.record.vault.keyring import Kind, Owner, key_for

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

# By hand: the items that ask about danger, their values, and the least that tells of it.
DANGER: dict[str, dict[str, tuple[tuple[int, ...], int]]] = {
    "phq-9": {"q9": ((0, 1, 2, 3), 1)},
    "core-10": {"q6": ((0, 1, 2, 3, 4), 1)},
    "c-ssrs": dict.fromkeys(("q1", "q2", "q3", "q4", "q5", "q6", "q6b"), ((0, 1), 1)),
}


def answers_of(cast: Cast) -> list[ConcernEntry]:
    """What Ana's concerns hold of answers, oldest first."""
    return [entry for entry in entries_of(cast, "ana") if entry.kind == "answer"]


Path = Callable[[Cast, str, dict[str, Any]], None]


def drafted(cast: Cast, instrument: str, answers: dict[str, Any], *, at=NOON) -> None:
    occasion = waiting(cast, "ana", instrument)
    assessments.save_draft(occasion, answers=answers, by=cast.viewer("ana"), at=at)


def sent(cast: Cast, instrument: str, answers: dict[str, Any], *, at=NOON) -> None:
    occasion = waiting(cast, "ana", instrument)
    assessments.submit(occasion, answers=answers, by=cast.viewer("ana"), at=at)


def drafted_then_sent(cast: Cast, instrument: str, answers: dict[str, Any]) -> None:
    drafted(cast, instrument, answers)
    sent(cast, instrument, answers, at=after(minutes=1))


def entered(mode: str) -> Path:
    def path(cast: Cast, instrument: str, answers: dict[str, Any]) -> None:
        assessments.enter(
            cast.patients["ana"],
            instrument=instrument,
            answers=answers,
            came=Entry(mode, TODAY),
            by=cast.viewer("ben"),
            at=NOON,
        )

    return path


def brought_in(cast: Cast, instrument: str, answers: dict[str, Any]) -> None:
    rows = [Past(instrument, TODAY - timedelta(days=2), answers=answers)]
    assessments.bring_in(cast.patients["ana"], rows=rows, by=cast.viewer("ben"), at=NOON)


PATHS: dict[str, Path] = {
    "draft": drafted,
    "sent": sent,
    "draft then sent": drafted_then_sent,
    "paper": entered("paper"),
    "phone": entered("phone"),
    "import": brought_in,
}


@pytest.fixture
def asked(lakeside: Cast) -> Cast:
    """Ana was given all three instruments."""
    people.set_instruments(
        lakeside.clinic,
        opened=["core-10", "c-ssrs"],
        usual_set=[],
        self_start=[],
        by=lakeside.viewer("ada"),
        at=NOON,
    )
    lakeside.patients["ana"].clinic.refresh_from_db()
    for instrument in DANGER:
        give(lakeside, "ana", instrument)
    return lakeside


def calm(instrument: str) -> dict[str, Any]:
    """Every item answered with its lowest value: nothing of danger."""
    return {item.id: min(item.values) for item in INSTRUMENTS[instrument].items}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("instrument", DANGER)
def test_a_concern_exists_if_and_only_if_an_answer_tells_of_danger(
    asked: Cast, instrument: str, path: str
) -> None:
    tried = 0
    for item, (values, least) in DANGER[instrument].items():
        for value in (*values, None):
            with transaction.atomic():
                PATHS[path](asked, instrument, calm(instrument) | {item: value})
                concern = concern_of(asked, "ana")
                expected = value is not None and value >= least
                assert (concern is not None) is expected, (item, value)
                transaction.set_rollback(True)
            tried += 1
    assert tried == sum(len(values) + 1 for values, _ in DANGER[instrument].values())


def test_the_table_of_danger_is_whole() -> None:
    """An instrument that comes to ask of danger must come to this table."""
    library = {
        one.id: {item.id: item.values for item in one.risk_items}
        for one in INSTRUMENTS.values()
        if one.risk_items
    }
    by_hand = {
        name: {item: values for item, (values, _) in items.items()}
        for name, items in DANGER.items()
    }
    assert {n: {i: set(v) for i, v in items.items()} for n, items in library.items()} == {
        n: {i: set(v) for i, v in items.items()} for n, items in by_hand.items()
    }


def test_every_other_instrument_leaves_no_screening(lakeside: Cast) -> None:
    highest = {f"q{n}": 3 for n in range(1, 8)}
    answer(lakeside, "ana", highest, instrument="gad-7")
    with looking():
        assert not Screening.objects.exists()
        assert not Concern.objects.exists()


def test_a_high_total_is_no_danger_and_a_low_one_no_reassurance(lakeside: Cast) -> None:
    answer(lakeside, "ana", phq9(q9=0, rest=3))
    assert concern_of(lakeside, "ana") is None
    answer(lakeside, "eli", phq9(q9=1, rest=0))
    assert concern_of(lakeside, "eli") is not None


def test_danger_is_told_when_no_score_can_be_given(lakeside: Cast) -> None:
    answer(lakeside, "ana", {"q9": 2})
    assert concern_of(lakeside, "ana") is not None


# Routes (decision 16)


@pytest.mark.parametrize(
    ("before", "now", "tier"),
    [
        ([], 1, "same-day"),  # the first ever
        ([0, 0], 1, "same-day"),
        ([1], 1, "review"),
        ([2], 1, "review"),
        ([2, 0], 1, "review"),  # not the first, and no rise of two
        ([1], 2, "same-day"),
        ([1], 3, "same-day"),
        ([3], 3, "same-day"),
    ],
)
def test_a_concern_is_routed_by_the_answer_and_those_before(
    lakeside: Cast, before: list[int], now: int, tier: str
) -> None:
    for n, value in enumerate(before):
        answer(lakeside, "ana", phq9(q9=value), at=after(days=n))
    with looking():
        Concern.objects.update(state="closed", closed_at=NOON, owner=lakeside.memberships["ben"])
    answer(lakeside, "ana", phq9(q9=now), at=after(days=10))
    concern = concern_of(lakeside, "ana")
    assert concern is not None
    assert concern.tier == tier


@pytest.mark.parametrize(
    ("yes", "tier", "also_told"),
    [
        (["q1"], "same-day", []),
        (["q2"], "same-day", []),
        (["q6"], "same-day", []),
        (["q2", "q3"], "same-day", ["gil"]),
        (["q2", "q4"], "urgent", ["gil"]),
        (["q2", "q5"], "urgent", ["gil"]),
        (["q6", "q6b"], "urgent", ["gil"]),
        (["q3"], "same-day", ["gil"]),  # its gate was not answered with Yes
    ],
)
def test_the_screener_is_routed_by_which_questions_were_answered_yes(
    asked: Cast, yes: list[str], tier: str, also_told: list[str]
) -> None:
    """Ben treats Ana, is primary and lead; Gil is the backup."""
    sent(asked, "c-ssrs", calm("c-ssrs") | dict.fromkeys(yes, 1))
    concern = concern_of(asked, "ana")
    assert concern is not None
    assert concern.tier == tier
    assert told("review-needed") == [asked.accounts[name].pk for name in ["ben", *also_told]]


def test_a_missing_gate_is_told_as_unanswered_beside_the_yes(asked: Cast) -> None:
    sent(asked, "c-ssrs", {"q1": 1})
    (entry,) = answers_of(asked)
    texts = {item.id: item.text for item in INSTRUMENTS["c-ssrs"].items}
    assert [one["item"] for one in entry.body["answers"]] == ["q1"]
    assert entry.body["unanswered"] == [texts["q2"], texts["q6"]]


def test_the_exact_words_are_kept(lakeside: Cast) -> None:
    answer(lakeside, "ana", phq9(q9=2))
    (entry,) = answers_of(lakeside)
    (one,) = entry.body["answers"]
    item = INSTRUMENTS["phq-9"].item("q9")
    assert (one["text"], one["label"]) == (item.text, "More than half the days")
    assert (entry.kind, entry.body["source"], entry.by) == ("answer", "response", None)
    assert entry.body["for_date"] == TODAY.isoformat()


def test_the_primary_responder_is_told_with_whoever_treats_the_client(lakeside: Cast) -> None:
    answer(lakeside, "eli", phq9(q9=1))  # gil treats Eli
    assert told("review-needed") == [lakeside.accounts[name].pk for name in ("gil", "ben")]


def test_an_urgent_one_is_told_to_all_three_duties(asked: Cast) -> None:
    people.set_duties(
        asked.clinic,
        safety_lead=asked.memberships["sue"],
        primary=asked.memberships["ben"],
        backup=asked.memberships["gil"],
        by=asked.viewer("ada"),
        at=NOON,
    )
    sent(asked, "c-ssrs", calm("c-ssrs") | {"q2": 1, "q4": 1})
    first, *others = told("review-needed")  # whoever treats the client stands first
    assert first == asked.accounts["ben"].pk
    assert set(others) == {asked.accounts[name].pk for name in ("gil", "sue")}


def test_with_nobody_to_tell_it_is_written_down_that_nobody_was_told(lakeside: Cast) -> None:
    """Nobody has a duty, nobody treats her, nobody is licensed: the administrators must act."""
    with looking():
        occasion = give(lakeside, "ana")
        Duty.objects.update(until=NOON)
        CareTeamMember.objects.update(until=NOON)
        Membership.objects.update(licensed=False)
    assessments.submit(occasion, answers=phq9(q9=3), by=lakeside.viewer("ana"), at=NOON)
    assert concern_of(lakeside, "ana") is not None
    assert told("review-needed") == []
    assert told("name-responder") == [lakeside.accounts["ada"].pk]
    notified = [entry for entry in entries_of(lakeside, "ana") if entry.kind == "notified"]
    assert [entry.body for entry in notified] == [{"accounts": []}]


# Once chosen, and changed


def test_an_answer_of_danger_is_told_as_soon_as_it_is_chosen(lakeside: Cast) -> None:
    give(lakeside, "ana")
    drafted(lakeside, "phq-9", {"q9": 1}, at=after(minutes=1))
    assert concern_of(lakeside, "ana") is not None
    assert told("review-needed") == [lakeside.accounts["ben"].pk]


def test_going_on_with_the_form_tells_nothing_new(lakeside: Cast) -> None:
    give(lakeside, "ana")
    drafted(lakeside, "phq-9", {"q9": 1})
    for n, item in enumerate(("q1", "q2", "q3")):
        drafted(lakeside, "phq-9", {item: 2}, at=after(minutes=n + 1))
    assert len(told("review-needed")) == 1
    with looking():
        assert Screening.objects.count() == 1


def test_changing_it_back_is_written_down_and_closes_nothing(lakeside: Cast) -> None:
    give(lakeside, "ana")
    drafted(lakeside, "phq-9", {"q9": 2})
    drafted(lakeside, "phq-9", {"q9": 0}, at=after(minutes=1))
    kinds = [entry.kind for entry in entries_of(lakeside, "ana")]
    assert sorted(kinds) == ["answer", "changed-back", "notified"]
    concern = concern_of(lakeside, "ana")
    assert concern is not None
    assert concern.state == "new"


def test_sending_a_calm_form_after_a_draft_of_danger_closes_nothing(lakeside: Cast) -> None:
    give(lakeside, "ana")
    drafted(lakeside, "phq-9", {"q9": 2})
    sent(lakeside, "phq-9", phq9(q9=0), at=after(minutes=1))
    assert "changed-back" in [entry.kind for entry in entries_of(lakeside, "ana")]
    assert concern_of(lakeside, "ana") is not None


def test_taking_one_yes_back_of_two_is_written_down(asked: Cast) -> None:
    drafted(asked, "c-ssrs", {"q1": 1, "q2": 1, "q4": 1})
    drafted(asked, "c-ssrs", {"q4": 0}, at=after(minutes=1))
    entries = [one for one in entries_of(asked, "ana") if one.kind == "changed-back"]
    (back,) = [{one["item"]: one["value"] for one in entry.body["answers"]} for entry in entries]
    assert back == {"q1": 1, "q2": 1, "q4": 0}
    concern = concern_of(asked, "ana")
    assert concern is not None
    assert concern.tier == "urgent"  # a route is never taken back


def test_changing_it_back_after_it_was_closed_opens_nothing(lakeside: Cast) -> None:
    give(lakeside, "ana")
    drafted(lakeside, "phq-9", {"q9": 2})
    with looking():
        Concern.objects.update(state="closed", closed_at=NOON, owner=lakeside.memberships["ben"])
    drafted(lakeside, "phq-9", {"q9": 0}, at=after(minutes=1))
    assert concern_of(lakeside, "ana") is None


def test_a_slip_is_added_once_and_closes_nothing(lakeside: Cast) -> None:
    answer(lakeside, "ana", phq9(q9=1))
    concern, ana = concern_of(lakeside, "ana"), lakeside.viewer("ana")
    first = safety.by_mistake(concern, by=ana, at=after(minutes=1))
    assert safety.by_mistake(concern, by=ana, at=after(minutes=2)) == first
    assert concern_of(lakeside, "ana") is not None


def test_a_form_left_behind_leaves_its_concern(lakeside: Cast) -> None:
    occasion = give(lakeside, "ana")
    drafted(lakeside, "phq-9", {"q9": 1})
    assessments.discard(occasion, by=lakeside.viewer("ana"), at=after(minutes=1))
    assert concern_of(lakeside, "ana") is not None


# A new answer while one is open


def test_a_new_answer_joins_the_open_concern_and_tells_again(lakeside: Cast) -> None:
    answer(lakeside, "ana", phq9(q9=1))
    answer(lakeside, "ana", phq9(q9=1), at=after(days=1))
    with looking():
        assert Concern.objects.count() == 1
    assert len(told("review-needed")) == 2
    kinds = [entry.kind for entry in entries_of(lakeside, "ana")]
    assert sorted(kinds) == ["answer", "answer", "notified", "notified"]


def test_a_faster_route_makes_the_open_concern_due_sooner(asked: Cast) -> None:
    sent(asked, "phq-9", phq9(q9=1))
    before = concern_of(asked, "ana")
    sent(asked, "c-ssrs", calm("c-ssrs") | {"q2": 1, "q4": 1}, at=after(minutes=1))
    now = concern_of(asked, "ana")
    assert before is not None
    assert now is not None
    assert (before.tier, now.tier) == ("same-day", "urgent")
    assert now.due_at == after(minutes=16) < before.due_at


def test_a_slower_route_does_not_put_it_off(asked: Cast) -> None:
    sent(asked, "c-ssrs", calm("c-ssrs") | {"q2": 1, "q4": 1})
    sent(asked, "phq-9", phq9(q9=1), at=after(minutes=1))
    concern = concern_of(asked, "ana")
    assert concern is not None
    assert (concern.tier, concern.due_at) == ("urgent", after(minutes=15))


def test_after_it_was_closed_a_new_answer_opens_a_new_one(lakeside: Cast) -> None:
    answer(lakeside, "ana", phq9(q9=1))
    with looking():
        Concern.objects.update(state="closed", closed_at=NOON, owner=lakeside.memberships["ben"])
    answer(lakeside, "ana", phq9(q9=1), at=after(days=7))
    with looking():
        assert Concern.objects.count() == 2


def test_each_client_has_a_concern_of_their_own(lakeside: Cast) -> None:
    answer(lakeside, "ana", phq9(q9=1))
    answer(lakeside, "eli", phq9(q9=1))
    with looking():
        assert Concern.objects.values("patient").distinct().count() == 2


@pytest.mark.django_db(transaction=True, databases=["default", "keyring"])
def test_an_answer_that_comes_while_the_concern_is_closed_is_not_lost(
    committed: Cast, on_postgres: None
) -> None:
    """Whoever comes first, the answer stands on an open concern in the end."""
    answer(committed, "ana", phq9(q9=1))
    concern, ben = concern_of(committed, "ana"), committed.viewer("ben")
    safety.own(concern, by=ben, at=NOON)
    safety.attempt(concern, tried=safety.Try("phone", "reached"), by=ben, at=NOON)
    safety.assess(concern, tool="talked", judgement="steady", by=ben, at=NOON)
    safety.plan(concern, steps="call", follow_up_on=TODAY, by=ben, at=NOON)
    occasion = give(committed, "ana", at=after(hours=1))
    ana, at = committed.viewer("ana"), after(hours=2)
    together(
        lambda: safety.close(concern, reason="talked", by=ben, at=at),
        lambda: assessments.submit(occasion, answers=phq9(q9=2), by=ana, at=at),
        locked=concern,
    )
    still_open = concern_of(committed, "ana")
    assert still_open is not None
    assert answers_of(committed)[-1].concern_id == still_open.pk


@pytest.mark.django_db(transaction=True, databases=["default", "keyring"])
def test_two_first_answers_of_danger_at_one_moment_are_both_stored(
    committed: Cast, on_postgres: None
) -> None:
    """Nothing is open | a PHQ-9 and a CORE-10 tell of danger at once | one concern holds both."""
    people.set_instruments(
        committed.clinic,
        opened=["core-10"],
        usual_set=[],
        self_start=[],
        by=committed.viewer("ada"),
        at=NOON,
    )
    committed.patients["ana"].clinic.refresh_from_db()
    first, second = give(committed, "ana"), give(committed, "ana", "core-10")
    ana, at = committed.viewer("ana"), after(hours=1)
    worst = calm("core-10") | {"q6": 2}
    results = together(
        lambda: assessments.submit(first, answers=phq9(q9=2), by=ana, at=at),
        lambda: assessments.submit(second, answers=worst, by=ana, at=at),
        locked=committed.patients["ana"],
    )
    assert [type(one).__name__ for one in results] == ["Response", "Response"]
    with looking():
        assert Concern.objects.count() == 1
    assert {row.body["instrument"] for row in answers_of(committed)} == {"PHQ-9", "CORE-10"}


@pytest.mark.django_db(transaction=True, databases=["default", "keyring"])
@pytest.mark.parametrize("deed", ["start", "enter", "assign", "bring in"])
def test_who_looks_and_then_makes_is_alone_while_doing_so(
    committed: Cast, on_postgres: None, deed: str
) -> None:
    """The same deed twice at one moment: neither dies of the other, and nothing is there twice."""
    ana, patient, at = committed.viewer("ana"), committed.patients["ana"], after(hours=1)
    ben = committed.viewer("ben")
    people.set_instruments(
        committed.clinic,
        opened=[],
        usual_set=[],
        self_start=["phq-9"],
        by=committed.viewer("ada"),
        at=NOON,
    )
    patient.clinic.refresh_from_db()
    rows = [past(3)]
    deeds: dict[str, Callable[[], Any]] = {
        "start": lambda: assessments.start_by_self(patient, instrument="phq-9", by=ana, at=at),
        "enter": lambda: assessments.enter(
            patient,
            instrument="phq-9",
            answers=phq9(q9=1),
            came=Entry("paper", TODAY),
            by=ben,
            at=at,
        ),
        "assign": lambda: assessments.assign(
            patient, instrument="phq-9", starts_on=TODAY, by=ben, at=at
        ),
        "bring in": lambda: assessments.bring_in(patient, rows=rows, by=ben, at=at),
    }
    results = together(deeds[deed], deeds[deed], locked=patient)
    assert [one for one in results if isinstance(one, Exception)] == []
    if deed == "bring in":
        assert sorted(one.stored for one in results) == [0, 1]


# Imports and old answers (decision 21)


def past(days: int, q9: int = 1) -> Past:
    return Past("phq-9", TODAY - timedelta(days=days), answers=phq9(q9=q9))


@pytest.mark.parametrize(
    ("days", "tier"), [(1, "same-day"), (30, "same-day"), (31, "review"), (400, "review")]
)
def test_an_old_answer_is_for_review_and_a_recent_one_is_as_urgent_as_any(
    lakeside: Cast, days: int, tier: str
) -> None:
    assessments.bring_in(
        lakeside.patients["ana"], rows=[past(days)], by=lakeside.viewer("ben"), at=NOON
    )
    concern = concern_of(lakeside, "ana")
    assert concern is not None
    assert (concern.tier, concern.late) == (tier, True)


def test_thirty_days_are_counted_where_the_patient_lives(lakeside: Cast) -> None:
    """Seven in the evening in Chicago, when the thirty-first day has begun elsewhere."""
    ana, ben = lakeside.patients["ana"], lakeside.viewer("ben")
    assessments.bring_in(ana, rows=[past(30)], by=ben, at=after(hours=7))
    concern = concern_of(lakeside, "ana")
    assert concern is not None
    assert concern.tier == "same-day"


def test_an_answer_of_today_is_not_late(lakeside: Cast) -> None:
    answer(lakeside, "ana", phq9(q9=1))
    concern = concern_of(lakeside, "ana")
    assert concern is not None
    assert not concern.late


# Where it stands


def test_what_was_seen_is_sealed_with_the_key_of_risk(lakeside: Cast) -> None:
    answer(lakeside, "ana", phq9(q9=1))
    ana = lakeside.patients["ana"]
    risk = key_for(Owner(ana.pk, ana.clinic_id), Kind.RISK).id
    with looking():
        envelope = Screening.objects.values_list("outcome", flat=True).get()
    assert key_id_of(envelope) == risk


def test_a_bad_answer_opens_nothing(lakeside: Cast) -> None:
    occasion = give(lakeside, "ana")
    with pytest.raises(Invalid):
        assessments.submit(occasion, answers={"q9": 9}, by=lakeside.viewer("ana"), at=NOON)
    assert concern_of(lakeside, "ana") is None
