"""The shape of both databases: what waits to be brought to this version, and who may do that."""

import click
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from waymark.record.fingerprint.actions import Apart, introduce
from waymark.record.fingerprint.queries import apart, founded
from waymark.record.tenancy.grants import owns

KEYRING = "keyring"


def unmigrated(using: str = "default") -> list[str]:
    """The names of the changes that a database has not seen yet."""
    held = MigrationExecutor(connections[using])
    return [one.name for one, _ in held.migration_plan(held.loader.graph.leaf_nodes())]


def newer() -> list[str]:
    """The names of the changes that this version does not know: a later one made them."""
    found = []
    for using in ("default", KEYRING):
        loader = MigrationExecutor(connections[using]).loader
        known, rooms = set(loader.disk_migrations), loader.migrated_apps
        found += [f"{app}.{name}" for app, name in loader.applied_migrations
                  if app in rooms and (app, name) not in known]  # fmt: skip
    return sorted(found)


def ahead(beyond: list[str]) -> str:
    """That the tables are of a later version, and what to do."""
    named = beyond[-1] if beyond else ""
    return (
        f"The tables are of a newer version than this one, which does not know {named}. Install "
        "that version again; to go back, put back record and keyring of a backup from before it"
        "; docs/how-to/upgrade.md."
    )


def waits() -> list[str]:
    """The names of the changes that the record or the keyring has not seen yet."""
    return [*unmigrated(), *unmigrated(KEYRING)]


def older(waiting: list[str]) -> str:
    """That the tables wait, and for whom: nobody but `waymark upgrade` changes a clinic's."""
    found = f"The tables are of an older version ({len(waiting)} changes wait)"
    if connection.vendor == "postgresql":
        return f"{found}. Run `waymark upgrade` with the DATABASE_URL of the role that owns them"
    if not founded():
        return "The tables of this home are not all made yet. Run `waymark init`, which goes on"
    return f"{found}. Make a backup, then run `waymark upgrade`"


def may_migrate() -> bool:
    """Whether who is connected may change the tables: SQLite's user, or PostgreSQL's owner."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('django_migrations') IS NULL")
        if cursor.fetchone()[0]:
            cursor.execute("SELECT has_schema_privilege(current_schema(), 'CREATE')")
            return bool(cursor.fetchone()[0])
        return owns("django_migrations", cursor)


def migrate() -> None:
    """Bring both databases and the cache table to the newest shape, and gather static files.

    A role that owns no table changes none; the check has said what waits for the owner.
    """
    fits()
    if may_migrate():
        call_command("createcachetable", verbosity=0)  # first: rights are given after `migrate`
        call_command("migrate", verbosity=0, interactive=False)
    elif unmigrated():
        raise click.ClickException(
            "The tables are not of this version, and this database role may not change them. Run "
            "`waymark upgrade` with the DATABASE_URL of the role that owns them."
        )
    call_command("migrate", database=KEYRING, verbosity=0, interactive=False)
    gather()


def gather() -> None:
    """Put the static files of this version where they are served from."""
    call_command("collectstatic", verbosity=0, interactive=False)


def fits() -> None:
    """Ends with the remedy, before anything is changed, where record, keyring and keys are not of
    one home, or of a later version."""
    if troubles := apart():
        raise click.ClickException(str(Apart(troubles)))
    if beyond := newer():
        raise click.ClickException(ahead(beyond))


def belong() -> None:
    """Let record and keyring know each other. Ends with the remedy where they do not fit."""
    try:
        introduce()
    except Apart as error:
        raise click.ClickException(str(error)) from error
