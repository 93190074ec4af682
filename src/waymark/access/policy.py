"""The one table: who may do what, over whom, and under which condition. Absent means no."""

from dataclasses import dataclass

from waymark.access.vocabulary import Action, Condition, Relation, Role


@dataclass(frozen=True, slots=True)
class May:
    """One permission, to be read aloud: this role may do this over these people, when."""

    role: Role
    action: Action
    over: Relation
    when: Condition | None = None


def _each(
    role: Role, over: Relation, *actions: Action, when: Condition | None = None
) -> tuple[May, ...]:
    return tuple(May(role, action, over, when) for action in actions)


def _duty(role: Role) -> tuple[May, ...]:
    work = (Action.WORK_CONCERN, Action.CLOSE_CONCERN)
    return (
        May(role, Action.READ_CONCERNS, Relation.ON_DUTY),
        *_each(role, Relation.ON_DUTY, *work, when=Condition.LICENSED),
    )


_CARE = (
    Action.READ_CASELOAD,
    Action.READ_SCORES,
    Action.READ_ANSWERS,
    Action.ASSIGN_INSTRUMENT,
    Action.ENTER_ANSWERS,
    Action.IMPORT_SCORES,
    Action.RECORD_ENCOUNTER,
    Action.MANAGE_EPISODE,
    Action.MARK_DISCUSSED,
    Action.READ_SHARED,
    Action.ANSWER_GOALS,
    Action.OPEN_EXPECTED_COURSE,
    Action.ANSWER_FLAG,
    Action.READ_CONTACT,
    Action.MANAGE_CONTACT,
    Action.HAND_OVER_INVITATION,
    Action.RESET_SIGN_IN,
    Action.CONFIRM_PERSON,
    Action.READ_CONCERNS,
)

POLICY: tuple[May, ...] = (
    # A client reads and writes what is theirs.
    *_each(
        Role.PATIENT,
        Relation.SELF,
        Action.READ_TODAY,
        Action.ANSWER_INSTRUMENT,
        Action.START_INSTRUMENT,
        Action.READ_OWN_PROGRESS,
        Action.REMARK_ON_FINDING,
        Action.READ_ACCESS_LOG,
        Action.SET_PREFERENCES,
        Action.GIVE_CONSENT,
        Action.ASK_EXPECTED_COURSE,
        Action.KEEP_JOURNAL,
        Action.KEEP_THOUGHT_RECORDS,
        Action.KEEP_WINS,
        Action.KEEP_GOALS,
        Action.KEEP_CHECK_INS,
        Action.SHARE,
        Action.OPEN_PRACTICES,
    ),
    # A clinician works with the people on their caseload.
    *_each(Role.CLINICIAN, Relation.CARE_TEAM, *_CARE),
    *_each(
        Role.CLINICIAN,
        Relation.CARE_TEAM,
        Action.WORK_CONCERN,
        Action.CLOSE_CONCERN,
        when=Condition.LICENSED,
    ),
    May(Role.CLINICIAN, Action.INVITE_PATIENT, Relation.CLINIC),
    May(Role.CLINICIAN, Action.PRINT_MEASURE, Relation.CLINIC),
    # A named responder sees the concerns of the whole clinic, and may take them.
    *_duty(Role.CLINICIAN),
    *_duty(Role.SUPERVISOR),
    # A supervisor reads along with the clinicians they supervise.
    *_each(
        Role.SUPERVISOR,
        Relation.SUPERVISEE,
        Action.READ_CASELOAD,
        Action.READ_SCORES,
        Action.READ_ANSWERS,
        Action.READ_CONCERNS,
    ),
    *_each(
        Role.SUPERVISOR,
        Relation.SUPERVISEE,
        Action.WORK_CONCERN,
        Action.CLOSE_CONCERN,
        when=Condition.LICENSED,
    ),
    # The front desk invites people and keeps their contact details; nothing clinical.
    *_each(
        Role.FRONT_DESK,
        Relation.CLINIC,
        Action.READ_PEOPLE,
        Action.INVITE_PATIENT,
        Action.READ_CONTACT,
        Action.MANAGE_CONTACT,
        Action.HAND_OVER_INVITATION,
        Action.RESET_SIGN_IN,
        Action.CONFIRM_PERSON,
    ),
    # An administrator runs the clinic; nothing clinical.
    *_each(
        Role.ADMINISTRATOR,
        Relation.CLINIC,
        Action.READ_PEOPLE,
        Action.INVITE_PATIENT,
        Action.HAND_OVER_INVITATION,
        Action.CONFIRM_PERSON,
        Action.MANAGE_CARE_TEAM,
        Action.INVITE_STAFF,
        Action.MANAGE_STAFF,
        Action.READMIT_STAFF,
        Action.MANAGE_SETTINGS,
        Action.MANAGE_SAFETY,
        Action.READ_AUDIT_REPORT,
    ),
    # The clock gives, lapses, judges and sends, inside the clinic it was started for.
    May(Role.SYSTEM, Action.RUN_CLOCK, Relation.CLOCK),
    # An expected course is fitted over everybody's finished episodes; nobody reads one of them.
    May(Role.SYSTEM, Action.FIT_COURSE, Relation.CLOCK),
)


def lines_for(role: Role, action: Action) -> tuple[May, ...]:
    """The lines that could allow ``action`` to ``role``; none means no."""
    return tuple(line for line in POLICY if line.role is role and line.action is action)
