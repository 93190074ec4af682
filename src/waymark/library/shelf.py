"""A shelf holds every definition that stands in one folder, by its id."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, TypeVar


class Definition(Protocol):
    """Anything with a kebab-case id that is never reused."""

    @property
    def id(self) -> str:
        """Kebab-case, unique on its shelf, stored with what was answered, and never reused."""


T = TypeVar("T", bound=Definition)


class Shelf(Mapping[str, T]):
    """The definitions of one kind in one package: a new file is a new entry, no list to edit."""

    def __init__(self, kind: type[T], package: str) -> None:
        self._by_id: dict[str, T] = {}
        for module in iter_modules(import_module(package).__path__):
            for value in vars(import_module(f"{package}.{module.name}")).values():
                if isinstance(value, kind):
                    self._place(value)

    def _place(self, definition: T) -> None:
        held = self._by_id.setdefault(definition.id, definition)
        if held is not definition:
            raise ValueError(f"two definitions share the id {definition.id!r}")

    def __getitem__(self, id: str) -> T:
        return self._by_id[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)
