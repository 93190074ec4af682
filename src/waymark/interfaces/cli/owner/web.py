"""One process of the web server: whole requests alone reach a thread, and what waits is bounded.

A body that comes slowly, or never, holds a connection and no thread, and not for long. Help and
health have threads of their own, so that neither waits behind forms. What finds too many before it
is told so at once, with the way to help. Where connections grow many, the one that has kept the
server waiting longest ends, so that a newcomer with something to ask always finds a place.
"""

import logging
import signal
import socket
import sys
import time
from types import FrameType
from typing import Any

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher
from waitress.utilities import Error

DOORS = ("/help-now/", "/practices/", "/healthz", "/quiet/", "/static/")
WATCHED = "/readyz"  # writes a row, and waits for it: it has a thread of its own
THREADS, DOOR_THREADS = 4, 2
MOST_WAITING = 64  # requests before whose turn comes another one is told to come back
LONGEST_WAIT = 20  # seconds in the queue; then the visitor has gone, or had better be told
COMPLETE_WITHIN = 30  # seconds from the first byte of a request to its last one
SPEAK_WITHIN = 5  # seconds from the connection to its first byte
MOST_CONNECTIONS = 200  # of a process
PLACES_KEPT = 20  # of them, for whoever comes next: before the rest is full the idlest one ends
LARGEST = 4 * 1024 * 1024  # bytes of a request; held in memory, never on the disk
BUSY = b"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Very busy</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<p>So many are here right now that this has to wait. Nothing was saved.
Go back, wait a moment and send it again: what you typed is still there.</p>
<p><a href="/help-now/">Need help now?</a> That page is open.</p></html>
"""


class Busy(Error):  # type: ignore[misc]  # waitress carries no types
    """The answer to one too many."""

    code, reason = 503, "Service Unavailable"

    def to_response(self, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:
        headers = [
            ("Connection", "close"),
            ("Content-Length", str(len(BUSY))),
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            ("Cache-Control", "no-store"),
            ("Retry-After", "10"),
        ]
        return f"{self.code} {self.reason}", headers, BUSY


class Pools:
    """Threads for pages and forms, and others for the doors; the queue of the first is bounded."""

    def __init__(self, *, threads: int = THREADS) -> None:
        self.pages, self.doors = ThreadedTaskDispatcher(), ThreadedTaskDispatcher()
        self.pages.set_thread_count(threads)
        self.doors.set_thread_count(DOOR_THREADS)
        self.watch = ThreadedTaskDispatcher()
        self.watch.set_thread_count(1)

    def add_task(self, channel: "Channel") -> None:
        """Let a whole request wait for its kind of thread, or tell it that there are too many."""
        request = channel.requests[0]
        request.waits_since = time.monotonic()
        if request.error or str(request.path).startswith(DOORS):
            self.doors.add_task(channel)
            return
        pool = self.watch if str(request.path) == WATCHED else self.pages
        if len(pool.queue) >= MOST_WAITING:
            request.error, pool = Busy(""), self.doors
        pool.add_task(channel)

    def shutdown(self) -> None:
        for pool in (self.pages, self.doors, self.watch):
            pool.shutdown()


class Channel(HTTPChannel):  # type: ignore[misc]  # waitress carries no types
    """One connection; knows since when its request is on the way."""

    begun_at: float | None = None  # the first byte of the request that is on its way
    spoke = False

    def __init__(self, *given: Any, **named: Any) -> None:
        self.quiet_since = time.monotonic()
        super().__init__(*given, **named)

    def received(self, data: bytes) -> bool:
        taken = bool(super().received(data))
        self.spoke = True
        self.begun_at = None if self.request is None else self.begun_at or time.monotonic()
        return taken

    def service(self) -> None:
        """In a thread, at last; who waited too long is told so, and costs no more."""
        request = self.requests[0]
        if time.monotonic() - request.waits_since > LONGEST_WAIT:
            request.error = request.error or Busy("")
        super().service()
        self.quiet_since = time.monotonic()

    @property
    def waits(self) -> bool:
        """Whether it holds no whole request: the server waits for it, and not the other way."""
        return not self.requests and not self.will_close

    @property
    def waits_since(self) -> float:
        return self.begun_at or self.quiet_since

    def dawdles(self) -> bool:
        """Whether nothing came, or the request has been on the way, for too long."""
        longest = COMPLETE_WITHIN if self.spoke else SPEAK_WITHIN
        begun = self.begun_at if self.spoke else self.quiet_since
        return begun is not None and time.monotonic() - begun > longest


class Server(TcpWSGIServer):  # type: ignore[misc]  # waitress carries no types
    """Ends connections on which nothing comes, or too slowly, and keeps places for newcomers."""

    channel_class = Channel

    def handle_accept(self) -> None:
        super().handle_accept()
        staying = [one for one in self.active_channels.values() if not one.will_close]
        if len(staying) > self.adj.connection_limit - PLACES_KEPT:
            waiting = [one for one in staying if one.waits]
            if waiting:  # the newcomer itself is the youngest of them
                min(waiting, key=lambda one: one.waits_since).will_close = True

    def maintenance(self, now: float) -> None:
        super().maintenance(now)
        for channel in list(self.active_channels.values()):
            if channel.dawdles() and not channel.requests:
                channel.will_close = True


def server_on(listening: socket.socket, application: Any, pools: Pools) -> Server:
    """A server on a socket that listens already, perhaps for other processes too."""
    adjustments = Adjustments(
        sockets=[listening],
        ident=None,
        asyncore_use_poll=True,
        connection_limit=MOST_CONNECTIONS,
        channel_timeout=COMPLETE_WITHIN,
        cleanup_interval=2,
        max_request_body_size=LARGEST,
        inbuf_overflow=2 * LARGEST,
        clear_untrusted_proxy_headers=False,  # Django reads them where an address is encrypted
    )
    where = (listening.family, listening.type, listening.proto, listening.getsockname())
    return Server(
        application,
        _sock=listening,
        dispatcher=pools,
        adj=adjustments,
        bind_socket=False,
        sockinfo=where,
    )


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens, to be handed to each process of the server."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((host, port))
    listening.listen(1024)
    return listening


def main(number: int) -> None:
    """Serve on the socket that was handed down under this number, until told to stop."""
    from django.core.wsgi import get_wsgi_application

    from waymark.interfaces.cli.owner.memory import keep_the_program

    def stop(signum: int, frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    application = get_wsgi_application()
    keep_the_program()
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # waiting is ordinary
    listening = socket.socket(fileno=number)
    listening.setblocking(False)
    server_on(listening, application, Pools()).run()


if __name__ == "__main__":
    main(int(sys.argv[1]))
