"""Founding a clinic and keeping its settings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.db import connection

from waymark.access.vocabulary import Action, Viewer
from waymark.library.instruments import INSTRUMENTS
from waymark.library.lines import LINES
from waymark.record.people.actions.care_team import tell_leads
from waymark.record.people.models import ConfirmedLine
from waymark.record.people.queries import TREATING
from waymark.record.people.reach import as_written, fault_of
from waymark.record.people.second_thought import check_not_new
from waymark.record.tenancy.action import Invalid, action
from waymark.record.tenancy.hours import DAYS, Hours
from waymark.record.tenancy.models import Clinic, Duty, DutyKind, Membership, Patient
from waymark.record.tenancy.models.clinic import ended
from waymark.record.tenancy.row_security import across_clinics


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What a clinic is called, where it is, and how it is reached."""

    name: str
    zone: str
    region: str
    phone: str = ""
    address: str = ""


def found_clinic(*, name: str, zone: str, region: str, at: datetime) -> Clinic:
    """The first row of all: a clinic without people. On SQLite there may be one only."""
    _check(name=name, zone=zone, region=region)
    if connection.vendor == "sqlite" and Clinic.objects.exists():
        raise Invalid("name", "Several clinics in one database need PostgreSQL; this one has one.")
    with across_clinics():
        return Clinic.objects.create(name=name.strip(), zone=zone, region=region, made_at=at)


def _check(*, name: str, zone: str, region: str) -> None:
    if not name.strip():
        raise Invalid("name", "Give the clinic a name.")
    if zone not in available_timezones():
        raise Invalid("zone", f"{zone!r} is not a time zone; choose one like America/Chicago.")
    if region not in {line.region for line in LINES.values()}:
        raise Invalid("region", f"No crisis lines are known for the region {region!r}.")


@action(Action.MANAGE_SETTINGS, over=Clinic)
def settle(
    clinic: Clinic,
    *,
    to: Letterhead,
    by: Viewer,
    at: datetime,
) -> Clinic:
    """Name, zone, region, phone and the address phones reach."""
    _check(name=to.name, zone=to.zone, region=to.region)
    if to.address and (fault := fault_of(to.address)):
        raise Invalid("address", fault)
    clinic.name, clinic.zone, clinic.region = to.name.strip(), to.zone, to.region
    clinic.phone, clinic.address = to.phone.strip(), as_written(to.address)
    clinic.save(update_fields=["name", "zone", "region", "phone", "address"])
    return clinic


@action(Action.MANAGE_SETTINGS, over=Clinic)
def set_instruments(
    clinic: Clinic,
    *,
    opened: Sequence[str],
    usual_set: Sequence[str],
    self_start: Sequence[str],
    by: Viewer,
    at: datetime,
) -> Clinic:
    """Which instruments with conditions were accepted, are usual, and may be self-started."""
    for field, ids in (("opened", opened), ("usual_set", usual_set), ("self_start", self_start)):
        for id in ids:
            _check_offered(field, id, opened)
    for id in self_start:
        if INSTRUMENTS[id].asked_by_a_person:
            title = INSTRUMENTS[id].title
            raise Invalid("self_start", f"{title} is asked by a person; nobody starts it alone.")
    clinic.opened, clinic.usual_set = list(opened), list(usual_set)
    clinic.self_start = list(self_start)
    clinic.save(update_fields=["opened", "usual_set", "self_start"])
    return clinic


def _check_offered(field: str, id: str, opened: Sequence[str]) -> None:
    if id not in INSTRUMENTS:
        raise Invalid(field, f"{id!r} is not an instrument of this library.")
    instrument = INSTRUMENTS[id]
    if instrument.compared is None:
        raise Invalid(field, f"{instrument.title} stays off: its wording could not be compared.")
    if not instrument.default_on and id not in opened:
        raise Invalid(field, f"{instrument.title} has conditions; accept them first.")


@action(Action.MANAGE_SAFETY, over=Clinic)
def set_hours(
    clinic: Clinic,
    *,
    by_day: Mapping[str, Sequence[str]],
    holidays: Sequence[date],
    after_hours: str,
    by: Viewer,
    at: datetime,
) -> Clinic:
    """Opening times, holidays, and what clients are told when the clinic is closed."""
    for day, times in by_day.items():
        _check_times(day, times)
    if not by_day:
        raise Invalid("by_day", "Say on at least one day when somebody is there.")
    if not after_hours.strip():
        raise Invalid("after_hours", "Say what a client can do when the clinic is closed.")
    clinic.hours = {day: list(times) for day, times in by_day.items()}
    clinic.holidays = sorted(day.isoformat() for day in holidays)
    clinic.after_hours = after_hours.strip()
    clinic.save(update_fields=["hours", "holidays", "after_hours"])
    return clinic


def _check_times(day: str, times: Sequence[str]) -> None:
    try:
        opens, closes = (time.fromisoformat(text) for text in times)
    except ValueError as error:
        raise Invalid(day, "Give two times like 08:00 and 17:00.") from error
    if day not in DAYS or opens >= closes:
        raise Invalid(day, "The clinic must open before it closes.")


def hours_of(clinic: Clinic) -> Hours:
    """The clinic's working time as a pure value."""
    return Hours(
        zone=ZoneInfo(clinic.zone),
        by_day=clinic.hours,
        holidays=frozenset(date.fromisoformat(day) for day in clinic.holidays),
    )


@action(Action.MANAGE_SAFETY, over=Clinic)
def set_duties(
    clinic: Clinic,
    *,
    safety_lead: Membership,
    primary: Membership,
    backup: Membership | None,
    by: Viewer,
    at: datetime,
) -> None:
    """Name who answers when an answer tells of danger; whoever was the safety lead is told."""
    wanted: dict[str, Any] = {
        DutyKind.SAFETY_LEAD: safety_lead,
        DutyKind.PRIMARY: primary,
        DutyKind.BACKUP: backup,
    }
    for kind, membership in wanted.items():
        check_duty(kind, membership, clinic)
        if membership is not None:
            over = Patient._base_manager.filter(clinic=clinic)
            check_not_new(membership, kind.replace("-", "_"), over=over, by=by, at=at)
    if backup is not None and backup.account_id == primary.account_id:
        raise Invalid("backup", "The backup must be somebody other than the primary responder.")
    if _others(wanted):
        tell_leads(clinic, at=at)
    for kind, membership in wanted.items():
        hand_duty(clinic, DutyKind(kind), membership, at=at)


def _others(wanted: dict[str, Membership | None]) -> bool:
    """Whether somebody answers for something that they did not answer for before."""
    held = set(Duty.objects.filter(until=None).values_list("kind", "membership"))
    return any(one and (kind, one.pk) not in held for kind, one in wanted.items())


def check_duty(kind: str, membership: Membership | None, clinic: Clinic) -> None:
    """Raise Invalid unless they work here now and are licensed to treat."""
    field = kind.replace("-", "_")
    if membership is None:
        return
    if membership.clinic_id != clinic.pk or membership.until is not None:
        raise Invalid(field, "Choose somebody who works here now.")
    if membership.role not in TREATING:
        raise Invalid(field, "In this role nobody treats. Choose somebody licensed to.")
    if not membership.licensed:
        raise Invalid(field, "A responder must be licensed to treat clients.")


def hand_duty(
    clinic: Clinic, kind: DutyKind, membership: Membership | None, *, at: datetime
) -> None:
    """One holder a duty; `safety.leaving` calls it too, where a duty would stand vacant."""
    for held in Duty.objects.filter(kind=kind, until=None):
        if membership is None or held.membership_id != membership.pk:
            ended(held, at=at)
    if membership and not Duty.objects.filter(kind=kind, until=None).exists():
        Duty.objects.create(clinic=clinic, membership=membership, kind=kind, since=at)


@action(Action.MANAGE_SAFETY, over=Clinic)
def confirm_line(
    clinic: Clinic, *, line: str, hours: str = "", by: Viewer, at: datetime
) -> ConfirmedLine:
    """Show a crisis line to clients after somebody here made sure that it answers, and when."""
    if line not in LINES:
        raise Invalid("line", f"{line!r} is not a line of this library.")
    if not (hours.strip() or LINES[line].hours):
        raise Invalid("hours", "Say when it answers, such as “24 hours, every day”.")
    row, _ = ConfirmedLine.objects.update_or_create(
        clinic=clinic,
        line=line,
        defaults={"hours": hours.strip(), "by": by.account or clinic.pk, "at": at},
    )
    return row


@action(Action.MANAGE_SAFETY, over=Clinic)
def withdraw_line(clinic: Clinic, *, line: str, by: Viewer, at: datetime) -> int:
    """Hide a line again that somebody here had confirmed: it no longer answers."""
    return ConfirmedLine.objects.filter(line=line).delete()[0]


def demo() -> bool:
    """Whether this is the demo: one place asks, so that one place can be audited."""
    return bool(settings.WAYMARK_DEMO)
