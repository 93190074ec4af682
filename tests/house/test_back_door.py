"""No page comes to rows past a query: no name of a table at run time, no way around its manager.

The import contracts see where a module is imported from, and not what it hands on; here each name
that an interface holds is looked at itself.
"""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.db import models

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"
ABOVE = ("interfaces", "config")

# Ways from a row, a class or Django itself to other rows than a query gave.
AROUND = {
    "_base_manager", "_default_manager", "objects", "_meta", "get_model", "get_models", "raw",
    "get_queryset", "refresh_from_db", "bulk_create", "bulk_update", "__class__", "cursor",
}  # fmt: skip

# What an interface may do all the same, by file, and why.
MAY = {
    ("interfaces/missing.py", "objects"): "factors of allauth: whether somebody has one",
    ("interfaces/cli/owner/second_factor.py", "objects"): "factors of allauth: is there one",
    ("interfaces/jobs/sweeping.py", "_meta"): "the name of the cache's own table",
    ("interfaces/jobs/sweeping.py", "cursor"): "the cache's own table has no model",
    ("interfaces/cli/owner/shape.py", "cursor"): "asks PostgreSQL for rights, and for no row",
}

# Where the record reads past the scope of its tables, and why nothing narrower does.
PAST_SCOPE = {
    "people/standing.py": "whether something stands in a record, of every table, and not what",
    "fingerprint/queries.py": "before anybody is known: do record and keyring belong together",
    "tenancy/scope.py": "is the scope: whom a viewer reaches, asked for every other reading",
    "expected/queries.py": "whether a clinic accepted the use, joined to rows of the viewer's own",
    "people/second_thought.py": "who gave a seat and since when, whoever asks",
    "tenancy/own.py": "a client's own row, whatever they do with it",
    "tenancy/relations.py": "is the scope: how a viewer stands to one person",
    "tenancy/action.py": "holds the row an action is over; finds its number for the audit line",
    "people/queries.py": "who somebody is and where they work, before there is a viewer",
    "people/actions/credentials.py": "a way in belongs to no clinic: every place that it opens",
    "people/actions/letters.py": "letters given up, of everybody who works or is treated here",
    "people/actions/staff.py": "who leaves loses each place in a care team, whoever the client is",
    "people/actions/clinic.py": "whether the clinic has clients at all",
    "people/actions/care_team.py": "the safety leads of the clinic, inside an action over a person",
    "assessments/actions/portions.py": "the clock's turn: whose rows wait, before whose is known",
    "assessments/works.py": "figures of what one confirmed, also of clients in their care no more",
    "assessments/actions/joining.py": "who invited, inside an action over the person who joins",
    "safety/actions.py": "whether somebody works here alone, inside an action over a person",
    "safety/handover.py": "every open concern of a clinic, to leave none to nobody",
    "safety/queries.py": "the signed policy, for the letter to a backup outside",
    "safety/prerequisites.py": "lines, policy and duties, for a client's page and for the set-up",
    "safety/clinic_readiness.py": "what the set-up asks, before anybody may be a viewer",
}


def of_interfaces() -> list[Path]:
    return [one for name in ABOVE for one in sorted((SOURCE / "waymark" / name).rglob("*.py"))]


def is_table(held: Any) -> bool:
    kinds = (models.Model, models.Manager)
    return isinstance(held, models.Manager) or (isinstance(held, type) and issubclass(held, kinds))


def faults(text: str, *, name: str = "") -> Iterator[str]:
    """What a file of an interface holds or does that leads to rows past the queries."""
    tree = ast.parse(text)
    held = dict(run_time_names(tree))
    for local, (value, said) in held.items():
        if is_table(value) and value.__module__.startswith("waymark."):
            yield f"{said} is a table (as {local})"
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute):
            continue
        if node.attr in AROUND and (name, node.attr) not in MAY:
            yield f"line {node.lineno}: .{node.attr}"
        if isinstance(node.value, ast.Name) and node.value.id in held:
            module = held[node.value.id][0]
            through = getattr(module, node.attr, None) if isinstance(module, ModuleType) else None
            if is_table(through) and module.__name__.startswith("waymark."):
                yield f"line {node.lineno}: {module.__name__}.{node.attr} is a table"


def run_time_names(tree: ast.Module) -> Iterator[tuple[str, tuple[Any, str]]]:
    """Each name that is imported of the house, when it runs, and what is behind it."""
    for node in running(tree):
        if isinstance(node, ast.Import):
            for one in node.names:
                if one.name.startswith("waymark"):
                    yield one.asname or one.name, (importlib.import_module(one.name), one.name)
        elif isinstance(node, ast.ImportFrom) and str(node.module).startswith("waymark"):
            module = str(node.module)
            everything = list(vars(importlib.import_module(module)))
            for one in node.names:
                for name in everything if one.name == "*" else [one.name]:
                    yield one.asname or name, (behind(module, name), f"{module}.{name}")


def running(node: ast.AST) -> Iterator[ast.AST]:
    """Every node but what stands for the types alone."""
    for child in ast.iter_child_nodes(node):
        for_types = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test)
        if not for_types:
            yield child
            yield from running(child)


def behind(module: str, name: str) -> Any:
    held = vars(importlib.import_module(module))
    return held[name] if name in held else importlib.import_module(f"{module}.{name}")


@pytest.mark.parametrize(
    "path", of_interfaces(), ids=lambda path: str(path.relative_to(SOURCE / "waymark"))
)
def test_no_interface_holds_a_table(path: Path) -> None:
    name = str(path.relative_to(SOURCE / "waymark"))
    assert list(faults(path.read_text(), name=name)) == []


PLANTED = [
    "from waymark.record.tenancy.action import Patient",
    "from waymark.record.people.queries import Membership as Colleague",
    "def late():\n    from waymark.record.safety.queries import Concern",
    "from waymark.record.people import queries\n\nqueries.Patient",
    "from waymark.record.safety.screen import *",
    "import waymark.record.tenancy.action as c\n\nc.Patient",
    "def all_of_them(patient):\n    return type(patient)._base_manager.all()",
    "def all_of_them(patient):\n    return patient.__class__.objects.all()",
    "from django.apps import apps\n\napps.get_model('people', 'Patient')",
    "def all_of_them(patient):\n    return patient._meta.model",
]


@pytest.mark.parametrize("text", PLANTED)
def test_a_planted_way_around_is_seen(text: str) -> None:
    assert list(faults(text))


def test_names_for_types_alone_are_no_way_in() -> None:
    types = "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from {} import Patient"
    assert list(faults(types.format("waymark.record.tenancy.named"))) == []
    named = importlib.import_module("waymark.record.tenancy.named")
    assert not [held for held in vars(named).values() if is_table(held)]


def past_scope() -> set[str]:
    record = SOURCE / "waymark" / "record"
    return {
        str(path.relative_to(record))
        for path in record.rglob("*.py")
        if "_base_manager" in path.read_text() or "_default_manager" in path.read_text()
    }


def test_the_record_reads_past_scope_only_where_a_reason_stands() -> None:
    assert sorted(past_scope() - PAST_SCOPE.keys()) == []
    assert sorted(PAST_SCOPE.keys() - past_scope()) == [], "a reason without its reading"


def test_what_may_be_done_all_the_same_is_done() -> None:
    for name, attribute in MAY:
        assert f".{attribute}" in (SOURCE / "waymark" / name).read_text()
