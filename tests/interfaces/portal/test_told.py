"""What a client reads about who knows is made from who was told, on every page it stands on.

told       Ben was written to, and the worker lives
silent     Ben was written to, and the worker that sends it is dead
nobody     no duty, no care team, nobody licensed: the administrators alone were asked to act
taken      Ben has taken it
late       it should have had an owner by now
refused    the letters were tried, and the mail server did not take them; or nobody missed them
"""

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import looking
from tests.interfaces.portal.doing import Ana, spread, words
from tests.record.steps import concern_of, entries_of, phq9
from waymark.library.lines import LINES
from waymark.record.assessments import actions as assessments
from waymark.record.outbox.actions import beat, let_be, let_go
from waymark.record.outbox.models import Beat, Message
from waymark.record.people import actions as people
from waymark.record.safety import actions as safety
from waymark.record.safety.queries import open_concerns
from waymark.record.tenancy.models import CareTeamMember, Duty, Membership

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
WHOLE = {**{f"q{n}": "1" for n in range(1, 9)}, "q9": "1", "q10": "0"}
TOLD = "Your care team has been told"
NOT_REACHED = "We could not reach your care team just now. Please call them at 312 555 0100"


def nobody_answers() -> None:
    with looking():
        Duty.objects.update(until="2026-03-02T18:00Z")
        CareTeamMember.objects.update(until="2026-03-02T18:00Z")
        Membership.objects.update(licensed=False)


def worker_dies() -> None:
    Beat.objects.all().delete()


@pytest.mark.parametrize("door", ["draft", "send", "later", "again"])
@pytest.mark.parametrize("fate", ["told", "silent", "nobody"])
def test_the_card_says_who_knows_in_the_same_response(ana: Ana, door: str, fate: str) -> None:
    id = ana.is_given("phq-9")
    if door == "again":
        ana.answers(id, {**WHOLE, "q9": "0"})
    {"told": lambda: None, "silent": worker_dies, "nobody": nobody_answers}[fate]()
    path = {"draft": "draft/", "later": "later/"}.get(door, "")
    page = words(
        "<body>" + ana.sends(f"/me/answers/{id}/{path}", WHOLE, follow=True).content.decode()
    )
    assert "Thank you for telling us." in page
    assert "Call 988" in page
    assert (TOLD in page) is (fate == "told")
    assert (NOT_REACHED in page) is (fate != "told")


def test_today_says_what_comes_next_and_asks_nothing_more(ana: Ana) -> None:
    """PHQ-9 with danger, GAD-7 waits | the card; GAD-7 not offered | tomorrow it is."""
    ana.is_given("gad-7")
    ana.answers(ana.is_given("phq-9"), WHOLE)
    today = ana.reads("/me/")
    assert "What you told us has been passed on." in today
    assert "They have until Tuesday, March 3 at 4:00 PM to take it on." in today
    assert "312 555 0100" in today
    assert "Nothing more is asked of you today." in today
    assert "Worry" not in today
    ana.clock.goes_on(days=1)
    ana.signs_in()
    tomorrow = ana.reads("/me/")
    assert "Begin" in tomorrow
    assert "data-concern" in ana.opens("/me/").content.decode()


def test_what_was_begun_can_be_finished_in_the_same_sitting(ana: Ana) -> None:
    id = ana.is_given("phq-9")
    ana.saves(id, {"q9": "1"})
    assert f"/me/answers/{id}/" in ana.opens("/me/").content.decode()
    assert "What you began is kept" in ana.reads("/me/")


def test_taking_a_measure_oneself_waits_too(ana: Ana) -> None:
    people.set_instruments(
        ana.cast.clinic,
        opened=[],
        usual_set=[],
        self_start=["gad-7"],
        by=ana.cast.viewer("ada"),
        at=ana.clock.at,
    )
    assert "Begin" in ana.reads("/me/start/")
    ana.answers(ana.is_given("phq-9"), WHOLE)
    page = ana.reads("/me/start/")
    assert "Nothing more to answer today." in page
    assert "Begin" not in page


@pytest.mark.parametrize("taken", [False, True])
def test_nothing_more_is_offered_that_day_whoever_has_taken_it(ana: Ana, taken: bool) -> None:
    """Two measures wait and one may be taken oneself | an answer of danger | none is offered."""
    people.set_instruments(
        ana.cast.clinic,
        opened=[],
        usual_set=[],
        self_start=["k6"],
        by=ana.cast.viewer("ada"),
        at=ana.clock.at,
    )
    for instrument in ("gad-7", "phq-8"):
        ana.is_given(instrument)
    ana.answers(ana.is_given("phq-9"), WHOLE)
    if taken:
        safety.own(concern_of(ana.cast, "ana"), by=ana.cast.viewer("ben"), at=ana.clock.at)
    today = ana.reads("/me/")
    assert "Nothing more is asked of you today." in today
    assert "Take a measure yourself" not in today
    assert "More for today" not in today


def stands(ana: Ana) -> str:
    return ana.reads("/me/")


def test_today_names_who_has_taken_it_and_what_comes_next(ana: Ana) -> None:
    ana.answers(ana.is_given("phq-9"), WHOLE)
    ben, concern = ana.cast.viewer("ben"), concern_of(ana.cast, "ana")
    safety.own(concern, by=ben, at=ana.clock.at)
    assert "Ben is there for what you told us. Once the next step is planned" in stands(ana)
    worker_dies()
    assert "Ben is there for what you told us." in stands(ana)
    tried = safety.Try("phone", "not-reached", next_at=ana.clock.at + timedelta(hours=2))
    safety.attempt(concern, tried=tried, by=ben, at=ana.clock.at)
    assert "The next step is planned for Tuesday, March 3 at 2:00 PM." in stands(ana)


@pytest.mark.parametrize("fate", [worker_dies, nobody_answers])
def test_today_does_not_say_that_anybody_knows_when_nobody_does(ana: Ana, fate: Any) -> None:
    id = ana.is_given("phq-9")
    fate()
    ana.answers(id, WHOLE)
    today = stands(ana)
    assert "Please call your care team." in today
    assert "312 555 0100" in today
    assert "passed on" not in today


def letters_are_refused() -> None:
    """The first try fails; the next one is made in minutes, and until then nobody was told."""
    Message.objects.update(tries=1, trouble="ConnectionRefusedError")


def letters_are_given_up() -> None:
    Message.objects.update(state="dead", trouble="SMTPServerDisconnected")


def letters_are_forgotten() -> None:
    letters_are_given_up()
    let_be(Message.objects.values_list("pk", flat=True))


LOST = [letters_are_refused, letters_are_given_up, letters_are_forgotten]


@pytest.mark.parametrize("fate", LOST)
def test_what_was_told_is_untold_when_no_letter_leaves(ana: Ana, fate: Any) -> None:
    """sent, written to Ben | no letter leaves | "please call"; one leaves after all | told."""
    ana.answers(ana.is_given("phq-9"), WHOLE)
    assert "What you told us has been passed on." in stands(ana)
    with looking():
        fate()
    assert "Please call your care team." in stands(ana)
    with looking():
        assert not any(one.told for one in open_concerns(ana.cast.viewer("ben")))
        if fate is not letters_are_forgotten:
            Message.objects.update(state="sent", trouble="")
            assert all(one.told for one in open_concerns(ana.cast.viewer("ben")))
            assert "What you told us has been passed on." in stands(ana)


def test_what_has_left_stays_told_when_the_worker_stops(ana: Ana) -> None:
    """answered, the letter leaves | the worker stops | told, as before; alone on its way: not."""
    ana.answers(ana.is_given("phq-9"), WHOLE)
    Message.objects.update(state="sent", sent_at=ana.clock.at)
    worker_dies()
    assert "What you told us has been passed on." in stands(ana)
    Message.objects.update(state="waiting", sent_at=None)
    assert "Please call your care team." in stands(ana)


def test_what_a_file_brings_is_not_told_to_the_client_as_their_words(ana: Ana) -> None:
    """Ben brings in an old PHQ-9 with danger | Today as ever; then Ana answers | the card."""
    ana.is_given("gad-7")
    row = assessments.Past("phq-9", ana.clock.at.date() - timedelta(days=9), answers=phq9(q9=2))
    assessments.bring_in(ana.patient, rows=[row], by=ana.cast.viewer("ben"), at=ana.clock.at)
    assert concern_of(ana.cast, "ana") is not None
    assert "data-concern" not in ana.opens("/me/").content.decode()
    assert "Begin" in stands(ana)
    ana.answers(ana.is_given("phq-9"), WHOLE)
    assert "What you told us has been passed on." in stands(ana)


def test_a_second_tab_that_is_not_so_far_takes_nothing_back(ana: Ana) -> None:
    """sent with danger | a blank tab saves other questions, then the same | one answer, stored."""
    id = ana.is_given("phq-9")
    ana.answers(id, WHOLE)
    for given in ({"q1": "2"}, {"q1": "2", "q8": "1"}, WHOLE):
        ana.saves(id, given)
    kinds = [entry.kind for entry in entries_of(ana.cast, "ana")]
    assert kinds.count("answer") == 1
    assert "changed-back" not in kinds
    ana.saves(id, {**WHOLE, "q9": "3"})
    sources = [one.body["source"] for one in entries_of(ana.cast, "ana") if one.kind == "answer"]
    assert sorted(sources) == ["heard", "response"]


def test_a_second_slip_is_written_down_too(ana: Ana) -> None:
    """Chosen and said to be a slip, twice each, and then again | one remark for each answer."""
    id = ana.is_given("phq-9")
    for value in ("1", "2"):
        ana.saves(id, {"q9": value})
        with looking():
            (held,) = open_concerns(ana.cast.viewer("ben"))
        assert (held.mistaken, held.mistaken_at is None) == (False, value == "1")
        for _ in range(2):
            ana.clock.goes_on(minutes=1)
            ana.sends("/me/mistake/")
        ana.clock.goes_on(minutes=1)
    kinds = [entry.kind for entry in entries_of(ana.cast, "ana")]
    assert (kinds.count("answer"), kinds.count("mistake")) == (2, 2)


def test_today_says_so_when_nobody_took_it_in_time(ana: Ana) -> None:
    ana.answers(ana.is_given("phq-9"), WHOLE)
    ana.clock.goes_on(days=4)
    beat("a worker", at=ana.clock.at)
    ana.signs_in()
    assert "nobody has taken it on in time" in stands(ana)


def test_the_card_goes_when_the_concern_is_closed(ana: Ana) -> None:
    ana.answers(ana.is_given("phq-9"), WHOLE)
    ben, concern, at = ana.cast.viewer("ben"), concern_of(ana.cast, "ana"), ana.clock.at
    safety.own(concern, by=ben, at=at)
    safety.attempt(concern, tried=safety.Try("phone", "reached"), by=ben, at=at)
    safety.assess(concern, tool="talked", judgement="steady", by=ben, at=at)
    safety.plan(concern, steps="call", follow_up_on=at.date(), by=ben, at=at)
    safety.close(concern, reason="talked", by=ben, at=at)
    assert "data-concern" not in ana.opens("/me/").content.decode()


@pytest.mark.parametrize("page", ["/me/progress/", "sent"])
def test_results_lead_with_the_card(ana: Ana, page: str) -> None:
    """Worry falls from 18 to 6 while a concern is open: help first, then how it went."""
    ana.took("gad-7", [18, 18, 17, 16, 15])
    ana.clock.goes_on(days=7)
    ana.signs_in()
    assessments.enter(
        ana.patient,
        instrument="phq-9",
        answers=phq9(q9=1),
        came=assessments.Entry("paper", ana.clock.at.date()),
        by=ana.cast.viewer("ben"),
        at=ana.clock.at,
    )
    id = ana.is_given("gad-7")
    sent = ana.sends(f"/me/answers/{id}/", spread("gad-7", 4), follow=True).content.decode()
    html = sent if page == "sent" else ana.opens(page).content.decode()
    assert html.index("data-concern") < html.index("<h1")


# Words of comfort, and the means


def test_comfort_is_promised_only_where_a_line_keeps_it(ana: Ana) -> None:
    """Regions whose only line is an emergency number do not say that people listen."""
    listening = {line.region for line in LINES.values() if line.verified_on and not line.emergency}
    regions = set(re.findall(r'<option value="(\w+)"', ana.opens("/help-now/").content.decode()))
    assert listening & regions
    assert regions - listening
    for region in sorted(regions):
        page = ana.reads(f"/help-now/?region={region}")
        for words_of_comfort in ("People are there to listen", "You can talk to someone now"):
            assert (words_of_comfort in page) is (region in listening), region


@pytest.mark.parametrize("path", ["/me/", "/me/progress/", "/me/more/", "/me/progress/how/"])
def test_the_clinics_number_stands_on_every_page_of_a_client(ana: Ana, path: str) -> None:
    assert 'href="tel:3125550100"' in ana.opens(path).content.decode()


def test_a_worker_that_stopped_says_so(ana: Ana) -> None:
    let_go("a worker")
    ana.answers(ana.is_given("phq-9"), WHOLE)
    assert "Please call your care team." in stands(ana)
