"""What a client reads when an answer told of danger: help, who knows of it, and what comes next."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.ui.crisis import crisis_lines
from waymark.interfaces.ui.danger_rule import danger_rule
from waymark.interfaces.ui.templatetags.waymark_ui import dial
from waymark.record.outbox.actions import worker_is_silent
from waymark.record.people.queries import clinic_of, own_patient
from waymark.record.safety.ahead import Ahead
from waymark.record.safety.prerequisites import lines_of
from waymark.record.safety.queries import OwnConcern, own_closed, own_concern
from waymark.record.tenancy.days import day_of

NOT_TOLD = _("Your care team is not told yet.")
NUMBERS = _("Call or text one of these numbers to reach a person now.")
UNSENT = _(
    "It is told once you press “Send my answers” or “Keep this and finish later”. "
    "You find both at the end of this page."
)
HAS_IT = _("Your care team has been told, and {owner} has taken it on.")
BY_THEN = _("Your care team has been told. They have until {day} at {time} to take it on.")
IF_NOT = _("If you have not heard from them by then, please call them.")
IF_NOT_AT = _("If you have not heard from them by then, please call them at {phone}.")
TOO_LATE = _("Your care team was told, and nobody has taken it on in time. Please call them.")
TOO_LATE_AT = _(
    "Your care team was told, and nobody has taken it on in time. Please call them at {phone}."
)


def listening(viewer: Viewer) -> dict[str, Any]:
    """What a page shows, on the device alone, where somebody writes words of danger."""
    return {**_help(viewer), "rule": danger_rule()}


def crisis_before(viewer: Viewer) -> dict[str, Any]:
    """The card's context before anything was saved: nobody knows yet, and it says so."""
    shown = _help(viewer)
    told = " ".join([str(NOT_TOLD), *([str(NUMBERS)] if shown["lines"] else [])])
    return {**shown, "told": told, "unsent": UNSENT, "undelivered": False}


def crisis_after(viewer: Viewer, *, at: datetime) -> dict[str, Any]:
    """The card's context after an answer was looked at: who knows, and whose task it is by when."""
    shown = _help(viewer)
    held = own_concern(viewer, Action.ANSWER_INSTRUMENT, at=at)
    if held is None or not knows(held, at=at):
        return {**shown, "told": "", "undelivered": True}
    told = _told(held, phone=shown["clinic_phone"], at=at)
    return {**shown, "told": told, "undelivered": False}


def _told(held: OwnConcern, *, phone: str, at: datetime) -> str:
    """That it was told, and what is to happen: a task and its time, never a promise of a call."""
    if held.owner:
        return HAS_IT.format(owner=held.owner)
    if held.due_at < at:
        return calling(TOO_LATE_AT, phone) if phone else str(TOO_LATE)
    due = timezone.localtime(held.due_at)
    by_then = BY_THEN.format(day=date_format(due, "l, F j"), time=date_format(due, "g:i A"))
    return format_html("{} {}", by_then, calling(IF_NOT_AT, phone) if phone else IF_NOT)


def calling(words: object, phone: str) -> SafeString:
    """A sentence with the clinic's number in it, which a tap dials."""
    number = dial(phone)
    link = format_html('<a href="tel:{}">{}</a>', number, phone) if number else phone
    return format_html(str(words), phone=link)


def knows(held: OwnConcern, *, at: datetime) -> bool:
    """Whether a human was in fact told: somebody took it, a letter has left, or is on its way.

    On its way is a letter of a living worker; one that was tried and did not leave tells nobody.
    """
    return bool(held.owner or held.left) or (held.told > 0 and not worker_is_silent(at=at))


def _help(viewer: Viewer) -> dict[str, Any]:
    clinic = clinic_of(viewer)
    shown = crisis_lines(lines_of(clinic))
    return {
        "lines": shown["lines_shown"],
        "emergency": shown["emergency"],
        "watched": False,
        "clinic_phone": clinic.phone,
        "mistake_url": reverse("mistake"),
    }


@dataclass(frozen=True, slots=True)
class Standing:
    """The quiet card while a concern is open: who knows, by when, and how to reach somebody."""

    known: bool
    owner: str
    due_at: datetime
    late: bool  # it should have had an owner by now
    ahead: Ahead  # what comes next, as whoever has it wrote it down
    mistaken: bool  # they said that it was a slip
    phone: str
    said_at: datetime  # when the last answer of danger came
    this_sitting: bool  # nothing more is asked today


def standing(viewer: Viewer, action: Action, *, at: datetime) -> Standing | None:
    """What a client reads of their open concern; None while there is none."""
    held = own_concern(viewer, action, at=at)
    if held is None:
        return None
    zone = own_patient(viewer, action).zone
    return Standing(
        known=knows(held, at=at),
        owner=held.owner,
        due_at=held.due_at,
        late=not held.owner and held.due_at < at,
        ahead=held.ahead,
        mistaken=held.mistaken,
        phone=clinic_of(viewer).phone,
        said_at=held.said_at,
        this_sitting=day_of(held.said_at, zone=zone) == day_of(at, zone=zone),
    )


@dataclass(frozen=True, slots=True)
class Settled:
    """What stands after a concern was closed, until what was agreed is over."""

    owner: str
    ahead: Ahead
    this_sitting: bool  # nothing more is asked today


def settled(viewer: Viewer, action: Action, *, at: datetime) -> Settled | None:
    """What a client reads after their concern was closed; None where nothing is left of it."""
    held = own_closed(viewer, action, at=at)
    if held is None:
        return None
    zone = own_patient(viewer, action).zone
    told = {day_of(one, zone=zone) for one in (held.said_at, held.closed_at)}
    return Settled(held.owner, held.ahead, this_sitting=day_of(at, zone=zone) in told)


def rests(viewer: Viewer, action: Action, *, at: datetime) -> bool:
    """Whether nothing more is asked in this sitting: danger was told, or settled, today."""
    held = standing(viewer, action, at=at) or settled(viewer, action, at=at)
    return held is not None and held.this_sitting
