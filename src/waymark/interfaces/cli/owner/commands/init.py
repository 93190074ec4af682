"""`waymark init`: set up a clinic, step by step.

Each step asks only for what is not there yet, so it can be stopped and begun again at any point.
"""

import os
import shlex
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

LIBPQ = ("PGHOST", "PGPORT", "PGSERVICE", "PGSSLMODE", "PGSSLROOTCERT", "PGPASSFILE", "PGPASSWORD")


@click.command()
@click.option("--home", type=click.Path(path_type=Path), help="Where everything is kept.")
def init(home: Path | None) -> None:
    """Set up a clinic. Stop any time; the next call goes on where you were."""
    from waymark.interfaces.cli.owner import portal
    from waymark.interfaces.cli.owner.commands.doctor import examine, tell

    root = _home(home)
    portal.make_home(root)
    _stop_in_a_demo(root)
    _renew_session_key()
    _stop_if_older()
    portal.migrate()
    from waymark.interfaces.cli.owner.steps import STEPS
    from waymark.interfaces.endpoint import now

    for title, step in STEPS:
        _ask(title, step)
    click.echo()
    tell(answers := examine(at=now()))
    if any(answer.refuses for answer in answers):
        click.echo("\nIt cannot be served like this: see above, then run `waymark doctor`.")
        return
    click.echo(f"\nServe it:  {serving(root, os.environ)}")
    if kept := secrets_of(os.environ):
        click.echo(
            f"Set {' and '.join(kept)} before it, as here: a password is in there, so that it is "
            "not shown. Keep it in the service, or in waymark.toml: docs/how-to/deploy.md."
        )


def serving(root: Path, environment: Mapping[str, str]) -> str:
    """The command that serves this home, as it works when it is typed or pasted anywhere.

    What this shell alone sets goes with it, but for what holds a password.
    """
    program = Path(sys.executable).parent / "waymark"
    secret = secrets_of(environment)
    told = {name: it for name, it in _of_this_shell(environment).items() if name not in secret}
    words = [
        f"{name}={shlex.quote(it)}" for name, it in {"WAYMARK_HOME": str(root), **told}.items()
    ]
    return " ".join([*words, shlex.quote(str(program)), "serve"])


def secrets_of(environment: Mapping[str, str]) -> list[str]:
    """The settings of this shell that hold a password."""
    return [
        name
        for name, it in _of_this_shell(environment).items()
        if "PASSWORD" in name or (name.endswith("DATABASE_URL") and _has_password(it))
    ]


def _has_password(address: str) -> bool:
    read = urlsplit(address)
    return read.password is not None or "password" in read.query.lower()


def _of_this_shell(environment: Mapping[str, str]) -> dict[str, str]:
    """The settings that the environment gives, of Waymark's and of how PostgreSQL is found."""
    given = {name: it.strip() for name, it in environment.items() if it.strip()}
    ours = {name for name in given if name.startswith("WAYMARK_")} - {"WAYMARK_HOME"}
    if any(name.endswith("DATABASE_URL") for name in given):
        ours |= {"DATABASE_URL", *LIBPQ}
    return {name: it for name, it in given.items() if name in ours}


def _stop_in_a_demo(root: Path) -> None:
    from django.conf import settings

    if settings.WAYMARK_DEMO:
        raise click.ClickException(
            f"{root} is the home of a demo. A clinic needs a home of its own: name one with --home."
        )


def _stop_if_older() -> None:
    """A clinic that stands is brought to this version by `waymark upgrade`, after a backup."""
    from waymark.interfaces.cli.owner import shape
    from waymark.record.fingerprint.actions import Apart
    from waymark.record.fingerprint.queries import apart, founded

    if troubles := apart():
        raise click.ClickException(str(Apart(troubles)))
    if (waiting := shape.waits()) and founded():
        raise click.ClickException(f"{shape.older(waiting)}, then `waymark init` again.")


def _renew_session_key() -> None:
    """A session key that was lost was made anew just now: the record has to know it."""
    from waymark.record.fingerprint.actions import take_session_key

    if take_session_key():
        click.secho("  A new session key: everybody signs in again, nothing else.", fg="yellow")


def _home(home: Path | None) -> Path:
    found = home or Path(os.environ.get("WAYMARK_HOME", "").strip() or "var/waymark")
    return found.resolve()


def _ask(title: str, step: Callable[[], Any]) -> None:
    """Ask again until the answer can be kept; what was right already is not asked for again."""
    from waymark.record.tenancy.action import Invalid
    from waymark.record.tenancy.row_security import across_clinics

    while True:
        try:
            with across_clinics():
                done = step()
            if done != "there":
                click.secho(f"  {title}: done", fg="green")
            return
        except Invalid as error:
            click.secho(f"  {error.message}", fg="yellow")
