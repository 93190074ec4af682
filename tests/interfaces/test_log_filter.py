"""What the log leaves out: requests, the arguments of errors, and every way in."""

import logging
import sys
from uuid import UUID

import pytest

from waymark.interfaces.errors import WithoutBodies

RESET = f"/account/reset/{UUID(int=7)}/"


def written(message: str, *values: object, error: Exception | None = None) -> str:
    """The line as the product's handler writes it."""
    trouble = (type(error), error, None) if error else None
    line = logging.LogRecord("django.request", 30, __file__, 1, message, values, trouble)
    line.__dict__["request"] = "what somebody sent"
    assert WithoutBodies().filter(line)
    assert not hasattr(line, "request")
    return logging.Formatter().format(line)


@pytest.mark.parametrize(
    ("path", "left"),
    [
        ("/join/kYt3-Secret_Token/", "/join/-/"),
        ("/join/staff/kYt3-Secret_Token/", "/join/staff/-/"),
        (f"{RESET}kYt3-Secret_Token/", f"{RESET}-/"),
        ("/join/", "/join/"),
        ("/join/staff/", "/join/staff/"),
        ("/me/answers/", "/me/answers/"),
    ],
)
def test_a_way_in_is_left_out(path: str, left: str) -> None:
    assert written("%s: %s", "Not Found", path) == f"Not Found: {left}"


def test_of_an_error_its_kind_alone_is_written() -> None:
    line = written("Internal Server Error: %s", "/me/", error=ValueError("about Ana"))
    assert line == "Internal Server Error: /me/ (ValueError)"


def test_a_percent_sign_in_a_path_breaks_nothing() -> None:
    assert written("%s", "/join/a%20token%s/ 100%") == "/join/-/ 100%"
    assert sys.exc_info() == (None, None, None)
