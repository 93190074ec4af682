"""The frame around a client's page: where one can go, and whose page it is."""

from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.endpoint import owner_of_session
from waymark.interfaces.portal.danger import listening
from waymark.record.people.queries import clinic_of, own_patient

if TYPE_CHECKING:
    from waymark.record.tenancy.named import Patient

PLACES = (
    ("today", gettext_noop("Today"), "today"),
    ("journal", gettext_noop("Journal"), "journal"),
    ("own-practices", gettext_noop("Practice"), "practices"),
    ("progress", gettext_noop("Progress"), "progress"),
    ("more", gettext_noop("More"), "more"),
)


def framed(
    request: HttpRequest, template: str, *, viewer: Viewer, place: str = "", **context: Any
) -> HttpResponse:
    """Render a client's page."""
    account, clinic = owner_of_session(request), clinic_of(viewer)
    frame = {
        "nav": [_entry(name, label, icon, place) for name, label, icon in PLACES],
        "account": [
            {"label": gettext("Where I am signed in"), "url": reverse("devices")},
            {"label": gettext("Sign out"), "url": reverse("account_logout"), "post": True},
        ],
        "clinic_name": clinic.name,
        "reach": clinic.phone,  # whoever is told to get in touch finds the number on the same page
        "listening": partial(listening, viewer),  # asked by pages on which one writes
        "home_url": reverse("today"),
        "neutral": account.shared_device,
    }
    status = context.pop("status", 200)
    return render(request, f"portal/{template}", {**frame, **context}, status=status)


def _entry(name: str, label: str, icon: str, place: str) -> dict[str, Any]:
    return {"label": gettext(label), "url": reverse(name), "icon": icon, "current": name == place}


def me(viewer: Viewer, action: Action) -> "Patient":
    """The client's own record."""
    return own_patient(viewer, action)
