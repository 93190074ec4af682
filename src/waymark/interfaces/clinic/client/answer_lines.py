"""What a client gave: each answered form with its score, and totals from earlier records."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from waymark.access.vocabulary import Action, Viewer
from waymark.library.instruments import INSTRUMENTS
from waymark.progress.telling.wording import number
from waymark.record.assessments.queries import (
    Taken,
    responses_of,
    scores_among,
    totals_of,
)
from waymark.record.safety.queries import of_danger
from waymark.record.sharing.queries import used_of
from waymark.record.tenancy.paging import leaf
from waymark.record.timeline.queries import Course

HOW = {"paper": "on paper", "phone": "by phone", "imported": "brought in"}


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One line: ``response`` leads to the exact words; a total alone has none."""

    title: str
    day: date
    how: str
    score: str
    used: str = ""
    response: UUID | None = None
    screening: UUID | None = None
    danger: bool = False  # an answer of it opened a concern, or joined one


@dataclass(frozen=True, slots=True)
class AnswerLines:
    """Some lines, and the mark below which older ones stand; empty where there are none."""

    lines: list[AnswerLine]
    older: str


def flagged(
    viewer: Viewer, lines: Iterable[AnswerLine], *, rights: Collection[Action]
) -> list[AnswerLine]:
    """The lines, those with an answer of danger marked for whoever may read it.

    That a concern came of them says so; no answer is opened for it.
    """
    held = list(lines)
    if not {Action.READ_ANSWERS, Action.READ_CONCERNS} <= set(rights):
        return held
    found = of_danger(viewer, [one.screening for one in held if one.screening])
    return [replace(one, danger=one.screening in found) for one in held]


def newest_given(
    viewer: Viewer, action: Action, patient: UUID, courses: Iterable[Course], *, most: int
) -> tuple[list[AnswerLine], bool]:
    """The newest of both kinds, and whether there are more.

    The courses were opened for the page already; nothing is opened twice.
    """
    taken = [row for course in courses for row in course.taken]
    forms = leaf(responses_of(viewer, action, patient), size=most)
    totals = [_total(row) for row in taken if row.response is None]
    every = sorted(
        [*_forms(viewer, action, forms.rows, taken), *totals],
        key=lambda one: one.day,
        reverse=True,
    )
    return every[:most], bool(forms.older) or len(every) > most


def forms_given(
    viewer: Viewer, action: Action, patient: UUID, *, size: int, below: str = ""
) -> AnswerLines:
    """Answered forms, newest first, each with what it scored and whether it was used."""
    held = leaf(responses_of(viewer, action, patient), below=below, size=size)
    taken = scores_among(viewer, action, [row.pk for row in held.rows])
    return AnswerLines(list(_forms(viewer, action, held.rows, taken)), held.older)


def _forms(
    viewer: Viewer, action: Action, rows: list[Any], taken: Iterable[Taken]
) -> Iterator[AnswerLine]:
    """``rows`` are responses, whose table no interface names."""
    used = used_of(viewer, action, [row.pk for row in rows])
    scores: dict[UUID | None, list[Taken]] = {}
    for one in taken:
        scores.setdefault(one.response, []).append(one)
    for row in rows:
        yield AnswerLine(
            title=INSTRUMENTS[row.administration.instrument].title,
            day=row.for_date,
            how=HOW.get(row.mode, ""),
            score="; ".join(filter(None, map(_score, scores.get(row.pk, [])))),
            used=used.get(row.pk, ""),
            response=row.pk,
            screening=row.screening_id,
        )


def totals_given(
    viewer: Viewer, action: Action, patient: UUID, *, size: int, below: str = ""
) -> AnswerLines:
    """Totals from earlier records, without the answers behind them, newest first."""
    found, older = totals_of(viewer, action, patient, below=below, size=size)
    return AnswerLines([_total(row) for row in found], older)


def _total(row: Taken) -> AnswerLine:
    title = INSTRUMENTS[row.instrument].title
    return AnswerLine(title, row.for_date, HOW.get(row.source, ""), _score(row))


def _score(row: Taken) -> str:
    """``9, mild``; a scale of several is named; what is no figure is read in its own words."""
    scale = INSTRUMENTS[row.instrument].scale(row.scale)
    if scale.method == "level" or row.value is None:
        return ""
    name = "" if scale.id == "total" else f"{scale.title} "
    return f"{name}{number(row.value)}{f', {row.band}' if row.band else ''}"
