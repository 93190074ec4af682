"""Turns crisis lines of the library into what the crisis card shows."""

from collections.abc import Iterable
from typing import Any

from waymark.library.line import By, Channel, Line


def crisis_lines(lines: Iterable[Line]) -> dict[str, Any]:
    """`lines_shown`, the lines of crisis_card.html; `emergency`, the number for danger right now.

    Shows what it is given, in its order: that a source was seen is for the caller to decide.
    """
    held = list(lines)
    urgent = (_first(line, By.CALL) for line in held if line.emergency)
    return {
        "lines_shown": [_entry(line) for line in held if not line.emergency],
        "emergency": next((channel.value for channel in urgent if channel), None),
    }


def _entry(line: Line) -> dict[str, str]:
    call, text, chat = (_first(line, by) for by in (By.CALL, By.TEXT, By.CHAT))
    return {
        "name": line.name,
        "call": call.value if call else "",
        "call_word": call.words if call else "",
        "text": text.value if text else "",
        "text_word": text.words if text else "",
        "chat": chat.href if chat else "",
        "hours": line.hours,
        "note": line.note,
    }


def _first(line: Line, by: By) -> Channel | None:
    return next((channel for channel in line.channels if channel.by is by), None)
