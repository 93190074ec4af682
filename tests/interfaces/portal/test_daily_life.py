"""Small changes in daily life: what Ana reads of her own days, and that it says nothing untrue."""

from datetime import timedelta

import pytest

from tests.interfaces.portal.doing import Ana
from tests.record.checkins.saying import says
from waymark.library.item_answer import answered
from waymark.record.checkins.actions import ToRecord, mark_hard, record
from waymark.record.tenancy.days import day_of

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
PATH = "/me/progress/days/"


def lived(ana: Ana, *moods: int, hard: tuple[int, ...] = ()) -> None:
    """A mood a day, the last one today."""
    by = ana.cast.viewer("ana")
    for number, mood in enumerate(moods):
        at = ana.clock.at - timedelta(days=len(moods) - 1 - number)
        what = ToRecord(
            day_of(at, zone=ana.patient.zone),
            says({"mood": answered(mood), "connected": answered(1 + mood // 5)}),
        )
        record(ana.patient, what=what, by=by, at=at)
        if number in hard:
            mark_hard(ana.patient, by=by, at=at)


WIN = {"sort": "win", "words": "I left it at that.", "type": "came-back-sooner"}
UP = [3, 2, 3, 4, 3, 2, 3, 3, 4, 3, 2, 3, 3, 4]
DOWN = [8, 7, 8, 8, 7, 9, 8, 8, 7, 8, 8, 9, 8, 7]


def test_without_a_check_in_there_is_no_way_there_and_nothing_to_compare(ana: Ana) -> None:
    assert "Small changes in daily life" not in ana.reads("/me/progress/")
    assert "There is nothing to compare yet." in ana.reads(PATH)


def test_progress_leads_there(ana: Ana) -> None:
    lived(ana, 5)
    assert "Small changes in daily life" in ana.reads("/me/progress/")
    assert f'href="{PATH}"' in ana.opens("/me/progress/").content.decode()


def test_an_easier_time_is_a_sentence_with_its_n_and_a_table(ana: Ana) -> None:
    lived(ana, *UP, *DOWN)
    page = ana.reads(PATH)
    assert "Some of it is easier." in page
    assert "Mood: easier than at the start. Clear change" in page
    assert "At the start: 3.0, on 14 days. Lately: 7.9, on 14 days." in page
    assert "Mood 3.0 (14 days) 7.9 (14 days) Clear change" in page
    assert "What can help now" not in page


def test_a_harder_time_is_named_with_help_and_nobody_else_is_said_to_see_it(ana: Ana) -> None:
    lived(ana, *DOWN, *UP)
    page = ana.reads(PATH)
    assert "Some of it is harder." in page
    assert "Mood: harder than at the start. Clear change" in page
    assert "What can help now Bring this to Ben when you next meet" in page
    assert "can see this" not in page
    assert "Nobody else sees this page." in page


def test_too_early_says_what_is_missing(ana: Ana) -> None:
    lived(ana, 5, 6, 5)
    assert "Mood: too early to say. Too early to say Not enough yet: 3 of 7 days." in ana.reads(
        PATH
    )


def test_an_own_win_of_that_kind_stands_beneath_and_not_under_a_harder_time(ana: Ana) -> None:
    lived(ana, *UP, *DOWN)
    words = {"sort": "win", "words": "We laughed on the phone.", "type": "connection"}
    ana.sends("/me/wins/", words)
    page = ana.reads(PATH)
    assert "We laughed" not in page  # of a week too little is judged, so that nothing is told of it
    ana.sends("/me/check-ins/track/", {"items": ["pause"], "first_hour": 20})
    ana.sends(
        "/me/wins/", {"sort": "win", "words": "I left it at that.", "type": "came-back-sooner"}
    )
    by = ana.cast.viewer("ana")
    for back in range(3):
        at = ana.clock.at - timedelta(days=back, hours=1)
        given = says({"react-duration": answered(1)})
        what = ToRecord(day_of(at, zone=ana.patient.zone), given)
        record(ana.patient, what=what, by=by, at=at)
    assert "“I left it at that.”" in ana.reads(PATH)


def test_no_older_win_is_brought_back_while_a_concern_is_open(ana: Ana) -> None:
    by = ana.cast.viewer("ana")
    what = ToRecord(
        day_of(ana.clock.at, zone=ana.patient.zone), says({"react-duration": answered(1)})
    )
    record(ana.patient, what=what, by=by, at=ana.clock.at)
    ana.sends(
        "/me/wins/", {"sort": "win", "words": "I left it at that.", "type": "came-back-sooner"}
    )
    assert "I left it at that." in ana.reads(PATH)
    ana.sends("/me/hard/tell/", {"words": "Please call me."})
    assert "I left it at that." not in ana.reads(PATH)


def test_coming_back_from_hard_days_is_told_by_itself(ana: Ana) -> None:
    lived(ana, *UP, *UP, hard=(3, 20))
    page = ana.reads(PATH)
    assert "Coming back after hard days" in page
    assert "It is too early to say how fast you come back from hard days." in page
    assert "In the last half year you marked 2 days as hard." in page


def test_an_early_sign_is_told_with_what_to_do_and_no_untrue_reader(ana: Ana) -> None:
    lived(ana, *([7, 6, 7, 8, 7, 6, 7] * 8), *([1] * 6))
    page = ana.reads(PATH)
    assert "harder than your usual ones for a while now" in page
    assert "Tell Ben about it before it grows." in page
    assert "can see this" not in page
