"""When a concern must have an owner: in the clinic's working time, by the signed policy.

same day   four working hours      review   the end of the next working day
urgent     a quarter of an hour    closed now: counted from the next opening
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.cast import NOON, Cast, after, looking
from tests.record.steps import answer, concern_of, phq9
from waymark.library.safety import Tier
from waymark.record.people import actions as people
from waymark.record.safety import actions as safety
from waymark.record.safety.screen import due
from waymark.record.tenancy.models import Clinic

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def local(text: str) -> datetime:
    zone = ZoneInfo("America/Chicago")
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def due_at(cast: Cast, tier: str, at: str) -> datetime:
    with looking():
        return due(cast.clinic, Tier(tier), at=local(at))


@pytest.mark.parametrize(
    ("tier", "at", "by"),
    [
        ("urgent", "2026-03-02 12:00", "2026-03-02 12:15"),
        ("urgent", "2026-03-02 23:00", "2026-03-03 08:15"),
        ("same-day", "2026-03-02 12:00", "2026-03-02 16:00"),
        ("same-day", "2026-03-02 15:00", "2026-03-03 10:00"),
        ("same-day", "2026-03-06 16:00", "2026-03-09 11:00"),  # over the weekend of the change
        ("review", "2026-03-02 12:00", "2026-03-03 17:00"),
        ("review", "2026-03-06 16:00", "2026-03-09 17:00"),
        ("review", "2026-03-07 03:00", "2026-03-09 17:00"),
    ],
)
def test_a_concern_is_due_in_working_time(lakeside: Cast, tier: str, at: str, by: str) -> None:
    assert due_at(lakeside, tier, at) == local(by)


def test_the_times_are_those_of_the_signed_policy(lakeside: Cast) -> None:
    safety.sign_policy(
        lakeside.clinic,
        timers={"review": 2, "same-day": 1, "urgent": 5},
        review_on=date(2027, 2, 1),
        by=lakeside.viewer("ada"),
        at=NOON,
    )
    assert due_at(lakeside, "urgent", "2026-03-02 12:00") == local("2026-03-02 12:05")
    assert due_at(lakeside, "same-day", "2026-03-02 12:00") == local("2026-03-02 13:00")
    assert due_at(lakeside, "review", "2026-03-02 12:00") == local("2026-03-04 17:00")


def test_a_holiday_puts_it_off_to_the_next_opening(lakeside: Cast) -> None:
    people.set_hours(
        lakeside.clinic,
        by_day=lakeside.clinic.hours,
        holidays=[date(2026, 3, 3)],
        after_hours="Call 988.",
        by=lakeside.viewer("ada"),
        at=NOON,
    )
    assert due_at(lakeside, "review", "2026-03-02 12:00") == local("2026-03-04 17:00")


@pytest.mark.parametrize("tier", ["urgent", "same-day", "review"])
def test_a_clinic_without_hours_has_a_day_of_the_calendar(fresh_keys: None, tier: str) -> None:
    """Answers may be brought in before the set-up is done: a due time there is, always."""
    clinic = Clinic.objects.create(name="New", zone="UTC", region="US", made_at=NOON)
    with looking():
        assert due(clinic, Tier(tier), at=NOON) == after(days=1)


def test_the_due_time_is_stored_and_does_not_move(lakeside: Cast) -> None:
    answer(lakeside, "ana", phq9(q9=1))
    people.set_hours(
        lakeside.clinic,
        by_day={"fri": ["08:00", "17:00"]},
        holidays=[],
        after_hours="Call 988.",
        by=lakeside.viewer("ada"),
        at=after(hours=1),
    )
    concern = concern_of(lakeside, "ana")
    assert concern is not None
    assert concern.due_at == local("2026-03-02 16:00")
