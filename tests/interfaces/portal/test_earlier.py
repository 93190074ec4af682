"""What stood in a record before its client came in opens once who treats them said that it is them.

Answers from paper, scores of a file, a concern, a meeting: they were written before the invitation
was used, and whoever holds the link, the front desk say, could be the one who uses it.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from tests.cast import NOON, PASSWORD, Cast, after, looking
from tests.interfaces.conftest import BrowserOf
from tests.record.steps import phq9, waiting
from waymark.access.vocabulary import Action
from waymark.interfaces.portal import urls
from waymark.record.assessments import actions as assessments
from waymark.record.assessments.actions.answer import Entry
from waymark.record.episodes import actions as episodes
from waymark.record.people import actions as people
from waymark.record.people.queries import viewer_of
from waymark.record.people.standing import told_by
from waymark.record.tenancy.action import Invalid
from waymark.record.tenancy.models import ALL, OfPatient, Patient

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
NOTICE = "once your clinic has confirmed that it is you"
# What only the earlier rows can make a page say.
TOLD = re.compile(r"GAD-7|PHQ-9|worry")


@pytest.fixture
def jo(lakeside: Cast) -> Cast:
    """Invited by the front desk; Ben treats them, and wrote down what they gave on paper."""
    ben = lakeside.viewer("ben")
    invitation = people.invite(
        lakeside.clinic,
        who=people.Newcomer("Jo Ames", adult=True),
        clinician=lakeside.memberships["ben"],
        by=lakeside.viewer("dana"),
        at=NOON,
    )
    with looking():
        lakeside.patients["jo"] = jo = Patient.objects.get(pk=invitation.patient_id)
    episodes.start(jo, started_at=NOON, by=ben, at=NOON)
    came = Entry("paper", date(2026, 3, 2))
    given: dict[str, Any] = {"by": ben, "at": after(hours=1)}
    assessments.enter(jo, instrument="phq-9", answers=phq9(2), came=came, **given)
    worry = {f"q{n}": 2 for n in range(1, 8)}
    assessments.enter(jo, instrument="gad-7", answers=worry, came=came, **given)
    episodes.record_encounter(jo, kind="in-person", took_place_at=NOON, **given)
    lakeside.accounts["jo"] = people.accept(
        invitation, login="jo-at-home", password=PASSWORD, at=after(hours=2)
    )
    with looking():
        lakeside.patients["jo"] = Patient.objects.get(pk=jo.pk)
    return lakeside


@pytest.fixture
def browser(jo: Cast, browser_of: BrowserOf) -> Client:
    Patient._base_manager.filter(pk=jo.patients["jo"].pk).update(welcomed=4)
    return browser_of("jo")


def doors() -> Iterator[str]:
    """Every page of the portal that needs no more than its address, and those of two courses."""
    for name in get_resolver(urls).reverse_dict:
        if not isinstance(name, str) or name.startswith("welcome"):
            continue
        for given in ([], ["phq-9", "total"], ["gad-7", "total"]):
            try:
                yield reverse(name, args=given)
            except Exception:  # noqa: S112 -- it needs other words in its address
                continue


def read(browser: Client, door: str) -> str:
    answer = browser.get(door)
    if answer.status_code != 200:
        return ""
    text = answer.content.decode()
    return re.sub(r'<form.*?</form>|value="[^"]*"', "", text, flags=re.DOTALL)


def test_no_door_shows_what_stood_there_before(browser: Client, jo: Cast) -> None:
    """Every door, closed | Ben confirms | the same doors tell."""
    tried = list(doors())
    assert len(tried) > 12
    told = {door for door in tried if TOLD.search(read(browser, door))}
    assert told == set()
    assert browser.get("/me/progress/phq-9/total/").status_code == 404
    assert "Ben" not in read(browser, reverse("who-looked"))
    people.confirm_newcomer(jo.patients["jo"], by=jo.viewer("ben"), at=after(hours=3))
    told = {door for door in tried if TOLD.search(read(browser, door))}
    assert {reverse("progress"), reverse("how-we-know")} <= told
    assert "Ben" in read(browser, reverse("who-looked"))


def test_the_pages_say_so_where_it_would_stand(browser: Client, jo: Cast) -> None:
    pages = [reverse(name) for name in ("today", "progress", "who-looked")]
    assert all(NOTICE in browser.get(page).content.decode() for page in pages)
    people.confirm_newcomer(jo.patients["jo"], by=jo.viewer("ben"), at=after(hours=3))
    assert not any(NOTICE in browser.get(page).content.decode() for page in pages)


def test_every_table_that_tells_of_somebody_is_closed(jo: Cast) -> None:
    """Row by row, for each table of the record; those written by now are not the only ones."""
    viewer = viewer_of(jo.accounts["jo"].pk)
    assert viewer.unconfirmed
    with looking():
        stood = {model for model in told_by() if model._base_manager.exists()}
        for model in stood:
            if not model.private:
                shown = model.objects.visible_to(viewer, Action.READ_OWN_PROGRESS)
                assert not shown.exists(), model
    assert {model.__name__ for model in stood} >= {"Response", "Score", "Concern", "Encounter"}


def test_their_own_answers_are_theirs_at_once(browser: Client, jo: Cast) -> None:
    at = after(hours=4)
    assessments.assign(
        jo.patients["jo"], instrument="phq-9", starts_on=at.date(), by=jo.viewer("ben"), at=at
    )
    own = viewer_of(jo.accounts["jo"].pk)
    assessments.submit(waiting(jo, "jo"), answers=phq9(0), by=own, at=at)
    page = read(browser, reverse("progress"))
    assert "PHQ-9" in page
    assert "GAD-7" not in page


def test_the_front_desk_confirms_nobody(jo: Cast) -> None:
    """Nor an administrator, nor another clinician, on duty or not: who treats them alone."""
    for name in ("dana", "ada"):
        with pytest.raises(Invalid, match="treats"):
            people.confirm_newcomer(jo.patients["jo"], by=jo.viewer(name), at=after(hours=3))
    with looking():
        assert Patient.objects.get(pk=jo.patients["jo"].pk).unconfirmed


def test_who_treats_them_confirms_on_their_page(jo: Cast, browser_of: BrowserOf) -> None:
    browser, id = browser_of("ben"), jo.patients["jo"].pk
    page = browser.get(reverse("client", args=[id])).content.decode()
    assert "Is it Jo Ames?" in page
    assert browser.post(reverse("confirm-newcomer", args=[id])).status_code == 302
    assert "Is it Jo Ames?" not in browser.get(reverse("client", args=[id])).content.decode()
    with looking():
        assert not Patient.objects.get(pk=id).unconfirmed


def test_nothing_waits_where_nothing_stood(lakeside: Cast) -> None:
    with looking():
        assert not Patient.objects.get(pk=lakeside.patients["ana"].pk).unconfirmed


def test_a_new_table_is_closed_until_somebody_says_otherwise() -> None:
    assert OfPatient.open_to_newcomers != ALL
