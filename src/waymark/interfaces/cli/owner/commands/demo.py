"""`waymark demo`: serve a synthetic clinic."""

import shutil
from pathlib import Path

import click

PASSWORD = "made-up-people-only"  # noqa: S105 -- printed for everybody; the demo holds nobody's data


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--home", default="var/demo", show_default=True, type=click.Path(path_type=Path))
@click.option("--fresh", is_flag=True, help="Throw the demo's data away and begin again.")
@click.option("--no-serve", is_flag=True, help="Only make the clinic.")
def demo(port: int, home: Path, fresh: bool, no_serve: bool) -> None:
    """Serve a clinic of made-up people on http://127.0.0.1:PORT."""
    from waymark.interfaces.cli.owner import portal
    from waymark.interfaces.cli.owner.commands import serve
    from waymark.interfaces.cli.owner.ports import port_is_free

    if not no_serve and not port_is_free("127.0.0.1", port):
        raise click.ClickException(f"Port {port} is taken. Choose another one: make demo PORT=8080")
    portal.stop_if_not_a_demo(home.resolve())
    if fresh:
        shutil.rmtree(home, ignore_errors=True)
    _prepare(home.resolve(), port)
    portal.migrate()
    _people()
    _tell(port, home)
    if not no_serve:
        serve.run(host="127.0.0.1", port=port)


def _prepare(home: Path, port: int) -> None:
    import os

    from waymark.interfaces.cli.owner import portal

    os.environ["WAYMARK_ADDRESS"] = f"http://127.0.0.1:{port}"
    for name in ("DATABASE_URL", "WAYMARK_DATABASE_URL", "WAYMARK_MASTER_KEY_FILE"):
        os.environ.pop(name, None)  # the demo never touches a real clinic's record
    portal.make_home(home, demo=True)


def _people() -> None:
    """Make the clinic unless it stands; a half-made one is begun again."""
    from waymark.interfaces.cli.owner.demo_data import make_clinic
    from waymark.interfaces.endpoint import now
    from waymark.record.people.queries import all_clinics

    if not all_clinics():
        click.echo("Making the people of the demo …")
        make_clinic(password=PASSWORD, at=now())


def _tell(port: int, home: Path) -> None:
    from waymark.interfaces.cli.owner.demo_data import SIGN_INS

    click.echo(f"\nWaymark demo: http://127.0.0.1:{port}")
    click.secho("DEMO: made-up people, no second factor, not for real clients.\n", bold=True)
    for who, login in SIGN_INS:
        click.echo(f"  {who:<28}{login:<22}{PASSWORD}")
    click.echo(
        f"\nMail is written to {home / 'mail'} and shown at /demo/mail/. Stop with Ctrl-C.\n"
    )
