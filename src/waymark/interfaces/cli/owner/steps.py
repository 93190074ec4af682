"""The steps of `waymark init`. Each looks first whether its answer is there already."""

from collections.abc import Callable
from datetime import date
from functools import partial

import click

from waymark.access.vocabulary import Role, system
from waymark.interfaces.cli.owner import asking
from waymark.interfaces.cli.owner.asking import ask, ask_hidden, warn
from waymark.interfaces.cli.owner.mail_server import test_mail
from waymark.interfaces.cli.owner.safety_steps import crisis_lines, policy
from waymark.interfaces.cli.owner.second_factor import enroll
from waymark.interfaces.cli.owner.setting_up import THERE, the_boss, the_clinic
from waymark.interfaces.cli.owner.settings_file import keep_address
from waymark.interfaces.endpoint import now
from waymark.record.people import actions
from waymark.record.people.queries import (
    account,
    all_clinics,
    duties_of,
    membership_of,
    proofs_of,
    staff_of,
)
from waymark.record.people.reach import as_written, phones_reach


def name_and_zone() -> str:
    if all_clinics():
        return THERE
    click.echo("\nYour clinic")
    actions.found_clinic(
        name=ask("Name", asking.filled),
        zone=ask("Time zone, or a city in it", asking.zone, default="America/Chicago"),
        region=ask("Country, by name or two letters", asking.region, default="US"),
        at=now(),
    )
    return ""


def first_administrator() -> str:
    clinic = the_clinic()
    if any(one.role is Role.ADMINISTRATOR for one in staff_of(system(clinic.pk))):
        return THERE
    click.echo("\nYou, the first administrator")
    name = ask("Your name", asking.filled)
    email = ask("Your e-mail, to sign in with", asking.email)
    treats = click.confirm("  Do you treat clients yourself?", default=True)
    licensed = treats and click.confirm("  Are you licensed to?", default=True)
    fits = partial(asking.password, names=(email, name))
    password = ask_hidden("A password (12 characters or more)", fits, twice=True)
    actions.first_administrator(
        clinic,
        who=actions.Recruit(name, email, licensed=licensed),
        password=password,
        also=(Role.CLINICIAN,) if treats else (),
        by=system(clinic.pk),
        at=now(),
    )
    return ""


def second_factor() -> str:
    return enroll(account(the_boss().person)) or THERE


def address() -> str:
    clinic = the_clinic()
    if phones_reach(clinic.address):
        return THERE
    click.echo("\nThe address that clients' phones open, such as https://portal.example.org.")
    click.echo("Without one, clients can be invited from this machine only.")
    if clinic.address:
        click.echo(f"Until then it is {clinic.address}, which this machine alone opens.")
    wanted = ask("Address (empty: later)", default="")
    if not wanted:
        return THERE
    to = actions.Letterhead(clinic.name, clinic.zone, clinic.region, clinic.phone, wanted)
    actions.settle(clinic, to=to, by=the_boss(), at=now())
    keep_address(as_written(wanted))
    if not phones_reach(wanted):
        warn("Kept. This machine alone opens it; phones do not. `waymark init` asks again.")
    return ""


def phone() -> str:
    """The number at which clients reach the clinic; without one nobody can be told to call."""
    clinic = the_clinic()
    if clinic.phone:
        return THERE
    click.echo("\nThe telephone number at which clients reach the clinic")
    wanted = ask("Number (empty: later)", default="")
    if not wanted.strip():
        return THERE
    to = actions.Letterhead(clinic.name, clinic.zone, clinic.region, wanted, clinic.address)
    actions.settle(clinic, to=to, by=the_boss(), at=now())
    return ""


def recovery_copy() -> str:
    if "recovery-copy" in proofs_of(the_clinic()):
        return THERE
    click.echo("\nThe key of your record. Without it, a broken disk takes everything.")
    click.echo("Write it on paper, and keep the paper away from this machine:\n")
    click.secho(f"  {actions.recovery_copy()}\n", bold=True)
    typed = click.prompt("  Type it again from the paper")
    actions.prove_recovery(the_clinic(), typed=typed, by=the_boss(), at=now())
    return ""


def responders() -> str:
    clinic, boss = the_clinic(), the_boss()
    if duties_of(clinic):
        return THERE
    licensed = [one for one in staff_of(boss) if one.licensed and one.active]
    if not licensed:
        click.echo("\nResponders: nobody licensed works here yet. Invite a clinician in the")
        click.echo("portal, under Staff, and name the responders under Clinic, Safety.")
        return THERE
    click.echo("\nWho answers when an answer tells of danger")
    for number, one in enumerate(licensed, start=1):
        click.echo(f"  {number}. {one.name}")
    chosen = [licensed[_number("Primary", len(licensed)) - 1]]
    if len(licensed) > 1:
        chosen.append(licensed[_number("Backup", len(licensed)) - 1])
    primary, *backup = (membership_of(boss, one.membership) for one in chosen)
    actions.set_duties(
        clinic,
        safety_lead=primary,
        primary=primary,
        backup=backup[0] if backup else None,
        by=boss,
        at=now(),
    )
    return ""


def _number(what: str, most: int) -> int:
    return int(click.prompt(f"  {what}, by number", type=click.IntRange(1, most), default=1))


def hours() -> str:
    clinic = the_clinic()
    if clinic.hours:
        return THERE
    click.echo("\nWhen somebody is there")
    opens = ask("From", asking.clock, default="09:00")
    closes = ask("To", asking.later_than(opens), default="17:00")
    days = ask("On", asking.days, default="mon tue wed thu fri")
    words = ask(
        "What a client can do when you are closed",
        asking.filled,
        default="Call or text 988, or call 911 in danger." if clinic.region == "US" else None,
    )
    actions.set_hours(
        clinic,
        by_day={day: [opens, closes] for day in days},
        holidays=list[date](),
        after_hours=words,
        by=the_boss(),
        at=now(),
    )
    return ""


def backup_target() -> str:
    if "backup-target" in proofs_of(the_clinic()):
        return THERE
    click.echo("\nWhere backups go: a folder on another disk or machine")
    folder = ask("Folder (empty: later)", default="")
    if not folder:
        return THERE
    actions.set_backup_target(the_clinic(), folder=folder, by=the_boss(), at=now())
    if actions.on_this_disk(folder):
        warn("Kept. But it lies on the disk of the record, and is lost with it: better is another.")
    return ""


STEPS: list[tuple[str, Callable[[], str]]] = [
    ("Clinic", name_and_zone),
    ("First administrator", first_administrator),
    ("Second factor", second_factor),
    ("Address", address),
    ("Telephone", phone),
    ("Recovery copy", recovery_copy),
    ("Responders", responders),
    ("Hours", hours),
    ("Crisis lines", crisis_lines),
    ("Safety policy", policy),
    ("Backup target", backup_target),
    ("Test mail", test_mail),
]
