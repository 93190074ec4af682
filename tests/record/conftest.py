"""Fixtures of the record's tests: rows that are really committed, and a record on disk."""

import pytest
from django.db import connections

from tests import cast as people


@pytest.fixture
def committed(transactional_db: None, fresh_keys: None) -> people.Cast:
    """The Lakeside clinic in committed rows, for tests of transactions and of several threads."""
    return people.lakeside()


@pytest.fixture
def on_postgres() -> None:
    """Leave out, with the reason, what only PostgreSQL can show."""
    if connections["default"].vendor != "postgresql":
        pytest.skip("SQLite has one writer and no wall: this runs on PostgreSQL")
