"""Every simulated population: one file each, with its parameters."""

from waymark.library.shelf import Shelf
from waymark.progress.validation.simulation import Population

POPULATIONS = Shelf(Population, __name__)
