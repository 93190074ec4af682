"""Judgements of daily check-ins, tried on people whose truth is known."""

from collections.abc import Iterator, Sequence
from statistics import fmean, median

import numpy as np

from waymark.library.instrument import Better
from waymark.progress.daily import MEASURES, Kind, Look, weekly
from waymark.progress.daily import Verdict as Said
from waymark.progress.early_warning import BASELINE, MONITORED, Watch, watch
from waymark.progress.half_life import Estimate, Recovery, Verdict, recover
from waymark.progress.simulations.checkins import (
    ANSWERS,
    HIGH,
    RECOVERING,
    RELAPSING,
    SLOW_DAYS,
    Answering,
    Recovering,
    Watched,
)
from waymark.progress.validation import Aim, Figure, Target, Validation

MONTH = 28
"""Days after its onset within which a relapse should be noticed."""

ONE_SIDED = 1.645


def validate_half_life(seed: int, people: int) -> Sequence[Figure]:
    """Is the return from setbacks faster than before? ``people``: a quarter of each pattern."""
    drawn = RECOVERING.people(seed, number=people)
    found = [recovered(one) for one in drawn]
    pairs = list(zip(drawn, found, strict=True))
    return (
        _faster(pairs, "faster", "called faster, of those who became faster",
                Target(Aim.AT_LEAST, 0.95), "simple .850 with events"),
        _faster(pairs, "same", "called faster, of those who did not change",
                Target(Aim.AT_MOST, 0.05), "simple .025 with events"),
        _faster(pairs, "slower", "called faster, of those who became slower",
                Target(Aim.AT_MOST, 0.01), ""),
        _faster(pairs, "calmer", "called faster, of those whose level alone fell",
                Target(Aim.AT_MOST, 0.10), "no change of lingering in Bringmann 2013"),
        *_recovery_estimates(pairs),
    )  # fmt: skip


def recovered(person: Recovering) -> Recovery:
    """The judgement of one simulated person."""
    return recover(person.days, person.distress, setbacks=person.setbacks, low=0, high=HIGH)


_Pairs = Sequence[tuple[Recovering, Recovery]]


def _faster(pairs: _Pairs, pattern: str, name: str, target: Target, published: str) -> Figure:
    these = [(one, said) for one, said in pairs if one.pattern == pattern]
    simple = [_by_regression(one) for one, _ in these]
    return _figure(
        name,
        [said.verdict is Verdict.FASTER for _, said in these],
        target,
        simple=simple,
        published=published,
    )


def _recovery_estimates(pairs: _Pairs) -> Iterator[Figure]:
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
    yield Figure(
        "mean error of what is left after a day", fmean(away), None,
        Target(Aim.WITHIN, -0.02, 0.02), published="-.014",
    )  # fmt: skip
    held = Target(Aim.WITHIN, 0.87, 0.93)
    yield _figure("held by the 90% interval of what is left after a day", _held(phis), held)
    yield _figure("held by the 90% interval of the lift of a setback", _held(hits), held)
    smaller = [(said.p_smaller or 0) >= 0.95 for _, said in pairs]
    yield _figure("lift called smaller, where it stayed", smaller, Target(Aim.AT_MOST, 0.05))


def _held(pairs: Sequence[tuple[float, Estimate | None]]) -> list[bool]:
    return [estimate.low <= truth <= estimate.high for truth, estimate in pairs if estimate]


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


def validate_early_warning(seed: int, people: int) -> Sequence[Figure]:
    """Is a setback brewing? ``people``: 16 of 30 without a relapse, 14 with one."""
    drawn = RELAPSING.people(seed, number=people)
    runs = [(one, watch(one.days, one.distress)) for one in drawn]
    calm = [(one, seen) for one, seen in runs if one.onset is None]
    struck = [(one, seen) for one, seen in runs if one.onset is not None]
    return (*_false_alarms(calm), *_detections(struck))


_Runs = Sequence[tuple[Watched, Watch]]


def _false_alarms(calm: _Runs) -> Iterator[Figure]:
    first = [seen.first_talk for _, seen in calm]
    days = sum(MONITORED if at is None else at - BASELINE for at in first)
    alarms = [at is not None for at in first]
    plain = [_textbook(one) is not None for one, _ in calm]
    yield _figure(
        "false alarm in 108 days", alarms, Target(Aim.AT_MOST, 0.05),
        simple=plain, published=".044 by the corrected chart, limit 3",
    )  # fmt: skip
    yield Figure("false alarms a day watched (one in 2,000 days)", sum(alarms), days,
                 Target(Aim.AT_MOST, 1 / 2000))  # fmt: skip
    yield Figure("false alarms a person-year", sum(alarms) / max(days, 1) * 365.25, None)
    yield _figure('ever "unusual for you" in 108 days, where nothing brews',
                  [seen.first_unusual is not None for _, seen in calm])  # fmt: skip
    yield _figure("ever more restless than usual in 108 days, where nothing brews",
                  [seen.first_restless is not None for _, seen in calm])  # fmt: skip


def _detections(struck: _Runs) -> Iterator[Figure]:
    delays = [_delay(one, seen.first_talk) for one, seen in struck]
    plain = [_delay(one, _textbook(one)) for one, _ in struck]
    noticed = [_noticed(one) for one in delays]
    yield _figure(
        "noticed within 28 days", noticed, Target(Aim.AT_LEAST, 0.88),
        simple=[_noticed(one) for one in plain], published=".886 by the corrected chart, limit 3",
    )  # fmt: skip
    for pattern in ("drift", "abrupt", "csd"):
        chosen = [hit for (one, _), hit in zip(struck, noticed, strict=True)
                  if one.pattern == pattern]  # fmt: skip
        yield _figure(f"noticed within 28 days: {pattern}", chosen)
    waited = [one for one in delays if one is not None and 0 <= one <= MONTH]
    yield Figure(
        "median delay in days",
        float(median(waited)) if waited else np.inf,
        None,
        Target(Aim.AT_MOST, 11),
        published="12 by the corrected chart, limit 3",
    )
    slow = [one.pattern == "csd" for one, _ in struck]
    pairs = list(zip(delays, slow, strict=True))
    early = [d is not None and d < (-SLOW_DAYS if s else 0) for d, s in pairs]
    yield _figure("alarm before anything happens", early, published=".050")
    yield _figure("alarm in the 35 days of slowing down before onset",
                  [d is not None and -SLOW_DAYS <= d < 0 for d, s in pairs if s])  # fmt: skip


def _delay(person: Watched, at: int | None) -> int | None:
    return None if at is None or person.onset is None else at - person.onset


def _noticed(delay: int | None) -> bool:
    return delay is not None and 0 <= delay <= MONTH


def _textbook(person: Watched) -> int | None:
    """The simple rule: EWMA .1 with limit 2.5 as printed for independent days, toward worse."""
    days, values = np.array(person.days), np.array(person.distress)
    usual = values[days <= BASELINE]
    mean, level, weight = usual.mean(), usual.mean(), 0.1
    line = mean + 2.5 * usual.std(ddof=1) * np.sqrt(weight / (2 - weight))
    for day, value in zip(days[days > BASELINE], values[days > BASELINE], strict=True):
        level = weight * value + (1 - weight) * level
        if level > line:
            return int(day)
    return None


def validate_daily(seed: int, people: int) -> Sequence[Figure]:
    """Did a daily answer change? ``people``: four kinds, of each a third without a change."""
    drawn = ANSWERS.people(seed, number=people)
    looks = [(one, looked(one)) for one in drawn]
    return (
        *(one for kind in Kind for one in _false_changes(looks, kind)),
        *(one for kind in Kind for one in _found_changes(looks, kind)),
    )


def looked(person: Answering) -> tuple[Look, ...]:
    """Every weekly look; the answers of the simulation are better when they are higher."""
    occasions = person.kind in (Kind.YES_NO, Kind.DURATION)
    return tuple(weekly(person.days, person.answers, kind=person.kind, better=Better.HIGHER,
                        occasions=occasions))  # fmt: skip


_Looks = Sequence[tuple[Answering, tuple[Look, ...]]]
_CLAIMS = (Said.CLEAR, Said.PROBABLE)


def _false_changes(looks: _Looks, kind: Kind) -> Iterator[Figure]:
    calm = [seen for one, seen in looks if one.kind is kind and one.change == 0]
    bare = [any(abs(one.size or 0) >= MEASURES[kind].least for one in seen) for seen in calm]
    target = Target(Aim.AT_MOST, 0.10)
    yield _figure(f"{kind}: ever a clear change in 12 weeks, where there is none",
                  [any(one.verdict is Said.CLEAR for one in seen) for seen in calm], target,
                  simple=bare, published=".32 to .97 by size alone")  # fmt: skip
    yield _figure(f"{kind}: ever clear or probably real, where there is none",
                  [any(one.verdict in _CLAIMS for one in seen) for seen in calm], target,
                  simple=bare)  # fmt: skip


def _found_changes(looks: _Looks, kind: Kind) -> Iterator[Figure]:
    moved = [(one, seen) for one, seen in looks if one.kind is kind and one.change != 0]
    said = [[one for one in seen if one.verdict in _CLAIMS] for _, seen in moved]
    right = [(one.change > 0, claims) for (one, _), claims in zip(moved, said, strict=True)]
    yield _figure(f"{kind}: ever clear or probably real, of true changes",
                  [any(one.better is up for one in claims) for up, claims in right])  # fmt: skip
    yield _figure(f"{kind}: ever called the opposite way",
                  [any(one.better is (not up) for one in claims) for up, claims in right],
                  Target(Aim.AT_MOST, 0.02))  # fmt: skip


def _figure(
    name: str,
    held: Sequence[bool],
    target: Target | None = None,
    *,
    simple: Sequence[bool] | None = None,
    published: str = "",
) -> Figure:
    plain = float(np.mean(simple)) if simple else None
    return Figure(name, float(sum(held)), len(held), target, plain, published)


HALF_LIFE = Validation(
    id="half-life",
    title="Does this person come back from hard days faster than before?",
    population="recovery",
    run=validate_half_life,
    note=(
        "Levels and lifts of both periods are free. Holding the level the same would find nearly "
        "every true change and call a third of those faster whose level alone fell: it is not done."
    ),
)

EARLY_WARNING = Validation(
    id="early-warning",
    title="Is a setback brewing?",
    population="relapse",
    run=validate_early_warning,
    note=(
        "The label is talk-about-it, confirmed on two of three days. The limits hold for people "
        "like these, of whose deviation .31 is left on the next day; where .5 or .7 is left, some "
        "10 or 21 of 100 hear a false alarm in 108 days."
    ),
)

DAILY = Validation(
    id="daily",
    title="Did a daily answer change?",
    population="daily-answers",
    run=validate_daily,
    note="One look a week for twelve weeks; the simple rule is the least size alone.",
)
