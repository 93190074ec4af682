"""Problems in a client's own words: writing one, putting it aside, taking it up, removing it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from waymark.access.vocabulary import Action, Viewer
from waymark.library.marking import gettext_noop
from waymark.record.goals.models import Problem
from waymark.record.goals.terms import LONGEST_LINE, LONGEST_WORD, short
from waymark.record.sharing.actions import withdraw
from waymark.record.tenancy.action import Invalid, action
from waymark.record.tenancy.models import Patient

PROBLEM_ENDS = (gettext_noop("No trouble at all"), gettext_noop("As bad as it can be"))
"""The names of 0 and 10, where somebody names no ends of their own."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A problem in its owner's words; ``ends``: what 0 and 10 mean, where that was said."""

    words: str
    ends: tuple[str, str] = ("", "")

    @property
    def body(self) -> dict[str, Any]:
        """As it is stored."""
        return {"words": self.words, "ends": list(self.ends)}


def read_problem(body: Mapping[str, Any]) -> Stated:
    """A stored one."""
    low, high = body["ends"]
    return Stated(body["words"], (low, high))


def checked_problem(stated: Stated) -> Stated:
    """The same without spaces around. Raises Invalid."""
    words = short("words", stated.words, LONGEST_LINE)
    if not words:
        raise Invalid("words", _("Write what troubles you. A few words are enough."))
    low, high = (short("ends", one, LONGEST_WORD) for one in stated.ends)
    return Stated(words, (low, high))


@action(Action.KEEP_GOALS)
def state(
    patient: Patient, *, stated: Stated, by: Viewer, at: datetime, key: UUID | None = None
) -> Problem:
    """Keep one. Raises Invalid."""
    body = checked_problem(stated).body
    return Problem.objects.create(
        patient=patient, clinic_id=patient.clinic_id, made_at=at, body=body
    )


@action(Action.KEEP_GOALS)
def put_aside(patient: Patient, *, problem: UUID, aside: bool, by: Viewer, at: datetime) -> Problem:
    """Rate it no more, or again; what was said stays."""
    row = Problem.objects.get(pk=problem)
    row.ended_at = at if aside else None
    row.save(update_fields=["ended_at"])
    return row


@action(Action.KEEP_GOALS)
def remove_problem(patient: Patient, *, problem: UUID, by: Viewer, at: datetime) -> None:
    """Remove it for good, with its ratings; what was shared of it is taken back."""
    row = Problem.objects.get(pk=problem)
    withdraw(row.pk, at=at)
    row.delete()
