"""The form of each column of a thought record. Nothing in any of them has to be filled."""

from dataclasses import replace
from hashlib import sha256
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from waymark.interfaces.ui.forms import Form
from waymark.library.feelings import FEELINGS
from waymark.library.thought_record import MOST, FeelingRated, Thought, ThoughtRecord
from waymark.library.trap import TRAPS
from waymark.record.thoughts.holding import (
    LONGEST_LINE,
    LONGEST_WORD,
    MOST_CHARACTERS,
    MOST_FEELINGS,
    MOST_LINES,
    MOST_THOUGHTS,
)

SHOWN_FEELINGS = 4  # of the six that are kept, so that a page is no list to fill


def rating(label: Any) -> forms.IntegerField:
    """0 to 100, or nothing."""
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "short"}),
    )


def _text(label: Any, *, rows: int = 3, most: int = MOST_CHARACTERS) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, max_length=most, widget=widget)


class ColumnForm(Form):
    """One column of a record: begins with what stands there, and says what stands there after."""

    def __init__(self, data: Any = None, *, record: ThoughtRecord) -> None:
        super().__init__(data, initial=self.begins(record))
        self.record = record
        self.build(record)

    def build(self, record: ThoughtRecord) -> None:
        """Add the fields that hang on what stands there already."""

    def begins(self, record: ThoughtRecord) -> dict[str, Any]:
        """What stands in each field."""
        return {name: getattr(record, name) for name in self.base_fields}

    def filled(self, record: ThoughtRecord) -> ThoughtRecord:
        """The record with this column as it was sent, and every other one as it was."""
        return replace(record, **self.cleaned_data)


class SituationForm(ColumnForm):
    situation = _text(_("In your words"))


class BalancedForm(ColumnForm):
    balanced = _text(_("In your words"))
    belief = rating(_("How far do you believe it, 0 to 100?"))


class NextStepForm(ColumnForm):
    next_step = _text(_("In your words"))


class TrapsForm(ColumnForm):
    traps = forms.MultipleChoiceField(
        label=_("Tick what fits"),
        required=False,
        choices=lambda: [(one.id, gettext(one.name)) for one in TRAPS.values()],
        widget=forms.CheckboxSelectMultiple,
    )

    def begins(self, record: ThoughtRecord) -> dict[str, Any]:
        return {"traps": sorted(record.traps)}

    def filled(self, record: ThoughtRecord) -> ThoughtRecord:
        return replace(record, traps=frozenset(self.cleaned_data["traps"]))


class _RowsForm(ColumnForm):
    """A column of a few things with a number each: the first ones, and more a tap away."""

    at_first = 1
    names = ("", "")

    @property
    def rows(self) -> list[tuple[BoundField, BoundField]]:
        """Each thing beside its number."""
        first, second = self.names
        count = sum(name.startswith(f"{first}_") for name in self.fields)
        return [(self[f"{first}_{at}"], self[f"{second}_{at}"]) for at in range(count)]

    @property
    def first_rows(self) -> list[tuple[BoundField, BoundField]]:
        return self.rows[: self.at_first]

    @property
    def more_rows(self) -> list[tuple[BoundField, BoundField]]:
        return self.rows[self.at_first :]

    @property
    def more_open(self) -> bool:
        """Whether something stands, or is wrong, in what is a tap away."""
        fields = [field for row in self.more_rows for field in row]
        return bool(self.errors) or any(field.value() not in {None, ""} for field in fields)


class _LinesForm(ColumnForm):
    """A column of lines: what is written under each other is one each."""

    def begins(self, record: ThoughtRecord) -> dict[str, Any]:
        return {name: "\n".join(getattr(record, name)) for name in self.base_fields}

    def filled(self, record: ThoughtRecord) -> ThoughtRecord:
        lines: dict[str, Any] = {
            name: tuple(text.splitlines()) for name, text in self.cleaned_data.items()
        }
        return replace(record, **lines)


class EvidenceForForm(_LinesForm):
    evidence_for = _text(_("One line each"), rows=4, most=MOST_LINES * LONGEST_LINE)


class EvidenceAgainstForm(_LinesForm):
    evidence_against = _text(_("One line each"), rows=4, most=MOST_LINES * LONGEST_LINE)


class FeelingsForm(_RowsForm):
    """Up to four feelings, by a word of the list or by one's own."""

    at_first = 2
    names = ("word", "before")

    def build(self, record: ThoughtRecord) -> None:
        for at in range(max(SHOWN_FEELINGS, min(len(record.feelings), MOST_FEELINGS))):
            self.fields[f"word_{at}"] = forms.CharField(
                label=_("A feeling"),
                required=False,
                max_length=LONGEST_WORD,
                widget=forms.TextInput(attrs={"list": "feeling-words", "autocomplete": "off"}),
            )
            self.fields[f"before_{at}"] = rating(_("How strong, 0 to 100?"))

    def begins(self, record: ThoughtRecord) -> dict[str, Any]:
        return {
            name: value
            for at, one in enumerate(record.feelings)
            for name, value in ((f"word_{at}", one.word), (f"before_{at}", one.before))
        }

    def filled(self, record: ThoughtRecord) -> ThoughtRecord:
        after = {one.word: one.after for one in record.feelings}
        given = self.cleaned_data
        found = [
            FeelingRated(word, given[f"before_{at}"], after.get(word))
            for at in range(len(self.fields) // 2)
            if (word := given[f"word_{at}"])
        ]
        return replace(record, feelings=tuple(found))


class ThoughtsForm(_RowsForm):
    """Up to three thoughts; which one stung most, and whether it is true."""

    names = ("words", "before")

    def build(self, record: ThoughtRecord) -> None:
        for at in range(MOST_THOUGHTS):
            self.fields[f"words_{at}"] = _text(
                gettext("Thought %(n)d") % {"n": at + 1}, rows=2, most=LONGEST_LINE
            )
            self.fields[f"before_{at}"] = rating(_("How far did you believe it, 0 to 100?"))
        self.fields["hot"] = forms.ChoiceField(
            label=_("Which one stung most?"),
            required=False,
            choices=[
                (str(at), gettext("Thought %(n)d") % {"n": at + 1}) for at in range(MOST_THOUGHTS)
            ],
            widget=forms.RadioSelect,
        )
        self.fields["accurate"] = forms.BooleanField(
            label=_("The thought that stung most is accurate. I need not argue with it."),
            required=False,
        )

    def begins(self, record: ThoughtRecord) -> dict[str, Any]:
        held: dict[str, Any] = {"accurate": record.accurate}
        for at, one in enumerate(record.thoughts):
            held |= {f"words_{at}": one.words, f"before_{at}": one.before}
            held |= {"hot": str(at)} if one.hot else {}
        return held

    def clean(self) -> dict[str, Any]:
        """The one that stung most has words: else the mark would fall on another one."""
        given = self.cleaned_data
        if given.get("hot") and not given.get(f"words_{given['hot']}"):
            self.add_error("hot", gettext("Write that thought first, or mark another one."))
        return given

    def filled(self, record: ThoughtRecord) -> ThoughtRecord:
        after = {one.words: one.after for one in record.thoughts}
        given = self.cleaned_data
        found = [
            Thought(words, given[f"before_{at}"], after.get(words), hot=given["hot"] == str(at))
            for at in range(MOST_THOUGHTS)
            if (words := given[f"words_{at}"])
        ]
        return replace(record, thoughts=tuple(found), accurate=given["accurate"])


class AfterForm(ColumnForm):
    """The same feelings once more, and the thought that stung most, unless it is accurate.

    A field is named by what it rates: a form that was made before another tab changed the feelings
    gives no number to another one.
    """

    def build(self, record: ThoughtRecord) -> None:
        for one in record.feelings:
            label = gettext("%(word)s, 0 to 100, now") % {"word": one.word}
            self.fields[_named("feeling", one.word)] = rating(label)
        if record.hot is not None and not record.accurate:
            label = gettext("How far do you believe that thought now, 0 to 100?")
            self.fields[_named("belief", record.hot.words)] = rating(label)

    def begins(self, record: ThoughtRecord) -> dict[str, Any]:
        feelings = {_named("feeling", one.word): one.after for one in record.feelings}
        return {**feelings, **{_named("belief", one.words): one.after for one in record.thoughts}}

    def filled(self, record: ThoughtRecord) -> ThoughtRecord:
        given = self.cleaned_data
        feelings = [
            replace(one, after=given.get(_named("feeling", one.word), one.after))
            for one in record.feelings
        ]
        thoughts = [
            replace(one, after=given.get(_named("belief", one.words), one.after))
            for one in record.thoughts
        ]
        return replace(record, feelings=tuple(feelings), thoughts=tuple(thoughts))


def _named(what: str, words: str) -> str:
    """A name for the number of these words, the same for the same ones."""
    return f"{what}_{sha256(words.encode()).hexdigest()[:12]}"


def feeling_words() -> list[str]:
    """The words that are offered where a feeling is named: those of the check-in."""
    return [gettext(one.word) for one in FEELINGS.values()]
