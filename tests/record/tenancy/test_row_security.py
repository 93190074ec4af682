"""The tenant wall: with every filter of ours removed, PostgreSQL shows one clinic only.

It runs on PostgreSQL alone: SQLite has no row-level security, and one clinic. Through a pooler it
is tried in `test_pooler.py` (figure F3).
"""

from typing import Any
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection

from tests.cast import NOON, Cast
from waymark.record.people.queries import all_clinics, seats_of
from waymark.record.tenancy import row_security as wall
from waymark.record.tenancy.models import Membership, Patient
from waymark.record.tenancy.row_security import (
    NoWall,
    across_clinics,
    clinic_only,
    raise_wall,
    walled,
)

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "keyring"]),
    pytest.mark.usefixtures("on_postgres"),
]


def bare(table: Any) -> set[UUID]:
    """Every row there is, as if nobody had written a filter; the clinics they belong to."""
    return set(table._base_manager.values_list("clinic_id", flat=True))


def test_without_a_clinic_there_are_no_rows(two: tuple[Cast, Cast]) -> None:
    for table in walled():
        assert bare(table) == set(), table.__name__
    with clinic_only(None):
        assert bare(Patient) == set()


def test_behind_a_clinics_wall_there_are_its_rows_alone(two: tuple[Cast, Cast]) -> None:
    for cast in two:
        with clinic_only(cast.clinic.pk):
            for table in walled():
                assert bare(table) <= {cast.clinic.pk}, table.__name__
            assert bare(Patient) == {cast.clinic.pk}


def test_with_the_wall_open_both_are_there(two: tuple[Cast, Cast]) -> None:
    """The control: were this one clinic only, the tests above would prove nothing."""
    with across_clinics():
        assert bare(Patient) == {cast.clinic.pk for cast in two}


def test_a_wall_stands_around_every_table_with_a_clinic(two: tuple[Cast, Cast]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        standing = {name for (name,) in cursor.fetchall()}
    assert standing == {table._meta.db_table for table in walled()}
    assert len(standing) >= 15


def test_the_tests_connect_as_somebody_whom_the_wall_binds(two: tuple[Cast, Cast]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False)
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")
        assert cursor.fetchone() == (0,)


def test_a_row_cannot_be_written_through_the_wall(two: tuple[Cast, Cast]) -> None:
    here, there = two
    with pytest.raises(ProgrammingError, match="row-level security"), clinic_only(here.clinic.pk):
        Membership._base_manager.create(
            account=here.accounts["ben"], clinic=there.clinic, role="clinician", since=NOON
        )


def test_a_row_cannot_be_changed_through_the_wall(two: tuple[Cast, Cast]) -> None:
    here, there = two
    with clinic_only(here.clinic.pk):
        assert Patient._base_manager.filter(clinic=there.clinic).update(welcomed=4) == 0
        assert Patient._base_manager.filter(pk=there.patients["zoe"].pk).delete()[0] == 0


def test_one_sees_ones_own_seat_through_the_wall_and_nobody_elses(two: tuple[Cast, Cast]) -> None:
    here, there = two
    assert [seat.clinic for seat in seats_of(there.accounts["cleo"].pk)] == [there.clinic.pk]
    with clinic_only(here.clinic.pk, account=there.accounts["cleo"].pk):
        through = Membership._base_manager.filter(clinic=there.clinic)
        assert list(through.values_list("account", flat=True)) == [there.accounts["cleo"].pk]


def test_an_inner_question_gives_the_outer_one_back(two: tuple[Cast, Cast]) -> None:
    here, there = two
    with clinic_only(here.clinic.pk):
        with clinic_only(there.clinic.pk):
            assert bare(Patient) == {there.clinic.pk}
        assert bare(Patient) == {here.clinic.pk}
        with across_clinics():
            assert len(bare(Patient)) == 2
        assert bare(Patient) == {here.clinic.pk}
    assert bare(Patient) == set()


def test_after_an_error_nothing_stays_open(two: tuple[Cast, Cast]) -> None:
    with pytest.raises(ZeroDivisionError), across_clinics():
        raise ZeroDivisionError
    with pytest.raises(ZeroDivisionError), clinic_only(two[0].clinic.pk):
        raise ZeroDivisionError
    assert bare(Patient) == set()


def test_who_owns_no_table_looks_whether_the_wall_stands() -> None:
    """So it does after each test that empties tables: nothing to do, and no error."""
    raise_wall(using="keyring")  # SQLite: nothing to do
    raise_wall(using="default")


def test_a_missing_wall_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wall, "_stands", lambda table, cursor: False)
    with pytest.raises(NoWall, match="waymark upgrade"):
        raise_wall(using="default")


def test_the_clock_finds_every_clinic(two: tuple[Cast, Cast]) -> None:
    assert all_clinics() == [cast.clinic for cast in two]
