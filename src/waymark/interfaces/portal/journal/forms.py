"""The forms of the journal: an entry, a search, a tag's name, an event."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from waymark.interfaces.ui.forms import Form
from waymark.library.prompts import PROMPTS
from waymark.record.journal.actions import ToWrite
from waymark.record.journal.tagging import LONGEST_EVENT, LONGEST_TAG
from waymark.record.journal.writing import MOST_CHARACTERS, MOST_MOOD, Writing, length_of, normal

LEFT_OPEN = ("", _("I leave that open"))


def _moods() -> list[tuple[str, Any]]:
    ends = {0: _("0, as low as can be"), MOST_MOOD: _("10, as good as can be")}
    return [LEFT_OPEN, *((str(n), ends.get(n, str(n))) for n in range(MOST_MOOD + 1))]


class Exactly(forms.CharField):
    """A text that is kept to the letter; a line break counts once, as in the browser.

    It says by how much it is too long. A browser's own limit would cut it without a word.
    """

    widget = forms.Textarea

    def __init__(self, *, most: int, **given: Any) -> None:
        super().__init__(strip=False, **given)
        self.max_length = most

    def to_python(self, value: Any) -> str:
        return normal(super().to_python(value) or "")

    def validate(self, value: Any) -> None:
        super().validate(value.strip())
        over = length_of(value) - (self.max_length or 0)
        if over > 0:
            words = gettext("Shorten it by %(over)d characters.") % {"over": over}
            raise forms.ValidationError(words)


class Id(forms.UUIDField):
    """An id that the page carries; what is no id is refused, however long."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.max_length = 36


class EntryForm(Form):
    """What one writes, in answer to a question or free."""

    text = Exactly(
        label=_("Your words"),
        most=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto"}),
    )
    before = forms.ChoiceField(label=_("Mood before writing"), choices=_moods, required=False)
    after = forms.ChoiceField(label=_("Mood now"), choices=_moods, required=False)
    tags = forms.CharField(
        label=_("Tags"),
        help_text=_("Words to find it by, with commas between."),
        max_length=1000,
        required=False,
    )
    prompt = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)
    entry = Id(required=False, widget=forms.HiddenInput)
    device = Id(required=False, widget=forms.HiddenInput(attrs={"data-device": ""}))
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_prompt(self) -> str:
        """A question that is there, or none: it is never a reason to refuse what was written."""
        given: str = self.cleaned_data["prompt"]
        family, _dot, prompt = given.partition(".")
        known = family in PROMPTS and prompt in {one.id for one in PROMPTS[family].prompts}
        return given if known else ""

    def clean_tags(self) -> str:
        """Names, each of some length. Raises ValidationError, naming the one that is too long."""
        given: str = self.cleaned_data["tags"]
        for name in names_in(given):
            if len(name) > LONGEST_TAG:
                words = gettext("Shorten the tag “{name}…” to {n} characters.")
                raise forms.ValidationError(words.format(name=name[:20], n=LONGEST_TAG))
        return given

    def writing(self) -> Writing:
        """What was written."""
        given = self.cleaned_data
        family, _dot, prompt = given["prompt"].partition(".")
        before, after = (int(given[one]) if given[one] else None for one in ("before", "after"))
        return Writing(given["text"], family, prompt, before, after)

    def to_write(self, *, id: UUID | None = None) -> ToWrite:
        """The same with its tags, and the device that wrote it."""
        given = self.cleaned_data
        return ToWrite(self.writing(), names_in(given["tags"]), id=id, device=given["device"])


def names_in(given: str) -> tuple[str, ...]:
    """The names of tags in a line."""
    return tuple(name for one in given.split(",") if (name := one.strip()))


def filled(writing: Writing, tags: tuple[str, ...] = ()) -> dict[str, Any]:
    """What a form begins with that goes on with something."""
    moods = {"before": writing.before, "after": writing.after}
    return {
        "text": writing.text,
        "tags": ", ".join(tags),
        "prompt": f"{writing.family}.{writing.prompt}" if writing.family else "",
        **{name: "" if mood is None else str(mood) for name, mood in moods.items()},
    }


class SearchForm(Form):
    """What is looked for."""

    words = forms.CharField(label=_("Search your journal"), max_length=200, required=False)


class TagNameForm(Form):
    """Another name for a tag."""

    name = forms.CharField(label=_("New name"), max_length=LONGEST_TAG)


class EventForm(Form):
    """Something that changed in a life."""

    words = forms.CharField(label=_("What changed?"), max_length=LONGEST_EVENT)
    first = forms.DateField(
        label=_("On which day?"), widget=forms.DateInput(attrs={"type": "date"})
    )
    last = forms.DateField(
        label=_("Until when, if it went on?"),
        widget=forms.DateInput(attrs={"type": "date"}),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """An end is not before its beginning."""
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            words = gettext("Choose a last day that is not before the first.")
            self.add_error("last", words)
        return given
