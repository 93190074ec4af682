"""What the check-ins of one item come to: the evidence that every signal of check-ins reads."""

from collections.abc import Sequence
from dataclasses import dataclass

from waymark.library.instrument import Better
from waymark.library.item import Kind
from waymark.progress.change.reliable_change import Reason
from waymark.progress.course.timeline import At
from waymark.progress.days.daily import DailyVerdict, Look, look
from waymark.progress.days.early_warning import EwmaChart, Stage, watch
from waymark.progress.days.half_life import Recovery, recover

KINDS: dict[tuple[float, float], Kind] = {
    (0, 10): Kind.NUMBER,
    (0, 4): Kind.DEGREE,
    (0, 1): Kind.YES_NO,
    (0, 5): Kind.DURATION,
}
"""What is asked on a scale with these ends, as far as a least size of a change is known for it."""


STANDS = 7
"""Days for which the second stage of a warning stands."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One item of one person. ``when``: days, ascending, one row a day; ``scores``: points from
    ``low`` to ``high``, None where it was not answered; ``names``: what each day is called, by
    default its number; ``occasions``: some days hold nothing to answer about; ``today``: the day as
    of which a change is judged, by default the last one with an answer."""

    item: str
    when: Sequence[int]
    scores: Sequence[float | None]
    low: float
    high: float
    better: Better = Better.LOWER
    names: Sequence[At] | None = None
    occasions: bool = False
    today: int | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """One item's check-ins, judged as far as they allow.

    ``item``: its id. ``answered``: days with an answer, from ``first`` to ``last``. ``recovery``:
    None where nobody said on which days something hit. ``look``: None where the scale is none of
    ``KINDS``.
    """

    item: str
    better: Better
    answered: int
    first: At | None
    last: At | None
    recovery: Recovery | None
    look: Look | None
    watch: EwmaChart

    def moved(self, *, better: bool) -> bool:
        """Whether the last two weeks changed this way, clearly or probably."""
        found = self.look
        changed = found is not None and found.verdict in {DailyVerdict.CLEAR, DailyVerdict.PROBABLE}
        return changed and found is not None and bool(found.better) is better

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Nothing needs to be added to what is said of check-ins."""
        return ()

    @property
    def talk(self) -> bool:
        """Whether the second stage of a warning was reached within the last week: one milder day
        takes nothing back."""
        last = self.watch.days[-1].day if self.watch.days else 0
        return any(day.stage is Stage.TALK and day.day > last - STANDS for day in self.watch.days)


def weigh_days(
    asked: Asked,
    *,
    setbacks: Sequence[int] | None = None,
    split: float | None = None,
    items: int = 1,
) -> Days:
    """Judge one item of one person.

    ``setbacks``: days on which something hit; None: nobody said. ``split``: the day on which the
    second period begins. ``items``: how many are watched at once. ``ValueError`` as in
    `half_life.recover`, `daily.look` and `early_warning.watch`.
    """
    when, scores, better = asked.when, asked.scores, asked.better
    pairs = zip(asked.names or when, scores, strict=True)
    called = [name for name, score in pairs if score is not None]
    return Days(
        item=asked.item,
        better=better,
        answered=len(called),
        first=called[0] if called else None,
        last=called[-1] if called else None,
        recovery=None if setbacks is None else _recovery(asked, setbacks, split),
        look=_look(asked),
        watch=watch(when, scores, better=better, items=items),
    )


def _look(asked: Asked) -> Look | None:
    kind = KINDS.get((asked.low, asked.high))
    if kind is None:
        return None
    return look(
        asked.when,
        asked.scores,
        kind=kind,
        better=asked.better,
        occasions=asked.occasions,
        at=asked.today,
    )


def _recovery(asked: Asked, setbacks: Sequence[int], split: float | None) -> Recovery:
    """Of the answers turned so that more is worse."""
    low, high, scores = asked.low, asked.high, asked.scores
    if asked.better is Better.HIGHER:
        scores = [None if one is None else low + high - one for one in scores]
    return recover(asked.when, scores, setbacks=setbacks, low=low, high=high, split=split)
