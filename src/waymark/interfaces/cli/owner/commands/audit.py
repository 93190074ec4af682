"""`waymark audit`: print the heads of the audit log, or verify it against one."""

import re
import sys
from uuid import UUID

import click

from waymark.interfaces.cli.owner import portal

HEAD = re.compile(r"(?:^|\s)(\d{1,18}):([0-9a-f]{64})\s*$")


@click.group()
def audit() -> None:
    """The audit log: print its heads, and verify it."""


@audit.command()
def head() -> None:
    """Print the head of each clinic's log. Keep it on paper or on another machine."""
    portal.start_whole()
    from waymark.record.audit.chain import head_of

    for clinic, name in _clinics():
        held = head_of(clinic)
        click.echo(f"{name}: {held.place}:{held.code}")


@audit.command()
@click.option("--head", "kept", help="A head that was kept, as `waymark audit head` printed it.")
@click.option("--clinic", "wanted", help="Its name, where this installation holds several.")
def verify(*, kept: str | None, wanted: str | None) -> None:
    """Read every line, and say whether the log is whole and goes through the kept head.

    Without --head: the head that the keyring kept, for each clinic, and for events of no clinic.
    """
    portal.start_whole()
    from waymark.record.audit.chain import Head, kept_head
    from waymark.record.audit.walk import first_broken, found_broken, found_whole

    against_one = None if kept is None else _read(kept)
    clinics = [one for one in _clinics() if wanted in (None, one[1])]
    if not clinics and wanted is None:
        raise click.ClickException("No clinic stands in this record, and so no log of one.")
    if not clinics:
        raise click.UsageError(f"No clinic is called {wanted!r}.")
    if kept and len(clinics) > 1:
        raise click.UsageError("Several clinics are here: say whose head it is, with --clinic.")
    if not kept and not wanted:
        clinics.append((None, "no clinic"))
    well = True
    for clinic, name in clinics:
        against = Head(clinic, *against_one) if against_one else kept_head(clinic)
        place = first_broken(clinic, kept=against)
        well &= place is None
        click.echo(f"{name}: {'whole' if place is None else f'broken at line {place}'}")
        if place is None and not kept and (before := found_broken(clinic)):
            found_whole(clinic)
            click.echo(f"It was broken at line {before} before; new lines are signed again.")
    if not well:
        click.echo("Change nothing, and copy record and keyring as they are: they are evidence.")
    sys.exit(0 if well else 1)


def _read(kept: str) -> tuple[int, str]:
    """A head as it is printed, with the clinic's name before it or without."""
    found = HEAD.search(kept)
    if found is None:
        raise click.BadParameter("It looks like 128:, and then 64 signs.", param_hint="--head")
    return int(found[1]), found[2]


def _clinics() -> list[tuple[UUID | None, str]]:
    from waymark.record.people.queries import all_clinics
    from waymark.record.tenancy.row_security import across_clinics

    with across_clinics():
        return [(one.pk, one.name) for one in all_clinics()]
