"""The forms of giving: which measure and how often, and answers that came on paper or by phone."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast

from django import forms

from waymark.interfaces.ui.forms import Form
from waymark.library.instrument import Instrument, Item
from waymark.library.instruments import INSTRUMENTS
from waymark.record.assessments.queries import Offer
from waymark.record.tenancy.action import Invalid

USUAL = "usual-set"
REPEATS = [
    ("every-days", "Every so many days"),
    ("each-session", "At each session"),
    ("once", "Once"),
]
MODES = [("paper", "On paper"), ("phone", "By telephone")]


def day_field(label: str, help_text: str = "") -> forms.DateField:
    """A day, chosen with the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, widget=widget)


class AssignForm(Form):
    """What is given, how often, and from which day on."""

    instrument = forms.ChoiceField(label="Measure")
    repeat = forms.ChoiceField(
        label="How often",
        help_text="The usual set comes at its own pace; for it, this is not used.",
        choices=REPEATS,
        widget=forms.RadioSelect,
        initial="every-days",
    )
    every_days = forms.IntegerField(
        label="Days from one to the next", required=False, min_value=1, max_value=366, initial=14
    )
    starts_on = day_field("From which day on")

    def __init__(
        self, *args: Any, offers: Iterable[Offer], usual: Sequence[str], today: date, **given: Any
    ) -> None:
        super().__init__(*args, **{"initial": {"starts_on": today}, **given})
        self.today = today
        possible = [(one.id, named(one.instrument)) for one in offers if not one.refusal]
        titles = ", ".join(INSTRUMENTS[id].title for id in usual if id in INSTRUMENTS)
        if not titles:
            self.fields["repeat"].help_text = ""
        first = [(USUAL, f"The usual set: {titles}")] if titles else []
        cast(forms.ChoiceField, self.fields["instrument"]).choices = first + possible

    def clean_starts_on(self) -> date:
        day = cast(date, self.cleaned_data["starts_on"])
        if not self.today <= day or (day - self.today).days > 366:
            raise forms.ValidationError("Choose today, or a day within the next year.")
        return day

    def refused(self, error: Invalid) -> None:
        """Keep what the record said beside the field that it is about."""
        self.add_error(error.field if error.field in self.fields else None, error.message)


def named(instrument: Instrument) -> str:
    """A measure in a list of choices."""
    return f"{instrument.title}: {instrument.short}"


class AssignManyForm(AssignForm):
    """The same for several clients at once."""

    everybody = forms.BooleanField(label="Everybody in my care", required=False)
    clients = forms.MultipleChoiceField(
        label="To whom", widget=forms.CheckboxSelectMultiple, required=False
    )
    field_order = ("everybody", "clients", "instrument", "repeat", "every_days", "starts_on")

    def __init__(self, *args: Any, clients: Iterable[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        choices = list(clients)
        cast(forms.MultipleChoiceField, self.fields["clients"]).choices = choices
        self.everyone = [id for id, _ in choices]
        self.fields["everybody"].label = f"Everybody in my care ({len(choices)})"

    def clean(self) -> dict[str, Any]:
        """Who is meant: everybody, or those chosen."""
        given = super().clean() or self.cleaned_data
        if given.get("everybody"):
            given["clients"] = self.everyone
        elif not given.get("clients") and "clients" not in self.errors:
            self.add_error("clients", "Choose at least one client.")
        return given


class EntryForm(Form):
    """Answers on paper or by telephone: how they came, for which day, and each of them."""

    mode = forms.ChoiceField(label="How they came", choices=MODES, widget=forms.RadioSelect)
    for_date = day_field("Day on which they were given")

    def __init__(self, *args: Any, instrument: Instrument, today: date, **given: Any) -> None:
        super().__init__(*args, **{"initial": {"for_date": today, "mode": "paper"}, **given})
        self.instrument = instrument
        for item in instrument.items:
            self.fields[item.id] = forms.ChoiceField(
                label=item.text,
                help_text=asked_when(instrument, item),
                choices=[(str(option.value), option.label) for option in item.options],
                widget=forms.RadioSelect,
                required=False,
                error_messages={"invalid_choice": "Choose one of the answers."},
            )

    def questions(self) -> list[Any]:
        """The questions alone, in printed order, as bound fields."""
        return [self[item.id] for item in self.instrument.items]

    def said(self) -> dict[str, int | None]:
        """What was chosen, also on a sheet with something else wrong; nonsense is left out."""
        listed = {item.id: {str(value) for value in item.values} for item in self.instrument.items}
        given = {id: str(self.data.get(id, "")).strip() for id in listed}
        return {id: int(value) for id, value in given.items() if value in listed[id]}

    def answers(self) -> dict[str, int | None]:
        """What was chosen; None where nothing was."""
        given = {item.id: self.cleaned_data.get(item.id) for item in self.instrument.items}
        return {id: int(value) if value else None for id, value in given.items()}


def asked_when(instrument: Instrument, item: Item) -> str:
    """When the question is asked at all; empty when always."""
    if item.gate is None:
        return ""
    before = instrument.item(item.gate.item)
    number = instrument.items.index(before) + 1
    opens = [before.label_of(value) for value in before.values if value in item.gate.values]
    closes = [before.label_of(value) for value in before.values if value not in item.gate.values]
    if len(opens) == 1:
        return f"Only if the answer to question {number} was “{opens[0]}”."
    return f"Skip this if the answer to question {number} was “{' or '.join(closes)}”."
