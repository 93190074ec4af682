"""Danger in a file of past scores is told as soon as the file is there, whatever becomes of it.

Ben chooses a file in which a row says "several days" at question 9. The row may be fine or left
out, the file may be refused, and Ben may close the page: Ana's concern is open, and told.
"""

from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import NOON, Cast, after, looking
from tests.interfaces.conftest import BrowserOf
from tests.record.steps import concern_of, told
from waymark.interfaces.clinic.measures import importing
from waymark.record.assessments.models import Portion, Response
from waymark.record.audit.models import Line
from waymark.record.safety.models import Concern, ConcernEntry, Screening
from waymark.record.tenancy.models import Duty

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

PAGE = "/clinic/measures/import/"
HEAD = "client,instrument,date,score,q1,q2,q9\n"
FINE = "Ana,phq-9,2026-02-26,,1,1,1\n"

LEFT_OUT = {
    "nothing": FINE,
    "a day to come": "Ana,phq-9,2026-03-30,,1,1,1\n",
    "no day": "Ana,phq-9,,,1,1,1\n",
    "an answer out of range": "Ana,phq-9,2026-02-26,,7,1,1\n",
    "a score beside it": "Ana,phq-9,2026-02-26,14,1,1,1\n",
    "too many cells": "Ana,phq-9,2026-02-26,,1,1,1,9\n",
    "a row that says otherwise": "Ana,phq-9,2026-02-26,,1,1,0\n" + FINE,
    "a broken quotation mark": 'Ana,"phq-9"x,2026-02-26,,1,1,0\n' + FINE,
    "another file's characters": "Zo\udceb,phq-9,2026-02-26,,1,1,0\n" + FINE,
    "too many rows": "Ana,gad-7,2026-02-26,3,,,\n" * 20_001 + FINE,
}


def look(browser: Client, text: str, head: str = HEAD) -> Any:
    data = (head + text).encode(errors="surrogateescape")
    return browser.post(PAGE, {"file": SimpleUploadedFile("past.csv", data)})


def words(response: Any) -> str:
    return unescape(response.content.decode())


def answers() -> list[ConcernEntry]:
    with looking():
        return [row for row in ConcernEntry.objects.filter(kind="answer") if row.body]


@pytest.mark.parametrize("error", LEFT_OUT)
def test_it_is_told_although_nothing_was_confirmed(
    lakeside: Cast, browser_of: BrowserOf, error: str
) -> None:
    """The file is looked at, and left alone."""
    page = words(look(browser_of("ben"), LEFT_OUT[error]))
    concern = concern_of(lakeside, "ana")
    assert concern is not None
    assert concern.tier == "same-day"
    assert lakeside.accounts["ben"].pk in told("review-needed")
    assert "tell of danger." in page
    assert f"/clinic/concerns/{concern.pk}/" in page
    with looking():
        assert not Response.objects.exists()
        assert not Portion.objects.exists()


def test_it_is_told_where_nobody_is_named_to_answer_for_it(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    with looking():
        Duty.objects.update(until=NOON)
    page = words(look(browser_of("ben"), FINE))
    assert "PHQ-9 asks about danger" in page
    assert concern_of(lakeside, "ana") is not None


@pytest.mark.parametrize("head", [HEAD.replace("date", "day"), HEAD.replace("q9", "q9,q9")])
def test_a_file_whose_first_line_is_refused_is_looked_at(
    lakeside: Cast, browser_of: BrowserOf, head: str
) -> None:
    page = look(browser_of("ben"), FINE.replace("1\n", "1,1\n"), head)
    assert page.status_code == 422
    assert "tell of danger." in words(page)
    assert concern_of(lakeside, "ana") is not None


def test_looking_again_tells_nothing_twice(lakeside: Cast, browser_of: BrowserOf) -> None:
    """The same file five times, a row mended meanwhile: one answer of one day is told once."""
    ben = browser_of("ben")
    for text in (FINE, LEFT_OUT["too many cells"], FINE, LEFT_OUT["a score beside it"], FINE):
        look(ben, text)
    assert len(answers()) == 1
    assert told("review-needed").count(lakeside.accounts["ben"].pk) == 1
    with looking():
        assert Screening.objects.count() == 1


def test_a_concern_that_was_closed_is_not_opened_by_the_same_file(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    ben = browser_of("ben")
    look(ben, FINE)
    with looking():
        Concern.objects.update(state="closed", closed_at=NOON, owner=lakeside.memberships["ben"])
    assert "told before, and no concern is open now" in words(look(ben, FINE))
    assert concern_of(lakeside, "ana") is None


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Eli,phq-9,2026-02-26,,1,1,1\n", "Eli is no client of yours"),
        ("Anna,phq-9,2026-02-26,,1,1,1\n", "Anna is no client of yours"),
        (",phq-9,2026-02-26,,1,1,1\n", "It names no client"),
    ],
)
def test_a_row_of_nobody_is_shown_by_its_line_in_its_words(
    lakeside: Cast, browser_of: BrowserOf, row: str, why: str
) -> None:
    page = words(look(browser_of("ben"), "Ana,gad-7,2026-02-26,3,,,\n" + row))
    notice = page.split('class="notice safety"')[1]
    assert "Look at these lines now" in notice
    assert f"<strong>Line 3</strong> tells of danger. {why}" in notice
    assert "“Several days”" in notice
    with looking():  # nobody's concern is opened, least of all that of a client of somebody else
        assert not Concern.objects.exists()


def test_an_answer_that_cannot_be_read_is_shown_by_its_line(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    page = words(look(browser_of("ben"), "Ana,phq-9,2026-02-26,,1,1,yes\n"))
    assert "<strong>Line 2</strong>: the answer about" in page
    assert "cannot be read: “yes”" in page


def test_a_mistyped_year_does_not_make_it_slower(lakeside: Cast, browser_of: BrowserOf) -> None:
    """What is over 30 days old is for review; the year 1926 may be this one."""
    look(browser_of("ben"), "Ana,phq-9,1926-02-26,,1,1,1\n")
    concern = concern_of(lakeside, "ana")
    assert concern is not None
    assert concern.tier == "same-day"


def test_a_calm_file_leaves_no_line_of_hearing(lakeside: Cast, browser_of: BrowserOf) -> None:
    look(browser_of("ben"), "Ana,phq-9,2026-02-26,,1,1,0\n")
    with looking():
        assert not Concern.objects.exists()
        assert not Line.objects.filter(action="import-scores", verdict="done").exists()


def test_more_lines_than_are_listed_are_named_by_number(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    page = words(look(browser_of("ben"), "Eli,phq-9,2026-02-26,,1,1,1\n" * 203))
    assert "And lines 202, 203, 204." in page


def test_what_was_stored_long_ago_is_not_told_by_the_next_file(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    """A clinic exports everything each month: what the record has is not told again.

    Neither is what an earlier version took in, which did not note of which day it was screened.
    """
    ben = browser_of("ben")
    past = [importing.actions.Past("phq-9", after(days=-40).date(), answers={"q1": 1, "q9": 1})]
    importing.actions.bring_in(
        lakeside.patients["ana"], rows=past, by=lakeside.viewer("ben"), at=NOON
    )
    with looking():
        Concern.objects.update(state="closed", closed_at=NOON, owner=lakeside.memberships["ben"])
        Screening.objects.update(for_date=None)
    look(ben, f"Ana,phq-9,{past[0].day},,1,,1\n")
    assert len(answers()) == 1
