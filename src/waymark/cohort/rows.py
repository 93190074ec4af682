"""What is written of each counted score: how far from the first one, whether that is reliable,
whether a sudden gain had come about, and where it lies by the expected course.

`scored` is the plain-Python oracle: slow, short, and what every engine must agree with.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from statistics import fmean

from waymark.cohort.extract import Rules, ScoreRow
from waymark.cohort.refit import LONGEST, Refit, line_of
from waymark.progress.change.sudden_gains import GainCriteria, sudden

LABELS = ("none", "improved", "worse")
"""Of a score against the first one, by the instrument's reliable change."""

TRACKS = ("unknown", "on", "off")
"""Whether a score lies within what the refitted course expects, given the first one, or beyond its
worse end; unknown of the first score, past session 63, and where no course could be fitted."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One counted score. Several of one session are one, their mean. ``change``: points since the
    first score, as the scale counts. ``sudden_gain``: one landed here, from the session before.
    ``reliable`` and ``track`` are of `LABELS` and `TRACKS`."""

    client: str
    instrument: str
    session: int
    score: float
    change: float
    reliable: str
    sudden_gain: bool
    track: str = "unknown"


def scored(
    rows: Iterable[ScoreRow], *, rules: Mapping[str, Rules], courses: Mapping[str, Refit]
) -> list[Scored]:
    """Every counted score, by client, instrument and session; ``courses`` are the refitted ones."""
    known = [row for row in rows if row.instrument in rules]
    ordered = sorted(known, key=lambda row: (row.client, row.instrument, row.session))
    return [
        one
        for (_, instrument), held in groupby(ordered, key=lambda row: (row.client, row.instrument))
        for one in _course(list(held), rules[instrument], courses.get(instrument))
    ]


def _course(rows: list[ScoreRow], rules: Rules, course: Refit | None) -> Iterator[Scored]:
    by_session = {
        session: fmean(row.score for row in held)
        for session, held in groupby(rows, key=lambda row: row.session)
    }
    begin, first = next(iter(by_session.items()))
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
            track=_track((begin, first), (session, score), rules, course),
        )


def _track(
    first: tuple[int, float], now: tuple[int, float], rules: Rules, course: Refit | None
) -> str:
    """Where a session and its score lie, given the first ones."""
    if course is None or not course.stands or not first[0] < now[0] <= LONGEST:
        return "unknown"
    slope, upper = line_of(first[0], now[0], course)
    return "on" if rules.severity(now[1]) <= upper + slope * rules.severity(first[1]) else "off"


def _label(better: float, rules: Rules) -> str:
    if abs(better) < rules.reliable:
        return "none"
    return "improved" if better > 0 else "worse"


def _landed(by_session: Mapping[int, float], rules: Rules) -> set[int]:
    """The sessions at which sudden gains had come about."""
    first, last = min(by_session), max(by_session)
    scores = [by_session.get(session) for session in range(first, last + 1)]
    gains = sudden(scores, rule=GainCriteria(rules.reliable), better_is_lower=rules.sign > 0)
    return {first + gain.index + 1 for gain in gains}
