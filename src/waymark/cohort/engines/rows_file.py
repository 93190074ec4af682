"""The file of all counted scores, written block by block as they are judged. One column waits until
the expected course is fitted: what it needs is then read back from the others."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from waymark.cohort.engines.kernels import Block, Judged
from waymark.cohort.engines.on_track import Guide
from waymark.cohort.engines.parquet import Kind, Stored, Writer, coded, flags, numbers, runs
from waymark.cohort.extract import Rules
from waymark.cohort.refit import Refit
from waymark.cohort.rows import LABELS, TRACKS

Names = Callable[[NDArray[Any]], NDArray[Any] | Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A row group whose last column waits: how long its courses are, where its sessions and scores
    lie, and of what type they were."""

    group: int
    rules: Rules
    lengths: NDArray[Any]
    session: tuple[Stored, np.dtype[Any]]
    score: tuple[Stored, np.dtype[Any]]


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
        self._path, self._writer = path, Writer(path, columns)
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
        group, stored = self._writer.add(chunks, rows=size)
        lengths = judged.columns.n.astype(np.min_scalar_type(judged.columns.n.max()))
        session, score = (stored[2], block.session.dtype), (stored[3], block.score.dtype)
        self._waiting.append(_Waiting(group, rules, lengths, session, score))

    def follow(self, courses: Mapping[str, Refit]) -> None:
        """Fill in where each score lies by the expected course, once that is fitted."""
        guides = {name: Guide.of(course) for name, course in courses.items()}
        self._writer.flush()
        for one in self._waiting:
            session, score = (
                stored.read(self._path, kind) for stored, kind in (one.session, one.score)
            )
            guide = guides[one.rules.instrument]
            code = guide.tracks(one.lengths.astype(np.int64), session, score, one.rules)
            self._writer.fill(one.group, coded(TRACKS, code, Kind.TEXT))
