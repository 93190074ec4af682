"""Sessions end: after a time without a request they lock, after a day they are over.

Checked in one place, before routing, for every address but the few that show nothing of anybody.
No parameter skips it. A locked page can be opened again where one stands, by password or passkey,
and what was typed is carried along in the form itself: nothing is stored for it. So it is where a
session has ended, for the same person alone (`held`).
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import escape_leading_slashes

from waymark.access.vocabulary import Event
from waymark.interfaces import resubmission
from waymark.interfaces.accounts import unlock
from waymark.interfaces.accounts.refusals import refused
from waymark.interfaces.endpoint import now

SIGNED_IN_AT, SEEN_AT, STAFF, LOCKED = "signed_in_at", "seen_at", "staff", "locked"
MOST_WRONG = 5


def open_addresses() -> tuple[str, ...]:
    """What is reachable in any state: it opens nothing, and help is never behind a lock."""
    return (
        settings.STATIC_URL,
        reverse("help-now"),
        reverse("leave"),
        reverse("quiet"),
        reverse("healthz"),
        reverse("readyz"),
        reverse("practices"),
        reverse("account_logout"),
    )


class ExpiryMiddleware:
    """Ends or locks a session before anything is routed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # The address first: help must not ask the database who wants it.
        if request.path.startswith(open_addresses()):
            return self.get_response(request)
        return resubmission.taken_up(request) or resubmission.marked(
            request, self._answered(request)
        )

    def _answered(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        moment = int(now().timestamp())
        if not still_runs(request.session, moment):
            return self._signed_out(request)
        if _locked(request, moment):
            return self._unlocked(request, moment)
        request.session[SEEN_AT] = moment
        resubmission.own_form(request)
        return self.get_response(request)

    def _unlocked(self, request: HttpRequest, moment: int) -> HttpResponse:
        """Open the lock if the right key came along, and go on with the request that carried it."""
        request.session[LOCKED] = True
        if request.method == "POST" and unlock.tried(request):
            if not unlock.opens(request):
                return self._wrong(request)
            request.session[LOCKED], request.session[SEEN_AT] = False, moment
            request.session["wrong_unlocks"] = 0
            if request.POST.get(unlock.REPLAY) != "post":
                # Two slashes in front would name another house.
                return redirect(escape_leading_slashes(request.get_full_path()))
            unlock.strip(request)
            return self.get_response(request)
        return _lock_page(request)

    def _wrong(self, request: HttpRequest) -> HttpResponse:
        refused(request.user, Event.WRONG_KEY)
        wrong = int(request.session.get("wrong_unlocks", 0)) + 1
        request.session["wrong_unlocks"] = wrong
        if wrong >= MOST_WRONG:
            return self._signed_out(request)
        return _lock_page(request, wrong=True)

    def _signed_out(self, request: HttpRequest) -> HttpResponse:
        logout(request)
        form = request.POST.get(unlock.REPLAY, "post") == "post"
        if form and resubmission.may_hold(request):  # there, once the form's token was looked at
            unlock.strip(request)
            return self.get_response(request)
        return resubmission.turned_away(request)


def started(request: HttpRequest, *, staff: bool) -> None:
    """Mark a session as begun now; called when somebody signs in."""
    moment = int(now().timestamp())
    request.session.update({SIGNED_IN_AT: moment, SEEN_AT: moment, STAFF: staff, LOCKED: False})


def still_runs(held: Any, moment: int) -> bool:
    """Whether a session, given by what it holds, has not reached its absolute limit."""
    return moment - int(held.get(SIGNED_IN_AT, 0)) <= _limits(held)[1]


def _locked(request: HttpRequest, moment: int) -> bool:
    idle = _limits(request.session)[0]
    quiet = moment - int(request.session.get(SEEN_AT, 0)) > idle
    return quiet or bool(request.session.get(LOCKED))


def _limits(held: Any) -> tuple[int, int]:
    if held.get(STAFF, True):
        return settings.WAYMARK_STAFF_IDLE, settings.WAYMARK_STAFF_LIMIT
    return settings.WAYMARK_CLIENT_IDLE, settings.WAYMARK_CLIENT_LIMIT


def _lock_page(request: HttpRequest, *, wrong: bool = False) -> HttpResponse:
    context: dict[str, Any] = {**unlock.offer(request), "wrong": wrong}
    return render(request, "accounts/locked.html", context, status=401)
