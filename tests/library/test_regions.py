"""Names of regions: what people call them, and what they mean when they write one."""

import pytest

from waymark.library import region
from waymark.library.instruments import INSTRUMENTS


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("us", "US"),
        ("the United Kingdom", "GB"),
        ("  ireland ", "IE"),
        ("ANYWHERE IN THE WORLD", "ANY"),
        ("atlantis", "ATLANTIS"),
    ],
)
def test_a_code_or_a_name_in_any_letters(typed: str, code: str) -> None:
    assert region.code_of(typed) == code


def test_a_region_without_a_name_is_called_by_its_code() -> None:
    assert [region.called(code) for code in ("NZ", "XX")] == ["New Zealand", "XX"]


def test_a_list_of_regions_stands_in_the_order_of_their_names() -> None:
    assert region.by_name({"US", "AU", "GB"}) == [
        ("AU", "Australia"),
        ("GB", "United Kingdom"),
        ("US", "United States"),
    ]


def test_an_instrument_says_what_it_is_about_and_who_asks_it() -> None:
    """The PHQ-9 names a stretch of time; the C-SSRS is asked by a person."""
    assert INSTRUMENTS["phq-9"].about == "about the last 2 weeks"
    asked = {id for id, one in INSTRUMENTS.items() if one.asked_by_a_person}
    assert asked == {"c-ssrs"}
