"""Settings as owners give them: read once, empty is not given, each bad one named with a remedy."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from waymark.config import known_settings
from waymark.config.home import find
from waymark.config.known_settings import SETTINGS, BadSettings, values
from waymark.interfaces.cli.owner import portal

FILE = Path("/srv/waymark/waymark.toml")
WAYMARK = str(Path(sys.executable).parent / "waymark")
ROOT = Path(__file__).parents[4]

# Each setting that can be wrong, what somebody wrote, and the words of the remedy.
BAD = [
    ("address", "portal.example.org", "Write it like https://portal.example.org."),
    ("address", "https://", "Write it like https://portal.example.org."),
    ("address", "https://example.org:port", "Write it like https://portal.example.org."),
    ("address", "https://[broken", "Write it like https://portal.example.org."),
    ("address", "https://two words.org", "Write it like https://portal.example.org."),
    ("address", "ftp://portal.example.org", "Write it like https://portal.example.org."),
    ("address", "https://example.org/portal", "cannot live below another address"),
    ("address", "https://example.org?a=1", "cannot live below another address"),
    ("address", "https://me:secret-one@example.org", "a name or a password"),
    ("address", "http://portal.example.org", "must start with https://"),
    ("address", "https://*", "is no name of a machine"),
    ("address", "https://.example.org", "is no name of a machine"),
    ("address", "https://<b>.org", "is no name of a machine"),
    ("address", "https://my_clinic.example.org", "is no name of a machine"),
    ("hosts", "second.example.org:8443", "Write the name alone"),
    ("hosts", "my_clinic.example.org", "Write it like portal.example.org."),
    ("hosts", "https://portal.example.org", "Write it like portal.example.org."),
    ("hosts", "*", "Write it like portal.example.org."),
    ("hosts", ".example.org", "Write it like portal.example.org."),
    ("database_url", "waymark", "no address of a database"),
    ("database_url", "postgresql://me:secret-one@host:99x/waymark", "no address of a database"),
    ("database_url", "postgresql://me@host/", "names no database"),
    ("database_url", "sqlite:////srv/record", "only PostgreSQL"),
    ("database_url", "mysql://me@host/waymark", "only PostgreSQL"),
    ("smtp_port", "abc", "Write a number from 1 to 65535."),
    ("smtp_port", "0", "Write a number from 1 to 65535."),
    ("smtp_port", "70000", "Write a number from 1 to 65535."),
    ("smtp_port", "2²", "Write a number from 1 to 65535."),
    ("smtp_starttls", "maybe", "Write yes or no."),
    ("smtp_tls", "2", "Write yes or no."),
    ("demo", "sometimes", "Write yes or no."),
    ("mail_from", "portal", "Write it like portal@example.org."),
    ("mail_from", "portal@", "Write it like portal@example.org."),
]


@pytest.mark.parametrize(("name", "wrong", "remedy"), BAD)
def test_a_bad_setting_is_named_with_its_remedy(name: str, wrong: str, remedy: str) -> None:
    for written, environment, where in (
        ({}, {f"WAYMARK_{name.upper()}": wrong}, f"WAYMARK_{name.upper()}"),
        ({name: wrong}, {}, f"{name} in {FILE}"),
    ):
        with pytest.raises(BadSettings) as raised:
            values(FILE, written, environment)
        assert where in str(raised.value)
        assert remedy in str(raised.value)
        assert "secret-one" not in str(raised.value)


def test_every_setting_that_can_be_wrong_was_tried() -> None:
    free = {name for name, one in SETTINGS.items() if one.read is known_settings.text}
    assert {name for name, _, _ in BAD} == set(SETTINGS) - free


@pytest.mark.parametrize("name", SETTINGS)
@pytest.mark.parametrize("empty", ["", "   "])
def test_empty_is_not_given(name: str, empty: str) -> None:
    """An empty line in a service file takes nothing away from the settings file."""
    kept = {"address": "https://portal.example.org", "smtp_port": 587, "smtp_tls": True}
    environment = {f"WAYMARK_{name.upper()}": empty, "DATABASE_URL": empty}
    found = values(FILE, kept, environment)
    assert found == values(FILE, kept, {})
    assert found["address"] == "https://portal.example.org"
    assert values(FILE, {name: empty}, {}) == values(FILE, {}, {})


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(BadSettings) as raised:
        values(FILE, {"adress": "https://a.org"}, {"WAYMARK_SMTP_PORT": "x", "WAYMARK_COLOR": "1"})
    told = str(raised.value)
    assert "adress" in told
    assert "Did you mean address?" in told
    assert "WAYMARK_SMTP_PORT" in told
    assert "WAYMARK_COLOR" in told


def test_two_ways_of_encrypting_are_one_too_many() -> None:
    with pytest.raises(BadSettings, match="both yes"):
        values(FILE, {"smtp_tls": "yes", "smtp_starttls": "yes"}, {})


def test_the_environment_comes_before_the_file() -> None:
    found = values(FILE, {"smtp_port": 25}, {"WAYMARK_SMTP_PORT": "587"})
    assert found["smtp_port"] == 587


# A home knows whether it is a demo's


@pytest.mark.parametrize("how", ["environment", "file"])
def test_a_home_that_demo_did_not_make_is_no_demo_whatever_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setenv("WAYMARK_HOME", str(tmp_path))
    assert find().demo is False
    if how == "environment":
        monkeypatch.setenv("WAYMARK_DEMO", "1")
    else:
        plant(tmp_path, "waymark.toml", b"demo = true")
    with pytest.raises(BadSettings, match="was not made by `waymark demo`"):
        _ = find().demo


@pytest.mark.parametrize("said", ["", "yes", "no"])
def test_a_home_that_demo_made_is_one_whatever_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    """Its passwords are printed for everybody: it is not served as a clinic either."""
    monkeypatch.setenv("WAYMARK_HOME", str(tmp_path / "demo"))
    monkeypatch.setenv("WAYMARK_DEMO", said)
    portal.mark_demo(tmp_path / "demo")
    assert find().demo is True


# What cannot be read at all


def plant(home: Path, name: str, content: bytes) -> None:
    (home / name).parent.mkdir(parents=True, exist_ok=True)
    (home / name).write_bytes(content)


@pytest.mark.parametrize(
    ("name", "content", "remedy"),
    [
        ("waymark.toml", b"address = https://a.org\n", "Each line is a name"),
        ("waymark.toml", b"\xff\xfe", "Save it anew as plain text in UTF-8"),
        ("keys/django.key", b"", "empty or cut short"),
        ("keys/django.key", b"short", "empty or cut short"),
        ("keys/django.key", b"\xff\xfe", "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes, remedy: str
) -> None:
    monkeypatch.setenv("WAYMARK_HOME", str(tmp_path))
    plant(tmp_path, name, content)
    with pytest.raises(BadSettings) as raised:
        find().session_key()
    assert str(tmp_path / name) in str(raised.value)
    assert remedy in str(raised.value)


def test_a_home_that_is_a_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "home").write_text("")
    monkeypatch.setenv("WAYMARK_HOME", str(tmp_path / "home"))
    with pytest.raises(BadSettings, match="is no folder"):
        find()


@pytest.mark.parametrize("words", [["doctor"], ["serve"], ["worker"], ["init"], ["migrate"]])
def test_no_command_answers_with_a_traceback(tmp_path: Path, words: list[str]) -> None:
    """As in a shell: the real program, with a bad setting in the environment."""
    program = [sys.executable, str(ROOT / "manage.py")] if words == ["migrate"] else [WAYMARK]
    bare = {name: it for name, it in os.environ.items() if not name.startswith("WAYMARK_")}
    bare.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(
        [*program, *words],
        env={**bare, "WAYMARK_HOME": str(tmp_path), "WAYMARK_SMTP_PORT": "abc"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "WAYMARK_SMTP_PORT: it is no port." in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("given", ["HTTPS://Portal.Example.org", "https://PORTAL.example.org/"])
def test_an_address_is_one_however_it_is_typed(given: str) -> None:
    """Cookies are sent over encrypted ways alone where it begins with https, in any letters."""
    assert values(FILE, {}, {"WAYMARK_ADDRESS": given})["address"] == "https://portal.example.org"


@pytest.mark.parametrize(
    "host", ["portal.example.org", "xn--mnchen-3ya.example", "127.0.0.1", "[::1]"]
)
def test_names_of_machines_are_taken(host: str) -> None:
    assert values(FILE, {}, {"WAYMARK_HOSTS": host})["hosts"] == [host]


def test_what_waymark_init_once_wrote_keeps_no_home_from_starting() -> None:
    assert "backup_target" not in values(FILE, {"backup_target": "/srv/backups"}, {})


def test_a_setting_of_the_environment_alone_is_named_as_one() -> None:
    with pytest.raises(BadSettings, match="WAYMARK_MASTER_KEY_FILE"):
        values(FILE, {}, {"WAYMARK_MASTER_KEY": "x"})


def test_a_mark_at_the_beginning_of_the_file_is_read_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Editors on Windows write one before the first sign."""
    monkeypatch.setenv("WAYMARK_HOME", str(tmp_path))
    (tmp_path / "waymark.toml").write_bytes(b'\xef\xbb\xbfsmtp_port = "26"\n')
    assert find().values["smtp_port"] == 26
