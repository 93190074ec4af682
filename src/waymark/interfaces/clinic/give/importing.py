"""Bringing in past scores: a preview that stores nothing, then a few rows at a time, in order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.http import HttpRequest, HttpResponse

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.clinic.frame import framed
from waymark.interfaces.clinic.give.matching import Matched, Person, matched, packed, unpacked
from waymark.interfaces.clinic.give.reading import Row, read, to_come
from waymark.interfaces.clinic.sheet import BadSheet, Fault
from waymark.interfaces.clinic.uploading import FileForm, missing_words
from waymark.interfaces.endpoint import endpoint, key_from
from waymark.library.instruments import INSTRUMENTS
from waymark.library.safety import positive
from waymark.record.assessments import actions
from waymark.record.people.conduct import Invalid
from waymark.record.people.days import day_of, furthest_day
from waymark.record.people.queries import clinic_of, patients_for
from waymark.record.people.roster import names_to_compare, shown
from waymark.record.safety.queries import open_states
from waymark.record.safety.readiness import lacking
from waymark.record.safety.screen import LATE_AFTER

ACT = Action.IMPORT_SCORES
MOST_ANSWERED = 1_500  # rows with answers that one file brings: each is screened and scored
SHOWN = 200  # rows and faults that a preview lists; the others are counted

TOO_MANY = (
    f"The file has answers in more than {MOST_ANSWERED:,} rows. Bring them in in parts, or bring "
    "in the totals alone."
)


@endpoint(ACT, methods=("GET", "POST"))
def import_scores(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Choose a file, look at what would be stored, and store it."""
    if "rows" in request.POST:
        return _confirmed(request, viewer=viewer, at=at)
    if request.method == "POST":
        return _previewed(request, viewer=viewer, at=at)
    return _page(request, FileForm(), viewer=viewer, at=at)


def _page(request: HttpRequest, form: FileForm, *, viewer: Viewer, at: datetime) -> HttpResponse:
    return framed(
        request,
        "give/import.html",
        viewer=viewer,
        at=at,
        place="caseload",
        form=form,
        instruments=[(one.id, one.title, [s.id for s in one.scales]) for one in _bringable()],
        status=422 if form.errors else 200,
    )


def _bringable() -> list[Any]:
    return [one for one in INSTRUMENTS.values() if not one.retired]


def _previewed(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    form = FileForm(request.POST, request.FILES, missing=missing_words(request))
    if not form.is_valid():
        return _page(request, form, viewer=viewer, at=at)
    try:
        reading = read(form.cleaned_data["file"], today=furthest_day(at))
    except BadSheet as error:
        form.add_error("file", str(error))
        return _page(request, form, viewer=viewer, at=at)
    if sum(bool(row.answers) for row in reading.rows) > MOST_ANSWERED:
        form.add_error("file", TOO_MANY)
        return _page(request, form, viewer=viewer, at=at)
    allowed, gated = _gated(reading.rows, viewer=viewer, at=at)
    found = _without_days_to_come(matched(allowed, _people(viewer)), at=at)
    shown(person.id for _, person in found.rows)
    faults = sorted((*reading.faults, *gated, *found.faults), key=lambda fault: fault.line)
    return framed(
        request,
        "give/preview.html",
        viewer=viewer,
        at=at,
        place="caseload",
        rows=[_shown(row, person) for row, person in found.rows[:SHOWN]],
        count=len(found.rows),
        clients=len({person.id for _, person in found.rows}),
        more=max(0, len(found.rows) - SHOWN),
        faults=faults[:SHOWN],
        fault_count=len(faults),
        dangers=_dangers(found.rows, at=at),
        legend=_legend(row for row, _ in found.rows),
        packed=packed(found.rows),
        status=200 if found.rows else 422,
    )


def _people(viewer: Viewer) -> list[Person]:
    return [Person(one.id, one.name, one.number, one.zone) for one in names_to_compare(viewer, ACT)]


def _without_days_to_come(found: Matched, *, at: datetime) -> Matched:
    """A day may have begun for one client and not for another."""
    rows, faults = [], [*found.faults]
    for row, person in found.rows:
        if row.day > day_of(at, zone=person.zone):
            faults.append(Fault(row.line, to_come(row.day)))
        else:
            rows.append((row, person))
    return Matched(tuple(rows), tuple(faults))


def _gated(rows: Iterable[Row], *, viewer: Viewer, at: datetime) -> tuple[list[Row], list[Fault]]:
    """Answers about danger come in only where somebody answers for them."""
    missing = lacking(clinic_of(viewer), at=at)
    allowed: list[Row] = []
    faults: list[Fault] = []
    for row in rows:
        instrument = INSTRUMENTS[row.instrument]
        if row.answers and instrument.risk_items and missing:
            reason = (
                f"{instrument.title} asks about danger, and an old answer may need a person now. "
                f"First: {missing[0].remedy} Or bring in the totals alone."
            )
            faults.append(Fault(row.line, reason))
        else:
            allowed.append(row)
    return allowed, faults


def _shown(row: Row, person: Person) -> dict[str, Any]:
    instrument = INSTRUMENTS[row.instrument]
    scale = instrument.scale(row.scale) if not row.answers else None
    return {
        "line": row.line,
        "name": person.name,
        "instrument": instrument.title,
        "scale": scale.title if scale and len(instrument.scales) > 1 else "",
        "day": row.day,
        "value": row.value,
        "answers": " ".join("_" if one is None else str(one) for one in row.answers.values()),
    }


def _dangers(rows: Iterable[tuple[Row, Person]], *, at: datetime) -> list[dict[str, Any]]:
    """Whose answers tell of danger, and of which days; the last 30 days apart from older ones."""
    found: dict[tuple[UUID, bool], dict[str, Any]] = {}
    for row, person in rows:
        if row.answers and positive(INSTRUMENTS[row.instrument], row.answers):
            old = day_of(at, zone=person.zone) - row.day > LATE_AFTER
            held = found.setdefault(
                (person.id, old), {"name": person.name, "old": old, "days": set()}
            )
            held["days"].add(row.day)
    told = [{**one, "days": sorted(one["days"])} for one in found.values()]
    return sorted(told, key=lambda one: (one["old"], one["name"]))


def _legend(rows: Iterable[Row]) -> list[dict[str, str]]:
    """What the numbers of the answers mean, for each instrument whose answers come in."""
    ids = dict.fromkeys(row.instrument for row in rows if row.answers)
    return [
        {
            "title": INSTRUMENTS[id].title,
            "words": ", ".join(
                f"{option.value} {option.label}" for option in INSTRUMENTS[id].items[0].options
            ),
        }
        for id in ids
    ]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one client's rows."""

    client: UUID
    name: str
    done: bool
    words: str
    concern: UUID | None = None


def _confirmed(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    try:
        carried = unpacked(request.POST["rows"], most=MOST_ANSWERED)
    except BadSheet as error:
        form = FileForm(request.POST, request.FILES, missing=str(error))
        return _page(request, form, viewer=viewer, at=at)
    patients = {one.pk: one for one in patients_for(viewer, ACT).filter(pk__in=list(carried))}
    key = key_from(request)
    done = {
        id: _brought(patient, carried[id], by=viewer, at=at, key=key)
        for id, patient in patients.items()
    }
    concerns = open_states(viewer, Action.READ_CONCERNS, list(done))
    return framed(
        request,
        "give/imported.html",
        viewer=viewer,
        at=at,
        place="caseload",
        outcomes=[
            Outcome(id, patients[id].name, *told, concerns[id].pk if id in concerns else None)
            for id, told in done.items()
        ],
        gone=len(carried) - len(patients),
    )


def _brought(
    patient: Any, rows: list[Row], *, by: Viewer, at: datetime, key: UUID | None
) -> tuple[bool, str]:
    """Store one client's rows; whether that was done, and in words what became of them."""
    past = [
        actions.Past(row.instrument, row.day, row.scale, row.value, row.answers) for row in rows
    ]
    try:
        actions.check_past(patient, past, at=at)
        made = [
            actions.bring_in(patient, rows=few, by=by, at=at, key=_own(key, patient, number))
            for number, few in enumerate(actions.portions(past))
        ]
    except Invalid as error:
        actions.hear_past(patient, rows=past, by=by, at=at)
        return False, f"None of {len(rows)} rows was stored. {error.message}"
    new = [one for one in made if one is not None]  # None: carried out when it came before
    if not new:
        return True, "Stored before, when this form was sent the first time."
    stored, known_before = (
        sum(one.stored for one in new),
        sum(one.known_before for one in new),
    )
    known = f" {known_before} were there already." if known_before else ""
    return True, f"{stored} stored.{known}"


def _own(key: UUID | None, patient: Any, number: int) -> UUID | None:
    """A portion's own key: a form that comes again goes on where the first one was broken off."""
    return uuid5(key, f"{patient.pk} {number}") if key else None
