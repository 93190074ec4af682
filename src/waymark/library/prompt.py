"""What a prompt family is: questions to write to, one family a kind of writing."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Moment(StrEnum):
    """When somebody sits down to write."""

    DAILY = "daily"
    HARD_DAY = "hard-day"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    AFTER_SESSION = "after-session"


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question. Its id is never reused; a reworded question is a new prompt.

    ``then``: further questions, asked one by one, each after an answer to the one before.
    """

    id: str
    text: str
    then: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PromptFamily:
    """A kind of writing, the questions that invite it, and the moments that it fits."""

    id: str
    title: str
    about: str  # one plain sentence on what this kind of writing is for
    prompts: tuple[Prompt, ...]
    source: str
    moments: tuple[Moment, ...] = ()
    place: int = 0  # a list names the lower one first
    calm_only: bool = False  # not offered while a concern is open
    retired: bool = False

    def prompt(self, id: str) -> Prompt:
        """The question of this id. ``StopIteration`` where there is none."""
        return next(prompt for prompt in self.prompts if prompt.id == id)


def offered(
    families: Iterable[PromptFamily], *, concern: bool, at: Moment | None = None
) -> tuple[PromptFamily, ...]:
    """The families to choose from, in the order of their places: all, or those of one moment.

    While a ``concern`` is open, families for calm days are left out. A retired one never stands.
    """
    held = [one for one in families if not (one.retired or (concern and one.calm_only))]
    fitting = [one for one in held if at is None or at in one.moments]
    return tuple(sorted(fitting, key=lambda one: one.place))
