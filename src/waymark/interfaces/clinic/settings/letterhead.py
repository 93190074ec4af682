"""Letterhead, instruments, and the set-up as pages."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.clinic.frame import framed
from waymark.interfaces.clinic.saving import kept
from waymark.interfaces.clinic.settings.forms import (
    FolderForm,
    InstrumentsForm,
    LetterheadForm,
    TypedForm,
)
from waymark.interfaces.endpoint import endpoint
from waymark.interfaces.missing import asked, missing
from waymark.library.instruments import INSTRUMENTS
from waymark.record.assessments.queries import Offer, offers
from waymark.record.people import actions
from waymark.record.people.queries import clinic_of, proofs_of
from waymark.record.safety.clinic_readiness import backup_folder

if TYPE_CHECKING:
    from waymark.record.tenancy.named import Clinic

ACT = Action.MANAGE_SETTINGS
SAME_DISK = (
    "Waymark can write there. But it lies on the disk of the record, and is lost with it: "
    "better is a folder on another disk or machine."
)


@endpoint(ACT, methods=("GET", "POST"))
def settings(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """The letterhead."""
    clinic = clinic_of(viewer)
    names = ("name", "zone", "region", "phone", "address")
    form = LetterheadForm(request.POST or None, initial={n: getattr(clinic, n) for n in names})
    if kept(
        form,
        lambda given: actions.settle(clinic, to=actions.Letterhead(**given), by=viewer, at=at),
    ):
        messages.success(request, "Kept.")
        return redirect("settings")
    return page(request, "letterhead.html", viewer, form, at=at)


def page(
    request: HttpRequest,
    template: str,
    viewer: Viewer,
    form: forms.Form | None = None,
    *,
    at: datetime,
    **context: Any,
) -> HttpResponse:
    """A settings page; 422 where what was typed could not be kept."""
    return framed(
        request,
        f"settings/{template}",
        viewer=viewer,
        at=at,
        place="settings",
        form=form,
        status=422 if form is not None and form.is_bound and form.errors else 200,
        **context,
    )


@endpoint(ACT, methods=("GET", "POST"))
def instruments(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Which instruments are accepted, usual, and open for starting oneself."""
    clinic = clinic_of(viewer)
    compared = [one for one in INSTRUMENTS.values() if one.compared is not None]
    conditional = [one for one in compared if not one.default_on]
    given = offers(clinic, at=at)
    ready = {one.id for one in given if not one.refusal}
    form = InstrumentsForm(
        request.POST or None,
        conditional=[(one.id, one.title) for one in conditional],
        every=[(one.id, f"{one.title}: {one.short}") for one in compared],
        ready=ready,
        alone=[one.id for one in compared if not one.asked_by_a_person],
        initial={n: getattr(clinic, n) for n in ("opened", "usual_set", "self_start")},
    )
    if kept(form, lambda given: actions.set_instruments(clinic, **given, by=viewer, at=at)):
        messages.success(request, "Kept.")
        return redirect("settings-instruments")
    off = [one for one in INSTRUMENTS.values() if one.compared is None]
    return page(
        request,
        "instruments.html",
        viewer,
        form,
        at=at,
        conditional=conditional,
        off=off,
        refused=[_refused(one, clinic) for one in given if _is_refused(one)],
    )


def _is_refused(one: Offer) -> bool:
    return bool(one.refusal) and one.instrument.compared is not None


def _refused(one: Offer, clinic: "Clinic") -> tuple[str, str]:
    """Why it cannot be given, said to the one who can change it."""
    if not one.instrument.default_on and one.id not in clinic.opened:
        return one.instrument.title, "Read its conditions above; accept them if you can keep them."
    return one.instrument.title, one.refusal


@endpoint(ACT)
def set_up(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """What the clinic needs before clients come, and what is missing."""
    return _set_up(request, viewer, at=at)


def _set_up(
    request: HttpRequest, viewer: Viewer, bound: forms.Form | None = None, *, at: datetime
) -> HttpResponse:
    clinic = clinic_of(viewer)
    return page(
        request,
        "set_up.html",
        viewer,
        bound,
        at=at,
        missing=missing(clinic, at=at),
        there=[one for one in asked(clinic, at=at) if one.holds],
        proofs=proofs_of(clinic),
        same_disk=_beside(clinic),
        letters=len(actions.letters_given_up(clinic.pk)),
        typed=bound if isinstance(bound, TypedForm) else TypedForm(),
        folder=bound if isinstance(bound, FolderForm) else FolderForm(),
    )


def _beside(clinic: "Clinic") -> bool:
    """Whether backups go to the disk that they should outlive."""
    folder = backup_folder(clinic)
    return bool(folder) and actions.on_this_disk(folder)


@endpoint(ACT, methods=("POST",))
def recovery(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Type the key from the paper copy; the key itself is never shown on a page."""
    form = TypedForm(request.POST)
    clinic = clinic_of(viewer)
    if kept(form, lambda given: actions.prove_recovery(clinic, **given, by=viewer, at=at)):
        messages.success(request, "The copy is right. Keep the paper away from this machine.")
        return redirect("set-up")
    return _set_up(request, viewer, form, at=at)


@endpoint(ACT, methods=("POST",))
def backup(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Choose where backups go."""
    form = FolderForm(request.POST)
    clinic = clinic_of(viewer)
    if kept(form, lambda given: actions.set_backup_target(clinic, **given, by=viewer, at=at)):
        if _beside(clinic):
            messages.warning(request, SAME_DISK)
        else:
            messages.success(request, "Waymark can write there.")
        return redirect("set-up")
    return _set_up(request, viewer, form, at=at)


@endpoint(ACT, methods=("POST",))
def mail(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Send a test mail, or say that it arrived."""
    clinic = clinic_of(viewer)
    if request.POST.get("arrived"):
        actions.confirm_test_mail(clinic, by=viewer, at=at)
        messages.success(request, "Good: mail from this portal arrives.")
    else:
        actions.send_test_mail(clinic, by=viewer, at=at)
        messages.info(request, "On its way. Look in your mail, then say here that it arrived.")
    return redirect("set-up")


@endpoint(ACT, methods=("POST",))
def letters(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Try messages that were given up once more, or let them be."""
    clinic = clinic_of(viewer)
    if request.POST.get("let_be"):
        gone = actions.drop_letters(clinic, by=viewer, at=at)
        messages.success(request, f"Let be: {gone}. Nobody is told of them any more.")
    else:
        again = actions.retry_letters(clinic, by=viewer, at=at)
        messages.success(request, f"Tried again: {again}. They go out within a minute.")
    return redirect("set-up")
