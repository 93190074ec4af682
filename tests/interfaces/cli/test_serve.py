"""`waymark serve` says where it serves, and that a port is taken, before anything is started."""

import socket
from typing import Any

import pytest
from click.testing import CliRunner

from waymark.interfaces.cli import checks, portal, ports, serve

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
    monkeypatch.setattr(portal, "migrate", lambda: None)
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
