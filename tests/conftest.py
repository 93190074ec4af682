"""Fixtures that every test may use: the cast, and a watch for tests that read sealed values."""

from collections.abc import Iterator

import pytest

from tests import cast as people


@pytest.fixture
def lakeside(db_all: None) -> people.Cast:
    """The Lakeside clinic."""
    return people.lakeside()


@pytest.fixture
def db_all(db: None, transactional_keyring: None) -> None:
    """Both databases: the record's and the keyring's."""


@pytest.fixture
def transactional_keyring() -> Iterator[None]:
    """Opened keys are dropped after each test, for their rows are rolled back."""
    from waymark.record.vault import keyring

    keyring.forget()
    yield
    keyring.forget()


@pytest.fixture
def watched() -> Iterator[set]:
    """Sealed values may be opened in the test's own words."""
    from waymark.record.vault.openings import watch

    with watch() as opened:
        yield opened
