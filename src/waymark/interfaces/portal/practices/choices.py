"""How a practice can be done: at which lengths, and at the usual pace or the gentler one.

What a timer runs is laid out by `library/pacing.py` alone. A page carries it whole, and its script
looks up in it where somebody is.
"""

import json
from dataclasses import dataclass

from django.utils.translation import gettext as _

from waymark.interfaces.portal.practices.spoken import rhythm, rounds, spoken
from waymark.library.pacing import Run, lengths, run
from waymark.library.practice import Practice

OWN = "own"  # the length that its definition has, where no number of minutes is the same


@dataclass(frozen=True, slots=True)
class Part:
    """One beat as it is read: a step, or a part of a breath."""

    name: str
    words: str
    time: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One length at one pace."""

    value: str  # on the form, and in the address
    label: str
    laid: Run

    @property
    def beats(self) -> str:
        """The run as the script reads it; names and words stand in the page, beat by beat."""
        held = [{"part": beat.part, "ms": beat.ms} for beat in self.laid.beats]
        return json.dumps({"cycles": self.laid.cycles, "beats": held}, separators=(",", ":"))

    @property
    def parts(self) -> list[Part]:
        beats = self.laid.beats
        return [Part(_(beat.name), beat.words and _(beat.words), spoken(beat.ms)) for beat in beats]

    @property
    def rounds(self) -> str:
        """How many times over, where it is more than once."""
        return rounds(self.laid.cycles) if self.laid.cycles > 1 else ""


@dataclass(frozen=True, slots=True)
class Pace:
    """The lengths of one pace. Steps have a single pace, which needs no name."""

    name: str
    gentler: bool
    choices: tuple[Choice, ...]


def paces_of(practice: Practice) -> list[Pace]:
    """The usual pace, and for a breath the gentler one."""
    both = (False, True) if practice.breath else (False,)
    return [_pace(practice, gentler) for gentler in both]


def chosen(practice: Practice, paces: list[Pace], asked: str) -> Choice:
    """The choice that was asked for; else the practice as its definition has it."""
    usual, own = paces[0].choices, run(practice)
    held = {one.value: one for pace in paces for one in pace.choices}
    return held.get(asked) or next(one for one in usual if one.laid == own)


def _pace(practice: Practice, gentler: bool) -> Pace:
    name = rhythm(practice.breath.paced(gentler=gentler)) if practice.breath else ""
    laid = {
        str(minutes): run(practice, length=minutes, gentler=gentler)
        for minutes in lengths(practice, gentler=gentler)
    }
    own = run(practice, gentler=gentler)
    if own not in laid.values():
        laid[OWN] = own
    found = [_choice(practice, value, one, gentler) for value, one in laid.items()]
    return Pace(name, gentler, tuple(sorted(found, key=lambda one: one.laid.ms)))


def _choice(practice: Practice, value: str, laid: Run, gentler: bool) -> Choice:
    counted = practice.breath is not None and practice.breath.cycles
    whole = laid.ms if value == OWN else int(value) * 60_000
    label = rounds(laid.cycles) if counted else spoken(whole)
    return Choice(f"{value}-gentler" if gentler else value, label, laid)
