"""Expected courses: what they are for, what was fitted here, and whether their use is accepted."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from waymark.access.vocabulary import Action, Viewer
from waymark.cohort.course import FEWEST
from waymark.interfaces.clinic.settings.letterhead import page
from waymark.interfaces.endpoint import endpoint
from waymark.library.instruments import INSTRUMENTS
from waymark.progress.telling.belief_words import worth_of
from waymark.record.expected import actions
from waymark.record.expected.queries import InForce, accepted, in_force
from waymark.record.people.queries import clinic_of, names_of
from waymark.record.tenancy.action import Invalid

ACT = Action.MANAGE_SETTINGS
VERSIONS = {str(actions.VERSION): actions.VERSION}


@endpoint(ACT, methods=("GET", "POST"))
def expected(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """The page of intended use; accepting it, or taking that back."""
    if request.method == "POST":
        _settle(request, viewer, at=at)
        return redirect("settings-expected")
    held, known = accepted(viewer), in_force(viewer)
    return page(
        request,
        "expected.html",
        viewer,
        at=at,
        courses=[_shown(named, one) for named, one in sorted(known.items())],
        fewest=FEWEST,
        version=actions.VERSION,
        held=held,
        fitted=any(one.fitted_at for one in known.values()),
        newer=held and any(one.fitted_at and not one.chances for one in known.values()),
        name=names_of([held.by]).get(held.by, "") if held else "",
    )


def _settle(request: HttpRequest, viewer: Viewer, *, at: datetime) -> None:
    clinic = clinic_of(viewer)
    if request.POST.get("do") == "end":
        actions.end_use(clinic, by=viewer, at=at)
        messages.success(request, "Taken back. Clinicians see a range and no probability.")
        return
    version = request.POST.get("version", "")
    try:
        actions.accept_use(clinic, version=VERSIONS.get(version, 0), by=viewer, at=at)
    except Invalid as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "Accepted. Probabilities appear where a course was fitted here.")


def _shown(named: tuple[str, str], one: InForce) -> dict[str, Any]:
    instrument, scale = named
    held, worth = INSTRUMENTS[instrument], one.course.worth
    title = held.title if len(held.scales) == 1 else f"{held.title}, {held.scale(scale).title}"
    return {
        "title": title,
        "fitted_at": one.fitted_at,
        "source": one.course.source,
        "worth": worth_of(worth) if worth else "",
        "coverage": _coverage(worth.coverage80, worth.coverage90) if worth else "",
    }


def _coverage(at80: float, at90: float) -> str:
    return (
        f"The 80% range held {100 * at80:.1f} of 100 last scores that it had not seen, the 90% "
        f"range {100 * at90:.1f}."
    )
