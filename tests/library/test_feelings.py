"""Thirty-two feeling words, eight a quarter, and twelve parts of the body, head to feet."""

import pytest

from waymark.library.bodyregion import BODY_REGIONS
from waymark.library.feeling import QUARTER_WORDS, Quarter
from waymark.library.feelings import FEELINGS, in_quarter

# Ids are stored with what was chosen: none is ever taken out.
WORDS = {
    Quarter.UNPLEASANT_HIGH: "worried scared angry frustrated tense overwhelmed restless jealous",
    Quarter.UNPLEASANT_LOW: "sad lonely tired numb ashamed guilty hurt discouraged",
    Quarter.PLEASANT_HIGH: "glad excited proud hopeful curious playful inspired strong",
    Quarter.PLEASANT_LOW: "calm relieved thankful content safe rested close tender",
}
REGIONS = (
    "head face-and-jaw throat neck-and-shoulders chest upper-back arms-and-hands belly lower-back "
    "hips legs feet"
)


@pytest.mark.parametrize("quarter", Quarter)
def test_a_quarter_has_its_eight_words(quarter: Quarter) -> None:
    assert [one.id for one in in_quarter(quarter)] == WORDS[quarter].split()
    assert len(in_quarter(quarter)) == 8


def test_there_are_thirty_two_and_each_says_what_it_means() -> None:
    assert len(FEELINGS) == 32
    assert len({one.word for one in FEELINGS.values()}) == 32
    assert len({one.meaning for one in FEELINGS.values()}) == 32
    assert all(id == one.id for id, one in FEELINGS.items())
    assert [one.word for one in FEELINGS.values() if one.meaning[-1] != "."] == []


@pytest.mark.parametrize(
    ("quarter", "pleasant", "energetic"),
    [
        (Quarter.PLEASANT_HIGH, True, True),
        (Quarter.PLEASANT_LOW, True, False),
        (Quarter.UNPLEASANT_HIGH, False, True),
        (Quarter.UNPLEASANT_LOW, False, False),
    ],
)
def test_where_a_quarter_stands(quarter: Quarter, pleasant: bool, energetic: bool) -> None:
    assert (quarter.pleasant, quarter.energetic) == (pleasant, energetic)


def test_every_quarter_has_a_name() -> None:
    assert set(QUARTER_WORDS) == set(Quarter)
    assert len(set(QUARTER_WORDS.values())) == 4


def test_twelve_parts_of_the_body_from_head_to_feet() -> None:
    assert [one.id for one in BODY_REGIONS] == REGIONS.split()
    assert len(BODY_REGIONS) == 12
    assert [one.label.lower().replace(" ", "-") for one in BODY_REGIONS] == REGIONS.split()
