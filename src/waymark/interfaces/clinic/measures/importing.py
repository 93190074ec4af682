"""Bringing in past scores: looked at, shown before anything is stored, then stored in portions."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.clinic.frame import framed
from waymark.interfaces.clinic.measures.hearing import Heard, hear
from waymark.interfaces.clinic.measures.matching import Matched, Person, matched, packed, unpacked
from waymark.interfaces.clinic.measures.reading import ImportRow, read, to_come
from waymark.interfaces.clinic.sheet import BadSheet, Fault
from waymark.interfaces.clinic.uploading import FileForm, missing_words
from waymark.interfaces.endpoint import endpoint, key_from
from waymark.library.instruments import INSTRUMENTS
from waymark.record.assessments import actions
from waymark.record.assessments.works import Rows, own_works, work_for
from waymark.record.outbox.actions import worker_is_silent
from waymark.record.people.queries import clinic_of, patients_for
from waymark.record.people.roster import names_to_compare, shown
from waymark.record.safety.prerequisites import lacking
from waymark.record.safety.queries import open_states
from waymark.record.tenancy.days import day_of, furthest_day

ACT = Action.IMPORT_SCORES
SHOWN = 200  # rows and faults that a preview lists; the others are counted
AT_ONCE = actions.PORTION  # rows that are stored while somebody waits for the page
LISTED_FOR = timedelta(days=30)
GONE = "Some clients are not in your care now. Nothing of theirs was stored."


@endpoint(ACT, methods=("GET", "POST"))
def import_scores(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Choose a file, look at what would be stored, and store it."""
    if "rows" in request.POST:
        return _confirmed(request, viewer=viewer, at=at)
    if request.method == "POST":
        return _previewed(request, viewer=viewer, at=at)
    return _page(request, FileForm(), viewer=viewer, at=at)


def _page(
    request: HttpRequest,
    form: FileForm,
    *,
    viewer: Viewer,
    at: datetime,
    heard: Heard | None = None,
) -> HttpResponse:
    return framed(
        request,
        "measures/import.html",
        viewer=viewer,
        at=at,
        place="caseload",
        form=form,
        heard=heard,
        works=own_works(viewer, since=at - LISTED_FOR),
        instruments=[(one.id, one.title, [s.id for s in one.scales]) for one in _bringable()],
        status=422 if form.errors else 200,
    )


def _bringable() -> list[Any]:
    return [one for one in INSTRUMENTS.values() if not one.retired]


def _previewed(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    form = FileForm(request.POST, request.FILES, missing=missing_words(request))
    if not form.is_valid():
        return _page(request, form, viewer=viewer, at=at)
    data, people = form.cleaned_data["file"], _people(viewer)
    heard = hear(data, people, viewer=viewer, at=at)  # before anything may refuse the file
    try:
        reading = read(data, today=furthest_day(at))
    except BadSheet as error:
        form.add_error("file", str(error))
        return _page(request, form, viewer=viewer, at=at, heard=heard)
    allowed, gated = _gated(reading.rows, viewer=viewer, at=at)
    found = _without_days_to_come(matched(allowed, people), at=at)
    shown(person.id for _, person in found.rows)
    faults = sorted((*reading.faults, *gated, *found.faults), key=lambda fault: fault.line)
    return framed(
        request,
        "measures/preview.html",
        viewer=viewer,
        at=at,
        place="caseload",
        rows=[_shown(row, person) for row, person in found.rows[:SHOWN]],
        count=len(found.rows),
        clients=len({person.id for _, person in found.rows}),
        more=max(0, len(found.rows) - SHOWN),
        faults=faults[:SHOWN],
        fault_count=len(faults),
        heard=heard,
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


def _gated(
    rows: Iterable[ImportRow], *, viewer: Viewer, at: datetime
) -> tuple[list[ImportRow], list[Fault]]:
    """Answers about danger come in only where somebody answers for them."""
    missing = lacking(clinic_of(viewer), at=at)
    allowed: list[ImportRow] = []
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


def _shown(row: ImportRow, person: Person) -> dict[str, Any]:
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


def _legend(rows: Iterable[ImportRow]) -> list[dict[str, str]]:
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


def _confirmed(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Keep the rows; a few are stored at once, more of them by the worker."""
    try:
        carried = unpacked(request.POST["rows"])
    except BadSheet as error:
        form = FileForm(request.POST, request.FILES, missing=str(error))
        return _page(request, form, viewer=viewer, at=at)
    patients = {one.pk: one for one in patients_for(viewer, ACT).filter(pk__in=list(carried))}
    key = key_from(request) or uuid4()
    work = uuid5(key, viewer.name)
    for id, patient in patients.items():
        past = [_past(row) for row in carried[id]]
        actions.take_in(patient, rows=past, work=work, by=viewer, at=at, key=uuid5(key, str(id)))
    if len(patients) < len(carried):
        messages.warning(request, GONE)
    if not patients:
        return redirect("import-scores")
    if sum(len(carried[id]) for id in patients) <= AT_ONCE:
        actions.carry_work(work, clinic=clinic_of(viewer).pk, at=at)
    return redirect("import-work", id=work)


def _past(row: ImportRow) -> actions.Past:
    return actions.Past(row.instrument, row.day, row.scale, row.value, row.answers, row.line)


@endpoint(ACT)
def import_work(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """How far a file is, what was stored, what was not and why; it can be left and come back to."""
    work = work_for(viewer, ACT, id)
    concerns = open_states(viewer, Action.READ_CONCERNS, [one.patient.pk for one in work.clients])
    return framed(
        request,
        "measures/work.html",
        viewer=viewer,
        at=at,
        place="caseload",
        work=work,
        waiting=work.rows.waiting + work.hidden.waiting,
        silent=worker_is_silent(at=at),
        hidden_words=_hidden(work.hidden),
        clients=[(one, concerns.get(one.patient.pk)) for one in work.clients],
    )


def _hidden(rows: Rows) -> str:
    """What became of rows of clients who left the viewer's care; nothing that names them."""
    words = f"{rows.size} rows were theirs: {rows.stored} stored before that"
    if rows.waiting:
        words += f", {rows.waiting} not yet looked at"
    return f"{words}; what is left of them is not stored."
