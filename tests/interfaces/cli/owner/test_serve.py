"""`waymark serve` says where it serves, and that a port is taken, before anything is started."""

import socket
from typing import Any

import pytest
from click.testing import CliRunner

from waymark.interfaces.cli.owner import checks, portal, ports
from waymark.interfaces.cli.owner.commands import serve

PORT, PORT_IS_FREE = 8765, ports.port_is_free


def free(host: str, port: int) -> bool:
    """The port that these tests name is free, whatever else runs on the machine."""
    return port == PORT or PORT_IS_FREE(host, port)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The processes that would have been started."""
    runs: list[dict[str, Any]] = []
    monkeypatch.setattr(serve, "run", lambda **given: runs.append(given))
    monkeypatch.setattr(portal, "start", lambda: None)
    monkeypatch.setattr(portal, "ready", lambda: None)
    monkeypatch.setattr(checks, "deployment", lambda **given: [])
    monkeypatch.setattr(ports, "port_is_free", free)
    return runs


def test_the_address_is_said(started: list[dict[str, Any]], settings: Any) -> None:
    settings.WAYMARK_ADDRESS = "http://127.0.0.1:8000"
    result = CliRunner().invoke(serve.serve, ["--port", str(PORT)])
    assert result.output == "Waymark serves http://127.0.0.1:8765. Stop with Ctrl-C.\n"
    assert started


def test_the_address_that_clients_open_is_said_too(
    started: list[dict[str, Any]], settings: Any
) -> None:
    settings.WAYMARK_ADDRESS = "https://portal.example.org"
    result = CliRunner().invoke(serve.serve, ["--port", str(PORT)])
    assert "and clients reach it at https://portal.example.org" in result.output


def test_a_taken_port_is_said_and_nothing_starts(started: list[dict[str, Any]]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = CliRunner().invoke(serve.serve, ["--port", str(port)])
    assert result.exit_code == 1
    assert f"Port {port} is taken" in result.output
    assert not started


HTTPS = {"WAYMARK_ADDRESS": "https://portal.example.org"}


# Each refusal of reach is seen refusing; those of keys, record and roles in `test_apart.py`


@pytest.mark.django_db(databases=["default", "keyring"])
@pytest.mark.parametrize(
    ("host", "given", "told"),
    [
        ("0.0.0.0", {}, "Beyond this machine only https"),  # noqa: S104 -- it is refused
        ("192.168.1.20", {}, "Beyond this machine only https"),
        ("0.0.0.0", HTTPS, "past the proxy and its certificate"),  # noqa: S104 -- it is refused
        ("192.168.1.20", HTTPS, "say so with --behind-proxy"),
        ("127.0.0.1", {"DEBUG": True}, "Turn DEBUG off"),
        ("0.0.0.0", {"WAYMARK_DEMO": True}, "stays on this machine"),  # noqa: S104 -- refused
        ("127.0.0.1", {"WAYMARK_DEMO": True, **HTTPS}, "stays on this machine"),
    ],
)
def test_what_must_not_go_on_the_air_is_refused(
    monkeypatch: pytest.MonkeyPatch, settings: Any, host: str, given: dict[str, Any], told: str
) -> None:
    runs: list[dict[str, Any]] = []
    monkeypatch.setattr(serve, "run", lambda **named: runs.append(named))
    monkeypatch.setattr(portal, "start", lambda: None)
    settings.WAYMARK_DEMO = False
    for name, value in given.items():
        setattr(settings, name, value)
    result = CliRunner().invoke(serve.serve, ["--host", host, "--port", str(PORT)])
    assert result.exit_code == 1
    assert told in result.output
    assert runs == []


@pytest.mark.django_db(databases=["default", "keyring"])
def test_a_proxy_in_another_container_is_said_by_a_word_of_its_own(settings: Any) -> None:
    """What the word allows is a proxy elsewhere, and no clear way in from outside."""
    settings.WAYMARK_DEMO = False
    settings.WAYMARK_ADDRESS = ""

    def told(*, behind_proxy: bool) -> str:
        everywhere = "0.0.0.0"  # noqa: S104 -- nothing listens
        found = checks.deployment(host=everywhere, behind_proxy=behind_proxy)
        return " ".join(one.remedy for one in found)

    assert "Beyond this machine only https" in told(behind_proxy=True)
    settings.WAYMARK_ADDRESS = "https://portal.example.org"
    assert "past the proxy" in told(behind_proxy=False)
    assert "past the proxy" not in told(behind_proxy=True)
    assert "Beyond this machine" not in told(behind_proxy=True)


def test_the_word_reaches_the_check(
    started: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, Any]] = []
    monkeypatch.setattr(checks, "deployment", lambda **given: asked.append(given) or [])
    everywhere = "0.0.0.0"  # noqa: S104 -- nothing listens
    words = ["--host", everywhere, "--behind-proxy", "--port", str(PORT)]
    assert CliRunner().invoke(serve.serve, words).exit_code == 0
    assert asked == [{"host": everywhere, "behind_proxy": True}]
