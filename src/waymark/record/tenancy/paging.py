"""A growing table of one patient, a page at a time, newest first, found by the table's own index.

A page begins below a mark, the last row of the page before it, and not at a number: what comes in
meanwhile moves nothing, and the hundredth page costs what the first one does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from waymark.record.tenancy.models import OfPatient

M = TypeVar("M", bound=OfPatient)
BETWEEN = "~"


@dataclass(frozen=True, slots=True)
class Leaf(Generic[M]):
    """Some rows, and the mark below which the next ones stand; empty where nothing is older."""

    rows: list[M]
    older: str


def leaf(rows: QuerySet[M], *, below: str = "", size: int = 30) -> Leaf[M]:
    """The newest rows of a table that says what is newest in it, or the next ones below a mark.

    A mark that was changed by hand is none: then it is the first page.
    """
    by = rows.model.newest
    held = rows.order_by(*(f"-{column}" for column in by), "-pk")
    mark = _read(below, rows.model)
    if mark is not None:
        held = _below(held, by, mark)
    found = list(held[: size + 1])
    shown = found[:size]
    return Leaf(shown, _mark(shown[-1]) if len(found) > size else "")


def _below(rows: QuerySet[M], by: Sequence[str], mark: Sequence[Any]) -> QuerySet[M]:
    """Older than the marked row; of the same moment, those with a smaller key.

    The first column is bounded by itself, so that the index leads to the place.
    """
    here_or_newer = Q(pk__gte=mark[-1])
    for column, value in reversed(list(zip(by, mark, strict=False))):
        here_or_newer = Q(**{f"{column}__gt": value}) | (Q(**{column: value}) & here_or_newer)
    return rows.filter(**{f"{by[0]}__lte": mark[0]}).exclude(here_or_newer)


def _mark(row: OfPatient) -> str:
    values: list[date] = [getattr(row, column) for column in row.newest]
    return BETWEEN.join([*(value.isoformat() for value in values), str(row.pk)])


def _read(mark: str, table: type[OfPatient]) -> list[Any] | None:
    columns, words = [*table.newest, "id"], mark.split(BETWEEN)
    if len(words) != len(columns):
        return None
    fields = [table._meta.get_field(column) for column in columns]
    try:
        return [
            field.to_python(word)  # type: ignore[union-attr]  # the columns are no relations
            for field, word in zip(fields, words, strict=True)
        ]
    except ValidationError:
        return None
