"""The words of access: roles, relations, actions, conditions, viewers and decisions."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from waymark.library.marking import gettext_noop


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
        """Whether a person of this role works at the clinic."""
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


class Told(StrEnum):
    """A name that stands in a log, with the words in which the log is told.

    Each member is written as its name, its words in the audit report, and its words for the client
    whom it was about; only what is never about a client goes without the last. Where these tell of
    a deed, the words for a mere look follow, in the same order: who opened a page did nothing yet.
    """

    _value_: str
    to_staff: str
    to_client: str
    look_to_staff: str
    look_to_client: str

    def __new__(
        cls,
        name: str,
        to_staff: str = "",
        to_client: str = "",
        look_to_staff: str = "",
        look_to_client: str = "",
    ) -> "Told":
        if not to_staff:
            raise ValueError(f"{name} has no words for the audit report")
        one = str.__new__(cls, name)
        one._value_, one.to_staff, one.to_client = name, to_staff, to_client
        one.look_to_staff = look_to_staff or to_staff
        one.look_to_client = look_to_client or to_client
        return one


class Action(Told):
    """Everything that can be done or read. A route, a query and an action name one of these."""

    # the client's own
    READ_TODAY = (
        "read-today",
        "opened their own page",
    )
    ANSWER_INSTRUMENT = (
        "answer-instrument",
        "answered questions",
        "",
        "looked at questions to answer",
    )
    START_INSTRUMENT = (
        "start-instrument",
        "started questions",
        "",
        "looked at questions to start",
    )
    READ_OWN_PROGRESS = (
        "read-own-progress",
        "looked at their own progress",
    )
    REMARK_ON_FINDING = (
        "remark-on-finding",
        "answered a finding",
    )
    READ_ACCESS_LOG = (
        "read-access-log",
        "looked at who had looked",
    )
    SET_PREFERENCES = (
        "set-preferences",
        "looked at, or changed, their own settings",
    )
    GIVE_CONSENT = (
        "give-consent",
        "gave or took back consent",
    )
    ASK_EXPECTED_COURSE = (
        "ask-expected-course",
        "asked for, or put away, the expected course",
    )
    KEEP_JOURNAL = (
        "keep-journal",
        "wrote, or changed, something in their journal",
        "",
        "looked at their journal",
    )
    KEEP_THOUGHT_RECORDS = (
        "keep-thought-records",
        "wrote, or changed, a thought record",
        "",
        "looked at their thought records",
    )
    KEEP_WINS = (
        "keep-wins",
        "noted, or changed, a small win or a setback",
        "",
        "looked at their small wins and setbacks",
    )
    KEEP_GOALS = (
        "keep-goals",
        "wrote, changed, or rated, a goal or a problem of their own",
        "",
        "looked at their goals",
    )
    KEEP_CHECK_INS = (
        "keep-check-ins",
        "checked in, or changed how they do",
        "",
        "looked at their check-ins",
    )
    SHARE = (
        "share",
        "shared something with their care team, or took it back",
        "",
        "looked at what they share, or may share, with their care team",
    )
    OPEN_PRACTICES = (
        "open-practices",
        "looked at the list of practices",
    )
    # care
    READ_CASELOAD = (
        "read-caseload",
        "saw a client in the caseload",
        gettext_noop("saw your line in the list of clients"),
    )
    READ_SCORES = (
        "read-scores",
        "looked at a client's scores",
        gettext_noop("looked at your scores"),
    )
    READ_ANSWERS = (
        "read-answers",
        "read a client's answers",
        gettext_noop("read your answers"),
    )
    ASSIGN_INSTRUMENT = (
        "assign-instrument",
        "looked at, or changed, what a client is given",
        gettext_noop("looked at, or changed, what you are given to answer"),
    )
    ENTER_ANSWERS = (
        "enter-answers",
        "opened, or filled in, a form with a client's answers",
        gettext_noop("opened, or filled in, a form with answers you gave on paper or by phone"),
    )
    IMPORT_SCORES = (
        "import-scores",
        "looked for a client in a file of past scores, or brought theirs in",
        gettext_noop("looked at earlier scores of yours in a file, or brought them in"),
    )
    PRINT_MEASURE = (
        "print-measure",
        "printed a blank measure",
    )
    RECORD_ENCOUNTER = (
        "record-encounter",
        "noted a meeting",
        gettext_noop("looked at, or noted, a meeting"),
        "looked at the meetings of a client",
        gettext_noop("looked at your meetings"),
    )
    MANAGE_EPISODE = (
        "manage-episode",
        "began or ended a time in care",
        gettext_noop("began or ended a time in care"),
        "looked at the times in care of a client",
        gettext_noop("looked at your times in care"),
    )
    MARK_DISCUSSED = (
        "mark-discussed",
        "noted that answers were talked about",
        gettext_noop("noted that your answers were talked about"),
        "looked at which answers were talked about",
        gettext_noop("looked at which of your answers were talked about"),
    )
    READ_SHARED = (
        "read-shared",
        "noted what became of something that a client shares",
        gettext_noop("noted what became of something you share"),
        "read what a client shares",
        gettext_noop("read what you share"),
    )
    ANSWER_GOALS = (
        "answer-goals",
        "agreed to, or rated, a goal that a client shares",
        gettext_noop("agreed to, or rated, a goal that you share"),
        "looked at the goals that a client shares",
        gettext_noop("looked at the goals that you share"),
    )
    OPEN_EXPECTED_COURSE = (
        "open-expected-course",
        "looked at, opened, or closed, an expected course",
        gettext_noop("looked at, opened, or closed, the expected course"),
    )
    ANSWER_FLAG = (
        "answer-flag",
        "looked at a course, or noted what was done about a flag",
        gettext_noop("looked at your course, or noted what was done"),
    )
    # danger
    READ_CONCERNS = (
        "read-concerns",
        "looked at a safety concern",
        gettext_noop("looked at a safety concern"),
    )
    WORK_CONCERN = (
        "work-concern",
        "worked on a safety concern",
        gettext_noop("worked on a safety concern"),
        "looked at a safety concern, to work on it",
        gettext_noop("looked at a safety concern, to work on it"),
    )
    CLOSE_CONCERN = (
        "close-concern",
        "worked on closing a safety concern",
        gettext_noop("worked on closing a safety concern"),
        "looked at what closing a safety concern needs",
        gettext_noop("looked at what closing a safety concern needs"),
    )
    # people and the clinic
    READ_PEOPLE = (
        "read-people",
        "saw a client in the list of people",
        gettext_noop("saw your name in the list of people"),
    )
    INVITE_PATIENT = (
        "invite-patient",
        "looked at, or made, an invitation",
        gettext_noop("looked at, or made, your invitation"),
    )
    READ_CONTACT = (
        "read-contact",
        "looked up how to reach a client",
        gettext_noop("looked up how to reach you"),
    )
    MANAGE_CONTACT = (
        "manage-contact",
        "looked up, or changed, how a client is reached",
        gettext_noop("looked up, or changed, how you are reached"),
    )
    HAND_OVER_INVITATION = (
        "hand-over-invitation",
        "looked at an invitation, or made a fresh one",
        gettext_noop("looked at your invitation, or made a fresh one"),
    )
    RESET_SIGN_IN = (
        "reset-sign-in",
        "made a code by which a client's password can be set anew",
        gettext_noop("made a code by which your password can be set anew"),
        "looked at the page of codes for a client's password",
        gettext_noop("looked at the page of codes for your password"),
    )
    CONFIRM_PERSON = (
        "confirm-person",
        "confirmed who asked for a new password",
        gettext_noop("confirmed that it was you who asked for a new password"),
        "looked at whether a code for a client's password waits",
        gettext_noop("looked at whether a code for your password waits"),
    )
    MANAGE_CARE_TEAM = (
        "manage-care-team",
        "looked at, or changed, who treats a client",
        gettext_noop("looked at, or changed, who treats you"),
    )
    INVITE_STAFF = (
        "invite-staff",
        "invited a colleague",
    )
    MANAGE_STAFF = (
        "manage-staff",
        "changed who works here, or what they may do",
    )
    READMIT_STAFF = (
        "readmit-staff",
        "took the second step of a colleague away, to let them in again",
    )
    MANAGE_SETTINGS = (
        "manage-settings",
        "changed the clinic's settings",
    )
    MANAGE_SAFETY = (
        "manage-safety",
        "changed the safety settings",
    )
    READ_AUDIT_REPORT = (
        "read-audit-report",
        "opened the audit report",
    )
    # the clock
    RUN_CLOCK = (
        "run-clock",
        "did a routine task",
        gettext_noop("did a routine task (nobody read it)"),
    )
    FIT_COURSE = (
        "fit-course",
        "counted scores of past episodes for an expected course",
        gettext_noop(
            "counted your scores of a past time in care among those of many (nobody read them)"
        ),
    )


class Event(Told):
    """What happens to a way in. Nobody is asked whether it may: it is written down."""

    SIGNED_IN = (
        "signed-in",
        "signed in",
        gettext_noop("You signed in"),
    )
    WRONG_PASSWORD = (
        "wrong-password",
        "was not signed in: a wrong password",
        gettext_noop("Somebody tried to sign in as you, with a wrong password"),
    )
    RESET_ASKED = (
        "reset-asked",
        "asked for a mail to set a new password, or somebody did for them",
        gettext_noop("Somebody, perhaps you, asked for a mail to set a new password"),
    )
    PASSWORD_CHANGED = (
        "password-changed",
        "set a new password",
        gettext_noop("Your password was changed"),
    )
    FACTOR_CHANGED = (
        "factor-changed",
        "changed a second step",
        gettext_noop("Your second step was changed"),
    )
    WRONG_STEP = (
        "wrong-step",
        "was not let in: a wrong second step after the right password, or to confirm",
        gettext_noop("Somebody gave your password, and then a wrong code"),
    )
    WRONG_KEY = (
        "wrong-key",
        "gave a wrong password where they were signed in",
        gettext_noop("Somebody gave a wrong password where you were signed in"),
    )
    WRONG_CODE = (
        "wrong-code",
        "was not let in: a wrong code for a new password, or one that does not work yet",
        gettext_noop("Somebody tried to set a new password for you, with a wrong code"),
    )
    WRONG_INVITATION = (
        "wrong-invitation",
        "typed a code of an invitation that is not known, or is over",
        gettext_noop("Somebody typed a code of an invitation that is not known"),
    )
    RESET_NOT_SENT = (
        "reset-not-sent",
        "asked for a mail to set a new password, and has no confirmed address",
        gettext_noop("Somebody asked for a mail to set a new password; no address is confirmed"),
    )
    TOO_MANY_TRIES = (
        "too-many-tries",
        "was turned away: too many tries",
        gettext_noop("Somebody tried a way into your account too often, and was turned away"),
    )
    FACTOR_TAKEN = (
        "factor-taken",
        "had every second step taken away, to be let in again",
        gettext_noop("Your second step was taken away, so that you can come in again"),
    )
    EMAIL_ASKED = (
        "email-asked",
        "asked for a mail to confirm an address",
        gettext_noop("You asked for a mail, to say that your address is yours"),
    )
    EMAIL_CONFIRMED = (
        "email-confirmed",
        "confirmed an address",
        gettext_noop("You said that the address you sign in with is yours"),
    )


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is asking: one account in one seat, at one clinic."""

    account: UUID | None
    clinic: UUID | None
    roles: frozenset[Role]
    memberships: frozenset[UUID] = frozenset()
    patient: UUID | None = None
    licensed: bool = False
    unconfirmed: bool = False  # a client whom the clinic has not confirmed: see `tenancy.scope`

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
        """Whether any of the viewer's roles is one of people who work at the clinic."""
        return any(role.staff for role in self.roles)


def system(clinic: UUID) -> Viewer:
    """The clock, started for one clinic."""
    return Viewer(account=None, clinic=clinic, roles=frozenset({Role.SYSTEM}))


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes or no, and why, in words that an audit line can hold."""

    allowed: bool
    reason: str
