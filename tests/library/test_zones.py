"""Time zones as people look for them."""

from zoneinfo import available_timezones

import pytest

from waymark.library import zones


def test_no_old_alias_is_offered_and_every_zone_can_be_used() -> None:
    held = zones.canonical()
    assert held <= available_timezones()
    assert set(zones.USUAL) <= held
    assert not held & {"US/Central", "Asia/Calcutta", "America/Indianapolis", "UTC", "EST"}
    assert {"Asia/Kolkata", "America/Indiana/Indianapolis", "Europe/Oslo"} <= held


def test_every_zone_stands_once_below_a_part_of_the_world() -> None:
    listed = [zone for _area, held in zones.by_area() for zone in held]
    assert sorted([*listed, *zones.USUAL]) == sorted(zones.canonical())


def test_two_zones_of_one_area_are_never_called_the_same() -> None:
    for area, held in zones.by_area():
        assert len({zones.place_of(zone) for zone in held}) == len(held), area


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Chicago", "America/Chicago"),
        ("  new york ", "America/New_York"),
        ("central time", "America/Chicago"),
        ("Pacific", "America/Los_Angeles"),
        ("america/denver", "America/Denver"),
        ("Knox, Indiana", "America/Indiana/Knox"),
        ("US/Central", "US/Central"),
        ("Asia/Tokyo", "Asia/Tokyo"),
    ],
)
def test_a_city_or_a_plain_name_is_understood(typed: str, zone: str) -> None:
    assert zones.meant(typed) == [zone]


@pytest.mark.parametrize(("typed", "near"), [("Chicgo", "America/Chicago"), ("San", "America/San")])
def test_what_is_not_clear_is_proposed(typed: str, near: str) -> None:
    assert zones.meant(typed) == []
    assert any(zone.startswith(near) or "/San_" in zone for zone in zones.like(typed))
    assert len(zones.like(typed)) <= zones.MOST_PROPOSED


def test_without_the_table_it_still_offers_the_parts_of_the_world(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def gone(_package: str) -> None:
        raise ModuleNotFoundError

    zones.canonical.cache_clear()
    monkeypatch.setattr(zones, "files", gone)
    try:
        assert "America/Chicago" in zones.canonical()
        assert "US/Central" not in zones.canonical()
    finally:
        zones.canonical.cache_clear()
