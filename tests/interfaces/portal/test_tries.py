"""A two-week try at the phone: named, waited for, told in four words, and kept or let go."""

from datetime import time, timedelta
from typing import Any

import pytest

from tests.cast import looking
from tests.interfaces.portal.doing import Ana
from waymark.library.item_answer import answered
from waymark.library.items import ITEMS
from waymark.record.checkins.actions import ToRecord, record
from waymark.record.checkins.said import said
from waymark.record.checkins.settings import ToTrack, choose
from waymark.record.goals.models import Try

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
WORDS = {"what": "A walk before my mail", "when": "After breakfast", "item": "mood"}
UPS = (0, 1, 0, 1, 1, 0, 1)


def checks_in(ana: Ana, level: int, *, days: int) -> None:
    """The mood of so many days, one after the other; then it is the day after."""
    for n in range(days):
        what = ToRecord(ana.clock.at.date(), said([(ITEMS["mood"], answered(level + UPS[n % 7]))]))
        record(ana.patient, what=what, by=ana.cast.viewer("ana"), at=ana.clock.at)
        ana.clock.at += timedelta(days=1)
    ana.signs_in()


@pytest.fixture(autouse=True)
def _tracks_mood(ana: Ana) -> None:
    what = ToTrack(("mood",), [time(20)])
    choose(ana.patient, what=what, by=ana.cast.viewer("ana"), at=ana.clock.at)


def begun(ana: Ana) -> str:
    answer = ana.sends("/me/tries/new/", WORDS)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


@pytest.mark.parametrize(
    ("then", "now", "chip", "told"),
    [
        (3, 7, "Clear change", "These two weeks were easier than the two before."),
        (7, 3, "Clear change", "These two weeks were harder than the two before."),
        (5, 5, "No change seen", "These two weeks were about as the two before."),
    ],
)
def test_two_weeks_are_set_against_the_two_before(
    ana: Ana, then: int, now: int, chip: str, told: str
) -> None:
    checks_in(ana, then, days=14)
    one = begun(ana)
    assert "Until then nothing is counted." in ana.reads(one)
    checks_in(ana, now, days=13)
    assert "What moved" not in ana.reads(one)  # the last day is not over yet
    checks_in(ana, now, days=1)
    page = ana.reads(one)
    assert f"What moved {chip} {told}" in page
    assert "Answered: 14 of the 14 days before, 14 of the 14 days of the try." in page
    assert "fewer than 10 are told of one" in page
    assert ("talk about it with your therapist" in page) is (now < then)


def test_too_few_days_are_too_early_to_say(ana: Ana) -> None:
    checks_in(ana, 3, days=5)
    one = begun(ana)
    checks_in(ana, 7, days=14)
    page = ana.reads(one)
    assert "Too early to say There are too few days to say." in page
    assert "Answered: 5 of the 14 days before, 14 of the 14 days of the try. 7 of each" in page


@pytest.mark.parametrize(
    ("outcome", "told", "listed"),
    [
        ("kept", "You kept it as a plan of yours.", "Kept as a plan of yours"),
        ("let-go", "You let it go.", "Let go"),
    ],
)
def test_it_is_kept_as_a_plan_or_let_go(ana: Ana, outcome: str, told: str, listed: str) -> None:
    one = begun(ana)
    ana.sends(f"{one}end/", {"outcome": outcome, "words": "Mornings are quieter."})
    page = ana.reads(one)
    assert told in page
    assert "“Mornings are quieter.”" in page
    assert f"A walk before my mail {listed}" in ana.reads("/me/goals/")


def test_two_at_once_are_told_so(ana: Ana) -> None:
    begun(ana)
    assert "Two at once would tell you nothing." in ana.reads("/me/tries/new/")
    assert ana.sends("/me/tries/new/", WORDS).status_code == 422


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"what": " "}, "Fill in"),
        ({"item": "no-such"}, "Choose one of the answers"),
        ({"what": "x" * 501}, "to 500 characters"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_begins(
    ana: Ana, fields: dict[str, Any], told: str
) -> None:
    answer = ana.sends("/me/tries/new/", {**WORDS, **fields})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    with looking():
        assert not Try.objects.exists()


def test_words_that_are_too_long_end_nothing(ana: Ana) -> None:
    one = begun(ana)
    answer = ana.sends(f"{one}end/", {"outcome": "kept", "words": "x" * 501})
    assert answer.status_code == 422
    with looking():
        assert Try.objects.get().state == "going"


def test_a_removed_one_is_gone(ana: Ana) -> None:
    one = begun(ana)
    ana.sends(f"{one}remove/")
    assert ana.opens(one).status_code == 404
