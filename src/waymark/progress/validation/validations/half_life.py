"""Does this person come back from hard days faster than before? Tried on four kinds of people."""

from collections.abc import Iterator, Sequence
from statistics import fmean

import numpy as np

from waymark.progress.days.half_life import Estimate, Recovery, ReturnVerdict, recover
from waymark.progress.validation.reporting import (
    at_least,
    at_most,
    held_by_band,
    on_irregular,
    share_of,
    within,
)
from waymark.progress.validation.simulation import Population
from waymark.progress.validation.simulations.checkins import HIGH, RECOVERING, Recovering
from waymark.progress.validation.simulations.irregular_days import RECOVERING as IRREGULAR
from waymark.progress.validation.validation import Target, Validation, ValidationFigure

ONE_SIDED = 1.645


def run(
    seed: int, people: int, population: Population[Recovering] = RECOVERING
) -> Sequence[ValidationFigure]:
    """``people``: a quarter of each pattern."""
    drawn = population.people(seed, number=people)
    found = [recovered(one) for one in drawn]
    pairs = list(zip(drawn, found, strict=True))
    return (
        _faster(pairs, "faster", "called faster, of those who became faster",
                at_least(0.95), "simple .850 with events"),
        _faster(pairs, "same", "called faster, of those who did not change",
                at_most(0.05), "simple .025 with events"),
        _faster(pairs, "slower", "called faster, of those who became slower",
                at_most(0.01), ""),
        _faster(pairs, "calmer", "called faster, of those whose level alone fell",
                at_most(0.10), "no change of inertia in Bringmann 2013"),
        *_recovery_estimates(pairs),
    )  # fmt: skip


def recovered(person: Recovering) -> Recovery:
    """The judgement of one simulated person."""
    return recover(person.days, person.distress, setbacks=person.setbacks, low=0, high=HIGH)


_Pairs = Sequence[tuple[Recovering, Recovery]]


def _faster(
    pairs: _Pairs, pattern: str, name: str, target: Target, published: str
) -> ValidationFigure:
    these = [(one, said) for one, said in pairs if one.pattern == pattern]
    simple = [_by_regression(one) for one, _ in these]
    return share_of(
        name,
        [said.verdict is ReturnVerdict.FASTER for _, said in these],
        target,
        simple=simple,
        published=published,
    )


def _recovery_estimates(pairs: _Pairs) -> Iterator[ValidationFigure]:
    phis = [
        (truth, period.phi)
        for one, said in pairs
        for truth, period in zip(one.phi, (said.first, said.second), strict=True)
    ]
    hits = [
        (truth, period.reactivity)
        for one, said in pairs
        for truth, period in zip(one.hits, (said.first, said.second), strict=True)
    ]
    away = [estimate.median - truth for truth, estimate in phis if estimate]
    yield ValidationFigure(
        "mean error of what is left after a day", fmean(away), None,
        within(-0.02, 0.02), published="-.014",
    )  # fmt: skip
    held = within(0.87, 0.93)
    yield held_by_band("held by the 90% interval of what is left after a day", _bands(phis), held)
    yield held_by_band("held by the 90% interval of the lift of a setback", _bands(hits), held)
    smaller = [(said.p_smaller or 0) >= 0.95 for _, said in pairs]
    yield share_of("lift called smaller, where it stayed", smaller, at_most(0.05))


def _bands(
    pairs: Sequence[tuple[float, Estimate | None]],
) -> Iterator[tuple[float, tuple[float, float]]]:
    return ((truth, (estimate.low, estimate.high)) for truth, estimate in pairs if estimate)


def _by_regression(person: Recovering) -> bool:
    """The simple rule: yesterday and the setback by least squares, one-sided 5%."""
    values = np.array([np.nan if one is None else one for one in person.distress])
    hits = np.isin(person.days, person.setbacks).astype(float)
    middle = len(values) // 2
    first = _regressed(values[:middle], hits[:middle])
    second = _regressed(values[middle:], hits[middle:])
    apart = (second[0] - first[0]) / np.sqrt(first[1] + second[1])
    return bool(apart < -ONE_SIDED)


def _regressed(values: np.ndarray, hits: np.ndarray) -> tuple[float, float]:
    """Slope on yesterday and its squared error."""
    given = ~np.isnan(values[1:]) & ~np.isnan(values[:-1])
    columns = np.stack([np.ones(len(values) - 1), values[:-1], hits[1:]], axis=1)[given]
    inverse = np.linalg.pinv(columns.T @ columns)
    slopes = inverse @ columns.T @ values[1:][given]
    rest = values[1:][given] - columns @ slopes
    return float(slopes[1]), float(inverse[1, 1] * (rest @ rest) / (len(rest) - 3))


VALIDATION = Validation(
    id="half-life",
    title="Does this person come back from hard days faster than before?",
    population="recovery",
    run=run,
    people=2680,
    note=(
        "How far the levels of the two periods lie apart was given its prior on seeds 7211 and "
        "7221 of this population."
    ),
)

IRREGULAR_VALIDATION = on_irregular(
    VALIDATION,
    "The return from hard days, on",
    population=IRREGULAR,
    run=run,
    people=800,
    note=(
        "What holds: few are told faster who are not. What falls short: fewer than half of those "
        "who became faster are told so, about as many as by the simple rule, likely for setbacks "
        "are fewer and uneven and one in seven is not noted. The 90% interval of a lift holds it "
        "less often than it says."
    ),
)
