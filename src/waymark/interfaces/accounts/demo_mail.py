"""The demo's mail: what would have been sent, as it lies in the folder. In the demo only."""

from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from waymark.interfaces.endpoint import public

MOST = 30


@dataclass(frozen=True, slots=True)
class Sent:
    """One message as a person would see it."""

    to: str
    subject: str
    date: str
    body: str


@public
@require_safe
def demo_mail(request: HttpRequest) -> HttpResponse:
    """The newest messages; outside the demo there is no such page."""
    if not settings.WAYMARK_DEMO:
        raise Http404
    files = sorted(Path(settings.EMAIL_FILE_PATH).glob("*.log"), reverse=True)[:MOST]
    messages = [_read(part) for file in files for part in _parts(file)]
    return render(request, "accounts/demo_mail.html", {"sent": messages[:MOST]})


def _parts(file: Path) -> list[bytes]:
    """The messages of one file; Django writes a line of dashes after each."""
    return [part.strip() for part in file.read_bytes().split(b"-" * 79) if part.strip()]


def _read(raw: bytes) -> Sent:
    message = message_from_bytes(raw, policy=default)
    body = message.get_body(preferencelist=("plain",))
    return Sent(
        to=str(message["To"]),
        subject=str(message["Subject"]),
        date=str(message["Date"]),
        body=str(body.get_content()) if body else "",
    )
