"""How a goal or a problem reads to somebody it is shared with, and the numbers that go along."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from waymark.library.goal import (
    COUNTED,
    LEVELS,
    RATING_ENDS,
    STATES,
    Counted,
    GoalMeasure,
    GoalState,
)
from waymark.progress.telling.wording import number
from waymark.record.goals.problems import PROBLEM_ENDS, Stated
from waymark.record.goals.rating import Rated
from waymark.record.goals.review import named, to_review
from waymark.record.goals.terms import Terms
from waymark.record.sharing.snapshot import Part, Snapshot

ABOUT = STREAM = "goal"


@dataclass(frozen=True, slots=True)
class Last:
    """The last rating, and its day."""

    rated: Rated
    day: date


@dataclass(frozen=True, slots=True)
class Seen:
    """A goal as it stands: its terms since a day, under their number, and the last rating under
    them. What was rated under earlier terms is not read beside these."""

    terms: Terms
    number: int
    since: date
    state: GoalState
    last: Last | None = None


def snapshot_of(goal: Seen) -> Snapshot:
    """As a reader sees it. ``facts``: what they count with, and nothing that is not in the words;
    but for ``terms``, by which an agreement knows what it was about."""
    facts = {"terms": goal.number, "review": len(to_review(goal.terms))}
    facts |= {"levels": 1} if goal.terms.scaled else {}
    found = {"start": goal.terms.start}
    if goal.last is not None:
        found |= {"level": goal.last.rated.level, "number": goal.last.rated.number}
    facts |= {name: value for name, value in found.items() if value is not None}
    return Snapshot(_("A goal"), goal.since.isoformat(), tuple(_parts(goal)), facts)


def _parts(goal: Seen) -> Iterator[Part]:
    draft, kinds = goal.terms.draft, to_review(goal.terms)
    texts = {
        _("To look at together"): named(kinds),
        _("Why it matters"): draft.matters,
        _("How one will know"): measure_words(draft.measure),
        **{_(LEVELS[level]): words for level, words in sorted(goal.terms.levels.items())[::-1]},
        _("Where it began"): "" if goal.terms.start is None else _(LEVELS[goal.terms.start]),
        _("First step"): draft.first_step,
        _("If"): draft.obstacle,
        _("Then"): draft.plan,
        _("By when"): draft.due_on and date_format(draft.due_on, "F j, Y"),
        _("Where it stands"): _(STATES[goal.state]),
        _("Last rating"): goal.last and rated_words(goal.last, goal.terms.ends),
    }
    yield Part("", draft.statement)
    for label, text in texts.items():
        if text:
            yield Part(label, text)


def problem_snapshot(problem: Stated, last: Last | None) -> Snapshot:
    """A problem as a reader sees it."""
    parts = [Part("", problem.words)]
    if last is not None:
        parts.append(Part(_("Last rating"), rated_words(last, problem.ends, PROBLEM_ENDS)))
    return Snapshot(_("A problem"), "", tuple(parts))


def rated_words(last: Last, ends: tuple[str, str], usual: tuple[str, str] = RATING_ENDS) -> str:
    """A rating in words, with its day and what 0 and 10 mean."""
    low, high = (one or _(other) for one, other in zip(ends, usual, strict=True))
    said = []
    if last.rated.number is not None:
        values = {"n": last.rated.number, "low": low, "high": high}
        said.append(_("%(n)d of 10 (0: %(low)s; 10: %(high)s)") % values)
    if last.rated.level is not None:
        said.append(_(LEVELS[last.rated.level]))
    said.append(date_format(last.day, "F j, Y"))
    return ", ".join(said)


def measure_words(measure: GoalMeasure | None) -> str:
    """How one will know, in a line; empty where that was not said."""
    if measure is None:
        return ""
    if measure.counted is Counted.YES_NO:
        return _(COUNTED[Counted.YES_NO])
    target, baseline = measure.target, measure.baseline
    values = {"unit": measure.unit}
    if target is None:
        return measure.unit or _(COUNTED[measure.counted])
    values["target"] = number(target)
    if baseline is None:
        return _("%(target)s %(unit)s") % values
    values["baseline"] = number(baseline)
    return _("from %(baseline)s to %(target)s %(unit)s") % values
