"""What is written of each counted score: how far from the first one, whether that is reliable,
and whether a sudden gain had come about.

`scored` is the plain-Python oracle: slow, short, and what every engine must agree with.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from statistics import fmean

from waymark.cohort.extract import Row, Rules
from waymark.progress.sudden_gains import Rule, sudden

LABELS = ("none", "improved", "worse")
"""Of a score against the first one, by the instrument's reliable change."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One counted score. Several of one session are one, their mean. ``change``: points since the
    first score, as the scale counts. ``sudden_gain``: one landed here, from the session before."""

    client: str
    instrument: str
    session: int
    score: float
    change: float
    reliable: str
    sudden_gain: bool


def scored(rows: Iterable[Row], *, rules: Mapping[str, Rules]) -> list[Scored]:
    """Every counted score, by client, instrument and session."""
    known = [row for row in rows if row.instrument in rules]
    ordered = sorted(known, key=lambda row: (row.client, row.instrument, row.session))
    return [
        one
        for (_, instrument), held in groupby(ordered, key=lambda row: (row.client, row.instrument))
        for one in _course(list(held), rules[instrument])
    ]


def _course(rows: list[Row], rules: Rules) -> Iterator[Scored]:
    by_session = {
        session: fmean(row.score for row in held)
        for session, held in groupby(rows, key=lambda row: row.session)
    }
    first = next(iter(by_session.values()))
    landed = _landed(by_session, rules)
    for session, score in by_session.items():
        better = rules.severity(first) - rules.severity(score)
        yield Scored(
            client=rows[0].client,
            instrument=rules.instrument,
            session=session,
            score=score,
            change=score - first,
            reliable=_label(better, rules),
            sudden_gain=session in landed,
        )


def _label(better: float, rules: Rules) -> str:
    if abs(better) < rules.reliable:
        return "none"
    return "improved" if better > 0 else "worse"


def _landed(by_session: Mapping[int, float], rules: Rules) -> set[int]:
    """The sessions at which sudden gains had come about."""
    first, last = min(by_session), max(by_session)
    scores = [by_session.get(session) for session in range(first, last + 1)]
    gains = sudden(scores, rule=Rule(rules.reliable), better_is_lower=rules.sign > 0)
    return {first + gain.index + 1 for gain in gains}
