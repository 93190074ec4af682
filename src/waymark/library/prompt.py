"""What a prompt family is: questions to write to, one family a kind of writing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question. Its id is never reused; a reworded question is a new prompt."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class PromptFamily:
    """A kind of writing, and the questions that invite it."""

    id: str
    title: str
    about: str  # one plain sentence on what this kind of writing is for
    prompts: tuple[Prompt, ...]
    source: str
    calm_only: bool = False  # not offered while a concern is open
    retired: bool = False

    def prompt(self, id: str) -> Prompt:
        """One question by its id."""
        return next(prompt for prompt in self.prompts if prompt.id == id)
