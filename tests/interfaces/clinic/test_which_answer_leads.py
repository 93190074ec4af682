"""Several answers of danger: what the client said themselves leads, and no other one is hidden.

day -4   in a file of earlier records: "several days"
day  0   Ana sends: "nearly every day"
later    Ben looks at the file
"""

from datetime import datetime
from html import unescape

import pytest
from django.urls import reverse

from tests.cast import NOON, Cast, after
from tests.interfaces.clinic.test_import_danger import FINE, look
from tests.interfaces.conftest import BrowserOf
from tests.record.steps import answer, concern_of, give, phq9
from waymark.access.vocabulary import Action
from waymark.record.assessments import actions as assessments
from waymark.record.safety.queries import own_concern
from waymark.record.tenancy.action import reading

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def places(lakeside: Cast) -> dict[str, str]:
    concern = concern_of(lakeside, "ana")
    assert concern is not None
    return {
        "client": reverse("client", args=[concern.patient_id]),
        "concern": reverse("concern", args=[concern.pk]),
        "board": reverse("concerns"),
        "caseload": reverse("caseload"),
    }


@pytest.mark.parametrize("place", ["client", "concern", "board", "caseload"])
def test_what_was_said_now_leads_whatever_a_file_brings_later(
    lakeside: Cast, browser_of: BrowserOf, place: str
) -> None:
    answer(lakeside, "ana", phq9(q9=3))
    ben = browser_of("ben")
    look(ben, FINE)
    page = " ".join(unescape(ben.get(places(lakeside)[place]).content.decode()).split())
    led = page.index("“Nearly every day”")
    assert "“Several days”" not in page[:led]
    assert "1 other answer of danger" in page or "and 1 more" in page


def test_of_a_file_alone_the_latest_day_leads(lakeside: Cast, browser_of: BrowserOf) -> None:
    ben = browser_of("ben")
    look(ben, "Ana,phq-9,2026-02-27,,1,1,2\nAna,phq-9,2026-02-10,,1,1,1\n")
    page = unescape(ben.get(places(lakeside)["client"]).content.decode())
    assert "“More than half the days”" in page[page.index("data-concern") :][:2500]


def test_one_answer_alone_speaks_of_no_other(lakeside: Cast, browser_of: BrowserOf) -> None:
    answer(lakeside, "ana", phq9(q9=1))
    page = browser_of("ben").get(places(lakeside)["client"]).content.decode()
    assert "of danger, in the concern" not in page


def test_a_second_answer_of_ones_own_leads_and_the_first_is_counted(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    answer(lakeside, "ana", phq9(q9=3))
    again = give(lakeside, "ana")
    assessments.submit(again, answers=phq9(q9=1), by=lakeside.viewer("ana"), at=after(hours=2))
    page = " ".join(browser_of("ben").get(places(lakeside)["client"]).content.decode().split())
    box = page[page.index("data-concern") :]
    assert "Several days" in box[: box.index("Open the concern")]
    assert "1 other answer of danger" in box


def test_what_a_client_reads_goes_by_what_they_said(lakeside: Cast, browser_of: BrowserOf) -> None:
    """A file that brings danger later does not undo that their own answer was told."""
    answer(lakeside, "ana", phq9(q9=3))
    before = read_by_ana(lakeside)
    look(browser_of("ben"), FINE)
    assert read_by_ana(lakeside) == before == (NOON, 1)


def read_by_ana(lakeside: Cast) -> tuple[datetime, int]:
    ana = lakeside.viewer("ana")
    with reading(Action.READ_TODAY, by=ana, at=after(days=1)):
        held = own_concern(ana, Action.READ_TODAY, at=NOON)
    assert held is not None
    return held.said_at, held.told
