"""Choosing what to track and when, items of one's own, making it lighter, and resting."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from waymark.access.vocabulary import Action, Viewer
from waymark.library.instrument import Better
from waymark.library.own_item import OwnItem, faults_of
from waymark.record.checkins import reminding
from waymark.record.checkins.models import Tracking
from waymark.record.checkins.tracking import MOST_ITEMS, MOST_OWN, Tracked, own_of
from waymark.record.tenancy.action import Invalid, action
from waymark.record.tenancy.days import day_of
from waymark.record.tenancy.models import Patient

MOST_HOURS = 2


def opened(row: Tracking | None) -> Tracked:
    """What a row says; as it is at first where there is none."""
    if row is None:
        return Tracked()
    return Tracked(
        items=tuple(row.body["items"]),
        own=own_of(row.body),
        light=row.light,
        hours=tuple(at for at in (row.first_at, row.second_at) if at is not None),
        paused=row.paused,
        paused_until=row.paused_until,
        settled_on=row.settled_on,
        rests_on=row.rests_on,
    )


def tracked_now() -> Tracked:
    """What is tracked. Inside an action over its owner."""
    return opened(Tracking.objects.first())


def kept(patient: Patient, **changed: Any) -> Tracking:
    """The same with this changed. Inside an action over its owner."""
    row = Tracking.objects.first()
    held = replace(opened(row), **changed)
    row = row or Tracking(patient=patient, clinic_id=patient.clinic_id)
    row.body, row.light = held.body, held.light
    row.first_at, row.second_at = held.hours[0], next(iter(held.hours[1:]), None)
    row.paused, row.paused_until = held.paused, held.paused_until
    row.settled_on, row.rests_on = held.settled_on, held.rests_on
    row.save()
    return row


@dataclass(frozen=True, slots=True)
class ToTrack:
    """What is tracked from now on: ids in the order of asking, and when, on the wall."""

    items: Sequence[str]
    hours: Sequence[time]
    remind: bool = False  # by a letter, at the first of them


@action(Action.KEEP_CHECK_INS)
def choose(patient: Patient, *, what: ToTrack, by: Viewer, at: datetime) -> Tracking:
    """Track these. What is tracked no more keeps its line."""
    held = replace(tracked_now(), items=tuple(dict.fromkeys(what.items)))
    asked = {one.id for one in held.chosen()}
    unknown = [id for id in held.items if held.question(id) is None]
    if unknown or not asked:
        raise Invalid("items", _("Choose at least one from the list."))
    if len(asked) > MOST_ITEMS:
        raise Invalid("items", _("Choose %(n)d at most. Fewer is fine.") % {"n": MOST_ITEMS})
    hours = tuple(sorted(set(what.hours)))
    if not 1 <= len(hours) <= MOST_HOURS:
        raise Invalid("hours", _("Choose one hour, or two."))
    first = reminding.first_day(held, day_of(at, zone=patient.zone))
    reminding.ask(patient, wanted=what.remind, hour=hours[0], first=first)
    items = tuple(id for id in held.items if id in asked)
    return kept(patient, items=items, hours=hours, light=False)


@dataclass(frozen=True, slots=True)
class Own:
    """An item in a client's own words; ``better`` is the end that is easier for them."""

    words: str
    low: str
    high: str
    better: Better


@action(Action.KEEP_CHECK_INS)
def add_own(
    patient: Patient, *, own: Own, by: Viewer, at: datetime, key: UUID | None = None
) -> Tracking:
    """Ask it from now on. Raises Invalid, naming the field and what would do."""
    held = tracked_now()
    item = OwnItem(
        str(uuid4()), 1, own.words.strip(), own.low.strip(), own.high.strip(), own.better
    )
    for fault in faults_of(item):
        raise Invalid(fault.field, _(fault.remedy))
    if len(held.own) >= MOST_OWN:
        raise Invalid("words", _("You have %(n)d of your own already.") % {"n": MOST_OWN})
    room = len(held.chosen()) < MOST_ITEMS
    items = (*held.items, item.id) if room else held.items
    return kept(patient, own=(*held.own, item), items=items)


@action(Action.KEEP_CHECK_INS)
def retire_own(patient: Patient, *, item: str, by: Viewer, at: datetime) -> Tracking:
    """Ask it no more: its line stays. Raises Invalid where it is not theirs."""
    held = tracked_now()
    if all(one.id != item for one in held.own):
        raise Invalid("items", _("Choose one of your own."))
    left = held.without(item)
    items = left.items if left.chosen() else Tracked().items
    return kept(patient, own=left.own, items=items)


@action(Action.KEEP_CHECK_INS)
def settle(patient: Patient, *, light: bool | None = None, by: Viewer, at: datetime) -> Tracking:
    """Say how to go on after some days away: as it was, or lighter. It also ends a pause."""
    changed = {} if light is None else {"light": light}
    today = day_of(at, zone=patient.zone)
    reminding.resumed(today)
    return kept(patient, settled_on=today, paused=False, paused_until=None, **changed)


@action(Action.KEEP_CHECK_INS)
def pause(patient: Patient, *, until: date | None, by: Viewer, at: datetime) -> Tracking:
    """Nothing is asked until that day; None: until it is turned on again."""
    today = day_of(at, zone=patient.zone)
    if until is not None and until <= today:
        raise Invalid("until", _("Choose a day to come, or leave it open."))
    reminding.rests(until)
    return kept(patient, paused=True, paused_until=until, settled_on=today)
