"""Measuring: CPU seconds, in alternated rounds, as medians."""

from collections.abc import Callable
from statistics import median
from time import process_time


def alternated(
    calls: dict[str, Callable[[], object]], *, rounds: int, each: int
) -> dict[str, float]:
    """The median CPU seconds of one call of each kind, the kinds taking turns."""
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            start = process_time()
            for _ in range(each):
                call()
            taken[name].append((process_time() - start) / each)
    return {name: median(times) for name, times in taken.items()}
