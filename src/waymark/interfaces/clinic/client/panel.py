"""What a panel of a client's page is: one file, with what it needs, its place and what it shows.

A panel is shown to whoever may take its action over this person, and to nobody else. Its template
stands beside it, under its own name.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.clinic.client.forms import FlagForm, MeetingForm
from waymark.record.timeline.queries import Course

if TYPE_CHECKING:
    from waymark.record.tenancy.named import Patient


class Place(Enum):
    """Where a panel stands; within a place, by its number."""

    FIRST = "first"  # before anything else: what cannot wait
    COURSES = "courses"  # across the page
    LEFT = "left"  # below, the wider half
    RIGHT = "right"  # below, the narrower half


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed on this page and could not be noted: it is shown again where it was typed."""

    meeting: MeetingForm | None = None
    flag: tuple[str, FlagForm] | None = None  # the key of a card, and its form
    unsaved: str | None = None

    def __bool__(self) -> bool:
        return bool(self.meeting or self.flag or self.unsaved is not None)


@dataclass(frozen=True, slots=True)
class Asked:
    """What every panel is handed: who asks, about whom, and what the page has opened already."""

    viewer: Viewer
    patient: "Patient"
    at: datetime
    rights: frozenset[Action]  # what the viewer may do over this person
    courses: tuple[Course, ...]
    remarks: dict[tuple[str, UUID], Any]
    episode: Any  # the row of the time in care that is under way, or None
    typed: Typed = field(default_factory=Typed)


Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel. ``data`` returns what its template is given, or None where there is nothing."""

    id: str
    place: Place
    number: int
    needs: Action
    data: Callable[[Asked], Data | None]
    statements: int  # how many the database is asked at most, however many rows there are

    @property
    def template(self) -> str:
        return f"clinic/client/panels/{self.id}.html"


def drawn(panels: Mapping[str, Panel], asked: Asked) -> dict[str, list[tuple[str, Data]]]:
    """By place, each panel that this person's page shows: its template and its data."""
    found: dict[str, list[tuple[str, Data]]] = {place.value: [] for place in Place}
    for panel in _in_order(panels, asked.rights):
        data = panel.data(asked)
        if data is not None:
            found[panel.place.value].append((panel.template, data))
    return found


def _in_order(panels: Mapping[str, Panel], rights: frozenset[Action]) -> Iterator[Panel]:
    for panel in sorted(panels.values(), key=lambda one: (one.number, one.id)):
        if panel.needs in rights:
            yield panel
