"""The listener hears what tells, in any of its forms, and lets the rest pass (figure F8)."""

import logging

import pytest

from tests.quiet_logs import LISTENER, expected

log = logging.getLogger("waymark.anything")


@pytest.mark.parametrize(
    "words",
    ["Ana was here", "sent to ben@clinic.example", "ana-at-home", "312 555 0143", "canary1"],
)
def test_a_line_that_tells_is_heard(words: str) -> None:
    with expected() as lines:
        log.debug("something about %s", words)
    assert lines == [f"DEBUG waymark.anything something about {words}"]


def test_an_error_is_heard_without_what_it_says() -> None:
    """The product's own filter takes it out; the listener hears what is really written."""
    before = LISTENER.heard
    try:
        raise RuntimeError("could not save Ana")
    except RuntimeError:
        log.exception("a page broke")
    assert LISTENER.heard == before + 1


@pytest.mark.parametrize("words", ["an analysis", "/me/progress/", "Elisabeth", "clinic 4f1c"])
def test_a_line_that_tells_nothing_passes(words: str) -> None:
    before = LISTENER.heard
    log.debug("something about %s", words)
    assert LISTENER.heard == before + 1


def test_a_statement_of_the_framework_is_heard_too() -> None:
    with expected() as lines:
        logging.getLogger("django.db.backends").debug("SELECT %s", "Zoe")
    assert len(lines) == 1
