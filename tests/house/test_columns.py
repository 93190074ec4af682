"""Every column is set by somebody: a filter on one that nothing sets decides nothing."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import models

from tests.house.test_record import tables

SRC = Path(__file__).parents[2] / "src" / "waymark"
WRITING = {"create", "get_or_create", "update_or_create", "update"}

# Columns that no line of ours sets, each with who does.
SET_ELSEWHERE = {
    "Account.last_login": "Django's, when somebody signs in",
    "Patient.audit_number": "drawn by its default, once and for good",
    "SignedIn.session_data": "Django's session store",
    "SignedIn.expire_date": "Django's session store",
    "SignedIn.account": "`create_model_instance`, past the attribute that the table's own type has",
}


@dataclass(frozen=True)
class Module:
    """One file of the product: the names that stand in it, and the columns that it may set."""

    names: frozenset[str]
    sets: frozenset[str]


def module(text: str) -> Module:
    tree = ast.parse(text)
    return Module(frozenset(_names(tree)), frozenset(_sets(tree)))


def _names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.alias):
            yield node.name


def _sets(tree: ast.AST) -> Iterator[str]:
    """`row.column = …`, `Table(column=…)`, `.create(column=…)`, `.update(…)`, `{"column": …}`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr
        elif isinstance(node, ast.Call) and _writes(node):
            yield from (given.arg for given in node.keywords if given.arg)
        elif isinstance(node, ast.Dict):
            keys = [key.value for key in node.keys if isinstance(key, ast.Constant)]
            yield from (key for key in keys if isinstance(key, str))


def _writes(call: ast.Call) -> bool:
    called = call.func
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    return name in WRITING or name == "dict" or (name[:1].isupper() and name != "Q")


def unset(table: type[models.Model], modules: list[Module]) -> set[str]:
    """The columns of a table that no module which names the table sets."""
    near = [one.sets for one in modules if table.__name__ in one.names]
    return {
        f"{table.__name__}.{field.name}"
        for field in table._meta.fields
        if not field.primary_key and not any({field.name, field.attname} & sets for sets in near)
    }


@pytest.fixture(scope="module")
def product() -> list[Module]:
    """All files but those that say what the tables are, which set nothing."""
    apart = ("migrations", "models", "models.py")
    files = [path for path in SRC.rglob("*.py") if not set(path.parts) & set(apart)]
    return [module(path.read_text()) for path in files]


def test_every_column_is_set_somewhere(product: list[Module]) -> None:
    """Set it, cut it, or say in `SET_ELSEWHERE` who sets it."""
    assert set().union(*(unset(table, product) for table in tables())) == set(SET_ELSEWHERE)


class Planted(models.Model):
    """A table whose column `live` is filtered on; whether it is set depends on the module."""

    live = models.BooleanField(default=True)

    class Meta:
        app_label = "planted"


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("Planted.objects.filter(live=True)", True),
        ("Planted.objects.filter(Q(live=True)).exclude(live=None)", True),
        ("Planted; row.live", True),
        ("Other(live=True)", True),  # a column of the same name in a module that has another table
        ("Planted(live=False)", False),
        ("Planted.objects.create(live=False)", False),
        ("Planted.objects.update(live=False)", False),
        ("Planted.objects.create(**{'live': False})", False),
        ("from tables import Planted\nrow.live = False", False),
    ],
)
def test_what_setting_a_column_looks_like(text: str, dead: bool) -> None:
    assert unset(Planted, [module(text)]) == ({"Planted.live"} if dead else set())
