"""Everybody tries the addresses of the room that a guide adds: run in the copy that has it."""

import pytest

from tests.access.matrix import Matrix
from tests.access.people import build

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def test_nobody_but_the_client_gets_in(fresh_keys: None) -> None:
    report = Matrix(build()).run(only={"notes-to-self", "remove-note-to-self"})
    assert report.tried > 500
    assert (report.wrong, report.canaries) == ([], [])
