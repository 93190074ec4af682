"""Every table, every column and every action is decided on."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models

import waymark.record
from waymark.access.policy import POLICY
from waymark.access.vocabulary import Action, Relation, Role
from waymark.record.tenancy.scope import ClinicOwned, PatientOwned
from waymark.record.vault.fields import Sealed
from waymark.record.vault.privacy import Privacy

# Tables that belong to no one patient and no one clinic, each with the reason.
OPEN_TABLES = {
    "Account": "a sign-in, which may have seats at several clinics",
    "Reset": "belongs to an account",
    "Clinic": "the tenant itself",
    "IdempotencyKey": "names an account and holds a digest, nothing of anybody",
    "Line": "audit: random numbers, read through audit.queries",
    "Link": "audit: codes over lines",
    "Message": "outbox: ids and a kind",
    "Beat": "the worker's lease",
    "WrappingKey": "keyring",
    "DataKey": "keyring",
    "Tombstone": "keyring",
    "KeyringFingerprint": "keyring",
    "KeptHead": "how far a log had come: a place and a code",
    "SignedIn": "a session: of an account, in whatever seat",
    "Fingerprint": "names of the home and its keys, of nobody",
}


def tables() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m.__module__.startswith("waymark.record.")]


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.__name__)
def test_a_table_is_owned_or_on_the_open_list(table: type[models.Model]) -> None:
    owned = isinstance(table._default_manager, PatientOwned | ClinicOwned)
    assert owned != (table.__name__ in OPEN_TABLES)


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.__name__)
def test_a_patients_row_carries_patient_and_clinic(table: type[models.Model]) -> None:
    if isinstance(table._default_manager, PatientOwned) and table.__name__ != "Patient":
        names = {field.name for field in table._meta.fields}
        assert {"id", "patient", "clinic"} <= names


def columns() -> Iterator[tuple[str, Any]]:
    for table in tables():
        for field in table._meta.fields:
            yield f"{table._meta.db_table}.{field.column}", field


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.__name__)
def test_every_column_is_sealed_or_declared_clear_with_its_table(table: type[models.Model]) -> None:
    """A new column fails here until it is sealed, or named in ``clear`` of its model on purpose."""
    declared = [name for base in table.__mro__ for name in vars(base).get("clear", ())]
    clear = {one.column for one in table._meta.local_fields if not isinstance(one, Sealed)}
    assert sorted(declared) == sorted(clear), f"{table.__name__}.clear"


def test_every_sealed_column_has_a_privacy_class() -> None:
    assert all(
        isinstance(field.privacy, Privacy) for _, field in columns() if isinstance(field, Sealed)
    )


def functions_with_actions() -> Iterator[tuple[str, Any]]:
    for module in pkgutil.walk_packages(waymark.record.__path__, "waymark.record."):
        if ".migrations" in module.name:
            continue
        held = importlib.import_module(module.name)
        for name, function in inspect.getmembers(held, inspect.isfunction):
            if hasattr(function, "action") and function.__module__ == module.name:
                yield f"{module.name}.{name}", function


def test_an_action_takes_its_subject_first_and_the_rest_by_name() -> None:
    for name, function in functions_with_actions():
        first, *rest = inspect.signature(inspect.unwrap(function)).parameters.values()
        assert first.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD, name
        assert {"by", "at"} <= {parameter.name for parameter in rest}, name
        assert all(p.kind is inspect.Parameter.KEYWORD_ONLY for p in rest), name


def test_every_word_of_access_is_used() -> None:
    assert {line.action for line in POLICY} == set(Action)
    assert {line.over for line in POLICY} == set(Relation)
    assert {line.role for line in POLICY} == set(Role)


def test_no_line_of_the_policy_is_written_twice() -> None:
    assert len(POLICY) == len(set(POLICY))


def test_the_office_reads_nothing_clinical() -> None:
    clinical = {
        Action.READ_SCORES,
        Action.READ_ANSWERS,
        Action.READ_CASELOAD,
        Action.READ_CONCERNS,
        Action.WORK_CONCERN,
        Action.CLOSE_CONCERN,
    }
    for line in POLICY:
        if line.role in {Role.ADMINISTRATOR, Role.FRONT_DESK}:
            assert line.action not in clinical, line


SRC = Path(waymark.record.__file__).parents[1]
PORTAL = [SRC / part for part in ("record", "interfaces")]
BARE_DAYS = {
    "record/safety/actions.py": "a year ahead, to the day, is not what it guards against",
    "interfaces/cli/analyst/analysis/reading.py": "of a file whose times have no zone",
}


def test_a_day_is_somebodys_day() -> None:
    """An instant kept in UTC has no day of its own: `.date()` follows a zone, or is listed."""
    found = {
        str(path.relative_to(SRC))
        for folder in PORTAL
        for path in folder.rglob("*.py")
        for line in path.read_text().splitlines()
        if ".date()" in line and "astimezone(" not in line
    }
    assert found == set(BARE_DAYS)
