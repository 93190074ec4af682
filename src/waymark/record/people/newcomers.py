"""Whether somebody can be invited: one rule, whether they come by a form or in a list."""

from collections.abc import Iterable
from dataclasses import dataclass

from waymark.library.word import compatible
from waymark.record.people.addresses import is_address
from waymark.record.people.roster import Namesake
from waymark.record.tenancy.action import Invalid

LONGEST = {"name": 120, "email": 254, "phone": 40, "number": 60}
CALLED = {"name": "name", "email": "e-mail", "phone": "phone number", "number": "number"}
DIGITS = 5  # the fewest that a telephone number has


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A client to be invited, as far as the clinic knows them."""

    name: str
    adult: bool
    email: str = ""
    phone: str = ""
    number: str = ""
    usual_set: bool = False  # the clinic's usual measures wait for them when they join


def checked(who: Newcomer) -> Newcomer:
    """The same person, tidied. Raises Invalid with the field and the remedy."""
    tidy = {field: " ".join(getattr(who, field).split()) for field in LONGEST}
    if not tidy["name"]:
        raise Invalid("name", "Write the client's name, as they like to be called.")
    for field, most in LONGEST.items():
        if not keepable(tidy[field]):
            raise Invalid(field, f"Write the {CALLED[field]} by hand: a sign in it cannot be kept.")
        if len(tidy[field]) > most:
            raise Invalid(field, f"The {CALLED[field]} has more than {most} characters.")
    if not who.adult:
        raise Invalid("adult", "Waymark is for people of 18 and over; minors need other consent.")
    check_email(tidy["email"])
    check_phone(tidy["phone"])
    return Newcomer(adult=True, usual_set=who.usual_set, **tidy)


def keepable(text: str) -> bool:
    """Whether each of its signs can be kept: no NUL, and no half of a pair."""
    return not any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in text)


def check_email(email: str) -> None:
    """Empty, or an address that mail can go to; else Invalid."""
    if email and not is_address(email):
        remedy = "Write it like jo@example.org, or leave it empty."
        raise Invalid("email", f"{email} is no e-mail address. {remedy}")


def check_phone(phone: str) -> None:
    """Empty, or a number that can be dialed; else Invalid."""
    if phone and sum(sign.isdigit() for sign in phone) < DIGITS:
        raise Invalid("phone", "Write the number with its digits, like 312 555 0143.")


class Roll:
    """Who is here already, to be held against those who are to be invited."""

    def __init__(self, known: Iterable[Namesake]) -> None:
        people = list(known)
        self._names = {same(one.name) for one in people}
        self._numbers = {same(one.number) for one in people if one.number}

    def check(self, who: Newcomer) -> None:
        """Raises Invalid where the clinic's own number is taken."""
        if who.number and same(who.number) in self._numbers:
            raise Invalid(
                "number", f"The number {who.number} belongs to a client who is here already."
            )

    def namesake(self, who: Newcomer) -> bool:
        """Whether somebody of this name is here: the same person, or another one."""
        return same(who.name) in self._names


def same(text: str) -> str:
    """What two spellings of one name have in common: no case, no form of accents, no spaces."""
    return " ".join(compatible(text).casefold().split())
