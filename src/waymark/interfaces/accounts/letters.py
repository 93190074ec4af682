"""Stopping letters by the link that each of them carries, without signing in."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from waymark.interfaces.endpoint import now, public
from waymark.record.checkins.reminding import may_stop, stop_by_link


@csrf_exempt  # a mail program sends it on one tap, from nowhere (RFC 8058); the link is the secret
@public
@require_http_methods(["GET", "POST"])
def stop_reminder(request: HttpRequest, id: UUID, token: str) -> HttpResponse:
    """By a button, for programs open links too; nothing else can be done with the link."""
    if not may_stop(id, token):
        return render(request, "accounts/letters_over.html", status=404)
    if request.method == "POST":
        stop_by_link(id, at=now())
    return render(request, "accounts/stop_reminder.html", {"done": request.method == "POST"})
