"""How numbers, days, periods and moves are said in plain English."""

from datetime import date

from waymark.library.instrument import Better
from waymark.progress.change.reliable_change import CaseLine, ReliableChangeRule, Yardstick
from waymark.progress.course.timeline import At, calendar_day

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def number(value: float) -> str:
    """A score or a size: at most two decimals, and none that say nothing."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def signed(value: float) -> str:
    """A change with its sign."""
    return f"+{number(value)}" if value > 0 else number(value)


def counted(count: float, thing: str) -> str:
    """``1 answer``, ``2 answers``, ``0.5 points``."""
    return f"{number(count)} {thing}" if count == 1 else f"{number(count)} {thing}s"


def day(at: At, *, beside: At | None = None) -> str:
    """``June 2``, with its year where ``beside`` lies in another one; ``session 3``."""
    found = calendar_day(at)
    if found is None:
        return f"session {at}"
    text = f"{MONTHS[found.month - 1]} {found.day}"
    return text if _same_year(found, beside) else f"{text}, {found.year}"


def on(at: At, *, beside: At | None = None) -> str:
    """``on June 2``, ``at session 3``."""
    return f"{_preposition(at)} {day(at, beside=beside)}"


def than(first: At, last: At) -> str:
    """When the start was, as one says it from the end: ``in June``, ``on June 2``."""
    if _same_month(first, last):
        return on(first, beside=last)
    return f"in {since(first, last)}" if calendar_day(first) else on(first)


def since(first: At, last: At) -> str:
    """``June``, ``June 2024``, ``June 2`` within one month, ``session 1``."""
    found = calendar_day(first)
    if found is None or _same_month(first, last):
        return day(first, beside=last)
    month = MONTHS[found.month - 1]
    return month if _same_year(found, last) else f"{month} {found.year}"


def span(first: At, last: At) -> str:
    """``from June 2 to October 13``; one moment is ``on June 2``."""
    if day(first, beside=last) == day(last, beside=first):
        return on(first, beside=last)
    return f"from {day(first, beside=last)} to {day(last, beside=first)}"


def way(change: float) -> str:
    """Which way the figures went."""
    return "lower" if change < 0 else "higher"


def noise(yardstick: Yardstick) -> str:
    """The moves that say nothing: ``of less than 6 points``, ``of up to about 11.35 points``."""
    about = "about " if yardstick.about else ""
    size = f"{about}{counted(yardstick.threshold, 'point')}"
    return (
        f"of less than {size}"
        if yardstick.rule is ReliableChangeRule.PUBLISHED
        else f"of up to {size}"
    )


def beyond(line: CaseLine, *, better: Better) -> str:
    """The good side of a case line: ``under 10``, ``over 50``."""
    return f"{'under' if better is Better.LOWER else 'over'} {number(line.value)}"


def _preposition(at: At) -> str:
    return "on" if calendar_day(at) else "at"


def _same_year(found: date, other: At | None) -> bool:
    beside = None if other is None else calendar_day(other)
    return beside is None or beside.year == found.year


def _same_month(first: At, last: At) -> bool:
    start, end = calendar_day(first), calendar_day(last)
    return bool(start and end and (start.year, start.month) == (end.year, end.month))
