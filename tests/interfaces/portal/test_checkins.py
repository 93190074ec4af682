"""Checking in at the phone: the day on the form, one tap on Today, three kinds of nothing."""

import csv
import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from uuid import UUID, uuid4

import pytest

from tests.cast import looking
from tests.interfaces.portal.doing import Ana
from tests.record.checkins.saying import moves
from waymark.record.checkins.models import CheckIn
from waymark.record.checkins.tracking import FIRST_SET

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
MONDAY = "2026-03-02"


def today(ana: Ana, back: int = 0) -> str:
    return (ana.clock.at - timedelta(hours=10, days=back)).strftime("%Y-%m-%d")  # Chicago, at four


def sends(ana: Ana, **given: str | list[str]) -> str:
    """The form as it stands on the page, filled in, and sent; where it leads."""
    page = markup(ana, "/me/check-in/")
    hidden = dict(re.findall(r'name="(day|opened|request_key)" value="([^"]+)"', page))
    answer = ana.sends("/me/check-in/", {**hidden, **given})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.url)


def markup(ana: Ana, path: str) -> str:
    return unescape(str(ana.opens(path, follow=True).content.decode()))


def stored(ana: Ana) -> list[CheckIn]:
    with looking():
        rows = list(CheckIn.objects.filter(patient=ana.patient).order_by("for_date", "at"))
        for row in rows:
            assert row.body or row.taken_back_at
        return rows


def answers(row: CheckIn) -> dict[str, str]:
    return {item: text for item, _, text in row.body["answers"]}


def test_a_check_in_is_of_the_day_that_is_printed_on_it(ana: Ana) -> None:
    day = date.fromisoformat(today(ana))
    assert f"For {day:%A, %B} {day.day}" in ana.reads("/me/check-in/")
    page = ana.reads(sends(ana, pause="1"))
    assert "Thank you. That's noted. You checked in on 1 of the last 7 days." in page
    (row,) = stored(ana)
    assert (row.for_date, answers(row)) == (day, {"pause": "1"})


# C06, C21: no control rests on an answer, and every answer has its name.


def test_c06_nothing_is_chosen_until_somebody_chooses(ana: Ana) -> None:
    """C06: no radio is checked, and there is no slider that would rest on a number."""
    ana.sends("/me/check-ins/track/", {"items": ["mood", "worry", "coping-use"], "first_hour": 20})
    page = markup(ana, "/me/check-in/")
    assert 'name="mood"' in page
    assert 'name="worry"' in page
    assert not re.search(r"<input[^>]*\bchecked\b", page)
    assert 'type="range"' not in page


def test_c06_a_field_that_was_not_sent_stores_nothing_and_zero_is_a_value(ana: Ana) -> None:
    """C06: of mood and worry only worry was touched, and it is 0."""
    ana.sends("/me/check-ins/track/", {"items": ["mood", "worry"], "first_hour": 20})
    sends(ana, worry="0")
    assert answers(stored(ana)[0]) == {"worry": "0"}
    page = ana.reads("/me/check-ins/")
    assert "Worry 0: " in page
    assert "Mood not answered" in page


def test_c06_an_answer_is_taken_back_to_none(ana: Ana) -> None:
    """C06: "Skip this one" clears what was chosen; what followed it goes with it."""
    path = sends(ana, pause="1", **{"react-duration": "2", "react-intensity": "7"})
    assert answers(stored(ana)[0])["react-intensity"] == "7"
    assert re.search(r'name="react-duration" value="2" checked', markup(ana, f"{path}change/"))
    ana.sends(f"{path}change/", {"pause": "1", "react-duration": "", "react-intensity": "7"})
    assert answers(stored(ana)[0]) == {"pause": "1"}


def test_c06_nothing_at_all_is_no_check_in(ana: Ana) -> None:
    page = ana.sends("/me/check-in/", {"day": today(ana), "pause": ""})
    assert page.status_code == 422
    assert "Nothing was chosen, so nothing is kept. That is fine." in page.content.decode()
    assert stored(ana) == []


def test_c21_every_answer_has_its_name_where_it_is_asked_and_where_it_is_read(ana: Ana) -> None:
    """C21: what is seen beside a control is its label; a number has both ends named."""
    items = ["react-duration", "react-intensity", "pause", "self-kind", "mood"]
    ana.sends("/me/check-ins/track/", {"items": items, "first_hour": 20})
    page = markup(ana, "/me/check-in/")
    labels = re.findall(r'<label[^>]*><input type="radio"[^>]*><span>([^<]*)</span>', page)
    for name in ("It is still with me", "Quite a lot", "Yes", "No", "Nothing upset me"):
        assert name in labels
    assert re.search(r'aria-describedby="q-mood-ends"', page)
    assert "0: Very low" in page
    assert "10: Very good" in page
    assert not re.search(r"<(label|input|fieldset)[^>]*\baria-label=", page)
    read = ana.reads(sends(ana, mood="10", **{"self-kind": "0", "react-duration": "5"}))
    assert "Mood 10: Very good" in read
    assert "Not at all" in read
    assert "It is still with me" in read


# C07: three kinds of nothing, on every surface.


def test_c07_missing_no_occasion_and_zero_stay_apart_in_list_and_file(ana: Ana) -> None:
    """C07: yes, no, no occasion and not answered, each in its own words and its own text."""
    for pause in ("0", "no-occasion", ""):
        sends(ana, pause=pause, **{"allow-feeling": "0"})
        ana.clock.goes_on(days=1)
        ana.signs_in()
    page = ana.reads("/me/check-ins/")
    for words in ("Pausing No", "Pausing No moment called for it", "Pausing not answered"):
        assert words in page
    assert page.count("No check-in") == 25
    rows = list(csv.DictReader(ana.sends("/me/check-ins/file/").content.decode().splitlines()))
    assert [row["pause"] for row in rows] == ["0", "no-occasion", ""]
    assert [row["allow-feeling"] for row in rows] == ["0"] * 3


def test_words_that_look_like_a_formula_are_words_in_the_file(ana: Ana) -> None:
    sends(ana, words="=cmd, far away", feelings=["tired"])
    file = ana.sends("/me/check-ins/file/")
    assert file["Content-Disposition"] == 'attachment; filename="check-ins.csv"'
    (row,) = csv.DictReader(file.content.decode().splitlines())
    assert row["feelings"] == "tired; =cmd; far away"
    ana.clock.goes_on(minutes=1)
    sends(ana, words="=cmd")
    *_, row = csv.DictReader(ana.sends("/me/check-ins/file/").content.decode().splitlines())
    assert row["feelings"] == "'=cmd"


# C01: the night.


def test_c01_the_night_belongs_to_the_day_before_on_every_surface(ana: Ana) -> None:
    """C01: at ten past one on Tuesday it is still Monday, and the time is ten past one."""
    ana.clock.at = datetime(2026, 3, 10, 6, 10, tzinfo=UTC)  # summer time since Sunday
    ana.signs_in()
    page = ana.reads(sends(ana, pause="1"))
    assert "Monday, March 9, 2026, 1:10 AM" in page
    assert stored(ana)[0].for_date == date(2026, 3, 9)
    (row,) = csv.DictReader(ana.sends("/me/check-ins/file/").content.decode().splitlines())
    assert (row["day"], row["time"]) == ("2026-03-09", "01:10")
    assert "1 of 28 days" in ana.reads("/me/check-ins/")


def test_c02_what_was_said_abroad_keeps_its_day_and_its_time(ana: Ana) -> None:
    """C02: noon in Chicago stays noon on March 3 when its owner lives in Auckland."""
    path = sends(ana, pause="1")
    before = ana.reads(path).split("Thank you")[0]
    moves(ana.cast, "Pacific/Auckland", at=ana.clock.at)
    assert "March 3, 2026, 12:00 PM" in before
    assert ana.reads(path).split("Thank you")[0] == before
    (row,) = csv.DictReader(ana.sends("/me/check-ins/file/").content.decode().splitlines())
    assert (row["day"], row["time"]) == ("2026-03-03", "12:00")


def test_a_form_that_was_open_over_four_in_the_morning_keeps_its_day(ana: Ana) -> None:
    ana.clock.at = datetime(2026, 3, 10, 8, 55, tzinfo=UTC)  # five minutes to four
    ana.signs_in()
    page = markup(ana, "/me/check-in/?day=yesterday")
    hidden = dict(re.findall(r'name="(day|opened|request_key)" value="([^"]+)"', page))
    assert hidden["day"] == "2026-03-08"
    ana.clock.goes_on(minutes=10)
    assert ana.sends("/me/check-in/", {**hidden, "pause": "1"}).status_code == 302
    assert [(row.for_date, row.back_filled) for row in stored(ana)] == [(date(2026, 3, 8), True)]


# Yesterday, twice, and back.


def test_yesterday_can_be_filled_in_and_says_so(ana: Ana) -> None:
    page = ana.reads("/me/check-in/?day=yesterday")
    assert "noted as written a day later" in page
    answer = ana.sends("/me/check-in/", {"day": today(ana, 1), "pause": "1"})
    assert "filled in a day later" in ana.reads(answer.url)
    answer = ana.sends("/me/check-in/", {"day": today(ana, 2), "pause": "1"})
    assert answer.status_code == 422
    assert "Days before that rest." in answer.content.decode()


def test_one_form_sent_twice_is_one_check_in(ana: Ana) -> None:
    given = {"day": today(ana), "pause": "1", "request_key": str(uuid4())}
    first, again = ana.sends("/me/check-in/", given), ana.sends("/me/check-in/", given)
    assert first.url == again.url
    assert len(stored(ana)) == 1
    other = ana.sends("/me/check-in/", {**given, "pause": "0"})
    assert other.status_code == 422
    assert answers(stored(ana)[0]) == {"pause": "1"}


def test_two_answers_of_one_day_are_both_kept(ana: Ana) -> None:
    sends(ana, pause="1")
    ana.clock.goes_on(minutes=90)
    ana.signs_in()
    sends(ana, pause="0")
    assert [answers(row) for row in stored(ana)] == [{"pause": "1"}, {"pause": "0"}]
    assert "1 of 28 days" in ana.reads("/me/check-ins/")


def test_what_was_said_is_taken_back(ana: Ana) -> None:
    path = sends(ana, pause="1")
    assert "Taken back." in ana.client.post(f"{path}take-back/", follow=True).content.decode()
    assert ana.opens(path).status_code == 404
    path = sends(ana, pause="1")
    ana.clock.goes_on(days=3)
    ana.signs_in()
    answer = ana.client.post(f"{path}take-back/", follow=True)
    assert "This day rests" in answer.content.decode()


def test_an_answer_that_is_none_is_refused_with_its_question(ana: Ana) -> None:
    page = ana.sends("/me/check-in/", {"day": today(ana), "pause": "7"}).content.decode()
    assert "Choose one of the answers, or leave it open." in page
    assert stored(ana) == []


# Skills, feelings, the body.


def test_skills_come_back_as_what_was_named_before(ana: Ana) -> None:
    fields = {"coping-use.00": "a walk", "coping-use.00.help": "3", "coping-use.99": "my sister"}
    path = sends(ana, **fields)
    assert answers(stored(ana)[0]) == {"coping-use": '[["a walk", 3], ["my sister", null]]'}
    read = ana.reads(path)
    assert "a walk (quite a lot), my sister" in read
    ana.clock.goes_on(days=1)
    ana.signs_in()
    page = markup(ana, "/me/check-in/")
    assert re.findall(r'name="coping-use\.\d\d" value="([^"]+)"', page) == ["a walk", "my sister"]
    assert "Nothing this time" in page
    sends(ana, **{"coping-use": "none"})
    assert answers(stored(ana)[1]) == {"coping-use": "[]"}


def test_feelings_and_places_are_shown_as_they_were_chosen(ana: Ana) -> None:
    path = sends(ana, feelings=["tired", "hopeful"], regions=["chest"], words="far away")
    page = ana.reads(path)
    assert "Feelings tired, hopeful, far away" in page
    assert "Felt in the body Chest" in page
    page = markup(ana, f"{path}change/")
    assert re.search(r'value="tired" checked', page)
    assert 'value="far away"' in page


# Today.


def test_the_first_question_stands_on_today_and_one_tap_is_kept(ana: Ana) -> None:
    page = markup(ana, "/me/")
    assert "Did you find a moment to pause before you spoke or acted?" in page
    hidden = dict(re.findall(r'name="(day|opened|request_key)" value="([^"]+)"', page))
    answer = ana.sends("/me/check-in/first/", {**hidden, "pause": "no-occasion"})
    (row,) = stored(ana)
    assert answer.url == f"/me/check-ins/{row.pk}/change/#q-{FIRST_SET[1]}"
    assert answers(row) == {"pause": "no-occasion"}
    assert "Did you find a moment" not in ana.reads("/me/")
    assert "today is noted" in ana.reads("/me/")


def test_a_tap_that_says_nothing_leads_to_the_form(ana: Ana) -> None:
    for given in ({}, {"pause": ""}, {"pause": "9"}, {"day": "2020-01-01", "pause": "1"}):
        assert ana.sends("/me/check-in/first/", given).url == "/me/check-in/"
    assert stored(ana) == []


def test_a_measure_of_the_clinic_comes_first_and_the_check_in_waits(ana: Ana) -> None:
    ana.is_given("gad-7")
    card, more = markup(ana, "/me/").split("<details", 1)
    assert "Did you find a moment" not in card
    assert "a minute for today" in more


def test_after_days_away_one_is_asked_how_to_go_on_and_nothing_is_counted(ana: Ana) -> None:
    sends(ana, pause="1")
    ana.clock.goes_on(days=3)
    ana.signs_in()
    assert "Did you find a moment" in ana.reads("/me/")
    ana.clock.goes_on(days=1)
    ana.signs_in()
    page = ana.reads("/me/")
    assert "Good to see you. There is nothing to catch up on." in page
    for word in ("missed", "streak", "3 days", "days without"):
        assert word not in page
    ana.sends("/me/check-ins/go-on/", {"do": "lighter"})
    form = markup(ana, "/me/check-in/")
    assert 'name="pause"' in form
    assert 'name="allow-feeling"' not in form
    assert "Did you find a moment" in ana.reads("/me/")


@pytest.mark.parametrize(
    ("do", "leads"),
    [("keep", "/me/check-in/"), ("hour", "/me/check-ins/track/"), ("pause", "/me/")],
)
def test_each_way_to_go_on_is_one_tap(ana: Ana, do: str, leads: str) -> None:
    assert ana.sends("/me/check-ins/go-on/", {"do": do}).url == leads
    assert ("Your check-ins rest" in ana.reads("/me/")) is (do == "pause")


def test_a_pause_has_an_end_or_none_and_is_turned_on_again(ana: Ana) -> None:
    refused = ana.sends("/me/check-ins/go-on/", {"do": "pause", "until": "2020-01-01"})
    assert refused.status_code == 422
    assert "Choose a day to come" in refused.content.decode()
    until = today(ana, -3)
    ana.sends("/me/check-ins/go-on/", {"do": "pause", "until": until})
    assert "Did you find a moment" not in ana.reads("/me/")
    assert "It rests at the moment" in ana.reads("/me/check-ins/track/")
    ana.clock.goes_on(days=3)
    ana.signs_in()
    assert "Did you find a moment" in ana.reads("/me/")


# Choosing.


def test_what_is_tracked_is_chosen_and_too_much_is_said(ana: Ana) -> None:
    ana.sends("/me/check-ins/track/", {"items": ["mood"], "first_hour": 20, "second_hour": 8})
    assert "All in all, how was your mood?" in ana.reads("/me/")
    many = ["mood", "worry", "pause", "boundary", "reframe", "self-kind", "connected"]
    page = ana.sends("/me/check-ins/track/", {"items": many, "first_hour": 20})
    assert page.status_code == 422
    assert "Choose 6 at most. Fewer is fine." in page.content.decode()


OWN = {
    "words": "How much did I knit?",
    "low": "Not at all",
    "high": "All evening",
    "better": "higher",
}


def test_c10_an_own_question_is_asked_and_let_rest_and_its_line_stays(ana: Ana) -> None:
    """C10: what was said to it is read after it was retired, under the same words."""
    ana.sends("/me/check-ins/track/own/", OWN)
    page = markup(ana, "/me/check-in/")
    assert "How much did I knit?" in page
    assert "10: All evening" in page
    item = re.findall(r'id="q-([0-9a-f-]{36})"', page)[0]
    sends(ana, **{item: "0"})
    ana.sends(f"/me/check-ins/track/own/{item}/rest/")
    assert "How much did I knit?" not in ana.reads("/me/check-in/")
    assert "They are asked no more. What you said to them stays. How much" in ana.reads(
        "/me/check-ins/track/"
    )
    assert "How much did I knit? 0: Not at all" in ana.reads("/me/check-ins/")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"words": ""}, "Fill in"),
        ({"high": "not at all"}, "Both ends have the same name."),
        ({"words": "Did I want to kill myself?"}, "Please bring this to your therapist."),
    ],
)
def test_an_own_question_that_cannot_be_asked_is_told_why(
    ana: Ana, changed: dict[str, str], told: str
) -> None:
    page = ana.sends("/me/check-ins/track/own/", {**OWN, **changed})
    assert page.status_code == 422
    assert told in unescape(page.content.decode())


def test_what_is_not_theirs_cannot_be_let_rest(ana: Ana) -> None:
    assert ana.sends(f"/me/check-ins/track/own/{uuid4()}/rest/").status_code == 404


# Sharing.


def test_the_switch_shares_them_from_then_on_and_takes_all_back(ana: Ana) -> None:
    path = sends(ana, pause="1")
    assert "Only you can read this." in ana.reads(path)
    page = ana.client.post("/me/shared/switch/check-in/", {"on": "yes"}, follow=True)
    assert "Check-ins are shared as you note them." in page.content.decode()
    assert "You share your check-ins with your care team since" in ana.reads(path)
    page = ana.client.post("/me/shared/switch/check-in/", {"on": "no"}, follow=True)
    assert "Your care team reads none of them any more." in page.content.decode()


def test_one_check_in_is_shared_by_itself(ana: Ana) -> None:
    path = sends(ana, pause="1")
    id = UUID(path.strip("/").split("/")[-1])
    page = ana.reads(f"/me/shared/check-in/{id}/")
    assert "A check-in" in page
    assert "Pausing: Yes" in page
    seen = re.findall(r'name="seen" value="([^"]+)"', markup(ana, f"/me/shared/check-in/{id}/"))
    ana.sends(f"/me/shared/check-in/{id}/", {"seen": seen[0]})
    assert "You shared this one with your care team." in ana.reads(path)


def test_nothing_is_asked_of_somebody_who_told_of_danger_today(ana: Ana) -> None:
    from tests.interfaces.portal.test_told import WHOLE

    ana.answers(ana.is_given("phq-9"), WHOLE)
    assert ana.opens("/me/check-in/").url == "/me/"
    assert "Did you find a moment" not in ana.reads("/me/")


def test_danger_in_shared_words_is_answered_with_help_at_once(ana: Ana) -> None:
    ana.sends("/me/shared/switch/check-in/", {"on": "yes"})
    path = sends(ana, words="I want to kill myself")
    assert "Thank you for telling us." in ana.reads(path)


def test_days_before_stand_four_weeks_at_a_time(ana: Ana) -> None:
    sends(ana, pause="1")
    ana.clock.goes_on(days=30)
    ana.signs_in()
    assert "0 of 28 days" in ana.reads("/me/check-ins/")
    earlier = re.findall(r'href="(\?upto=[^"]+)"', markup(ana, "/me/check-ins/"))[0]
    assert "1 of 28 days" in ana.reads(f"/me/check-ins/{earlier}")
