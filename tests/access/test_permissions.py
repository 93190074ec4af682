"""The policy against a table written by hand (`permissions.txt`): whole, and by name.

What the table says with a seat is allowed, and everything else is not: for every action, role,
licence and way of standing, for people who stand in several ways, and for the cast on real rows.
"""

from itertools import chain, combinations
from uuid import UUID

import pytest

from tests.access.matrix import EXPECTED, routes
from tests.access.people import World, build
from tests.access.permissions import Seat, people, rows, seats
from tests.cast import NOON, after, hire, looking
from tests.house.test_record import functions_with_actions
from waymark.access.decide import decide, reach
from waymark.access.vocabulary import Action, Condition, Relation, Role, Viewer, system
from waymark.record.people import actions as at_work
from waymark.record.tenancy.models import Clinic, Patient
from waymark.record.tenancy.relations import relations_of, relations_to

ROWS, SEATS, PEOPLE = rows(), seats(), people()


def asking(*roles: Role, licensed: bool) -> Viewer:
    return Viewer(UUID(int=7), UUID(int=1), frozenset(roles), licensed=licensed)


def said(
    action: Action, roles: frozenset[Role], licensed: bool, stands: frozenset[Relation]
) -> bool:
    """What the table says of somebody who stands in these ways. Without a licence counts for all:
    who has one may whatever the same seat may without it."""
    sits = {
        name
        for name, seat in SEATS.items()
        if seat.role in roles and seat.stands in stands and (licensed or not seat.licensed)
    }
    return action in ROWS and bool(sits & ROWS[action].seats)


# The table is whole


def test_every_action_has_a_row_and_every_row_an_action() -> None:
    missing = sorted(set(Action) - set(ROWS))
    assert missing == [], "say who may in tests/access/permissions.txt, under [rows]"
    assert set(ROWS) == set(Action)


def test_every_role_and_every_way_of_standing_has_a_seat() -> None:
    missing = sorted(set(Role) - {seat.role for seat in SEATS.values()})
    assert missing == [], "give each a seat in tests/access/permissions.txt, under [seats]"
    assert {seat.stands for seat in SEATS.values()} == set(Relation)
    assert len(set(SEATS.values())) == len(SEATS)


def test_a_licence_is_the_one_condition_and_each_seat_that_could_have_one_stands_twice() -> None:
    """Where a licence counts the table has both seats, so that each row says which of them may."""
    assert set(Condition) == {Condition.LICENSED}
    treating = {Role.CLINICIAN, Role.SUPERVISOR}
    for seat in SEATS.values():
        if seat.role in treating:
            assert Seat(seat.role, not seat.licensed, seat.stands) in SEATS.values()
        else:
            assert not seat.licensed


def test_nobody_loses_by_a_licence() -> None:
    """A row that names a seat without a licence names the same one with it, too."""
    for action, row in ROWS.items():
        for name in row.seats:
            seat = SEATS[name]
            if seat.role in {Role.CLINICIAN, Role.SUPERVISOR} and not seat.licensed:
                twin = Seat(seat.role, True, seat.stands)
                assert next(one for one in SEATS if SEATS[one] == twin) in row.seats, action


# The policy says the same


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_the_policy_is_the_table(action: Action, role: Role) -> None:
    """Each way of standing alone, licensed and not: 12 rulings for each action and role."""
    for licensed in (True, False):
        for stands in Relation:
            allowed = decide(asking(role, licensed=licensed), action, frozenset({stands})).allowed
            words = f"{role} (licensed: {licensed}) may {action} over {stands}"
            expected = said(action, frozenset({role}), licensed, frozenset({stands}))
            assert allowed is expected, f"{words}: {allowed}; the table says {expected}"


WAYS = [frozenset(some) for n in range(7) for some in combinations(Relation, n)]
MIXED = [frozenset(pair) for pair in chain(combinations(Role, 2), [tuple(Role), ()])]


@pytest.mark.parametrize("action", Action)
def test_two_roles_and_many_ways_of_standing_add_up_and_no_more(action: Action) -> None:
    for roles in MIXED:
        for licensed in (True, False):
            viewer = asking(*roles, licensed=licensed)
            for stands in WAYS:
                allowed = decide(viewer, action, stands).allowed
                assert allowed is said(action, roles, licensed, stands), (roles, licensed, stands)


def test_rows_are_found_by_what_rulings_are_made_of() -> None:
    for action in Action:
        for role in Role:
            for licensed in (True, False):
                alone = {
                    way
                    for way in Relation
                    if said(action, frozenset({role}), licensed, frozenset({way}))
                }
                assert reach(asking(role, licensed=licensed), action) == alone, (role, action)


def test_an_action_is_carried_out_over_what_its_row_says() -> None:
    """Over one patient, or over the clinic as a whole."""
    for name, function in functions_with_actions():
        over = "patient" if function.over is Patient else "clinic"
        assert over in ROWS[function.action].over, f"{name} is over a {over}"
    assert {function.over for _, function in functions_with_actions()} == {Patient, Clinic}


STANDINGS = {
    "self": {"client"},
    "team": {"team"},
    "supervisor": {"supervisor"},
    "duty": {"responder"},
    "desk": {"desk"},
    "admin": {"admin"},
    "clinician": {"colleague"},
}


def test_the_matrix_expects_of_each_route_what_the_table_says_of_its_action() -> None:
    for route in routes():
        if route.action is not None:
            may = {word for word, held in STANDINGS.items() if held & ROWS[route.action].seats}
            assert EXPECTED[route.name] == may, route.name


# And so it is over real people


@pytest.fixture
def world(db: None, fresh_keys: None) -> World:
    """That of the matrix; and Una, not licensed, is on Ana's team; Tom supervises Gil."""
    world = build()
    cast, ada = world.cast, world.cast.viewer("ada")
    hire(cast, "una", Role.CLINICIAN)
    hire(cast, "tom", Role.SUPERVISOR, licensed=True)
    at_work.join_care_team(
        cast.patients["ana"], clinician=cast.memberships["una"], by=ada, at=after(hours=3)
    )
    pair = {"supervisor": cast.memberships["tom"].pk, "supervisee": cast.memberships["gil"].pk}
    at_work.supervise(cast.clinic, **pair, by=ada, at=NOON)
    return world


def viewers(world: World) -> dict[str, Viewer]:
    clocks = {"clock": world.cast.clock(), "other-clock": system(world.other.clinic.pk)}
    named = [name for name in PEOPLE if name not in {*clocks, "lee"}]
    held = {**world.cast.accounts, **world.other.accounts}
    casts = {name: world.cast if name in world.cast.accounts else world.other for name in held}
    nobody = Viewer(held["lee"].pk, world.cast.clinic.pk, frozenset())  # deactivated: no role
    return {**clocks, "lee": nobody, **{name: casts[name].viewer(name) for name in named}}


@pytest.mark.django_db(databases=["default", "keyring"])
def test_everybody_may_over_ana_what_the_table_says_of_their_seats(world: World) -> None:
    asked = viewers(world)
    assert set(asked) == set(PEOPLE)
    ana, clinic = world.cast.patients["ana"], world.cast.clinic
    with looking():
        for name, viewer in asked.items():
            over = {"patient": relations_of(viewer, ana), "clinic": relations_to(viewer, clinic)}
            for action, row in ROWS.items():
                for kind in row.over:
                    expected = bool(PEOPLE[name] & row.seats)
                    allowed = decide(viewer, Action(action), over[kind]).allowed
                    assert allowed is expected, f"{name} {action} over Ana's {kind}: {allowed}"
                if row.over == {"patient"}:
                    seen = Patient.objects.visible_to(viewer, Action(action)).filter(pk=ana.pk)
                    assert seen.exists() is expected, f"{name} finds Ana's row to {action}"


@pytest.mark.django_db(databases=["default", "keyring"])
def test_an_administrator_meets_no_telephone_number(world: World) -> None:
    """Neither of Ana's nor of anybody's: names, and what the clinic calls them, are enough."""
    from waymark.record.people.models import Contact

    ada = world.cast.viewer("ada")
    for action in Action:
        if "contact" in action.value or action is Action.READ_CONCERNS:
            assert not Contact.objects.visible_to(ada, action).exists(), action
