"""Choosing a time zone, at every door: the usual ones with the time there now, then by region."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from waymark.library import zones

Choices = list[tuple[str, list[tuple[str, str]]]]


def choices_of_zones(*, keep: str = "") -> Choices:
    """The usual ones first; before them the one that is set now, where it is not among them."""
    now = timezone.now()
    usual = [(zone, _with_clock(zone, now)) for zone in zones.USUAL]
    if keep and keep not in zones.USUAL and keep in available_timezones():
        usual.insert(0, (keep, _with_clock(keep, now)))
    others = [
        (_(area), [(zone, zones.place_of(zone)) for zone in held if zone != keep])
        for area, held in zones.by_area()
    ]
    return [(_("Often chosen"), usual), *others]


def _with_clock(zone: str, now: datetime) -> str:
    """ "Central time (Chicago), now 3:05 PM"."""
    place = zones.place_of(zone)
    name = zones.USUAL.get(zone)
    told = f"{_(name)} ({place})" if name else place
    clock = date_format(now.astimezone(ZoneInfo(zone)), "g:i A")
    return _("{zone}, now {clock}").format(zone=told, clock=clock)


class ZoneSelect(forms.Select):
    """A list that always holds what is chosen now, an old alias too."""

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> Any:
        self.choices = choices_of_zones(keep=next(iter(value), ""))
        return super().optgroups(name, value, attrs)


class ZoneField(forms.ChoiceField):
    """A time zone, by its name in the tz database."""

    widget = ZoneSelect

    def __init__(self, **given: Any) -> None:
        super().__init__(choices=choices_of_zones, **given)

    def valid_value(self, value: Any) -> bool:
        return str(value) in available_timezones()
