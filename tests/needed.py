"""What a test needs and a machine may lack: skipped at a desk and said so, red where CI runs.

The one place of the tests that skips or leaves out (tests/house/test_skips.py holds it to that).
Three kinds may be missing:

a program   (PostgreSQL, Chromium, Java, nginx, pgbouncer): `lacks`, `held`, `unless`
a database  that the other half of `make test` runs on: `left_to_postgresql`
reference   people's own scores, which lie beside the checkout and may not be copied into it:
            `beside` names the test that holds the same with values that may, and always runs;
            the comparison itself runs where the data lie, and in `make assurance` nowhere else
            is good enough
"""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests.postgres import FOLDERS, Unavailable

DESK = "this machine lacks it; in CI this is red"
ROOT = Path(__file__).parents[1]
REFERENCE = ROOT.parent / "shared" / "data"


def in_ci() -> bool:
    """Whether this is a run that decides: nothing may be left out of it in silence."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def in_full() -> bool:
    """Whether this is `make assurance`: everything, at its full size."""
    return bool(os.environ.get("WAYMARK_FULL"))


def lacks(what: str) -> NoReturn:
    """End the test that needs ``what``: skipped at a desk, failed in CI."""
    if in_ci():
        pytest.fail(f"needed and absent: {what}", pytrace=False)
    pytest.skip(f"{what} ({DESK})")


def unless(there: bool, what: str) -> pytest.MarkDecorator:
    """For whole files of tests: skipped at a desk without ``what``; in CI they run, and fail."""
    return pytest.mark.skipif(not there and not in_ci(), reason=f"{what} ({DESK})")


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


def left_to_postgresql(file: Path) -> NoReturn:
    """Leave a test of the wall, or of two writers, to the half of `make test` on PostgreSQL.

    That half is red in CI where it cannot run. A file outside its folders would run nowhere.
    """
    inside = file.resolve().relative_to(ROOT)
    if not any(inside.is_relative_to(folder) for folder in FOLDERS):
        pytest.fail(f"{inside} is in none of {FOLDERS}: on PostgreSQL nobody runs it")
    pytest.skip("SQLite has one writer and no wall: this runs on PostgreSQL")


def beside(*files: str, instead: str) -> pytest.MarkDecorator:
    """For a comparison with people who may not be copied; ``instead`` names what always runs."""
    return pytest.mark.beside(*files, instead=instead)


def sorted_out(items: list[pytest.Item]) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """Those to run, and those whose people do not lie beside this checkout.

    In `make assurance` none is left out: `must_lie_beside` fails them.
    """
    left = [] if in_full() else [item for item in items if absent(item)]
    return [item for item in items if item not in left], left


def absent(item: pytest.Item) -> list[str]:
    mark = item.get_closest_marker("beside")
    return [name for name in mark.args if not (REFERENCE / name).exists()] if mark else []


def must_lie_beside(item: pytest.Item) -> None:
    """Called before each test: a comparison that came this far has its people, or fails."""
    if names := absent(item):
        pytest.fail(f"needed and absent: {', '.join(names)} in {REFERENCE}", pytrace=False)
