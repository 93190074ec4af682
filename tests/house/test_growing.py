"""Every table of a patient says what its lists go by, with an index, or why it is never a list."""

from typing import Any

import pytest
from django.apps import apps

from waymark.record.tenancy.models import OfPatient

TABLES = [one for one in apps.get_models() if issubclass(one, OfPatient)]


def indexed(table: type[OfPatient]) -> list[list[str]]:
    return [list(one.fields) for one in table._meta.indexes]


def undecided(table: type[OfPatient]) -> str:
    """What is missing, in words; empty where all is said."""
    if bool(table.newest) == bool(table.unlisted):
        return f"{table.__name__}: name the columns of `newest`, or say in `unlisted` why not"
    wanted = ["patient", *(f"-{column}" for column in table.newest)]
    if table.newest and wanted not in indexed(table):
        return f"{table.__name__}: models.Index(fields={wanted}) is missing"
    return ""


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_a_table_can_grow(table: type[OfPatient]) -> None:
    assert undecided(table) == ""


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    (table,) = (one for one in TABLES if one.__name__ == "Remark")
    monkeypatch.setattr(table, "newest", ())
    assert "say in `unlisted`" in undecided(table)
    monkeypatch.setattr(table, "newest", ("signal",))
    assert "is missing" in undecided(table)


def test_the_columns_are_there_and_never_empty() -> None:
    named: list[Any] = [
        table._meta.get_field(column) for table in TABLES for column in table.newest
    ]
    assert not [str(one) for one in named if one.null]
