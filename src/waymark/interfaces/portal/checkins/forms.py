"""The forms around a check-in: what to track, an item of one's own, and how to go on."""

from datetime import time

from django import forms
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from waymark.interfaces.ui.forms import Form
from waymark.library.instrument import Better
from waymark.library.item import CheckInItem, When
from waymark.library.items import ITEMS
from waymark.library.own_item import LONGEST
from waymark.record.checkins.settings import Own, ToTrack
from waymark.record.checkins.tracking import Tracked

HOURS = tuple(range(6, 24))
WHEN = {
    When.MORNING: gettext_noop("about the morning"),
    When.WEEKLY: gettext_noop("once a week"),
}


def _hour(hour: int) -> str:
    twelve, half = hour % 12 or 12, "AM" if hour < 12 else "PM"
    return f"{twelve} {half}"


def _hours() -> list[tuple[str, str]]:
    return [(str(hour), _hour(hour)) for hour in HOURS]


def _hours_or_none() -> list[tuple[str, str]]:
    return [("", gettext("No second time")), *_hours()]


class TrackForm(Form):
    """Which items, and when."""

    items = forms.MultipleChoiceField(
        label=_("What would you like to look at?"), widget=forms.CheckboxSelectMultiple
    )
    first_hour = forms.ChoiceField(label=_("When suits you?"), choices=_hours)
    second_hour = forms.ChoiceField(
        label=_("And a second time?"), choices=_hours_or_none, required=False
    )

    remind = forms.BooleanField(
        label=_("Send me a mail at the first of these times"),
        help_text=_(
            "One a day at most, and none where you checked in before. It says nothing of what "
            "it is about. You can stop it in each mail."
        ),
        required=False,
    )

    def offering(self, held: Tracked, *, reachable: bool) -> "TrackForm":
        """The same with all that can be tracked, own items among them; a mail only to whoever has
        an address here."""
        if not reachable:
            del self.fields["remind"]
        field = self.fields["items"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [*_ours(), *((one.id, one.words) for one in held.own
                                         if not one.retired)]  # fmt: skip
        return self

    def chosen(self) -> ToTrack:
        given = self.cleaned_data
        hours = [given["first_hour"], given["second_hour"]]
        times = [time(int(hour)) for hour in hours if hour]
        return ToTrack(given["items"], times, remind=given.get("remind", False))


def _ours() -> list[tuple[str, str]]:
    return [(one.id, _named(one)) for one in ITEMS.values() if not one.retired]


def _named(one: CheckInItem) -> str:
    name = gettext(one.short)
    return name if one.when is When.DAILY else f"{name} ({gettext(WHEN[one.when])})"


def tracking(held: Tracked, *, reminded: bool) -> dict[str, object]:
    """What the form begins with."""
    hours = [str(one.hour) for one in held.hours]
    return {
        "items": [one.id for one in held.chosen()],
        "remind": reminded,
        "first_hour": hours[0],
        "second_hour": hours[1] if len(hours) > 1 else "",
    }


class OwnForm(Form):
    """One question of one's own."""

    words = forms.CharField(label=_("Your question"), max_length=LONGEST["words"])
    low = forms.CharField(label=_("What does 0 mean?"), max_length=LONGEST["low"])
    high = forms.CharField(label=_("What does 10 mean?"), max_length=LONGEST["high"])
    better = forms.ChoiceField(
        label=_("Which end is easier for you?"),
        choices=((Better.HIGHER.value, _("10")), (Better.LOWER.value, _("0"))),
        widget=forms.RadioSelect,
    )

    def own(self) -> Own:
        given = self.cleaned_data
        return Own(given["words"], given["low"], given["high"], Better(given["better"]))


class PauseForm(Form):
    """Until when."""

    until = forms.DateField(
        label=_("Pause until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Leave it empty to pause until you turn it on again."),
    )
