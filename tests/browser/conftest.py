"""The demo, started as a person starts it, and a browser that signs in."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.chromium import WATCH, marks
from waymark.interfaces.cli.owner.commands.demo import PASSWORD

PATIENCE = 180


@pytest.hookimpl(tryfirst=True)  # before xdist, which reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker holds the whole folder: the demo is started once."""
    for item in items:
        if "tests/browser/" in item.nodeid:
            for mark in marks("demo", reason="nobody looked at the pages"):
                item.add_marker(mark)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo, for the whole folder."""
    with running(tmp_path_factory.mktemp("d")) as address:
        yield address


@contextmanager
def running(home: Path) -> Iterator[str]:
    """`waymark demo` on a free port, in a folder of its own; ended by its own number."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = Path(sys.executable).parent / "waymark"
    words = [str(program), "demo", "--port", str(port), "--home", str(home)]
    given = {key: value for key, value in os.environ.items() if not key.startswith("WAYMARK_")}
    given.pop("DJANGO_SETTINGS_MODULE", None)
    server = subprocess.Popen(words, env=given, stdout=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}/readyz")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def _wait(address: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 -- loopback
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.5)
    raise TimeoutError(f"{address} was not ready within {PATIENCE} seconds")


SignIn = Callable[..., Page]


@pytest.fixture
def sign_in(demo: str, chromium: Browser) -> Iterator[SignIn]:
    """A page of somebody who has just signed in; ``page.went`` holds every address asked for."""
    contexts = []

    def go(login: str, *, width: int = 390, scheme: str = "light") -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 844},
            color_scheme=scheme,
            reduced_motion="reduce",
            base_url=demo,
        )
        contexts.append(context)
        context.add_init_script(WATCH)
        page = context.new_page()
        page.goto("/account/sign-in/")
        page.fill("[name=login]", login)
        page.fill("[name=password]", PASSWORD)
        page.click("button:has-text('Sign in') >> nth=0")
        page.wait_for_load_state()
        return page

    yield go
    for context in contexts:
        context.close()
