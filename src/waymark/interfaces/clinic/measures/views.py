"""Giving measures: to one client, to several at once, and ending what is given."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.clinic.frame import framed
from waymark.interfaces.clinic.measures.forms import USUAL, AssignForm, AssignManyForm
from waymark.interfaces.clinic.redirects import back_to
from waymark.interfaces.endpoint import endpoint, key_from
from waymark.library.instruments import INSTRUMENTS
from waymark.record.assessments import actions
from waymark.record.assessments.queries import (
    Offer,
    assigned_to,
    assignment_for,
    assignments_of,
    offers,
    rules_for,
)
from waymark.record.people.queries import clinic_of, patient_for, patients_for
from waymark.record.tenancy.action import Invalid
from waymark.record.tenancy.days import day_of

if TYPE_CHECKING:
    from waymark.record.tenancy.named import Patient

ACT = Action.ASSIGN_INSTRUMENT


@dataclass(frozen=True, slots=True)
class Wish:
    """What a form asks for: one measure by a rule, or the usual set, from a day on."""

    what: str
    rule: actions.RepeatRule
    starts_on: date

    @property
    def usual(self) -> bool:
        return self.what == USUAL

    def key(self, key: UUID | None, patient: "Patient") -> UUID | None:
        """A key of this form's own for each client: sending it twice gives nothing twice."""
        return uuid5(key, f"{patient.pk} {self}") if key else None


def _wish(form: AssignForm) -> Wish:
    given = form.cleaned_data
    rule = actions.RepeatRule(given["repeat"], given["every_days"])
    return Wish(given["instrument"], rule, given["starts_on"])


def _given(
    patient: "Patient", wish: Wish, *, by: Viewer, at: datetime, key: UUID | None
) -> int | None:
    """Give it; how many measures that were, None when this same form was sent before."""
    own = wish.key(key, patient)
    if wish.usual:
        return actions.assign_usual_set(patient, starts_on=wish.starts_on, by=by, at=at, key=own)
    actions.assign(
        patient,
        instrument=wish.what,
        rule=wish.rule,
        starts_on=wish.starts_on,
        by=by,
        at=at,
        key=own,
    )
    return 1


@endpoint(ACT, methods=("GET", "POST"))
def assign(request: HttpRequest, *, viewer: Viewer, at: datetime, client: UUID) -> HttpResponse:
    """What one client is given: end it, add to it, enter answers, print a blank."""
    patient = patient_for(viewer, ACT, client)
    clinic = clinic_of(viewer)
    offered = offers(clinic, at=at)
    today = day_of(at, zone=patient.zone)
    form = AssignForm(request.POST or None, offers=offered, usual=clinic.usual_set, today=today)
    wish = _wish(form) if form.is_valid() else None
    held = _others([patient], wish, by=viewer) if wish else {}
    asks = bool(held) and request.POST.get("others") != "replace"
    if wish and not asks:
        try:
            made = _given(patient, wish, by=viewer, at=at, key=key_from(request))
        except Invalid as error:
            form.refused(error)
        else:
            messages.success(request, _done(wish, made, ends=bool(held), today=today))
            return back_to(request, "assign", client=client)
    return framed(
        request,
        "measures/assign.html",
        viewer=viewer,
        at=at,
        place="caseload",
        patient=patient,
        form=form,
        standing=_standing(viewer, client),
        ending=_rule(held[client]) if asks else "",
        what=INSTRUMENTS[wish.what].title if wish and asks else "",
        **_sorted(offered),
        status=422 if form.errors or asks else 200,
    )


def _done(wish: Wish, made: int | None, *, ends: bool, today: date) -> str:
    when = "It can be answered now." if wish.starts_on <= today else f"From {wish.starts_on} on."
    if not wish.usual:
        ended = " It takes the place of the rule before." if ends else ""
        return f"{INSTRUMENTS[wish.what].title} is given. {when}{ended}"
    if made == 0:
        return "Everything in the usual set was given already. Nothing was changed."
    return f"The usual set is given. {when}"


def _standing(viewer: Viewer, client: UUID) -> list[dict[str, Any]]:
    return [
        {"row": row, "title": INSTRUMENTS[row.instrument].title}
        for row in assignments_of(viewer, ACT, client)
    ]


def _sorted(offered: Iterable[Offer]) -> dict[str, list[Offer]]:
    """What can be given, and what cannot, with the reason."""
    held = list(offered)
    return {
        "possible": [one for one in held if not one.refusal],
        "refused": [one for one in held if one.refusal],
    }


@endpoint(ACT, methods=("POST",))
def end_assignment(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Give it no more."""
    row = assignment_for(viewer, ACT, id)
    actions.end_assignment(row, by=viewer, at=at)
    messages.success(request, f"{INSTRUMENTS[row.instrument].title} is given no more.")
    return redirect("assign", client=row.patient_id)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one client's part."""

    client: UUID
    name: str
    done: bool
    words: str


@endpoint(ACT, methods=("GET", "POST"))
def assign_many(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """The same for several clients; each one's part is done wholly, or not, and told."""
    clinic = clinic_of(viewer)
    patients = {str(one.pk): one for one in _caseload(viewer)}
    form = AssignManyForm(
        request.POST or None,
        clients=[(id, one.name) for id, one in patients.items()],
        offers=offers(clinic, at=at),
        usual=clinic.usual_set,
        today=day_of(at, zone=clinic.zone),
    )
    ending: list[str] = []
    if form.is_valid():
        chosen, wish = [patients[id] for id in form.cleaned_data["clients"]], _wish(form)
        others = _others(chosen, wish, by=viewer)
        ending = [f"{one.name}, {_rule(others[one.pk])}" for one in chosen if one.pk in others]
        if request.POST.get("others") == "leave":
            chosen, ending = [one for one in chosen if one.pk not in others], []
        elif request.POST.get("others") == "replace":
            ending = []
    if form.is_valid() and not ending:
        outcomes = _each(chosen, wish, by=viewer, at=at, key=key_from(request))
        return framed(
            request,
            "measures/outcomes.html",
            viewer=viewer,
            at=at,
            place="caseload",
            outcomes=outcomes,
            done=sum(one.done for one in outcomes),
        )
    return framed(
        request,
        "measures/assign_many.html",
        viewer=viewer,
        at=at,
        place="caseload",
        form=form,
        anybody=bool(patients),
        ending=ending,
        ending_all=form.is_valid() and len(ending) == len(form.cleaned_data["clients"]),
        what=INSTRUMENTS[wish.what].title if ending else "",
        status=422 if form.errors or ending else 200,
    )


def _others(chosen: list["Patient"], wish: Wish, *, by: Viewer) -> dict[UUID, Any]:
    """The rules that would end, by client: the same measure, given by another rule than this."""
    if wish.usual:  # it leaves alone what somebody has
        return {}
    held = rules_for(by, ACT, [one.pk for one in chosen], instrument=wish.what)
    return {id: row for id, row in held.items() if not _same(row, wish)}


def _same(row: Any, wish: Wish) -> bool:
    days = wish.rule.every_days if wish.rule.repeat == "every-days" else None
    return bool(
        (row.repeat, row.every_days, row.starts_on) == (wish.rule.repeat, days, wish.starts_on)
    )


def _rule(row: Any) -> str:
    """How often, in words."""
    words = {"each-session": "at each session", "once": "once"}
    return words.get(row.repeat, f"every {row.every_days} days")


def _caseload(viewer: Viewer) -> list["Patient"]:
    held = patients_for(viewer, ACT).exclude(state="discharged")
    return sorted(held, key=lambda one: str(one.name).casefold())


def _each(
    chosen: list["Patient"], wish: Wish, *, by: Viewer, at: datetime, key: UUID | None
) -> list[Outcome]:
    before = assigned_to(by, ACT, [one.pk for one in chosen])
    return [_outcome(one, wish, before.get(one.pk, set()), by=by, at=at, key=key) for one in chosen]


def _outcome(
    patient: "Patient", wish: Wish, before: set[str], *, by: Viewer, at: datetime, key: UUID | None
) -> Outcome:
    try:
        made = _given(patient, wish, by=by, at=at, key=key)
    except Invalid as error:
        return Outcome(patient.pk, patient.name, False, f"Not given. {error.message}")
    words = "Given."
    if wish.usual and made == 0:
        words = "Had all of it already; nothing was changed."
    elif wish.usual and made:
        words = f"Given: {made} measure{'s' if made > 1 else ''}."
    elif wish.what in before:
        words = "Given; it takes the place of the rule before."
    return Outcome(patient.pk, patient.name, True, words)
