"""The made-up people of the demo, and the months of answers that they gave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from waymark.access.vocabulary import Action, Role, Viewer, system
from waymark.cohort.course import Episode, fit_course, measured
from waymark.interfaces.cli.owner.demo_life import Life
from waymark.interfaces.cli.owner.demo_rooms import live
from waymark.library.instruments import INSTRUMENTS
from waymark.progress.validation.simulations.episodes import POPULATION
from waymark.record.assessments import actions as assessments
from waymark.record.assessments.queries import waiting_for
from waymark.record.episodes import actions as episodes
from waymark.record.expected import actions as expected
from waymark.record.people import actions as people
from waymark.record.people.queries import (
    membership_of,
    patient_for,
    staff_of,
    viewer_of,
)
from waymark.record.safety import actions as safety
from waymark.record.tenancy.days import day_of
from waymark.record.tenancy.row_security import across_clinics

if TYPE_CHECKING:
    from waymark.record.tenancy.named import Clinic, Patient

SIGN_INS = (
    ("Client (Sam)", "sam"),
    ("Clinician (Dr. Okafor)", "okafor@demo.example"),
    ("Clinic administrator (Ada)", "ada@demo.example"),
    ("Supervisor (Noor)", "noor@demo.example"),
    ("Front desk (Dana)", "dana@demo.example"),
)
WEEK = timedelta(days=7)
ZONE = "America/Chicago"
SLEEPS, RISES = 2, 10  # o'clock
ASKED = "sam"  # would like to see the expected course; nobody has opened it yet
OPEN = {day: ["08:00", "19:00"] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}


@dataclass(frozen=True, slots=True)
class Person:
    """A client and the PHQ-9 totals they gave week by week, the newest one today or before."""

    name: str
    login: str
    phq: tuple[int, ...]
    gad: tuple[int, ...] = ()
    danger_today: int = 0
    days_ago: int = 2
    joined: int = 0  # days ago, where that was before the first answers


PEOPLE = (
    Person(
        "Sam Torres",
        "sam",
        (18, 16, 20, 14, 16, 12, 18, 10, 8, 12, 4, 6, 2, 8, 10, 9, 8, 6, 8, 7),
        gad=(13, 12, 13, 11, 9, 10, 8, 7, 7, 6),
        days_ago=8,
        joined=185,
    ),
    Person("Jordan Pike", "jordan", (14, 15, 15, 17, 19), danger_today=1, days_ago=0),
    Person("Casey Lind", "casey", (12, 13, 11, 12), days_ago=5, joined=185),
    Person("Alex Rivera", "alex", (11, 12, 13, 14, 16, 18, 18), days_ago=1, joined=185),
    Person(
        "Morgan Dale",
        "morgan",
        (15, 14, 15, 13, 14, 15, 13, 13, 12, 13, 13),
        days_ago=3,
        joined=185,
    ),
    Person("Riley Chen", "riley", (9,), days_ago=2, joined=185),
    Person(
        "Avery Stone", "avery", (16, 15, 12, 11, 10, 8, 7), gad=(12, 9, 7), days_ago=6, joined=185
    ),
    Person("Quinn Harper", "quinn", (), days_ago=0),
)


@transaction.atomic
def make_clinic(*, password: str, at: datetime, people_of: Sequence[Person] = PEOPLE) -> "Clinic":
    """Found the clinic, hire its people, and let its clients answer for months; all or nothing."""
    begun = at - timedelta(days=200)
    clinic = people.found_clinic(
        name="Lakeside Counseling (demo)", zone=ZONE, region="US", at=begun
    )
    with across_clinics():
        boss = _hire(clinic, password, at=begun)
        _settle(clinic, boss, at=begun)
        okafor = _viewer(clinic, "Dr. Okafor")
        for person in people_of:
            _live(clinic, person, okafor, password=password, at=at)
        _expect(clinic, boss, at=at)
    return clinic


def _expect(clinic: "Clinic", boss: Viewer, *, at: datetime) -> None:
    """An expected course as after years of work: fitted on made-up episodes, and it says so."""
    drawn = POPULATION.people(1, number=1500)
    episodes = [Episode(one.sessions, one.scores) for one in drawn]
    course = fit_course(episodes, of=measured("phq-9", INSTRUMENTS["phq-9"].scale("total")))
    named = replace(course, source="fitted on 1,500 made-up episodes of the demo")
    expected.keep_course(clinic, course=named, by=system(clinic.pk), at=at)
    expected.accept_use(clinic, version=expected.VERSION, by=boss, at=at)


def _hire(clinic: "Clinic", password: str, *, at: datetime) -> Viewer:
    first = people.first_administrator(
        clinic,
        who=people.Recruit("Ada Moreno", "ada@demo.example"),
        password=password,
        by=system(clinic.pk),
        at=at,
    )
    boss = viewer_of(first.pk)
    staff = (
        people.Recruit("Dr. Okafor", "okafor@demo.example", Role.CLINICIAN, licensed=True),
        people.Recruit("Dr. Brandt", "brandt@demo.example", Role.CLINICIAN, licensed=True),
        people.Recruit("Noor Haddad", "noor@demo.example", Role.SUPERVISOR, licensed=True),
        people.Recruit("Dana Wells", "dana@demo.example", Role.FRONT_DESK),
    )
    for who in staff:
        invitation = people.invite_staff(clinic, who=who, by=boss, at=at)
        people.accept_staff(invitation, password=password, at=at)
    return boss


def _settle(clinic: "Clinic", boss: Viewer, *, at: datetime) -> None:
    """A number, responders, hours, the signed policy, the instruments: what rule D0 asks for."""
    to = people.Letterhead(clinic.name, clinic.zone, clinic.region, "312 555 0100", clinic.address)
    people.settle(clinic, to=to, by=boss, at=at)
    by_name = {one.name: one.membership for one in staff_of(boss)}
    okafor, brandt = (membership_of(boss, by_name[name]) for name in ("Dr. Okafor", "Dr. Brandt"))
    people.supervise(
        clinic,
        supervisor=by_name["Noor Haddad"],
        supervisee=okafor.pk,
        by=boss,
        at=at,
    )
    people.set_duties(clinic, safety_lead=okafor, primary=okafor, backup=brandt, by=boss, at=at)
    people.set_hours(
        clinic,
        by_day=OPEN,
        holidays=[],
        after_hours="Nobody is here at night. Call or text 988, or call 911 in danger.",
        by=boss,
        at=at,
    )
    people.set_instruments(
        clinic,
        opened=[],
        usual_set=["phq-9", "gad-7"],
        self_start=["gad-7", "scs-sf"],
        by=boss,
        at=at,
    )
    safety.sign_policy(
        clinic,
        timers={"review": 1, "same-day": 4, "urgent": 15},
        review_on=day_of(at + timedelta(days=360), zone=ZONE),
        by=boss,
        at=at,
    )


def _viewer(clinic: "Clinic", name: str) -> Viewer:
    boss = system(clinic.pk)
    return viewer_of(next(one.account for one in staff_of(boss) if one.name == name))


def _live(clinic: "Clinic", person: Person, okafor: Viewer, *, password: str, at: datetime) -> None:
    last = _awake(at - timedelta(days=person.days_ago, minutes=25))
    first = last - WEEK * max(len(person.phq) - 1, 0)
    clinician = membership_of(okafor, next(iter(okafor.memberships)))
    joined = min(first - timedelta(days=2), _awake(at - timedelta(days=person.joined)))
    invitation = people.invite(
        clinic,
        who=people.Newcomer(person.name, adult=True, phone="312 555 0143", number=person.login),
        clinician=clinician,
        by=okafor,
        at=joined - timedelta(days=1),
    )
    account = people.accept(invitation, login=person.login, password=password, at=joined)
    client = viewer_of(account.pk)
    _care(invitation.patient_id, person, client, okafor, joined=joined, first=first, at=at)
    if person.login == ASKED:
        patient = patient_for(client, Action.ASK_EXPECTED_COURSE, invitation.patient_id)
        expected.ask(patient, by=client, at=last)


def _awake(at: datetime) -> datetime:
    """The evening before for what would fall into the hours before anything is due there."""
    local = at.astimezone(ZoneInfo(ZONE))
    early = SLEEPS <= local.hour < RISES  # clear of four and of eight o'clock, summer and winter
    return at - timedelta(hours=local.hour + 4) if early else at


def _care(
    patient_id: UUID,
    person: Person,
    client: Viewer,
    okafor: Viewer,
    *,
    joined: datetime,
    first: datetime,
    at: datetime,
) -> None:
    patient = patient_for(okafor, Action.MANAGE_EPISODE, patient_id)
    started = first - timedelta(hours=2)
    episodes.start(patient, started_at=started, by=okafor, at=started)
    people.set_preferences(
        patient,
        zone=ZONE,
        phone="312 555 0143",
        safe={"call": True, "voicemail": False, "text": True},
        by=client,
        at=started,
    )
    people.welcomed(patient, screen=4, by=client, at=started)
    for course in (
        Weeks("phq-9", person.phq, 7, person.danger_today),
        Weeks("gad-7", person.gad, 14),
    ):
        if course.totals:
            _weeks(patient, course, client, okafor, first=first, at=at)
    live(Life(person.login, patient, client, okafor, joined=joined, first=first, now=at))
    if not person.phq:
        assessments.assign_usual_set(patient, starts_on=day_of(at, zone=ZONE), by=okafor, at=at)


@dataclass(frozen=True, slots=True)
class Weeks:
    """The totals somebody gave on one instrument, every so many days."""

    id: str
    totals: tuple[int, ...]
    every: int
    danger_at_last: int = 0


def _weeks(
    patient: "Patient",
    course: Weeks,
    client: Viewer,
    okafor: Viewer,
    *,
    first: datetime,
    at: datetime,
) -> None:
    rule = assessments.RepeatRule("every-days", course.every)
    given_at = first if course.id == "phq-9" else first + timedelta(minutes=1)
    assessments.assign(
        patient,
        instrument=course.id,
        rule=rule,
        starts_on=day_of(first, zone=ZONE),
        by=okafor,
        at=given_at,
    )
    for week, total in enumerate(course.totals):
        when = first + timedelta(days=course.every * week)
        assessments.bring_due(patient, by=system(patient.clinic_id), at=when)
        last = week == len(course.totals) - 1
        danger = course.danger_at_last if last else 0
        _answer(course.id, total, client, danger=danger, when=when)
        met = when + timedelta(hours=1)
        if course.id == "phq-9" and met <= at:  # a meeting that is to come is not noted yet
            _meet(patient, okafor, when=met)


def _meet(patient: "Patient", okafor: Viewer, *, when: datetime) -> None:
    episodes.record_encounter(patient, kind="in-person", took_place_at=when, by=okafor, at=when)


def _answer(id: str, total: int, client: Viewer, *, danger: int, when: datetime) -> None:
    waiting = next(one for one in waiting_for(client, at=when) if one.instrument == id)
    answers = answers_of(id, total, danger=danger)
    assessments.submit(waiting, answers=answers, by=client, at=when)


def answers_of(id: str, total: int, *, danger: int = 0) -> Mapping[str, int]:
    """Answers that add up to ``total``, spread over the items that ask of no danger."""
    instrument = INSTRUMENTS[id]
    quiet = [item.id for item in instrument.items if item.scored and item.safety is None]
    given = dict.fromkeys(quiet, 0)
    for turn in range(total - danger):
        given[quiet[turn % len(quiet)]] += 1
    return {**given, **{item.id: danger for item in instrument.risk_items}}
