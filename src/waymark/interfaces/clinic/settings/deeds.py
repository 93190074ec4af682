"""What each action is called in the audit report: short, without saying anything clinical."""

from waymark.access.policy import POLICY
from waymark.access.vocabulary import Action, Event, Role

DEEDS: dict[str, str] = {
    Action.READ_TODAY: "opened their own page",
    Action.ANSWER_INSTRUMENT: "answered questions",
    Action.START_INSTRUMENT: "started questions",
    Action.READ_OWN_PROGRESS: "looked at their own progress",
    Action.REMARK_ON_FINDING: "answered a finding",
    Action.ASK_EXPECTED_COURSE: "asked for, or put away, the expected course",
    Action.READ_ACCESS_LOG: "looked at who had looked",
    Action.SET_PREFERENCES: "looked at, or changed, their own settings",
    Action.GIVE_CONSENT: "gave or took back consent",
    Action.READ_CASELOAD: "saw a client in the caseload",
    Action.READ_SCORES: "looked at a client's scores",
    Action.READ_ANSWERS: "read a client's answers",
    Action.ASSIGN_INSTRUMENT: "looked at, or changed, what a client is given",
    Action.ENTER_ANSWERS: "opened, or filled in, a form with a client's answers",
    Action.IMPORT_SCORES: "looked for a client in a file of past scores, or brought theirs in",
    Action.PRINT_MEASURE: "printed a blank measure",
    Action.RECORD_ENCOUNTER: "noted a meeting",
    Action.MANAGE_EPISODE: "began or ended a time in care",
    Action.MARK_DISCUSSED: "noted that answers were talked about",
    Action.OPEN_EXPECTED_COURSE: "looked at, opened, or closed, an expected course",
    Action.ANSWER_FLAG: "looked at a course, or noted what was done about a flag",
    Action.READ_CONCERNS: "looked at a safety concern",
    Action.WORK_CONCERN: "worked on a safety concern",
    Action.CLOSE_CONCERN: "worked on closing a safety concern",
    Action.READ_PEOPLE: "saw a client in the list of people",
    Action.INVITE_PATIENT: "looked at, or made, an invitation",
    Action.READ_CONTACT: "looked up how to reach a client",
    Action.MANAGE_CONTACT: "looked up, or changed, how a client is reached",
    Action.HAND_OVER_INVITATION: "looked at an invitation, or made a fresh one",
    Action.RESET_SIGN_IN: "made a code by which a client's password can be set anew",
    Action.CONFIRM_PERSON: "confirmed who asked for a new password",
    Action.MANAGE_CARE_TEAM: "looked at, or changed, who treats a client",
    Action.MANAGE_STAFF: "changed who works here",
    Action.MANAGE_SETTINGS: "changed the clinic's settings",
    Action.MANAGE_SAFETY: "changed the safety settings",
    Action.READ_AUDIT_REPORT: "opened the audit report",
    Action.RUN_CLOCK: "did a routine task",
    Action.FIT_COURSE: "counted scores of past episodes for an expected course",
}


EVENTS: dict[str, str] = {
    Event.SIGNED_IN: "signed in",
    Event.WRONG_PASSWORD: "was not signed in: a wrong password",
    Event.RESET_ASKED: "asked for a mail to set a new password, or somebody did for them",
    Event.PASSWORD_CHANGED: "set a new password",
    Event.FACTOR_CHANGED: "changed a second step",
    Event.EMAIL_CONFIRMED: "confirmed an address",
}


def deed(action: str) -> str:
    """The words of an action; a line of an older version may name one that is no more."""
    return DEEDS.get(action) or EVENTS.get(action, action)


def of_clients_alone(action: str) -> bool:
    """Whether only a client can do it: then whoever did it acted as one, staff or not."""
    roles = {line.role for line in POLICY if line.action == action}
    return roles == {Role.PATIENT}
