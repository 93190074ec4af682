"""The page of a file on its way: what was stored, what was not and why, and who is waited for."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client

from tests.cast import Cast, after, looking, welcome
from tests.interfaces.conftest import NOW, BrowserOf
from waymark.interfaces.clinic.measures import importing
from waymark.interfaces.jobs.round import go_round
from waymark.record.assessments import actions
from waymark.record.assessments.models import Portion, Score
from waymark.record.outbox.actions import beat
from waymark.record.people import actions as people
from waymark.record.safety.handover import deactivate

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

PAGE = "/clinic/measures/import/"
HEAD = "client,instrument,date,score\n"


def weeks(count: int, client: str = "Ana") -> str:
    days = [date(2015, 1, 5) + timedelta(weeks=week) for week in range(count)]
    return "".join(f"{client},phq-9,{day},14\n" for day in days)


def send(browser: Client, rows: str, **changed: str) -> Any:
    """Choose a file, and say that what the preview shows is to be stored."""
    file = SimpleUploadedFile("past.csv", (HEAD + rows).encode())
    preview = browser.post(PAGE, {"file": file}).content.decode()
    fields = re.findall(r'name="(rows|request_key)" value="([^"]*)"', preview)
    sent = {**{name: unescape(value) for name, value in fields}, **changed}
    return browser.post(PAGE, sent, follow=True)


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", unescape(response.content.decode()))


def at(page: Any) -> str:
    return str(page.request["PATH_INFO"])


def stored() -> int:
    with looking():
        return Score.objects.count()


def test_a_small_file_is_done_when_the_page_comes(lakeside: Cast, browser_of: BrowserOf) -> None:
    page = words(send(browser_of("ben"), weeks(50)))
    assert "The file is done." in page
    assert "50 of 50 rows done: 50 stored." in page
    assert stored() == 50


def test_a_larger_one_waits_for_the_worker_and_says_so(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    """No worker has ever run here: the page says that, and that the rows are kept."""
    page = words(send(browser_of("ben"), weeks(51)))
    assert "The file waits for the worker." in page
    assert "0 of 51 rows done: 0 stored." in page
    assert "The worker of this portal is not running. The rows are kept" in page
    assert stored() == 0


def test_the_page_follows_the_worker_to_the_end(lakeside: Cast, browser_of: BrowserOf) -> None:
    ben = browser_of("ben")
    beat("one", at=NOW)
    page = send(ben, weeks(120))
    assert "The file is being stored." in words(page)
    actions.carry_next(lakeside.clinic, at=NOW)
    assert "50 of 120 rows done: 50 stored." in words(ben.get(at(page)))
    go_round(at=NOW)
    done = words(ben.get(at(page)))
    assert "The file is done." in done
    assert "120 of 120 rows done: 120 stored." in done
    assert "hx-get" not in done
    assert stored() == 120


def test_there_is_a_link_to_look_again(lakeside: Cast, browser_of: BrowserOf) -> None:
    """Nothing looks by itself: the session of whoever left the page open would never lock."""
    page = send(browser_of("ben"), weeks(51))
    assert f'<a href="{at(page)}">Look again</a>' in words(page)


def test_one_may_leave_and_come_back(lakeside: Cast, browser_of: BrowserOf) -> None:
    ben = browser_of("ben")
    page = send(ben, weeks(51))
    for place in ("/clinic/", PAGE, f"/clinic/clients/{lakeside.patients['ana'].pk}/"):
        listed = words(ben.get(place))
        assert f'href="{at(page)}"' in listed, place
        assert "51 of 51 rows wait to be stored." in listed, place
    go_round(at=NOW)
    assert "51 rows, done." in words(ben.get("/clinic/"))


def test_nobody_else_finds_it(lakeside: Cast, browser_of: BrowserOf) -> None:
    page = send(browser_of("ben"), weeks(51))
    gil = browser_of("gil")
    assert gil.get(at(page)).status_code == 404
    assert at(page) not in words(gil.get("/clinic/"))


def test_a_colleague_of_the_care_team_sees_the_rows_of_their_client_alone(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    welcome(lakeside, "amy", clinician="ben")
    people.join_care_team(
        lakeside.patients["ana"],
        clinician=lakeside.memberships["gil"],
        by=lakeside.viewer("ada"),
        at=after(hours=1),
    )
    page = send(browser_of("ben"), weeks(51) + weeks(51, "Amy"))
    seen = words(browser_of("gil").get(at(page)))
    assert "0 of 51 rows done" in seen
    assert "Amy" not in seen


def test_a_row_that_is_not_stored_is_told_by_line_with_what_to_do(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    """The form came back changed in one row: the others are stored."""
    ben = browser_of("ben")
    file = SimpleUploadedFile("past.csv", (HEAD + weeks(3)).encode())
    preview = ben.post(PAGE, {"file": file}).content.decode()
    packed = re.search(r'name="rows" value="([^"]*)"', preview)
    assert packed
    changed = unescape(packed[1]).replace('"total",14', '"total",99', 1)
    page = words(ben.post(PAGE, {"rows": changed}, follow=True))
    assert "3 of 3 rows done: 2 stored, 1 not stored." in page
    assert "<strong>Line 2.</strong> 99.0 is outside 0 to 27." in page
    assert "Mend these rows and bring in the file again" in page


def test_a_bringer_who_was_deactivated_stops_it_and_the_team_reads_so(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    people.join_care_team(
        lakeside.patients["ana"],
        clinician=lakeside.memberships["gil"],
        by=lakeside.viewer("ada"),
        at=after(hours=1),
    )
    page = send(browser_of("ben"), weeks(120))
    actions.carry_next(lakeside.clinic, at=NOW)
    deactivate(
        lakeside.clinic, account=lakeside.accounts["ben"].pk, by=lakeside.viewer("ada"), at=NOW
    )
    go_round(at=NOW)
    seen = words(browser_of("gil").get(at(page)))
    assert "The file was stopped before its end." in seen
    assert "120 of 120 rows done: 50 stored, 70 stopped." in seen
    assert "may not bring in scores of these clients any more" in seen
    assert stored() == 50


def test_a_bringer_who_lost_the_client_reads_that_and_no_name(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    welcome(lakeside, "amy", clinician="ben")
    ben = browser_of("ben")
    page = send(ben, weeks(51) + weeks(51, "Amy"))
    people.end_care(
        lakeside.patients["ana"],
        clinician=lakeside.memberships["ben"],
        by=lakeside.viewer("ada"),
        at=NOW,
    )
    go_round(at=NOW)
    seen = words(ben.get(at(page)))
    assert "Some clients are not in your care now." in seen
    assert "51 rows were theirs: 0 stored before that" in seen
    assert "51 of 51 rows done: 51 stored." in seen
    assert ">Ana<" not in seen


def test_what_was_broken_off_goes_on_where_it_was(
    lakeside: Cast, browser_of: BrowserOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full after the first client's rows | the same form again: one work, all rows."""
    welcome(lakeside, "amy", clinician="ben")
    ben, key = browser_of("ben"), "5f3759df-0000-4000-8000-000000000001"
    rows, real, calls = weeks(60) + weeks(60, "Amy"), actions.take_in, iter(range(10))

    def breaks(*args: Any, **given: Any) -> Any:
        if next(calls) == 1:
            raise OperationalError("database or disk is full")
        return real(*args, **given)

    with monkeypatch.context() as patch:
        patch.setattr(importing.actions, "take_in", breaks)
        assert send(ben, rows, request_key=key).status_code == 503
    page = words(send(ben, rows, request_key=key))
    assert "0 of 120 rows done" in page
    with looking():
        assert Portion.objects.values("work").distinct().count() == 1
    go_round(at=NOW)
    assert stored() == 120
