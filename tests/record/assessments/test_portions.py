"""A confirmed file of past scores: kept sealed, stored a portion at a time, whoever dies meanwhile.

Ben confirms 120 weeks of Ana's totals. They wait as three portions of 50, 50 and 20, the oldest
weeks first.

    confirmed --- portion 1 --- portion 2 --- portion 3 --- over: figures alone
              ^             ^             ^
              the worker may be killed, Ben may leave, at any of these
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError

from tests.cast import NOON, Cast, after, looking, welcome
from tests.record.steps import TODAY, concern_of, entries_of, phq9, riverside, together
from waymark.access.vocabulary import Action
from waymark.interfaces.jobs import bringing
from waymark.interfaces.jobs.round import go_round
from waymark.record.assessments import actions as assessments
from waymark.record.assessments.actions import Past, portions
from waymark.record.assessments.actions.bring_in import Store
from waymark.record.assessments.models import Portion, Response, Score
from waymark.record.audit.models import Line
from waymark.record.people import actions as people
from waymark.record.safety.handover import deactivate
from waymark.record.safety.models import Concern, Screening
from waymark.record.tenancy.action import Refused
from waymark.record.tenancy.models import Duty

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
WORK = uuid4()
FIRST = date(2015, 1, 5)


def weeks(count: int, **given: Any) -> list[Past]:
    """So many weeks of totals, the last one first."""
    days = [FIRST + timedelta(weeks=week) for week in reversed(range(count))]
    return [Past("phq-9", day, value=14, line=n, **given) for n, day in enumerate(days, 2)]


def past(days_ago: int, q9: int, line: int = 2) -> Past:
    return Past("phq-9", TODAY - timedelta(days=days_ago), answers=phq9(q9=q9), line=line)


def confirm(cast: Cast, client: str, rows: list[Past], by: str = "ben", **given: Any) -> Portion:
    given = {"work": WORK, "at": NOON, **given}
    done: Portion = assessments.take_in(
        cast.patients[client], rows=rows, by=cast.viewer(by), **given
    )
    return done


def turn(cast: Cast) -> None:
    """The worker stores one portion."""
    assessments.carry_next(cast.clinic, at=after(minutes=1))


def scores() -> list[Score]:
    with looking():
        return list(Score.objects.order_by("for_date"))


def held() -> list[Portion]:
    with looking():
        return list(Portion.objects.order_by("patient", "place"))


def test_nothing_is_stored_before_its_turn_and_all_of_it_after(lakeside: Cast) -> None:
    confirm(lakeside, "ana", weeks(120))
    assert [one.size for one in held()] == [50, 50, 20]
    assert not scores()
    turn(lakeside)
    assert [one.for_date for one in scores()] == [FIRST + timedelta(weeks=n) for n in range(50)]
    turn(lakeside)
    turn(lakeside)
    assert len(scores()) == 120
    assert [one.stored for one in held()] == [50, 50, 20]


def test_what_is_over_holds_figures_and_no_rows(lakeside: Cast) -> None:
    confirm(lakeside, "ana", weeks(2))
    with looking():
        assert all(one.rows for one in held())
    turn(lakeside)
    assert [one.rows for one in held()] == [None]


def test_the_rows_are_sealed_for_the_client(lakeside: Cast) -> None:
    confirm(lakeside, "ana", weeks(1))
    (one,) = held()
    with looking():
        assert one.sealed_for().id == lakeside.patients["ana"].pk
        assert b"phq-9" not in bytes(one.__dict__["rows"])


# Whoever dies meanwhile


class Killed(BaseException):
    """The process is gone."""


def dies_at(row: int) -> Callable[..., bool]:
    """The worker is killed while it stores this row."""
    real, count = Store.take, iter(range(1000))

    def take(self: Store, past: Past) -> bool:
        if next(count) == row:
            raise Killed
        return real(self, past)

    return take


@pytest.mark.django_db(transaction=True, databases=["default", "keyring"])
@pytest.mark.parametrize(("row", "kept"), [(0, 0), (49, 0), (50, 50), (77, 50), (119, 100)])
def test_a_worker_that_is_killed_loses_no_row_and_doubles_none(
    committed: Cast, monkeypatch: pytest.MonkeyPatch, row: int, kept: int
) -> None:
    """Killed at a row: what stands is whole portions, and the next worker goes on from there."""
    confirm(committed, "ana", weeks(120))
    with monkeypatch.context() as patch:
        patch.setattr(Store, "take", dies_at(row))
        for _ in range(kept // 50):
            turn(committed)
        with pytest.raises(Killed):
            turn(committed)
    assert len(scores()) == kept
    assert sum(one.stored for one in held()) == kept
    for _ in range(3):
        turn(committed)
    assert len(scores()) == len({one.for_date for one in scores()}) == 120
    assert sum(one.stored for one in held()) == 120


@pytest.mark.django_db(transaction=True, databases=["default", "keyring"])
def test_two_workers_at_one_portion_store_it_once(committed: Cast, on_postgres: None) -> None:
    portion, ben = confirm(committed, "ana", weeks(20)), committed.viewer("ben")
    with looking():
        first, second = (Portion.objects.select_related("patient").get() for _ in range(2))
    results = together(
        lambda: assessments.carry_out(first, by=ben, at=NOON),
        lambda: assessments.carry_out(second, by=ben, at=NOON),
        locked=committed.patients["ana"],
    )
    assert [one for one in results if isinstance(one, Exception)] == []
    assert portion.size == len(scores()) == 20


# Access is asked anew


def leave(cast: Cast) -> None:
    deactivate(
        cast.clinic, account=cast.accounts["ben"].pk, by=cast.viewer("ada"), at=after(seconds=30)
    )


def lose_ana(cast: Cast) -> None:
    people.join_care_team(
        cast.patients["ana"],
        clinician=cast.memberships["gil"],
        by=cast.viewer("ada"),
        at=after(seconds=20),
    )
    people.end_care(
        cast.patients["ana"],
        clinician=cast.memberships["ben"],
        by=cast.viewer("ada"),
        at=after(seconds=30),
    )


@pytest.mark.parametrize("loses_access", [leave, lose_ana])
def test_who_may_not_any_more_stores_nothing_more(
    lakeside: Cast, loses_access: Callable[[Cast], None]
) -> None:
    """One portion is stored | Ben is deactivated, or loses Ana | the rest stops, and is removed."""
    confirm(lakeside, "ana", weeks(120))
    turn(lakeside)
    loses_access(lakeside)
    for _ in range(3):
        turn(lakeside)
    assert len(scores()) == 50
    assert [(one.state, one.rows) for one in held()] == [
        ("stored", None),
        ("stopped", None),
        ("stopped", None),
    ]
    refused = Line.objects.filter(action=Action.IMPORT_SCORES, verdict="refused")
    assert [one.by for one in refused] == [str(lakeside.accounts["ben"].pk)]


def test_a_client_who_left_the_care_stops_alone(lakeside: Cast) -> None:
    welcome(lakeside, "amy", clinician="ben")
    confirm(lakeside, "ana", weeks(3))
    confirm(lakeside, "amy", weeks(3), at=after(seconds=1))
    lose_ana(lakeside)
    turn(lakeside)
    turn(lakeside)
    assert {one.patient_id for one in scores()} == {lakeside.patients["amy"].pk}


def test_whoever_never_might_is_refused_and_nothing_is_kept(lakeside: Cast) -> None:
    with pytest.raises(Refused):
        confirm(lakeside, "ana", weeks(2), by="gil")
    assert not held()


# One broken row never stops the rest


def test_a_row_that_cannot_be_is_told_by_its_line(lakeside: Cast) -> None:
    confirm(lakeside, "ana", [*weeks(3), Past("phq-9", TODAY, value=99, line=17)])
    turn(lakeside)
    (one,) = held()
    assert (one.stored, one.left_out, one.known_before) == (3, 1, 0)
    with looking():
        assert one.faults == [[17, "99 is outside 0 to 27."]]


def test_a_row_that_breaks_the_program_leaves_the_others_alone(
    lakeside: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirm(lakeside, "ana", weeks(3))
    real = Store.take

    def take(self: Store, row: Past) -> bool:
        if row.line == 3:
            raise ZeroDivisionError
        return real(self, row)

    monkeypatch.setattr(Store, "take", take)
    turn(lakeside)
    (one,) = held()
    assert (one.stored, one.left_out) == (2, 1)
    with looking():
        assert one.faults[0][0] == 3
        assert "ZeroDivisionError" in one.faults[0][1]


def test_a_full_disk_is_no_fault_of_a_row(lakeside: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full at the second row | nothing is stored, nothing is lost, and it is told."""
    confirm(lakeside, "ana", weeks(3))
    real, count = Store.take, iter(range(10))

    def take(self: Store, row: Past) -> bool:
        if next(count) == 1:
            raise OperationalError("database or disk is full")
        return real(self, row)

    with monkeypatch.context() as patch:
        patch.setattr(Store, "take", take)
        assert go_round(at=after(minutes=1)).troubles == [
            f"past scores of {lakeside.patients['ana'].audit_number}: OperationalError"
        ]
    assert not scores()
    assert [one.state for one in held()] == ["waiting"]
    assert go_round(at=after(minutes=2)).brought == 3
    assert len(scores()) == 3


def test_what_cannot_be_carried_out_holds_up_nobody(
    lakeside: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ana's portion breaks each time | Eli's, confirmed later, is stored all the same."""
    confirm(lakeside, "ana", weeks(2))
    confirm(lakeside, "eli", weeks(2), by="gil", work=uuid4())
    real = portions.carry_out

    def breaks(portion: Portion, **given: Any) -> Portion:
        if portion.patient_id == lakeside.patients["ana"].pk:
            raise OperationalError("locked")
        return real(portion, **given)

    monkeypatch.setattr(portions, "carry_out", breaks)
    for minute in range(3):
        go_round(at=after(minutes=minute))
    assert {one.patient_id for one in scores()} == {lakeside.patients["eli"].pk}


def test_the_same_confirmation_twice_is_one_work(lakeside: Cast) -> None:
    key = uuid4()
    for _ in range(2):
        confirm(lakeside, "ana", weeks(60), key=key)
    assert len(held()) == 2


def test_what_is_there_already_is_not_stored_twice(lakeside: Cast) -> None:
    for work in (uuid4(), uuid4()):
        confirm(lakeside, "ana", [*weeks(2), past(90, 0, line=9)], work=work)
        turn(lakeside)
    assert {(one.stored, one.known_before) for one in held()} == {(3, 0), (0, 3)}
    with looking():
        assert Response.objects.count() == 1


# Danger waits for no worker


def test_danger_is_heard_although_no_worker_ever_comes(lakeside: Cast) -> None:
    confirm(lakeside, "ana", [past(3, 1)])
    concern = concern_of(lakeside, "ana")
    assert concern is not None
    assert concern.tier == "same-day"


def test_danger_that_was_heard_is_not_told_again_when_it_is_stored(lakeside: Cast) -> None:
    """Told when it was confirmed, assessed and closed | stored a day later: nothing opens anew."""
    confirm(lakeside, "ana", [past(3, 1), past(200, 2, line=3)])
    with looking():
        Concern.objects.update(state="closed", closed_at=NOON, owner=lakeside.memberships["ben"])
    turn(lakeside)
    assert concern_of(lakeside, "ana") is None
    assert [row.kind for row in entries_of(lakeside, "ana")].count("answer") == 2
    with looking():  # both stored, each of them screened
        assert Response.objects.filter(screening__source="import").count() == 2


def test_another_answer_of_the_same_day_is_told(lakeside: Cast) -> None:
    confirm(lakeside, "ana", [past(3, 1)])
    confirm(lakeside, "ana", [past(3, 3)], work=uuid4())
    answers = [row.body["answers"] for row in entries_of(lakeside, "ana") if row.kind == "answer"]
    assert {one[0]["value"] for one in answers} == {1, 3}


def test_two_days_are_no_change_of_mind(lakeside: Cast) -> None:
    """Danger of one day, calm of the next: nobody took anything back."""
    confirm(lakeside, "ana", [past(4, 2), past(3, 0, line=3)])
    turn(lakeside)
    assert "changed-back" not in [row.kind for row in entries_of(lakeside, "ana")]


def test_the_latest_50_days_of_danger_are_told_and_all_are_screened(lakeside: Cast) -> None:
    rows = [past(days, 1, line=days) for days in range(31, 91)]
    confirm(lakeside, "ana", rows)
    answers = [row for row in entries_of(lakeside, "ana") if row.kind == "answer"]
    assert len(answers) == 50
    assert min(row.body["for_date"] for row in answers) == str(TODAY - timedelta(days=80))
    for _ in range(2):
        turn(lakeside)
    answers = [row for row in entries_of(lakeside, "ana") if row.kind == "answer"]
    assert len(answers) == 60
    with looking():
        assert Screening.objects.filter(source="import").count() == 60


def test_readiness_that_was_lost_meanwhile_is_told_by_line(lakeside: Cast) -> None:
    confirm(lakeside, "ana", [*weeks(1), past(90, 0, line=9)])
    with looking():
        Duty.objects.update(until=NOON)
    turn(lakeside)
    (one,) = held()
    with looking():
        assert one.stored == 1
        assert [line for line, _ in one.faults] == [9]


# Fair among clinics, and bounded by seconds


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Time that passes as the worker works: a second a portion."""
    moment = [0.0]
    real = portions.carry_out

    def a_second_long(portion: Portion, **given: Any) -> Portion:
        moment[0] += 1
        return real(portion, **given)

    monkeypatch.setattr(portions, "carry_out", a_second_long)
    monkeypatch.setattr(bringing, "monotonic", lambda: moment[0])
    monkeypatch.setattr(
        bringing, "sleep", lambda seconds: moment.__setitem__(0, moment[0] + seconds)
    )
    return moment


def test_a_turn_is_over_after_five_seconds(lakeside: Cast, time: list[float]) -> None:
    """A second of work, a second in which others write: three portions, then the worker beats."""
    confirm(lakeside, "ana", weeks(400))
    assert bringing.bring_waiting(at=NOON) == (150, [])
    assert time[0] == 6


def test_a_clinic_with_little_does_not_wait_behind_one_with_much(
    lakeside: Cast, time: list[float]
) -> None:
    """Riverside had a turn before, so Lakeside comes first, with 400 rows | both get one."""
    there = riverside()
    confirm(there, "zoe", weeks(1), by="cleo", work=uuid4())
    assessments.carry_next(there.clinic, at=NOON)
    confirm(there, "zoe", weeks(2), by="cleo", work=uuid4())
    confirm(lakeside, "ana", weeks(400))
    bringing.bring_waiting(at=after(minutes=1))
    zoes = [one.state for one in held() if one.patient_id == there.patients["zoe"].pk]
    assert zoes == ["stored", "stored"]


def test_a_turn_begins_with_the_clinic_whose_last_one_is_longest_ago(
    lakeside: Cast, time: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One portion a turn, two clinics with much: they take turns."""
    monkeypatch.setattr(bringing, "A_TURN", timedelta(seconds=1))
    there = riverside()
    confirm(lakeside, "ana", weeks(200))
    confirm(there, "zoe", weeks(200), by="cleo", work=uuid4())
    for minute in range(4):
        bringing.bring_waiting(at=after(minutes=minute))
    stored = [one.clinic_id for one in held() if one.state == "stored"]
    assert sorted(map(str, stored)) == sorted([str(lakeside.clinic.pk), str(there.clinic.pk)] * 2)


def test_a_small_file_does_not_wait_behind_the_end_of_a_large_one(lakeside: Cast) -> None:
    confirm(lakeside, "ana", weeks(120))
    confirm(lakeside, "eli", weeks(3), by="gil", work=uuid4())
    turn(lakeside)
    turn(lakeside)
    assert {one.patient_id for one in scores()} == {
        lakeside.patients[name].pk for name in ("ana", "eli")
    }


# What is over is swept


def test_figures_are_kept_for_90_days_and_waiting_rows_for_ever(lakeside: Cast) -> None:
    confirm(lakeside, "ana", weeks(50))
    turn(lakeside)
    confirm(lakeside, "ana", weeks(1), work=uuid4())
    assert assessments.sweep_portions(at=after(days=90)) == 0
    assert assessments.sweep_portions(at=after(days=91)) == 1
    assert [one.state for one in held()] == ["waiting"]


def test_rows_whose_day_cannot_be_read_are_no_change_of_mind(lakeside: Cast) -> None:
    """Two rows of a file, of days unknown: the second one takes nothing of the first one back."""
    ana, ben = lakeside.patients["ana"], lakeside.viewer("ben")
    for _ in range(2):
        rows = [
            assessments.Said("c-ssrs", {"q1": 1, "q2": 1}),
            assessments.Said("c-ssrs", {"q1": 1}),
        ]
        assessments.hear_past(ana, said=rows, by=ben, at=NOON)
    kinds = [row.kind for row in entries_of(lakeside, "ana")]
    assert "changed-back" not in kinds
    assert kinds.count("answer") == 2
