"""Record, keyring and keys refuse to serve apart, and a role that may too much does not serve.

The real program over a home that an older version left and `waymark upgrade` took over. Each fault
is planted as it happens to owners; `serve`, `worker` and `doctor` all say it, and nothing starts.
"""

import re
import shutil
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.homes import Owner, get, older, older_on, psql, where
from tests.journeys.mailbox import free_port
from tests.needed import held
from tests.postgres import APP, OWNER, ROLES, Cluster, cluster

pytestmark = pytest.mark.xdist_group("apart")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    owner = Owner(older(tmp_path_factory.mktemp("kept"), "sqlite"))
    done = owner.waymark("upgrade")
    assert done.returncode == 0, done.stderr
    return owner.home


@pytest.fixture
def owner(kept: Path, tmp_path: Path) -> Owner:
    """A copy of a home that is well."""
    shutil.copytree(kept, tmp_path / "clinic")
    return Owner(tmp_path / "clinic")


def test_a_home_that_is_whole_is_well(owner: Owner) -> None:
    """The control: without a planted fault nothing is told."""
    assert "ok       The machine" in owner.doctor()


def database_is_empty(home: Path) -> None:
    (home / "data" / "waymark.sqlite3").unlink()


def record_is_another(home: Path) -> None:
    with sqlite3.connect(home / "data" / "waymark.sqlite3") as record:
        record.execute("UPDATE fingerprint_fingerprint SET house = ?", ["0" * 32])


def fingerprint_is_gone(home: Path) -> None:
    with sqlite3.connect(home / "data" / "waymark.sqlite3") as record:
        record.execute("DELETE FROM fingerprint_fingerprint")


def keyring_is_gone(home: Path) -> None:
    (home / "keyring" / "keyring.sqlite3").unlink()


def keyring_cannot_be_read(home: Path) -> None:
    (home / "keyring" / "keyring.sqlite3").write_bytes(b"not a keyring at all" * 100)


def record_cannot_be_read(home: Path) -> None:
    (home / "data" / "waymark.sqlite3").write_bytes(b"not a record at all" * 100)


def data_are_gone(home: Path) -> None:
    shutil.rmtree(home / "data")


def session_key_is_gone(home: Path) -> None:
    (home / "keys" / "django.key").unlink()


def session_key_is_another(home: Path) -> None:
    (home / "keys" / "django.key").write_text("another-key-of-made-up-people-only-0123456789")


def master_key_is_gone(home: Path) -> None:
    (home / "keys" / "master.key").unlink()


def master_key_is_another(home: Path) -> None:
    (home / "keys" / "master.key").write_text("6e" * 32)


def master_key_is_no_key(home: Path) -> None:
    (home / "keys" / "master.key").write_text("none")


def master_key_is_no_text(home: Path) -> None:
    (home / "keys" / "master.key").write_bytes(b"\xff\xfe\x00\x81" * 16)


def master_key_is_cut_short(home: Path) -> None:
    (home / "keys" / "master.key").write_text("5f" * 31)


def master_key_is_a_folder(home: Path) -> None:
    master_key_is_gone(home)
    (home / "keys" / "master.key").mkdir(mode=0o700)


def master_key_is_read_by_others(home: Path) -> None:
    (home / "keys" / "master.key").chmod(0o644)


def data_is_open_to_others(home: Path) -> None:
    (home / "data").chmod(0o755)


def keyring_is_of_another_day(home: Path) -> None:
    """It was put back from before somebody came: their key is not in it."""
    with sqlite3.connect(home / "keyring" / "keyring.sqlite3") as keyring:
        keyring.execute("DELETE FROM vault_datakey WHERE kind = 'account'")


def tables_are_of_a_later_version(home: Path) -> None:
    with sqlite3.connect(home / "data" / "waymark.sqlite3") as record:
        record.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('people', '0099_of_tomorrow', '2026-12-01')"
        )


def keys_are_open_to_others(home: Path) -> None:
    home.chmod(0o755)
    (home / "keys").chmod(0o755)
    (home / "keys" / "django.key").chmod(0o644)


def settings_are_open_to_others(home: Path) -> None:
    home.chmod(0o755)
    (home / "waymark.toml").write_text('smtp_password = "of nobody"\n')
    (home / "waymark.toml").chmod(0o644)


def address_is_lost(home: Path) -> None:
    """The clinic gives its clients an encrypted address; the settings file knows of none."""
    with sqlite3.connect(home / "data" / "waymark.sqlite3") as record:
        record.execute("UPDATE people_clinic SET address = 'https://portal.example.org'")


FAULTS: list[tuple[Callable[[Path], None], str]] = [
    (database_is_empty, "the record is empty, and the keyring is not"),
    (record_is_another, "each was made with another one"),
    (fingerprint_is_gone, "the record has never met this keyring"),
    (keyring_is_gone, "the keyring is empty, and the record is not"),
    (keyring_cannot_be_read, "keyring.sqlite3 cannot be read"),
    (record_cannot_be_read, "put back the record and the keyring of one backup"),
    (data_are_gone, "put back the record and the keyring of one backup"),
    (session_key_is_gone, "No session key at"),
    (session_key_is_another, "is not the one of this record"),
    (master_key_is_gone, "put the recovery copy back"),
    (master_key_is_another, "is not the one of this record"),
    (master_key_is_no_key, "put the recovery copy back"),
    (master_key_is_no_text, "put the recovery copy back"),
    (master_key_is_cut_short, "put the recovery copy back"),
    (master_key_is_a_folder, "Name the file itself in WAYMARK_MASTER_KEY_FILE"),
    (master_key_is_read_by_others, "chmod 600"),
    (data_is_open_to_others, "chmod 700"),
    (address_is_lost, "cookies would travel in clear"),
    (keyring_is_of_another_day, "The keyring is older than the record"),
    (tables_are_of_a_later_version, "does not know people.0099_of_tomorrow"),
    (keys_are_open_to_others, "chmod 700"),
    (settings_are_open_to_others, "waymark.toml"),
]


@pytest.mark.parametrize(("plant", "told"), FAULTS, ids=lambda it: getattr(it, "__name__", ""))
def test_a_home_in_parts_is_told_by_all_and_serves_nobody(
    owner: Owner, plant: Callable[[Path], None], told: str
) -> None:
    plant(owner.home)
    assert told in owner.doctor()
    assert told in owner.refused("serve", "--port", "8999")


@pytest.mark.parametrize("command", ["doctor", "serve", "worker", "init", "upgrade"])
def test_a_clinic_is_never_a_demo(owner: Owner, command: str) -> None:
    """In a demo staff need no second factor, and measures that ask about danger are open."""
    told = owner.refused(command, WAYMARK_DEMO="1")
    assert "was not made by `waymark demo`" in told
    assert "take WAYMARK_DEMO away" in told


@pytest.mark.parametrize("words", [["--no-serve"], ["--no-serve", "--fresh"]])
def test_a_clinic_is_neither_served_nor_thrown_away_as_a_demo(
    owner: Owner, words: list[str]
) -> None:
    assert "did not make it" in owner.refused("demo", "--home", str(owner.home), *words)
    assert "ok       The machine" in owner.doctor()


def test_a_demo_is_one_without_being_told_and_no_clinic_is_founded_in_it(tmp_path: Path) -> None:
    made = tmp_path / "demo"
    owner = Owner(made)
    assert owner.waymark("demo", "--no-serve", "--home", str(made)).returncode == 0
    assert "second factor" not in owner.doctor()
    assert "is the home of a demo" in owner.refused("init")
    again = owner.waymark("demo", "--no-serve", "--fresh", "--home", str(made))
    assert again.returncode == 0, again.stderr


def test_an_address_that_the_portal_does_not_answer_to_is_told(owner: Owner) -> None:
    """The settings file was given a new name; the clinic's letters still carry the old one."""
    with sqlite3.connect(owner.home / "data" / "waymark.sqlite3") as record:
        record.execute("UPDATE people_clinic SET address = 'https://old.example.org'")
    told = owner.doctor(WAYMARK_ADDRESS="https://new.example.org")
    assert "the portal does not answer to old.example.org" in told
    assert "write the new address under Settings, Clinic" in told
    assert "does not answer" not in owner.doctor(WAYMARK_ADDRESS="https://old.example.org")


def test_a_log_that_ends_before_its_kept_head_is_told_by_the_doctor(owner: Owner) -> None:
    """The keyring kept a head of three lines; whoever has the record's file took them away."""
    with sqlite3.connect(owner.home / "keyring" / "keyring.sqlite3") as keyring:
        keyring.execute(
            "INSERT INTO vault_kepthead (clinic, place, code, walked) VALUES (?, 3, ?, 0)",
            ["9eacb2a2f4ca42fa92f47d6c7f0ae946", "a" * 64],
        )
    told = owner.doctor()
    assert "Lines of the audit log of" in told
    assert "The machine" not in told
    with owner.served(free_port()) as root:
        assert get(f"{root}/readyz") == (200, "ready, and not well: log\n")


def test_a_line_taken_from_the_middle_of_the_log_is_told(owner: Owner) -> None:
    """The worker signed the lines of the older version; then one is gone, and the head stands."""
    with owner.served(free_port()):
        wait_for_links(owner.home)
    assert "ok       The machine" in owner.doctor()
    with sqlite3.connect(owner.home / "data" / "waymark.sqlite3") as record:
        record.execute("DELETE FROM audit_line WHERE id = 3")
    assert "(from line 3) were removed or changed" in owner.doctor()
    with owner.served(free_port()) as root:
        until = time.monotonic() + 60
        while "log" not in (told := get(f"{root}/readyz")[1]) and time.monotonic() < until:
            time.sleep(0.5)
        assert told == "ready, and not well: log\n"


def wait_for_links(home: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with sqlite3.connect(home / "data" / "waymark.sqlite3") as record:
            (links,) = record.execute("SELECT count(*) FROM audit_link").fetchone()
        if links >= 8:
            return
        time.sleep(0.5)
    raise AssertionError("the worker signed nothing")


APART = [
    (keyring_is_of_another_day, "older than the record"),
    (record_is_another, "do not belong together"),
    (master_key_is_another, "is not the one of this record"),
    (tables_are_of_a_later_version, "Install that version again"),
]


@pytest.mark.parametrize(("plant", "told"), APART)
def test_what_reads_the_record_says_that_it_is_apart_and_accuses_nobody(
    owner: Owner, plant: Callable[[Path], None], told: str
) -> None:
    """Neither that a log is whole, nor that it was broken, nor that a name was spelled wrong."""
    plant(owner.home)
    for words in (["audit", "verify"], ["audit", "head"], ["readmit", "ben@clinic.example"]):
        said = owner.refused(*words)
        assert told in said
        assert not re.search("whole|evidence|spelling", said)


@pytest.mark.parametrize("plant", [record_is_another, tables_are_of_a_later_version])
def test_upgrade_changes_nothing_of_what_is_not_its_own(
    owner: Owner, plant: Callable[[Path], None]
) -> None:
    plant(owner.home)
    file = owner.home / "data" / "waymark.sqlite3"
    with sqlite3.connect(file) as record:
        record.execute("DELETE FROM django_migrations WHERE name = '0002_reminders'")
    before = applied(file)
    owner.refused("upgrade")
    assert applied(file) == before


def applied(file: Path) -> int:
    with sqlite3.connect(file) as record:
        (count,) = record.execute("SELECT count(*) FROM django_migrations").fetchone()
    return int(count)


def test_two_addresses_are_told_until_they_agree(owner: Owner) -> None:
    with sqlite3.connect(owner.home / "data" / "waymark.sqlite3") as record:
        record.execute("UPDATE people_clinic SET address = 'https://old.example.org'")
    both = {"WAYMARK_HOSTS": "old.example.org", "WAYMARK_ADDRESS": "https://new.example.org"}
    assert "Write the same in both" in owner.doctor(**both)
    assert "Write the same" not in owner.doctor(WAYMARK_ADDRESS="https://old.example.org")


def test_letters_that_do_not_leave_are_told_by_the_doctor(owner: Owner) -> None:
    """Once can happen to any mail server; three times in a quarter of an hour is told."""
    with sqlite3.connect(owner.home / "data" / "waymark.sqlite3") as record:
        record.execute("DELETE FROM outbox_message")
        record.execute(
            "INSERT INTO outbox_message (kind, state, made_at, next_try_at, tries, trouble) "
            "VALUES ('test', 'waiting', '2026-12-01', '2026-12-01', 1, 'ConnectionRefusedError')"
        )
        record.commit()
        assert "did not leave" not in owner.doctor()
        record.execute("UPDATE outbox_message SET tries = 3")
        record.commit()
        assert "1 letter did not leave after several tries, 0 of them" in owner.doctor()
        record.execute("UPDATE outbox_message SET state = 'dead', tries = 20")
        record.commit()
        assert "1 of them given up" in owner.doctor()


def test_the_worker_alone_refuses_too(owner: Owner) -> None:
    database_is_empty(owner.home)
    assert "do not belong together" in owner.refused("worker")


def test_a_lost_session_key_is_made_anew_by_init_alone(owner: Owner) -> None:
    """It signs cookies and nothing of the record: everybody signs in again, and that is told."""
    session_key_is_gone(owner.home)
    done = owner.waymark("init")  # stops at the first question, for nobody answers
    assert "everybody signs in again" in done.stdout
    assert "ok       The machine" in owner.doctor()


LOST = [master_key_is_gone, master_key_is_no_key, master_key_is_no_text, master_key_is_cut_short]


@pytest.mark.parametrize("plant", LOST)
def test_a_lost_master_key_is_never_made_anew(owner: Owner, plant: Callable[[Path], None]) -> None:
    """Whatever was kept needs the old one, so that all commands name the one way back."""
    plant(owner.home)
    before = [file.read_bytes() for file in (owner.home / "keys").glob("master.key")]
    for words in (["init"], ["upgrade"], ["readmit", "ben@clinic.example", "--yes"]):
        told = owner.refused(*words)
        assert "put the recovery copy back there" in told
        assert "waymark init" not in told
    assert "waymark init" not in owner.doctor()
    assert [file.read_bytes() for file in (owner.home / "keys").glob("master.key")] == before


def test_a_home_that_never_began_is_begun_by_init(tmp_path: Path) -> None:
    """There is no copy yet that could be put back."""
    owner = Owner(tmp_path / "new")
    for told in (owner.doctor(), owner.refused("readmit", "ben@clinic.example", "--yes")):
        assert "Run `waymark init`" in told
        assert "recovery copy" not in told
    (owner.home / "keys").mkdir(parents=True)
    master_key_is_no_key(owner.home)
    told = owner.refused("init")
    assert "Remove it and run `waymark init`" in told
    assert told.count("recovery copy") == 0


def test_a_home_whose_tables_were_never_made_goes_on_with_init(tmp_path: Path) -> None:
    """`init` was stopped after the keys: nothing is there that a backup could hold."""
    owner = Owner(tmp_path / "new")
    owner.waymark("init")  # stops at the first question, for nobody answers
    for file in ("data/waymark.sqlite3", "keyring/keyring.sqlite3"):
        (owner.home / file).unlink()
    for told in (owner.doctor(), owner.refused("serve")):
        assert "Run `waymark init`, which goes on" in told
        assert "waymark upgrade" not in told
    assert "upgrade" not in owner.waymark("init").stderr


def test_a_home_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    owner = Owner(tmp_path / "clinic")
    owner.home.write_text("a file in the way")
    for command in ("init", "upgrade"):
        assert "name another one in WAYMARK_HOME" in owner.refused(command)


@pytest.mark.parametrize("plant", [database_is_empty, record_is_another, keyring_is_gone])
def test_init_and_upgrade_do_not_make_strangers_friends(
    owner: Owner, plant: Callable[[Path], None]
) -> None:
    plant(owner.home)
    assert "do not belong together" in owner.refused("init")
    assert "do not belong together" in owner.refused("upgrade")


def test_an_older_home_with_the_keyring_of_another_is_not_taken_over(tmp_path: Path) -> None:
    home = older(tmp_path, "sqlite")
    with sqlite3.connect(home / "keyring" / "keyring.sqlite3") as keyring:
        keyring.execute(
            "UPDATE vault_wrappingkey SET clinic = ? WHERE clinic <> ?", ("1" * 32, "0" * 32)
        )
    assert "holds no key of this clinic" in Owner(home).refused("upgrade")


def test_an_older_home_with_another_master_key_is_not_taken_over(tmp_path: Path) -> None:
    home = older(tmp_path, "sqlite")
    master_key_is_another(home)
    assert "does not open this keyring" in Owner(home).refused("upgrade")


def only_grows(found: Cluster, table: str, column: str) -> None:
    """Whoever serves may read it and add to it; the older version let links be rewritten."""
    assert psql(found, APP, "-c", f"SELECT count(*) >= 0 FROM {table}") == "t"
    for statement in (
        f"UPDATE {table} SET {column} = {column}",
        f"DELETE FROM {table}",
        f"TRUNCATE {table}",
    ):
        with pytest.raises(AssertionError, match="permission denied"):
            psql(found, APP, "-c", statement)


def test_on_postgresql_only_a_role_that_may_little_serves(tmp_path: Path) -> None:
    owner_url, app_url = (f"postgresql://{name}@/waymark" for name in (OWNER, APP))
    with held(cluster(roles=ROLES)) as found:
        owner = Owner(older(tmp_path, "postgresql"), {**older_on(found), "DATABASE_URL": app_url})
        assert owner.waymark("upgrade", DATABASE_URL=owner_url).returncode == 0
        assert "ok       The machine" in owner.doctor()
        told = owner.refused("serve", DATABASE_URL=owner_url)
        assert "owns the tables" in told
        assert "superuser" in owner.refused("serve", DATABASE_URL="postgresql://postgres@/waymark")
        only_grows(found, "audit_line", "at")
        only_grows(found, "audit_link", "code")
        for table, right in (
            ("audit_line", "DELETE"),
            ("audit_link", "TRUNCATE"),
            ("audit_link", "UPDATE (code)"),
        ):
            psql(found, "postgres", "-c", f"GRANT {right} ON {table} TO {APP}")
            assert f"may change or empty {table}" in owner.refused("serve")
            assert owner.waymark("upgrade", DATABASE_URL=owner_url).returncode == 0  # taken back
            assert "ok       The machine" in owner.doctor()
        for table, right in (
            ("outbox_message", "ALL"),
            ("audit_line", "INSERT"),
            ("safety_concern", "UPDATE"),
            ("cache", "SELECT"),
        ):
            psql(found, OWNER, "-c", f"REVOKE {right} ON {table} FROM {APP}")
            assert f"may not read and write {table}" in owner.doctor()
            assert f"may not read and write {table}" in owner.refused("serve")
            assert owner.waymark("upgrade", DATABASE_URL=owner_url).returncode == 0  # given again
            assert "ok       The machine" in owner.doctor()
        psql(found, "postgres", "-c", f"GRANT {OWNER} TO {APP}")
        assert "owns the tables" in owner.refused("serve")
        psql(found, "postgres", "-c", f"REVOKE {OWNER} FROM {APP}")
        psql(found, OWNER, "-c", f"REVOKE SELECT ON django_migrations FROM {APP}")
        assert "may not read and write django_migrations" in owner.refused("serve")
        psql(
            found,
            "postgres",
            "-c",
            "CREATE DATABASE empty OWNER waymark_owner",
            database="postgres",
        )
        elsewhere = owner.refused("serve", DATABASE_URL=f"postgresql://{APP}@/empty")
        assert "the record is empty, and the keyring is not" in elsewhere
        gone = where(found) | {"PGPORT": "1"}
    assert "cannot be used" in owner.refused("serve", **gone)
