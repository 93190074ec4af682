"""A blank measure on paper: exact words, circles to mark, no client's name."""

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.clinic.frame import framed
from waymark.interfaces.clinic.measures.forms import asked_when
from waymark.interfaces.endpoint import endpoint
from waymark.interfaces.ui.crisis import crisis_lines
from waymark.library.instrument import Instrument, Item
from waymark.library.instruments import INSTRUMENTS
from waymark.record.assessments.queries import offers
from waymark.record.people.queries import clinic_of, patients_for
from waymark.record.safety.prerequisites import lines_of

if TYPE_CHECKING:
    from waymark.record.tenancy.named import Clinic


@endpoint(Action.PRINT_MEASURE)
def print_measure(
    request: HttpRequest, *, viewer: Viewer, at: datetime, instrument: str
) -> HttpResponse:
    """The sheet, or why this measure is not given out."""
    if instrument not in INSTRUMENTS:
        raise Http404
    clinic = clinic_of(viewer)
    offered = next(one for one in offers(clinic, at=at) if one.id == instrument)
    return framed(
        request,
        "measures/paper.html",
        viewer=viewer,
        at=at,
        instrument=offered.instrument,
        refusal=offered.refusal,
        place="caseload",
        **_way_back(request, viewer),
        tables=[] if offered.refusal else tables_of(offered.instrument),
        notes=_notes(offered.instrument, clinic),
        status=422 if offered.refusal else 200,
    )


def _way_back(request: HttpRequest, viewer: Viewer) -> dict[str, str]:
    """To the measures of the client for whom it is printed, if one's own; else to the caseload."""
    try:
        client = UUID(request.GET.get("for", ""))
    except ValueError:
        client = None
    own = patients_for(viewer, Action.ASSIGN_INSTRUMENT)
    if client and own.filter(pk=client).exists():
        return {"back_url": reverse("assign", args=[client]), "back_label": "Back to the client"}
    return {"back_url": reverse("caseload"), "back_label": "Caseload"}


@dataclass(frozen=True, slots=True)
class Table:
    """Questions that share their answers and their condition, as `paper.html` draws them."""

    caption: str
    labels: tuple[str, ...]
    items: tuple[str, ...]
    before: int  # how many questions stand above
    lead: str = ""
    title: str = ""
    intro: str = ""
    stem: str = ""
    blanks: tuple[str, ...] = ()


def tables_of(instrument: Instrument) -> list[Table]:
    """The whole measure in printed order; the first table has its title and the lines to fill."""

    def shared(item: Item) -> tuple[str, tuple[str, ...]]:
        return asked_when(instrument, item), tuple(option.label for option in item.options)

    tables: list[Table] = []
    before = 0
    for (lead, labels), held in groupby(instrument.items, key=shared):
        items = tuple(item.text for item in held)
        caption = f"{instrument.title}, from question {before + 1} on"
        tables.append(Table(caption, labels, items, before, lead))
        before += len(items)
    head = replace(
        tables[0],
        title=instrument.title,
        intro=instrument.introduction,
        stem=instrument.stem,
        blanks=("Name", "Date"),
    )
    return [head, *tables[1:]]


def _notes(instrument: Instrument, clinic: "Clinic") -> list[str]:
    """Where it goes, what to do in danger, and whose words these are."""
    notes = [f"Please hand this sheet in at {clinic.name}."]
    if instrument.risk_items:
        shown = crisis_lines(lines_of(clinic))
        calls = [f"{one['name']}: {one['call']}" for one in shown["lines_shown"] if one["call"]]
        urgent = [f"In danger right now: {shown['emergency']}"] if shown["emergency"] else []
        reach = ". ".join([*urgent, *calls[:1]])
        notes.append(f"Nobody reads it before you hand it in. {reach}.")
    return [*notes, instrument.licence.attribution]
