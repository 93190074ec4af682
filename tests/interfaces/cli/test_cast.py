"""The people of the demo: nothing that they did lies in the future."""

import pytest
from django.utils import timezone

from tests.cast import looking
from waymark.interfaces.cli.cast import make_clinic
from waymark.record.assessments.models import Response
from waymark.record.episodes.models import Encounter

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def test_no_meeting_and_no_answer_of_the_demo_is_still_to_come(fresh_keys: None) -> None:
    at = timezone.now()
    make_clinic(password="made-up-people-only", at=at)
    with looking():
        assert Encounter.objects.exists()
        assert not Encounter.objects.filter(took_place_at__gt=at).exists()
        assert not Response.objects.filter(submitted_at__gt=at).exists()
