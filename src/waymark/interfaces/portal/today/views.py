"""Today: one card, the rest under "More", and an end."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.endpoint import endpoint
from waymark.interfaces.portal.danger import settled, standing
from waymark.interfaces.portal.frame import framed, me
from waymark.interfaces.portal.today.card import Asked, day_of_cards
from waymark.interfaces.portal.today.cards import CARDS
from waymark.interfaces.portal.today.cards.measure import Waiting, waiting_measures
from waymark.record.assessments.queries import answered_on
from waymark.record.tenancy.days import day_of

LATER = "welcome_later"


@endpoint(Action.READ_TODAY)
def today(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """What is there for the client now."""
    patient = me(viewer, Action.READ_TODAY)
    if request.GET.get("later") == "yes":
        request.session[LATER] = True  # not asked again until the next sign-in
    if not patient.welcomed and LATER not in request.session:
        return redirect("welcome", screen=1)
    held = standing(viewer, Action.READ_TODAY, at=at)
    after = None if held else settled(viewer, Action.READ_TODAY, at=at)
    asked = Asked(viewer=viewer, patient=patient, at=at, standing=held, settled=after)
    day = day_of_cards(CARDS, asked)
    asks = day.asks[1].get("one") if day.asks else None
    return framed(
        request,
        "today/today.html",
        viewer=viewer,
        place="today",
        greeting=greeting(timezone.localtime(at).hour),
        name=patient.name.split()[0],
        date=timezone.localtime(at),
        day=day,
        measure=asks,
        standing=held,
        resting=asked.resting,
        begun=_begun(asked) if asked.resting else None,
        done_today=answered_on(viewer, Action.READ_TODAY, day_of(at, zone=patient.zone)),
    )


def _begun(asked: Asked) -> Waiting | None:
    """What was begun in this sitting can be finished in it."""
    return next((one for one in waiting_measures(asked) if one.begun), None)


def greeting(hour: int) -> str:
    """Good morning, afternoon or evening; late at night it is still evening."""
    if 4 <= hour < 12:
        return _("Good morning")
    return _("Good afternoon") if 12 <= hour < 18 else _("Good evening")
