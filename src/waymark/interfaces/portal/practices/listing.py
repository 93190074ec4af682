"""The list of practices, by what they are for, and narrowed to the time that somebody has."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from waymark.interfaces.portal.practices.spoken import minutes_of
from waymark.interfaces.portal.practices.visit import Visit
from waymark.library.pacing import MINUTES, lengths, run
from waymark.library.practice import GROUP_WORDS, Group, Practice
from waymark.library.practices import PRACTICES


@dataclass(frozen=True, slots=True)
class Row:
    """One practice in the list."""

    id: str
    title: str
    about: str
    minutes: int
    href: str


@dataclass(frozen=True, slots=True)
class Section:
    """One group with the practices that stand in it now."""

    id: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Length:
    """A way to narrow the list: so many minutes; none is any."""

    minutes: int | None
    href: str
    current: bool


def every() -> list[Practice]:
    """Every practice that there is now, in each of its forms."""
    return [one for one in PRACTICES.values() if not one.retired]


def listed() -> list[Practice]:
    """Those that a list names: other forms of one stand with it."""
    return [one for one in every() if not one.form_of]


def first() -> Practice:
    """The one for somebody who has chosen nothing yet."""
    return next(one for one in listed() if one.first)


def asked_minutes(text: str) -> int | None:
    """The minutes that an address asks for; none where it asks for no length that there is."""
    return int(text) if text in {str(one) for one in MINUTES} else None


def sections(visit: Visit, minutes: int | None) -> list[Section]:
    """The groups in their order; a group that nothing fits is left out."""
    fitting = [one for one in listed() if minutes is None or minutes in lengths(one)]
    found = [
        Section(group, _(GROUP_WORDS[group]), _rows(fitting, group, visit, minutes))
        for group in Group
    ]
    return [one for one in found if one.rows]


def _rows(
    among: list[Practice], group: Group, visit: Visit, minutes: int | None
) -> tuple[Row, ...]:
    held = sorted((one for one in among if one.group is group), key=_easiest_first)
    return tuple(row_of(one, visit, minutes) for one in held)


def _easiest_first(practice: Practice) -> tuple[bool, bool, int]:
    """What asks for no count stands first, and what holds the breath last; then the shorter one."""
    breath = practice.breath
    return bool(breath and breath.pattern.holds), breath is not None, run(practice).ms


def row_of(practice: Practice, visit: Visit, minutes: int | None = None) -> Row:
    return Row(
        id=practice.id,
        title=_(practice.title),
        about=_(practice.about),
        minutes=minutes or minutes_of(run(practice).ms),
        href=visit.to(practice.id, minutes),
    )


def ways_to_narrow(visit: Visit, minutes: int | None) -> list[Length]:
    return [Length(one, visit.to_list(one), one == minutes) for one in (None, *MINUTES)]
