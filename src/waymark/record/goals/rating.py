"""A rating of a goal or a problem: a number from 0 to 10, one of five levels, or both."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from waymark.library.goal import LEVELS
from waymark.record.tenancy.action import Invalid

HIGHEST = 10
A_WEEK = timedelta(days=7)
"""At most weekly (content C3): more often it is noise, and a chore."""


@dataclass(frozen=True, slots=True)
class Rated:
    """``number`` from 0 to 10, ``level`` from -2 to 2; None is not said, which is no 0."""

    number: int | None = None
    level: int | None = None

    @property
    def body(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)


def read_rated(body: Mapping[str, Any]) -> Rated:
    """A stored one."""
    return Rated(**body)


def checked_rating(rated: Rated, *, scaled: bool) -> Rated:
    """The same. Raises Invalid where nothing is said, or something that cannot be.

    ``scaled``: the five levels have words; where they have none, none of them can be said.
    """
    if rated.number is None and rated.level is None:
        raise Invalid("number", _("Choose a number, or leave this page as it is."))
    if rated.number is not None and rated.number not in range(HIGHEST + 1):
        raise Invalid("number", _("Choose a number from 0 to 10."))
    if rated.level is not None and (not scaled or rated.level not in LEVELS):
        raise Invalid("level", _("Choose one of the five levels."))
    return rated


def is_due(last: date | None, *, today: date) -> bool:
    """Whether a week is over since the last one; a first one may be given at once."""
    return last is None or today - last >= A_WEEK


def next_on(last: date) -> date:
    """The day from which on the next one may be given."""
    return last + A_WEEK
