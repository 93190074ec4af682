"""Panels of a client's page: each by its right over this person, and at the cost that it names.

How many rows there are does not change how often the database is asked: each panel is drawn where
there is one of everything, and where there are three.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.template import Context, Engine
from django.test.utils import CaptureQueriesContext

from tests.cast import HIRED, NOON, Cast, after, looking, welcome
from tests.interfaces.conftest import NOW, BrowserOf
from tests.record.assessments.test_portions import confirm, weeks
from tests.record.checkins.saying import sends
from tests.record.goals.setting import SPEAK, writes
from tests.record.safety.test_screening import calm
from tests.record.steps import concern_of, phq9
from waymark.access.vocabulary import Action, Role
from waymark.interfaces.clinic.client.panel import Asked, Panel, Place, Typed, drawn
from waymark.interfaces.clinic.client.panels import PANELS
from waymark.library.goal import GoalState
from waymark.record.assessments import actions as assessments
from waymark.record.episodes import actions as episodes
from waymark.record.episodes.queries import current_episodes
from waymark.record.expected import actions as expected
from waymark.record.goals.answering import agree, view
from waymark.record.goals.rating import Rated
from waymark.record.goals.showing import Seen, snapshot_of
from waymark.record.people import actions as people
from waymark.record.people.queries import patient_for, rights_over
from waymark.record.safety import actions as safety
from waymark.record.sharing.actions import ToShare, see_shared, set_stream, share
from waymark.record.sharing.snapshot import Part, Snapshot
from waymark.record.tenancy.action import reading
from waymark.record.tenancy.models import Patient
from waymark.record.tenancy.scope import whom
from waymark.record.timeline.queries import courses_beyond, remarks_of

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
ACT, TODAY = Action.READ_SCORES, NOON.date()
WEEK_ON = TODAY + timedelta(days=7)


def has(cast: Cast, name: str, number: int) -> None:
    """The client has ``number`` of everything that a panel shows, and a concern is open."""
    ben, client = cast.viewer("ben"), cast.patients[name]
    for one in range(number):
        tells_of_danger(cast, name, on=TODAY - timedelta(days=7 * (one + 1)))
        settled(cast, name)
        answers(cast, name, "gad-7", calm("gad-7"), on=TODAY - timedelta(days=7 * one))
        confirm(cast, name, weeks(1), work=uuid4(), at=NOW)
        meets = after(days=-1 - one)
        episodes.record_encounter(client, kind="in-person", took_place_at=meets, by=ben, at=NOON)
        shares(cast, name, number=one)
        works_on(cast, name, number=one)
        checks_in(cast, name, number=one)
    for instrument in ("phq-9", "gad-7", "audit-c")[:number]:
        assessments.assign(client, instrument=instrument, starts_on=TODAY, by=ben, at=NOON)
    tells_of_danger(cast, name, on=TODAY)
    expected.ask(client, by=cast.viewer(name), at=NOON)


def shares(cast: Cast, name: str, *, number: int) -> None:
    shown = Snapshot("A small win", "", (Part("", f"Number {number}."),))
    what = ToShare("win", uuid4(), shown, shown.digest)
    client, ben = cast.patients[name], cast.viewer("ben")
    row = share(client, what=what, by=cast.viewer(name), at=after(minutes=number))
    see_shared(client, shares=[row.pk], by=ben, at=after(minutes=number))


def works_on(cast: Cast, name: str, *, number: int) -> None:
    """A goal that is shared, agreed to, and seen by Ben."""
    client, at = cast.patients[name], after(minutes=10 + number)
    goal = writes(cast, name=name, at=at)
    shown = snapshot_of(Seen(SPEAK, 1, at.date(), GoalState.DRAFT))
    what = ToShare("goal", goal.pk, shown, shown.digest)
    row = share(client, what=what, by=cast.viewer(name), at=at)
    see_shared(client, shares=[row.pk], by=cast.viewer("ben"), at=at)
    agree(client, share=row.pk, by=cast.viewer("ben"), at=at)
    view(client, share=row.pk, rated=Rated(4, -1), by=cast.viewer("ben"), at=at)


def checks_in(cast: Cast, name: str, *, number: int) -> None:
    client, at = cast.patients[name], after(minutes=number)
    set_stream(client, kind="check-in", on=True, by=cast.viewer(name), at=at)
    sends(cast, of=name, at=at)


def tells_of_danger(cast: Cast, name: str, *, on: date) -> None:
    answers(cast, name, "phq-9", phq9(q9=1), on=on)


def answers(cast: Cast, name: str, instrument: str, given: dict[str, Any], *, on: date) -> None:
    assessments.enter(
        cast.patients[name],
        instrument=instrument,
        answers=given,
        came=assessments.Entry("paper", on),
        by=cast.viewer("ben"),
        at=NOON,
    )


def settled(cast: Cast, name: str) -> None:
    ben, concern = cast.viewer("ben"), concern_of(cast, name)
    safety.own(concern, by=ben, at=NOON)
    safety.attempt(concern, tried=safety.Try("phone", "reached"), by=ben, at=NOON)
    safety.assess(concern, tool="talked", judgement="steady", by=ben, at=NOON)
    safety.plan(concern, steps="call", follow_up_on=WEEK_ON, by=ben, at=NOON)
    safety.close(concern, reason="talked", by=ben, at=NOON)


def asked_of(cast: Cast, name: str, *, by: str = "ben") -> Asked:
    viewer, id = cast.viewer(by), cast.patients[name].pk
    patient = patient_for(viewer, ACT, id)
    return Asked(
        viewer=viewer,
        patient=patient,
        at=NOW,
        rights=rights_over(viewer, patient),
        courses=tuple(courses_beyond(viewer, ACT, id)),
        remarks=remarks_of(viewer, ACT, id),
        episode=current_episodes(viewer, ACT, [id]).get(id),
        typed=Typed(unsaved="what was typed"),
    )


def cost_of(panel: Panel, asked: Asked) -> int:
    """How often the database is asked for the data and for drawing it."""
    with CaptureQueriesContext(connection) as held:
        data = panel.data(asked)
        assert data is not None, "there is something of each kind"
        drawn = Engine.get_default().get_template(panel.template).render(Context({**data}))
    assert drawn.strip()
    return len(held)


@pytest.fixture
def people_with(lakeside: Cast) -> Cast:
    """Ana has one of everything, Amy three; Ben treats both."""
    welcome(lakeside, "amy", clinician="ben")
    has(lakeside, "ana", 1)
    has(lakeside, "amy", 3)
    with looking():
        Patient.objects.update(unconfirmed=True)  # who joined waits for a word of who treats them
    return lakeside


def test_each_panel_costs_what_it_names_however_many_rows(people_with: Cast) -> None:
    ben = people_with.viewer("ben")
    with reading(ACT, by=ben, at=NOW):
        one, three = asked_of(people_with, "ana"), asked_of(people_with, "amy")
        assert whom(ben, Action.READ_CONCERNS)  # once a request, whichever panel comes first
        costs = {id: (cost_of(held, one), cost_of(held, three)) for id, held in PANELS.items()}
    assert {id: held for id, held in costs.items() if held[0] != held[1]} == {}
    assert {id: held[1] for id, held in costs.items()} == {
        id: held.statements for id, held in PANELS.items()
    }


def test_a_panel_is_for_those_who_may_do_what_it_needs(people_with: Cast) -> None:
    """Each panel in turn: it stands with its right, and goes when that alone is taken away."""
    with reading(ACT, by=people_with.viewer("ben"), at=NOW):
        asked = asked_of(people_with, "ana")
        for panel in PANELS.values():
            assert panel.template in shown(asked), panel.id
            without = replace(asked, rights=asked.rights - {panel.needs})
            assert panel.template not in shown(without), panel.id


def shown(asked: Asked) -> list[str]:
    return [template for held in drawn(PANELS, asked).values() for template, _ in held]


def test_who_supervises_here_and_treats_elsewhere_is_offered_what_they_may(
    people_with: Cast, browser_of: BrowserOf
) -> None:
    """Sue supervises Ben, who treats Ana; she treats Eli herself."""
    ada = people_with.viewer("ada")
    seat = people.appoint(
        people_with.clinic,
        account=people_with.accounts["sue"].pk,
        role=Role.CLINICIAN,
        licensed=True,
        by=ada,
        at=HIRED,
    )
    people.join_care_team(people_with.patients["eli"], clinician=seat, by=ada, at=NOON)
    page = "/clinic/clients/{}/"
    ana = browser_of("sue").get(page.format(people_with.patients["ana"].pk)).content.decode()
    eli = browser_of("sue").get(page.format(people_with.patients["eli"].pk)).content.decode()
    for offer in ("Give measures", "Note a meeting", "How to reach"):
        assert offer not in ana
        assert offer in eli


def test_a_place_is_filled_in_the_order_of_numbers() -> None:
    """No two panels claim one spot."""
    spots = [(one.place, one.number) for one in PANELS.values()]
    assert len(set(spots)) == len(spots)
    assert {one.place for one in PANELS.values()} == set(Place)
