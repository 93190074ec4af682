"""The content-free text of each kind of message: no name, no instrument, no reason, no danger."""

from waymark.record.outbox.kind import Kind

WORDS: dict[Kind, tuple[str, str]] = {
    Kind.REVIEW_NEEDED: (
        "An item needs your review",
        "An item needs your review. Please sign in and open your board:",
    ),
    Kind.SOMETHING_DUE: (
        "Something is ready for you",
        "Something is ready for you, whenever it suits you. Sign in here:",
    ),
    Kind.INVITATION: (
        "Your invitation",
        "You have been invited. This link works for 14 days:",
    ),
    Kind.RESET: (
        "Reset your sign-in",
        "Somebody, we hope you, asked to reset your password. If it was you, open this link "
        "within one hour. If it was not, you need not do anything:",
    ),
    Kind.CONFIRM_EMAIL: (
        "Is this your address?",
        "Somebody, we hope you, signs in with this address. If it is yours, say so here, and a "
        "forgotten password can be set anew by mail. If not, you need not do anything:",
    ),
    Kind.ACCOUNT_CHANGED: (
        "Your sign-in was changed",
        "A password or a second step of your sign-in was changed. If this was not you, "
        "sign in and look at your devices:",
    ),
    Kind.NAME_RESPONDER: (
        "A name is missing",
        "A setting that others depend on needs a name. Please sign in, and enter one today:",
    ),
    Kind.STAFF_CHANGED: (
        "Who does what has changed",
        "Somebody where you work has another role or task than before. If that is news to you, "
        "please ask your administrator. You sign in here:",
    ),
    Kind.CARE_TEAM: (
        "There is news for you",
        "There is news for you. Sign in here:",
    ),
    Kind.TEST: (
        "Test message",
        "This message shows that mail from your new portal arrives. Nothing else to do:",
    ),
}
