"""Fixtures of the tests about people: two clinics in one database."""

import pytest

from tests.cast import Cast
from tests.record.steps import answer, phq9, riverside


@pytest.fixture
def two(committed: Cast, on_postgres: None) -> tuple[Cast, Cast]:
    """Lakeside and Riverside, in committed rows; Ana of Lakeside answered with danger."""
    other = riverside()
    answer(committed, "ana", phq9(q9=1))
    return committed, other
