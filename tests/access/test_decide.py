"""Reading the table for one viewer: roles, relations held, one condition. Absent means no."""

from uuid import UUID

import pytest

from waymark.access.decide import anyone_may, decide, holds, reach, roles_of
from waymark.access.policy import POLICY
from waymark.access.vocabulary import Action, Condition, Relation, Role, Viewer, system

HERE = UUID(int=1)
NONE: frozenset[Relation] = frozenset()
ALL = frozenset(Relation)


def viewer(*roles: Role, licensed: bool = False) -> Viewer:
    return Viewer(account=UUID(int=7), clinic=HERE, roles=frozenset(roles), licensed=licensed)


BEN = viewer(Role.CLINICIAN, licensed=True)
TEAM = frozenset({Relation.CLINIC, Relation.CARE_TEAM})


def test_a_clinician_reads_the_scores_of_the_people_they_treat() -> None:
    decision = decide(BEN, Action.READ_SCORES, TEAM)
    assert decision.allowed
    assert decision.reason == "read-scores over care-team"


def test_a_clinician_reads_nothing_of_somebody_they_do_not_treat() -> None:
    decision = decide(BEN, Action.READ_SCORES, frozenset({Relation.CLINIC}))
    assert not decision.allowed
    assert decision.reason == "no line lets clinician read-scores here"


def test_who_stands_in_no_relation_may_do_nothing() -> None:
    everything = viewer(*Role, licensed=True)
    assert not any(decide(everything, action, NONE).allowed for action in Action)


def test_who_has_no_role_may_do_nothing() -> None:
    assert not any(decide(viewer(), action, ALL).allowed for action in Action)
    assert "nobody" in decide(viewer(), Action.READ_SCORES, ALL).reason


def test_without_a_licence_a_concern_is_read_and_not_worked_on() -> None:
    una = viewer(Role.CLINICIAN)
    assert decide(una, Action.READ_CONCERNS, TEAM).allowed
    for action in (Action.WORK_CONCERN, Action.CLOSE_CONCERN):
        assert not decide(una, action, TEAM).allowed
        assert decide(BEN, action, TEAM).allowed


def test_an_administrator_with_a_licence_works_on_no_concern() -> None:
    ada = viewer(Role.ADMINISTRATOR, licensed=True)
    assert not decide(ada, Action.CLOSE_CONCERN, ALL).allowed


def test_two_roles_add_up() -> None:
    both = viewer(Role.CLINICIAN, Role.ADMINISTRATOR)
    assert decide(both, Action.READ_SCORES, TEAM).allowed
    assert decide(both, Action.MANAGE_STAFF, TEAM).allowed


def test_the_reason_names_one_relation_the_same_one_each_time() -> None:
    both = frozenset({Relation.ON_DUTY, Relation.CARE_TEAM})
    reasons = {decide(BEN, Action.READ_CONCERNS, both).reason for _ in range(20)}
    assert reasons == {"read-concerns over care-team"}


def test_reach_names_every_relation_that_would_do() -> None:
    assert reach(BEN, Action.READ_CONCERNS) == {Relation.CARE_TEAM, Relation.ON_DUTY}
    assert reach(BEN, Action.MANAGE_STAFF) == frozenset()
    assert reach(viewer(Role.CLINICIAN), Action.WORK_CONCERN) == frozenset()


@pytest.mark.parametrize("licensed", [True, False])
@pytest.mark.parametrize("role", Role)
def test_the_ruling_is_the_table_read_line_by_line(role: Role, licensed: bool) -> None:
    """The plain twin: for each action and each relation alone, is there a line that holds?"""
    asking = viewer(role, licensed=licensed)
    for action in Action:
        for relation in Relation:
            lines = [
                line
                for line in POLICY
                if line.role is role and line.action is action and line.over is relation
            ]
            held = any(line.when is None or licensed for line in lines)
            assert decide(asking, action, frozenset({relation})).allowed is held


def test_the_only_condition_there_is_is_a_licence() -> None:
    assert set(Condition) == {Condition.LICENSED}
    line = next(line for line in POLICY if line.when)
    assert holds(line, BEN)
    assert not holds(line, viewer(Role.CLINICIAN))


def test_a_page_leaves_out_what_could_only_be_refused() -> None:
    assert anyone_may(Action.READ_CONCERNS, frozenset({Role.FRONT_DESK, Role.SUPERVISOR}))
    assert not anyone_may(Action.READ_CONCERNS, frozenset({Role.FRONT_DESK}))


def test_roles_are_named_in_order() -> None:
    assert roles_of(viewer(Role.SUPERVISOR, Role.CLINICIAN)) == "clinician, supervisor"
    assert roles_of(viewer()) == "nobody"


def test_a_viewer_is_called_by_an_id_and_never_by_a_name() -> None:
    assert BEN.name == str(UUID(int=7))
    assert (BEN.person, BEN.is_staff) == (UUID(int=7), True)
    assert not viewer(Role.PATIENT).is_staff


def test_the_clock_is_no_person() -> None:
    clock = system(HERE)
    assert (clock.name, clock.clinic, clock.is_staff) == ("system", HERE, False)
    with pytest.raises(ValueError, match="needs a person"):
        _ = clock.person


@pytest.mark.parametrize("role", Role)
def test_staff_is_everybody_who_works_here(role: Role) -> None:
    works = {"clinician", "supervisor", "front-desk", "administrator"}
    assert role.staff is (role.value in works)
