"""What every action keeps: decided first, written down, done once, all or nothing."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, OperationalError

from tests.cast import NOON, Cast, after, looking
from tests.record.steps import give, phq9, riverside, together, waiting
from waymark.access.vocabulary import Action
from waymark.record.assessments import actions as assessments
from waymark.record.assessments.models import Response, Score
from waymark.record.audit import actions as audit
from waymark.record.audit.models import Line
from waymark.record.episodes import actions as episodes
from waymark.record.episodes.models import Encounter
from waymark.record.people import actions as people
from waymark.record.people.queries import accesses_of, patient_for
from waymark.record.people.roster import names_to_compare, shown
from waymark.record.sharing.actions import see
from waymark.record.tenancy.action import Conflict, Invalid, Refused, action, reading
from waymark.record.tenancy.models import IdempotencyKey, Patient

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
LATER = after(hours=1)


def lines(verdict: str) -> list[Line]:
    return list(Line.objects.filter(at=LATER, verdict=verdict))


def meet(cast: Cast, **given: Any) -> Encounter:
    """Ben marks that he met Ana."""
    usual: dict[str, Any] = {"kind": "video", "took_place_at": NOON, "at": LATER}
    row: Encounter = episodes.record_encounter(
        cast.patients["ana"], **{**usual, "by": cast.viewer("ben"), **given}
    )
    return row


# Decided, and written down


def test_what_is_done_leaves_one_line(lakeside: Cast) -> None:
    meet(lakeside)
    (line,) = lines("done")
    assert (line.by, line.action) == (str(lakeside.accounts["ben"].pk), "record-encounter")
    assert (line.subject, line.clinic) == (
        lakeside.patients["ana"].audit_number,
        lakeside.clinic.pk,
    )
    assert line.reason == "record-encounter over care-team"


def test_a_deed_over_the_clinic_has_no_person_in_its_line(lakeside: Cast) -> None:
    people.invite_staff(
        lakeside.clinic,
        who=people.Recruit("Kai", "kai@clinic.example"),
        by=lakeside.viewer("ada"),
        at=LATER,
    )
    (line,) = lines("done")
    assert line.subject is None


def test_what_is_refused_is_written_down_and_not_done(lakeside: Cast) -> None:
    with pytest.raises(Refused):
        meet(lakeside, by=lakeside.viewer("gil"))
    (line,) = lines("refused")
    assert (line.by, line.action) == (str(lakeside.accounts["gil"].pk), "record-encounter")
    assert line.reason == "no line lets clinician record-encounter here"
    with looking():
        assert not Encounter.objects.exists()


def test_nothing_is_done_across_clinics_not_even_by_the_clock(lakeside: Cast) -> None:
    other = riverside()
    for viewer in (other.viewer("cleo"), other.viewer("rex"), other.clock(), other.viewer("zoe")):
        with pytest.raises(Refused):
            assessments.bring_due(lakeside.patients["ana"], by=viewer, at=LATER)
    assert len(lines("refused")) == 4


def test_a_refusal_within_a_reading_stands(lakeside: Cast) -> None:
    gil = lakeside.viewer("gil")
    with pytest.raises(Refused), reading(Action.READ_SCORES, by=gil, at=LATER):
        meet(lakeside, by=gil)
    assert len(lines("refused")) == 1


@pytest.mark.django_db(transaction=True, databases=["default", "keyring"])
def test_a_refusal_within_a_reading_is_committed(committed: Cast) -> None:
    """On PostgreSQL the reading is a transaction: it must not take the refusal back."""
    test_a_refusal_within_a_reading_stands(committed)
    with looking():
        assert not Encounter.objects.exists()


# All or nothing


def test_a_failed_deed_leaves_nothing(lakeside: Cast) -> None:
    with pytest.raises(Invalid):
        meet(lakeside, took_place_at=after(days=1), key=uuid4())
    assert lines("done") == []
    assert not IdempotencyKey.objects.exists()
    with looking():
        assert not Encounter.objects.exists()


def test_a_deed_that_fails_half_way_leaves_nothing_of_its_first_half(lakeside: Cast) -> None:
    """The client and the contact are made before the clinician is looked at."""
    dana = lakeside.memberships["dana"]
    with pytest.raises(Invalid, match="clinician"):
        people.invite(
            lakeside.clinic,
            who=people.Newcomer("Kim", adult=True),
            clinician=dana,
            by=lakeside.viewer("ben"),
            at=LATER,
        )
    with looking():
        assert Patient.objects.count() == 2
    assert lines("done") == []


# Once


def test_the_same_request_again_returns_the_first_row(lakeside: Cast) -> None:
    key = uuid4()
    first = meet(lakeside, key=key)
    again = meet(lakeside, key=key, at=after(hours=2))
    assert again == first
    with looking():
        assert Encounter.objects.count() == 1
    assert Line.objects.filter(action="record-encounter").count() == 1


def test_a_form_sent_again_is_answered_as_the_first_time_and_not_with_a_complaint(
    lakeside: Cast,
) -> None:
    """A second tap on Send: the first response, where another form would hear "sent already"."""
    key, ana = uuid4(), lakeside.viewer("ana")
    occasion = give(lakeside, "ana")
    first = assessments.submit(occasion, answers=phq9(), by=ana, at=LATER, key=key)
    again = assessments.submit(occasion, answers=phq9(), by=ana, at=LATER, key=key)
    assert again == first
    with pytest.raises(assessments.SentAlready):
        assessments.submit(occasion, answers=phq9(), by=ana, at=LATER, key=uuid4())


def test_a_request_without_a_key_is_carried_out_each_time(lakeside: Cast) -> None:
    assert meet(lakeside) != meet(lakeside)


def test_another_key_is_another_request(lakeside: Cast) -> None:
    assert meet(lakeside, key=uuid4()) != meet(lakeside, key=uuid4())


def test_the_same_key_with_another_body_is_a_conflict(lakeside: Cast) -> None:
    key = uuid4()
    meet(lakeside, key=key)
    with pytest.raises(Conflict):
        meet(lakeside, key=key, kind="phone")
    with looking():
        assert Encounter.objects.count() == 1


def test_the_same_key_for_another_occasion_is_a_conflict(lakeside: Cast) -> None:
    """The body is the same, the form it was sent for is not."""
    key, ana = uuid4(), lakeside.viewer("ana")
    first = give(lakeside, "ana", "phq-8")
    calm = dict.fromkeys([f"q{n}" for n in range(1, 9)], 0)
    assessments.submit(first, answers=calm, by=ana, at=LATER, key=key)
    second = give(lakeside, "ana", "phq-8", at=after(hours=2))
    with pytest.raises(Conflict):
        assessments.submit(second, answers=calm, by=ana, at=after(hours=3), key=key)
    assert waiting(lakeside, "ana", "phq-8") == second


def test_the_same_key_about_another_person_is_a_conflict(lakeside: Cast) -> None:
    key, ben = uuid4(), lakeside.viewer("ben")
    people.join_care_team(
        lakeside.patients["eli"],
        clinician=lakeside.memberships["ben"],
        by=lakeside.viewer("ada"),
        at=NOON,
    )
    meet(lakeside, key=key)
    with pytest.raises(Conflict):
        episodes.record_encounter(
            lakeside.patients["eli"], kind="video", took_place_at=NOON, by=ben, at=LATER, key=key
        )


def test_two_people_may_happen_on_the_same_key(lakeside: Cast) -> None:
    people.join_care_team(
        lakeside.patients["ana"],
        clinician=lakeside.memberships["gil"],
        by=lakeside.viewer("ada"),
        at=NOON,
    )
    key = uuid4()
    assert meet(lakeside, key=key) != meet(lakeside, key=key, by=lakeside.viewer("gil"))


def test_a_key_that_made_no_row_is_answered_with_nothing_again(lakeside: Cast) -> None:
    people.set_instruments(
        lakeside.clinic,
        opened=[],
        usual_set=["phq-9", "gad-7"],
        self_start=[],
        by=lakeside.viewer("ada"),
        at=NOON,
    )
    ana = lakeside.patients["ana"]
    ana.clinic.refresh_from_db()
    given: dict[str, Any] = {"starts_on": LATER.date(), "by": lakeside.viewer("ben"), "at": LATER}
    key = uuid4()
    assert assessments.assign_usual_set(ana, **given, key=key) == 2
    assert assessments.assign_usual_set(ana, **given, key=key) is None


def test_an_action_with_a_key_says_that_a_repeat_may_find_nothing() -> None:
    def counts(patient: Patient, *, by: Any, at: Any, key: Any = None) -> int:
        return 1

    with pytest.raises(TypeError, match="a repeat finds no row"):
        action(Action.ASSIGN_INSTRUMENT)(counts)


def test_an_action_that_names_no_key_takes_none(lakeside: Cast) -> None:
    given: dict[str, Any] = {"about": "response", "by": lakeside.viewer("ben"), "at": LATER}
    with pytest.raises(TypeError, match="key"):
        see(lakeside.patients["ana"], things=[uuid4()], **given, key=uuid4())


def test_the_table_of_keys_holds_no_body(lakeside: Cast) -> None:
    give(lakeside, "ana")
    assessments.submit(
        waiting(lakeside, "ana"), answers=phq9(3), by=lakeside.viewer("ana"), at=LATER, key=uuid4()
    )
    held = IdempotencyKey.objects.values("account", "action", "digest").get()
    assert len(held.pop("digest")) == 32
    assert held == {"account": str(lakeside.accounts["ana"].pk), "action": "answer-instrument"}


def test_a_replay_is_refused_to_who_may_no_longer_do_it(lakeside: Cast) -> None:
    key = uuid4()
    meet(lakeside, key=key)
    people.end_care(
        lakeside.patients["ana"],
        clinician=lakeside.memberships["ben"],
        by=lakeside.viewer("ada"),
        at=LATER,
    )
    with pytest.raises(Refused):
        meet(lakeside, key=key)


def test_what_the_database_refuses_without_a_key_is_not_swallowed(lakeside: Cast) -> None:
    """An error of the database is no repeat of an earlier request."""
    with pytest.raises(IntegrityError):
        meet(lakeside, at=None, took_place_at=NOON, key=uuid4())  # a column that is never null
    assert not IdempotencyKey.objects.exists()


@pytest.mark.django_db(transaction=True, databases=["default", "keyring"])
def test_one_key_in_four_processes_makes_one_row(committed: Cast, on_postgres: None) -> None:
    key = uuid4()
    done = together(*[lambda: meet(committed, key=key) for _ in range(4)])
    with looking():
        row = Encounter.objects.get()
    assert done == [row] * 4
    assert len(lines("done")) == 1


@pytest.mark.django_db(transaction=True, databases=["default", "keyring"])
def test_one_key_with_two_bodies_at_once_is_one_row_and_one_conflict(
    committed: Cast, on_postgres: None
) -> None:
    key = uuid4()
    done = together(
        lambda: meet(committed, key=key), lambda: meet(committed, key=key, kind="phone")
    )
    assert sorted(type(one).__name__ for one in done) == ["Conflict", "Encounter"]


@pytest.mark.django_db(transaction=True, databases=["default", "keyring"])
def test_two_tabs_that_send_at_once_store_one_response(committed: Cast, on_postgres: None) -> None:
    give(committed, "ana")
    tabs = [waiting(committed, "ana"), waiting(committed, "ana")]
    ana = committed.viewer("ana")

    def send(n: int) -> Any:
        return lambda: assessments.submit(tabs[n], answers=phq9(), by=ana, at=LATER, key=uuid4())

    done = together(send(0), send(1), locked=tabs[0])
    assert sorted(type(one).__name__ for one in done) == ["Response", "SentAlready"]
    with looking():
        assert (Response.objects.count(), Score.objects.count()) == (1, 1)


# Reading


def test_a_page_about_two_people_leaves_one_line_each(lakeside: Cast) -> None:
    with reading(Action.READ_PEOPLE, by=lakeside.viewer("ada"), at=LATER):
        for name in ("ana", "eli", "ana"):
            found = patient_for(
                lakeside.viewer("ada"), Action.READ_PEOPLE, lakeside.patients[name].pk
            )
            _ = found.name
    numbers = {lakeside.patients[name].audit_number for name in ("ana", "eli")}
    assert [line.subject in numbers for line in lines("read")] == [True, True]
    assert {line.subject for line in lines("read")} == numbers


def test_a_page_that_opens_nothing_leaves_no_line(lakeside: Cast) -> None:
    with reading(Action.READ_PEOPLE, by=lakeside.viewer("ada"), at=LATER):
        assert patient_for(
            lakeside.viewer("ada"), Action.READ_PEOPLE, lakeside.patients["ana"].pk
        ).pk
    assert lines("read") == []


@pytest.mark.parametrize("then_shown", [False, True])
def test_a_list_that_was_only_compared_is_written_as_that_and_is_no_look(
    lakeside: Cast, then_shown: bool
) -> None:
    """Ben holds a file against the names of his clients; Ana is found in it, or she is not."""
    ana, ben = lakeside.patients["ana"], lakeside.viewer("ben")
    with reading(Action.IMPORT_SCORES, by=ben, at=LATER):
        assert [one.name for one in names_to_compare(ben, Action.IMPORT_SCORES)] == ["Ana"]
        if then_shown:
            shown([ana.pk])
    (line,) = lines("read")
    assert line.reason == ("shown" if then_shown else "compared")
    looks = accesses_of(ana, since=LATER)
    assert [one.words for one in looks] == [Action.IMPORT_SCORES.look_to_client] * then_shown


def test_what_was_done_and_shown_by_one_request_is_one_line(lakeside: Cast) -> None:
    ben, ana = lakeside.viewer("ben"), lakeside.patients["ana"]
    with reading(Action.RECORD_ENCOUNTER, by=ben, at=LATER):
        meet(lakeside)
        _ = patient_for(ben, Action.RECORD_ENCOUNTER, ana.pk).name
    assert [line.verdict for line in Line.objects.filter(at=LATER)] == ["done"]


def test_a_request_that_did_one_thing_and_showed_another_leaves_both(lakeside: Cast) -> None:
    ben, ana = lakeside.viewer("ben"), lakeside.patients["ana"]
    with reading(Action.READ_SCORES, by=ben, at=LATER):
        meet(lakeside)
        _ = patient_for(ben, Action.READ_SCORES, ana.pk).name
    assert {line.verdict for line in Line.objects.filter(at=LATER)} == {"done", "read"}


def test_a_reading_that_cannot_be_written_down_is_not_shown(
    lakeside: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: the disk is full just when the line is to be written."""
    ben, ana, page = lakeside.viewer("ben"), lakeside.patients["ana"], []

    def show() -> None:
        with reading(Action.READ_SCORES, by=ben, at=LATER):
            body = patient_for(ben, Action.READ_SCORES, ana.pk).name
        page.append(body)

    with monkeypatch.context() as fault:
        fault.setattr(audit, "write_readings", full_disk)
        with pytest.raises(OperationalError, match="disk is full"):
            show()
    assert page == []
    show()
    assert page == ["Ana"]  # the control: with the disk back it is shown


def full_disk(*_: Any, **__: Any) -> None:
    raise OperationalError("database or disk is full")


def test_an_error_on_the_page_shows_nothing_and_writes_no_reading(lakeside: Cast) -> None:
    ben, ana = lakeside.viewer("ben"), lakeside.patients["ana"]
    with pytest.raises(ZeroDivisionError), reading(Action.READ_SCORES, by=ben, at=LATER):
        _ = 1 / (0 * len(patient_for(ben, Action.READ_SCORES, ana.pk).name))
    assert lines("read") == []
