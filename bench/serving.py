"""Pages served to four and to sixteen people at once, by `waymark serve` as it is run in earnest.

The load stands on the same cores. What to compare is the multiple of the address that opens
nothing, asked for by the same load.
"""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from threading import Thread
from urllib.parse import urlencode

from bench.clinic import PASSWORD, open_clinic

SECONDS = 6.0
LOGINS = ("sam", "quinn", "riley", "casey", "avery", "morgan")
PAGES = {"nothing": "/healthz", "Today": "/me/", "Progress": "/me/progress/"}


class Person:
    """One browser that is signed in, with its connection kept open."""

    def __init__(self, port: int, login: str) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}
        self.waits: list[float] = []
        page = self.asks("GET", "/account/sign-in/")
        found = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        token = found[1].decode() if found else ""
        form = {"login": login, "password": PASSWORD, "csrfmiddlewaretoken": token}
        self.asks("POST", "/account/sign-in/", urlencode(form), expected=302)

    def asks(self, method: str, path: str, body: str = "", *, expected: int = 200) -> bytes:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body or None, headers)
        answer = self.connection.getresponse()
        for held in answer.headers.get_all("Set-Cookie", []):
            name, _, value = held.partition(";")[0].partition("=")
            self.cookies[name] = value
        read = answer.read()
        if answer.status != expected:
            raise SystemExit(f"{path} answered {answer.status}, not {expected}")
        return read

    def reads(self, path: str, *, until: float) -> None:
        self.waits = []
        while (began := time.perf_counter()) < until:
            self.asks("GET", path)
            self.waits.append(time.perf_counter() - began)


def main() -> None:
    open_clinic()
    from django.db import connection

    print(f"\n| {connection.vendor}, at once | pages a second | of nothing | p50 | p99 |")
    print("|---|---|---|---|---|")
    with _served() as port:
        for many in (4, 16):
            people = [Person(port, LOGINS[number % len(LOGINS)]) for number in range(many)]
            _measure(people)


def _measure(people: list[Person]) -> None:
    nothing = 0.0
    for name, path in PAGES.items():
        _read(people, path, seconds=1)  # what is loaded once is loaded
        waits = _read(people, path, seconds=SECONDS)
        rate = len(waits) / SECONDS
        nothing = nothing or rate
        print(
            f"| {len(people)} read {name} | {rate:.0f} | {rate / nothing:.2f} | "
            f"{median(waits) * 1000:.0f} ms | {quantiles(waits, n=100)[98] * 1000:.0f} ms |",
            flush=True,
        )


def _read(people: list[Person], path: str, *, seconds: float) -> list[float]:
    until = time.perf_counter() + seconds
    reading = [Thread(target=one.reads, args=[path], kwargs={"until": until}) for one in people]
    for one in reading:
        one.start()
    for one in reading:
        one.join()
    return [wait for one in people for wait in one.waits]


@contextmanager
def _served() -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = Path(sys.executable).with_name("waymark")
    server = subprocess.Popen(
        [command, "serve", "--port", str(port)],
        env={**os.environ, "WAYMARK_ADDRESS": f"http://127.0.0.1:{port}"},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _until_open(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def _until_open(port: int) -> None:
    for _ in range(300):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server did not open")


if __name__ == "__main__":
    main()
