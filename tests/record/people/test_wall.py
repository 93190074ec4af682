"""The tenant wall (figure F3): with every filter of ours removed, PostgreSQL shows one clinic only.

    ben at Lakeside  --\\
                        >-- pgbouncer, one transaction each --> one database, a wall per table
    cleo at Riverside --/

It runs on PostgreSQL alone: SQLite has no row-level security, and one clinic.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection

from tests.cast import NOON, Cast
from tests.postgres import ordinary_user
from tests.record.steps import answer, phq9, riverside, together
from waymark.record.people.models import Membership, Patient
from waymark.record.people.queries import all_clinics, seats_of
from waymark.record.people.wall import CLINIC, behind, opened, raise_wall, walled

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "keyring"]),
    pytest.mark.usefixtures("on_postgres"),
]
READS = 10_000 if os.environ.get("WAYMARK_FULL") else 1_000


@pytest.fixture
def two(committed: Cast) -> tuple[Cast, Cast]:
    """Lakeside and Riverside, each with a client who answered with danger."""
    other = riverside()
    answer(committed, "ana", phq9(q9=1))
    return committed, other


def bare(table: Any) -> set[UUID]:
    """Every row there is, as if nobody had written a filter; the clinics they belong to."""
    return set(table._base_manager.values_list("clinic_id", flat=True))


def test_without_a_clinic_there_are_no_rows(two: tuple[Cast, Cast]) -> None:
    for table in walled():
        assert bare(table) == set(), table.__name__
    with behind(None):
        assert bare(Patient) == set()


def test_behind_a_clinics_wall_there_are_its_rows_alone(two: tuple[Cast, Cast]) -> None:
    for cast in two:
        with behind(cast.clinic.pk):
            for table in walled():
                assert bare(table) <= {cast.clinic.pk}, table.__name__
            assert bare(Patient) == {cast.clinic.pk}


def test_with_the_wall_open_both_are_there(two: tuple[Cast, Cast]) -> None:
    """The control: were this one clinic only, the tests above would prove nothing."""
    with opened():
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
    with pytest.raises(ProgrammingError, match="row-level security"), behind(here.clinic.pk):
        Membership._base_manager.create(
            account=here.accounts["ben"], clinic=there.clinic, role="clinician", since=NOON
        )


def test_a_row_cannot_be_changed_through_the_wall(two: tuple[Cast, Cast]) -> None:
    here, there = two
    with behind(here.clinic.pk):
        assert Patient._base_manager.filter(clinic=there.clinic).update(welcomed=4) == 0
        assert Patient._base_manager.filter(pk=there.patients["zoe"].pk).delete()[0] == 0


def test_one_sees_ones_own_seat_through_the_wall_and_nobody_elses(two: tuple[Cast, Cast]) -> None:
    here, there = two
    assert [seat.clinic for seat in seats_of(there.accounts["cleo"].pk)] == [there.clinic.pk]
    with behind(here.clinic.pk, account=there.accounts["cleo"].pk):
        through = Membership._base_manager.filter(clinic=there.clinic)
        assert list(through.values_list("account", flat=True)) == [there.accounts["cleo"].pk]


def test_an_inner_question_gives_the_outer_one_back(two: tuple[Cast, Cast]) -> None:
    here, there = two
    with behind(here.clinic.pk):
        with behind(there.clinic.pk):
            assert bare(Patient) == {there.clinic.pk}
        assert bare(Patient) == {here.clinic.pk}
        with opened():
            assert len(bare(Patient)) == 2
        assert bare(Patient) == {here.clinic.pk}
    assert bare(Patient) == set()


def test_after_an_error_nothing_stays_open(two: tuple[Cast, Cast]) -> None:
    with pytest.raises(ZeroDivisionError), opened():
        raise ZeroDivisionError
    with pytest.raises(ZeroDivisionError), behind(two[0].clinic.pk):
        raise ZeroDivisionError
    assert bare(Patient) == set()


def test_raising_the_wall_needs_the_tables_owner_and_no_other_database() -> None:
    raise_wall(using="keyring")  # SQLite: nothing to do
    with pytest.raises(ProgrammingError, match="owner"):
        raise_wall(using="default")


def test_the_clock_finds_every_clinic(two: tuple[Cast, Cast]) -> None:
    assert all_clinics() == [cast.clinic for cast in two]


# Through a pooler, which hands one connection to many clients in turn


@pytest.fixture
def pooler(two: tuple[Cast, Cast]) -> Iterator[None]:
    """pgbouncer before the tests' database; new connections go through it, two for everybody."""
    program = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
    if program is None:
        pytest.skip("no pgbouncer here: install the package of that name")
    held = connection.settings_dict
    port, direct = free_port(), held["PORT"]
    with running(program, config_of(held, port), port):
        held["PORT"] = port
        yield
        held["PORT"] = direct


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def config_of(held: dict[str, Any], port: int) -> str:
    name, user = held["NAME"], held["USER"]
    return f"""
[databases]
{name} = host=127.0.0.1 port={held["PORT"]} user={user}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 2
ignore_startup_parameters = extra_float_digits,options
"""


@contextmanager
def running(program: str, config: str, port: int) -> Iterator[None]:
    become = ordinary_user()
    with tempfile.TemporaryDirectory(prefix="waymark-pool-") as folder:
        file = Path(folder) / "pgbouncer.ini"
        file.write_text(config)
        Path(folder).chmod(0o755)
        process = subprocess.Popen([*become, program, "-q", str(file)], cwd="/")
        try:
            wait_until_open(port)
            yield
        finally:
            process.terminate()
            process.wait(timeout=20)


def wait_until_open(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("pgbouncer did not open its port")


def foreign(cast: Cast, rows: set[UUID]) -> int:
    return len(rows - {cast.clinic.pk})


def test_interleaved_reads_through_a_pooler_show_nothing_foreign(
    two: tuple[Cast, Cast], pooler: None
) -> None:
    def reads(first: int) -> Callable[[], tuple[int, int]]:
        def go() -> tuple[int, int]:
            seen = wrong = 0
            for n in range(READS // 4):
                cast = two[(n + first) % 2]
                with behind(cast.clinic.pk):
                    rows = bare(Patient)
                seen, wrong = seen + len(rows), wrong + foreign(cast, rows)
            return seen, wrong

        return go

    assert together(*[reads(n) for n in range(4)]) == [(READS // 4, 0)] * 4


def test_a_read_without_a_clinic_through_a_pooler_shows_nothing(
    two: tuple[Cast, Cast], pooler: None
) -> None:
    """Right after others used the same connections, for their clinics."""

    def read() -> int:
        shown = 0
        for n in range(READS // 10):
            with behind(two[n % 2].clinic.pk):
                bare(Patient)
            shown += len(bare(Patient))
        return shown

    assert together(read, read) == [0, 0]


def test_a_setting_for_the_whole_session_would_leak(two: tuple[Cast, Cast], pooler: None) -> None:
    """The control: what `SET LOCAL` is for. Two share each connection, and meet each other."""

    def reads(cast: Cast) -> Callable[[], int]:
        def go() -> int:
            wrong = 0
            for _ in range(READS // 4):
                with connection.cursor() as cursor:
                    cursor.execute(
                        "SELECT set_config(%s, %s, false)", [CLINIC, str(cast.clinic.pk)]
                    )
                wrong += foreign(cast, bare(Patient))
            return wrong

        return go

    assert sum(together(*[reads(cast) for cast in two * 3])) > 0
