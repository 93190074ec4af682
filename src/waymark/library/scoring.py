"""Answers in, scores out: the only arithmetic over answers in Waymark."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from waymark.library.answers import check, missing, unanswered
from waymark.library.instrument import (
    Answers,
    Better,
    Cutoff,
    Instrument,
    Item,
    Method,
    Rung,
    Scale,
)

MEAN_PLACES = 2  # a mean is shown to two decimals; a sum is a whole number


@dataclass(frozen=True, slots=True)
class Scored:
    """One scale's score. ``value`` is rounded half up, once, and is what a page shows and a band
    reads; ``exact`` is not rounded and is what change reads. Both are None where no score can be
    given, and ``note`` then says why in plain words.
    """

    scale: str
    value: float | None
    exact: float | None
    band: str | None
    prorated: bool
    missing: tuple[str, ...]
    cutoff: Cutoff | None = None  # the case line that applies to this person
    note: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """Every scale of one set of answers, and the scored items that were asked and left out."""

    scales: tuple[Scored, ...]
    missing: tuple[str, ...]

    def of(self, scale: str) -> Scored:
        """The score on one scale, by the scale's id."""
        return next(scored for scored in self.scales if scored.scale == scale)


def score(instrument: Instrument, answers: Answers, *, sex: str | None = None) -> Result:
    """Score one set of raw answers (item id to listed value; None or absent is unanswered).

    ``sex`` ("male" or "female") picks the case line where an instrument has one for each; unknown
    takes the more careful line and says so. Raises ``BadAnswer`` for an unknown item or a value
    the item does not list.
    """
    check(instrument, answers)
    scales = tuple(_scored(instrument, scale, answers, sex=sex) for scale in instrument.scales)
    return Result(scales, missing(instrument, answers))


def band_of(scale: Scale, value: float) -> str | None:
    """The published name of the range a rounded value falls in, where the authors publish one."""
    names = [band.label for band in scale.bands if value >= band.low]
    return names[-1] if names else None


def cutoff_for(scale: Scale, *, sex: str | None = None) -> Cutoff | None:
    """The case line for this person. Where lines differ by sex, unknown takes the careful one."""
    by_sex = {cut.when[1]: cut for cut in scale.cutoffs if cut.when and cut.when[0] == "sex"}
    if not by_sex:
        return scale.cutoff
    careful = min if scale.better is Better.LOWER else max
    return by_sex.get(sex or "") or careful(by_sex.values(), key=lambda cut: cut.value)


def beyond(scale: Scale, value: float, cutoff: Cutoff) -> bool:
    """Whether a value is on the clinical side of a line; the line itself is on that side."""
    return value >= cutoff.value if scale.better is Better.LOWER else value <= cutoff.value


def rounded(exact: Fraction, *, places: int = 0) -> float:
    """Half up, in decimal: 4.5 becomes 5 where Python's ``round`` would give 4."""
    step = Decimal(1).scaleb(-places)
    value = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(step, ROUND_HALF_UP)
    return float(value) if places else int(value)


def _scored(instrument: Instrument, scale: Scale, answers: Answers, *, sex: str | None) -> Scored:
    items = [instrument.item(id) for id in scale.items]
    left_out = tuple(item.id for item in items if unanswered(item, answers))
    if scale.method is Method.LEVEL:
        return _level(scale, items, answers, left_out=left_out)
    reason = _unscorable(scale, left_out)
    if reason:
        return Scored(scale.id, None, None, None, False, left_out, note=reason)
    return _added(scale, items, answers, left_out=left_out, sex=sex)


def _unscorable(scale: Scale, left_out: tuple[str, ...]) -> str:
    """Why the scale has no score, or nothing when it has one."""
    needed = [id for id in left_out if id in scale.missing.never]
    if needed:
        return f"No score: it cannot be given without {', '.join(needed)}."
    if len(left_out) <= scale.missing.most:
        return ""
    most = scale.missing.most
    allowed = f"At most {most} can be left out." if most else "All are needed."
    return f"No score: no answer to {', '.join(left_out)}. {allowed}"


def _added(
    scale: Scale,
    items: list[Item],
    answers: Answers,
    *,
    left_out: tuple[str, ...],
    sex: str | None,
) -> Scored:
    asked = [item for item in items if not (item.gate and item.gate.closed(answers))]
    points = [_points(item, given) for item in asked if (given := answers.get(item.id)) is not None]
    exact = Fraction(sum(points), len(points)) * scale.times
    if scale.method is Method.SUM:
        exact *= len(asked)  # the mean of those answered stands in for those left out
    value = rounded(exact, places=MEAN_PLACES if scale.method is Method.MEAN else 0)
    cut = cutoff_for(scale, sex=sex)
    notes = (_left_out(left_out), _idle(items, asked, answers), _careful(cut, sex))
    return Scored(
        scale.id,
        value,
        float(exact),
        band_of(scale, value),
        bool(left_out),
        left_out,
        cutoff=cut,
        note=" ".join(note for note in notes if note),
    )


def _points(item: Item, value: int) -> int:
    """What an answer is worth: turned round for an item worded the other way."""
    return max(item.values) + min(item.values) - value if item.reverse else value


def _left_out(ids: tuple[str, ...]) -> str:
    return f"No answer to {', '.join(ids)}; the mean of the others stands in." if ids else ""


def _idle(items: list[Item], asked: list[Item], answers: Answers) -> str:
    """Answers left over from before an earlier answer skipped them are named, never added."""
    idle = [item.id for item in items if item not in asked and answers.get(item.id) is not None]
    return f"Not counted, as an earlier answer skips it: {', '.join(idle)}." if idle else ""


def _careful(cut: Cutoff | None, sex: str | None) -> str:
    if cut is None or cut.when is None or cut.when[1] == sex:
        return ""
    return f"Sex is not known, so the more careful line ({cut.value:g}) is used."


def _level(
    scale: Scale, items: list[Item], answers: Answers, *, left_out: tuple[str, ...]
) -> Scored:
    """The highest rung reached, never a count. A missing answer that could raise it is not a No."""
    reached = max((rung.level for rung in scale.rungs if _on(rung, answers)), default=0)
    pending = {item.id for item in items if _pending(item, answers)}
    possible = max((rung.level for rung in scale.rungs if rung.item in pending), default=0)
    if possible > reached:
        note = f"No level: no answer to {', '.join(left_out)}, which could change it."
        return Scored(scale.id, None, None, None, False, left_out, note=note)
    return Scored(scale.id, reached, float(reached), band_of(scale, reached), False, left_out)


def _on(rung: Rung, answers: Answers) -> bool:
    given = answers.get(rung.item)
    return given is not None and given >= rung.at_least


def _pending(item: Item, answers: Answers) -> bool:
    """Whether an answer may still come: there is none, and the item is not surely skipped."""
    skipped = item.gate is not None and item.gate.closed(answers)
    return answers.get(item.id) is None and not skipped
