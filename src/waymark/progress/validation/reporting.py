"""How every validation reports: targets, shares, errors, bands, the same on irregular people."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from statistics import fmean
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from waymark.progress.validation.simulation import Population
from waymark.progress.validation.validation import Aim, Target, Validation, ValidationFigure

T = TypeVar("T")
Held = Sequence[bool] | NDArray[np.bool_]
"""Of each one, whether it holds."""


def at_least(bound: float) -> Target:
    """A figure should reach ``bound``."""
    return Target(Aim.AT_LEAST, bound)


def at_most(bound: float) -> Target:
    """A figure should not go beyond ``bound``."""
    return Target(Aim.AT_MOST, bound)


def within(bound: float, upper: float) -> Target:
    """A figure should lie from ``bound`` to ``upper``."""
    return Target(Aim.WITHIN, bound, upper)


def share_of(
    name: str,
    held: Held,
    target: Target | None = None,
    *,
    simple: Held | None = None,
    published: str = "",
) -> ValidationFigure:
    """How many hold, beside how many do by the simple rule."""
    plain = None if simple is None or not len(simple) else fmean(map(bool, simple))
    return ValidationFigure(name, float(sum(held)), len(held), target, plain, published)


def held_by_band(
    name: str, found: Iterable[tuple[float, tuple[float, float]]], target: Target
) -> ValidationFigure:
    """How many bands hold the truth; ``found``: the truth, and the ends of its band."""
    return share_of(name, [low <= truth <= high for truth, (low, high) in found], target)


def root_mean_square(errors: Sequence[float] | NDArray[np.float64]) -> float:
    """The usual size of an error, in the unit of the errors."""
    return float(np.sqrt(np.mean(np.square(errors))))


def without_targets(figures: Sequence[ValidationFigure]) -> tuple[ValidationFigure, ...]:
    """As they are found on people for whom nothing was promised."""
    return tuple(replace(one, target=None, published="") for one in figures)


def on_irregular(
    tidy: Validation,
    title: str,
    *,
    population: Population[T],
    run: Callable[[int, int, Population[T]], Sequence[ValidationFigure]],
    people: int,
    note: str,
) -> Validation:
    """The same judgement tried on people that nothing was chosen on: its figures, no targets.

    ``title``: what it is about; ``note``: what holds there, and what falls short and why.
    """
    return Validation(
        id=f"{tidy.id}-irregular",
        title=f"{title} people that nothing was chosen on",
        population=population.id,
        run=lambda seed, number: without_targets(run(seed, number, population)),
        people=people,
        note=note,
    )
