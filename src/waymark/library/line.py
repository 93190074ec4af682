"""What a crisis line is: a number or address a person in danger can reach, and who checked it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class By(StrEnum):
    """How a line is reached."""

    CALL = "call"
    TEXT = "text"
    CHAT = "chat"


@dataclass(frozen=True, slots=True)
class Channel:
    """One way to reach a line: a number to call or text, or a page to chat on."""

    by: By
    value: str
    words: str = ""  # what to text: "HOME"

    @property
    def href(self) -> str:
        """The link a phone or browser opens: ``tel:``, ``sms:`` or ``https:``."""
        if self.by is By.CHAT:
            return f"https://{self.value}"
        scheme = "tel" if self.by is By.CALL else "sms"
        return f"{scheme}:{''.join(sign for sign in self.value if sign.isdigit())}"


@dataclass(frozen=True, slots=True)
class Line:
    """A crisis line of one region (ISO 3166 code; "EU" for the Union, "ANY" for the world).

    Only a line with ``verified_on`` is shown: a wrong number costs more than a missing one. The
    others wait, hidden, until an administrator confirms them.
    """

    id: str
    region: str
    name: str
    channels: tuple[Channel, ...]
    hours: str  # empty: not known; whoever confirms the line says when it answers
    languages: tuple[str, ...]
    source: str  # where the number was seen, or where to check it
    verified_on: date | None = None
    note: str = ""
    emergency: bool = False  # danger to life right now

    @property
    def shown(self) -> bool:
        """Whether somebody has seen the source."""
        return self.verified_on is not None


def shown_in(region: str, lines: Iterable[Line]) -> tuple[Line, ...]:
    """The verified lines of one region, those for danger right now first, else in shelf order."""
    held = [line for line in lines if line.region == region and line.shown]
    return tuple(sorted(held, key=lambda line: not line.emergency))
