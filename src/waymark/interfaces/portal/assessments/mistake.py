"""\"I tapped by mistake\": noted with the answer, which is cleared so that it can be given anew."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.endpoint import endpoint
from waymark.interfaces.portal.assessments.forms import read
from waymark.interfaces.portal.frame import me
from waymark.library.instruments import INSTRUMENTS
from waymark.library.safety import positive
from waymark.record.assessments import actions
from waymark.record.assessments.queries import administration_for, draft_of
from waymark.record.safety import actions as safety
from waymark.record.safety.queries import occasion_of_slip, own_open_concern
from waymark.record.tenancy.action import Conflict, Invalid

ACT = Action.ANSWER_INSTRUMENT


@endpoint(ACT, methods=("POST",))
def mistake(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Added to the concern, which stays open; back to the question, if it can be answered still."""
    me(viewer, ACT)
    concern = own_open_concern(viewer)
    if concern is not None:
        safety.by_mistake(concern, by=viewer, at=at)
    question = _cleared(request, _occasion(request, viewer, concern), viewer=viewer, at=at)
    messages.info(request, _noted(concern))
    if question:
        messages.info(request, _anew())
    return redirect(question or "today")


def _noted(concern: Any) -> str:
    if concern is None:
        return _("Your care team has nothing open about an answer of yours.")
    if concern.owner is None:
        return _(
            "Thank you. It is noted with your answer that it was a slip, for your care team to "
            "look at. They may still ask you how you are."
        )
    return _(
        "Thank you. It is noted with your answer that it was a slip, for {owner} to look at. "
        "They may still ask you how you are."
    ).format(owner=concern.owner.account.name)


def _anew() -> str:
    return _("The question is open again, so that you can answer it as you mean it.")


def _occasion(request: HttpRequest, viewer: Viewer, concern: Any) -> UUID | None:
    """The form that they came from; else the one on which the answer was given."""
    try:
        return UUID(request.POST.get("administration", ""))
    except ValueError:
        return occasion_of_slip(viewer, concern) if concern else None


def _cleared(request: HttpRequest, id: UUID | None, *, viewer: Viewer, at: datetime) -> str:
    """Take the slip back, and keep all else that came with it; the address of its question.

    Empty where the form is over: what was sent stands, with the remark beside it.
    """
    if id is None:
        return ""
    administration = administration_for(viewer, ACT, id)
    instrument = INSTRUMENTS[administration.instrument]
    given, _wrong = read(instrument, request.POST)
    held = draft_of(viewer, ACT, administration)
    slips = {
        risk.item for risk in positive(instrument, {**(held.answers if held else {}), **given})
    }
    try:
        answers = {**given, **dict.fromkeys(slips)}
        actions.save_draft(administration, answers=answers, by=viewer, at=at)
    except (Invalid, Conflict):
        return ""
    first = next((f"#id_{item.id}" for item in instrument.items if item.id in slips), "")
    return reverse("answer", args=[id]) + first
