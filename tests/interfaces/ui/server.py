"""A tiny server on 127.0.0.1: drawn pages and static files under the policy the product sends."""

import mimetypes
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django_htmx

from tests.interfaces.ui.samples import STATIC
from waymark.config.settings import CONTENT_SECURITY_POLICY

POLICY = "; ".join(  # the product's own: `tests/journeys/test_deploy.py` reads it off the wire
    f"{name} {' '.join(allowed)}" for name, allowed in CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
)
ROOTS = [STATIC, Path(django_htmx.__file__).parent / "static"]
mimetypes.add_type("text/javascript", ".js")


class Quiet(WSGIRequestHandler):
    """Serves without writing a line for each request."""

    def log_message(self, format: str, *args: Any) -> None:
        pass


class Site:
    """Answers for addresses made of pages; keeps what was asked in `asked`."""

    def __init__(self, pages: dict[str, str]) -> None:
        self.pages = pages
        self.asked: list[dict[str, Any]] = []

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        length = int(environ.get("CONTENT_LENGTH") or 0)
        self.asked.append({**environ, "body": environ["wsgi.input"].read(length)})
        if path.startswith("/static/"):
            return self.file(path.removeprefix("/static/"), start)
        page = self.pages.get(path.strip("/") or "guide")
        if page is None:
            start("404 Not Found", [("Content-Type", "text/plain")])
            return [b"none"]
        headers = [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Security-Policy", POLICY),
        ]
        start("200 OK", headers)
        return [page.encode()]

    def file(self, name: str, start: Callable[..., Any]) -> Iterable[bytes]:
        for root in ROOTS:
            if (root / name).is_file():
                kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
                start("200 OK", [("Content-Type", kind)])
                return [(root / name).read_bytes()]
        start("404 Not Found", [("Content-Type", "text/plain")])
        return [b"none"]


@contextmanager
def serving(pages: dict[str, str]) -> Iterator[tuple[str, Site]]:
    """Serves until the block ends; gives the address and the site."""
    site = Site(pages)
    server = make_server("127.0.0.1", 0, site, server_class=WSGIServer, handler_class=Quiet)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", site
    finally:
        server.shutdown()
        server.server_close()
