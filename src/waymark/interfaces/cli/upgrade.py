"""`waymark upgrade`: brings the tables to this version, as whoever owns them."""

import os
from pathlib import Path

import click


@click.command()
def upgrade() -> None:
    """Bring the tables to this version. On PostgreSQL: as the owner, before serving."""
    from waymark.interfaces.cli import portal

    home = Path(os.environ.get("WAYMARK_HOME", "").strip() or "var/waymark")
    portal.make_home(home.resolve())
    from waymark.interfaces.cli.shape import may_migrate, unmigrated

    waiting = len(unmigrated())
    if waiting and not may_migrate():
        raise click.ClickException(
            "This database role owns no tables. Run it with the DATABASE_URL of the role that does."
        )
    portal.migrate()
    click.echo(f"The tables are of this version: {waiting} changes were made.")
