"""Safety settings: who answers, when somebody is there, crisis lines, the signed policy."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.clinic.saving import kept
from waymark.interfaces.clinic.settings.forms import DutiesForm, HoursForm, PolicyForm
from waymark.interfaces.clinic.settings.letterhead import page
from waymark.interfaces.endpoint import endpoint
from waymark.interfaces.missing import missing
from waymark.record.people import actions
from waymark.record.people.queries import Colleague, clinic_of, duties_of, membership_of, staff_of
from waymark.record.safety import actions as concerns
from waymark.record.safety.handover import hand_duties
from waymark.record.safety.prerequisites import known_lines, policy_of
from waymark.record.tenancy.action import Invalid
from waymark.record.tenancy.hours import DAYS

if TYPE_CHECKING:
    from waymark.record.tenancy.named import Clinic

ACT = Action.MANAGE_SAFETY


@endpoint(ACT)
def safety(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Everything that rule D0 asks for, and what is still missing."""
    return _page(request, viewer, at=at)


def _page(
    request: HttpRequest, viewer: Viewer, bound: forms.Form | None = None, *, at: datetime
) -> HttpResponse:
    clinic = clinic_of(viewer)
    signed = policy_of(clinic)
    lines = known_lines(clinic)
    return page(
        request,
        "safety.html",
        viewer,
        bound,
        at=at,
        demo_only=not settings.WAYMARK_DEMO,
        missing=missing(clinic, at=at),
        duties=_or(bound, DutiesForm, lambda: _duties_form(viewer, clinic)),
        hours=_or(bound, HoursForm, lambda: HoursForm(initial=_hours(clinic))),
        policy=_or(bound, PolicyForm, lambda: PolicyForm(initial=_policy(signed))),
        signed=signed,
        shown=[one for one in lines if one.shown],
        hidden=[one for one in lines if not one.shown],
    )


def _or(bound: forms.Form | None, kind: type[forms.Form], make: Any) -> forms.Form:
    made: forms.Form = bound if isinstance(bound, kind) else make()
    return made


def _licensed(viewer: Viewer) -> list[Colleague]:
    return [one for one in staff_of(viewer) if one.active and one.licensed]


def _duties_form(viewer: Viewer, clinic: "Clinic", data: Any = None) -> DutiesForm:
    held = {
        kind.replace("-", "_"): str(who[0].membership) for kind, who in duties_of(clinic).items()
    }
    return DutiesForm(data, licensed=_licensed(viewer), initial=held)


def _hours(clinic: "Clinic") -> dict[str, Any]:
    times = {
        f"{day}_{end}": clinic.hours[day][number]
        for day in DAYS
        if day in clinic.hours
        for number, end in enumerate(("opens", "closes"))
    }
    return {**times, "holidays": "\n".join(clinic.holidays), "after_hours": clinic.after_hours}


def _policy(signed: Any) -> dict[str, Any]:
    if signed is None:
        return {}
    timers = {name.replace("-", "_"): value for name, value in signed.timers.items()}
    return {**timers, "review_on": signed.review_on, "outside_backup": signed.outside_backup}


@endpoint(ACT, methods=("POST",))
def duties(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Name who answers."""
    clinic = clinic_of(viewer)
    form = _duties_form(viewer, clinic, request.POST)

    def keep(given: dict[str, Any]) -> None:
        freed = hand_duties(
            clinic,
            safety_lead=membership_of(viewer, UUID(given["safety_lead"])),
            primary=membership_of(viewer, UUID(given["primary"])),
            backup=membership_of(viewer, UUID(given["backup"])) if given["backup"] else None,
            by=viewer,
            at=at,
        )
        if freed:
            words = "Concerns that only the duty gave have no owner now; the responders were told."
            messages.warning(request, words)

    return _answered(request, viewer, form, keep, at=at)


@endpoint(ACT, methods=("POST",))
def hours(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Say when somebody is there."""
    clinic = clinic_of(viewer)
    form = HoursForm(request.POST)

    def keep(given: dict[str, Any]) -> None:
        try:
            actions.set_hours(
                clinic,
                by_day=form.by_day(),
                holidays=given["holidays"],
                after_hours=given["after_hours"],
                by=viewer,
                at=at,
            )
        except Invalid as error:
            field = f"{error.field}_opens" if error.field in DAYS else error.field
            raise Invalid(field, error.message) from error

    return _answered(request, viewer, form, keep, at=at)


@endpoint(ACT, methods=("POST",))
def line(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Somebody called it, or looked it up: show it to clients; or it answers no more: hide it."""
    clinic, hidden = clinic_of(viewer), request.POST.get("hide", "")
    if hidden:
        actions.withdraw_line(clinic, line=hidden, by=viewer, at=at)
        messages.success(request, "Clients see this line no more.")
        return redirect("settings-safety")
    try:
        actions.confirm_line(
            clinic,
            line=request.POST.get("line", ""),
            hours=request.POST.get("hours", ""),
            by=viewer,
            at=at,
        )
    except Invalid as error:
        messages.error(request, f"The line stays hidden. {error.message}")
    else:
        messages.success(request, "Clients see this line now.")
    return redirect("settings-safety")


@endpoint(ACT, methods=("POST",))
def policy(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Sign the safety policy."""
    clinic = clinic_of(viewer)
    form = PolicyForm(request.POST)

    def keep(given: dict[str, Any]) -> None:
        timers = {name: given[name.replace("-", "_")] for name in concerns.TIMERS}
        try:
            concerns.sign_policy(
                clinic,
                timers=timers,
                review_on=given["review_on"],
                outside_backup=given["outside_backup"],
                by=viewer,
                at=at,
            )
        except Invalid as error:
            raise Invalid(error.field.replace("-", "_"), error.message) from error

    return _answered(request, viewer, form, keep, at=at)


def _answered(
    request: HttpRequest, viewer: Viewer, form: forms.Form, keep: Any, *, at: datetime
) -> HttpResponse:
    if kept(form, keep):
        messages.success(request, "Kept.")
        return redirect("settings-safety")
    return _page(request, viewer, form, at=at)
