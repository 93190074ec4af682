"""Choosing a time zone: what is offered, in which order, and that nothing stored is lost."""

from datetime import UTC, datetime

import pytest

from waymark.interfaces.clinic.settings.forms import LetterheadForm
from waymark.interfaces.portal.more.forms import PreferencesForm
from waymark.interfaces.ui import zones


@pytest.fixture(autouse=True)
def at_nine_in_the_evening_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zones.timezone, "now", lambda: datetime(2026, 3, 3, 21, 5, tzinfo=UTC))


@pytest.mark.parametrize("kind", [PreferencesForm, LetterheadForm])
def test_the_usual_ones_stand_first_with_the_time_there(kind: type) -> None:
    html = str(kind(initial={"zone": "America/Chicago"})["zone"])
    assert html.index("Eastern time (New York), now 4:05 PM") < html.index('label="The Americas"')
    assert '<option value="America/Chicago" selected>Central time (Chicago), now 3:05 PM' in html
    assert html.count("selected") == 1
    assert '<option value="Europe/Berlin">Berlin</option>' in html
    assert "US/Central" not in html


@pytest.mark.parametrize("kept", ["US/Central", "Europe/Berlin", "UTC"])
def test_what_is_stored_now_stays_chosen_and_valid(kept: str) -> None:
    html = str(PreferencesForm(initial={"zone": kept})["zone"])
    assert html.count(f'value="{kept}"') == 1
    assert f'value="{kept}" selected' in html
    bound = PreferencesForm({"zone": kept})
    bound.is_valid()
    assert "zone" not in bound.errors
    wrong = PreferencesForm({"zone": "Mars/Olympus"})
    wrong.is_valid()
    assert "zone" in wrong.errors
