"""The devices an account is signed in on: listed, and ended one by one or all at once."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from waymark.access.vocabulary import Event
from waymark.interfaces.accounts.expiry import SEEN_AT, SIGNED_IN_AT, started, still_runs
from waymark.interfaces.accounts.refusals import refused_by_name
from waymark.interfaces.endpoint import SEAT, now, owner_of_session, public, signed_in
from waymark.record.people import actions
from waymark.record.people.queries import address_to_confirm, seats_of
from waymark.record.sessions.actions import sessions_of

DEVICE = "device"
KINDS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)
BROWSERS = (("Edg/", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))


@dataclass(frozen=True, slots=True)
class Device:
    """One signed-in browser; ``id`` is a digest, so that no session key stands in a page."""

    id: str
    name: str
    signed_in_at: datetime
    seen_at: datetime
    current: bool


def begin(sender: Any, request: HttpRequest, user: Any, **_: Any) -> None:
    """Signed in: the session learns its seat, its times and what kind of device it is."""
    seats = seats_of(user.pk)
    started(request, staff=any(seat.staff for seat in seats))
    request.session[SEAT] = seats[0].id if seats else None
    request.session[DEVICE] = _named(request.headers.get("User-Agent", ""))
    actions.signed_in(user, at=now())


def refused(sender: Any, credentials: dict[str, Any], **_: Any) -> None:
    """A wrong password: it stands in the log of the account that it was tried on."""
    refused_by_name(str(credentials.get("username") or ""), Event.WRONG_PASSWORD)


def end_others(sender: Any, request: HttpRequest, user: Any, **_: Any) -> None:
    """A second factor came, went or was renewed: whoever else was signed in with it is out."""
    for session in _sessions_of(user):
        if session.session_key != request.session.session_key:
            session.delete()


user_logged_in.connect(begin, dispatch_uid="begin-session")
user_login_failed.connect(refused, dispatch_uid="note-refused-sign-in")
for changed in (authenticator_added, authenticator_removed, authenticator_reset):
    changed.connect(end_others, dispatch_uid="end-other-sessions")


def _named(agent: str) -> str:
    """A kind of device, never the whole header, which would tell people apart."""
    browser = next((name for mark, name in BROWSERS if mark in agent), gettext("A browser"))
    system = next((name for mark, name in KINDS if mark in agent), "")
    if not system:
        return browser
    return gettext("{browser} on {system}").format(browser=browser, system=system)


def devices_of(request: HttpRequest) -> list[Device]:
    """Where the account is signed in and could go on, this browser first."""
    moment = int(now().timestamp())
    found = [
        _device(session, request)
        for session in _sessions_of(request.user)
        if still_runs(session.get_decoded(), moment)
    ]
    return sorted(found, key=lambda one: (not one.current, -one.seen_at.timestamp()))


def _sessions_of(user: Any) -> list[Any]:
    return list(sessions_of(user.pk))


def _device(session: Any, request: HttpRequest) -> Device:
    data = session.get_decoded()
    return Device(
        id=sha256(session.session_key.encode()).hexdigest()[:32],
        name=str(data.get(DEVICE) or gettext("A browser")),
        signed_in_at=datetime.fromtimestamp(int(data.get(SIGNED_IN_AT, 0)), UTC),
        seen_at=datetime.fromtimestamp(int(data.get(SEEN_AT, 0)), UTC),
        current=session.session_key == request.session.session_key,
    )


@public
@signed_in
@require_http_methods(["GET", "POST"])
def devices(request: HttpRequest) -> HttpResponse:
    """List the devices; end one."""
    if request.method == "POST":
        for session in _sessions_of(request.user):
            if _matches(session, request.POST.get("device", "")):
                session.delete()
        return redirect("devices")
    asks = address_to_confirm(owner_of_session(request))
    return render(request, "accounts/devices.html", {"devices": devices_of(request), "asks": asks})


def _matches(session: Any, wanted: str) -> bool:
    return sha256(session.session_key.encode()).hexdigest()[:32] == wanted
