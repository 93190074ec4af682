"""Which goals go to the clinician's view: twenty sentences and more each way, for each reason."""

import tomllib
from pathlib import Path
from time import perf_counter

import pytest

from waymark.library.sensitive_goal import SENSITIVE, Sensitive, sensitive, speaks_of_self_harm

WRITTEN = tomllib.loads((Path(__file__).parent / "sensitive_goals.toml").read_text())
GOES = [(kind, text) for kind, held in WRITTEN.items() for text in held["goes"]]
STAYS = [text for held in WRITTEN.values() for text in held["stays"]]


def test_every_reason_has_words_and_twenty_sentences_each_way() -> None:
    assert set(WRITTEN) == set(SENSITIVE) == set(Sensitive)
    for held in WRITTEN.values():
        assert len(held["goes"]) >= 20
        assert len(held["stays"]) >= 20


@pytest.mark.parametrize(("kind", "text"), GOES)
def test_it_goes_to_the_clinicians_view(kind: str, text: str) -> None:
    assert Sensitive(kind) in sensitive(text)
    assert Sensitive(kind) in sensitive(text.upper())


@pytest.mark.parametrize("text", STAYS)
def test_it_stays_with_hints(text: str) -> None:
    assert sensitive(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Walk for twenty minutes on four days a week",
        "Swim once a week",
        "Go to the gym on Mondays",
        "Run with Ana on Saturdays",
    ],
)
def test_where_eating_is_hard_any_exercise_goes(text: str) -> None:
    assert sensitive(text) == ()
    assert sensitive(text, eating=True) == (Sensitive.EXERCISE,)


def test_where_eating_is_hard_the_rest_stays() -> None:
    assert sensitive("Call my sister on Sundays", eating=True) == ()


def test_a_goal_may_go_for_two_reasons() -> None:
    both = sensitive("Lose ten pounds and run to burn off dinner")
    assert both == (Sensitive.WEIGHT, Sensitive.EXERCISE)


def test_its_words_say_of_nobody_that_they_were_told() -> None:
    """Decision 54: such words are made from what was told."""
    said = " ".join(SENSITIVE.values()).lower()
    assert not any(word in said for word in ("sent", "was told", "will see", "can see", "knows"))


def test_a_daily_question_is_not_asked_about_self_harm() -> None:
    assert speaks_of_self_harm("The urge to cut my arms")
    assert not speaks_of_self_harm("The urge to run")


@pytest.mark.parametrize("word", ["run ", "lose ", "call my x ", "stop my ", "burn off ", "fast "])
def test_a_long_text_is_read_in_no_time(word: str) -> None:
    """No pattern goes over a text again and again: of 60 kB of its worst words that is minutes."""
    begun = perf_counter()
    sensitive(word * (60_000 // len(word)))
    assert perf_counter() - begun < 5
