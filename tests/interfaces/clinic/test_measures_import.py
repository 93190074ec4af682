"""Bringing in past scores: looked at first, stored on a word, told client by client."""

import re
from datetime import date
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as configured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Cast, after, looking, welcome
from tests.interfaces.conftest import BrowserOf
from waymark.record.assessments import actions as assessments
from waymark.record.assessments.models import Response, Score
from waymark.record.people import actions as people
from waymark.record.safety.models import Concern, ConcernEntry
from waymark.record.tenancy.action import Invalid

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

PAGE = "/clinic/measures/import/"
HEAD = "client,instrument,date,score,q1,q2,q3,q4,q5,q6,q7,q8,q9\n"
TOTAL = "Ana,phq-9,2025-11-02,14,,,,,,,,,\n"
GRAVE = "Ana,phq-9,2025-10-01,,1,1,1,1,1,1,1,1,2\n"


def look(browser: Client, data: str | bytes) -> Any:
    content = data.encode() if isinstance(data, str) else data
    return browser.post(PAGE, {"file": SimpleUploadedFile("past.csv", content)})


def confirm(browser: Client, preview: Any, **given: str) -> Any:
    """Send the form of a preview as a browser does."""
    fields = re.findall(r'name="(rows|request_key)" value="([^"]*)"', preview.content.decode())
    sent = {**{name: unescape(value) for name, value in fields}, **given}
    return browser.post(PAGE, sent, follow=True)


def text(response: Any) -> str:
    return unescape(response.content.decode())


def scores() -> list[Score]:
    with looking():
        return list(Score.objects.order_by("for_date"))


def test_a_preview_stores_nothing(lakeside: Cast, browser_of: BrowserOf) -> None:
    page = text(look(browser_of("ben"), HEAD + TOTAL))
    assert "1 row of 1 client can be stored." in page
    assert "Nothing is stored yet." in page
    assert not scores()


def test_what_was_shown_is_stored_on_a_word(lakeside: Cast, browser_of: BrowserOf) -> None:
    ben = browser_of("ben")
    done = text(confirm(ben, look(ben, HEAD + TOTAL)))
    (score,) = scores()
    assert (score.instrument, score.for_date, score.source) == (
        "phq-9",
        date(2025, 11, 2),
        "imported",
    )
    assert "1 stored." in done


@pytest.mark.parametrize("day", ["1800-01-01", "0001-01-01", "1925-11-02"])
def test_a_mistyped_year_is_not_stored(lakeside: Cast, browser_of: BrowserOf, day: str) -> None:
    """One point at 1800 would squash all the others into one edge of the drawing."""
    ben = browser_of("ben")
    page = text(look(ben, HEAD + f"Ana,phq-9,{day},14\n"))
    assert f"{day} is more than 30 years ago. Look at the year." in page
    with pytest.raises(Invalid, match="more than 30 years ago"):
        assessments.bring_in(
            lakeside.patients["ana"],
            rows=[assessments.Past("phq-9", date.fromisoformat(day), value=14)],
            by=lakeside.viewer("ben"),
            at=after(days=1),
        )


def test_danger_of_the_last_30_days_is_told_apart_from_older_one(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    recent = GRAVE.replace("2025-10-01", "2026-02-26")
    page = text(look(browser_of("ben"), HEAD + GRAVE + recent))
    new, old = page.split('class="notice safety"')[1:3]
    assert "Answers of Ana from the last 30 days tell of danger." in new
    assert "February 26, 2026" in new
    assert "October 1, 2025" not in new
    assert "Answers of Ana, more than 30 days old, tell of danger." in old
    assert "October 1, 2025" in old


def test_bad_rows_are_left_out_by_line_and_reason(lakeside: Cast, browser_of: BrowserOf) -> None:
    ben = browser_of("ben")
    preview = look(
        ben,
        HEAD + TOTAL + "Eli,phq-9,2025-11-02,3\nAna,phq-9,2026-03-04,3\nAna,phq-9,2025-11-09,99\n",
    )
    page = text(preview)
    assert "3 rows cannot be used and will be left out." in page
    assert "<strong>Line 3.</strong> Eli is no client of yours" in page
    assert "<strong>Line 4.</strong> 2026-03-04 is in the future" in page
    assert "<strong>Line 5.</strong> 99 is outside 0 to 27" in page
    confirm(ben, preview)
    assert len(scores()) == 1


def test_clients_are_found_by_number(lakeside: Cast, browser_of: BrowserOf) -> None:
    people.set_contact(
        lakeside.patients["ana"],
        values={},
        number="1042",
        by=lakeside.viewer("ben"),
        at=after(hours=1),
    )
    ben = browser_of("ben")
    confirm(ben, look(ben, HEAD + TOTAL.replace("Ana", "1042")))
    assert len(scores()) == 1


def test_two_clients_of_one_name_need_a_number(lakeside: Cast, browser_of: BrowserOf) -> None:
    second = people.invite(
        lakeside.clinic,
        who=people.Newcomer("Ana", adult=True),
        clinician=lakeside.memberships["ben"],
        by=lakeside.viewer("ben"),
        at=after(hours=1),
    )
    assert second.patient_id != lakeside.patients["ana"].pk
    page = look(browser_of("ben"), HEAD + TOTAL)
    assert page.status_code == 422
    assert "Ana is the name of 2 clients" in text(page)


def test_the_same_file_twice_is_stored_once(lakeside: Cast, browser_of: BrowserOf) -> None:
    ben = browser_of("ben")
    confirm(ben, look(ben, HEAD + TOTAL))
    again = text(confirm(ben, look(ben, HEAD + TOTAL)))
    assert "0 stored, 1 were there already." in again
    assert len(scores()) == 1


def test_one_confirmation_sent_twice_is_one_work(lakeside: Cast, browser_of: BrowserOf) -> None:
    ben = browser_of("ben")
    preview, key = look(ben, HEAD + TOTAL), str(uuid4())
    first, again = (confirm(ben, preview, request_key=key) for _ in range(2))
    assert first.request["PATH_INFO"] == again.request["PATH_INFO"]
    assert "1 of 1 row done: 1 stored." in text(again)
    assert len(scores()) == 1


def test_old_danger_is_told_before_and_stored_after(lakeside: Cast, browser_of: BrowserOf) -> None:
    """Danger of last year | looked at: a concern | stored: no second one, and no new line."""
    ben = browser_of("ben")
    preview = look(ben, HEAD + TOTAL + GRAVE)
    assert "Answers of Ana, more than 30 days old, tell of danger." in text(preview)
    assert "October 1, 2025" in text(preview)
    with looking():
        concern = Concern.objects.get()
    assert (concern.tier, concern.late) == ("review", True)
    assert f"/clinic/concerns/{concern.pk}/" in text(preview)

    done = text(confirm(ben, preview))
    with looking():
        assert Response.objects.get().for_date == date(2025, 10, 1)
        assert ConcernEntry.objects.filter(kind="answer").count() == 1
    assert f"/clinic/concerns/{concern.pk}/" in done


def test_without_responders_answers_about_danger_stay_out_and_totals_come(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    lakeside.clinic.after_hours = ""
    lakeside.clinic.save()
    page = text(look(browser_of("ben"), HEAD + TOTAL + GRAVE))
    assert "1 row of 1 client can be stored." in page
    assert "<strong>Line 3.</strong> PHQ-9 asks about danger" in page
    assert "Say what clients can do out of hours." in page


def test_one_broken_row_leaves_the_others_alone(lakeside: Cast, browser_of: BrowserOf) -> None:
    """Readiness is lost before the confirmation: Ana's answers stay out, both totals come."""
    welcome(lakeside, "amy", clinician="ben")
    ben = browser_of("ben")
    preview = look(ben, HEAD + TOTAL + GRAVE + TOTAL.replace("Ana", "Amy"))
    lakeside.clinic.after_hours = ""
    lakeside.clinic.save()

    done = text(confirm(ben, preview))

    assert "3 of 3 rows done: 2 stored, 1 not stored." in done
    assert "<strong>Line 3.</strong> PHQ-9 asks about danger" in done
    assert "Say what clients can do out of hours." in done
    with looking():  # what Ana said of danger is heard although it was not stored
        assert Concern.objects.get().patient_id == lakeside.patients["ana"].pk
    assert {one.patient_id for one in scores()} == {
        lakeside.patients[name].pk for name in ("ana", "amy")
    }


def test_a_client_who_left_the_caseload_meanwhile_gets_nothing(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    ben = browser_of("ben")
    preview = look(ben, HEAD + TOTAL)
    people.end_care(
        lakeside.patients["ana"],
        clinician=lakeside.memberships["ben"],
        by=lakeside.viewer("ada"),
        at=after(hours=2),
    )
    done = text(confirm(ben, preview))
    assert "Some clients are not in your care now." in done
    assert not scores()


def test_a_foreign_client_slipped_into_the_form_gets_nothing(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    ben, gil = browser_of("ben"), browser_of("gil")
    preview = look(gil, HEAD + TOTAL.replace("Ana", "Eli"))
    confirm(ben, preview)
    assert not scores()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "The file is empty."),
        (b"name,instrument,date,score\n", "names no column client"),
        (b"client,instrument,date,score\nZo\xeb,phq-9,2025-11-02,3\n", "Line 2 has characters"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not UTF-8"),
        (b"x" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
        (b"x" * (3 * 1024 * 1024), "larger than 2 MB"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    lakeside: Cast, browser_of: BrowserOf, data: bytes, told: str
) -> None:
    page = look(browser_of("ben"), data)
    assert page.status_code == 422
    assert told in text(page)


def test_without_a_file_the_page_asks_for_one(lakeside: Cast, browser_of: BrowserOf) -> None:
    page = browser_of("ben").post(PAGE, {})
    assert page.status_code == 422
    assert "Choose a file." in text(page)


def test_a_changed_preview_is_refused(lakeside: Cast, browser_of: BrowserOf) -> None:
    page = browser_of("ben").post(PAGE, {"rows": "[[],[[1,2]]]"})
    assert page.status_code == 422
    assert "The preview came back changed." in text(page)


def test_no_upload_is_written_to_the_disk() -> None:
    assert configured.FILE_UPLOAD_HANDLERS == [
        "django.core.files.uploadhandler.MemoryFileUploadHandler"
    ]
