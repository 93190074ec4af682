"""What a Spark worker does with its part of the clients: the kernels of the fused engine."""

import pickle
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from waymark.cohort.engines.fused import Tally
from waymark.cohort.engines.reading import Rows
from waymark.cohort.extract import Rules

BLOCK = 500_000
"""Rows put together before they are added up."""

Batches = Iterable[Any]


def adding_up(rules: list[Rules], groups: tuple[str, ...]) -> Callable[[Batches], Iterator[Any]]:
    """A function from Arrow batches (client, instrument, session, score, grp, status; in order of
    the first three) to one batch of one row: the sums of all these clients."""

    def add_up(batches: Batches) -> Iterator[Any]:
        import pyarrow

        held = Tally(rules, groups)
        for rows in _whole_clients(batches, groups):
            held.add(rows)
        yield pyarrow.RecordBatch.from_pydict({"sums": [pickle.dumps(held)]})

    return add_up


def unpacked(sums: bytes) -> Tally:
    """The sums of one partition."""
    found = pickle.loads(sums)  # noqa: S301 -- made by `adding_up` in workers of this same count
    if not isinstance(found, Tally):
        raise TypeError("a partition sent something else than its sums")
    return found


def _whole_clients(batches: Batches, groups: tuple[str, ...]) -> Iterator[Rows]:
    """Blocks that end between two clients; clients get numbers in their order."""
    import pyarrow

    waiting: list[Any] = []
    for batch in batches:
        waiting.append(batch)
        if sum(one.num_rows for one in waiting) >= BLOCK:
            table = pyarrow.Table.from_batches(waiting)
            rows = _numbered(table, groups)
            cut = int(np.searchsorted(rows["client"], rows["client"][-1]))
            yield {name: values[:cut] for name, values in rows.items()}
            waiting = table.slice(cut).to_batches()
    if waiting:
        yield _numbered(pyarrow.Table.from_batches(waiting), groups)


def _numbered(table: Any, groups: tuple[str, ...]) -> Rows:
    """Columns as the kernels read them. Equal clients stand together: a number for each run."""
    import pyarrow
    from pyarrow import compute

    client = table["client"].combine_chunks()
    fresh = compute.not_equal(client[1:], client[:-1]).to_numpy(zero_copy_only=False)
    names = pyarrow.array(groups, type=table["grp"].type)
    found = {name: table[name].to_numpy() for name in ("instrument", "session", "score", "status")}
    found["client"] = np.append(0, np.cumsum(fresh)) if len(client) else np.zeros(0, dtype=np.int64)
    found["grp"] = compute.index_in(table["grp"], value_set=names).to_numpy()
    return found
