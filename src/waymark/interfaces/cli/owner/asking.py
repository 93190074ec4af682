"""Asking at the terminal: each answer is checked at once, and only a wrong one is asked again."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import click
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from waymark.library import zones
from waymark.library.lines import LINES
from waymark.library.region import by_name, code_of
from waymark.record.people.actions import password_faults
from waymark.record.tenancy.action import Invalid
from waymark.record.tenancy.hours import DAYS

Check = Callable[[str], Any]


def ask(question: str, check: Check = str.strip, *, default: str | None = None) -> Any:
    """The answer as its check returns it; asked until the check takes it."""
    while True:
        try:
            return check(click.prompt(f"  {question}", default=default, show_default=bool(default)))
        except Invalid as error:
            warn(error.message)


def ask_hidden(question: str, check: Check = str, *, twice: bool = False) -> Any:
    """The same for what nobody may read over a shoulder; checked before it is typed again."""
    while True:
        typed = click.prompt(f"  {question}", hide_input=True, default="", show_default=False)
        try:
            answer = check(typed)
        except Invalid as error:
            warn(error.message)
            continue
        if not twice or click.prompt("  The same once more", hide_input=True) == typed:
            return answer
        warn("The two are not the same.")


def warn(words: str) -> None:
    """Say something that the person should not miss."""
    click.secho(f"  {words}", fg="yellow")


# What an answer must be


def filled(typed: str) -> str:
    if not typed.strip():
        raise Invalid("", "This cannot be empty.")
    return typed.strip()


def zone(typed: str) -> str:
    """A zone by its name, its city or "Central time"; what is not clear is proposed."""
    found = zones.meant(typed)
    if len(found) == 1:
        return found[0]
    near = found or zones.like(typed)
    if not near:
        words = "write a city near you, such as Chicago, or a name like America/Chicago."
        raise Invalid("zone", f"{typed!r} is not a time zone that is known; {words}")
    several = "is several" if found else "is not a time zone that is known"
    raise Invalid("zone", f"{typed!r} {several}. Write one of: {', '.join(near)}.")


def region(typed: str) -> str:
    held = {line.region for line in LINES.values() if len(line.region) == 2}
    if code_of(typed) not in held:
        names = ", ".join(f"{name} ({code})" for code, name in by_name(held))
        raise Invalid("region", f"No crisis lines are known for {typed!r}. Known are: {names}.")
    return code_of(typed)


def email(typed: str) -> str:
    try:
        validate_email(typed.strip())
    except ValidationError as error:
        raise Invalid(
            "email", f"{typed!r} is not an e-mail address like me@example.org."
        ) from error
    return typed.strip()


def password(typed: str, *, names: tuple[str, ...]) -> str:
    if fault := password_faults(typed, names=names):
        raise Invalid("password", fault)
    return typed


def clock(typed: str) -> str:
    try:
        return f"{time.fromisoformat(typed.strip().zfill(5)):%H:%M}"
    except ValueError as error:
        raise Invalid("time", f"{typed!r} is not a time; write it like 09:00 or 17:30.") from error


def later_than(opens: str) -> Check:
    def check(typed: str) -> str:
        closes = clock(typed)
        if closes <= opens:
            raise Invalid("time", f"The clinic must close after it opens, at {opens}.")
        return closes

    return check


def days(typed: str) -> list[str]:
    named = typed.lower().replace(",", " ").split()
    if wrong := [day for day in named if day not in DAYS]:
        raise Invalid("days", f"Write the days as {' '.join(DAYS)}; not {wrong[0]}.")
    if not named:
        raise Invalid("days", f"Name at least one day: {' '.join(DAYS)}.")
    return [day for day in DAYS if day in named]


def within(least: int, most: int) -> Check:
    def check(typed: str) -> int:
        if not typed.strip().isdigit() or not least <= int(typed) <= most:
            raise Invalid("number", f"Write a number from {least} to {most}.")
        return int(typed)

    return check


def day_between(first: date, last: date) -> Check:
    def check(typed: str) -> date:
        try:
            found = date.fromisoformat(typed.strip())
        except ValueError as error:
            raise Invalid("day", f"{typed!r} is not a day; write it like {last}.") from error
        if not first <= found <= last:
            raise Invalid("day", f"Choose a day from {first} to {last}.")
        return found

    return check
