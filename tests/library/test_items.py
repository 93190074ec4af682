"""Check-in items: what each asks, its names, the first set, versions, and words that stay."""

import hashlib
import json
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from waymark.library.instrument import Better
from waymark.library.item import (
    DOMAINS,
    MOST_AT_FIRST,
    TOP,
    CheckInItem,
    Domain,
    Kind,
    When,
    asked_at_first,
    named,
)
from waymark.library.items import ITEMS

PINNED = tomllib.loads((Path(__file__).parent / "item_wording.toml").read_text())
NAMES = {Kind.NUMBER: 2, Kind.SKILLS: 2}
"""How many names a kind has, where it is not one for each answer."""

every_item = pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)


def test_the_seventeen_items_are_there() -> None:
    assert set(ITEMS) == {
        *("react-duration", "react-intensity", "pause", "thought-distance", "allow-feeling"),
        *("body-signal", "boundary", "reframe", "self-kind", "sleep-rest", "coping-use", "mood"),
        *("worry", "hard-talk", "pattern-seen", "handled-vs-month", "connected"),
    }


@every_item
def test_an_item_says_what_it_asks_why_and_what_lies_near(item: CheckInItem) -> None:
    assert item.version == 1
    assert item.words.endswith("?")
    assert all((item.short, item.about, item.source))
    assert item.source.endswith("The words are Waymark's own.")
    assert "\n" not in item.words + item.about
    assert item.domain in DOMAINS


@every_item
def test_every_step_of_a_scale_has_a_name_of_its_own(item: CheckInItem) -> None:
    assert len(item.steps) == NAMES.get(item.kind, TOP[item.kind] + 1)
    assert len(set(item.steps)) == len(item.steps)
    assert all(item.steps)
    labels = [item.label_of(value) for value in range(TOP[item.kind] + 1)]
    assert len(set(labels)) == len(labels)


@every_item
def test_words_fit_yesterday_too(item: CheckInItem) -> None:
    """One day may be filled in on the next: words that say "today" would ask about another one."""
    said = f"{item.words} {item.no_occasion} {' '.join(item.steps)}".lower()
    assert "today" not in said
    assert "yesterday" not in said


@every_item
def test_no_item_asks_about_danger_and_none_is_called_a_score(item: CheckInItem) -> None:
    said = f"{item.words} {item.about} {item.short}".lower()
    assert not any(word in said for word in ("suicid", "harm", "die", "score", "normal"))


@pytest.mark.parametrize(
    ("ids", "better"),
    [
        (("react-duration", "react-intensity", "worry", "handled-vs-month"), Better.LOWER),
        (("pause", "thought-distance", "allow-feeling", "body-signal", "boundary"), Better.HIGHER),
        (("reframe", "self-kind", "sleep-rest", "coping-use", "mood"), Better.HIGHER),
        (("hard-talk", "pattern-seen", "connected"), Better.HIGHER),
    ],
)
def test_which_end_is_easier(ids: tuple[str, ...], better: Better) -> None:
    assert {ITEMS[id].better for id in ids} == {better}


@pytest.mark.parametrize(
    ("kind", "ids"),
    [
        (Kind.DURATION, {"react-duration"}),
        (Kind.NUMBER, {"react-intensity", "mood", "worry"}),
        (Kind.DEGREE, {"allow-feeling", "self-kind", "sleep-rest", "connected"}),
        (Kind.SKILLS, {"coping-use"}),
        (Kind.COMPARED, {"handled-vs-month"}),
        (
            Kind.YES_NO,
            {
                *("pause", "thought-distance", "body-signal", "boundary", "reframe"),
                *("hard-talk", "pattern-seen"),
            },
        ),
    ],
)
def test_how_each_is_answered(kind: Kind, ids: set[str]) -> None:
    assert {id for id, item in ITEMS.items() if item.kind is kind} == ids


def test_when_each_is_asked() -> None:
    weekly = {id for id, item in ITEMS.items() if item.when is When.WEEKLY}
    assert weekly == {"hard-talk", "pattern-seen", "handled-vs-month", "connected"}
    assert {id for id, item in ITEMS.items() if item.when is When.MORNING} == {"sleep-rest"}


def test_an_occasion_may_be_missing_where_one_is_needed() -> None:
    """Every yes or no, and two more; what follows an upset needs one too."""
    third = {id for id, item in ITEMS.items() if item.no_occasion}
    yes_no = {id for id, item in ITEMS.items() if item.kind is Kind.YES_NO}
    assert third == yes_no | {"react-duration", "allow-feeling"}
    assert {id for id, item in ITEMS.items() if item.occasional} == third | {"react-intensity"}


def test_what_is_judged_by_its_days() -> None:
    shown_only = {id for id, item in ITEMS.items() if not item.judged}
    weekly = {"hard-talk", "pattern-seen", "handled-vs-month", "connected"}
    assert shown_only == weekly | {"coping-use"}


def test_an_item_follows_one_that_stands_on_the_shelf() -> None:
    follows = {id: item.follows for id, item in ITEMS.items() if item.follows}
    assert follows == {"react-intensity": "react-duration"}


def test_the_first_set_is_short_and_begins_with_what_one_wants_more_of() -> None:
    first = asked_at_first(ITEMS.values())
    assert [item.id for item in first] == [
        *("pause", "react-duration", "react-intensity", "allow-feeling", "coping-use")
    ]
    assert len(first) < MOST_AT_FIRST  # the words for feelings are one more
    assert first[0].better is Better.HIGHER
    assert all(item.when is When.DAILY for item in first)
    places = [one.first for one in first]
    assert places == sorted(set(places))


def test_a_retired_item_is_not_asked_at_first() -> None:
    retired = replace(ITEMS["pause"], retired=True)
    assert asked_at_first([retired, ITEMS["mood"]]) == ()


def test_every_domain_has_a_name_and_an_item() -> None:
    assert set(DOMAINS) == set(Domain) == {item.domain for item in ITEMS.values()}
    assert len(set(DOMAINS.values())) == len(Domain)


# Names of answers


@pytest.mark.parametrize(
    ("id", "value", "label"),
    [
        ("react-duration", 1, "Under an hour"),
        ("pause", 0, "No"),
        ("pause", 1, "Yes"),
        ("allow-feeling", 4, "Very much"),
        ("mood", 0, "0: Very low"),
        ("mood", 5, "5"),
        ("mood", 10, "10: Very good"),
        ("handled-vs-month", 2, "About the same"),
    ],
)
def test_an_answer_is_read_back_by_its_name(id: str, value: int, label: str) -> None:
    assert ITEMS[id].label_of(value) == label


@pytest.mark.parametrize("value", [-1, 11])
def test_what_lies_off_the_scale_has_no_name(value: int) -> None:
    with pytest.raises(ValueError, match="outside 0 to 10"):
        named(Kind.NUMBER, ("low", "high"), value)


# Versions


def test_old_answers_are_read_by_the_words_they_were_given_to() -> None:
    """C10: today's definition is not applied to yesterday."""
    old = ITEMS["mood"]
    new = replace(old, version=2, steps=("Dark", "Bright"), before=old)
    newest = replace(new, version=3, words="And your mood?", before=new)
    assert newest.of(1).label_of(0) == "0: Very low"
    assert newest.of(2).label_of(0) == "0: Dark"
    assert newest.of(3) is newest
    with pytest.raises(LookupError, match="mood has no version 4"):
        newest.of(4)


def fingerprint(item: CheckInItem) -> str:
    """The hash of everything by which an answer is chosen."""
    read = [item.words, item.kind, list(item.steps), item.no_occasion, item.follows, item.better]
    return hashlib.sha256(json.dumps(read).encode()).hexdigest()[:16]


@every_item
def test_words_once_shipped_stay(item: CheckInItem) -> None:
    pinned, found = PINNED.get(item.id, {}), fingerprint(item)
    assert pinned.get(f"v{item.version}") == found, (
        f"The words of {item.id} v{item.version} are not the pinned ones. Put them back, or make "
        f'version {item.version + 1} with `before`, and pin it: v{item.version + 1} = "{found}"'
    )
    earlier = [item.of(version) for version in range(1, item.version)]
    assert [pinned[f"v{one.version}"] for one in earlier] == [fingerprint(one) for one in earlier]


def test_every_pin_is_of_an_item_that_still_stands_on_the_shelf() -> None:
    assert set(PINNED) == set(ITEMS)


def test_one_changed_word_changes_the_fingerprint() -> None:
    mood = ITEMS["mood"]
    assert fingerprint(replace(mood, words="How was your mood?")) != fingerprint(mood)
    assert fingerprint(replace(mood, steps=("Low", "Very good"))) != fingerprint(mood)
