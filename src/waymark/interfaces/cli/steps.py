"""The steps of `waymark init`. Each looks first whether its answer is there already."""

from collections.abc import Callable
from datetime import date

import click
from django.conf import settings

from waymark.access.vocabulary import Role, Viewer, system
from waymark.interfaces.cli.second_factor import enroll
from waymark.interfaces.cli.settings_file import write_settings
from waymark.interfaces.endpoint import now
from waymark.interfaces.jobs.mail import send_waiting
from waymark.library.lines import LINES
from waymark.record.people import actions
from waymark.record.people.conduct import Clinic, Invalid
from waymark.record.people.hours import DAYS
from waymark.record.people.queries import (
    account,
    all_clinics,
    duties_of,
    membership_of,
    proofs_of,
    staff_of,
    viewer_of,
)
from waymark.record.safety.readiness import lines_of

THERE = "there"


def the_clinic() -> Clinic:
    return all_clinics()[0]


def the_boss() -> Viewer:
    """The first administrator, who answers for this set-up."""
    staff = staff_of(system(the_clinic().pk))
    return viewer_of(next(one.account for one in staff if one.role is Role.ADMINISTRATOR))


def name_and_zone() -> str:
    if all_clinics():
        return THERE
    click.echo("\nYour clinic")
    actions.found_clinic(
        name=click.prompt("  Name"),
        zone=click.prompt("  Time zone", default="America/Chicago"),
        region=click.prompt("  Country, as two letters", default="US").upper(),
        at=now(),
    )
    return ""


def first_administrator() -> str:
    clinic = the_clinic()
    if any(one.role is Role.ADMINISTRATOR for one in staff_of(system(clinic.pk))):
        return THERE
    click.echo("\nYou, the first administrator")
    name, email = click.prompt("  Your name"), click.prompt("  Your e-mail, to sign in with")
    treats = click.confirm("  Do you treat clients yourself?", default=True)
    licensed = treats and click.confirm("  Are you licensed to?", default=True)
    password = click.prompt(
        "  A password (12 signs or more)", hide_input=True, confirmation_prompt=True
    )
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
    if clinic.address:
        return THERE
    click.echo("\nThe address that clients' phones reach (https://…; empty: this machine only)")
    wanted = click.prompt("  Address", default="http://127.0.0.1:8000")
    to = actions.Letterhead(clinic.name, clinic.zone, clinic.region, clinic.phone, wanted)
    actions.settle(clinic, to=to, by=the_boss(), at=now())
    write_settings(address=wanted.rstrip("/"), hosts=wanted.split("://")[-1].split(":")[0])
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
    opens = click.prompt("  From", default="09:00")
    closes = click.prompt("  To", default="17:00")
    days = click.prompt("  On", default="mon tue wed thu fri").split()
    if wrong := [day for day in days if day not in DAYS]:
        raise Invalid("days", f"Write the days as {' '.join(DAYS)}; not {wrong[0]}.")
    words = click.prompt(
        "  What a client can do when you are closed",
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


def crisis_lines() -> str:
    clinic = the_clinic()
    if lines_of(clinic):
        return THERE
    held = [line for line in LINES.values() if line.region == clinic.region]
    click.echo("\nCrisis lines. Call or look up each one; only a confirmed one is shown.")
    for line in held:
        ways = ", ".join(f"{way.by} {way.value}" for way in line.channels)
        if click.confirm(f"  {line.name} ({ways}): did you make sure that it answers?"):
            actions.confirm_line(clinic, line=line.id, by=the_boss(), at=now())
    return ""


def backup_target() -> str:
    if "backup-target" in proofs_of(the_clinic()):
        return THERE
    click.echo("\nWhere backups go: a folder on another disk or machine")
    folder = click.prompt("  Folder (empty: later)", default="", show_default=False)
    if not folder:
        return THERE
    actions.set_backup_target(the_clinic(), folder=folder, by=the_boss(), at=now())
    write_settings(backup_target=folder)
    return ""


def test_mail() -> str:
    if "test-mail" in proofs_of(the_clinic()):
        return THERE
    click.echo("\nA test mail. It goes through the mail server of your settings.")
    server = click.prompt("  Mail server (empty: later)", default="", show_default=False)
    if not server:
        return THERE
    port = click.prompt("  Port", default=587, type=int)
    sender = click.prompt("  Sender", default=f"portal@{server.split('.', 1)[-1]}")
    write_settings(smtp_host=server, smtp_port=port, mail_from=sender)
    settings.EMAIL_HOST, settings.EMAIL_PORT = server, port
    settings.DEFAULT_FROM_EMAIL = sender
    actions.send_test_mail(the_clinic(), by=the_boss(), at=now())
    if not send_waiting(at=now()):
        raise Invalid("server", f"{server}:{port} did not take the message. Try another one.")
    if click.confirm("  Did it arrive? Look in your mail"):
        actions.confirm_test_mail(the_clinic(), by=the_boss(), at=now())
    return ""


STEPS: list[tuple[str, Callable[[], str]]] = [
    ("Clinic", name_and_zone),
    ("First administrator", first_administrator),
    ("Second factor", second_factor),
    ("Address", address),
    ("Recovery copy", recovery_copy),
    ("Responders", responders),
    ("Hours", hours),
    ("Crisis lines", crisis_lines),
    ("Backup target", backup_target),
    ("Test mail", test_mail),
]
