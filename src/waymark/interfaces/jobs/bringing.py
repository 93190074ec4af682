"""Storing confirmed files of past scores: a few rows at a time, for a few seconds a turn."""

from datetime import datetime, timedelta
from time import monotonic, sleep

from waymark.record.assessments.actions import carry_next, with_portions

A_TURN = timedelta(seconds=5)  # then the worker beats, brings and sends
A_PAUSE = 1.0  # of the time that a portion took: SQLite has one writer, and clients answer


def bring_waiting(*, at: datetime) -> tuple[int, list[str]]:
    """Store what waits, one portion of each clinic after another; rows tried, and troubles.

    A clinic in which something went wrong has its next turn when the others had theirs.
    """
    begun, rows = monotonic(), 0
    troubles: list[str] = []
    clinics = with_portions()
    while clinics and monotonic() - begun < A_TURN.total_seconds():
        clinic = clinics.pop(0)
        started = monotonic()
        turn = carry_next(clinic, at=_now(at, begun))
        if turn is None:
            continue
        rows, troubles = rows + turn.rows, troubles + turn.troubles
        if not turn.troubles:
            clinics.append(clinic)
        sleep((monotonic() - started) * A_PAUSE)
    return rows, troubles


def _now(at: datetime, begun: float) -> datetime:
    return at + timedelta(seconds=monotonic() - begun)
