"""Fixtures that every test may use: both databases, the cast, a watch for sealed values."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser

from tests import cast as people
from tests import needed, quiet_logs
from tests.chromium import launched
from tests.postgres import APP, OWNER
from tests.snapshot import Snapshot

LAKESIDE = Snapshot(people.lakeside)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items[:], left = needed.sorted_out(items)
    config.hook.pytest_deselected(items=left)


def pytest_runtest_setup(item: pytest.Item) -> None:
    needed.must_lie_beside(item)


@pytest.fixture(scope="session", autouse=True)
def _log_at_debug() -> None:
    quiet_logs.begin()


@pytest.fixture(autouse=True)
def _log_names_nobody(_log_at_debug: None) -> Iterator[None]:
    yield
    quiet_logs.fail_if_told()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Keep pytest-django's own suffixes for parallel runs."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """On PostgreSQL: the owner makes the tables, the tests use a role that owns nothing."""
    connection = connections["default"]
    if connection.vendor != "postgresql":
        yield
        return
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            for kind in ("TABLES", "SEQUENCES"):
                cursor.execute(f"GRANT ALL ON ALL {kind} IN SCHEMA public TO {APP}")
        connection.close()
        connection.settings_dict["USER"] = APP
        yield
        connection.close()
        connection.settings_dict["USER"] = OWNER


@pytest.fixture
def lakeside(db: None, fresh_keys: None) -> people.Cast:
    """The Lakeside clinic. A test that uses it is marked with both databases."""
    return LAKESIDE()


@pytest.fixture
def fresh_keys() -> Iterator[None]:
    """Opened keys are dropped before and after a test, for their rows are rolled back."""
    from waymark.record.vault import keyring

    keyring.forget()
    yield
    keyring.forget()


@pytest.fixture
def watched(db: None) -> Iterator[set]:
    """A test reads in its own words: seals open, and on PostgreSQL the wall is open too.

    The wall itself is tried in `tests/record/tenancy/test_row_security.py`.
    """
    from waymark.record.tenancy.row_security import across_clinics
    from waymark.record.vault.openings import audited_reads

    with across_clinics(), audited_reads() as seen:
        yield seen


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A real browser for one file of tests; no other test of the worker meets its event loop."""
    with launched() as browser:
        yield browser
