"""A blank measure on paper: exact words, circles to mark, no client's name."""

from datetime import datetime
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.clinic.frame import framed
from waymark.interfaces.clinic.give.forms import asked_when
from waymark.interfaces.endpoint import endpoint
from waymark.interfaces.ui.crisis import crisis_lines
from waymark.library.instrument import Instrument, Item
from waymark.library.instruments import INSTRUMENTS
from waymark.record.assessments.queries import offers
from waymark.record.people.conduct import Clinic
from waymark.record.people.queries import clinic_of
from waymark.record.safety.readiness import lines_of


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
        "give/paper.html",
        viewer=viewer,
        at=at,
        instrument=offered.instrument,
        refusal=offered.refusal,
        blocks=[] if offered.refusal else blocks_of(offered.instrument),
        notes=_notes(offered.instrument, clinic),
        status=422 if offered.refusal else 200,
    )


def blocks_of(instrument: Instrument) -> list[dict[str, Any]]:
    """Tables of questions that share their answers and their condition, in printed order."""

    def shared(numbered: tuple[int, Item]) -> tuple[str, ...]:
        item = numbered[1]
        return (asked_when(instrument, item), *(option.label for option in item.options))

    blocks: list[dict[str, Any]] = []
    for (condition, *labels), held in groupby(enumerate(instrument.items), key=shared):
        items = list(held)
        head = {} if blocks else _head(instrument)
        blocks.append(
            {
                **head,
                "caption": f"{instrument.title}, from question {items[0][0] + 1} on",
                "lead": condition,
                "labels": labels,
                "items": [item.text for _, item in items],
                "before": items[0][0],
            }
        )
    return blocks


def _head(instrument: Instrument) -> dict[str, Any]:
    intro = " ".join(part for part in (instrument.introduction, instrument.stem) if part)
    return {"title": instrument.title, "intro": intro, "blanks": ["Name", "Date"]}


def _notes(instrument: Instrument, clinic: Clinic) -> list[str]:
    """Where it goes, what to do in danger, and whose words these are."""
    notes = [f"Please hand this sheet in at {clinic.name}."]
    if instrument.risk_items:
        shown = crisis_lines(lines_of(clinic))
        calls = [f"{one['name']}: {one['call']}" for one in shown["lines_shown"] if one["call"]]
        urgent = [f"In danger right now: {shown['emergency']}"] if shown["emergency"] else []
        reach = ". ".join([*urgent, *calls[:2]])
        notes.append(f"Nobody reads it before you hand it in. {reach}.")
    return [*notes, instrument.licence.attribution]
