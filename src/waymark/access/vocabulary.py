"""The words of access: roles, relations, actions, conditions, viewers and decisions."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a person is at one clinic. Described so that a clinician can read the policy aloud."""

    PATIENT = "patient"  # the person whose record it is
    CLINICIAN = "clinician"  # treats the people on their caseload
    SUPERVISOR = "supervisor"  # reads along with the clinicians they supervise
    FRONT_DESK = "front-desk"  # invitations and contact details, nothing clinical
    ADMINISTRATOR = "administrator"  # people, settings, audit reports, nothing clinical
    SYSTEM = "system"  # the clock: one patient a call

    @property
    def staff(self) -> bool:
        return self not in {Role.PATIENT, Role.SYSTEM}


class Relation(StrEnum):
    """How the viewer stands to the person, or to the clinic, that an action is over."""

    SELF = "self"
    CARE_TEAM = "care-team"
    SUPERVISEE = "supervisee"
    ON_DUTY = "on-duty"  # a named responder of the person's clinic
    CLINIC = "clinic"  # belongs to the same clinic
    CLOCK = "clock"  # the system, inside the clinic it was started for


class Condition(StrEnum):
    """What must be true besides the relation."""

    LICENSED = "licensed"


class Action(StrEnum):
    """Everything that can be done or read. A route, a query and an action name one of these."""

    # the client's own
    READ_TODAY = "read-today"
    ANSWER_INSTRUMENT = "answer-instrument"
    START_INSTRUMENT = "start-instrument"
    READ_OWN_PROGRESS = "read-own-progress"
    REMARK_ON_FINDING = "remark-on-finding"
    READ_ACCESS_LOG = "read-access-log"
    SET_PREFERENCES = "set-preferences"
    GIVE_CONSENT = "give-consent"
    ASK_EXPECTED_COURSE = "ask-expected-course"
    # care
    READ_CASELOAD = "read-caseload"
    READ_SCORES = "read-scores"
    READ_ANSWERS = "read-answers"
    ASSIGN_INSTRUMENT = "assign-instrument"
    ENTER_ANSWERS = "enter-answers"
    IMPORT_SCORES = "import-scores"
    PRINT_MEASURE = "print-measure"
    RECORD_ENCOUNTER = "record-encounter"
    MANAGE_EPISODE = "manage-episode"
    MARK_DISCUSSED = "mark-discussed"
    OPEN_EXPECTED_COURSE = "open-expected-course"
    ANSWER_FLAG = "answer-flag"
    # danger
    READ_CONCERNS = "read-concerns"
    WORK_CONCERN = "work-concern"
    CLOSE_CONCERN = "close-concern"
    # people and the clinic
    READ_PEOPLE = "read-people"
    INVITE_PATIENT = "invite-patient"
    READ_CONTACT = "read-contact"
    MANAGE_CONTACT = "manage-contact"
    HAND_OVER_INVITATION = "hand-over-invitation"
    RESET_SIGN_IN = "reset-sign-in"
    CONFIRM_PERSON = "confirm-person"
    MANAGE_CARE_TEAM = "manage-care-team"
    MANAGE_STAFF = "manage-staff"
    MANAGE_SETTINGS = "manage-settings"
    MANAGE_SAFETY = "manage-safety"
    READ_AUDIT_REPORT = "read-audit-report"
    # the clock
    RUN_CLOCK = "run-clock"
    FIT_COURSE = "fit-course"


class Event(StrEnum):
    """What happens to a way in. Nobody is asked whether it may: it is written down."""

    SIGNED_IN = "signed-in"
    WRONG_PASSWORD = "wrong-password"  # noqa: S105 -- the name of an event
    RESET_ASKED = "reset-asked"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105 -- the name of an event
    FACTOR_CHANGED = "factor-changed"
    EMAIL_CONFIRMED = "email-confirmed"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is asking: one account in one seat, at one clinic."""

    account: UUID | None
    clinic: UUID | None
    roles: frozenset[Role]
    memberships: frozenset[UUID] = frozenset()
    patient: UUID | None = None
    licensed: bool = False

    @property
    def name(self) -> str:
        """What the audit line calls the viewer: a random id, never a person's name."""
        return str(self.account) if self.account else Role.SYSTEM.value

    @property
    def person(self) -> UUID:
        """The account of a human viewer; the clock has none."""
        if self.account is None:
            raise ValueError("this needs a person, and the clock is none")
        return self.account

    @property
    def is_staff(self) -> bool:
        return any(role.staff for role in self.roles)


def system(clinic: UUID) -> Viewer:
    """The clock, started for one clinic."""
    return Viewer(account=None, clinic=clinic, roles=frozenset({Role.SYSTEM}))


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes or no, and why, in words that an audit line can hold."""

    allowed: bool
    reason: str
