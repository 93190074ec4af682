"""What a way in is: it names an action, knows the viewer, reads the clock, audits the reading."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from hashlib import sha256
from typing import Any, Concatenate, ParamSpec
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from allauth.core import ratelimit
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from waymark.access.decide import reach
from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces import resubmission
from waymark.record.people.queries import NoSeat, viewer_of, zone_of
from waymark.record.tenancy.action import Conflict, Refused, reading, turned_away
from waymark.record.vault.envelope import Broken

SEAT = "seat"
log = logging.getLogger("waymark")
Opened = Callable[Concatenate[HttpRequest, ...], HttpResponse]
"""What an address leads to: the request, and what the address itself says."""


P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
"""A view as it is written: that it takes ``viewer``, ``at`` and just what its address says, each by
its type, is more than types can hold here, and is held by a house test over every address."""


def now() -> datetime:
    """The clock, read at the interface and handed down."""
    return timezone.now()


def account_in(request: HttpRequest) -> UUID:
    """The account that is signed in."""
    return UUID(str(request.user.pk))


def owner_of_session(request: HttpRequest) -> Any:
    """The account itself, for its own settings."""
    return request.user


def viewer_in(request: HttpRequest) -> Viewer:
    """Who is asking, in the seat they chose. Raises NoSeat."""
    return viewer_of(account_in(request), seat=request.session.get(SEAT))


def endpoint(action: Action, *, methods: tuple[str, ...] = ("GET",)) -> Callable[[View[P]], Opened]:
    """A view for signed-in people who may take ``action`` over somebody; it is handed the viewer.

    Not signed in: to the sign-in page and back. No role that could ever: 403. Not visible: 404.
    An address that only takes forms leads, when opened, to the page that they stand on.
    """

    def wrap(view: View[P]) -> Opened:
        @require_http_methods([*dict.fromkeys(("GET", "HEAD", *methods))])
        @wraps(view)
        def opened(request: HttpRequest, **given: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return resubmission.turned_away(request)
            if request.method in {"GET", "HEAD"} and "GET" not in methods:
                return redirect(resubmission.page_at(request.path))
            try:
                viewer = viewer_in(request)
            except NoSeat as error:
                raise PermissionDenied(str(error)) from error
            return _answered(request, view, action, viewer, given)

        vars(opened).update(action=action, methods=methods)  # read by house and matrix tests
        return opened

    return wrap


def _answered(
    request: HttpRequest, view: Opened, action: Action, viewer: Viewer, given: dict[str, Any]
) -> HttpResponse:
    at = now()
    if not reach(viewer, action):
        turned_away(action, by=viewer, at=at, reason="no role here could ever do this")
        raise PermissionDenied("no role here could ever do this")
    vars(request)["viewer"] = viewer  # the page context reads it
    try:
        with reading(action, by=viewer, at=at), timezone.override(ZoneInfo(zone_of(viewer))):
            # In the viewer's own time from here on: what they type is read as they meant it.
            response = view(request, viewer=viewer, at=at, **given)
            if hasattr(response, "render") and callable(response.render):
                response.render()  # inside the reading: what it opens is audited
    except Refused as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except ObjectDoesNotExist as error:
        turned_away(action, by=viewer, at=at, reason="not there, or not theirs to see")
        raise Http404 from error
    except Conflict:
        return render(request, "ui/conflict.html", status=422)
    except Broken:
        log.error("a stored value does not open, on a page about its record")
        return render(request, "ui/unreadable.html", status=500)
    except OperationalError:  # disk full, locked, gone: say that it was not confirmed as saved
        if _read_once_more(request):
            return _answered(request, view, action, viewer, given)
        return resubmission.unconfirmed(request)
    return response


def _read_once_more(request: HttpRequest) -> bool:
    """Whether a page that is only read is asked for again, once, over a new connection: the
    database was restarted, perhaps, while it was read. What was sent is never carried out twice."""
    if request.method not in {"GET", "HEAD"} or hasattr(request, "read_again"):
        return False
    vars(request)["read_again"] = True
    connection.close_if_unusable_or_obsolete()
    return True


def public(view: Opened) -> Opened:
    """A view that anybody may open, signed in or not; it opens nothing of a patient."""
    vars(view)["action"] = None  # read by the house tests
    return view


def signed_in(view: Opened) -> Opened:
    """A view about the viewer's own sign-in, and nobody's record."""

    @wraps(view)
    def opened(request: HttpRequest, **given: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return resubmission.turned_away(request)
        return view(request, **given)

    return opened


def too_many(request: HttpRequest, *, action: str, about: str = "") -> HttpResponse | None:
    """The answer to too many tries from one address, or about one thing; None while it is fine."""
    limited: HttpResponse | None = ratelimit.consume_or_429(request, action=action, key=about)
    return limited


def key_from(request: HttpRequest) -> UUID | None:
    """The request key that the form carried; a form without one is carried out each time."""
    try:
        return UUID(request.POST.get("request_key", ""))
    except ValueError:
        return None


def page_context(request: HttpRequest) -> dict[str, Any]:
    """What every page may use: the demo's label, the viewer, a fresh request key, idle seconds."""
    viewer = getattr(request, "viewer", None)
    staff = viewer is not None and viewer.is_staff
    idle = settings.WAYMARK_STAFF_IDLE if staff else settings.WAYMARK_CLIENT_IDLE
    return {
        "demo": settings.WAYMARK_DEMO,
        "viewer": viewer,
        "request_key": uuid4(),
        "idle_seconds": idle if viewer else None,
        "stay_url": "/account/here/" if viewer else None,
        "seat": seat_name(request) if viewer else None,
    }


def seat_name(request: HttpRequest) -> str:
    """An opaque name for who is signed in, in which seat; the same for the whole session."""
    parts = f"{request.user.pk}|{request.session.get(SEAT)}|{request.session.session_key}"
    return sha256(parts.encode()).hexdigest()[:24]
