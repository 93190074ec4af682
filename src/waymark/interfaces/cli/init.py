"""`waymark init`: from an empty folder to a clinic that is ready for clients, step by step.

Each step asks only for what is not there yet, so it can be stopped and begun again at any point.
"""

import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click


@click.command()
@click.option("--home", type=click.Path(path_type=Path), help="Where everything is kept.")
def init(home: Path | None) -> None:
    """Set up a clinic. Stop any time; the next call goes on where you were."""
    from waymark.interfaces.cli import portal
    from waymark.interfaces.cli.doctor import examine, tell

    root = _home(home)
    portal.make_home(root)
    _stop_in_a_demo(root)
    _renew_session_key()
    _stop_if_older()
    portal.migrate()
    from waymark.interfaces.cli.steps import STEPS
    from waymark.interfaces.endpoint import now

    for title, step in STEPS:
        _ask(title, step)
    click.echo()
    tell(examine(at=now()))
    click.echo(f"\nServe it:  {serving(root)}")


def serving(root: Path) -> str:
    """The command that serves this home, as it works when it is typed or pasted anywhere."""
    program = Path(sys.executable).parent / "waymark"
    return f"WAYMARK_HOME={shlex.quote(str(root))} {shlex.quote(str(program))} serve"


def _stop_in_a_demo(root: Path) -> None:
    from django.conf import settings

    if settings.WAYMARK_DEMO:
        raise click.ClickException(
            f"{root} is the home of a demo. A clinic needs a home of its own: name one with --home."
        )


def _stop_if_older() -> None:
    """A clinic that stands is brought to this version by `waymark upgrade`, after a backup."""
    from waymark.interfaces.cli import shape
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
    import os

    found = home or Path(os.environ.get("WAYMARK_HOME", "").strip() or "var/waymark")
    return found.resolve()


def _ask(title: str, step: Callable[[], Any]) -> None:
    """Ask again until the answer can be kept; what was right already is not asked for again."""
    from waymark.record.people.conduct import Invalid
    from waymark.record.people.wall import opened

    while True:
        try:
            with opened():
                done = step()
            if done != "there":
                click.secho(f"  {title}: done", fg="green")
            return
        except Invalid as error:
            click.secho(f"  {error.message}", fg="yellow")
