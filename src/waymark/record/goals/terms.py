"""The terms of a goal: its words, five levels, where it began, the names of 0 and 10. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from waymark.library.goal import LEVELS, Counted, GoalDraft, GoalMeasure
from waymark.record.tenancy.action import Invalid

LONGEST_STATEMENT, LONGEST_LINE, LONGEST_WORD = 300, 500, 60
MOST_SURE = 10
STARTS = (-1, -2)
"""Where one stands when a goal is set: below what is hoped for, or it would be met already."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a goal is, from one day on. ``levels``: what each of the five means here, those that
    were said; ``ends``: what 0 and 10 mean here, where that was said."""

    draft: GoalDraft
    levels: Mapping[int, str] = field(default_factory=dict)
    start: int | None = None
    ends: tuple[str, str] = ("", "")

    @property
    def scaled(self) -> bool:
        """Whether all five levels have words, so that one can say on which one stands."""
        return len(self.levels) == len(LEVELS)

    @property
    def body(self) -> dict[str, Any]:
        """As it is stored."""
        draft = asdict(self.draft)
        for name in ("due_on", "review_on"):
            draft[name] = draft[name] and draft[name].isoformat()
        levels = {str(level): words for level, words in self.levels.items()}
        return {"draft": draft, "levels": levels, "start": self.start, "ends": list(self.ends)}


def read(body: Mapping[str, Any]) -> Terms:
    """Stored ones."""
    held = dict(body["draft"])
    for name in ("due_on", "review_on"):
        held[name] = held[name] and date.fromisoformat(held[name])
    if held["measure"]:
        measure = held["measure"]
        held["measure"] = GoalMeasure(**{**measure, "counted": Counted(measure["counted"])})
    levels = {int(level): words for level, words in body["levels"].items()}
    low, high = body["ends"]
    return Terms(GoalDraft(**held), levels, body["start"], (low, high))


def same_goal(one: Terms, other: Terms) -> bool:
    """Whether a rating of one can be read beside a rating of the other, and what was agreed to of
    one still stands: its words, how one knows, and its levels are the same."""
    return _core(one) == _core(other)


def _core(terms: Terms) -> tuple[Any, ...]:
    draft = terms.draft
    return draft.statement, draft.measure, dict(terms.levels), terms.start, terms.ends


def checked(terms: Terms) -> Terms:
    """The same without spaces around. Raises Invalid, naming the field and what would do.

    Only the statement has to be there. What could make it easier to keep is said by hints.
    """
    draft = terms.draft
    statement = short("statement", draft.statement, LONGEST_STATEMENT)
    if not statement:
        raise Invalid("statement", _("Write what you would like to do. A few words are enough."))
    if draft.confidence is not None and draft.confidence not in range(MOST_SURE + 1):
        raise Invalid("confidence", _("Choose a number from 0 to 10, or leave it open."))
    if terms.start is not None and terms.start not in STARTS:
        raise Invalid("start", _("Choose one of the two lower levels, or leave it open."))
    clean = replace(
        draft,
        statement=statement,
        measure=_measure(draft.measure),
        matters=short("matters", draft.matters),
        first_step=short("first_step", draft.first_step),
        obstacle=short("obstacle", draft.obstacle),
        plan=short("plan", draft.plan),
    )
    levels = {level: short(f"level_{level}", words) for level, words in terms.levels.items()}
    if not levels.keys() <= LEVELS.keys():
        raise Invalid("start", _("There are five levels."))
    low, high = (short("ends", one, LONGEST_WORD) for one in terms.ends)
    kept = {level: levels[level] for level in sorted(levels) if levels[level]}
    return Terms(clean, kept, terms.start, (low, high))


def _measure(measure: GoalMeasure | None) -> GoalMeasure | None:
    if measure is None:
        return None
    unit = short("unit", measure.unit, LONGEST_WORD)
    return replace(measure, unit=unit)


def short(name: str, text: str, most: int = LONGEST_LINE) -> str:
    """A text without spaces around. Raises Invalid where it is too long."""
    text = text.strip()
    if len(text) > most:
        raise Invalid(name, _("Shorten it by %(over)d characters.") % {"over": len(text) - most})
    return text
