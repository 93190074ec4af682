"""Which skills were used over a stretch of days, on how many of them, and how much each helped.

Shown and never judged: who needs fewer skills may be well or not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from waymark.progress.days.values import Given


@dataclass(frozen=True, slots=True)
class SkillUse:
    """One skill. ``days`` on which it was used; ``help``: mean of ``rated`` answers, 0 to 4, None
    where nobody said."""

    skill: str
    days: int
    help: float | None
    rated: int


def skills_used(given: Iterable[Given], *, first: date, last: date) -> tuple[SkillUse, ...]:
    """Every skill that was used from ``first`` to ``last``, both counted.

    The one used on most days stands first, then the one that helped most, then by name.
    """
    days: dict[str, set[date]] = {}
    helps: dict[str, list[int]] = {}
    for one in given:
        for used in one.answer.used if first <= one.on <= last else ():
            days.setdefault(used.skill, set()).add(one.on)
            helps.setdefault(used.skill, []).extend([] if used.help is None else [used.help])
    found = [_use(skill, len(on), helps[skill]) for skill, on in days.items()]
    return tuple(sorted(found, key=lambda one: (-one.days, -(one.help or 0.0), one.skill)))


def _use(skill: str, days: int, helps: list[int]) -> SkillUse:
    return SkillUse(skill, days, fmean(helps) if helps else None, len(helps))
