"""From rows to one result for each client and instrument, and the NHS flags of each client."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from waymark.interfaces.cli.analyst.analysis.measures import FileMeasure
from waymark.interfaces.cli.analyst.analysis.reading import FileRow, Refusal
from waymark.progress.change.nhs import Outcome, Pair, outcome
from waymark.progress.course.evidence import Evidence
from waymark.progress.course.timeline import Point, Series, Timeline
from waymark.progress.signals.engine import judge
from waymark.progress.signals.score_signal import ScoreFinding

NHS_PAIRS = {"phq": "phq-9", "gad": "gad-7"}


@dataclass(frozen=True, slots=True)
class Result:
    """One client's course on one instrument. ``extra`` stands in the row of the last score."""

    client: str
    measure: FileMeasure
    series: Series
    finding: ScoreFinding
    extra: Mapping[str, str]

    @property
    def evidence(self) -> Evidence:
        return self.finding.evidence


@dataclass(frozen=True, slots=True)
class FileCourse:
    """One client's course by the NHS rules; ``missing`` names the measures without a pair."""

    client: str
    pairs: Mapping[str, Pair | None]
    outcome: Outcome | None
    missing: tuple[str, ...]


def within_range(
    rows: Iterable[FileRow], measures: Mapping[str, FileMeasure]
) -> tuple[list[FileRow], list[Refusal]]:
    """The rows of known measures whose score lies on its scale, and the others with the reason."""
    kept: list[FileRow] = []
    refused: list[Refusal] = []
    for row in rows:
        measure = measures.get(row.instrument)
        if measure is None:
            continue
        scale = measure.scale
        if scale.low <= row.score <= scale.high:
            kept.append(row)
        else:
            ends = f"{scale.low:g} to {scale.high:g}"
            reason = f"score {row.score:g} is outside {measure.title}'s range of {ends}"
            refused.append(Refusal(row.line, reason))
    return kept, refused


def results_of(rows: Iterable[FileRow], measures: Mapping[str, FileMeasure]) -> list[Result]:
    """All results, by client and instrument, whatever order the rows came in."""
    grouped: dict[str, dict[str, list[FileRow]]] = {}
    by_id = {measure.id: measure for measure in measures.values()}
    for row in rows:
        measure = measures[row.instrument]
        grouped.setdefault(row.client, {}).setdefault(measure.id, []).append(row)
    return [
        result
        for client in sorted(grouped, key=natural)
        for result in _of_client(client, grouped[client], by_id)
    ]


def natural(text: str) -> list[tuple[int, int, str]]:
    """Sorts client 2 before client 10."""
    parts = re.split(r"(\d+)", text, flags=re.ASCII)
    return [
        (0, int(part), part) if part.isdigit() else (1, 0, part.casefold())
        for part in parts
        if part
    ]


def _of_client(
    client: str, courses: Mapping[str, Sequence[FileRow]], measures: Mapping[str, FileMeasure]
) -> list[Result]:
    series = {id: _series(measures[id], rows) for id, rows in courses.items()}
    found = judge(Timeline(tuple(series.values())))
    return [
        Result(
            client=client,
            measure=measures[finding.evidence.instrument],
            series=series[finding.evidence.instrument],
            finding=finding,
            extra=_last(courses[finding.evidence.instrument]).extra,
        )
        for finding in found
    ]


def _series(measure: FileMeasure, rows: Iterable[FileRow]) -> Series:
    points = tuple(Point(row.at, row.score) for row in rows)
    return Series(measure.id, measure.scale, points)


def _last(rows: Sequence[FileRow]) -> FileRow:
    """The row of the last score; of several at one moment, the one farthest down the file."""
    return max(rows, key=lambda row: (row.at, row.line))


def nhs_courses(results: Sequence[Result]) -> list[FileCourse]:
    """Each client's first and last PHQ-9 and GAD-7, and the official flags where both are there."""
    by_client: dict[str, dict[str, Result]] = {}
    for result in results:
        by_client.setdefault(result.client, {})[result.measure.id] = result
    return [_course(client, held) for client, held in by_client.items()]


def _course(client: str, held: Mapping[str, Result]) -> FileCourse:
    pairs = {name: _pair(held.get(id)) for name, id in NHS_PAIRS.items()}
    depression, anxiety = pairs["phq"], pairs["gad"]
    return FileCourse(
        client=client,
        pairs=pairs,
        outcome=outcome(depression, anxiety) if depression and anxiety else None,
        missing=tuple(NHS_PAIRS[name] for name, pair in pairs.items() if pair is None),
    )


def _pair(result: Result | None) -> Pair | None:
    change = result.evidence.change if result else None
    return Pair(change.first, change.last) if change else None
