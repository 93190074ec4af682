"""Times and rhythms of practices in words."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waymark.library.practice import Part, Pattern


def spoken(ms: int) -> str:
    """A time in words: 5.5 seconds, 3 minutes, 1 minute 15 seconds."""
    minutes, rest = divmod(ms, 60_000)
    said = [_minutes(minutes)] if minutes else []
    if rest or not minutes:
        said.append(_seconds(rest))
    return " ".join(said)


def minutes_of(ms: int) -> int:
    """The nearest number of minutes, at least one."""
    return max(1, round(ms / 60_000))


def rounds(number: int) -> str:
    return ngettext("%(number)s round", "%(number)s rounds", number) % {"number": number}


def rhythm(pattern: Pattern) -> str:
    """How a breath goes: In 4, hold 7, out 8 seconds."""
    said = ", ".join(_part(part) % {"time": _number(ms)} for part, ms in pattern.parts)
    return capfirst(_("%(rhythm)s seconds") % {"rhythm": said})


def _minutes(number: int) -> str:
    return ngettext("%(number)s minute", "%(number)s minutes", number) % {"number": number}


def _seconds(ms: int) -> str:
    said = ngettext("%(number)s second", "%(number)s seconds", 1 if ms == 1000 else 2)
    return said % {"number": _number(ms)}


def _number(ms: int) -> str:
    return f"{ms / 1000:g}"


def _part(part: Part) -> str:
    return {
        Part.INHALE: _("in %(time)s"),
        Part.TOP_UP: _("a little more %(time)s"),
        Part.HOLD: _("hold %(time)s"),
        Part.EXHALE: _("out %(time)s"),
        Part.REST: _("rest %(time)s"),
    }[part]
