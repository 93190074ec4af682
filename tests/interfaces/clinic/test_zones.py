"""Where clinic and client do not share a day: it is noon of March 3 in Chicago, two hours past
sunrise in Honolulu, and seven in the morning of March 4 in Auckland."""

from datetime import UTC, date, datetime
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.cast import Cast, after, looking, welcome
from tests.interfaces.conftest import BrowserOf
from tests.record.steps import totaling
from waymark.access.vocabulary import Action
from waymark.record.assessments import actions as assessments
from waymark.record.episodes import actions as episodes
from waymark.record.episodes.models import Episode
from waymark.record.people import actions as people
from waymark.record.tenancy.models import Patient
from waymark.record.timeline.queries import courses_of

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
AUCKLAND, HONOLULU = "Pacific/Auckland", "Pacific/Honolulu"


def lives_in(cast: Cast, zone: str) -> Patient:
    """Ana's home, from now on."""
    with looking():
        Patient._base_manager.filter(pk=cast.patients["ana"].pk).update(zone=zone)
        cast.patients["ana"].refresh_from_db()
    return cast.patients["ana"]


def out_of_care(cast: Cast) -> None:
    with looking():
        held = Episode.objects.select_related("patient").get(patient=cast.patients["ana"])
    ended = datetime(2026, 3, 2, 18, 1, tzinfo=UTC)
    episodes.discharge(held, ended_at=ended, by=cast.viewer("ben"), at=ended)


def words(page: Any) -> str:
    return unescape(page.content.decode())


@pytest.mark.parametrize("zone", [AUCKLAND, HONOLULU, "America/Anchorage", "America/Chicago"])
def test_care_begins_on_the_day_that_was_chosen(
    lakeside: Cast, browser_of: BrowserOf, zone: str
) -> None:
    """Answers on paper of the day before and of the day: the second is the first that is judged."""
    ana, ben = lives_in(lakeside, zone), browser_of("ben")
    out_of_care(lakeside)
    for day, total in ((date(2026, 3, 2), 9), (date(2026, 3, 3), 20)):
        assessments.enter(
            ana,
            instrument="phq-9",
            answers=totaling(total),
            came=assessments.Entry("paper", day),
            by=lakeside.viewer("ben"),
            at=after(days=2),
        )
    address = reverse("client-episode", args=[ana.pk])
    page = ben.post(address, {"day": "2026-03-03", "do": "begin"}, follow=True)
    assert "In care since March 3, 2026" in words(page)
    with looking():
        (course,) = courses_of(lakeside.viewer("ben"), Action.READ_SCORES, ana.pk)
    assert course.series.started == date(2026, 3, 3)
    assert [point.value for point in course.series.current] == [20]


def test_care_begins_today_with_one_tap_where_it_is_tomorrow(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    ana, ben = lives_in(lakeside, AUCKLAND), browser_of("ben")
    with looking():
        Episode.objects.filter(patient=ana).update(ended_at=after(minutes=1))
    assert 'name="day" value="2026-03-04"' in words(ben.get(reverse("caseload")))
    ben.post(reverse("client-episode", args=[ana.pk]), {"day": "2026-03-04", "do": "begin"})
    with looking():
        assert Episode.objects.filter(patient=ana, ended_at=None).exists()


def test_a_file_is_looked_at_by_each_clients_own_day(lakeside: Cast, browser_of: BrowserOf) -> None:
    """March 4 has begun for Ana, and is still to come for Amy."""
    lives_in(lakeside, AUCKLAND)
    welcome(lakeside, "amy", clinician="ben")
    rows = "client,instrument,date,score\nAna,phq-9,2026-03-04,7\nAmy,phq-9,2026-03-04,7\n"
    sheet = SimpleUploadedFile("past.csv", rows.encode())
    page = words(browser_of("ben").post(reverse("import-scores"), {"file": sheet}))
    assert "1 row of 1 client can be stored." in page
    assert "2026-03-04 is in the future. Write the day of the answers." in page


def test_an_old_danger_is_told_as_it_will_be_routed(lakeside: Cast, browser_of: BrowserOf) -> None:
    """It is March 4 for Ana: February 1 is 31 days back, February 2 is 30."""
    lives_in(lakeside, AUCKLAND)
    head = "client,instrument,date," + ",".join(f"q{n}" for n in range(1, 10))
    page = {}
    for day in ("2026-02-01", "2026-02-02"):
        rows = f"{head}\nAna,phq-9,{day},1,1,1,1,1,1,1,1,1\n"
        sheet = SimpleUploadedFile("past.csv", rows.encode())
        page[day] = words(browser_of("ben").post(reverse("import-scores"), {"file": sheet}))
    assert "more than 30 days old" in page["2026-02-01"]
    assert "more than 30 days old" not in page["2026-02-02"]


def test_an_invitation_made_at_night_ends_when_it_says(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    """Made at one in the morning of March 3: it works until one in the morning, two weeks on."""
    people.invite(
        lakeside.clinic,
        who=people.Newcomer("Nia", adult=True),
        clinician=lakeside.memberships["ben"],
        by=lakeside.viewer("ben"),
        at=datetime(2026, 3, 3, 7, 0, tzinfo=UTC),
    )
    page = " ".join(words(browser_of("ben").get(reverse("caseload"))).split())
    assert "The invitation works until Tuesday, Mar 17, 2:00 AM" in page


@pytest.mark.parametrize("typed", ["2026-03-08T02:30", "2026-11-01T01:30"])
def test_a_time_that_the_clock_skips_or_shows_twice_is_told_in_our_words(
    lakeside: Cast, browser_of: BrowserOf, typed: str
) -> None:
    """In Chicago the clocks go forward on March 8 and back on November 1."""
    page = f"/clinic/clients/{lakeside.patients['ana'].pk}/meeting/"
    answer = browser_of("ben").post(page, {"kind": "in-person", "took_place_at": typed})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "The clocks were changed at that time." in text
    assert "interpreted" not in text
