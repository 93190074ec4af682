"""Health is told to whoever asks, by whatever name: a watcher knows the machine by its number."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from waymark.interfaces.accounts import public_pages

ASKED = {"/healthz": public_pages.healthz, "/readyz": public_pages.readyz}


class HealthMiddleware:
    """Answers before sessions, and before the name in the address is looked at; it tells nothing
    of anybody, so no name need be right for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return ASKED.get(request.path, self.get_response)(request)
