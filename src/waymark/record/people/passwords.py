"""Passwords: how long one may be, the one place that checks one, and what makes one too weak.

Bringing a text into one Unicode form takes time that grows with the square of its marks, so nothing
longer than any password may be is ever brought there. A name that nobody has costs what a wrong
password costs.
"""

from unicodedata import normalize

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from waymark.record.tenancy.models import Account

LONGEST = 200  # of any secret that is typed


def one_form(password: str) -> str:
    """The password in one Unicode form: an accent typed on another keyboard is the same accent.

    Only what is short enough to be one is brought there.
    """
    return normalize("NFC", password) if len(password) <= LONGEST else password


def hashed(password: str) -> str:
    """As it is kept."""
    return make_password(one_form(password))


def matches(account: Account | None, password: str) -> bool:
    """Whether it is the password, in its one form, or as it was typed before forms were brought.

    For nobody the same is done, and the answer is no: time does not tell who has an account.
    """
    if not _can_be(password):
        return False
    spellings = dict.fromkeys((one_form(password), password))
    if account is None:
        return not [make_password(spelling) for spelling in spellings]
    return True in [account.check_password(spelling) for spelling in spellings]


def _can_be(password: str) -> bool:
    """Whether this could be anybody's: short enough, and of signs that can be kept."""
    return len(password) <= LONGEST and not any("\ud800" <= sign <= "\udfff" for sign in password)


def password_faults(password: str, *, names: tuple[str, ...]) -> str:
    """What is wrong with a password for somebody of these names; empty when nothing is."""
    if not _can_be(password):
        return _("Shorten the password to {most} characters or fewer.").format(most=LONGEST)
    try:
        validate_password(one_form(password))
    except ValidationError as error:
        return " ".join(error.messages)
    parts = {part for name in names for part in _words(name)}
    wholes = {_plain(name) for name in names}  # of signs alone there are no words
    if _made_of(_words(password), parts) or _made_of([_plain(password)], wholes):
        return _(
            "This is your name and nothing else. Choose a password that nobody who knows you would "
            "try first."
        )
    return ""


def _plain(text: str) -> str:
    """Small, and in the form in which names are held against each other; signs stay."""
    return "".join(normalize("NFKC", text[:LONGEST]).casefold().split())


def _words(text: str) -> list[str]:
    """Its words, small and in one form; what stands between them is left out."""
    return "".join(sign if sign.isalnum() else " " for sign in one_form(text).casefold()).split()


def _made_of(words: list[str], parts: set[str]) -> bool:
    """Whether the words, written together, are these parts alone, in any order and number."""
    plain = "".join(words)
    reached = {0}
    for start in range(len(plain)):
        if start in reached:
            reached |= {start + len(part) for part in parts if plain.startswith(part, start)}
    return bool(plain) and len(plain) in reached
