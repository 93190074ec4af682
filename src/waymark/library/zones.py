"""Time zones as people look for them: the usual ones by plain name, and the others by their city.

Offered is what `zone.tab` of the tz database lists, one row for each country and zone, so that no
old alias stands among them ("US/Central", "Asia/Calcutta"); it comes with the package `tzdata`.
Without that file: every zone of a part of the world. What is stored already stays valid, an alias
too: only new choices are made from here.
"""

from collections import defaultdict
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from zoneinfo import available_timezones

from waymark.library.marking import gettext_noop

USUAL = {
    "America/New_York": gettext_noop("Eastern time"),
    "America/Chicago": gettext_noop("Central time"),
    "America/Denver": gettext_noop("Mountain time"),
    "America/Phoenix": gettext_noop("Arizona time"),
    "America/Los_Angeles": gettext_noop("Pacific time"),
    "America/Anchorage": gettext_noop("Alaska time"),
    "Pacific/Honolulu": gettext_noop("Hawaii time"),
    "America/Puerto_Rico": gettext_noop("Atlantic time"),
}
AREAS = {
    "America": gettext_noop("The Americas"),
    "Europe": gettext_noop("Europe"),
    "Africa": gettext_noop("Africa"),
    "Asia": gettext_noop("Asia"),
    "Australia": gettext_noop("Australia"),
    "Pacific": gettext_noop("The Pacific"),
    "Atlantic": gettext_noop("The Atlantic"),
    "Indian": gettext_noop("The Indian Ocean"),
    "Arctic": gettext_noop("The Arctic"),
    "Antarctica": gettext_noop("Antarctica"),
}
MOST_PROPOSED = 5


@cache
def canonical() -> frozenset[str]:
    """Every zone that is offered."""
    every = available_timezones()
    try:
        table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    except (ModuleNotFoundError, OSError):
        return frozenset(zone for zone in every if zone.partition("/")[0] in AREAS)
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return frozenset(row[2] for row in rows if len(row) > 2) & every


def place_of(zone: str) -> str:
    """The city of a zone, with what tells it from others of its name: "Knox, Indiana"."""
    _area, *between, city = ["", *zone.split("/")][-3:]
    near = [part for part in between if part and part not in AREAS]
    return ", ".join([city, *near]).replace("_", " ")


def by_area() -> list[tuple[str, list[str]]]:
    """The zones that are not among the usual ones, by part of the world and by city."""
    found: dict[str, list[str]] = defaultdict(list)
    for zone in canonical() - set(USUAL):
        found[zone.partition("/")[0]].append(zone)
    named = [(AREAS[area], found[area]) for area in AREAS if area in found]
    return [(area, sorted(held, key=place_of)) for area, held in named]


def meant(typed: str) -> list[str]:
    """The zones that somebody means who writes a name, a city or "Central time", in any letters.

    One of them: that is it. Several: they are to be told apart. None: see `like`.
    """
    plain = _plain(typed)
    exact = [zone for zone in available_timezones() if _plain(zone) == plain]
    if exact or not plain:
        return exact
    named = [zone for zone, name in USUAL.items() if plain in (_plain(name), _plain(name)[:-5])]
    return named or sorted(zone for zone in canonical() if plain in _cities(zone))


def like(typed: str) -> list[str]:
    """Zones whose city begins so, or is written much like it; a few at most."""
    plain = _plain(typed)
    cities = {city: zone for zone in sorted(canonical()) for city in _cities(zone)}
    begins = [zone for city, zone in cities.items() if plain and city.startswith(plain)]
    close = [cities[city] for city in get_close_matches(plain, cities, MOST_PROPOSED)]
    return list(dict.fromkeys([*begins, *close]))[:MOST_PROPOSED]


def _cities(zone: str) -> tuple[str, ...]:
    return _plain(zone.rpartition("/")[2]), _plain(place_of(zone))


def _plain(words: str) -> str:
    return " ".join(words.replace("_", " ").casefold().split())
