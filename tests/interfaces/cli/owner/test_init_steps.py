"""`waymark init`, one step at a time: what it asks, what it proposes, and what it keeps."""

import ast
import smtplib
import stat
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from tests.cast import PASSWORD, Cast, looking
from waymark.interfaces.cli.owner import checks, mail_server, safety_steps, steps
from waymark.interfaces.cli.owner.commands import init
from waymark.interfaces.endpoint import now
from waymark.interfaces.missing import missing as still_missing
from waymark.library.lines import LINES
from waymark.record.people import actions
from waymark.record.safety.models import SafetyPolicy
from waymark.record.tenancy.models import Clinic
from waymark.record.tenancy.row_security import across_clinics

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    settings.WAYMARK_HOME = tmp_path
    settings.WAYMARK_ADDRESS = settings.WAYMARK_ADDRESS  # what a step keeps, it keeps for itself
    settings.ALLOWED_HOSTS = list(settings.ALLOWED_HOSTS)
    return tmp_path


def typing(step: Callable[[], str], *answers: str) -> str:
    """What the terminal shows while somebody types these answers."""
    command = click.Command("step", callback=lambda: init._ask("Step", step))
    result = CliRunner().invoke(command, input="".join(f"{one}\n" for one in answers))
    assert result.exit_code == 0, result.output
    return result.output


def alone() -> None:
    """A clinic of one person, who treats and is licensed."""
    typing(steps.name_and_zone, "Alone", "", "")
    typing(steps.first_administrator, "Ada", "ada@alone.example", "y", "y", PASSWORD, PASSWORD)


def test_a_city_says_where_the_clinic_is(fresh_keys: None) -> None:
    shown = typing(steps.name_and_zone, "Alone", "San", "denver", "")
    assert "'San' is not a time zone that is known. Write one of: America/" in shown
    with across_clinics():
        assert Clinic.objects.get().zone == "America/Denver"


def missing() -> set[str]:
    with across_clinics():
        return {one.name for one in still_missing(Clinic.objects.get(), at=now())}


def test_a_clinic_of_one_person_names_a_backup_outside(fresh_keys: None) -> None:
    alone()
    typing(steps.responders, "1")
    assert "A backup responder" in missing()
    shown = typing(safety_steps.policy, "", "", "eve@elsewhere.example")
    assert "One licensed person works here" in shown
    assert not {"A backup responder", "A signed safety policy"} & missing()


def test_a_backup_left_for_later_is_asked_for_again_alone(fresh_keys: None) -> None:
    alone()
    typing(steps.responders, "1")
    typing(safety_steps.policy, "", "", "")
    assert "A backup responder" in missing()
    shown = typing(safety_steps.policy, "eve@elsewhere.example")
    assert "Sign it with these times?" not in shown
    assert "A backup responder" not in missing()


def test_each_time_of_the_policy_can_be_chosen(fresh_keys: None) -> None:
    alone()
    shown = typing(safety_steps.policy, "n", "2", "9", "8", "30", "0", "", "")
    assert "Write a number from 1 to 8." in shown
    with looking():
        timers = SafetyPolicy.objects.get().timers
    assert timers == {"review": 2, "same-day": 8, "urgent": 30, "known": 0}


def test_crisis_lines_are_shown_with_their_source_and_confirmed_one_by_one(
    fresh_keys: None,
) -> None:
    alone()
    held = [line for line in LINES.values() if line.region == "US"]
    shown = typing(safety_steps.crisis_lines, "y", *[""] * (len(held) - 1))
    for line in held:
        assert line.name in shown
        assert line.source in shown
    assert typing(safety_steps.crisis_lines) == ""  # one was confirmed: nothing is asked


def test_an_empty_address_is_no_address(fresh_keys: None, home: Path) -> None:
    alone()
    typing(steps.address, "")
    with looking():
        assert Clinic.objects.get().address == ""
    assert not (home / "waymark.toml").exists()
    assert "The address phones reach" in missing()


def test_an_address_holds_from_the_moment_that_it_is_given(fresh_keys: None, settings: Any) -> None:
    """What `init` says at its end is what the next command says."""
    alone()
    typing(steps.address, "HTTPS://Portal.Lakeside.example/")
    assert settings.WAYMARK_ADDRESS == "https://portal.lakeside.example"
    with looking():
        assert Clinic.objects.get().address == settings.WAYMARK_ADDRESS
    assert [one.what for one in checks._address() if not one.well] == []


def test_a_backup_target_that_is_gone_is_missing_again(
    fresh_keys: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    alone()
    folder = tmp_path_factory.mktemp("elsewhere")
    typing(steps.backup_target, str(folder))
    assert "A backup target" not in missing()
    folder.rmdir()
    assert "A backup target" in missing()


def settings_of(home: Path) -> dict[str, Any]:
    return tomllib.loads((home / "waymark.toml").read_text())


def test_each_step_keeps_its_settings_and_those_of_the_steps_before(
    fresh_keys: None,
    home: Path,
    tmp_path_factory: pytest.TempPathFactory,
    knocked: list[mail_server.Server],
) -> None:
    """The file as the next process reads it: an owner's own line, then what three steps ask."""
    (home / "waymark.toml").write_text('demo = "no"\n')
    alone()
    folder = str(tmp_path_factory.mktemp("backups"))
    expected: dict[str, Any] = {"demo": "no"}

    typing(steps.address, "https://portal.lakeside.example/")
    expected |= {"address": "https://portal.lakeside.example"}
    assert settings_of(home) == expected

    typing(steps.backup_target, folder)
    assert settings_of(home) == expected  # the clinic's own row knows it

    typing(mail_server.test_mail, "smtp.lakeside.example", "465", "", "", "", "n")
    expected |= {
        "smtp_host": "smtp.lakeside.example",
        "smtp_port": 465,
        "smtp_user": "",
        "smtp_password": "",
        "smtp_starttls": "no",
        "smtp_tls": "yes",
        "mail_from": "portal@portal.lakeside.example",
    }
    assert settings_of(home) == expected


@pytest.mark.parametrize("typed", ["http://127.0.0.1:8000", "http://localhost:8000"])
def test_an_address_of_this_machine_is_said_to_be_one(fresh_keys: None, typed: str) -> None:
    alone()
    assert "phones do not" in typing(steps.address, typed)
    assert "The address phones reach" in missing()


def test_a_folder_on_the_same_disk_is_kept_with_a_warning(
    fresh_keys: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    alone()
    folder = tmp_path_factory.mktemp("backups")
    assert "lies on the disk of the record" in typing(steps.backup_target, str(folder))
    assert not actions.on_this_disk("/proc")


# The mail server


@pytest.fixture
def knocked(monkeypatch: pytest.MonkeyPatch) -> list[mail_server.Server]:
    """Every server that would have been tried."""
    tried: list[mail_server.Server] = []
    monkeypatch.setattr(mail_server, "_knock", tried.append)
    return tried


def test_an_ordinary_mail_server_is_kept_with_its_password_for_its_owner_alone(
    lakeside: Cast, home: Path, knocked: list[mail_server.Server]
) -> None:
    typed = ("smtp.example.org", "", "", "me@example.org", "s3cret-of-the-mail", "", "y")
    shown = typing(mail_server.test_mail, *typed)
    assert "Port [587]" in shown
    assert "[starttls]" in shown
    assert "Sender [me@example.org]" in shown
    assert "s3cret-of-the-mail" not in shown
    file = home / "waymark.toml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    for line in (
        'smtp_host = "smtp.example.org"',
        "smtp_port = 587",
        'smtp_user = "me@example.org"',
        'smtp_password = "s3cret-of-the-mail"',
        'smtp_starttls = "yes"',
        'smtp_tls = "no"',
        'mail_from = "me@example.org"',
    ):
        assert line in file.read_text()
    assert "A test mail that arrived" not in missing()


def test_the_port_of_tls_proposes_tls(lakeside: Cast, knocked: list[mail_server.Server]) -> None:
    shown = typing(mail_server.test_mail, "smtp.example.org", "465", "", "", "", "n")
    assert "[tls]" in shown
    assert knocked == [mail_server.Server("smtp.example.org", 465, "tls")]


def test_a_server_here_proposes_no_sender_of_an_address(
    lakeside: Cast, knocked: list[mail_server.Server]
) -> None:
    shown = typing(mail_server.test_mail, "127.0.0.1", "", "", "", "", "n")
    assert "Sender [portal@clinic.example]" in shown  # of the administrator's own domain
    assert "0.0.1]" not in shown.split("Sender")[1]


def test_no_password_travels_in_clear(lakeside: Cast, knocked: list[mail_server.Server]) -> None:
    typed = ("smtp.example.org", "25", "none", "me", "", "starttls", "me", "pw-of-mail", "a@b.org")
    shown = typing(mail_server.test_mail, *typed, "n")
    assert "would travel in clear" in shown
    assert [one.way for one in knocked] == ["starttls"]


# Later: whatever was answered before, an empty answer leaves a step that says so

NO_SERVER = OSError("nobody there")
NO_LOGIN = smtplib.SMTPAuthenticationError(535, b"no")
HOST, SAME, LATER = "smtp.example.org", "", ""
LEAVING: dict[str, tuple[Exception, tuple[str, ...]]] = {
    "at once": (NO_SERVER, (LATER,)),
    "where no server answers": (NO_SERVER, (HOST, "", "", "", LATER)),
    "where the second does not either": (NO_SERVER, (HOST, "", "", "", HOST, "", "", "", LATER)),
    "with a user, where none answers": (NO_SERVER, (HOST, "", "", "me", "pw-of-mail", LATER)),
    "without a password": (NO_LOGIN, (HOST, "", "", "me", LATER)),
    "where the password is refused": (NO_LOGIN, (HOST, "", "", "me", "pw-of-mail", SAME, LATER)),
}


@pytest.mark.parametrize(("refusal", "typed"), LEAVING.values(), ids=LEAVING)
def test_the_mail_can_be_left_for_later_at_every_turn(
    lakeside: Cast,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    refusal: Exception,
    typed: tuple[str, ...],
) -> None:
    def refuse(server: mail_server.Server) -> None:
        raise refusal

    monkeypatch.setattr(mail_server, "_knock", refuse)
    typing(mail_server.test_mail, *typed)
    assert not (home / "waymark.toml").exists()
    assert "A test mail that arrived" in missing()


def test_a_server_that_does_not_answer_is_named_anew_and_the_login_kept(
    lakeside: Cast, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(server: mail_server.Server) -> None:
        if server.host != HOST:
            raise NO_SERVER

    monkeypatch.setattr(mail_server, "_knock", refuse)
    typed = ("smtp.exmaple.org", "", "", "me@example.org", "pw-of-mail", HOST, "", "", "", "n")
    assert "smtp.exmaple.org:587 (starttls) does not answer" in typing(
        mail_server.test_mail, *typed
    )
    kept = settings_of(home)
    assert (kept["smtp_host"], kept["smtp_user"]) == (HOST, "me@example.org")
    assert kept["smtp_password"] == "pw-of-mail"


def test_empty_is_later_wherever_a_question_says_so() -> None:
    """A default would take the place of the empty answer, and there would be no way on."""
    asked = [
        node
        for file in Path(steps.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and node.args and "empty: later" in ast.unparse(node.args[0])
        if ast.unparse(node.func) == "ask"
    ]
    assert len(asked) >= 5
    defaults = [ast.unparse(one.value) for node in asked for one in node.keywords]
    assert set(defaults) == {"''"}


def test_an_address_of_this_machine_can_stay_until_later(fresh_keys: None, home: Path) -> None:
    alone()
    typing(steps.address, "http://127.0.0.1:8000")
    shown = typing(steps.address, LATER)
    assert "Until then it is http://127.0.0.1:8000" in shown
    assert "Kept." not in shown
    assert "Step: done" not in shown


def test_the_command_it_ends_with_works_as_typed_from_anywhere(tmp_path: Path) -> None:
    """Pasted into a shell whose path knows nothing of Waymark; `--help` only names its options."""
    home = tmp_path / "our clinic's home"
    told = f"{init.serving(home, {})} --help"
    done = subprocess.run(  # noqa: S602 -- a person pastes it into a shell
        told, shell=True, cwd=tmp_path, env={"PATH": "/usr/bin:/bin"}, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "--port" in done.stdout


def sets(told: str) -> dict[str, str]:
    """What a bare shell sets when the command is pasted; `env` stands for the program."""
    words = told.removesuffix(" serve").rpartition(" ")[0]
    done = subprocess.run(  # noqa: S602 -- a person pastes it into a shell
        f"{words} env", shell=True, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    return dict(line.split("=", 1) for line in done.stdout.splitlines() if "=" in line)


def test_the_command_it_ends_with_finds_the_record_that_init_was_given(tmp_path: Path) -> None:
    """Whatever the shell of `init` alone knew: a new one, or a service, knows none of it."""
    shell = {
        "DATABASE_URL": "postgresql://waymark_app@/waymark",
        "PGHOST": "db.clinic.example",
        "WAYMARK_ADDRESS": "https://portal.lakeside.example",
        "WAYMARK_MASTER_KEY_FILE": "/etc/our clinic/master.key",
        "WAYMARK_SMTP_HOST": "  ",
        "LANG": "C",
    }
    found = sets(init.serving(tmp_path, shell))
    kept = {name: shell[name] for name in shell if name not in ("WAYMARK_SMTP_HOST", "LANG")}
    assert kept.items() <= found.items()
    assert found["WAYMARK_HOME"] == str(tmp_path)
    assert not {"WAYMARK_SMTP_HOST", "LANG"} & set(found)
    assert init.secrets_of(shell) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgresql://app:secret-one@db/waymark"),
        ("WAYMARK_DATABASE_URL", "postgresql://app@db/waymark?password=secret-one"),
        ("WAYMARK_SMTP_PASSWORD", "secret-one"),
    ],
)
def test_a_password_is_named_and_not_printed(tmp_path: Path, name: str, value: str) -> None:
    told = init.serving(tmp_path, {name: value})
    assert "secret-one" not in told
    assert init.secrets_of({name: value}) == [name]


def test_a_password_of_postgresql_itself_is_not_printed(tmp_path: Path) -> None:
    shell = {"DATABASE_URL": "postgresql://app@db/waymark", "PGPASSWORD": "secret-one"}
    assert "secret-one" not in init.serving(tmp_path, shell)
    assert init.secrets_of(shell) == ["PGPASSWORD"]
