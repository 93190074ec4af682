"""What is believed, in words: size and certainty, no cheer, and whom to talk to."""

import re

import pytest

from tests.progress.drawn import series
from waymark.progress.believing import believed, judged_of
from waymark.progress.evidence import weigh
from waymark.progress.telling import BANNED, Audience

FALLING = "PHQ-9: 18 17 15 14 12 11 10 9 8 9"
RISING = "PHQ-9: 9 9 10 12 12 14 15 16 18 18"
CALM = "PHQ-9: 14 15 13 14 15 14 13 15 14 14"
STEP = "PHQ-9: 18 19 17 18 19 9 8 9 8 9"
EARLY = "PHQ-9: 18 9"
DRAWN = (FALLING, RISING, CALM, STEP, EARLY, "Well-being: 40 44 51 58 66 70 74 75")


def words(drawn: str, to: Audience = Audience.CLIENT, **given: str) -> str:
    one = series(drawn)
    return believed(one, weigh(one), to=to, **given)


@pytest.mark.parametrize(
    ("drawn", "client", "clinician"),
    [
        (FALLING, "toward better", "improved, probability over 0.99"),
        (RISING, "a harder time", "worse, probability 0.99"),
        (CALM, "against a large move", "no meaningful change"),
        ("PHQ-9: 14 9 15", "do not say yet", "too early to say"),
    ],
)
def test_a_drawn_course_in_words(drawn: str, client: str, clinician: str) -> None:
    assert client in words(drawn)
    assert clinician in words(drawn, Audience.CLINICIAN)


def test_size_and_certainty_stand_in_the_sentence() -> None:
    said = words(FALLING)
    assert "10 answers" in said
    assert re.search(r"about 1[6-9] times in 20", said)
    assert re.search(r"likely \d+ to \d+ points", said)


def test_a_worsening_names_whom_to_talk_to_and_that_they_can_see_it() -> None:
    said = words(RISING, person="Dr. Okafor")
    assert "Bring this to Dr. Okafor" in said
    assert "Dr. Okafor can see this too" in said


def test_a_step_is_said_with_its_day_to_both() -> None:
    """The sixth answer, ten weeks after June 2."""
    assert "August 11" in words(STEP)
    assert "A shift of -8" in words(STEP, Audience.CLINICIAN)
    assert "one point" not in words(FALLING)


def test_in_the_first_month_nothing_is_claimed_for_the_better() -> None:
    drawn = "PHQ-9 every 3 days: 20 16 13 10 8 6 5 4"
    assert "do not say yet" in words(drawn)


def test_in_the_first_month_a_worsening_is_named_all_the_same() -> None:
    drawn = "PHQ-9 every 3 days: 8 10 12 14 16 18 20 22"
    assert "a harder time" in words(drawn)


@pytest.mark.parametrize("drawn", DRAWN)
def test_no_sentence_to_a_client_breaks_the_rules_of_words(drawn: str) -> None:
    said = words(drawn)
    assert not [pattern for pattern in BANNED if re.search(pattern, said, flags=re.IGNORECASE)]
    assert "{" not in said


def test_where_no_error_is_known_it_is_silent() -> None:
    assert words("Distress: 10 8 6") == ""
    assert judged_of(series("Distress: 10 8 6")) is None
