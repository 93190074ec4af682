"""What a file says of danger, told for whom it can be, and shown by line for whom it cannot.

Done as soon as a file is there, whatever becomes of it: it may be refused, or left alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.clinic.measures.looking import Spoken, spoken, words_of
from waymark.interfaces.clinic.measures.matching import Person, Register
from waymark.interfaces.clinic.measures.reading import BadRow
from waymark.record.assessments import actions
from waymark.record.people.queries import patients_for
from waymark.record.people.roster import shown
from waymark.record.safety import queries as concerns
from waymark.record.safety.screen import LATE_AFTER
from waymark.record.tenancy.days import day_of

if TYPE_CHECKING:
    from waymark.record.tenancy.named import Patient

ACT = Action.IMPORT_SCORES
SHOWN = 200  # lines that are listed with their words; of the others the numbers


@dataclass(frozen=True, slots=True)
class Told:
    """One client whose answers tell of danger: recent ones and those over 30 days old, apart."""

    name: str
    old: bool
    days: tuple[date, ...]
    undated: bool  # a day that cannot be read: taken for today
    concern: UUID | None  # the one that is open now
    reached: bool  # whether anybody could be told


@dataclass(frozen=True, slots=True)
class Heard:
    """What a page says of it."""

    told: list[Told] = field(default_factory=list)
    unplaced: list[dict[str, Any]] = field(default_factory=list)  # of nobody in the viewer's care
    unread: list[dict[str, Any]] = field(default_factory=list)  # answers that cannot be read

    @property
    def further(self) -> list[int]:
        """The lines that are not listed with their words."""
        return [one["line"] for one in (*self.unplaced[SHOWN:], *self.unread[SHOWN:])]


def hear(data: bytes, people: Iterable[Person], *, viewer: Viewer, at: datetime) -> Heard:
    """Look at every row of a file; what tells of danger of a client opens a concern at once."""
    rows, register = spoken(data), Register(people)
    placed: dict[UUID, list[Spoken]] = {}
    unplaced: list[dict[str, Any]] = []
    for row in rows:
        if not row.risks:
            continue
        try:
            placed.setdefault(register.find(row.client).id, []).append(row)
        except BadRow as error:
            unplaced.append({"line": row.line, "why": str(error), "words": words_of(row)})
    return Heard(
        told=_told(placed, viewer=viewer, at=at),
        unplaced=unplaced,
        unread=[{"line": row.line, "cells": row.unread} for row in rows if row.unread],
    )


def _told(placed: dict[UUID, list[Spoken]], *, viewer: Viewer, at: datetime) -> list[Told]:
    patients = {one.pk: one for one in patients_for(viewer, ACT).filter(pk__in=list(placed))}
    for id, patient in patients.items():
        said = [actions.Said(one.instrument.id, one.answers, one.day) for one in placed[id]]
        actions.hear_past(patient, said=said, by=viewer, at=at)
    shown(patients)
    states = concerns.open_states(viewer, Action.READ_CONCERNS, list(patients))
    found = [
        _one(patient, rows, old, states.get(id), viewer=viewer)
        for id, patient in patients.items()
        for old, rows in _by_age(patient, placed[id], at=at)
    ]
    return sorted(found, key=lambda one: (one.old, one.name))


def _by_age(
    patient: "Patient", rows: list[Spoken], *, at: datetime
) -> list[tuple[bool, list[Spoken]]]:
    """The last 30 days first; a day that cannot be read may be one of them."""
    today = day_of(at, zone=patient.zone)
    old: list[Spoken] = []
    new: list[Spoken] = []
    for one in rows:  # each is looked at once: a file may hold 20,000 of one client
        late = one.day is not None and today - one.day > LATE_AFTER
        (old if late else new).append(one)
    return [(age, held) for age, held in ((False, new), (True, old)) if held]


def _one(
    patient: "Patient", rows: list[Spoken], old: bool, concern: Any, *, viewer: Viewer
) -> Told:
    return Told(
        name=patient.name,
        old=old,
        days=tuple(sorted({one.day for one in rows if one.day})),
        undated=any(one.day is None for one in rows),
        concern=concern.pk if concern else None,
        reached=concern is not None and concerns.shown(viewer, concern).told,
    )
