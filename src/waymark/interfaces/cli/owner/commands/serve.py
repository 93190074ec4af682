"""`waymark serve`: serve the portal: web and worker."""

import os
import signal
import subprocess
import sys
import time
from types import FrameType

import click

GRACE_SECONDS = 15
OWNER = "waymark.interfaces.cli.owner"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--behind-proxy",
    is_flag=True,
    help="A proxy elsewhere, in another container, is all that reaches --host.",
)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
def serve(*, host: str, behind_proxy: bool, port: int, workers: int) -> None:
    """Serve the portal and run its worker. Stops both on Ctrl-C."""
    from waymark.interfaces.cli.owner import portal

    portal.start()
    from waymark.interfaces.cli.owner.ports import port_is_free

    stop_if_unsafe(host, behind_proxy=behind_proxy)
    portal.ready()
    if not port_is_free(host, port):
        raise click.ClickException(f"Port {port} is taken. Choose another one with --port.")
    click.echo(words_of(host, port))
    run(host=host, port=port, workers=workers)


def stop_if_unsafe(host: str, *, behind_proxy: bool = False) -> None:
    """End here with what must not go on the air, and what to do about each."""
    problems = refusals(host, behind_proxy=behind_proxy)
    if problems:
        raise click.ClickException("Waymark does not start like this:\n- " + "\n- ".join(problems))


def refusals(host: str, *, behind_proxy: bool = False) -> list[str]:
    """What the deployment check finds that must not go on the air."""
    from waymark.interfaces.cli.owner.checks import deployment

    found = deployment(host=host, behind_proxy=behind_proxy)
    return [finding.remedy for finding in found if finding.refuses]


def words_of(host: str, port: int) -> str:
    """Where it is served, and where clients reach it."""
    from django.conf import settings

    from waymark.record.people.reach import phones_reach

    shown = f"[{host}]" if ":" in host else host
    outside = settings.WAYMARK_ADDRESS
    clients = f", and clients reach it at {outside}" if phones_reach(outside) else ""
    return f"Waymark serves http://{shown}:{port}{clients}. Stop with Ctrl-C."


def run(*, host: str, port: int, workers: int = 2) -> None:
    """Start the processes of web and worker; when one ends, or a signal comes, end them all."""
    from waymark.interfaces.cli.owner.web import listen

    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "waymark.config.settings"}
    with listen(host, port) as listening:
        number = listening.fileno()
        web = [sys.executable, "-m", f"{OWNER}.web", str(number)]
        children = [_child(web, environment, number) for _ in range(workers)]
    clock = [sys.executable, "-m", f"{OWNER}.commands.worker"]
    children.append(_child(clock, environment))

    def stop(signum: int, frame: FrameType | None) -> None:
        for child in children:
            child.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while all(child.poll() is None for child in children):
        time.sleep(0.3)
    stop(signal.SIGTERM, None)
    for child in children:
        _end(child)


def _child(
    words: list[str], environment: dict[str, str], *handed: int
) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(words, env=environment, pass_fds=handed)  # noqa: S603 -- our own words


def _end(child: "subprocess.Popen[bytes]") -> None:
    try:
        child.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
