"""Browsers that an account has signed in from: wrong passwords are counted apart for them.

A signed cookie holds a random id and, for each account, a digest of both; it opens nothing.
"""

from collections.abc import Callable
from hashlib import sha256
from secrets import token_hex

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE, SALT = "known", "waymark.known-browser"
MOST = 5  # accounts a browser is known to; families share one
A_YEAR = 365 * 24 * 3600


def known_browser(request: HttpRequest, index: str) -> str:
    """The id of this browser, if the account of this index has signed in from it; else nothing."""
    browser, accounts = _held(request)
    return browser if _mark(browser, index) in accounts else ""


class KnownBrowserMiddleware:
    """Remembers, after an answer to somebody signed in, that this browser is one of theirs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Only where the session was opened anyway: this asks no question of its own.
        user = request.__dict__.get("_cached_user")
        if user is not None and user.is_authenticated:
            _remember(request, response, user.index)
        return response


def _remember(request: HttpRequest, response: HttpResponse, index: str) -> None:
    browser, accounts = _held(request)
    browser = browser or token_hex(8)
    mark = _mark(browser, index)
    if mark in accounts:
        return
    value = signing.dumps([browser, [*accounts, mark][-MOST:]], salt=SALT)
    response.set_cookie(
        COOKIE,
        value,
        max_age=A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _held(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        browser, accounts = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return "", []
    return str(browser), [str(one) for one in accounts]


def _mark(browser: str, index: str) -> str:
    return sha256(f"{browser}|{index}".encode()).hexdigest()[:16]
