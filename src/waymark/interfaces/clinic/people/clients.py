"""Clients: the list, how to reach one, a reset by printed code, and who treats them."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.clinic.frame import framed
from waymark.interfaces.clinic.people.forms import WAYS, ContactForm, TeamForm
from waymark.interfaces.clinic.people.handing import address_of
from waymark.interfaces.clinic.people.seats import clinicians, freed_words, place_of
from waymark.interfaces.clinic.saving import kept, status_of
from waymark.interfaces.endpoint import endpoint, key_from
from waymark.record.people import actions
from waymark.record.people.queries import (
    care_team_of,
    clinic_of,
    contact_of,
    membership_of,
    patient_for,
    reached_by,
    resets_by_mail,
)
from waymark.record.people.roster import clients_of
from waymark.record.people.tokens import code_of, grouped
from waymark.record.safety.handover import leave_team
from waymark.record.tenancy.action import Invalid

if TYPE_CHECKING:
    from waymark.record.tenancy.named import Patient


@endpoint(Action.READ_PEOPLE)
def clients(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Everybody at the clinic, by name; nothing clinical."""
    return framed(
        request,
        "people/clients.html",
        viewer=viewer,
        at=at,
        place="clients",
        clients=clients_of(viewer, at=at),
        may={
            "contact": reached_by(viewer, Action.MANAGE_CONTACT),
            "team": reached_by(viewer, Action.MANAGE_CARE_TEAM),
            "confirm": reached_by(viewer, Action.CONFIRM_PERSON),
        },
    )


@endpoint(Action.MANAGE_CONTACT, methods=("GET", "POST"))
def contact(request: HttpRequest, *, viewer: Viewer, at: datetime, client: UUID) -> HttpResponse:
    """How to reach one client, safely."""
    patient = patient_for(viewer, Action.MANAGE_CONTACT, client)
    form = ContactForm(request.POST or None, initial=_known(viewer, patient))

    def keep(given: dict[str, Any]) -> None:
        values = {**given, "safe": {way: way in given["safe"] for way, _ in WAYS}}
        number = values.pop("number")
        actions.set_contact(patient, values=values, number=number, by=viewer, at=at)

    if kept(form, keep):
        messages.success(request, "Kept.")
        return redirect("contact", client=client)
    return framed(
        request,
        "people/contact.html",
        viewer=viewer,
        at=at,
        place=place_of(viewer),
        patient=patient,
        form=form,
        joined=patient.account_id is not None,
        by_mail=resets_by_mail(patient),
        status=status_of(form),
    )


def _known(viewer: Viewer, patient: "Patient") -> dict[str, Any]:
    held = contact_of(viewer, Action.MANAGE_CONTACT, patient)
    names = ("email", "phone", "emergency", "location")
    safe = (held and held.safe) or {}
    return {
        **{name: getattr(held, name) or "" for name in names if held},
        "safe": [way for way, allowed in safe.items() if allowed],
        "number": patient.number or "",
    }


@endpoint(Action.RESET_SIGN_IN, methods=("POST",))
def reset_code(request: HttpRequest, *, viewer: Viewer, at: datetime, client: UUID) -> HttpResponse:
    """A code on paper for somebody who lost their password and has no e-mail.

    The sign-in name is not on this page: whoever holds both would be the client.
    """
    patient = patient_for(viewer, Action.RESET_SIGN_IN, client)
    try:
        reset = actions.print_reset(patient, by=viewer, at=at, key=key_from(request))
    except Invalid as error:
        messages.error(request, error.message)
        return redirect("contact", client=client)
    code = code_of(reset.pk, generation=1)
    return framed(
        request,
        "people/reset_code.html",
        viewer=viewer,
        at=at,
        place=place_of(viewer),
        address=address_of(request, clinic_of(viewer)) + reverse("reset-by-code"),
        patient=patient,
        groups=grouped(code).split("-"),
        works_from=reset.works_from,
        by_day=actions.made_by_new(reset, patient),
        until=reset.expires_at,
        reached=bool(reset.account.email),
    )


@endpoint(Action.CONFIRM_PERSON, methods=("GET", "POST"))
def confirm_person(
    request: HttpRequest, *, viewer: Viewer, at: datetime, client: UUID
) -> HttpResponse:
    """A second person confirms who stands before them, and can tell them their sign-in name."""
    patient = patient_for(viewer, Action.CONFIRM_PERSON, client)
    confirmed = None
    if request.method == "POST":
        try:
            confirmed = actions.confirm_person(patient, by=viewer, at=at)
        except Invalid as error:
            messages.error(request, error.message)
    waiting = actions.waiting_code(patient, at=at)
    return framed(
        request,
        "people/confirm_person.html",
        viewer=viewer,
        at=at,
        place=place_of(viewer),
        patient=patient,
        waiting=waiting,
        own=waiting is not None and waiting.made_by == viewer.account,
        by_day=waiting is not None and actions.made_by_new(waiting, patient),
        too_new=waiting and actions.not_confirmable(waiting, patient, by=viewer, at=at),
        login=patient.account.login if confirmed and patient.account else "",
    )


@endpoint(Action.CONFIRM_PERSON, methods=("POST",))
def confirm_newcomer(
    request: HttpRequest, *, viewer: Viewer, at: datetime, client: UUID
) -> HttpResponse:
    """Who treats a client says that it was them who joined."""
    patient = patient_for(viewer, Action.CONFIRM_PERSON, client)
    try:
        actions.confirm_newcomer(patient, by=viewer, at=at)
    except Invalid as error:
        messages.error(request, error.message)
        return redirect("home")
    messages.success(request, f"Confirmed. {patient.name} sees what stood here before.")
    return redirect("client", id=client)


@endpoint(Action.MANAGE_CARE_TEAM, methods=("GET", "POST"))
def care_team(request: HttpRequest, *, viewer: Viewer, at: datetime, client: UUID) -> HttpResponse:
    """Who treats this client; the client is told of a change."""
    act = Action.MANAGE_CARE_TEAM
    patient = patient_for(viewer, act, client)
    team = care_team_of(viewer, act, patient)
    leaver = next((one for one in team if str(one.membership) == request.POST.get("leave")), None)
    if leaver is not None:
        clinician = membership_of(viewer, leaver.membership)
        freed = leave_team(patient, clinician=clinician, by=viewer, at=at)
        messages.success(request, "No longer on this team." + freed_words(freed))
        return redirect("care-team", client=client)
    leaving = "leave" in request.POST  # somebody who left already, in another tab
    form = TeamForm(None if leaving else request.POST or None, clinicians=clinicians(viewer))

    def keep(given: dict[str, Any]) -> None:
        who = membership_of(viewer, UUID(given["clinician"]))
        actions.join_care_team(patient, clinician=who, primary=given["primary"], by=viewer, at=at)

    if kept(form, keep):
        messages.success(request, f"On the team. {_who_hears(patient)}")
        return redirect("care-team", client=client)
    return framed(
        request,
        "people/team.html",
        viewer=viewer,
        at=at,
        place="clients",
        patient=patient,
        team=team,
        form=form,
        hears=_who_hears(patient),
        status=status_of(form),
    )


def _who_hears(patient: "Patient") -> str:
    """Who is told of somebody new on the team, as far as there is somebody to tell."""
    client, leads = actions.heard_by(patient)
    who = [*(["the client"] if client else []), *(["the safety lead"] if leads else [])]
    words = " and ".join(who) or "nobody else"
    return f"{words[0].upper()}{words[1:]} {'are' if len(who) > 1 else 'is'} told."
