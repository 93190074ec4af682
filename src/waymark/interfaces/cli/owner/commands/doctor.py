"""`waymark doctor`: say what is missing before clients can come."""

import json
import sys
from dataclasses import asdict, dataclass
from datetime import datetime

import click


@dataclass(frozen=True, slots=True)
class Answer:
    """One question of the doctor, as text and JSON show it."""

    name: str
    well: bool
    remedy: str
    refuses: bool = False  # nothing is served like this


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--clock-is-right", is_flag=True, help="After a jump: the time here is right.")
def doctor(form: str, clock_is_right: bool) -> None:
    """Look at everything a clinic needs. Ends with 1 while something is missing."""
    from waymark.interfaces.cli.owner import portal

    portal.start()
    from waymark.interfaces.endpoint import now

    if clock_is_right:
        _believe_the_clock(at=now())
    answers = examine(at=now())
    if form == "json":
        click.echo(json.dumps([asdict(answer) for answer in answers], indent=2))
    else:
        tell(answers)
    sys.exit(0 if all(answer.well for answer in answers) else 1)


def _believe_the_clock(*, at: datetime) -> None:
    """The owner looked at another clock; the worker goes on from here."""
    from waymark.record.outbox.actions import believe

    believe(at=at)
    click.echo(f"Taken for right: {at:%A, %B %-d, %Y, %H:%M} UTC.", err=True)


def examine(*, at: datetime) -> list[Answer]:
    """Ask about the machine, then about the clinic; a machine that is not well comes first."""
    from waymark.interfaces.cli.owner.checks import deployment

    found = deployment(logs=True)
    troubles = [Answer(one.what, False, one.remedy, refuses=one.refuses) for one in found]
    if troubles:
        return troubles
    return [Answer("The machine", True, ""), *_clinic(at)]


def _clinic(at: datetime) -> list[Answer]:
    from waymark.interfaces.missing import asked
    from waymark.record.people.queries import all_clinics

    clinics = all_clinics()
    if not clinics:
        return [Answer("A clinic", False, "Run `waymark init`: it takes you there step by step.")]
    return [
        Answer(one.name, one.holds, "" if one.holds else one.remedy)
        for clinic in clinics
        for one in asked(clinic, at=at)
    ]


def tell(answers: list[Answer]) -> None:
    """Print every answer, then the verdict."""
    for answer in answers:
        mark = "ok     " if answer.well else "missing"
        click.echo(f"  {mark}  {answer.name}{f': {answer.remedy}' if answer.remedy else ''}")
    missing = sum(not answer.well for answer in answers)
    click.echo("\nReady for clients." if not missing else f"\nNot ready yet: {missing} missing.")
