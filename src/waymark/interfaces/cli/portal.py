"""Starting Django from the command line, for the commands that need the record."""

import os
from pathlib import Path

import click
import django
from django.core.exceptions import ImproperlyConfigured


def start(home: Path | None = None, *, demo: bool = False) -> None:
    """Load the settings of an installation; call before anything of the record is imported."""
    if home is not None:
        os.environ["WAYMARK_HOME"] = str(home)
    if demo:
        os.environ["WAYMARK_DEMO"] = "yes"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waymark.config.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:  # a setting that cannot be used, with its remedy
        raise click.ClickException(str(error)) from error


def migrate() -> None:
    """Bring both databases and the cache table to the newest shape, and gather static files."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("migrate", database="keyring", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


def make_keys(home: Path) -> None:
    """The master key and the session key of a new installation, each readable by its owner only."""
    import secrets

    from waymark.record.vault import master

    keys = home / "keys"
    if not (keys / "master.key").exists():
        master.make(keys / "master.key")
    if not (keys / "django.key").exists():
        (keys / "django.key").touch(mode=0o600)
        (keys / "django.key").write_text(secrets.token_urlsafe(50))
