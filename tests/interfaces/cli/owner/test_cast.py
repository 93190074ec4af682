"""The people of the demo: whole at whatever hour it is made, and nothing lies in the future."""

from datetime import UTC, datetime

import pytest

from tests.cast import looking
from waymark.interfaces.cli.owner.demo_data import PEOPLE, make_clinic
from waymark.record.assessments.models import Administration, Response
from waymark.record.episodes.models import Encounter

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
GIVEN = sum(len(one.phq) + len(one.gad) for one in PEOPLE)


@pytest.mark.parametrize("hour", [1, 4, 8, 10, 12, 14, 16, 20])
def test_the_demo_is_whole_at_every_hour_of_the_day(fresh_keys: None, hour: int) -> None:
    """Where its clients live it is six hours earlier: evening, night, morning and noon."""
    at = datetime(2026, 11, 26, hour, 7, tzinfo=UTC)
    make_clinic(password="made-up-people-only", at=at)
    with looking():
        assert Response.objects.count() == GIVEN
        assert not Encounter.objects.filter(took_place_at__gt=at).exists()
        assert not Response.objects.filter(submitted_at__gt=at).exists()
        answered = Response.objects.values("patient")
        waiting = Administration.objects.filter(state="due").exclude(patient__in=answered)
        assert {one.instrument for one in waiting} == {"phq-9", "gad-7"}  # Quinn's, at once
