"""`waymark upgrade`: bring the tables to this version."""

import os
from pathlib import Path

import click


@click.command()
def upgrade() -> None:
    """Bring the tables to this version. On PostgreSQL: as the owner, before serving."""
    from waymark.interfaces.cli.owner import portal

    home = Path(os.environ.get("WAYMARK_HOME", "").strip() or "var/waymark").resolve()
    begun = not portal.is_begun(home)
    portal.make_home(home, session_key=begun)
    from waymark.interfaces.cli.owner.shape import fits, may_migrate, unmigrated, waits

    fits()  # before anything of a stranger's is changed
    waiting = len(waits())
    if unmigrated() and not may_migrate():
        raise click.ClickException(
            "This database role owns no tables. Run it with the DATABASE_URL of the role that does."
        )
    portal.migrate()
    click.echo(_begun(home) if begun else _done(waiting))


def _begun(home: Path) -> str:
    return (
        f"No home was at {home}: a new one was begun there. `waymark init` goes on with it. "
        "If yours is elsewhere, name it in WAYMARK_HOME and remove this one."
    )


def _done(changes: int) -> str:
    if not changes:
        return "The tables are of this version already."
    return f"The tables are of this version now. Changes made: {changes}."
