"""Fixtures of the record's tests: rows that are really committed, and a record on disk."""

import pytest
from django.db import connections

from tests import cast as people
from tests.needed import left_to_postgresql


@pytest.fixture
def committed(transactional_db: None, fresh_keys: None) -> people.Cast:
    """The Lakeside clinic in committed rows, for tests of transactions and of several threads."""
    return people.lakeside()


@pytest.fixture
def on_postgres(request: pytest.FixtureRequest) -> None:
    """Leave out, with the reason, what only PostgreSQL can show."""
    if connections["default"].vendor != "postgresql":
        left_to_postgresql(request.path)
