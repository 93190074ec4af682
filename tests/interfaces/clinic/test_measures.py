"""Giving measures: to one client, to several, on paper, by telephone; what each page says."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from tests.cast import Cast, looking
from tests.interfaces.conftest import BrowserOf
from waymark.library.instruments import INSTRUMENTS
from waymark.record.assessments.models import Administration, Assignment, Response
from waymark.record.people import actions as people
from waymark.record.safety.models import Concern

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

TODAY = "2026-03-03"
PHQ_9 = {f"q{n}": "1" for n in range(1, 9)} | {"q9": "0"}


def text(response: Any) -> str:
    """The words of a page as a person reads them."""
    return response.content.decode().replace("&#x27;", "'").replace("&quot;", '"')


def rows() -> list[Assignment]:
    with looking():
        return list(Assignment.objects.order_by("made_at", "instrument"))


def give(browser: Client, client: UUID, **given: str) -> Any:
    form = {"instrument": "gad-7", "repeat": "every-days", "every_days": "7", "starts_on": TODAY}
    return browser.post(f"/clinic/measures/{client}/", {**form, **given}, follow=True)


# One client


def test_a_measure_is_given_by_a_rule(lakeside: Cast, browser_of: BrowserOf) -> None:
    ana = lakeside.patients["ana"]
    page = give(browser_of("ben"), ana.pk)

    (row,) = rows()
    assert (row.instrument, row.repeat, row.every_days) == ("gad-7", "every-days", 7)
    assert row.patient_id == ana.pk
    assert "GAD-7 is given. It can be answered now." in text(page)
    assert "every 7 days, from March 3, 2026" in text(page)


def test_once_and_at_each_session_need_no_number_of_days(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    ben, ana = browser_of("ben"), lakeside.patients["ana"].pk
    give(ben, ana, repeat="once", every_days="")
    give(ben, ana, instrument="phq-8", repeat="each-session", every_days="")
    assert [(row.instrument, row.repeat) for row in rows()] == [
        ("gad-7", "once"),
        ("phq-8", "each-session"),
    ]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"every_days": ""}, "Say after how many days"),
        ({"every_days": "3"}, "every 7 days at the most often"),
        ({"starts_on": "2026-03-02"}, "Choose today, or a day within the next year"),
        ({"starts_on": "2027-06-01"}, "Choose today, or a day within the next year"),
        ({"instrument": "who-5"}, "Choose one of the answers at “Measure”"),
    ],
)
def test_what_cannot_be_given_is_told_and_nothing_typed_is_lost(
    lakeside: Cast, browser_of: BrowserOf, given: dict[str, str], told: str
) -> None:
    page = give(browser_of("ben"), lakeside.patients["ana"].pk, **given)
    assert page.status_code == 422
    assert told in text(page)
    assert not rows()
    for name, value in ({"every_days": "7", "starts_on": TODAY} | given).items():
        assert f'name="{name}" value="{value}"' in text(page) or name == "instrument" or not value


def test_each_measure_that_cannot_be_given_says_why(lakeside: Cast, browser_of: BrowserOf) -> None:
    page = text(browser_of("ben").get(f"/clinic/measures/{lakeside.patients['ana'].pk}/"))
    assert "6 measures cannot be given now" in page
    assert "WHO-5 has conditions; an administrator accepts them first." in page


def test_outside_the_demo_phq_9_is_refused_and_phq_8_is_named(
    lakeside: Cast, browser_of: BrowserOf, settings: Any
) -> None:
    settings.WAYMARK_DEMO = False
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if "Factor" not in one]
    browser = browser_of("ben")
    page = give(browser, lakeside.patients["ana"].pk, instrument="phq-9")
    assert page.status_code == 422
    assert "PHQ-8 is a separate measure without that question" in text(page)
    assert not rows()


def test_the_usual_set_comes_whole(lakeside: Cast, browser_of: BrowserOf) -> None:
    usual(lakeside, "phq-8", "gad-7")
    ben, ana = browser_of("ben"), lakeside.patients["ana"].pk
    give(ben, ana, instrument="usual-set")
    again = give(ben, ana, instrument="usual-set")
    assert {row.instrument for row in rows()} == {"phq-8", "gad-7"}
    assert "Everything in the usual set was given already" in text(again)


def usual(cast: Cast, *ids: str) -> None:
    people.set_instruments(
        cast.clinic,
        opened=[],
        usual_set=ids,
        self_start=[],
        by=cast.viewer("ada"),
        at=cast.clinic.made_at,
    )


def test_one_form_sent_twice_gives_once(lakeside: Cast, browser_of: BrowserOf) -> None:
    ben, ana, key = browser_of("ben"), lakeside.patients["ana"].pk, str(uuid4())
    give(ben, ana, request_key=key)
    give(ben, ana, request_key=key)
    assert len(rows()) == 1


def test_an_assignment_ends(lakeside: Cast, browser_of: BrowserOf) -> None:
    ben, ana = browser_of("ben"), lakeside.patients["ana"].pk
    give(ben, ana)
    (row,) = rows()
    page = ben.post(f"/clinic/measures/end/{row.pk}/", follow=True)
    assert "GAD-7 is given no more." in text(page)
    (row,) = rows()
    assert row.ended_at is not None
    with looking():
        assert Administration.objects.get().state == "lapsed"


def test_nobody_gives_to_a_client_who_is_not_theirs(lakeside: Cast, browser_of: BrowserOf) -> None:
    give(browser_of("ben"), lakeside.patients["ana"].pk)
    (row,) = rows()
    gil, ana = browser_of("gil"), lakeside.patients["ana"].pk
    for page in (f"/clinic/measures/{ana}/", f"/clinic/measures/{ana}/enter/gad-7/"):
        assert gil.get(page).status_code == 404
    assert give(gil, ana).status_code == 404
    assert gil.post(f"/clinic/measures/end/{row.pk}/").status_code == 404
    (row,) = rows()
    assert row.ended_at is None


@pytest.mark.parametrize("name", ["sue", "dana", "ada", "ana"])
def test_only_clinicians_give(lakeside: Cast, browser_of: BrowserOf, name: str) -> None:
    browser, ana = browser_of(name), lakeside.patients["ana"].pk
    for page in ("/clinic/measures/", f"/clinic/measures/{ana}/", "/clinic/measures/import/"):
        assert browser.get(page).status_code == 403
    assert browser.get("/clinic/measures/print/phq-9/").status_code == 403


# Several clients


def many(browser: Client, clients: list[UUID], **given: str) -> Any:
    form = {"instrument": "gad-7", "repeat": "once", "every_days": "", "starts_on": TODAY}
    return browser.post("/clinic/measures/", {**form, "clients": [*map(str, clients)], **given})


@pytest.fixture
def both(lakeside: Cast) -> list[UUID]:
    """Ben treats Eli too."""
    people.join_care_team(
        lakeside.patients["eli"],
        clinician=lakeside.memberships["ben"],
        by=lakeside.viewer("ada"),
        at=lakeside.clinic.made_at,
    )
    return [lakeside.patients[name].pk for name in ("ana", "eli")]


def test_several_clients_each_get_their_own(both: list[UUID], browser_of: BrowserOf) -> None:
    page = many(browser_of("ben"), both)
    assert "Done for everybody chosen." in text(page)
    assert {row.patient_id for row in rows()} == set(both)


def test_everybody_is_chosen_in_one_tap(both: list[UUID], browser_of: BrowserOf) -> None:
    ben = browser_of("ben")
    assert f"Everybody in my care ({len(both)})" in text(ben.get("/clinic/measures/"))
    page = text(many(ben, [], everybody="on"))
    assert page.count("Given.") == len(both)
    assert "Choose at least one client." in text(many(ben, []))


def test_each_clients_outcome_is_told_truly(
    lakeside: Cast, both: list[UUID], browser_of: BrowserOf
) -> None:
    usual(lakeside, "phq-8", "gad-7")
    ben = browser_of("ben")
    give(ben, both[0], instrument="phq-8", repeat="once", every_days="")

    page = text(many(ben, both, instrument="usual-set"))
    assert "Given: 1 measure." in page  # Ana had one of the two
    assert "Given: 2 measures." in page

    page = text(many(ben, both, instrument="phq-8", others="replace"))
    assert page.count("Given; it takes the place of the rule before.") == 2


def weekly(lakeside: Cast, browser: Client) -> None:
    give(browser, lakeside.patients["ana"].pk, instrument="gad-7", every_days="7")


def running(lakeside: Cast) -> dict[UUID, str]:
    """How GAD-7 is given to each of them now."""
    with looking():
        held = Assignment.objects.filter(instrument="gad-7", ended_at=None)
        return {row.patient_id: row.repeat for row in held}


def test_before_a_running_rule_ends_it_is_asked_whose(
    lakeside: Cast, both: list[UUID], browser_of: BrowserOf
) -> None:
    """Ana has GAD-7 every week; "Once" for both would end that."""
    ben = browser_of("ben")
    weekly(lakeside, ben)
    page = many(ben, both)
    assert page.status_code == 422
    assert "GAD-7 is given to 1 of them already." in text(page)
    assert "<li>Ana, every 7 days</li>" in text(page)
    assert running(lakeside) == {both[0]: "every-days"}


@pytest.mark.parametrize(("said", "of_ana"), [("replace", "once"), ("leave", "every-days")])
def test_it_is_as_one_says(
    lakeside: Cast, both: list[UUID], browser_of: BrowserOf, said: str, of_ana: str
) -> None:
    ben = browser_of("ben")
    weekly(lakeside, ben)
    many(ben, both, others=said)
    assert running(lakeside) == {both[0]: of_ana, both[1]: "once"}


def test_for_one_client_it_is_asked_before_a_rule_ends(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    """Weekly, then once | asked, nothing changed; said so | it takes its place."""
    ben, ana = browser_of("ben"), lakeside.patients["ana"].pk
    weekly(lakeside, ben)
    once = {"instrument": "gad-7", "repeat": "once", "every_days": ""}
    page = give(ben, ana, **once)
    assert "GAD-7 is given to Ana already: every 7 days" in " ".join(text(page).split())
    assert "This would end that rule and put the new one in its place." in text(page)
    assert running(lakeside) == {ana: "every-days"}
    page = give(ben, ana, **once, others="replace")
    assert running(lakeside) == {ana: "once"}
    assert "It takes the place of the rule before." in text(page)


def test_what_is_refused_for_one_is_wholly_undone_for_them(
    lakeside: Cast, both: list[UUID], browser_of: BrowserOf
) -> None:
    """The second measure of the set was closed meanwhile: the first one is not left behind."""
    usual(lakeside, "gad-7", "phq-8")
    lakeside.clinic.usual_set = ["gad-7", "who-5"]
    lakeside.clinic.save()
    page = text(many(browser_of("ben"), both, instrument="usual-set"))
    assert "Nothing was given." in page
    assert page.count("WHO-5 has conditions") == 2
    assert not rows()


def test_without_anybody_chosen_nothing_is_given(
    lakeside: Cast, both: list[UUID], browser_of: BrowserOf
) -> None:
    page = many(browser_of("ben"), [])
    assert page.status_code == 422
    assert "Choose at least one client." in text(page)


def test_a_foreign_client_slipped_into_the_form_is_refused(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    page = many(browser_of("ben"), [lakeside.patients["ana"].pk, lakeside.patients["eli"].pk])
    assert page.status_code == 422
    assert not rows()


def test_the_same_form_twice_gives_each_once(both: list[UUID], browser_of: BrowserOf) -> None:
    ben, key = browser_of("ben"), str(uuid4())
    many(ben, both, request_key=key)
    many(ben, both, request_key=key)
    assert len(rows()) == 2


# On paper, by telephone


def enter(browser: Client, client: UUID, instrument: str = "phq-9", **given: str) -> Any:
    form = {"mode": "paper", "for_date": "2026-03-01", **PHQ_9, **given}
    return browser.post(f"/clinic/measures/{client}/enter/{instrument}/", form)


def test_answers_on_paper_are_stored_for_their_day_and_say_so(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    ben, ana = browser_of("ben"), lakeside.patients["ana"].pk
    page = ben.get(enter(ben, ana, mode="phone").url)
    with looking():
        row = Response.objects.get()
        assert row.answers["q1"] == 1
    assert (row.mode, row.for_date) == ("phone", date(2026, 3, 1))
    assert row.entered_by == lakeside.accounts["ben"].pk
    assert "by telephone" in text(page)
    assert "<strong>8</strong> of 27, mild" in text(page)
    assert "danger" not in text(page).split("<main")[1].split("</main>")[0]


def test_an_answer_of_danger_is_said_first_with_its_words(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    ben, ana = browser_of("ben"), lakeside.patients["ana"].pk
    page = text(ben.get(enter(ben, ana, q9="2").url))
    with looking():
        concern = Concern.objects.get()
    assert "An answer tells of danger." in page
    assert "“More than half the days”" in page
    assert f"/clinic/concerns/{concern.pk}/" in page
    assert page.index("An answer tells of danger.") < page.index("of 27")


def test_an_unanswered_question_about_danger_is_said(lakeside: Cast, browser_of: BrowserOf) -> None:
    ben, ana = browser_of("ben"), lakeside.patients["ana"].pk
    first = enter(ben, ana, q9="")
    assert first.status_code == 422
    assert "1 question has no answer. Nothing is stored yet." in text(first)
    assert 'value="1" id="id_q1_1" checked' in text(first)  # what was marked is kept
    with looking():
        assert not Response.objects.exists()

    page = text(ben.get(enter(ben, ana, q9="", incomplete="yes").url))
    assert "A question about danger has no answer." in page
    assert INSTRUMENTS["phq-9"].item("q9").text in page


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"for_date": "2026-03-04"}, "Choose the day on which the client answered."),
        ({"for_date": "soon"}, "Write “Day on which they were given” as a day, such as"),
        ({"mode": "smoke"}, "Choose one of the answers at “How they came”"),
        ({"q1": "7"}, "Choose one of the answers."),
    ],
)
def test_what_cannot_be_entered_is_told_and_kept(
    lakeside: Cast, browser_of: BrowserOf, given: dict[str, str], told: str
) -> None:
    page = enter(browser_of("ben"), lakeside.patients["ana"].pk, **given)
    assert page.status_code == 422
    assert told in text(page)
    assert 'value="1" id="id_q2_1" checked' in text(page)
    with looking():
        assert not Response.objects.exists()


def test_the_entered_page_shows_no_response_of_another_client(
    lakeside: Cast, both: list[UUID], browser_of: BrowserOf
) -> None:
    ben = browser_of("ben")
    enter(ben, both[0])
    with looking():
        row = Response.objects.get()
    assert ben.get(f"/clinic/measures/{both[1]}/entered/{row.pk}/").status_code == 404
    assert ben.get(f"/clinic/measures/{both[0]}/entered/{row.pk}/").status_code == 200


def test_an_unknown_instrument_is_not_there(lakeside: Cast, browser_of: BrowserOf) -> None:
    ben, ana = browser_of("ben"), lakeside.patients["ana"].pk
    assert ben.get(f"/clinic/measures/{ana}/enter/phq-99/").status_code == 404
    assert ben.get("/clinic/measures/print/phq-99/").status_code == 404


def test_what_is_not_accepted_can_be_neither_entered_nor_printed(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    ben, ana = browser_of("ben"), lakeside.patients["ana"].pk
    for page in (f"/clinic/measures/{ana}/enter/who-5/", "/clinic/measures/print/who-5/"):
        answer = ben.get(page)
        assert answer.status_code == 422
        assert "WHO-5 has conditions" in text(answer)
        assert INSTRUMENTS["who-5"].items[0].text not in text(answer)


# On paper


@pytest.mark.parametrize("id", ["phq-9", "gad-7", "audit-c", "pcl-5", "k6", "maas"])
def test_a_blank_has_every_word_and_nobodys_name(
    lakeside: Cast, browser_of: BrowserOf, id: str
) -> None:
    page = browser_of("ben").get(f"/clinic/measures/print/{id}/").content.decode()
    instrument = INSTRUMENTS[id]
    for number, item in enumerate(instrument.items, start=1):
        assert f"{number}. {escaped(item.text)}" in page
    assert escaped(instrument.stem) in page
    assert escaped(instrument.licence.attribution) in page
    assert "Ana" not in page
    circles = sum(len(item.options) for item in instrument.items)
    assert page.count('<span class="box">') == circles


def escaped(words: str) -> str:
    from django.utils.html import escape

    return escape(words)


def test_a_blank_that_asks_of_danger_says_whom_to_call(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    ben = browser_of("ben")
    assert "In danger right now: 911. 988 Suicide" in text(ben.get("/clinic/measures/print/phq-9/"))
    assert "In danger" not in text(ben.get("/clinic/measures/print/gad-7/"))


def test_a_question_behind_another_says_when_it_is_asked(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    page = text(browser_of("ben").get("/clinic/measures/print/audit-c/"))
    assert page.count("Skip this if the answer to question 1 was “Never”.") == 2
