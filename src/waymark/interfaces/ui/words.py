"""Words for what the code names briefly: roles, and deeds as they are told to a client."""

from waymark.access.vocabulary import Action, Event


def role_name(role: str) -> str:
    """What people call a role: Front desk, Clinician."""
    return role.replace("-", " ").capitalize()


DEEDS: dict[str, str] = {
    Action.READ_CASELOAD: "saw your line in the list of clients",
    Action.READ_SCORES: "looked at your scores",
    Action.READ_ANSWERS: "read your answers",
    Action.ASSIGN_INSTRUMENT: "looked at, or changed, what you are given to answer",
    Action.ENTER_ANSWERS: "opened, or filled in, a form with answers you gave on paper or by phone",
    Action.IMPORT_SCORES: "looked at earlier scores of yours in a file, or brought them in",
    Action.RECORD_ENCOUNTER: "looked at, or noted, a meeting",
    Action.MANAGE_EPISODE: "began or ended a time in care",
    Action.MARK_DISCUSSED: "noted that your answers were talked about",
    Action.OPEN_EXPECTED_COURSE: "looked at, opened, or closed, the expected course",
    Action.ANSWER_FLAG: "looked at your course, or noted what was done",
    Action.READ_CONCERNS: "looked at a safety concern",
    Action.WORK_CONCERN: "worked on a safety concern",
    Action.CLOSE_CONCERN: "worked on closing a safety concern",
    Action.READ_PEOPLE: "saw your name in the list of people",
    Action.INVITE_PATIENT: "looked at, or made, your invitation",
    Action.READ_CONTACT: "looked up how to reach you",
    Action.MANAGE_CONTACT: "looked up, or changed, how you are reached",
    Action.HAND_OVER_INVITATION: "looked at your invitation, or made a fresh one",
    Action.RESET_SIGN_IN: "made a code by which your password can be set anew",
    Action.CONFIRM_PERSON: "confirmed that it was you who asked for a new password",
    Action.MANAGE_CARE_TEAM: "looked at, or changed, who treats you",
    Action.RUN_CLOCK: "did a routine task (nobody read it)",
    Action.FIT_COURSE: (
        "counted your scores of a past time in care among those of many (nobody read them)"
    ),
}


EVENTS: dict[str, str] = {
    Event.SIGNED_IN: "You signed in",
    Event.WRONG_PASSWORD: "Somebody tried to sign in as you, with a wrong password",
    Event.RESET_ASKED: "Somebody, perhaps you, asked for a mail to set a new password",
    Event.PASSWORD_CHANGED: "Your password was changed",
    Event.FACTOR_CHANGED: "Your second step was changed",
    Event.EMAIL_CONFIRMED: "You said that the address you sign in with is yours",
}
