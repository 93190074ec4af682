"""The form of a clinician's own view of a goal."""

from typing import Any

from django import forms

from waymark.interfaces.ui.forms import Form
from waymark.library.goal import LEVELS
from waymark.record.goals.rating import HIGHEST, Rated

OPEN = ("", "Not said")


class ViewForm(Form):
    """A level where the goal has levels, a number, or both."""

    number = forms.ChoiceField(
        label="How far, from 0 to 10?",
        required=False,
        choices=[OPEN, *((str(n), str(n)) for n in range(HIGHEST + 1))],
    )

    def __init__(self, *given: Any, scaled: bool, **more: Any) -> None:
        super().__init__(*given, **more)
        if scaled:
            choices = [OPEN, *((str(level), f"{level:+d}: {LEVELS[level]}") for level in LEVELS)]
            self.fields["level"] = forms.ChoiceField(
                label="Which level is nearest?", required=False, choices=choices
            )

    def rated(self) -> Rated:
        """What was said."""
        return Rated(self._given("number"), self._given("level"))

    def _given(self, name: str) -> int | None:
        said = self.cleaned_data.get(name, "")
        return int(said) if said else None
