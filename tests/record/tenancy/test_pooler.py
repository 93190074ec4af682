"""The tenant wall through a transaction pooler (figure F3): nobody meets another clinic's rows.

    ben at Lakeside  --\\
    cleo at Riverside --+-- pgbouncer, one transaction each --> two connections, a wall per table
    the clock ---------/

Every filter of ours is set aside. It runs on PostgreSQL alone, behind a role that owns nothing.

Smoke: 600 reads; `WAYMARK_FULL=yes` does 10,000.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from threading import Barrier, Event
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, connections

from tests.cast import Cast, after, looking
from tests.figures import note
from tests.needed import held
from tests.pooler import SIZE, pooler
from tests.record.steps import together
from waymark.access.vocabulary import Action, system
from waymark.interfaces.jobs.round import go_round
from waymark.record.assessments import actions as assessments
from waymark.record.assessments.models import Administration
from waymark.record.tenancy.action import reading
from waymark.record.tenancy.models import Membership, Patient
from waymark.record.tenancy.row_security import CLINIC, clinic_only, walled
from waymark.record.tenancy.scope import everyone

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "keyring"]),
    pytest.mark.usefixtures("on_postgres"),
]
FULL = bool(os.environ.get("WAYMARK_FULL"))
READS = 10_000 if FULL else 600
READERS = 4
PATIENCE = 1200 if FULL else 120  # seconds, for all threads
FIGURE = "tenant wall through a pooler (F3)"
Clinics = set[UUID]


@pytest.fixture
def pooled(two: tuple[Cast, Cast]) -> Iterator[tuple[Cast, Cast]]:
    """From here on every new connection goes through the pooler; no thread has one of before."""
    database = connection.settings_dict
    direct = database["PORT"]
    with held(pooler(database)) as port:
        connection.close()
        database["PORT"] = port
        try:
            yield two
        finally:
            connection.close()
            database["PORT"] = direct


# Ways to read with the filter set aside: the clinics of the rows that are met


def past_the_manager(table: Any) -> Clinics:
    return set(table._base_manager.values_list("clinic_id", flat=True))


def with_everyones_scope(table: Any) -> Clinics:
    with everyone("a test sets the filter aside"):
        return {row.clinic_id for row in table.objects.only("pk", "clinic_id")}


def in_plain_sql(table: Any) -> Clinics:
    name = connection.ops.quote_name(table._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT clinic_id FROM {name}")
        return {clinic for (clinic,) in cursor.fetchall()}


WAYS = (past_the_manager, with_everyones_scope, in_plain_sql)


# Who asks for whose rows, in one transaction


@contextmanager
def as_a_page(clinic: UUID) -> Iterator[None]:
    with clinic_only(clinic):
        yield


@contextmanager
def as_the_clock(clinic: UUID) -> Iterator[None]:
    with reading(Action.RUN_CLOCK, by=system(clinic), at=after(hours=1)):
        yield


@dataclass
class Tally:
    """What one thread met."""

    reads: int = 0
    met: int = 0  # reads that found a row at all
    wrong: list[str] = field(default_factory=list)

    def add(self, found: Clinics, *, mine: UUID | None, where: str) -> None:
        self.reads += 1
        self.met += bool(found)
        if found - {mine}:
            self.wrong.append(where)


def interleaved(two: tuple[Cast, Cast], first: int, reads: int) -> Callable[[], Tally]:
    """A thread that reads for one clinic and the other in turn, and now and then for none."""

    def go() -> Tally:
        tally, tables = Tally(), [Patient, *walled()]
        for n in range(reads):
            table = Patient if n % 7 < 3 else tables[n % len(tables)]  # many tables stand empty
            read = WAYS[(n + first) % len(WAYS)]
            clinic = two[(n + first) % 2].clinic.pk
            where = f"{read.__name__} of {table.__name__}"
            with (as_the_clock if n % 5 == 0 else as_a_page)(clinic):
                tally.add(read(table), mine=clinic, where=where)
            if n % 4 == 0:  # right after somebody used this connection for their clinic
                tally.add(read(Patient), mine=None, where=f"{where}, with no clinic set")
        return tally

    return go


def rounds_until(over: Event) -> Callable[[], int]:
    """The clock's own work, round after round a week apart, while the others read."""

    def go() -> int:
        weeks = 0
        while weeks < 3 or not over.is_set():
            weeks += 1
            done = go_round(at=after(weeks=weeks))
            assert (done.given, done.troubles) == (2, [])
        return weeks

    return go


def every_week(cast: Cast, client: str, clinician: str) -> None:
    assessments.assign(
        cast.patients[client],
        instrument="gad-7",
        rule=assessments.RepeatRule("every-days", 7),
        starts_on=date(2026, 3, 2),
        by=cast.viewer(clinician),
        at=after(hours=1),
    )


def read_all_together(two: tuple[Cast, Cast]) -> tuple[list[Tally], int]:
    """Readers and the clock at the same time; the readers' tallies, and the clock's weeks."""
    over = Event()
    done = Barrier(READERS, action=over.set)

    def counted(deed: Callable[[], Tally]) -> Callable[[], Tally]:
        def go() -> Tally:
            tally = deed()
            done.wait(timeout=PATIENCE)
            return tally

        return go

    readers = [counted(interleaved(two, n, READS // READERS)) for n in range(READERS)]
    try:
        *tallies, weeks = together(*readers, rounds_until(over), patience=PATIENCE)
    finally:
        over.set()  # the clock stops, whatever became of the readers
    assert all(isinstance(one, Tally) for one in tallies), tallies
    assert isinstance(weeks, int), weeks
    return tallies, weeks


def leaked_by_a_session_wide_setting(two: tuple[Cast, Cast]) -> int:
    """The planted fault, SET for SET LOCAL: two clients share a connection, and meet each other.

    Every other connection of the pool is kept busy, so that both must use the same one.
    """
    busy = [connections.create_connection("default") for _ in range(SIZE - 1)]
    clients = [connections.create_connection("default") for _ in two]
    wrong = 0
    try:
        for one in busy:
            one.set_autocommit(False)
            one.cursor().execute("SELECT 1")
        for _ in range(10):
            for client, cast in zip(clients, two, strict=True):
                setting = [CLINIC, str(cast.clinic.pk)]
                client.cursor().execute("SELECT set_config(%s, %s, false)", setting)
            for client, cast in zip(clients, two, strict=True):
                with client.cursor() as cursor:
                    cursor.execute("SELECT clinic_id FROM people_patient")
                    wrong += any(clinic != cast.clinic.pk for (clinic,) in cursor.fetchall())
        for client in clients:  # the connections live on: leave nothing in them
            client.cursor().execute("RESET ALL")
    finally:
        for one in [*busy, *clients]:
            one.close()
    return wrong


def test_interleaved_reads_meet_nothing_foreign_and_a_session_setting_would_leak(
    pooled: tuple[Cast, Cast],
) -> None:
    here, there = pooled
    every_week(here, "ana", "ben")
    every_week(there, "zoe", "cleo")
    tallies, weeks = read_all_together(pooled)
    wrong = [where for one in tallies for where in one.wrong]
    leaked = leaked_by_a_session_wide_setting(pooled)
    reads = sum(one.reads for one in tallies)
    note(
        FIGURE,
        f"{reads} reads and {weeks} rounds of the clock, {len(wrong)} of the wrong clinic; "
        f"planted session-wide SET seen: {'yes' if leaked else 'no'}",
    )
    assert wrong == []
    assert reads >= READS
    assert sum(one.met for one in tallies) > READS // 3  # the reads did find something
    assert leaked, "a session-wide setting leaks, and this test did not see it"
    with looking():
        given = list(Administration.objects.values_list("clinic_id", "patient__clinic_id"))
    assert all(one == other for one, other in given)
    assert len(given) == 1 + 2 * (weeks + 1)  # the PHQ-9 of before, and each week's GAD-7


def test_the_pooler_serves_a_role_whom_the_wall_binds(pooled: tuple[Cast, Cast]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False)
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")
        assert cursor.fetchone() == (0,)


def test_an_error_in_the_middle_leaves_the_connection_clean(pooled: tuple[Cast, Cast]) -> None:
    """A page breaks with its clinic set; who gets the connection next meets nothing."""

    def breaks(cast: Cast) -> None:
        with clinic_only(cast.clinic.pk):
            assert past_the_manager(Membership) == {cast.clinic.pk}
            raise ZeroDivisionError

    for cast in pooled * 3:
        with pytest.raises(ZeroDivisionError):
            breaks(cast)
        assert past_the_manager(Membership) == set()
