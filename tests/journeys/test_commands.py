"""Every command of the `waymark` program, started as its owner starts it: a process of its own.

A command that only runs inside the tests, where the settings are loaded already, runs for nobody.
"""

import sqlite3
from pathlib import Path

import pytest

from tests.journeys.homes import Owner, older
from waymark.interfaces.cli.finding import COMMANDS

pytestmark = pytest.mark.xdist_group("commands")


@pytest.fixture(scope="module")
def anywhere(tmp_path_factory: pytest.TempPathFactory) -> Owner:
    """Somebody without a home yet."""
    return Owner(tmp_path_factory.mktemp("anywhere") / "none")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_each_command_starts_and_says_what_it_does(anywhere: Owner, name: str) -> None:
    done = anywhere.waymark(name, "--help")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"Usage: waymark {name} ")
    assert not anywhere.home.exists()


BEN = "ben@clinic.example"
PHONE = """
INSERT INTO mfa_authenticator (type, data, user_id, created_at)
VALUES ('totp', '{}', 'd9ef553495fc4f32b412b4f02fff6359', '2026-03-02 18:00:00')
"""


@pytest.fixture
def owner(tmp_path: Path) -> Owner:
    """A home in use, in which Ben, a clinician, signs in with a phone that he lost."""
    found = Owner(older(tmp_path, "sqlite"))
    done = found.waymark("upgrade")
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(found.home / "data" / "waymark.sqlite3") as record:
        record.execute(PHONE)
    return found


def one(owner: Owner, question: str) -> int:
    with sqlite3.connect(owner.home / "data" / "waymark.sqlite3") as record:
        found: int = record.execute(question).fetchone()[0]
    return found


def test_readmit_lets_a_colleague_in_again_and_the_log_tells_it(owner: Owner) -> None:
    factors = "SELECT count(*) FROM mfa_authenticator"
    lines = "SELECT count(*) FROM audit_line"
    before = one(owner, lines)
    assert "Nobody signs in with bert@clinic.example" in owner.refused(
        "readmit", "bert@clinic.example", "--yes"
    )
    assert "Aborted" in owner.refused("readmit", BEN)  # nobody answers the question
    assert (one(owner, factors), one(owner, lines)) == (1, before)
    done = owner.waymark("readmit", BEN, "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    assert "set up a new second step at once" in done.stdout
    assert (one(owner, factors), one(owner, lines)) == (0, before + 1)


def test_upgrade_of_a_home_that_is_not_there_says_that_it_began_one(
    owner: Owner, tmp_path: Path
) -> None:
    """A name mistyped: nothing was brought up to date. PostgreSQL begins like this, so it may."""
    mistyped = tmp_path / "clinc"
    done = owner.waymark("upgrade", WAYMARK_HOME=str(mistyped))
    assert done.returncode == 0, done.stderr
    assert f"No home was at {mistyped}: a new one was begun there" in done.stdout
    assert "of this version" not in done.stdout
    assert "changes" not in done.stdout.lower()
    again = owner.waymark("upgrade")
    assert again.stdout == "The tables are of this version already.\n"


def test_upgrade_of_an_older_home_says_what_it_did(tmp_path: Path) -> None:
    done = Owner(older(tmp_path, "sqlite")).waymark("upgrade")
    assert done.stdout.startswith("The tables are of this version now. Changes made: ")
