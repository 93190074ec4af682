"""Questions of every page: the statement is written once, and only what it asks for differs.

Django writes each statement anew, by walking over a tree; for a question of a page that costs three
times what the database needs for its answer (`docs/reference/benchmarks.md`). What is asked stays
a query of Django's, and its rows are read by Django: only the writing is remembered.
"""

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, ParamSpec, TypeVar
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import QuerySet

P = ParamSpec("P")
R = TypeVar("R")

MOST_SHAPES = 256  # one a number of values in a list; far more than the pages ask


class Unprepared(TypeError):
    """A value stands in the statement otherwise than it was given: ask without preparing."""


@dataclass(frozen=True, slots=True)
class _Statement:
    """What was written, and whose value each place of it takes: (name, place in a list)."""

    rows: QuerySet[Any]
    compiler: Any
    text: str
    places: tuple[object, ...]

    def ask(self, values: dict[str, Any]) -> list[Any]:
        given = [_found(one, values) if isinstance(one, _Place) else one for one in self.places]
        ready, query = copy(self.compiler), copy(self.rows.query)
        ready.connection, ready.as_sql = connection, lambda *_, **__: (self.text, given)
        query.get_compiler = lambda *_, **__: ready  # type: ignore[method-assign]
        rows: Any = self.rows
        return list(rows._iterable_class(_Asked(query, rows.db, rows._fields)))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What Django's readers of rows look at of a queryset; a copy of one would ask for its rows."""

    query: Any
    db: str
    _fields: tuple[str, ...] | None
    _known_related_objects: Mapping[object, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Place:
    name: str
    number: int | None = None


class Prepared(Generic[P, R]):
    """A question by its values, all of them named. Raises Unprepared where one is not found in
    the statement as it is, such as a part of a text that is searched for."""

    def __init__(self, build: Callable[P, QuerySet[Any, R]]) -> None:
        self._build = build
        self._written: dict[tuple[object, ...], _Statement] = {}

    def __call__(self, *args: P.args, **values: P.kwargs) -> list[R]:
        """The rows. An empty list among the values is asked as it comes: nothing is."""
        if args:
            raise TypeError("every value of a prepared question is named")
        if () in values.values():
            return list(self._build(*args, **values))
        shape = tuple((name, _shape(value)) for name, value in values.items())
        statement = self._written.get(shape)
        if statement is None:
            if len(self._written) >= MOST_SHAPES:
                self._written.clear()
            statement = self._written[shape] = _written(self._build, values)
        return statement.ask(values)


def _shape(value: object) -> object:
    """What the statement's text hangs on: the kind of a value, the length of a list."""
    if isinstance(value, tuple):
        return len(value)
    return value if value is None or isinstance(value, bool) else type(value)


def _written(build: Callable[..., QuerySet[Any, Any]], values: dict[str, Any]) -> _Statement:
    stand_ins = {name: _stand_in(value) for name, value in values.items()}
    rows = build(**stand_ins)
    compiler = rows.query.get_compiler(connection=connection)
    text, given = compiler.as_sql()
    whose = dict(_by_value(stand_ins))
    places = tuple(whose.get(one, one) for one in given)
    lost = {one.name for one in whose.values()} - {
        one.name for one in places if isinstance(one, _Place)
    }
    if lost:
        raise Unprepared(f"not found in the statement as given: {', '.join(sorted(lost))}")
    return _Statement(rows, compiler, text, places)


def _by_value(stand_ins: dict[str, Any]) -> list[tuple[object, _Place]]:
    found: list[tuple[object, _Place]] = []
    for name, value in stand_ins.items():
        if isinstance(value, tuple):
            found += [(_sent(one), _Place(name, at)) for at, one in enumerate(value)]
        elif value is not None and not isinstance(value, bool):
            found.append((_sent(value), _Place(name)))
    return found


def _stand_in(value: Any) -> Any:
    """Another value of the same kind, which stands nowhere else in any statement."""
    if isinstance(value, tuple):
        return tuple(_stand_in(one) for one in value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, UUID):
        return uuid4()
    if isinstance(value, datetime):
        return datetime(1900, 1, 1, tzinfo=UTC) + timedelta(microseconds=uuid4().int % 10**15)
    if isinstance(value, date):
        return date(1000, 1, 1) + timedelta(days=uuid4().int % 200_000)
    if isinstance(value, str):
        return uuid4().hex
    raise Unprepared(f"{type(value).__name__} is no value of a prepared question")


def _found(place: _Place, values: dict[str, Any]) -> object:
    value = values[place.name]
    return _sent(value if place.number is None else value[place.number])


def _sent(value: Any) -> object:
    """A value as the database takes it."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return str(value)
