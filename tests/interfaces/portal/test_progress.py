"""Progress: a sentence, a picture, a table, the why; and an answer to it that is kept beside it."""

import re
from typing import Any

import pytest

from tests.cast import looking
from tests.interfaces.portal.doing import Ana
from waymark.progress.telling.told import BANNED
from waymark.record.assessments import actions as assessments
from waymark.record.timeline.models import Remark

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

REMARK = "/me/progress/gad-7/total/remark/"
DOWN, UP, FLAT = [16, 15, 14, 12, 9, 7], [6, 7, 9, 11, 14, 16], [12, 11, 13, 12, 11, 12]


def remark() -> dict[str, Any]:
    with looking():
        return dict(Remark.objects.get().body)


def responds(ana: Ana, fields: dict[str, Any], **given: Any) -> Any:
    """Answers the first finding of the page, as it is told now."""
    page = ana.opens("/me/progress/").content.decode()
    about = re.search(r'name="about" value="([^"]+)"', page)
    assert about is not None
    return ana.sends(REMARK, {"about": about[1], **fields}, **given)


def pressed(page: str) -> list[str]:
    """The answers that are shown as chosen."""
    return re.findall(r'name="answer" value="([\w-]+)" aria-pressed="true"', page)


# What is told


def test_before_the_first_answer_the_page_says_what_will_be_here(ana: Ana) -> None:
    text = ana.reads("/me/progress/")
    assert "Your first answer is where it begins." in text
    assert "After two answers, four weeks apart, this page can say what moved." in text


def test_in_the_first_weeks_it_is_too_early_whatever_the_scores(ana: Ana) -> None:
    ana.took("gad-7", [18, 4, 3])
    text = ana.reads("/me/progress/")
    assert "too early to say" in text
    assert "clearly" not in text


@pytest.mark.parametrize(
    ("totals", "says"),
    [
        (DOWN, "answers are clearly lower than in March: 16 then, 7 now."),
        (UP, "answers are clearly higher than in March: 6 then, 16 now."),
        (FLAT, "answers are within their usual ups and downs since March: 12 then, 12 now."),
    ],
)
def test_a_change_is_said_in_a_sentence_first(ana: Ana, totals: list[int], says: str) -> None:
    ana.took("gad-7", totals)
    page = ana.opens("/me/progress/").content.decode()
    headline = re.findall(r'<h1 class="headline"[^>]*>(.*?)</h1>', page, re.DOTALL)
    assert headline == [f"Your worry and anxiety {says}"]


@pytest.mark.parametrize("totals", [DOWN, UP, FLAT, [12], [3, 2, 3, 2, 3, 2]])
def test_no_page_blames_or_cheers(ana: Ana, totals: list[int]) -> None:
    ana.took("gad-7", totals)
    for path in ("/me/progress/", "/me/progress/how/", "/me/progress/gad-7/total/"):
        text = ana.reads(path)
        found = [ban for ban in BANNED if re.search(ban, text, re.IGNORECASE)]
        assert found == [], path


def test_a_worsening_names_a_person_to_ask(ana: Ana) -> None:
    ana.took("gad-7", UP)
    assert "Ben" in ana.reads("/me/progress/")


def test_the_picture_can_be_read_without_seeing_it(ana: Ana) -> None:
    ana.took("gad-7", DOWN)
    page = ana.opens("/me/progress/").content.decode()
    wide = re.search(r'<svg class="course".*?</svg>', page, re.DOTALL)
    assert wide is not None
    assert len(re.findall(r'role="listitem"', wide[0])) == len(DOWN)
    assert "<title" in wide[0]


def test_the_answers_that_were_given_last_come_first(ana: Ana) -> None:
    ana.took("gad-7", DOWN)
    ana.clock.goes_on(days=1)
    ana.took("phq-8", [9])
    page = ana.reads("/me/progress/")
    assert page.index("Low mood") < page.index("Worry and anxiety")


def test_the_table_holds_every_score_with_where_it_came_from(ana: Ana) -> None:
    ana.took("gad-7", [16, 15, 14])
    text = ana.reads("/me/progress/gad-7/total/")
    found = re.findall(r"(\w{3} \d+, 2026) on paper (\d+) of 21 (\w+)", text)
    assert found == [
        ("Mar 17, 2026", "14", "moderate"),
        ("Mar 10, 2026", "15", "severe"),
        ("Mar 3, 2026", "16", "severe"),
    ]
    assert "It is not a diagnosis" in text


@pytest.mark.parametrize("path", ["gad-7/no-such/", "no-such/total/", "phq-9/total/"])
def test_a_course_that_is_not_there_is_not_found(ana: Ana, path: str) -> None:
    ana.took("gad-7", [9])
    assert ana.opens(f"/me/progress/{path}").status_code == 404
    assert ana.sends(f"/me/progress/{path}remark/", {"answer": "fits"}).status_code == 404


def test_how_we_know_is_told_for_each_measure_one_took(ana: Ana) -> None:
    ana.took("gad-7", DOWN)
    text = ana.reads("/me/progress/how/")
    assert "Scores wobble" in text
    assert "Moves of less than 4 points can come from the usual ups and downs." in text
    assert "It cannot tell what made things change" in text
    assert "Low mood" not in text


# The answer to it


@pytest.mark.parametrize(("answer", "fits"), [("fits", True), ("not-how-it-feels", False)])
def test_a_client_can_say_whether_it_fits(ana: Ana, answer: str, fits: bool) -> None:
    ana.took("gad-7", DOWN)
    done = responds(ana, {"answer": answer}, follow=True)
    page = done.content.decode()
    assert "Kept beside it. Your care team can see it too." in page
    assert pressed(page) == [answer]
    assert remark() == {"fits": fits, "words": ""}


def test_a_client_can_add_what_was_going_on(ana: Ana) -> None:
    ana.took("gad-7", DOWN)
    page = responds(ana, {"answer": "context", "words": "The move.\nA new job."}, follow=True)
    assert "The move.\nA new job.</textarea>" in page.content.decode()
    assert pressed(page.content.decode()) == []


def test_adding_words_keeps_the_answer_and_the_answer_keeps_the_words(ana: Ana) -> None:
    ana.took("gad-7", DOWN)
    responds(ana, {"answer": "not-how-it-feels", "words": ""})
    responds(ana, {"answer": "context", "words": "I slept badly."})
    assert remark() == {"fits": False, "words": "I slept badly."}
    responds(ana, {"answer": "fits", "words": "I slept badly."})
    assert remark() == {"fits": True, "words": "I slept badly."}


def test_a_later_answer_replaces_the_one_before(ana: Ana) -> None:
    ana.took("gad-7", DOWN)
    for answer in ("fits", "not-how-it-feels", "fits"):
        responds(ana, {"answer": answer})
    assert remark()["fits"] is True


def test_new_answers_ask_anew_and_the_old_words_stay_with_theirs(ana: Ana) -> None:
    ana.took("gad-7", DOWN)
    responds(ana, {"answer": "fits", "words": "The move."})
    ana.clock.goes_on(days=7)
    ana.took("gad-7", [6])
    page = ana.opens("/me/progress/").content.decode()
    assert pressed(page) == []
    now, before = page.split("What you said before")
    assert "The move." not in now
    assert "It fits." in before
    assert "The move." in before
    assert remark()["words"] == "The move."


@pytest.mark.parametrize("about", ["", "off-track.0b0c2d7e-34d1-4f6c-9a52-6a1d3cf2f9aa", "stale"])
def test_an_answer_to_what_is_not_told_now_changes_nothing_and_is_not_lost(
    ana: Ana, about: str
) -> None:
    """A page left open: the answer in it is about another finding, or an older score."""
    ana.took("gad-7", DOWN)
    responds(ana, {"answer": "fits", "words": "The move."})
    old = ana.opens("/me/progress/").content.decode()
    if about == "stale":
        about = re.findall(r'name="about" value="([^"]+)"', old)[0]
        ana.clock.goes_on(days=7)
        ana.took("gad-7", [6])
    page = ana.sends(REMARK, {"about": about, "answer": "not-how-it-feels", "words": "Not so."})
    assert page.status_code == 422
    assert "what we say here has changed since you read it" in page.content.decode()
    assert "Not so.</textarea>" in page.content.decode()
    assert remark() == {"fits": True, "words": "The move."}


def test_no_answer_and_no_words_are_asked_for_kindly(ana: Ana) -> None:
    ana.took("gad-7", DOWN)
    page = responds(ana, {"answer": "context", "words": "  "})
    assert "Write a few words, or choose one of the answers." in page.content.decode()
    with looking():
        assert not Remark.objects.exists()


def test_words_that_are_too_many_are_not_lost(ana: Ana) -> None:
    ana.took("gad-7", DOWN)
    typed = "a long week " * 400
    page = responds(ana, {"answer": "context", "words": typed})
    assert page.status_code == 422
    assert "Please keep it under 4000 characters." in page.content.decode()
    assert typed.strip() in page.content.decode()


def test_words_are_shown_as_words(ana: Ana) -> None:
    ana.took("gad-7", DOWN)
    responds(ana, {"answer": "context", "words": "</textarea><script>go()</script>"})
    page = ana.opens("/me/progress/").content.decode()
    assert "<script>go()" not in page
    assert "&lt;script&gt;go()" in page


def test_the_same_answer_pressed_twice_is_kept_once(ana: Ana) -> None:
    ana.took("gad-7", DOWN)
    key = "0b0c2d7e-34d1-4f6c-9a52-6a1d3cf2f9aa"
    for _ in range(2):
        responds(ana, {"answer": "fits", "request_key": key})
    assert remark()["fits"] is True


def test_a_score_from_earlier_records_is_part_of_the_table(ana: Ana) -> None:
    from datetime import date

    past = assessments.Past("gad-7", date(2026, 2, 1), value=13.0)
    ben = ana.cast.viewer("ben")
    assessments.bring_in(ana.patient, rows=[past], by=ben, at=ana.clock.at)
    assert "Feb 1, 2026 from earlier records 13 of 21" in ana.reads("/me/progress/gad-7/total/")
