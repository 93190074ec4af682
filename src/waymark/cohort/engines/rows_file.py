"""The file of all counted scores, written block by block as they are judged."""

from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from waymark.cohort.engines.kernels import Block, Judged
from waymark.cohort.engines.parquet import Kind, Writer, coded, flags, numbers, runs
from waymark.cohort.extract import Rules
from waymark.cohort.rows import LABELS

Names = Callable[[NDArray[Any]], NDArray[Any] | Sequence[str]]


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
        }
        self._writer = Writer(path, columns)

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
        self._writer.add(chunks, rows=size)
