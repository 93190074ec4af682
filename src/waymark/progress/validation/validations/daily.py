"""Did a daily answer change? Tried on four kinds of items, with and without a change."""

from collections.abc import Iterator, Sequence

from waymark.library.instrument import Better
from waymark.library.item import Kind
from waymark.progress.days.daily import MEASURES, DailyVerdict, Look, weekly
from waymark.progress.validation.reporting import at_most, on_irregular, share_of
from waymark.progress.validation.simulation import Population
from waymark.progress.validation.simulations.checkins import ANSWERS, Answering
from waymark.progress.validation.simulations.irregular_days import ANSWERS as IRREGULAR
from waymark.progress.validation.validation import Validation, ValidationFigure


def run(
    seed: int, people: int, population: Population[Answering] = ANSWERS
) -> Sequence[ValidationFigure]:
    """``people``: four kinds, of each a third without a change."""
    drawn = population.people(seed, number=people)
    looks = [(one, looked(one)) for one in drawn]
    return (
        *(one for kind in MEASURES for one in _false_changes(looks, kind)),
        *(one for kind in MEASURES for one in _found_changes(looks, kind)),
    )


def looked(person: Answering) -> tuple[Look, ...]:
    """Every weekly look; the answers of the simulation are better when they are higher."""
    occasions = person.kind in (Kind.YES_NO, Kind.DURATION)
    return tuple(weekly(person.days, person.answers, kind=person.kind, better=Better.HIGHER,
                        occasions=occasions))  # fmt: skip


_Looks = Sequence[tuple[Answering, tuple[Look, ...]]]
_CLAIMS = (DailyVerdict.CLEAR, DailyVerdict.PROBABLE)


def _false_changes(looks: _Looks, kind: Kind) -> Iterator[ValidationFigure]:
    unchanged = [seen for one, seen in looks if one.kind is kind and one.change == 0]
    bare = [any(abs(one.size or 0) >= MEASURES[kind].least for one in seen) for seen in unchanged]
    target = at_most(0.10)
    yield share_of(f"{kind}: ever a clear change in 12 weeks, where there is none",
                  [any(one.verdict is DailyVerdict.CLEAR for one in seen) for seen in unchanged],
                  target, simple=bare, published=".32 to .97 by size alone")  # fmt: skip
    yield share_of(f"{kind}: ever clear or probably real, where there is none",
                  [any(one.verdict in _CLAIMS for one in seen) for seen in unchanged], target,
                  simple=bare)  # fmt: skip


def _found_changes(looks: _Looks, kind: Kind) -> Iterator[ValidationFigure]:
    moved = [(one, seen) for one, seen in looks if one.kind is kind and one.change != 0]
    said = [[one for one in seen if one.verdict in _CLAIMS] for _, seen in moved]
    right = [(one.change > 0, claims) for (one, _), claims in zip(moved, said, strict=True)]
    yield share_of(f"{kind}: ever clear or probably real, of true changes",
                  [any(one.better is up for one in claims) for up, claims in right])  # fmt: skip
    yield share_of(f"{kind}: ever called the opposite way",
                  [any(one.better is (not up) for one in claims) for up, claims in right],
                  at_most(0.02))  # fmt: skip


VALIDATION = Validation(
    id="daily",
    title="Did a daily answer change?",
    population="daily-answers",
    run=run,
    people=8040,
    note="One look a week for twelve weeks; the simple rule is the least size alone.",
)

IRREGULAR_VALIDATION = on_irregular(
    VALIDATION,
    "Daily answers, on",
    population=IRREGULAR,
    run=run,
    people=1200,
    note=(
        "What holds: few are told of a change that is none. What falls short: fewer true ones of "
        "numbers are found, likely for answers are missed in runs and lie on the "
        "floor. Yes and no tell little, among tidy people too."
    ),
)
