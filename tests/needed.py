"""What a test needs and a machine may lack: skipped at a desk and said so, red where CI runs."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, NoReturn

import pytest

from tests.postgres import Unavailable

DESK = "this machine lacks it; in CI this is red"


def in_ci() -> bool:
    """Whether this is a run that decides: nothing may be left out of it in silence."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def lacks(what: str) -> NoReturn:
    """End the test that needs ``what``: skipped at a desk, failed in CI."""
    if in_ci():
        pytest.fail(f"needed and absent: {what}", pytrace=False)
    pytest.skip(f"{what} ({DESK})")


@contextmanager
def held(given: AbstractContextManager[Any]) -> Iterator[Any]:
    """What a program of the machine gives, or the end of the test where there is none."""
    try:
        value = given.__enter__()
    except Unavailable as reason:
        lacks(str(reason))
    try:
        yield value
    finally:
        given.__exit__(None, None, None)
