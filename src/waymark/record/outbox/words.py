"""The content-free text of each kind of message: no name, no instrument, no reason, no danger."""

from django.utils.translation import gettext_noop

from waymark.record.outbox.kind import Kind

WORDS: dict[Kind, tuple[str, str]] = {
    Kind.REVIEW_NEEDED: (
        gettext_noop("An item needs your review"),
        gettext_noop("An item needs your review. Please sign in and open your board:"),
    ),
    Kind.SOMETHING_DUE: (
        gettext_noop("Something is ready for you"),
        gettext_noop("Something is ready for you, whenever it suits you. Sign in here:"),
    ),
    Kind.CHECK_IN: (
        gettext_noop("Your reminder"),
        gettext_noop(
            "You asked for a word at this hour. If it suits you, sign in here. If not, that is "
            "fine:"
        ),
    ),
    Kind.INVITATION: (
        gettext_noop("Your invitation"),
        gettext_noop("You have been invited. This link works for 14 days:"),
    ),
    Kind.RESET: (
        gettext_noop("Reset your sign-in"),
        gettext_noop(
            "Somebody, we hope you, asked to reset your password. If it was you, open this link "
            "within one hour. If it was not, you need not do anything:"
        ),
    ),
    Kind.CONFIRM_EMAIL: (
        gettext_noop("Is this your address?"),
        gettext_noop(
            "Somebody, we hope you, signs in with this address. If it is yours, say so here, and a "
            "forgotten password can be set anew by mail. If not, you need not do anything:"
        ),
    ),
    Kind.ACCOUNT_CHANGED: (
        gettext_noop("Your sign-in was changed"),
        gettext_noop(
            "A password or a second step of your sign-in was changed. If this was not you, "
            "sign in and look at your devices:"
        ),
    ),
    Kind.NAME_RESPONDER: (
        gettext_noop("A name is missing"),
        gettext_noop(
            "A setting that others depend on needs a name. Please sign in, and enter one today:"
        ),
    ),
    Kind.STAFF_CHANGED: (
        gettext_noop("Who does what has changed"),
        gettext_noop(
            "Somebody where you work has another role or task than before. If that is news to you, "
            "please ask your administrator. You sign in here:"
        ),
    ),
    Kind.CARE_TEAM: (
        gettext_noop("There is news for you"),
        gettext_noop("There is news for you. Sign in here:"),
    ),
    Kind.TEST: (
        gettext_noop("Test message"),
        gettext_noop(
            "This message shows that mail from your new portal arrives. Nothing else to do:"
        ),
    ),
}
