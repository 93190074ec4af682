"""The steps of `waymark init` that are about danger: crisis lines, and the signed policy."""

from datetime import timedelta
from typing import Any

import click

from waymark.interfaces.cli.owner import asking
from waymark.interfaces.cli.owner.asking import ask
from waymark.interfaces.cli.owner.setting_up import THERE, the_boss, the_clinic
from waymark.interfaces.endpoint import now
from waymark.library.line import Line
from waymark.library.region import called
from waymark.record.people import actions
from waymark.record.people.queries import duties_of, staff_of
from waymark.record.safety import actions as safety
from waymark.record.safety.prerequisites import known_lines, policy_of
from waymark.record.safety.queries import outside_backup
from waymark.record.tenancy.days import day_of

USUAL = {"review": 1, "same-day": 4, "urgent": 15, "known": 0}
ASKED = {
    "review": "Review: within how many working days",
    "same-day": "Same day: within how many working hours",
    "urgent": "Urgent: within how many minutes of opening time",
    "known": "The same answer again: for how many days an assessment holds (0: never)",
}


def crisis_lines() -> str:
    """Show what clients will see; then ask of each line whether somebody here made sure."""
    held = known_lines(the_clinic())
    if any(one.confirmed_at for one in held):
        return THERE
    click.echo(f"\nCrisis lines of the region: {called(the_clinic().region)}")
    click.echo(
        "Look at the source of each, or call it and say that it is a test. Never call the number "
        "of the emergency services to try it. A wrong number costs more than a missing one."
    )
    _ask_of("Clients see these. Their source was seen:", [one.line for one in held if one.shown])
    hidden = [one.line for one in held if not one.shown]
    _ask_of("These stay hidden until you made sure:", hidden)
    return "" if any(one.confirmed_at for one in known_lines(the_clinic())) else THERE


def _ask_of(words: str, lines: list[Line]) -> None:
    if lines:
        click.echo(f"  {words}")
    for line in lines:
        ways = ", ".join(f"{way.by} {way.value}" for way in line.channels)
        click.echo(f"  - {line.name}: {ways}. {line.source}")
        if click.confirm(f"    {_sure(line)}", default=False):
            hours = "" if line.hours else ask("  When does it answer", asking.filled)
            actions.confirm_line(the_clinic(), line=line.id, hours=hours, by=the_boss(), at=now())


def _sure(line: Line) -> str:
    if line.emergency:
        return "Did you read at its source that this is the number?"
    return "Did you make sure that it answers?"


def policy() -> str:
    """The times within which somebody looks, signed for a year; and who stands in from outside."""
    signed = policy_of(the_clinic())
    if signed and not _backup_is_missing():
        return THERE
    click.echo("\nThe safety policy: how soon somebody looks at an answer that tells of danger")
    given: dict[str, Any] = (
        {"timers": signed.timers, "review_on": signed.review_on} if signed else _times()
    )
    outside = ""
    if _backup_is_missing() and _licensed() == 1:
        click.echo(
            "  One licensed person works here. A colleague outside can be the backup: when a"
        )
        click.echo(
            "  concern is closed and nobody was reached, they are told so, without any content."
        )
        outside = ask("Their e-mail (empty: later)", _email_or_nothing, default="")
    if signed and not outside:
        return THERE
    safety.sign_policy(the_clinic(), **given, outside_backup=outside, by=the_boss(), at=now())
    return ""


def _times() -> dict[str, Any]:
    for name, words in ASKED.items():
        click.echo(f"  {words}: {USUAL[name]}")
    timers = USUAL
    if not click.confirm("  Sign it with these times?", default=True):
        timers = {
            name: ask(words, asking.within(*safety.TIMERS[name]), default=str(USUAL[name]))
            for name, words in ASKED.items()
        }
    today = day_of(now(), zone=the_clinic().zone)
    last = today + safety.LONGEST_REVIEW - timedelta(days=2)
    look = asking.day_between(today + timedelta(days=1), last)
    return {"timers": timers, "review_on": ask("Look at it again on", look, default=str(last))}


def _licensed() -> int:
    return len({one.account for one in staff_of(the_boss()) if one.licensed and one.active})


def _backup_is_missing() -> bool:
    signed = policy_of(the_clinic())
    outside = bool(signed and outside_backup(signed.pk))
    return "backup" not in duties_of(the_clinic()) and not outside


def _email_or_nothing(typed: str) -> str:
    return asking.email(typed) if typed.strip() else ""
