"""The first page: one thing, if there is one, and then enough for today."""

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest

from tests.interfaces.portal.doing import Ana, spread, words
from waymark.record.people import actions as people
from waymark.record.sharing.actions import discuss, see

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def test_one_thing_stands_there_and_the_rest_can_be_asked_for(ana: Ana) -> None:
    for instrument in ("gad-7", "phq-8", "maas"):
        ana.is_given(instrument)
        ana.clock.goes_on(minutes=1)
    page = ana.opens("/me/").content.decode()
    card, more = page.split("<details", 1)
    assert card.count(">Begin</a>") == 1
    assert "Worry and anxiety" in card
    assert "Low mood" not in card
    assert re.findall(r'<a href="/me/answers/[^"]+">([^<]+)</a>', more) == [
        "Low mood, eight questions",
        "Everyday attention",
    ]


def test_what_was_begun_comes_first_and_says_how_far_it_is(ana: Ana) -> None:
    ana.is_given("gad-7")
    second = ana.is_given("phq-8")
    ana.saves(second, {"q1": 1, "q2": 0})
    text = ana.reads("/me/")
    assert "8 questions about the last 2 weeks. You have answered 2; they are kept." in text
    assert "Go on" in text


def test_nothing_is_asked_twice_and_the_day_has_an_end(ana: Ana) -> None:
    ana.pauses_check_ins()
    assert "Nothing is waiting for you." in ana.reads("/me/")
    ana.answers(ana.is_given("gad-7"), spread("gad-7", 3))
    assert "That's all for today." in ana.reads("/me/")
    ana.clock.goes_on(days=1)
    ana.signs_in()
    assert "Nothing is waiting for you." in ana.reads("/me/")


def test_the_day_ends_at_four_in_the_morning(ana: Ana) -> None:
    ana.pauses_check_ins()
    ana.clock.at = datetime(2026, 3, 5, 6, 30, tzinfo=UTC)  # half past midnight in Chicago
    ana.signs_in()
    ana.answers(ana.is_given("gad-7"), spread("gad-7", 3))
    assert "That's all for today." in ana.reads("/me/")
    ana.clock.at = datetime(2026, 3, 5, 10, 0, tzinfo=UTC)  # four
    ana.signs_in()
    assert "That's all for today." not in ana.reads("/me/")


def test_what_is_due_later_is_not_shown(ana: Ana) -> None:
    ana.clock.goes_on(days=3)
    id = ana.is_given("gad-7")
    ana.clock.goes_on(days=-3)
    assert str(id) not in ana.opens("/me/").content.decode()


@pytest.mark.parametrize(
    ("hour", "greeting"),
    [
        (4, "morning"),
        (11, "morning"),
        (12, "afternoon"),
        (17, "afternoon"),
        (18, "evening"),
        (3, "evening"),
    ],
)
def test_the_greeting_and_the_date_are_those_of_the_clients_own_zone(
    ana: Ana, hour: int, greeting: str
) -> None:
    people.set_preferences(
        ana.patient,
        zone="Pacific/Auckland",
        phone="",
        safe={},
        by=ana.cast.viewer("ana"),
        at=ana.clock.at,
    )
    auckland = datetime(2026, 3, 10, hour, 0, tzinfo=timezone(timedelta(hours=13)))
    ana.clock.at = auckland.astimezone(UTC)
    ana.signs_in()
    text = ana.reads("/me/")
    assert f"Good {greeting}, Ana." in text
    assert "March 10" in text


def test_a_client_sees_that_what_they_gave_was_used(ana: Ana) -> None:
    from tests.cast import looking
    from waymark.record.assessments.models import Response

    ana.answers(ana.is_given("gad-7"), spread("gad-7", 3))
    assert "has read your answers" not in ana.reads("/me/")
    with looking():
        given = [Response.objects.latest("submitted_at").pk]
    ben = ana.cast.viewer("ben")
    see(ana.patient, about="response", things=given, by=ben, at=ana.clock.at)
    assert "Ben has read your answers of Tuesday, March 3." in ana.reads("/me/")
    ana.clock.goes_on(days=1)
    discuss(ana.patient, about="response", things=given, by=ben, at=ana.clock.at)
    ana.signs_in()
    today = ana.reads("/me/")
    assert "Ben talked with you about your answers of Tuesday, March 3." in today
    assert "Noted on Wednesday, March 4 at 12:00 PM." in today


def test_a_talk_about_older_answers_does_not_stand_beside_an_open_concern(ana: Ana) -> None:
    """Talked about, then danger | hidden; talked about after it | shown."""
    from tests.cast import looking
    from tests.interfaces.portal.test_told import WHOLE
    from waymark.record.assessments.models import Response

    ana.answers(ana.is_given("gad-7"), spread("gad-7", 3))
    with looking():
        given = [Response.objects.latest("submitted_at").pk]
    ben = ana.cast.viewer("ben")
    discuss(ana.patient, about="response", things=given, by=ben, at=ana.clock.at)
    ana.clock.goes_on(minutes=5)
    ana.answers(ana.is_given("phq-9"), WHOLE)
    assert "talked with you" not in ana.reads("/me/")
    ana.clock.goes_on(minutes=5)
    with looking():
        given = [Response.objects.latest("submitted_at").pk]
    discuss(ana.patient, about="response", things=given, by=ben, at=ana.clock.at)
    assert "talked with you" in ana.reads("/me/")


def test_what_waits_already_is_not_offered_as_another(ana: Ana) -> None:
    """Two are open to oneself, one of them is given too | it leads to the one that waits."""
    people.set_instruments(
        ana.cast.clinic,
        opened=[],
        usual_set=[],
        self_start=["gad-7", "k6"],
        by=ana.cast.viewer("ada"),
        at=ana.clock.at,
    )
    id = ana.is_given("gad-7")
    page = ana.opens("/me/start/").content.decode()
    assert page.count("Waiting for you") == 1
    assert f'href="/me/answers/{id}/?on"' in page
    assert 'value="gad-7"' not in page
    assert 'value="k6"' in page


def test_a_measure_can_be_taken_when_one_likes_if_the_clinic_opened_it(ana: Ana) -> None:
    assert "Nothing is open yet." in ana.reads("/me/start/")
    people.set_instruments(
        ana.cast.clinic,
        opened=[],
        usual_set=[],
        self_start=["gad-7"],
        by=ana.cast.viewer("ada"),
        at=ana.clock.at,
    )
    assert "Take a measure yourself" in ana.reads("/me/")
    answer = ana.sends("/me/start/", {"instrument": "gad-7"})
    assert answer["Location"] == f"/me/answers/{ana.waits('gad-7')}/"


def markup(ana: Ana) -> str:
    return str(ana.opens("/me/").content.decode())


def opened_by_oneself(ana: Ana, instrument: str = "gad-7") -> str:
    people.set_instruments(
        ana.cast.clinic, opened=[], usual_set=[], self_start=[instrument],
        by=ana.cast.viewer("ada"), at=ana.clock.at,
    )  # fmt: skip
    return str(ana.sends("/me/start/", {"instrument": instrument})["Location"])


def test_what_one_opened_and_left_is_not_what_the_day_asks_for(ana: Ana) -> None:
    """Untouched it waits nowhere; begun it is kept at hand, under More."""
    ana.pauses_check_ins()
    page = opened_by_oneself(ana)
    assert page not in markup(ana)
    assert "Nothing is waiting for you." in ana.reads("/me/")
    ana.sends(f"{page}draft/", {"q1": "1"})
    told = markup(ana)
    assert "Nothing is waiting for you." in told
    assert told.index("More for today") < told.index(page)


def test_what_the_clinic_asks_for_comes_before_what_one_began_oneself(ana: Ana) -> None:
    page = opened_by_oneself(ana)
    ana.sends(f"{page}draft/", {"q1": "1"})
    given = ana.is_given("phq-9")
    told = markup(ana)
    assert told.index(f"/me/answers/{given}/") < told.index(page)


@pytest.mark.parametrize("instrument", ["phq-9", "", "no-such", "GAD-7"])
def test_nothing_else_can_be_started(ana: Ana, instrument: str) -> None:
    answer = ana.sends("/me/start/", {"instrument": instrument}, follow=True)
    assert answer.redirect_chain[-1][0] == "/me/start/"
    assert "has not opened this one" in answer.content.decode()


def test_today_says_for_two_weeks_that_staff_made_a_code(ana: Ana) -> None:
    """To the second; what was made is under "Who looked" for longer."""
    people.print_reset(ana.patient, by=ana.cast.viewer("dana"), at=ana.clock.at)
    said = "Dana made a code for a new password of yours"
    for more, shown in ((timedelta(days=14), True), (timedelta(seconds=1), False)):
        ana.clock.at += more
        ana.signs_in()
        assert (said in words(ana.opens("/me/?later=yes").content.decode())) is shown
