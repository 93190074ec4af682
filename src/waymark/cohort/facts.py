"""What is known of one course after counting through its scores: the facts that measures read.

This module is the plain-Python oracle: slow, short, and what every engine must agree with.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from statistics import fmean

from waymark.cohort.extract import MISSING, Rules, ScoreRow
from waymark.progress.change.sudden_gains import GainCriteria, sudden


@dataclass(frozen=True, slots=True)
class Facts:
    """One course: one client on one instrument.

    ``n``: sessions with a score. ``change``: points of severity from the first to the last (up is
    worse). ``reached``: the session at which a reliable improvement first stood, 0 if never.
    ``began`` and ``ended``: the first and the last session. ``gains``: sudden gains by the three
    criteria. ``band``: of the first score. ``path``: sessions and severities. ``fitted`` and
    ``on_track`` are known once the expected course stands: see `refit.followed`.
    """

    client: str
    instrument: str
    site: str
    part: str
    status: str
    n: int
    first: float
    last: float
    change: float
    case_first: bool
    case_last: bool
    improved: bool
    worse: bool
    remitted: bool
    response: bool
    reached: int
    ended: int
    gains: int
    lower: bool
    began: int
    band: int
    path: tuple[tuple[int, float], ...]
    fitted: bool = False
    on_track: bool = False

    @property
    def paired(self) -> bool:
        """Whether there are two scores to compare."""
        return self.n > 1


def facts_of(rows: Iterable[ScoreRow], *, rules: Mapping[str, Rules]) -> list[Facts]:
    """Every course of known instruments, by client and instrument. Scores of one session count as
    their mean; site, part and status are those of the last session."""
    known = [row for row in rows if row.instrument in rules]
    ordered = sorted(known, key=lambda row: (row.client, row.instrument, row.session))
    return [
        _facts(list(held), rules[instrument])
        for (_, instrument), held in groupby(ordered, key=lambda row: (row.client, row.instrument))
    ]


def _facts(rows: list[ScoreRow], rules: Rules) -> Facts:
    by_session = {
        session: fmean(row.score for row in held)
        for session, held in groupby(rows, key=lambda row: row.session)
    }
    sessions, scores = list(by_session), list(by_session.values())
    first, last = scores[0], scores[-1]
    start, end = rules.severity(first), rules.severity(last)
    paired = len(scores) > 1
    return Facts(
        client=rows[0].client,
        instrument=rules.instrument,
        site=_of_last(rows, "site"),
        part=_of_last(rows, "part"),
        status=_of_last(rows, "status"),
        n=len(scores),
        first=first,
        last=last,
        change=end - start,
        case_first=is_case(first, rules),
        case_last=is_case(last, rules),
        improved=paired and start - end >= rules.reliable,
        worse=paired and end - start >= rules.reliable,
        remitted=paired and rules.remission is not None and end < rules.severity(rules.remission),
        response=paired and rules.sign > 0 and first > 0 and last <= first / 2,
        reached=next(
            (s for s, y in by_session.items() if start - rules.severity(y) >= rules.reliable), 0
        ),
        ended=sessions[-1],
        gains=_gains(by_session, rules),
        lower=rules.sign > 0,
        began=sessions[0],
        band=rules.band(first),
        path=tuple((session, rules.severity(y)) for session, y in by_session.items()),
    )


def is_case(score: float, rules: Rules) -> bool:
    """Whether a score lies at or beyond the case line."""
    return rules.case is not None and rules.severity(score) >= rules.severity(rules.case)


def _of_last(rows: list[ScoreRow], name: str) -> str:
    """The value at the last session; of several there, the last by the alphabet."""
    last = rows[-1].session
    return max((getattr(row, name) or MISSING) for row in rows if row.session == last)


def _gains(by_session: Mapping[int, float], rules: Rules) -> int:
    first, last = min(by_session), max(by_session)
    scores = [by_session.get(session) for session in range(first, last + 1)]
    return len(sudden(scores, rule=GainCriteria(rules.reliable), better_is_lower=rules.sign > 0))
