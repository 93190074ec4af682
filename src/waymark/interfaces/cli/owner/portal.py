"""Starting Django from the command line, for the commands that need the record."""

import os
from pathlib import Path

import click
import django
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from waymark.interfaces.demo_home import mark_of


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


def start_whole() -> None:
    """The same for what reads the record: ends with the remedy where record, keyring and keys do
    not belong together, or the tables are of another version."""
    start()
    from waymark.interfaces.cli.owner import shape
    from waymark.interfaces.cli.owner.remedies import NO_RECORD
    from waymark.record.vault.master import current, needed

    current()
    if not needed() and connection.vendor != "postgresql":
        raise click.ClickException(NO_RECORD)
    shape.fits()
    if waiting := shape.waits():
        raise click.ClickException(f"{shape.older(waiting)}.")


def migrate() -> None:
    """Bring both databases to this version, and let record and keyring know each other."""
    from waymark.interfaces.cli.owner import shape

    shape.migrate()
    shape.belong()


def ready() -> None:
    """Before serving: static files, and that record and keyring know each other; no table."""
    from waymark.interfaces.cli.owner import shape

    shape.gather()
    shape.belong()


def is_begun(home: Path) -> bool:
    """Whether a home lies there. Ends with the remedy where nobody may look."""
    try:
        return (home / "keyring" / "keyring.sqlite3").exists()
    except OSError as error:
        raise _no_home(home, error) from error


def make_home(home: Path, *, demo: bool = False, session_key: bool = True) -> None:
    """The folders and keys of an installation, where they are not there yet; then its settings.
    Without ``session_key`` one that was lost is not made anew."""
    try:
        if demo:
            mark_demo(home)
        _make_folders(home, session_key=session_key)
        start(home, demo=demo)
        _make_master_key()
    except OSError as error:
        raise _no_home(home, error) from error


def _no_home(home: Path, error: OSError) -> click.ClickException:
    return click.ClickException(
        f"{error.filename or home} cannot be made or read ({error.strerror}). Let the user that "
        "runs Waymark own the home, or name another one in WAYMARK_HOME."
    )


def mark_demo(home: Path) -> None:
    """Let a new home know that it is a demo's; a clinic's never becomes one."""
    stop_if_not_a_demo(home)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    mark_of(home).write_text("`waymark demo` made this home: its people are made up.\n")


def stop_if_not_a_demo(home: Path) -> None:
    """End here before a home that is somebody's is served, or thrown away, as a demo."""
    if home.exists() and any(home.iterdir()) and not mark_of(home).exists():
        raise click.ClickException(
            f"{home} is not empty, and `waymark demo` did not make it. Choose another folder with "
            "--home; if it is the demo of an older version, remove it."
        )


def _make_folders(home: Path, *, session_key: bool) -> None:
    import secrets

    for folder in ("data", "keyring", "keys", "mail"):
        (home / folder).mkdir(parents=True, exist_ok=True, mode=0o700)
    file = home / "keys" / "django.key"
    if session_key and not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))


def _make_master_key() -> None:
    """A new master key for a new home; one that was lost is not replaced, for it opens the rest."""
    from django.conf import settings

    from waymark.record.vault import master

    file = Path(settings.WAYMARK_MASTER_KEY_FILE)
    if not file.exists() and not master.needed():
        master.make(file)
    try:
        master.current()
    except master.NoMasterKey as error:
        raise click.ClickException(str(error)) from error
