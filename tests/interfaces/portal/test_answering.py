"""Answering: exact questions, nothing lost, a calm card where it is needed, sent once."""

import html
import re
from typing import Any

import pytest

from tests.cast import looking
from tests.interfaces.portal.doing import Ana, spread, words
from waymark.library.instrument import Instrument
from waymark.library.instruments import INSTRUMENTS
from waymark.record.assessments import actions as assessments
from waymark.record.assessments.models import Draft, Response, Score
from waymark.record.people import actions as people
from waymark.record.safety.models import Concern, SafetyPolicy

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

OFFERED = [one for one in INSTRUMENTS.values() if one.compared is not None]
CONDITIONS = [one.id for one in OFFERED if not one.default_on]
CARD = "Thank you for telling us."


def opened(ana: Ana) -> None:
    """The clinic accepted the conditions of every instrument that has some."""
    people.set_instruments(
        ana.cast.clinic,
        opened=CONDITIONS,
        usual_set=[],
        self_start=[],
        by=ana.cast.viewer("ada"),
        at=ana.clock.at,
    )


def form(ana: Ana, id: Any) -> str:
    return str(ana.opens(f"/me/answers/{id}/").content.decode())


def card_under(page: str, item: str) -> str:
    """The card of help in the question of that item, or nothing."""
    found = re.search(rf'id="id_{item}_card".*?</section>', page, re.DOTALL)
    return words(f"<body>{found[0]}") if found else ""


# What is asked


@pytest.mark.parametrize("instrument", OFFERED, ids=lambda one: one.id)
def test_every_question_and_every_answer_is_printed_to_the_letter(
    ana: Ana, instrument: Instrument
) -> None:
    opened(ana)
    page = form(ana, ana.is_given(instrument.id))
    legends = re.findall(r'<span class="text">(.*?)</span></legend>', page, re.DOTALL)
    assert [html.unescape(text) for text in legends] == [item.text for item in instrument.items]
    for item in instrument.items:
        found = re.findall(
            rf'name="{item.id}" value="(\d+)"[^>]*><span>(.*?)</span>', page, re.DOTALL
        )
        assert [(int(value), html.unescape(label)) for value, label in found] == [
            (option.value, option.label) for option in item.options
        ]
    assert html.escape(instrument.licence.attribution, quote=True) in page


def test_before_danger_is_asked_about_it_is_said_who_reads_and_what_is_told(ana: Ana) -> None:
    text = words(form(ana, ana.is_given("phq-9")))
    assert "read by the people who treat you at Lakeside Counseling, within 1 working day." in text
    assert "Nobody is watching while you write." in text
    assert (
        "If you give question 9 any answer but “Not at all”, your care team is told as soon as "
        "that answer is saved, even if you change it or never send the rest." in text
    )
    assert "In danger now? Help is here" in text


@pytest.mark.parametrize(
    ("instrument", "says"),
    [
        ("core-10", "question 6 any answer but “Not at all”"),
        ("c-ssrs", "any of questions 1, 2, 3, 4, 5, 6 and 7 any answer but “No”"),
    ],
)
def test_that_is_said_of_the_right_questions(ana: Ana, instrument: str, says: str) -> None:
    opened(ana)
    assert says in words(form(ana, ana.is_given(instrument)))


def test_that_answers_save_as_one_goes_is_said_only_where_they_do(ana: Ana) -> None:
    """The script that saves shows one sentence; a browser without it shows the other."""
    page = form(ana, ana.is_given("phq-9"))
    assert "<p data-scripted hidden>Answers save as you go.</p>" in page
    assert re.search(r"<noscript><p>Nothing is saved until you press", page)


def test_where_no_danger_is_asked_about_it_is_said_all_the_same_who_reads(ana: Ana) -> None:
    text = words(form(ana, ana.is_given("gad-7")))
    assert "read by the people who treat you at Lakeside Counseling. Nobody is watching" in text


def test_where_no_danger_is_asked_about_none_is_spoken_of(ana: Ana) -> None:
    text = words(form(ana, ana.is_given("gad-7")))
    assert "care team is told" not in text
    assert CARD not in text


# Nothing is lost


def test_answers_are_kept_as_they_are_chosen(ana: Ana) -> None:
    id = ana.is_given("gad-7")
    assert "Saved at 12:00 PM." in ana.saves(id, {"q1": 2})
    ana.saves(id, {"q3": 0})
    page = form(ana, id)
    assert re.search(r'name="q1" value="2"[^>]* checked', page)
    assert re.search(r'name="q3" value="0"[^>]* checked', page)
    assert "2 of 7 answered" in page


def test_without_a_script_what_was_chosen_is_kept_by_finishing_later(ana: Ana) -> None:
    id = ana.is_given("gad-7")
    answer = ana.sends(f"/me/answers/{id}/later/", {"q1": 3}, follow=True)
    assert answer.redirect_chain == [("/me/", 302)]
    assert "Kept. You can go on whenever you like." in answer.content.decode()
    assert re.search(r'name="q1" value="3"[^>]* checked', form(ana, id))


@pytest.mark.parametrize("value", ["4", "-1", "x", "1.0", "01", "٣", " "])
def test_an_answer_that_is_not_one_of_those_printed_is_refused_and_the_rest_is_kept(
    ana: Ana, value: str
) -> None:
    id = ana.is_given("gad-7")
    answer = ana.answers(id, {**spread("gad-7", 7), "q2": value})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(r'name="q1" value="1"[^>]* checked', page)
    with looking():
        assert Response.objects.count() == 0
        assert Draft.objects.get().answers["q7"] == 1


def test_an_autosave_says_which_answer_was_not_saved(ana: Ana) -> None:
    id = ana.is_given("gad-7")
    assert "Question 2 was not saved." in ana.saves(id, {"q1": 1, "q2": "9"})
    with looking():
        assert Draft.objects.get().answers == {"q1": 1}


def test_unanswered_questions_are_asked_once_and_then_sent_as_they_are(ana: Ana) -> None:
    id = ana.is_given("gad-7")
    given = {f"q{n}": 1 for n in range(1, 6)}
    first = ana.answers(id, given)
    text = words(first.content.decode())
    assert first.status_code == 422
    assert "2 questions have no answer yet." in text
    assert re.findall(r'href="#id_(q\d)"', first.content.decode()) == ["q6", "q7"]
    assert ana.answers(id, given, incomplete="yes")["Location"] == f"/me/answers/{id}/sent/"
    with looking():
        assert Response.objects.get().answers["q7"] is None


def test_answers_that_are_complete_are_sent_at_once(ana: Ana) -> None:
    id = ana.is_given("gad-7")
    assert ana.answers(id, spread("gad-7", 7))["Location"] == f"/me/answers/{id}/sent/"


def test_what_was_saved_before_counts_when_the_rest_is_sent(ana: Ana) -> None:
    id = ana.is_given("gad-7")
    ana.saves(id, {f"q{n}": 1 for n in range(1, 7)})
    assert ana.answers(id, {"q7": 2})["Location"] == f"/me/answers/{id}/sent/"
    with looking():
        assert Score.objects.get().result["value"] == 8


def test_an_answer_can_be_taken_back_by_skipping(ana: Ana) -> None:
    id = ana.is_given("gad-7")
    ana.saves(id, {"q1": 3})
    ana.saves(id, {"q1": ""})
    with looking():
        assert Draft.objects.get().answers == {"q1": None}


def test_the_same_form_pressed_twice_is_one_set_of_answers(ana: Ana) -> None:
    id, key = ana.is_given("gad-7"), "0b0c2d7e-34d1-4f6c-9a52-6a1d3cf2f9aa"
    for _ in range(2):
        ana.answers(id, spread("gad-7", 7), request_key=key)
    with looking():
        assert Response.objects.count() == 1


def test_two_tabs_do_not_make_two_sets_of_answers(ana: Ana) -> None:
    id = ana.is_given("gad-7")
    ana.saves(id, {"q1": 1})
    ana.answers(id, spread("gad-7", 7))
    assert "You have sent these answers already." in ana.saves(id, {"q1": 3})
    second = ana.answers(id, spread("gad-7", 21))
    assert second["Location"] == f"/me/answers/{id}/sent/"
    with looking():
        assert Score.objects.get().result["value"] == 7


def test_a_form_that_is_over_is_opened_no_more_and_still_sent_by_who_has_it_open(ana: Ana) -> None:
    id = ana.is_given("gad-7")
    with looking():
        from waymark.record.assessments.models import Assignment

        assignment = Assignment.objects.get(patient=ana.patient)
    ben = ana.cast.viewer("ben")
    assessments.end_assignment(assignment, by=ben, at=ana.clock.at)
    answer = ana.opens(f"/me/answers/{id}/", follow=True)
    assert answer.redirect_chain == [("/me/", 302)]
    assert "no longer open" in answer.content.decode()
    assert "Saved at" in ana.saves(id, {"q1": 1})
    assert ana.opens(f"/me/answers/{id}/").status_code == 200  # what was typed is found again
    answer = ana.answers(id, spread("gad-7", 7))
    assert answer["Location"] == f"/me/answers/{id}/sent/"


def test_a_form_that_is_over_leads_to_the_one_that_is_open(ana: Ana) -> None:
    first = ana.is_given("gad-7", repeat=14)
    ana.clock.goes_on(days=14)
    assessments.bring_due(ana.patient, by=ana.cast.clock(), at=ana.clock.at)
    ana.signs_in()
    second = ana.waits("gad-7")
    assert second != first
    assert ana.opens(f"/me/answers/{first}/")["Location"] == f"/me/answers/{second}/"


# Questions behind a question


def test_never_drinking_ends_the_questions_about_drinking(ana: Ana) -> None:
    opened(ana)
    id = ana.is_given("audit-c")
    assert ana.answers(id, {"q1": 0})["Location"] == f"/me/answers/{id}/sent/"
    with looking():
        assert Score.objects.get().result["value"] == 0


def test_drinking_asks_the_two_others(ana: Ana) -> None:
    opened(ana)
    id = ana.is_given("audit-c")
    page = ana.answers(id, {"q1": 2}).content.decode()
    assert re.findall(r'href="#id_(q\d)"', page) == ["q2", "q3"]


def test_an_unanswered_first_question_asks_for_itself_alone(ana: Ana) -> None:
    opened(ana)
    page = ana.answers(ana.is_given("audit-c"), {}).content.decode()
    assert re.findall(r'href="#id_(q\d)"', page) == ["q1"]


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ({"q1": 0, "q2": 0, "q6": 0}, []),
        ({"q1": 1, "q2": 1, "q6": 0}, ["q3", "q4", "q5"]),
        ({"q1": 0, "q2": 0, "q6": 1}, ["q6b"]),
        ({"q1": 0}, ["q2", "q6"]),
    ],
)
def test_the_questions_about_safety_ask_what_the_protocol_asks(
    ana: Ana, given: dict[str, int], asked: list[str]
) -> None:
    opened(ana)
    page = ana.answers(ana.is_given("c-ssrs"), given).content.decode()
    assert re.findall(r'<li><a href="#id_(\w+)"', page) == asked


def test_a_question_behind_another_says_when_it_is_meant(ana: Ana) -> None:
    opened(ana)
    drinking = words(form(ana, ana.is_given("audit-c")))
    assert drinking.count("Leave this out if you chose “Never” at question 1.") == 2
    safety = words(form(ana, ana.is_given("c-ssrs")))
    assert safety.count("Only if you chose “Yes” at question 2.") == 3
    assert safety.count("Only if you chose “Yes” at question 6.") == 1


def test_what_is_pointless_is_not_counted(ana: Ana) -> None:
    opened(ana)
    id = ana.is_given("audit-c")
    assert "0 of 3 answered" in form(ana, id)
    ana.saves(id, {"q1": 0})
    assert "1 of 1 answered" in form(ana, id)


# Danger


def concerns() -> int:
    with looking():
        return int(Concern.objects.count())


@pytest.mark.parametrize("value", [1, 2, 3])
def test_an_answer_of_danger_brings_the_card_in_the_same_response(ana: Ana, value: int) -> None:
    id = ana.is_given("phq-9")
    saved = ana.saves(id, {"q9": value})
    card = card_under(saved, "q9")
    assert CARD in card
    assert "Call 988" in card
    assert "Call 911" in card
    assert "Your care team has been told. They have until " in card
    assert "No one is reading this page right now." in card
    assert concerns() == 1


def test_without_a_script_the_card_comes_with_the_page(ana: Ana) -> None:
    id = ana.is_given("phq-9")
    page = ana.answers(id, {"q9": 1}).content.decode()
    assert CARD in card_under(page, "q9")
    assert re.search(r'name="q9" value="1"[^>]* checked[^>]* data-opens', page)
    assert concerns() == 1


def test_the_card_is_in_the_page_before_anything_is_sent(ana: Ana) -> None:
    """So that it opens in place without the network; the style shows it when it is chosen."""
    page = form(ana, ana.is_given("phq-9"))
    card = card_under(page, "q9")
    assert CARD in card
    assert "Your care team is not told yet. Call or text" in card
    assert "It is told once you press “Send my answers” or “Keep this and finish later”." in card
    assert re.findall(r'name="q9" value="(\d)"[^>]* data-opens', page) == ["1", "2", "3"]


def test_the_card_says_that_the_team_was_told_as_soon_as_that_is_true(ana: Ana) -> None:
    """The same page, opened again after the answer was saved, or after it was sent with gaps."""
    saved = ana.is_given("phq-9")
    assert "has been told" in card_under(ana.answers(saved, {"q9": 1}).content.decode(), "q9")
    card = card_under(form(ana, saved), "q9")
    assert "has been told" in card
    assert "is not told yet" not in card
    ana.saves(saved, {"q9": 0})
    assert "is not told yet" in card_under(form(ana, saved), "q9")


def test_not_at_all_brings_no_card_and_no_reassurance(ana: Ana) -> None:
    saved = ana.saves(ana.is_given("phq-9"), {"q9": 0})
    assert card_under(saved, "q9") == ""
    assert "safe" not in words(f"<body>{saved}").lower()
    assert concerns() == 0


def test_the_card_comes_whatever_else_is_wrong_with_the_form(ana: Ana) -> None:
    saved = ana.saves(ana.is_given("phq-9"), {"q1": "7", "q9": 2})
    assert CARD in card_under(saved, "q9")
    assert concerns() == 1


def test_finishing_later_with_danger_leads_to_help(ana: Ana) -> None:
    id = ana.is_given("phq-9")
    answer = ana.sends(f"/me/answers/{id}/later/", {"q9": 2})
    assert "Thank you for telling us." in answer.content.decode()
    assert "Kept. You can go on whenever you like." in answer.content.decode()
    assert concerns() == 1


def test_changing_it_back_closes_nothing(ana: Ana) -> None:
    id = ana.is_given("phq-9")
    ana.saves(id, {"q9": 3})
    ana.answers(id, {**spread("phq-9", 4), "q9": 0})
    with looking():
        assert Concern.objects.get().state == "new"


def test_a_slip_can_be_told_and_the_form_goes_on(ana: Ana) -> None:
    id = ana.is_given("phq-9")
    ana.saves(id, {"q9": 1})
    answer = ana.sends("/me/mistake/", {"administration": str(id)}, follow=True)
    assert answer.redirect_chain == [(f"/me/answers/{id}/#id_q9", 302)]
    assert "It is noted with your answer that it was a slip" in answer.content.decode()
    with looking():
        concern = Concern.objects.get()
        assert (concern.state, concern.entries.filter(kind="mistake").count()) == ("new", 1)


def test_after_sending_the_card_stands_first_and_the_next_step_is_honest(ana: Ana) -> None:
    id = ana.is_given("phq-9")
    ana.answers(id, {**spread("phq-9", 4), "q9": 1})
    text = ana.reads(f"/me/answers/{id}/sent/")
    assert text.index(CARD) < text.index("too early to say")
    assert "They have until Tuesday, March 3 at 4:00 PM to take it on." in text
    assert "If you have not heard from them by then, please call them" in text


def test_nothing_is_said_to_be_told_while_notices_do_not_leave(ana: Ana) -> None:
    people.settle(
        ana.cast.clinic,
        to=people.Letterhead("Lakeside", "America/Chicago", "US", "312 555 0100"),
        by=ana.cast.viewer("ada"),
        at=ana.clock.at,
    )
    id = ana.is_given("phq-9")
    ana.clock.goes_on(minutes=3)  # the worker has not been seen since
    card = card_under(ana.saves(id, {"q9": 1}), "q9")
    assert "has been told" not in card
    assert "We could not reach your care team just now. Please call them at 312 555 0100" in card
    ana.answers(id, {**spread("phq-9", 4), "q9": 1})
    sent = ana.reads(f"/me/answers/{id}/sent/")
    assert "has been told" not in sent
    assert "Please call them at 312 555 0100" in sent


# What comes right after


def test_the_first_answers_are_thanked_for_and_judged_by_nobody(ana: Ana) -> None:
    id = ana.is_given("gad-7")
    ana.answers(id, spread("gad-7", 9))
    text = ana.reads(f"/me/answers/{id}/sent/")
    assert "Thank you. Your answers are stored. Ben can see them." in text
    assert "Your total: 9 of 21. Lower is better." in text
    assert "It is too early to say" in text


def test_a_change_is_told_with_its_size_and_certainty(ana: Ana) -> None:
    ana.took("gad-7", [16, 15, 14, 12, 9, 7])
    ana.clock.goes_on(days=7)
    ana.signs_in()
    id = ana.is_given("gad-7")
    ana.answers(id, spread("gad-7", 5))
    text = ana.reads(f"/me/answers/{id}/sent/")
    assert "are clearly lower than in" in text
    assert "16 then, 5 now" in text


def test_answers_without_a_total_are_not_told_as_an_older_change(ana: Ana) -> None:
    ana.took("gad-7", [16, 15, 14, 12, 9, 7])
    ana.clock.goes_on(days=7)
    ana.signs_in()
    id = ana.is_given("gad-7")
    ana.answers(id, {"q1": 3}, incomplete="yes")
    text = ana.reads(f"/me/answers/{id}/sent/")
    assert "Some answers are missing, so there is no total this time." in text
    assert "7 now" not in text


def test_answers_that_were_sent_are_shown_as_sent(ana: Ana) -> None:
    id = ana.is_given("gad-7")
    assert ana.opens(f"/me/answers/{id}/sent/")["Location"] == f"/me/answers/{id}/"
    ana.answers(id, spread("gad-7", 9))
    assert ana.opens(f"/me/answers/{id}/")["Location"] == f"/me/answers/{id}/sent/"


@pytest.mark.parametrize(
    ("days", "promised"), [(1, ", within 1 working day"), (2, ", within 2 working days"), (0, "")]
)
def test_a_time_is_promised_where_a_signed_policy_keeps_it(
    ana: Ana, days: int, promised: str
) -> None:
    """The policy may have been withdrawn since the form was given."""
    id = ana.is_given("phq-9")
    with looking():
        timers = {"review": days, "same-day": 4, "urgent": 15}
        gone = None if days else ana.clock.at
        SafetyPolicy.objects.update(timers=timers, replaced_at=gone)
    clinic = ana.cast.clinic.name
    page = ana.reads(f"/me/answers/{id}/")
    assert f"the people who treat you at {clinic}{promised}. Nobody is watching" in page
