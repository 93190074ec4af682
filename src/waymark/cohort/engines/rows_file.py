"""The file of all counted scores, written block by block as they are judged. One column waits until
the expected course is fitted: what it needs is kept beside, in a file without a name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from waymark.cohort.engines.kernels import Block, Judged
from waymark.cohort.engines.parquet import Kind, Writer, coded, flags, numbers, runs
from waymark.cohort.engines.tracks import Guide
from waymark.cohort.extract import Rules
from waymark.cohort.refit import Refit
from waymark.cohort.rows import LABELS, TRACKS

Names = Callable[[NDArray[Any]], NDArray[Any] | Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A row group whose last column waits, and what of it was kept aside."""

    group: int
    rules: Rules
    session: np.dtype[Any]
    score: np.dtype[Any]
    rows: int
    courses: int


class RowsFile:
    """One row for each counted score, as `cohort.rows.Scored` has them; a row group for each
    block and instrument. ``whole_clients``: they are numbers, and written as such."""

    def __init__(self, path: Path, *, whole_clients: bool) -> None:
        self._client = Kind.WHOLE if whole_clients else Kind.TEXT
        columns = {
            "client": self._client,
            "instrument": Kind.TEXT,
            "session": Kind.WHOLE,
            "score": Kind.NUMBER,
            "change": Kind.NUMBER,
            "reliable": Kind.TEXT,
            "sudden_gain": Kind.FLAG,
            "track": Kind.TEXT,
        }
        self._writer = Writer(path, columns)
        self._kept = TemporaryFile(dir=path.parent)  # noqa: SIM115 -- closed on leaving
        self._waiting: list[_Waiting] = []

    def __enter__(self) -> Self:
        self._writer.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._kept.close()
        self._writer.__exit__(kind, problem, trace)

    def add(self, block: Block, judged: Judged, rules: Rules, *, names: Names) -> None:
        """A block of one instrument; ``names`` says what its clients are called."""
        size = len(block.score)
        landed = np.zeros(size, dtype=np.bool_)
        landed[judged.landed] = True
        label = judged.better.view(np.uint8) + 2 * judged.worse.view(np.uint8)
        chunks = (
            runs(names(block.client), judged.columns.n, self._client),
            runs([rules.instrument], np.array([size]), Kind.TEXT),
            numbers(block.session, Kind.WHOLE),
            numbers(block.score, Kind.NUMBER),
            numbers(judged.change, Kind.NUMBER),
            coded(LABELS, label, Kind.TEXT),
            flags(landed),
        )
        group = self._writer.add(chunks, rows=size)
        kinds = block.session.dtype, block.score.dtype
        self._waiting.append(_Waiting(group, rules, *kinds, size, len(block.starts)))
        for column in (block.starts, block.session, block.score):
            self._kept.write(column.data)

    def follow(self, courses: Mapping[str, Refit]) -> None:
        """Fill in where each score lies by the expected course, once that is fitted."""
        guides = {name: Guide.of(course) for name, course in courses.items()}
        self._kept.seek(0)
        for one in self._waiting:
            starts = self._column(np.dtype(np.int64), one.courses)
            session, score = (self._column(kind, one.rows) for kind in (one.session, one.score))
            code = guides[one.rules.instrument].tracks(starts, session, score, one.rules)
            self._writer.fill(one.group, coded(TRACKS, code, Kind.TEXT))

    def _column(self, kind: np.dtype[Any], size: int) -> NDArray[Any]:
        return np.frombuffer(self._kept.read(size * kind.itemsize), dtype=kind)
