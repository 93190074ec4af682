"""Every route as everybody: 0 wrong outcomes, 0 foreign canaries, and planted faults are caught."""

import os
from typing import Any

import pytest
from django.db import connection

from tests.access.matrix import EXPECTED, Matrix, routes
from tests.access.people import AT_HOME, PRINCIPALS, World, build
from tests.figures import note
from waymark.access.vocabulary import Role
from waymark.record.people.queries import seats_of, viewer_of

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
ON_POSTGRES = connection.vendor == "postgresql"
FULL = bool(os.environ.get("WAYMARK_FULL"))
SHARE = 0.1 if ON_POSTGRES and not FULL else 1.0


@pytest.fixture
def world(db: None, fresh_keys: None) -> World:
    return build()


def test_every_route_has_a_name_and_a_decision() -> None:
    undecided = [route.pattern for route in routes() if route.action == "undecided"]
    nameless = [route.pattern for route in routes() if not route.name]
    assert (undecided, nameless) == ([], [])


def test_every_route_that_opens_a_record_is_expected_of_somebody() -> None:
    opening = [route for route in routes() if route.action is not None]
    named = {route.name for route in opening}
    missing = [f"{one.name}: into {one.file}" for one in opening if one.name not in EXPECTED]
    assert sorted(missing) == [], "write who may use them"
    assert sorted(EXPECTED.keys() - named) == [], "addresses that are no more"


def test_who_may_is_somebody_that_the_cast_knows() -> None:
    standings = set().union(*AT_HOME.values())
    assert {one for who in EXPECTED.values() for one in who} <= standings


def test_somebody_of_every_role_tries_the_doors(world: World) -> None:
    known = [world.cast.accounts[one].pk for one in PRINCIPALS if one in world.cast.accounts]
    held = {role for one in known if seats_of(one) for role in viewer_of(one).roles}
    missing = sorted(set(Role) - held - {Role.SYSTEM})  # the clock comes by no address
    place = "tests/access/people.py: PRINCIPALS, STANDING, AT_HOME"
    assert missing == [], f"hire somebody of each in {place}"


def test_nobody_gets_what_they_should_not(world: World) -> None:
    report = Matrix(world, share=SHARE).run()
    note(f"access matrix on {connection.vendor}", str(report))
    assert report.wrong == []
    assert report.canaries == []


FEW = {"client", "client-answers", "concern", "answer", "progress", "caseload", "clients"}


@pytest.fixture(
    params=[
        "everything-allowed",
        "team-ignored",
        "supervisor-is-clinic",
        "office-meets-phones",
        "shown-then-refused",
    ]
)
def fault(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """One planted fault at a time; the matrix must see it."""
    FAULTS[request.param](monkeypatch)
    return str(request.param)


def _everything_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    from waymark.access.vocabulary import Relation
    from waymark.record.tenancy import scope

    monkeypatch.setattr(scope, "reach", lambda viewer, action: frozenset({Relation.CLINIC}))


def _team_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db.models import Q

    from waymark.record.tenancy import scope

    monkeypatch.setattr(scope, "_patients", lambda relation, viewer: Q(clinic=viewer.clinic))


def _supervisor_is_clinic(monkeypatch: pytest.MonkeyPatch) -> None:
    from waymark.access import policy
    from waymark.access.vocabulary import Action, Relation, Role

    wide = policy.May(Role.SUPERVISOR, Action.READ_SCORES, Relation.CLINIC)
    monkeypatch.setattr(policy, "POLICY", (*policy.POLICY, wide))


def _office_meets_phones(monkeypatch: pytest.MonkeyPatch) -> None:
    from waymark.access import policy
    from waymark.access.vocabulary import Action, Relation, Role

    wide = [
        policy.May(Role.ADMINISTRATOR, action, Relation.CLINIC)
        for action in (Action.READ_CONTACT, Action.MANAGE_CONTACT)
    ]
    monkeypatch.setattr(policy, "POLICY", (*policy.POLICY, *wide))


def _shown_then_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that renders the record into the refusal."""
    from django.http import HttpResponse

    from tests.cast import looking
    from waymark.interfaces import errors
    from waymark.record.tenancy.models import Patient

    def leak(request: Any, exception: Any = None) -> HttpResponse:
        with looking():
            names = " ".join(str(one.name) for one in Patient.objects.all())
        return HttpResponse(f"Forbidden: {names}", status=403)

    monkeypatch.setattr(errors, "forbidden", leak)
    monkeypatch.setattr("waymark.config.urls.handler403", leak)


FAULTS = {
    "everything-allowed": _everything_allowed,
    "team-ignored": _team_ignored,
    "supervisor-is-clinic": _supervisor_is_clinic,
    "office-meets-phones": _office_meets_phones,
    "shown-then-refused": _shown_then_refused,
}


def test_the_matrix_sees_a_planted_fault(world: World, fault: str) -> None:
    # Whole on both databases: a wider permission shows in two requests of two thousand.
    report = Matrix(world).run(only=FEW)
    assert report.wrong or report.canaries, f"{fault} went unseen"
