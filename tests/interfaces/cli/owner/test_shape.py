"""Tables of another version: older ones wait for `upgrade`, newer ones for the newer version."""

import click
import pytest
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from waymark.interfaces.cli.owner import shape

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
TOMORROW = "0099_of_tomorrow"


@pytest.mark.parametrize("using", ["default", "keyring"])
def test_a_change_that_this_version_does_not_know_is_named(using: str) -> None:
    assert shape.newer() == []
    app = "people" if using == "default" else "vault"
    MigrationRecorder(connections[using]).record_applied(app, TOMORROW)
    assert shape.newer() == [f"{app}.{TOMORROW}"]


def test_nothing_is_changed_of_tables_of_tomorrow(fresh_keys: None) -> None:
    MigrationRecorder(connections["default"]).record_applied("people", TOMORROW)
    with pytest.raises(click.ClickException, match="Install that version again"):
        shape.fits()


def test_an_app_that_is_not_part_of_it_any_more_makes_no_table_newer() -> None:
    """A library that one version used and the next one does not leaves its lines behind."""
    MigrationRecorder(connections["default"]).record_applied("a_library_of_before", "0001_initial")
    assert shape.newer() == []
