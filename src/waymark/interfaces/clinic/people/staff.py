"""Colleagues: inviting, roles, supervision, deactivation."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from waymark.access.vocabulary import Action, Role, Viewer
from waymark.interfaces.clinic.frame import framed
from waymark.interfaces.clinic.people.forms import (
    RecruitForm,
    RoleForm,
    SuccessorForm,
    SupervisionForm,
)
from waymark.interfaces.clinic.people.handing import address_of
from waymark.interfaces.clinic.people.seats import DUTIES, freed_words, left_words
from waymark.interfaces.clinic.saving import kept, status_of
from waymark.interfaces.endpoint import endpoint, key_from
from waymark.record.people import actions
from waymark.record.people.queries import clinic_of, duties_of, membership_of, staff_of
from waymark.record.people.roster import colleagues_of, pairs_of, recruits_of
from waymark.record.safety import handover
from waymark.record.tenancy.action import Invalid

ACT = Action.MANAGE_STAFF


@endpoint(ACT)
def staff(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Everybody on the staff."""
    return _page(request, viewer, at=at)


def _page(
    request: HttpRequest, viewer: Viewer, bound: forms.Form | None = None, *, at: datetime
) -> HttpResponse:
    people = colleagues_of(viewer)
    recruit = bound if isinstance(bound, RecruitForm) else RecruitForm(prefix="new")
    role_form = bound if isinstance(bound, RoleForm) else _role_form(viewer)
    pair = bound if isinstance(bound, SupervisionForm) else _pair_form(viewer)
    return framed(
        request,
        "people/staff.html",
        viewer=viewer,
        at=at,
        place="staff",
        people=people,
        recruits=recruits_of(viewer, at=at),
        pairs=pairs_of(viewer),
        recruit=recruit,
        role_form=role_form,
        pair=pair,
        bound=bound,
        me=viewer.account,
        address=address_of(request, clinic_of(viewer)),
        status=status_of(recruit, role_form, pair),
    )


def _role_form(viewer: Viewer, data: Any = None) -> RoleForm:
    people = [
        (str(one.account), one.name if one.active else f"{one.name} (comes back)")
        for one in colleagues_of(viewer)
    ]
    return RoleForm(data, people=people, prefix="role")


def _pair_form(viewer: Viewer, data: Any = None) -> SupervisionForm:
    return SupervisionForm(data, colleagues=staff_of(viewer), prefix="pair")


@endpoint(Action.INVITE_STAFF, methods=("POST",))
def invite_staff(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Invite a colleague; the link goes out by mail and can be handed over too."""
    form = RecruitForm(request.POST, prefix="new")

    def keep(given: dict[str, Any]) -> None:
        who = actions.Recruit(**{**given, "role": Role(given["role"])})
        actions.invite_staff(clinic_of(viewer), who=who, by=viewer, at=at, key=key_from(request))

    return _answered(request, viewer, form, keep, "Invited. The link is on its way.", at=at)


@endpoint(ACT, methods=("POST",))
def role(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Give a colleague one more role, or the one they have with or without a license."""
    freed: list[int] = []

    def keep(given: dict[str, Any]) -> None:
        done = handover.appoint(
            clinic_of(viewer),
            account=UUID(given["account"]),
            role=Role(given["role"]),
            licensed=given["licensed"],
            by=viewer,
            at=at,
        )
        freed.append(done)

    form = _role_form(viewer, request.POST)
    if not kept(form, keep):
        return _page(request, viewer, form, at=at)
    messages.success(request, "Kept." + freed_words(sum(freed)))
    return redirect("staff")


@endpoint(ACT, methods=("POST",))
def supervision(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Let a supervisor read along, or end it."""
    if request.POST.get("end"):
        return _end_supervision(request, viewer, at=at)

    def keep(given: dict[str, Any]) -> None:
        pair = {name: UUID(id) for name, id in given.items()}
        actions.supervise(clinic_of(viewer), **pair, by=viewer, at=at)

    return _answered(request, viewer, _pair_form(viewer, request.POST), keep, "Kept.", at=at)


def _end_supervision(request: HttpRequest, viewer: Viewer, *, at: datetime) -> HttpResponse:
    named = {f"{one.supervisor}:{one.supervisee}": one for one in pairs_of(viewer)}
    pair = named.get(request.POST["end"])
    if pair is None:
        raise Http404
    freed = handover.end_supervision(
        clinic_of(viewer), supervisor=pair.supervisor, supervisee=pair.supervisee, by=viewer, at=at
    )
    messages.success(request, "They read along no more." + freed_words(freed))
    return redirect("staff")


@endpoint(ACT, methods=("POST",))
def end_role(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """End one role of a colleague who keeps another one."""
    held = {str(one.membership) for one in staff_of(viewer) if one.active}
    chosen = request.POST.get("membership", "")
    if chosen not in held:
        messages.info(request, "Nothing was changed: that role is over already.")
        return redirect("staff")
    try:
        left = handover.end_role(clinic_of(viewer), membership=UUID(chosen), by=viewer, at=at)
    except Invalid as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "That role is over." + left_words(left))
    return redirect("staff")


def _answered(
    request: HttpRequest, viewer: Viewer, form: forms.Form, keep: Any, words: str, *, at: datetime
) -> HttpResponse:
    if kept(form, keep):
        messages.success(request, words)
        return redirect("staff")
    return _page(request, viewer, form, at=at)


@endpoint(ACT, methods=("GET", "POST"))
def deactivate(
    request: HttpRequest, *, viewer: Viewer, at: datetime, account: UUID
) -> HttpResponse:
    """End all work of a colleague here, at once, after saying what that means."""
    who = next((one for one in colleagues_of(viewer) if one.account == account), None)
    if who is None or not who.active:
        raise Http404
    form = _successor_form(viewer, account, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            left = handover.deactivate(
                clinic_of(viewer),
                account=account,
                successor=_seat(viewer, form.cleaned_data.get("successor")),
                by=viewer,
                at=at,
            )
        except Invalid as error:
            messages.error(request, error.message)
        else:
            messages.success(request, "Done. Their next click is refused." + left_words(left))
        return redirect("staff")
    return framed(
        request,
        "people/deactivate.html",
        viewer=viewer,
        at=at,
        place="staff",
        who=who,
        form=form,
        alone=handover.treated_alone(clinic_of(viewer), account),
        status=422 if form.errors else 200,
    )


def _successor_form(viewer: Viewer, account: UUID, data: Any) -> SuccessorForm:
    """Who takes over what they answer for; nothing is asked of who answers for nothing."""
    held = duties_of(clinic_of(viewer)).items()
    mine = [DUTIES[kind] for kind, who in held if any(one.account == account for one in who)]
    others = [
        one for one in staff_of(viewer) if one.active and one.licensed and one.account != account
    ]
    return SuccessorForm(data, duties=mine, others=others)


def _seat(viewer: Viewer, chosen: str | None) -> Any:
    return membership_of(viewer, UUID(chosen)) if chosen else None


@endpoint(Action.READMIT_STAFF, methods=("POST",))
def readmit(request: HttpRequest, *, viewer: Viewer, at: datetime, account: UUID) -> HttpResponse:
    """A colleague lost phone and codes, and stands here: they set up a new second step."""
    who = next((one for one in colleagues_of(viewer) if one.account == account), None)
    if who is None or not who.active:
        raise Http404
    try:
        actions.readmit(clinic_of(viewer), account=account, by=viewer, at=at)
    except Invalid as error:
        messages.error(request, error.message)
    else:
        messages.success(
            request,
            f"{who.name} signs in with their password now, and sets up a new second step at once.",
        )
    return redirect("staff")
