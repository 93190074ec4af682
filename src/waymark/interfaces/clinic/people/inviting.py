"""Inviting clients, one or many, and handing over their way in."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from waymark.access.decide import reach
from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.clinic.frame import framed
from waymark.interfaces.clinic.people.forms import InviteForm, ListForm
from waymark.interfaces.clinic.people.handing import Slip, address_of, slip_of
from waymark.interfaces.clinic.people.reading import (
    Newcomer,
    packed,
    read,
    unpacked,
)
from waymark.interfaces.clinic.people.seats import clinicians, own_seat, place_of
from waymark.interfaces.clinic.people.usual import usual_set
from waymark.interfaces.clinic.redirects import back_to
from waymark.interfaces.clinic.saving import kept, status_of
from waymark.interfaces.clinic.sheet import BadSheet
from waymark.interfaces.clinic.uploading import missing_words
from waymark.interfaces.endpoint import endpoint, key_from
from waymark.record.people import actions
from waymark.record.people.newcomers import Roll
from waymark.record.people.queries import clinic_of, membership_of
from waymark.record.people.reach import only_here
from waymark.record.people.roster import Namesake, invitation_for, known_already, ways_in
from waymark.record.tenancy.action import Invalid, done_before

ACT = Action.INVITE_PATIENT
HAND = Action.HAND_OVER_INVITATION
NAMESAKE = (
    "Somebody called {name} is here already. If it is the same person, make their way in anew from "
    "the list of clients. If not, tick “This is another person”, and invite them."
)


@endpoint(ACT, methods=("GET", "POST"))
def invite(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """One client; their way in is shown next."""
    form = InviteForm(
        request.POST or None,
        clinicians=clinicians(viewer),
        usual=usual_set(viewer, at=at),
        initial={"clinician": own_seat(viewer), "usual_set": True},
    )
    made: list[UUID] = []

    def keep(given: dict[str, Any]) -> None:
        key, how = key_from(request), _how(viewer, given)
        again = given.pop("again")
        who = actions.Newcomer(**given)
        if not done_before(ACT, by=viewer, key=key):
            _held_against(known_already(viewer), who, again=again)
        row = actions.invite(clinic_of(viewer), who=who, by=viewer, at=at, key=key, **how)
        made.append(row.pk)

    if kept(form, keep):
        if ways_in(viewer, HAND, made):
            return redirect("invitation", id=made[0])
        messages.success(request, "Invited. Whoever treats them, or the front desk, hands it over.")
        return redirect("home")
    return framed(
        request,
        "people/invite.html",
        viewer=viewer,
        at=at,
        place=place_of(viewer),
        form=form,
        status=status_of(form),
    )


def _how(viewer: Viewer, given: dict[str, Any]) -> dict[str, Any]:
    """By whom they are treated, and whether the link goes out by mail."""
    return {
        "clinician": _membership(viewer, given.pop("clinician")),
        "send": given.pop("send"),
    }


def _held_against(known: list[Namesake], who: actions.Newcomer, *, again: bool) -> None:
    """Whoever is here already is named before they are invited twice."""
    roll = Roll(known)
    roll.check(who)
    if roll.namesake(who) and not again:
        raise Invalid("again", NAMESAKE.format(name=who.name))


def _membership(viewer: Viewer, id: str) -> Any:
    """The clinician who was chosen, or nobody; for an id that is none, as for an unknown one."""
    if not id:
        return None
    return membership_of(viewer, UUID(id) if _is_id(id) else UUID(int=0))


@endpoint(HAND)
def invitation(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """The way in: link, drawing and code; a fresh one in one tap."""
    invitation_for(viewer, HAND, id)
    (slip,) = _slips(request, viewer, [id], at=at)
    return framed(
        request,
        "people/invitation.html",
        viewer=viewer,
        at=at,
        place=place_of(viewer),
        slip=slip,
        only_here=only_here(slip.link),
        treats=bool(reach(viewer, Action.READ_CASELOAD)),
    )


def _slips(request: HttpRequest, viewer: Viewer, ids: list[UUID], *, at: datetime) -> list[Slip]:
    address = address_of(request, clinic_of(viewer))
    return [slip_of(way, address=address, at=at) for way in ways_in(viewer, HAND, ids)]


@endpoint(HAND, methods=("POST",))
def reissue(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """A fresh link and code; the old ones stop working at once."""
    row = invitation_for(viewer, HAND, id)
    try:
        actions.reissue(row, by=viewer, at=at, key=key_from(request))
    except Invalid as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "This is a fresh one. The one before works no more.")
    return back_to(request, "invitation", id=id)


@endpoint(HAND, methods=("POST",))
def slips(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """One slip of paper for each client whose invitation is still open."""
    ids = [UUID(text) for text in request.POST.getlist("id") if _is_id(text)]
    found = _slips(request, viewer, ids, at=at)
    return framed(
        request,
        "people/slips.html",
        viewer=viewer,
        at=at,
        slips=[slip for slip in found if slip.open],
        back_url=reverse("clients" if place_of(viewer) == "clients" else "caseload"),
    )


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@endpoint(ACT, methods=("GET", "POST"))
def invite_many(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """A file of clients: looked at first, made only when it is confirmed."""
    if "rows" in request.POST:
        return _confirmed(request, viewer=viewer, at=at)
    if request.method != "POST":
        return _many_page(request, _list_form(viewer, at=at), viewer=viewer, at=at)
    form = _list_form(viewer, request, missing_words(request), at=at)
    if not form.is_valid():
        return _many_page(request, form, viewer=viewer, at=at)
    return _previewed(request, form, viewer=viewer, at=at)


def _list_form(
    viewer: Viewer, request: HttpRequest | None = None, missing: str = "", *, at: datetime
) -> ListForm:
    return ListForm(
        *((request.POST, request.FILES) if request else ()),
        clinicians=clinicians(viewer),
        usual=usual_set(viewer, at=at),
        missing=missing,
        initial={"clinician": own_seat(viewer), "usual_set": True},
    )


def _many_page(
    request: HttpRequest, form: ListForm, *, viewer: Viewer, at: datetime
) -> HttpResponse:
    return framed(
        request,
        "people/invite_many.html",
        viewer=viewer,
        at=at,
        place=place_of(viewer),
        form=form,
        status=status_of(form),
    )


def _previewed(
    request: HttpRequest, form: ListForm, *, viewer: Viewer, at: datetime
) -> HttpResponse:
    known = known_already(viewer)
    roll = Roll(known)
    try:
        reading = read(form.cleaned_data["file"], known=known)
    except BadSheet as error:
        form.add_error("file", str(error))
        return _many_page(request, form, viewer=viewer, at=at)
    send = form.cleaned_data["send"]
    return framed(
        request,
        "people/preview.html",
        viewer=viewer,
        at=at,
        place=place_of(viewer),
        rows=[
            {
                "who": row,
                "namesake": roll.namesake(row.person),
                "mailed": bool(send and row.email),
            }
            for row in reading.rows
        ],
        faults=reading.faults,
        mails=sum(bool(send and row.email) for row in reading.rows),
        packed=packed(reading.rows),
        clinician=form.cleaned_data["clinician"],
        send=send,
        usual_set=form.cleaned_data.get("usual_set", False),
        status=200 if reading.rows else 422,
    )


def _confirmed(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    try:
        rows = unpacked(request.POST["rows"])
    except BadSheet as error:
        return _many_page(
            request, _list_form(viewer, request, str(error), at=at), viewer=viewer, at=at
        )
    send, key = request.POST.get("send") == "yes", key_from(request)
    given = {"clinician": request.POST.get("clinician", ""), "send": send}
    how, roll = _how(viewer, given), Roll(known_already(viewer))
    usual = request.POST.get("usual_set") == "yes"
    done = [(row, _invited(row, roll, usual, by=viewer, at=at, key=key, **how)) for row in rows]
    made = [one.pk for _, one in done if not isinstance(one, str)]
    return framed(
        request,
        "people/invited.html",
        viewer=viewer,
        at=at,
        place=place_of(viewer),
        slips=_slips(request, viewer, made, at=at),
        troubles=[{"name": row.name, "why": one} for row, one in done if isinstance(one, str)],
        mailed=sum(bool(send and row.email) for row, one in done if not isinstance(one, str)),
        only_here=only_here(address_of(request, clinic_of(viewer))),
    )


def _invited(
    row: Newcomer,
    roll: Roll,
    usual: bool,
    *,
    by: Viewer,
    at: datetime,
    key: UUID | None,
    **how: Any,
) -> Any:
    """The invitation, or why there is none; sent twice, the same form makes nobody twice."""
    treats = how["clinician"]
    own = uuid5(key, f"{row} {treats and treats.pk} {how['send']}") if key else None
    how["send"] = how["send"] and bool(row.email)
    who = replace(row.person, usual_set=usual)
    try:
        if not done_before(ACT, by=by, key=own):
            roll.check(who)
        return actions.invite(clinic_of(by), who=who, by=by, at=at, key=own, **how)
    except Invalid as error:
        return error.message
