"""What the demo's people do between sessions: one file a room, found by this folder."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import cast

from waymark.interfaces.cli.owner.demo_life import Life


def live(life: Life) -> None:
    """Each room in the order of its file's number, for one of the demo's people."""
    for each in _rooms():
        each(life)


def _rooms() -> Iterator[Callable[[Life], None]]:
    held = [import_module(f"{__name__}.{one.name}") for one in iter_modules(__path__)]
    for module in sorted(held, key=lambda one: (vars(one)["NUMBER"], one.__name__)):
        yield cast("Callable[[Life], None]", vars(module)["live"])
