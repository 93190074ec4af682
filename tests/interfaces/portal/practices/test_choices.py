"""The page of a practice carries what `pacing.run` lays out, for each length and pace, whole."""

import pytest

from tests.interfaces.portal.practices.reading import Drawn, page_of, runs_of, said
from waymark.interfaces.portal.practices.choices import chosen, paces_of
from waymark.interfaces.portal.practices.spoken import rhythm, spoken
from waymark.library.pacing import lengths, run
from waymark.library.practice import Pattern, Practice
from waymark.library.practices import PRACTICES

ALL = PRACTICES.values()

# What can be chosen, by hand: those at the usual pace, then the gentler ones.
OFFERED = {
    "stop": ["1", "own"],
    "natural-breath": ["1", "3", "5"],
    "box-breath": ["1", "3", "5", "1-gentler", "3-gentler", "5-gentler"],
    "four-seven-eight": ["1", "own", "own-gentler"],
    "coherent-breath": ["1", "3", "5", "10", *(f"{n}-gentler" for n in (1, 3, 5, 10))],
    "six-a-minute": ["1", "3", "5", "10", *(f"{n}-gentler" for n in (1, 3, 5, 10))],
    "long-exhale": ["1", "3", "5", "1-gentler", "3-gentler", "5-gentler"],
    "cyclic-sigh": ["1", "3", "5", "1-gentler", "3-gentler", "5-gentler"],
    "body-scan-3": ["3"],
    "body-scan-10": ["5", "10"],
    "body-scan-20": ["20"],
    "thoughts-on-a-river": ["5", "8"],
    "thoughts-in-bubbles": ["5", "8"],
    "guided-sitting": ["5", "10"],
    "before-session": ["3", "5"],
    "after-session": ["5", "10", "15"],
    "self-compassion-break": ["3", "5"],
    "compassionate-letter": ["10", "15"],
}


def length_of(value: str) -> int | None:
    number = value.removesuffix("-gentler")
    return None if number == "own" else int(number)


@pytest.mark.parametrize("practice", ALL, ids=PRACTICES)
def test_every_run_stands_in_the_page_as_it_is_laid_out(practice: Practice) -> None:
    drawn = runs_of(page_of(f"/practices/{practice.id}/"))
    assert list(drawn) == OFFERED[practice.id]
    for value, one in drawn.items():
        laid = run(practice, length=length_of(value), gentler=value.endswith("-gentler"))
        assert one.cycles == laid.cycles
        assert one.beats == [(beat.part, beat.ms) for beat in laid.beats]
        assert one.names == [beat.name for beat in laid.beats]
        assert one.words == [beat.words for beat in laid.beats]
        assert one.times == [spoken(beat.ms) for beat in laid.beats]


@pytest.mark.parametrize("practice", ALL, ids=PRACTICES)
def test_every_length_that_is_offered_can_be_chosen(practice: Practice) -> None:
    for pace in paces_of(practice):
        values = {one.value for one in pace.choices}
        asked = lengths(practice, gentler=pace.gentler)
        assert {f"{n}-gentler" if pace.gentler else str(n) for n in asked} <= values


@pytest.mark.parametrize("practice", ALL, ids=PRACTICES)
def test_nothing_chosen_is_the_practice_as_its_definition_has_it(practice: Practice) -> None:
    paces = paces_of(practice)
    for asked in ("", "7", "own-of-mine", "'; DROP"):
        assert chosen(practice, paces, asked).laid == run(practice)


def test_the_length_in_the_address_is_the_one_that_is_shown_and_checked() -> None:
    page = page_of("/practices/box-breath/?run=3-gentler")
    assert [value for value, one in runs_of(page).items() if one.shown] == ["3-gentler"]
    assert said(page, r'value="([^"]+)"\s+checked') == "3-gentler"


def test_what_a_breath_says_of_itself() -> None:
    page = page_of("/practices/four-seven-eight/")
    assert "In 4, hold 7, out 8 seconds" in page
    assert "In 2, hold 3.5, out 4 seconds" in page
    assert ">3 rounds</label>" in page
    assert ">4 rounds</label>" in page
    assert runs_of(page)["own"].shown


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (750, "0.75 seconds"),
        (1000, "1 second"),
        (5500, "5.5 seconds"),
        (60_000, "1 minute"),
        (75_000, "1 minute 15 seconds"),
        (180_000, "3 minutes"),
        (121_000, "2 minutes 1 second"),
    ],
)
def test_a_time_in_words(ms: int, words: str) -> None:
    assert spoken(ms) == words


def test_a_rhythm_in_words() -> None:
    sigh = Pattern(inhale=1.5, top_up=0.75, exhale=4.5)
    assert rhythm(sigh) == "In 1.5, a little more 0.75, out 4.5 seconds"
    box = Pattern(inhale=4, hold=4, exhale=4, rest=4)
    assert rhythm(box) == "In 4, hold 4, out 4, rest 4 seconds"


def test_without_a_script_the_steps_are_a_list_with_their_times() -> None:
    page = page_of("/practices/before-session/?run=3")
    shown: list[Drawn] = [one for one in runs_of(page).values() if one.shown]
    assert [one.value for one in shown] == ["3"]
    assert shown[0].times == ["30 seconds", "45 seconds", "1 minute 30 seconds", "15 seconds"]
    assert "<noscript><p><button" in page
