"""Pages for errors, and a log filter: no request body, no name, no way in reaches a log."""

import logging
import re
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "ui/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "ui/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "ui/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/500.html", {"sent": _sent(request)}, status=500)


def unconfirmed(
    request: HttpRequest, *, fields: Sequence[tuple[str, str]] = (), file: bool = False
) -> HttpResponse:
    """The database took nothing: the page says so, and carries what was typed, to send it again."""
    here, sent = request.get_full_path(), _sent(request)
    context = {"fields": fields, "file": file, "here": here, "sent": sent}
    return render(request, "ui/503.html", context, status=503)


def _sent(request: HttpRequest) -> bool:
    """Whether something was sent that may be lost now; a page that was asked for is not."""
    return request.method not in {"GET", "HEAD"}


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from an old page: nothing was stored; the page says how to go on.

    The header is for a script that saves as one goes: no other refusal is told like this one.
    """
    answer = render(request, "ui/403_stale.html", status=403)
    answer["X-Waymark-Session"] = "renewed"
    return answer


# The end of these addresses is a way in: whoever holds it is let in.
WAY_IN = re.compile(
    r"(/join/(?:staff/)?|/account/(?:reset|email|reminder)/[0-9a-f-]{36}/)(?!staff/)[^/\s]+"
)


class WithoutBodies(logging.Filter):
    """Strips the request, the arguments of an error and every way in from what is logged."""

    def filter(self, record: logging.LogRecord) -> bool:
        for name in ("request", "response", "body"):
            if hasattr(record, name):
                delattr(record, name)
        if record.exc_info and not isinstance(record.exc_info, bool):
            kind: Any = record.exc_info[0]
            record.msg = f"{record.getMessage()} ({kind.__name__ if kind else 'error'})"
            record.args, record.exc_info, record.exc_text = (), None, None
        if WAY_IN.search(said := record.getMessage()):
            record.msg, record.args = WAY_IN.sub(r"\1-", said), ()
        return True
