"""Fixtures of the record's tests: rows that are really committed, and a record on disk."""

import pytest
from django.db import connections
from django.db.models.signals import post_migrate

from tests import cast as people


@pytest.fixture(scope="session", autouse=True)
def _wall_stands(django_db_setup: None) -> None:
    """Emptying tables between tests is no migration, and only the tables' owner raises walls."""
    post_migrate.disconnect(dispatch_uid="tenant-wall")


@pytest.fixture
def committed(transactional_db: None, fresh_keys: None) -> people.Cast:
    """The Lakeside clinic in committed rows, for tests of transactions and of several threads."""
    return people.lakeside()


@pytest.fixture
def on_postgres() -> None:
    """Leave out, with the reason, what only PostgreSQL can show."""
    if connections["default"].vendor != "postgresql":
        pytest.skip("SQLite has one writer and no wall: this runs on PostgreSQL")
