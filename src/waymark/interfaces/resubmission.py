"""A form that met no session: what was typed waits in the page itself, for whoever typed it.

Nothing is stored. The page carries the fields and a signed note: whose they are, for which
address, and exactly which words. Signed in again in another tab, the same person sends them on
with one press; the note then stands for the form's own token, which signing in has renewed. It is
written only for a form whose token was right, so nobody else can have one made.
"""

import json
import sys
from collections.abc import Collection
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.crypto import constant_time_compare, salted_hmac

from waymark.interfaces import errors

TOKEN, NOTE = "csrfmiddlewaretoken", "held_note"
WHOSE = "whose"  # for whom the page of a form was made
# What opens a lock, and how the form goes on then: a key is never put into a page.
UNLOCKING = ("unlock_password", "unlock_credential", "unlock_replay")
FILE = "held_file"  # says that a file was on its way: a page cannot carry it
SALT = "waymark.held"
FOR = 24 * 3600  # seconds that a note is good for

Field = tuple[str, str]


def page_at(path: str) -> str:
    """The nearest page at or above an address: some addresses only take forms."""
    while "GET" not in _methods(path):
        path = path.rstrip("/").rpartition("/")[0] + "/"
    return path


def _methods(path: str) -> Collection[str]:
    try:
        view = resolve(path).func
    except Resolver404:
        return () if path != "/" else ("GET",)
    return tuple(getattr(view, "methods", ("GET",)))


def may_hold(request: HttpRequest) -> bool:
    """Whether the address takes forms about a record; the doors themselves hold nothing."""
    try:
        view = resolve(request.path).func
    except Resolver404:
        return False
    takes = "POST" in getattr(view, "methods", ())
    return request.method == "POST" and takes and getattr(view, "action", None) is not None


def carried(request: HttpRequest) -> list[Field]:
    """Every field that was on its way, but for tokens and keys."""
    skipped = {TOKEN, NOTE, FILE, WHOSE, *UNLOCKING}
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in skipped
        for value in values
    ]


def had_file(request: HttpRequest) -> bool:
    """Whether a file was on its way, now or when the form first met no session."""
    return bool(request.FILES) or FILE in request.POST


def without(request: HttpRequest, *names: str) -> None:
    """Take fields out of the form, so that the view sees what was typed and nothing else."""
    rest = request.POST.copy()
    for name in names:
        rest.pop(name, None)
    rest._mutable = False
    vars(request)["_post"] = rest


# Not signed in


def turned_away(request: HttpRequest) -> HttpResponse:
    """The answer to whoever is not signed in: a form is held; else to the sign-in page and back."""
    if "HX-Request" in request.headers:  # an autosave: the page stays, and says what is to be done
        return HttpResponse(status=401, headers={"X-Waymark-Session": "ended"})
    owner = request.COOKIES.get(cookie(), "")
    if owner and may_hold(request):
        return _page(request, _note(request, owner))
    path = request.get_full_path() if request.method == "GET" else request.path
    back = path if "GET" in _methods(request.path) else page_at(request.path)
    return redirect_to_login(back)


def _page(request: HttpRequest, note: str, *, problem: str = "") -> HttpResponse:
    context = {
        "fields": carried(request),
        "note": note,
        "file": had_file(request),
        "problem": problem,
    }
    return render(request, "accounts/resubmission.html", context, status=401)


# Whose words they are


def cookie() -> str:
    """The name of the cookie that says, to this house alone, who was last signed in here."""
    return "__Host-last" if settings.SESSION_COOKIE_SECURE else "last"


def mark(account: Any) -> str:
    """An account, as the cookie and the note name it: opaque, and nobody else can make it."""
    return salted_hmac(SALT, str(account), algorithm="sha256").hexdigest()[:32]


def marked(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Remember in the browser who is signed in, so that later words can be laid to their door.

    Signing in renews the token of every form, so a form whose token fits was made for this one.
    """
    if request.user.is_authenticated:
        wanted = mark(request.user.pk)
        if request.COOKIES.get(cookie()) != wanted:
            response.set_cookie(
                cookie(),
                wanted,
                secure=bool(settings.SESSION_COOKIE_SECURE),
                httponly=True,
                samesite="Lax",
            )
    return response


def _note(request: HttpRequest, owner: str) -> str:
    return signing.dumps(_claim(request, owner), salt=SALT)


def _claim(request: HttpRequest, owner: str) -> list[str]:
    words = json.dumps(carried(request))
    return [owner, request.get_full_path(), sha256(words.encode()).hexdigest()]


# Signed in again


def taken_up(request: HttpRequest) -> HttpResponse | None:
    """What is to be said to a held form; None for all else, and for one that may go on."""
    if request.method != "POST" or NOTE not in request.POST:
        return None
    note = request.POST[NOTE]
    owner = _owner(request, note)
    if not owner:  # no note of ours for these words: like any form, it needs its own token
        without(request, NOTE)
        return None
    if not request.user.is_authenticated:
        return _page(request, note, problem="nobody")
    if not constant_time_compare(owner, mark(request.user.pk)):
        return _page(request, note, problem="other")
    vars(request)["csrf_processing_done"] = True
    without(request, NOTE, FILE)
    return None


def _owner(request: HttpRequest, note: str) -> str:
    """Whose words these are, if the note is ours, for this address and these very words."""
    try:
        held = signing.loads(note, salt=SALT, max_age=FOR)
    except signing.BadSignature:
        return ""
    owner = str(held[0])
    return owner if held == _claim(request, owner) else ""


# Signed in anew, in another tab


def form_mark(account: Any) -> str:
    """Stands in every form for whose page it was made; it ends with the account's password."""
    said = f"{account.pk}|{account.get_session_auth_hash()}"
    return salted_hmac(f"{SALT}.form", said, algorithm="sha256").hexdigest()[:32]


def own_form(request: HttpRequest) -> None:
    """A form made for the account that is signed in goes on, although signing in anew has renewed
    its token. Nobody else knows the mark, and the browser says that a page of ours sent it."""
    sender = request.headers.get("Origin", "")
    if request.method != "POST" or sender != f"{request.scheme}://{request.get_host()}":
        return
    if constant_time_compare(request.POST.get(WHOSE, ""), form_mark(request.user)):
        vars(request)["csrf_processing_done"] = True


# The house broke


def broken(request: HttpRequest) -> HttpResponse:
    """Any error, from wherever below: a database that is away gives the form back."""
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return unconfirmed(request)
    return errors.broken(request)


def unconfirmed(request: HttpRequest) -> HttpResponse:
    """Nothing was confirmed as saved; what was typed about a record comes back, to whoever's form
    it was. What is typed at the doors, passwords above all, never stands in a page."""
    if may_hold(request) and _ours(request):
        return errors.unconfirmed(request, fields=carried(request), file=had_file(request))
    return errors.unconfirmed(request)


def _ours(request: HttpRequest) -> bool:
    """Whether the form's own token fits: a stranger's form is not handed on to be pressed."""
    check = CsrfViewMiddleware(lambda _: HttpResponse())
    check.process_request(request)
    return check.process_view(request, lambda _: HttpResponse(), (), {}) is None
