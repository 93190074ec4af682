"""The concern board and one concern: take it, reach, assess, plan, close; never in bulk."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.clinic.concerns.forms import (
    AssessForm,
    OfferForm,
    PlanForm,
    ReasonForm,
    TryForm,
)
from waymark.interfaces.clinic.frame import framed
from waymark.interfaces.endpoint import endpoint, key_from
from waymark.record.people.conduct import Invalid
from waymark.record.people.queries import Colleague, membership_of, staff_of
from waymark.record.safety import actions
from waymark.record.safety.queries import concern_for, open_concerns, shown

READ, WORK, CLOSE = Action.READ_CONCERNS, Action.WORK_CONCERN, Action.CLOSE_CONCERN


@endpoint(READ)
def concerns(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Every open concern: those without an owner first, then by the time they are due."""
    return framed(
        request,
        "concerns/concerns.html",
        viewer=viewer,
        at=at,
        place="concerns",
        concerns=open_concerns(viewer),
        now=at,
    )


@endpoint(READ)
def concern(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """One concern with its whole history."""
    return _page(request, viewer, id, at=at)


def _page(
    request: HttpRequest,
    viewer: Viewer,
    id: UUID,
    *,
    at: datetime,
    bound: forms.Form | None = None,
) -> HttpResponse:
    one = shown(viewer, concern_for(viewer, READ, id))
    kinds: dict[str, Callable[[], forms.Form]] = {
        "attempt": TryForm,
        "assess": AssessForm,
        "plan": PlanForm,
        "close": ReasonForm,
        "offer": lambda: OfferForm(colleagues=_others(viewer)),
    }
    ready = {
        name: bound if bound is not None and bound.prefix == name else _made(kind, name)
        for name, kind in kinds.items()
    }
    return framed(
        request,
        "concerns/concern.html",
        viewer=viewer,
        at=at,
        place="concerns",
        one=one,
        forms=ready,
        bound=bound,
        open=one.concern.state != "closed",
        now=at,
        status=422 if bound is not None else 200,
    )


def _made(kind: Callable[[], forms.Form], name: str) -> forms.Form:
    form = kind()
    form.prefix = name
    return form


def _others(viewer: Viewer) -> list[Colleague]:
    """Licensed colleagues who work here now."""
    return [
        one
        for one in staff_of(viewer)
        if one.active and one.licensed and one.membership not in viewer.memberships
    ]


@endpoint(WORK, methods=("POST",))
def own(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Take it."""
    one = concern_for(viewer, WORK, id)
    return _done(request, id, lambda: actions.own(one, by=viewer, at=at), "It is yours now.")


@endpoint(WORK, methods=("POST",))
def accept(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Accept what a colleague offered."""
    one = concern_for(viewer, WORK, id)
    return _done(
        request, id, lambda: actions.accept_offer(one, by=viewer, at=at), "It is yours now."
    )


def _done(request: HttpRequest, id: UUID, do: Callable[[], object], words: str) -> HttpResponse:
    try:
        do()
    except Invalid as error:
        messages.error(request, error.message)
    else:
        messages.success(request, words)
    return redirect("concern", id=id)


@endpoint(WORK, methods=("POST",))
def offer(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Offer it to a colleague."""
    one = concern_for(viewer, WORK, id)
    form = OfferForm(request.POST, prefix="offer", colleagues=_others(viewer))
    return _filled(
        request,
        viewer,
        id,
        form,
        lambda given: actions.offer(
            one, to=membership_of(viewer, UUID(given["to"])), by=viewer, at=at
        ),
        at=at,
    )


@endpoint(WORK, methods=("POST",))
def attempt(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Write down a try to reach the person."""
    one = concern_for(viewer, WORK, id)
    form, key = TryForm(request.POST, prefix="attempt"), key_from(request)
    return _filled(
        request,
        viewer,
        id,
        form,
        lambda given: actions.attempt(one, tried=actions.Try(**given), by=viewer, at=at, key=key),
        at=at,
    )


@endpoint(WORK, methods=("POST",))
def assess(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Write down the assessment."""
    one = concern_for(viewer, WORK, id)
    form, key = AssessForm(request.POST, prefix="assess"), key_from(request)
    return _filled(
        request,
        viewer,
        id,
        form,
        lambda given: actions.assess(one, **given, by=viewer, at=at, key=key),
        at=at,
    )


@endpoint(WORK, methods=("POST",))
def plan(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Write down what was agreed."""
    one = concern_for(viewer, WORK, id)
    form, key = PlanForm(request.POST, prefix="plan"), key_from(request)
    return _filled(
        request,
        viewer,
        id,
        form,
        lambda given: actions.plan(one, **given, by=viewer, at=at, key=key),
        at=at,
    )


@endpoint(CLOSE, methods=("POST",))
def close(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Close it, with a reason."""
    one = concern_for(viewer, CLOSE, id)
    form, key = ReasonForm(request.POST, prefix="close"), key_from(request)
    return _filled(
        request,
        viewer,
        id,
        form,
        lambda given: actions.close(one, **given, by=viewer, at=at, key=key),
        at=at,
    )


@endpoint(CLOSE, methods=("POST",))
def agree(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """A second licensed person agrees to closing without contact."""
    one = concern_for(viewer, CLOSE, id)
    form = ReasonForm(request.POST, prefix="close")
    return _filled(
        request,
        viewer,
        id,
        form,
        lambda given: actions.agree(one, note=given["reason"], by=viewer, at=at),
        at=at,
    )


def _filled(
    request: HttpRequest,
    viewer: Viewer,
    id: UUID,
    form: forms.Form,
    do: Callable[[dict[str, Any]], object],
    *,
    at: datetime,
) -> HttpResponse:
    """Do it with what was typed; else show the page again with what is wrong, nothing lost."""
    if form.is_valid():
        try:
            do(form.cleaned_data)
        except Invalid as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            messages.success(request, "Written down.")
            return redirect("concern", id=id)
    return _page(request, viewer, id, at=at, bound=form)
