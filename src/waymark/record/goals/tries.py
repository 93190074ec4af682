"""A two-week try: what one tries, when, and which check-in item should move; kept or let go."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from waymark.access.vocabulary import Action, Viewer
from waymark.record.goals.models import Try, TryState
from waymark.record.goals.terms import LONGEST_LINE, short
from waymark.record.tenancy.action import Invalid, action
from waymark.record.tenancy.days import day_of
from waymark.record.tenancy.models import Patient
from waymark.record.vault.batch import open_all

ACT = Action.KEEP_GOALS


class Outcome(StrEnum):
    """What becomes of a try."""

    KEPT = TryState.KEPT.value  # as a coping plan
    LET_GO = TryState.LET_GO.value


@dataclass(frozen=True, slots=True)
class Plan:
    """``when`` this comes up, ``what`` one does; ``item`` of the check-in should move."""

    what: str
    when: str
    item: str
    words: str = ""  # what was said when it was kept, or let go

    @property
    def body(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)


def read_plan(body: Mapping[str, Any]) -> Plan:
    """A stored one."""
    return Plan(**body)


def checked_plan(plan: Plan) -> Plan:
    """The same without spaces around. Raises Invalid. Whether there is such an item is the
    caller's to ask: this room knows none."""
    what, when = short("what", plan.what, LONGEST_LINE), short("when", plan.when, LONGEST_LINE)
    if not what:
        raise Invalid("what", _("Write what you would like to try."))
    return Plan(what, when, plan.item, short("words", plan.words, LONGEST_LINE))


@action(ACT)
def begin_try(
    patient: Patient, *, plan: Plan, by: Viewer, at: datetime, key: UUID | None = None
) -> Try:
    """Begin one today. Raises Invalid, also where one is under way: two at once tell nothing."""
    checked = checked_plan(plan)
    if Try.objects.filter(state=TryState.GOING).exists():
        raise Invalid("what", _("One try is under way. Two at once would tell you nothing."))
    return Try.objects.create(
        patient=patient,
        clinic_id=patient.clinic_id,
        state=TryState.GOING,
        begins=day_of(at, zone=patient.zone),
        made_at=at,
        body=checked.body,
    )


@action(ACT)
def end_try(
    patient: Patient, *, of: UUID, outcome: Outcome, words: str, by: Viewer, at: datetime
) -> Try:
    """Keep it as a coping plan, or let it go; at any time, also before the two weeks are over."""
    row = Try.objects.get(pk=of)
    if row.state != TryState.GOING:  # sent twice
        return row
    plan = read_plan(row.body)
    said = short("words", words, LONGEST_LINE)
    row.state, row.body = outcome.value, Plan(plan.what, plan.when, plan.item, said).body
    row.save(update_fields=["state", "body"])
    return row


@action(ACT)
def remove_try(patient: Patient, *, of: UUID, by: Viewer, at: datetime) -> None:
    """Remove it for good."""
    Try.objects.get(pk=of).delete()


@dataclass(frozen=True, slots=True)
class Tried:
    """One try, opened."""

    id: UUID
    state: str
    begins: date
    plan: Plan

    @property
    def going(self) -> bool:
        return self.state == TryState.GOING

    @property
    def kept(self) -> bool:
        return self.state == TryState.KEPT


def tries_of(viewer: Viewer) -> list[Tried]:
    """The viewer's own, newest first."""
    rows = Try.objects.visible_to(viewer, ACT).order_by("-made_at", "pk")
    return [_tried(row) for row in open_all(rows, "body")]


def try_of(viewer: Viewer, id: UUID) -> Tried:
    """One of them. Raises DoesNotExist."""
    return _tried(Try.objects.visible_to(viewer, ACT).get(pk=id))


def _tried(row: Try) -> Tried:
    return Tried(row.pk, row.state, row.begins, read_plan(row.body))
