"""The concern board and one concern: take it, reach, assess, plan, close; never in bulk."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
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
    SignForm,
    TryForm,
)
from waymark.interfaces.clinic.frame import framed
from waymark.interfaces.clinic.redirects import back_to
from waymark.interfaces.endpoint import endpoint, key_from
from waymark.record.people.queries import Colleague, membership_of, patients_for, staff_of
from waymark.record.safety import actions, repeat_answers
from waymark.record.safety.queries import concern_for, open_concerns, shown
from waymark.record.tenancy.action import Invalid

WRITTEN, CLOSED = "Written down.", "The concern is closed."
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
        treated=_treated(viewer),
    )


def _treated(viewer: Viewer) -> set[UUID]:
    """Whose course this person may read: whoever only answers for concerns is led to none."""
    return set(patients_for(viewer, Action.READ_SCORES).values_list("pk", flat=True))


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
    before = repeat_answers.known_answer(viewer, one.concern, at=at)
    kinds: dict[str, Callable[[], forms.Form]] = {
        "attempt": TryForm,
        "assess": AssessForm,
        "plan": PlanForm,
        "close": ReasonForm,
        "sign": lambda: SignForm(initial=_so_far(before)),
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
        known=before,
        treats=one.concern.patient_id in _treated(viewer),
        open=one.concern.state != "closed",
        status=422 if bound is not None else 200,
    )


def _made(kind: Callable[[], forms.Form], name: str) -> forms.Form:
    form = kind()
    form.prefix = name
    return form


def _so_far(before: repeat_answers.RepeatAnswer | None) -> dict[str, str]:
    return {"judgement": before.judgement, "steps": before.steps} if before else {}


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
    return back_to(request, "concern", id=id)


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


def _step(
    act: Action,
    prefix: str,
    kind: type[forms.Form],
    do: Callable[..., object],
    *,
    words: str = WRITTEN,
) -> Callable[..., HttpResponse]:
    """A view that writes one step of the work into the concern, from its form."""

    @endpoint(act, methods=("POST",))
    def step(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
        one, key = concern_for(viewer, act, id), key_from(request)
        form = kind(request.POST, prefix=prefix)
        keep = partial(do, one, by=viewer, at=at, key=key)
        done = partial(_filled, request, viewer, id, form, at=at, words=words)
        return done(lambda given: keep(given=given))

    return step


def _tried(one: Any, *, given: dict[str, Any], **who: Any) -> object:
    return actions.attempt(one, tried=actions.Try(**given), **who)


def _agreed(one: Any, *, given: dict[str, Any], key: UUID | None, **who: Any) -> object:
    return actions.agree(one, note=given["reason"], **who)


def _signed(one: Any, *, given: dict[str, Any], **who: Any) -> object:
    return repeat_answers.sign_off(one, judgement=given["judgement"], steps=given["steps"], **who)


attempt = _step(WORK, "attempt", TryForm, _tried)
assess = _step(
    WORK, "assess", AssessForm, lambda one, *, given, **w: actions.assess(one, **given, **w)
)
plan = _step(WORK, "plan", PlanForm, lambda one, *, given, **w: actions.plan(one, **given, **w))
close = _step(
    CLOSE,
    "close",
    ReasonForm,
    lambda one, *, given, **w: actions.close(one, **given, **w),
    words=CLOSED,
)
sign = _step(CLOSE, "sign", SignForm, _signed, words=CLOSED)
agree = _step(CLOSE, "close", ReasonForm, _agreed)


def _filled(
    request: HttpRequest,
    viewer: Viewer,
    id: UUID,
    form: forms.Form,
    do: Callable[[dict[str, Any]], object],
    *,
    at: datetime,
    words: str = WRITTEN,
) -> HttpResponse:
    """Do it with what was typed; else show the page again with what is wrong, nothing lost."""
    if form.is_valid():
        try:
            do(form.cleaned_data)
        except Invalid as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            messages.success(request, words)
            return redirect("concern", id=id)
    return _page(request, viewer, id, at=at, bound=form)
