"""What a simulated population is: people whose truth is known, drawn by documented parameters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class SimulatedCourse:
    """One simulated person's scores, and the truth behind them.

    ``levels``: the true level at each of ``sessions``. ``shift_at``: the first session after a
    sudden shift, whether or not it was reached; None where nothing shifts.
    """

    pattern: str
    sessions: tuple[int, ...]
    scores: tuple[float, ...]
    levels: tuple[float, ...]
    shift_at: int | None = None

    @classmethod
    def seen_at(
        cls,
        seen: NDArray[np.intp],
        *,
        pattern: str,
        levels: NDArray[np.float64],
        scores: NDArray[np.float64],
        shift_at: int | None = None,
    ) -> "SimulatedCourse":
        """A whole course of ``levels`` and ``scores``, of which the places ``seen`` are kept."""
        return cls(
            pattern=pattern,
            sessions=tuple(int(one) + 1 for one in seen),
            scores=tuple(float(one) for one in scores[seen]),
            levels=tuple(float(one) for one in levels[seen]),
            shift_at=shift_at,
        )

    @property
    def change(self) -> float:
        """The true change from the first session to the last."""
        return self.levels[-1] - self.levels[0]


@dataclass(frozen=True, slots=True)
class Population(Generic[P]):
    """A way to draw people of one kind: any seed, any number, the same ones for the same seed."""

    id: str
    version: int
    title: str
    parameters: Mapping[str, str]
    draw: Callable[[np.random.Generator, int], tuple[P, ...]]

    def people(self, seed: int, *, number: int) -> tuple[P, ...]:
        """``number`` people; ``ValueError`` below one."""
        if number < 1:
            raise ValueError("a population has at least one person")
        return self.draw(np.random.default_rng(seed), number)
