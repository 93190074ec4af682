"""The tenant wall: on PostgreSQL every table with a clinic shows one clinic's rows, whoever asks.

Row-level security is forced, so it binds the tables' owner too. The clinic is set with SET LOCAL
inside a transaction (`clinic_only`): with a transaction pooler a session-wide SET leaks to
strangers. SQLite has no such wall, which is why it may hold one clinic only
(`docs/explanation/privacy.md`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, connections, models, transaction

from waymark.record.tenancy.grants import owns

CLINIC = "waymark.clinic"
ACCOUNT = "waymark.account"
OPEN = "waymark.open"  # "yes" for the few questions that are about no clinic: sign-in, the clock

_BY_CLINIC = f"clinic_id = nullif(current_setting('{CLINIC}', true), '')::uuid"
_BY_ACCOUNT = f"account_id = nullif(current_setting('{ACCOUNT}', true), '')::uuid"
_OPENED = f"current_setting('{OPEN}', true) = 'yes'"


def walled() -> list[type[models.Model]]:
    """Every model with a clinic: the wall stands around all of them."""
    ours = (m for m in apps.get_models() if m.__module__.startswith("waymark.record."))
    return [m for m in ours if any(f.name == "clinic" and f.is_relation for f in m._meta.fields)]


class NoWall(RuntimeError):
    """A table stands without its wall, and who is connected may not raise it."""


def raise_wall(*, using: str, **_: Any) -> None:
    """After each migration: put the wall around every table that should have it.

    Only the tables' owner can. Anybody else makes sure that it stands, and raises NoWall if not.
    """
    database = connections[using]
    if database.vendor != "postgresql":
        return
    standing = set(database.introspection.table_names())
    with database.cursor() as cursor:
        for model in walled():
            table = model._meta.db_table
            if table not in standing:
                continue
            if owns(table, cursor):
                _wall_around(model, cursor)
            elif not _stands(table, cursor):
                raise NoWall(
                    f"{table} has no wall; run `waymark upgrade` as the owner of the tables"
                )


def _stands(table: str, cursor: Any) -> bool:
    cursor.execute(
        "SELECT relrowsecurity AND relforcerowsecurity AND EXISTS (SELECT FROM pg_policy "
        "WHERE polrelid = pg_class.oid AND polname = 'clinic_wall') "
        "FROM pg_class WHERE oid = to_regclass(%s)",
        [table],
    )
    return bool(cursor.fetchone()[0])


def _wall_around(model: type[models.Model], cursor: Any) -> None:
    table = connection.ops.quote_name(model._meta.db_table)
    by_account = any(field.column == "account_id" for field in model._meta.fields)
    through = " OR ".join([_BY_CLINIC, *([_BY_ACCOUNT] if by_account else []), _OPENED])
    cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    cursor.execute(f"DROP POLICY IF EXISTS clinic_wall ON {table}")
    cursor.execute(f"CREATE POLICY clinic_wall ON {table} USING ({through})")


@contextmanager
def clinic_only(clinic: UUID | None, *, account: UUID | None = None) -> Iterator[None]:
    """Within (a transaction on PostgreSQL), only this clinic's rows exist."""
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        before = {name: _setting(name) for name in (CLINIC, ACCOUNT)}
        set_local(CLINIC, str(clinic or ""))
        set_local(ACCOUNT, str(account or ""))
        yield
        for name, value in before.items():  # an outer question goes on as it was
            set_local(name, value)


@contextmanager
def across_clinics() -> Iterator[None]:
    """Within, the wall is open: for sign-in by token, the clock's list of clinics, and set-up."""
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        before = _setting(OPEN)
        set_local(OPEN, "yes")
        yield
        set_local(OPEN, before)


def set_local(name: str, value: str) -> None:
    """SET LOCAL: gone with the transaction, so a pooled connection carries nothing over."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])


def _setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [name])
        return str(cursor.fetchone()[0])
