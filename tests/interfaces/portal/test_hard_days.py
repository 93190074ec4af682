"""Today is hard: the first tap, and each of its ways."""

import re
from datetime import timedelta

import pytest

from tests.cast import looking
from tests.interfaces.conftest import BrowserOf
from tests.interfaces.portal.doing import Ana
from waymark.record.checkins.actions import ToRecord, record
from waymark.record.checkins.models import HardDay
from waymark.record.checkins.said import said
from waymark.record.safety.models import Concern
from waymark.record.sharing.models import Share
from waymark.record.tenancy.days import day_of

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def notes(ana: Ana) -> str:
    return str(ana.sends("/me/hard/note/").url)


def test_it_is_the_first_tap_on_today(ana: Ana) -> None:
    page = ana.opens("/me/").content.decode().split("<main", 1)[1]
    links = re.findall(r'<a[^>]*href="([^"]+)"', page)
    assert links[0] == "/me/hard/"


def test_its_ways_stand_in_their_order(ana: Ana) -> None:
    page = ana.reads("/me/hard/")
    ways = [
        "Note it, nothing more",
        "Sit with me for a minute",
        "What helped before",
        "Tell my therapist",
        "Call the clinic",
        "I need help now",
    ]
    places = [page.index(way) for way in ways]
    assert places == sorted(places)


def test_noted_is_enough_and_the_check_in_rests(ana: Ana) -> None:
    path = notes(ana)
    assert "Noted. That is enough." in ana.reads(path)
    page = ana.reads("/me/")
    assert "It is noted, for you alone. Your check-in rests." in page
    assert "Did you find a moment" not in page
    assert "It is noted" in ana.reads("/me/hard/")
    with looking():
        assert not Concern.objects.exists()
        assert not Share.objects.exists()


def test_a_line_about_it_is_kept_and_all_is_taken_back(ana: Ana) -> None:
    path = notes(ana)
    ana.sends(path, {"words": "The letter came."})
    assert "The letter came." in ana.opens(path).content.decode()
    page = ana.sends(path, {"words": "x" * 601})
    assert page.status_code == 422
    assert "Shorten it by 1 characters." in page.content.decode()
    assert "a hard day" in ana.reads("/me/check-ins/")
    ana.sends(f"{path}take-back/")
    with looking():
        assert not HardDay.objects.exists()
    assert "Did you find a moment" in ana.reads("/me/")


def test_an_older_one_is_read_and_stays(ana: Ana) -> None:
    path = notes(ana)
    ana.sends(path, {"words": "The letter came."})
    ana.clock.goes_on(days=3)
    ana.signs_in()
    page = ana.reads(path)
    assert "The letter came." in page
    assert "Take it back" not in page
    ana.sends(f"{path}take-back/")
    with looking():
        assert HardDay.objects.exists()


# What helped before.


def test_what_helped_before_is_in_own_words_the_most_first(ana: Ana) -> None:
    from tests.record.checkins.saying import walked
    from waymark.library.items import ITEMS

    ana.sends("/me/wins/", {"sort": "win", "words": "I said no."})
    ana.sends("/me/wins/", {"sort": "setback", "words": "I stayed in bed."})
    for back, used in ((1, ("a walk", 1)), (2, ("River and back.", 4)), (3, ("wine", 0))):
        at = ana.clock.at - timedelta(days=back)
        what = ToRecord(
            day_of(at, zone=ana.patient.zone), said([(ITEMS["coping-use"], walked(used))])
        )
        record(ana.patient, what=what, by=ana.cast.viewer("ana"), at=at)
    page = ana.reads("/me/hard/helped/")
    assert page.index("River and back.") < page.index("a walk")
    assert "You said it helped very much." in page
    assert "“I said no.”" in page
    for absent in ("wine", "I stayed in bed."):
        assert absent not in page


def test_with_nothing_written_yet_that_is_fine(ana: Ana) -> None:
    assert "Nothing is written down yet. That is fine." in ana.reads("/me/hard/helped/")


def test_nothing_older_is_brought_back_while_a_concern_is_open(ana: Ana) -> None:
    ana.sends("/me/wins/", {"sort": "win", "words": "I said no."})
    ana.sends("/me/hard/tell/", {"words": "Please call me."})
    assert "I said no." not in ana.reads("/me/hard/helped/")


# Telling.


def test_what_is_sent_stands_there_first_with_who_reads_it_and_by_when(ana: Ana) -> None:
    page = ana.reads("/me/hard/tell/")
    assert "This is all that would be sent." in page
    assert "Today is a hard day. I would like us to talk about it." in page
    assert "Ben , and whoever is on duty at your clinic." in page
    assert re.search(r"They have until \w+, \w+ \d+ at \d+:\d\d [AP]M to take it on", page)
    assert "It is not for an emergency" in page
    with looking():
        assert not Share.objects.exists()
        assert not HardDay.objects.exists()


def test_told_opens_a_concern_and_says_truly_who_was_told(ana: Ana) -> None:
    answer = ana.sends("/me/hard/tell/", {"words": "It is too much today."})
    with looking():
        (share,) = Share.objects.all()
        assert share.words["parts"] == [["", "It is too much today."]]
        assert Concern.objects.filter(patient=ana.patient).count() == 1
    page = ana.reads(answer.url)
    assert "Thank you for telling us." in page
    assert "Nobody has read it yet." in page
    assert "It is too much today." in page
    assert "Nothing more is asked of you today." in page
    assert "Did you find a moment" not in ana.reads("/me/")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Please call me.", "Asks that you get in touch: “Please call me.”"),
        ("I want to kill myself.", "A hard day tells of danger: “I want to kill myself.”"),
    ],
)
def test_who_asks_for_somebody_has_not_told_of_danger_by_that(
    ana: Ana, browser_of: BrowserOf, words: str, said: str
) -> None:
    """Either opens a concern, in time; the caseload says which of both it was."""
    ana.sends("/me/hard/tell/", {"words": words})
    assert said in browser_of("ben").get("/clinic/").content.decode()


def test_words_are_heard_even_where_they_are_too_long_to_keep(ana: Ana) -> None:
    answer = ana.sends("/me/hard/tell/", {"words": "It is too much. " * 60})
    assert answer.status_code == 302
    with looking():
        assert Concern.objects.filter(patient=ana.patient).count() == 1
        assert len(HardDay.objects.get().words) <= 600


def test_what_was_told_is_taken_back(ana: Ana) -> None:
    path = ana.sends("/me/hard/tell/", {"words": "Please call me."}).url
    ana.sends(path.replace("/told/", "/take-back/"))
    with looking():
        (share,) = Share.objects.all()
        assert share.words is None
    assert ana.opens(path).status_code == 404


def test_what_is_shared_no_more_says_so(ana: Ana) -> None:
    path = ana.sends("/me/hard/tell/", {"words": "Please call me."}).url
    id = path.strip("/").split("/")[-2]
    assert "Please call me." in ana.reads(f"/me/shared/hard-day/{id}/")
    ana.sends(f"/me/shared/hard-day/{id}/take-back/")
    assert "This is yours alone." in ana.reads(path)


# Calling.


@pytest.mark.parametrize(
    ("hours", "told"), [(0, "It is open until 5:00 PM today"), (8, "It is closed now. It opens on")]
)
def test_the_clinics_number_and_hours_are_told(ana: Ana, hours: int, told: str) -> None:
    ana.clock.goes_on(hours=hours)
    ana.signs_in()
    page = ana.reads("/me/hard/call/")
    assert told in page
    assert "by the clock in Chicago" in page
    assert "Call 312 555 0100" in page
    assert "“I am Ana, I see Ben." in page
