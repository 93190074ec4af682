"""A page that is only read waits for the disk once: its audit lines and its session, together."""

from collections.abc import Callable

from django.contrib.sessions.exceptions import SessionInterrupted
from django.http import HttpRequest, HttpResponse

from waymark.interfaces.errors import unconfirmed
from waymark.record.audit.group_commit import Unstored, at_its_end, store


class CommitMiddleware:
    """Outside of sessions, inside what answers for health. Nothing is shown before it is stored.

    What is sent stores as it goes: an action is carried out, or not, before its page is made.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        with at_its_end() as page:
            response = self.get_response(request)
        try:
            store(page)
        except Unstored:
            return unconfirmed(request)
        if getattr(getattr(request, "session", None), "ended", False):
            raise SessionInterrupted("this session was ended while its page was made")
        return response
