"""The few pages about no record: home, leaving, help, seats, and whether the house stands."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, SynchronousOnlyOperation
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_http_methods, require_safe

from waymark.access.decide import anyone_may
from waymark.access.vocabulary import Action
from waymark.interfaces.accounts.expiry import LOCKED
from waymark.interfaces.endpoint import (
    SEAT,
    account_in,
    now,
    public,
    seat_name,
    signed_in,
    viewer_in,
)
from waymark.interfaces.ui.crisis import crisis_lines
from waymark.library.line import Line, shown_in
from waymark.library.lines import LINES
from waymark.library.region import by_name
from waymark.record.audit.chain import all_stand
from waymark.record.fingerprint.queries import founded, keyring_takes_writes, strangers
from waymark.record.outbox.actions import clock_jumped, clock_ran_ahead, probe, worker_is_silent
from waymark.record.people.queries import NoSeat, all_clinics, seats_of
from waymark.record.safety.prerequisites import lines_of
from waymark.record.tenancy.grants import lacking
from waymark.record.vault.master import NoMasterKey, current

HOME = "US"  # whose lines are shown where nothing else is known


@public
@signed_in
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """To the first page of the seat: a client's day, a caseload, or the people of the clinic."""
    try:
        viewer = viewer_in(request)
    except NoSeat as error:
        raise PermissionDenied(str(error)) from error
    if not viewer.is_staff:
        return redirect("today")
    cares = anyone_may(Action.READ_CASELOAD, viewer.roles)
    return redirect("caseload" if cares else "clients")


@public
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Leave at once: a page that says nothing of where one was. The session stays, locked."""
    with suppress(DatabaseError):  # whatever is broken, one gets away
        if request.user.is_authenticated:
            request.session[LOCKED] = True
            request.session.cycle_key()  # a request under way must not save the lock off again
    return redirect("quiet")


@public
@require_safe
def quiet(request: HttpRequest) -> HttpResponse:
    """A plain page with no name and no brand on it."""
    return render(request, "accounts/quiet.html")


@public
@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """Crisis lines: signed in or not, without JavaScript, never behind a lock or a limit."""
    region = request.GET.get("region", "")
    context = {"regions": by_name({line.region for line in LINES.values() if line.verified_on})}
    return render(request, "accounts/help_now.html", {**context, **_lines(region)})


def help_context(request: HttpRequest) -> dict[str, Any]:
    """Whom to call, for every page that has to say it; worked out where it is said alone."""
    return {"help_at_hand": SimpleLazyObject(lambda: _lines(""))}


def _lines(wanted: str) -> dict[str, Any]:
    """The lines of the region asked for, else the clinic's own; not even a broken database hides
    them."""
    try:
        clinic, lines, alone = _known(wanted)
    except (DatabaseError, SynchronousOnlyOperation):  # nor a place where none may be asked
        clinic, lines, alone = None, [], False
    lines = lines or list(shown_in(wanted, LINES.values()) or shown_in(HOME, LINES.values()))
    region = lines[0].region if lines else wanted
    phone = clinic.phone if clinic and alone else ""
    return {**crisis_lines(lines), "clinic": clinic, "region": region, "phone": phone}


def _known(wanted: str) -> tuple[Any, list[Line], bool]:
    """A clinic of that region, or any one if there are no lines there, with what it shows; and
    whether it is the only clinic here, so that its number is that of whoever asks."""
    clinics = all_clinics()
    near = [one for one in clinics if one.region == wanted]
    elsewhere = [] if shown_in(wanted, LINES.values()) else clinics
    clinic = next(iter([*near, *elsewhere]), None)
    return clinic, lines_of(clinic) if clinic else [], len(clinics) == 1


@public
@signed_in
@require_http_methods(["GET", "POST"])
def seat(request: HttpRequest) -> HttpResponse:
    """Choose the place to look from, for people who have more than one."""
    seats = seats_of(account_in(request))
    if request.method == "POST":
        wanted = request.POST.get("seat", "")
        if any(one.id == wanted for one in seats):
            request.session[SEAT] = wanted
            return redirect("home")
    return render(request, "accounts/seat.html", {"seats": seats})


@public
@signed_in
@require_safe
def here(request: HttpRequest) -> HttpResponse:
    """Counts as being here; asked only when a person presses "Stay signed in"."""
    return HttpResponse(status=204, headers={"X-Waymark-Seat": seat_name(request)})


@public
@signed_in
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """Signed in again beside a form that waits in another tab."""
    return render(request, "accounts/back.html")


@public
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@public
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Database, key and worker: what is not well is named, nothing else is told.

    A log that was cut or changed is named too, and closes nothing: clients go on being heard. Nor
    does it where no clinic was founded: the machine is ready, and that nobody can come is said.
    """
    troubles = [name for name, well in _checks() if not well]
    if troubles:
        return HttpResponse(
            "not ready: " + ", ".join(troubles) + "\n", content_type="text/plain", status=503
        )
    besides = [
        *([] if _asked(all_stand) else ["not well: log"]),
        *([] if _asked(founded) else ["no clinic yet"]),
    ]
    return HttpResponse(", and ".join(["ready", *besides]) + "\n", content_type="text/plain")


def _checks() -> list[tuple[str, bool]]:
    at = now()
    if not _asked(lambda: _writes(at)):
        return [("database", False), ("key", _key()), ("worker", False)]
    if not _key():
        return [("key", False)]
    return [
        ("record, keyring and keys", _asked(lambda: not strangers())),
        ("keyring", _asked(_keyring_writes)),
        ("rights", _asked(lambda: not lacking())),
        ("session key", _session_key()),
        ("clock", _asked(lambda: not (clock_ran_ahead(at=at) or clock_jumped(at=at)))),
        ("worker", _asked(lambda: not worker_is_silent(at=at))),
    ]


def _writes(at: datetime) -> bool:
    probe(at=at)
    return True


def _session_key() -> bool:
    """A process that read it goes on; the next one would make up its own."""
    return not settings.WAYMARK_SESSION_KEY_FOUND or settings.WAYMARK_SESSION_KEY_FILE.exists()


def _keyring_writes() -> bool:
    keyring_takes_writes()
    return True


def _asked(question: Callable[[], bool]) -> bool:
    """The answer, which is no where the database gives none."""
    try:
        return question()
    except DatabaseError:
        return False


def _key() -> bool:
    try:
        current()
    except NoMasterKey:
        return False
    return True
