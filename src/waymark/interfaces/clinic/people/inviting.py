"""Inviting clients: one by one, or a list with a preview; and the invitation to hand over."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from waymark.access.vocabulary import Action, Role, Viewer
from waymark.interfaces.clinic.frame import framed
from waymark.interfaces.clinic.kept import kept, status_of
from waymark.interfaces.clinic.people.forms import InviteForm, ListForm
from waymark.interfaces.clinic.people.reading import Newcomers, read
from waymark.interfaces.endpoint import endpoint, key_from
from waymark.record.people import actions
from waymark.record.people.conduct import Clinic, Invalid
from waymark.record.people.queries import Colleague, clinic_of, membership_of, staff_of
from waymark.record.people.roster import invitation_for, known_already, ways_in
from waymark.record.people.tokens import grouped

ACT = Action.INVITE_PATIENT


@endpoint(ACT, methods=("GET", "POST"))
def invite(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """One client."""
    form = InviteForm(
        request.POST or None,
        clinicians=_clinicians(viewer),
        initial={"clinician": next((str(m) for m in viewer.memberships), "")},
    )
    made: list[Any] = []

    def keep(given: dict[str, Any]) -> None:
        clinician, send = given.pop("clinician"), given.pop("send")
        made.append(
            actions.invite(
                clinic_of(viewer),
                who=actions.Newcomer(**given),
                clinician=membership_of(viewer, UUID(clinician)) if clinician else None,
                send=send,
                by=viewer,
                at=at,
                key=key_from(request),
            )
        )

    if kept(form, keep):
        return redirect("invitation", id=made[0].pk)
    return framed(
        request, "people/invite.html", viewer=viewer, at=at, form=form, status=status_of(form)
    )


def _clinicians(viewer: Viewer) -> list[Colleague]:
    return [one for one in staff_of(viewer) if one.active and one.role is Role.CLINICIAN]


@endpoint(ACT)
def invitation(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Link, QR code and printed code, to hand over."""
    invitation_for(viewer, ACT, id)
    (way,) = ways_in(viewer, ACT, [id])
    clinic = clinic_of(viewer)
    link = f"{_address(request, clinic)}{way.path}"
    return framed(
        request,
        "people/invitation.html",
        viewer=viewer,
        at=at,
        way=way,
        link=link,
        qr=segno.make(link, error="m").svg_data_uri(scale=4, border=2),
        groups=grouped(way.code).split("-"),
        over=way.expires_at <= at,
    )


def _address(request: HttpRequest, clinic: Clinic) -> str:
    return clinic.address or f"{request.scheme}://{request.get_host()}"


@endpoint(ACT, methods=("POST",))
def reissue(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """A fresh link and code; the old ones stop working at once."""
    row = invitation_for(viewer, ACT, id)
    try:
        actions.reissue(row, by=viewer, at=at)
    except Invalid as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "A fresh link and code. The old ones no longer work.")
    return redirect("invitation", id=id)


@endpoint(ACT, methods=("GET", "POST"))
def invite_many(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """A list: shown first, made only when confirmed; nothing is sent."""
    if request.POST.get("confirmed"):
        return _made(request, viewer, at=at)
    form = ListForm(request.POST or None, request.FILES or None)
    found = None
    if request.method == "POST" and form.is_valid():
        found = read(form.cleaned_data["file"].read(), known=known_already(viewer))
        if found.problem:
            form.add_error("file", found.problem)
            found = None
    return framed(
        request,
        "people/invite_many.html",
        viewer=viewer,
        at=at,
        form=form,
        found=found,
        carried=_carried(found),
        status=status_of(form),
    )


def _carried(found: Newcomers | None) -> str:
    return json.dumps([asdict(one) for one in found.good]) if found else ""


def _made(request: HttpRequest, viewer: Viewer, *, at: datetime) -> HttpResponse:
    """Make every one, each whole or not at all, and say truly what became of each."""
    try:
        people = [actions.Newcomer(**row) for row in json.loads(request.POST.get("people", "[]"))]
    except (TypeError, ValueError):
        messages.error(request, "The list did not arrive whole. Please choose the file again.")
        return redirect("invite-many")
    clinic = clinic_of(viewer)
    mine = next((m for m in _clinicians(viewer) if m.membership in viewer.memberships), None)
    clinician = membership_of(viewer, mine.membership) if mine else None
    made, troubles = [], []
    for who in people:
        try:
            made.append(actions.invite(clinic, who=who, clinician=clinician, by=viewer, at=at).pk)
        except Invalid as error:
            troubles.append({"name": who.name, "why": error.message})
    ways = ways_in(viewer, ACT, made)
    address = _address(request, clinic)
    slips = [
        {
            "way": way,
            "groups": grouped(way.code).split("-"),
            "qr": segno.make(f"{address}{way.path}", error="m").svg_data_uri(scale=3, border=2),
        }
        for way in ways
    ]
    return framed(
        request,
        "people/invited.html",
        viewer=viewer,
        at=at,
        slips=slips,
        troubles=troubles,
        address=address,
    )
