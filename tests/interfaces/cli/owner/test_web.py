"""Outsiders wait in bounded queues with time-outs, and help waits behind nobody.

A real socket, the server's own threads, and an application whose pages can be held up at will.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

import pytest

from waymark.interfaces.cli.owner import web
from waymark.interfaces.cli.owner.web import Pools, listen, server_on

PATIENCE = 20
UNFINISHED = b"POST /account/sign-in/ HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\nlogin="


class Site:
    """The server in a thread; its pages wait while ``held`` is not set."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.go_on.set()
        self.opened: list[socket.socket] = []
        self.inside = threading.Semaphore(0)
        self.listening = listen("127.0.0.1", 0)
        self.listening.setblocking(False)
        self.port = self.listening.getsockname()[1]
        self.pools = Pools(threads=2)
        self.server = server_on(self.listening, self, self.pools)
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        with suppress(OSError, ValueError):  # closed under it, at the end of a test
            self.server.run()

    def __call__(self, environ: dict, start: Callable[..., object]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if not path.startswith((*web.DOORS, web.WATCHED)):
            self.inside.release()
            self.go_on.wait(PATIENCE)
        body = environ["wsgi.input"].read()
        start("200 OK", [("Content-Type", "text/plain")])
        return [b"%s %d" % (path.encode(), len(body))]

    def opens(self, sent: bytes) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        connection.sendall(sent)
        self.opened.append(connection)
        return connection

    def get(self, path: str) -> bytes:
        return read(self.opens(asking(path)))


def asking(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode()


def read(connection: socket.socket) -> bytes:
    """All that comes until the other side closes."""
    with connection:
        return b"".join(iter(lambda: connection.recv(65536), b""))


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site()
    yield served
    served.go_on.set()
    for connection in served.opened:
        connection.close()
    served.pools.shutdown()
    served.server.close()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Site:
    """The same server with twenty places in all, five of them kept for newcomers."""
    monkeypatch.setattr(web, "MOST_CONNECTIONS", 20)
    monkeypatch.setattr(web, "PLACES_KEPT", 5, raising=False)
    found: Site = request.getfixturevalue("site")
    return found


def hold_up(site: Site, waiting: int) -> list[socket.socket]:
    """Both threads of the pages are busy, and so many wait."""
    site.go_on.clear()
    inside = [site.opens(asking("/slow/")) for _ in range(2)]
    for _ in inside:
        assert site.inside.acquire(timeout=PATIENCE)
    behind = [site.opens(asking("/behind/")) for _ in range(waiting)]
    until = time.monotonic() + PATIENCE
    while len(site.pools.pages.queue) < waiting and time.monotonic() < until:
        time.sleep(0.01)
    assert len(site.pools.pages.queue) == waiting
    return [*inside, *behind]


def test_unfinished_posts_hold_up_nobody(site: Site) -> None:
    """Twenty times as many as there are threads: a body that never comes costs no thread."""
    held = [site.opens(UNFINISHED) for _ in range(40)]
    assert b"/help-now/ 0" in site.get("/help-now/")
    assert b"/account/sign-in/ 0" in site.get("/account/sign-in/")
    assert len(held) == 40


def test_a_request_that_dawdles_is_ended(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Byte by byte it never falls silent; it ends all the same."""
    monkeypatch.setattr(web, "COMPLETE_WITHIN", 1)
    slow = site.opens(UNFINISHED)
    with slow, pytest.raises(ConnectionError):
        trickle(slow)


def trickle(connection: socket.socket) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        connection.sendall(b"x")
        time.sleep(0.1)


@pytest.mark.parametrize("door", ["/help-now/", "/practices/", "/healthz", "/readyz", "/quiet/"])
def test_the_doors_wait_behind_no_form(site: Site, door: str) -> None:
    held = hold_up(site, waiting=5)
    assert door.encode() in site.get(door)
    site.go_on.set()
    assert all(b" 200 " in read(one) for one in held)  # and those who waited had their turn


def test_one_too_many_is_told_at_once_and_shown_to_help(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "MOST_WAITING", 5)
    held = hold_up(site, waiting=5)
    told = site.get("/me/")
    assert told.startswith(b"HTTP/1.1 503 ")
    assert b'href="/help-now/"' in told
    site.go_on.set()
    assert all(b" 200 " in read(one) for one in held)


def test_who_waited_too_long_is_told_and_costs_no_more(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = hold_up(site, waiting=1)
    monkeypatch.setattr(web, "LONGEST_WAIT", 0)
    site.go_on.set()
    assert read(held[-1]).startswith(b"HTTP/1.1 503 ")
    assert b" 200 " in read(held[0])


def test_a_body_beyond_the_bound_is_not_read(site: Site) -> None:
    sent = f"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {web.LARGEST + 1}\r\n\r\n"
    assert read(site.opens(sent.encode())).startswith(b"HTTP/1.1 413 ")


def test_a_whole_body_arrives(site: Site) -> None:
    body = b"x" * (web.LARGEST - 1)
    head = (
        f"POST /a/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    assert b"/a/ %d" % len(body) in read(site.opens(head.encode() + body))


# Connections on which nothing is asked: three times as many as there are places

IDLE = {
    "nothing sent": b"",
    "half a header": b"GET /help-now/ HTTP/1.1\r\nHost: a\r\nX-Slow: ",
    "half a body": UNFINISHED,
}


@pytest.mark.parametrize("sent", IDLE.values(), ids=IDLE)
def test_idle_connections_close_no_door(small: Site, sent: bytes) -> None:
    """Help, health and pages answer, one after the other, while all sixty stay as they are."""
    for _ in range(60):
        small.opens(sent)
    for page in ("/help-now/", "/healthz", "/account/sign-in/"):
        assert b" 200 " in small.get(page)


def test_who_asked_for_something_keeps_the_place(small: Site) -> None:
    """Whole requests wait for a thread, however many come after them and ask nothing."""
    asked = hold_up(small, waiting=8)
    for _ in range(60):
        small.opens(b"")
    assert b"/help-now/ 0" in small.get("/help-now/")
    small.go_on.set()
    assert all(b" 200 " in read(one) for one in asked)


def test_the_one_that_has_waited_longest_ends_first(small: Site) -> None:
    """Sixteen where fifteen may stay: the first ends, the last goes on and is answered."""
    first, *_, last = [small.opens(UNFINISHED) for _ in range(16)]
    assert read(first) == b""
    last.sendall(b"x" * 494 + asking("/after/"))
    assert b"/account/sign-in/ 500" in read(last)


def test_a_connection_that_says_nothing_ends_soon(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "SPEAK_WITHIN", 1, raising=False)
    assert read(site.opens(b"")) == b""
