"""The table of permissions, read aloud: who may, who may not, and what nobody may."""

import pytest

from waymark.access.policy import POLICY, May, lines_for
from waymark.access.vocabulary import Action, Condition, Relation, Role

CLINICAL = {
    Action.READ_CASELOAD,
    Action.READ_SCORES,
    Action.READ_ANSWERS,
    Action.ASSIGN_INSTRUMENT,
    Action.ENTER_ANSWERS,
    Action.IMPORT_SCORES,
    Action.RECORD_ENCOUNTER,
    Action.MANAGE_EPISODE,
    Action.MARK_DISCUSSED,
    Action.READ_CONCERNS,
    Action.WORK_CONCERN,
    Action.CLOSE_CONCERN,
}
CARRIED = {Action.WORK_CONCERN, Action.CLOSE_CONCERN}  # for these a licence is needed


def actions_of(role: Role) -> set[Action]:
    return {line.action for line in POLICY if line.role is role}


def relations_of(role: Role) -> set[Relation]:
    return {line.over for line in POLICY if line.role is role}


def test_every_action_is_granted_to_somebody() -> None:
    missing = sorted(set(Action) - {line.action for line in POLICY})
    assert missing == [], "give each a line in src/waymark/access/policy.py"


def test_the_office_reads_and_does_nothing_clinical() -> None:
    for role in (Role.FRONT_DESK, Role.ADMINISTRATOR):
        assert not actions_of(role) & CLINICAL


def test_clients_act_over_themselves_alone() -> None:
    assert relations_of(Role.PATIENT) == {Relation.SELF}


def test_nobody_but_the_client_answers_for_the_client() -> None:
    own = {
        Action.ANSWER_INSTRUMENT,
        Action.START_INSTRUMENT,
        Action.REMARK_ON_FINDING,
        Action.GIVE_CONSENT,
        Action.SET_PREFERENCES,
        Action.READ_ACCESS_LOG,
    }
    assert {line.role for line in POLICY if line.action in own} == {Role.PATIENT}


def test_clinical_work_is_over_the_people_one_treats_supervises_or_is_on_duty_for() -> None:
    over = {line.over for line in POLICY if line.action in CLINICAL}
    assert over == {Relation.CARE_TEAM, Relation.SUPERVISEE, Relation.ON_DUTY}


def test_duty_opens_concerns_and_nothing_else() -> None:
    opened = {line.action for line in POLICY if line.over is Relation.ON_DUTY}
    assert opened == {Action.READ_CONCERNS, *CARRIED}


def test_a_concern_is_worked_on_and_closed_by_licensed_people_alone() -> None:
    lines = [line for line in POLICY if line.action in CARRIED]
    assert {line.when for line in lines} == {Condition.LICENSED}
    assert {line.role for line in lines} == {Role.CLINICIAN, Role.SUPERVISOR}


def test_a_supervisor_changes_nothing_but_a_concern() -> None:
    reading = {action for action in Action if action.value.startswith("read-")}
    assert actions_of(Role.SUPERVISOR) - reading == CARRIED


def test_what_the_clock_does_is_its_own() -> None:
    own = {Action.RUN_CLOCK, Action.FIT_COURSE}
    assert actions_of(Role.SYSTEM) == own
    for action in own:
        assert lines_for(Role.SYSTEM, action)[0].over is Relation.CLOCK
        assert {line.role for line in POLICY if line.action is action} == {Role.SYSTEM}


def test_people_and_settings_are_managed_by_the_administrator_alone() -> None:
    managing = {
        Action.INVITE_STAFF,
        Action.MANAGE_STAFF,
        Action.READMIT_STAFF,
        Action.MANAGE_SETTINGS,
        Action.MANAGE_SAFETY,
        Action.MANAGE_CARE_TEAM,
        Action.READ_AUDIT_REPORT,
    }
    assert {line.role for line in POLICY if line.action in managing} == {Role.ADMINISTRATOR}


def test_no_line_is_written_twice() -> None:
    assert len(set(POLICY)) == len(POLICY)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_lines_are_found_for_exactly_this_role_and_action(role: Role, action: Action) -> None:
    expected = tuple(line for line in POLICY if (line.role, line.action) == (role, action))
    assert lines_for(role, action) == expected


def test_a_line_reads_aloud() -> None:
    line = May(Role.CLINICIAN, Action.READ_SCORES, Relation.CARE_TEAM)
    assert f"{line.role} may {line.action} over {line.over}" == (
        "clinician may read-scores over care-team"
    )
