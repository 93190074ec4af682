"""The form of a small win or a setback."""

from collections.abc import Iterable
from uuid import UUID

from django import forms
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from waymark.interfaces.ui.forms import Form
from waymark.library.win import WIN_TYPES
from waymark.record.wins.happening import LASTING, MOST_CHARACTERS, STRONGEST, Happening, Sort
from waymark.record.wins.queries import Kept

OPEN = gettext_noop("I leave that open")
SORTS = ((Sort.WIN.value, _("A small win")), (Sort.SETBACK.value, _("A setback")))


def _types() -> list[tuple[str, str]]:
    return [("", gettext(OPEN)), *((one.id, gettext(one.label)) for one in WIN_TYPES.values())]


def _durations() -> list[tuple[str, str]]:
    return [("", gettext(OPEN)), *((str(at), gettext(words)) for at, words in enumerate(LASTING))]


def _strengths() -> list[tuple[str, str]]:
    return [("", gettext(OPEN)), *((str(n), _strength(n)) for n in range(STRONGEST + 1))]


class WinForm(Form):
    """Three lines at most; only the first has to be there."""

    sort = forms.ChoiceField(
        label=_("What was it?"), choices=SORTS, widget=forms.RadioSelect, initial=Sort.WIN.value
    )
    words = forms.CharField(
        label=_("What happened, in your words?"),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    type = forms.ChoiceField(label=_("What kind was it?"), choices=_types, required=False)
    lasted = forms.ChoiceField(
        label=_("How long did it stay with you?"), choices=_durations, required=False
    )
    strength = forms.ChoiceField(
        label=_("How strong was it at its strongest?"), choices=_strengths, required=False
    )

    def happening(self) -> Happening:
        """What was said."""
        given = self.cleaned_data
        return Happening(
            sort=Sort(given["sort"]),
            words=given["words"],
            type=given["type"],
            lasted=_number(given["lasted"]),
            strength=_number(given["strength"]),
        )


def filled(held: Happening) -> dict[str, object]:
    """What a form begins with that changes an older one."""
    return {**held.body, "lasted": _text(held.lasted), "strength": _text(held.strength)}


class LikeForm(Form):
    """Which older one it is like."""

    like = forms.ChoiceField(label=_("Was there a time like this before?"), required=False)

    def offering(self, older: Iterable[Kept]) -> "LikeForm":
        """The same with these to choose from."""
        field = self.fields["like"]
        if isinstance(field, forms.ChoiceField):
            none = ("", gettext("None of these"))
            field.choices = [none, *((str(one.id), _named(one)) for one in older)]
        return self

    def chosen(self) -> UUID | None:
        """The older one; None for none of them."""
        given = self.cleaned_data["like"]
        return UUID(given) if given else None


def _named(one: Kept) -> str:
    words = " ".join(one.happening.words.split())
    short = words if len(words) <= 60 else f"{words[:60]}\u2026"
    return f"{one.day:%b} {one.day.day}, {one.day.year}: {short}"


def _strength(n: int) -> str:
    ends = {0: gettext("0, not at all"), STRONGEST: gettext("10, as strong as can be")}
    return ends.get(n, str(n))


def _number(given: str) -> int | None:
    return int(given) if given else None


def _text(number: int | None) -> str:
    return "" if number is None else str(number)
