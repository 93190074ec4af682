"""A broken place in the middle of a log is found by walking, told by all, and never signed past.

lines   1 2 3 [4] 5 6 ...    the head stands, so that a look at the end sees nothing
round   a stretch of 3 lines: 1-3, then 4-6, ... and from 1 again
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import NOON, Cast, after
from tests.record.audit.test_chain import wait_until_settled
from tests.record.audit.test_kept import asked, at_the_machine, happens
from waymark.interfaces.cli.owner import checks
from waymark.interfaces.clinic import frame
from waymark.interfaces.endpoint import now
from waymark.interfaces.jobs.round import go_round
from waymark.record.audit import walk
from waymark.record.audit.chain import Broken, all_stand, head_of, kept_head, link
from waymark.record.audit.models import AuditVerdict, Line, Link
from waymark.record.audit.walk import found_broken, walk_on
from waymark.record.outbox.actions import beat

__all__ = ["at_the_machine"]
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keyring"])
AT = 4  # the place that is broken


@pytest.fixture
def linked(committed: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """A log of more than three stretches."""
    monkeypatch.setattr(walk, "A_STRETCH", 3)
    happens(committed, 5)
    wait_until_settled()
    link(committed.clinic.pk)
    assert head_of(committed.clinic.pk).place > 9
    return committed


def held(clinic: object) -> Line:
    return Line.objects.get(pk=Link.objects.get(clinic=clinic, place=AT).line)


def line_removed(clinic: object) -> None:
    Line.objects.filter(pk=held(clinic).pk).delete()


def line_removed_with_its_link(clinic: object) -> None:
    line_removed(clinic)
    Link.objects.filter(clinic=clinic, place=AT).delete()


def line_changed(clinic: object) -> None:
    Line.objects.filter(pk=held(clinic).pk).update(by="nobody")


def code_changed(clinic: object) -> None:
    Link.objects.filter(clinic=clinic, place=AT).update(code="0" * 64)


def line_put_in(clinic: object) -> None:
    """Its number was free: a line of another clinic stood there."""
    pk = held(clinic).pk
    Link.objects.filter(line=pk).update(line=pk + 10**6)
    Line.objects.filter(pk=pk).update(id=pk + 10**6)
    Line.objects.bulk_create(
        [Line(id=pk, at=NOON, clinic=clinic, by="a", action="b", verdict=AuditVerdict.DONE)]
    )


BREAKS: list[Callable[[object], None]] = [
    line_removed,
    line_removed_with_its_link,
    line_changed,
    code_changed,
    line_put_in,
]


def rounds(times: int) -> list[str]:
    """What the worker tells in its last round of these."""
    troubles: list[str] = []
    for n in range(times):
        troubles = go_round(at=after(days=1) + timedelta(seconds=5 * n)).troubles
    return troubles


@pytest.mark.parametrize("breaks", BREAKS)
def test_a_place_in_the_middle_is_found_by_the_rounds_and_nothing_is_signed_past_it(
    linked: Cast, breaks: Callable[[object], None]
) -> None:
    clinic, kept = linked.clinic.pk, kept_head(linked.clinic.pk)
    breaks(clinic)
    troubles = rounds(2)
    assert any("nothing is signed past that" in trouble for trouble in troubles)
    assert found_broken(clinic) == AT
    signed = kept_head(clinic)
    happens(linked)
    wait_until_settled()
    with pytest.raises(Broken):
        link(clinic)
    assert kept_head(clinic) == signed
    assert signed is not None
    assert kept is not None
    assert signed.place >= kept.place


@pytest.mark.parametrize("breaks", BREAKS)
def test_ready_names_a_place_in_the_middle_once_the_walk_came_by(
    linked: Cast, breaks: Callable[[object], None]
) -> None:
    breaks(linked.clinic.pk)
    rounds(2)
    beat("somebody", at=now())
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ready, and not well: log\n")


@pytest.mark.parametrize("breaks", BREAKS)
def test_the_doctor_walks_the_whole_log_at_once(
    linked: Cast, breaks: Callable[[object], None]
) -> None:
    """The worker need not have come by."""
    assert all(check.well for check in checks._logs())
    breaks(linked.clinic.pk)
    (told,) = checks._logs()
    assert not told.well
    assert f"{linked.clinic.name} (from line {AT}) were removed or changed" in told.remedy
    assert not told.refuses


@pytest.mark.parametrize("breaks", BREAKS)
def test_every_page_of_who_runs_the_clinic_tells_it(
    linked: Cast, breaks: Callable[[object], None]
) -> None:
    breaks(linked.clinic.pk)
    rounds(2)
    (told,) = frame._log(linked.viewer("ada"))
    assert told.startswith("Lines of the audit log were removed or changed.")


def test_a_round_walks_a_stretch_and_comes_round_again(linked: Cast) -> None:
    """What was walked already and is changed then, is found when the walk comes by again."""
    clinic, places = linked.clinic.pk, head_of(linked.clinic.pk).place
    walk_on(clinic)
    walk_on(clinic)  # past the place that is changed now
    line_changed(clinic)
    for _ in range(places // 3 - 1):
        assert found_broken(clinic) is None
        walk_on(clinic)
    walk_on(clinic)
    walk_on(clinic)
    assert found_broken(clinic) == AT


def test_a_stretch_costs_the_same_however_long_the_log_is(
    linked: Cast, django_assert_max_num_queries
) -> None:
    with (
        django_assert_max_num_queries(3),
        django_assert_max_num_queries(2, using="keyring"),
    ):
        walk_on(linked.clinic.pk)


def test_what_the_walk_found_stays_told_where_the_line_is_put_back_unseen(linked: Cast) -> None:
    """Kept until a person has looked: `waymark audit verify` reads it all, and signs on."""
    clinic = linked.clinic.pk
    before = held(clinic).by
    line_changed(clinic)
    rounds(2)
    Line.objects.filter(pk=held(clinic).pk).update(by=before)
    rounds(9)
    assert found_broken(clinic) == AT
    assert not all_stand()
    assert not checks._logs()[0].well


def test_verify_lets_go_of_what_holds_again_and_of_nothing_else(
    linked: Cast, at_the_machine: None
) -> None:
    clinic = linked.clinic.pk
    before = held(clinic).by
    line_changed(clinic)
    rounds(2)
    assert asked("verify")[0] == 1
    assert found_broken(clinic) == AT
    Line.objects.filter(pk=held(clinic).pk).update(by=before)
    code, printed = asked("verify")
    assert (code, f"It was broken at line {AT} before" in printed) == (0, True)
    assert rounds(9) == []
    assert all_stand()
    assert checks._logs()[0].well


def test_a_whole_log_is_walked_over_and_over_and_nothing_is_told(linked: Cast) -> None:
    """The control."""
    for _ in range(12):
        happens(linked)
        wait_until_settled()
        assert rounds(1) == []
    assert found_broken(linked.clinic.pk) is None
    assert all_stand()


def test_the_walk_does_not_take_what_is_signed_meanwhile_for_a_stranger(
    linked: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker signs on between two questions of whoever reads the whole log."""
    clinic, in_bulk = linked.clinic.pk, walk._bad_code

    def signs_on(*given: object) -> int | None:
        happens(linked, 4)
        wait_until_settled()
        link(clinic)
        monkeypatch.setattr(walk, "_bad_code", in_bulk)
        return in_bulk(*given)

    monkeypatch.setattr(walk, "_bad_code", signs_on)
    assert walk.broken_at(clinic) is None
