"""The cast: a small clinic whose people stand in every relation that the policy knows.

Ana and Eli are clients of the Lakeside clinic; Ben treats Ana, Gil treats Eli, Sue supervises Ben.
Dana keeps the front desk, Ada administers. Cleo treats Zoe at another clinic. Everybody is made
through actions, at NOON of a fixed day; who works there was hired two days before.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from waymark.access.vocabulary import Role, Viewer, system
from waymark.record.people import actions as people
from waymark.record.people.models import Invitation
from waymark.record.people.queries import viewer_of
from waymark.record.safety import actions as safety
from waymark.record.tenancy.models import Account, Clinic, Membership, Patient
from waymark.record.tenancy.row_security import across_clinics
from waymark.record.tenancy.scope import everyone
from waymark.record.vault.openings import audited_reads

NOON = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)  # a Monday, noon in Chicago
HIRED = NOON - timedelta(days=2)  # a role of today opens no record yet
PASSWORD = "heron-lamp-orchard-9"
WEEKDAYS = {day: ["08:00", "17:00"] for day in ("mon", "tue", "wed", "thu", "fri")}


def after(**given: float) -> datetime:
    """NOON and some time after it."""
    return NOON + timedelta(**given)


@dataclass
class Cast:
    """Everybody, by first name; ``viewer("ben")`` is Ben, asking."""

    clinic: Clinic
    accounts: dict[str, Account] = field(default_factory=dict)
    patients: dict[str, Patient] = field(default_factory=dict)
    memberships: dict[str, Membership] = field(default_factory=dict)

    def viewer(self, name: str) -> Viewer:
        return viewer_of(self.accounts[name].pk)

    def clock(self) -> Viewer:
        return system(self.clinic.pk)


def found(name: str = "Lakeside Counseling", *, at: datetime = NOON) -> Clinic:
    return people.found_clinic(name=name, zone="America/Chicago", region="US", at=at)


def hire(cast: Cast, name: str, *roles: Role, licensed: bool = False, at: datetime = HIRED) -> None:
    """The first one hired founds the staff; the others are invited and accept."""
    by = system(cast.clinic.pk)
    if not cast.accounts:
        account = people.first_administrator(
            cast.clinic,
            who=people.Recruit(name.title(), f"{name}@clinic.example", licensed=licensed),
            password=PASSWORD,
            also=roles[1:],
            by=by,
            at=at,
        )
    else:
        boss = cast.viewer(next(iter(cast.accounts)))
        invitation = people.invite_staff(
            cast.clinic,
            who=people.Recruit(name.title(), f"{name}@clinic.example", roles[0], licensed),
            by=boss,
            at=at,
        )
        account = people.accept_staff(invitation, password=PASSWORD, at=at)
    cast.accounts[name] = account
    with looking():
        held = Membership.objects.filter(account=account, clinic=cast.clinic)
        cast.memberships[name] = held.exclude(role=Role.ADMINISTRATOR).first() or held.get()


def welcome(
    cast: Cast, name: str, *, clinician: str, at: datetime = NOON, **given: Any
) -> Invitation:
    """A client is invited, joins, and their episode begins."""
    from waymark.record.episodes.actions import start

    by = cast.viewer(clinician)
    invitation = people.invite(
        cast.clinic,
        who=people.Newcomer(name.title(), adult=True, phone="312 555 0143"),
        clinician=cast.memberships[clinician],
        by=by,
        at=at,
        **given,
    )
    account = people.accept(invitation, login=f"{name}-at-home", password=PASSWORD, at=at)
    cast.accounts[name] = account
    with looking():
        cast.patients[name] = Patient.objects.get(pk=invitation.patient_id)
    start(cast.patients[name], started_at=at, by=by, at=at)
    return invitation


def give_number(clinic: Clinic, *, by: Viewer, at: datetime = NOON) -> None:
    """The clinic's own telephone number, with all else as it is."""
    to = people.Letterhead(clinic.name, clinic.zone, clinic.region, "312 555 0100", clinic.address)
    people.settle(clinic, to=to, by=by, at=at)


def make_ready(cast: Cast, *, at: datetime = NOON) -> None:
    """Rule D0: a number for clients, responders, hours, the signed policy."""
    by = cast.viewer("ada")
    give_number(cast.clinic, by=by, at=at)
    people.set_duties(
        cast.clinic,
        safety_lead=cast.memberships["ben"],
        primary=cast.memberships["ben"],
        backup=cast.memberships["gil"],
        by=by,
        at=at,
    )
    people.set_hours(
        cast.clinic,
        by_day=WEEKDAYS,
        holidays=[],
        after_hours="Call 988, or 911 in danger.",
        by=by,
        at=at,
    )
    safety.sign_policy(
        cast.clinic,
        timers={"review": 1, "same-day": 4, "urgent": 15},
        review_on=date(2027, 2, 1),
        by=by,
        at=at,
    )


def lakeside() -> Cast:
    """The whole Lakeside clinic, ready for risk items."""
    cast = Cast(found())
    hire(cast, "ada", Role.ADMINISTRATOR)
    hire(cast, "ben", Role.CLINICIAN, licensed=True)
    hire(cast, "gil", Role.CLINICIAN, licensed=True)
    hire(cast, "sue", Role.SUPERVISOR, licensed=True)
    hire(cast, "dana", Role.FRONT_DESK)
    people.supervise(
        cast.clinic,
        supervisor=cast.memberships["sue"].pk,
        supervisee=cast.memberships["ben"].pk,
        by=cast.viewer("ada"),
        at=NOON,
    )
    make_ready(cast)
    welcome(cast, "ana", clinician="ben")
    welcome(cast, "eli", clinician="gil")
    return cast


def gives_address(cast: Cast, name: str) -> None:
    """They confirmed an address: mail reaches them."""
    account = cast.accounts[name]
    account.email = f"{name}@home.example"
    account.save(update_fields=["email"])


@contextmanager
def looking() -> Iterator[None]:
    """A test looks at whole tables: behind every wall, and with every seal open."""
    with across_clinics(), everyone("a test looks"), audited_reads():
        yield


def ids(rows: Any) -> set[UUID]:
    return {row.pk for row in rows}
