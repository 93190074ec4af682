"""The clinic's own settings: what is refused names its field and says what to do."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from tests.cast import NOON, WEEKDAYS, Cast, after, found, hire, looking
from tests.record.steps import riverside
from waymark.access.vocabulary import Role
from waymark.record.people import actions as people
from waymark.record.people.actions.clinic import demo, hours_of
from waymark.record.people.queries import all_clinics, clinic_by, clinic_of, duties_of
from waymark.record.safety.prerequisites import lines_of
from waymark.record.tenancy.action import Invalid, Refused
from waymark.record.tenancy.models import Clinic, Duty, Membership

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
NAMED = {"name": "Lakeside", "zone": "America/Chicago", "region": "US"}


def ada_does(cast: Cast, verb: Any, **given: Any) -> Any:
    return verb(cast.clinic, **given, by=cast.viewer("ada"), at=after(hours=1))


def test_a_clinic_is_founded_with_name_zone_and_region() -> None:
    clinic = people.found_clinic(name=" Lakeside ", zone="America/Chicago", region="US", at=NOON)
    assert (clinic.name, clinic.zone, clinic.region) == ("Lakeside", "America/Chicago", "US")
    assert (clinic_by(clinic.pk), all_clinics()) == (clinic, [clinic])


@pytest.mark.parametrize(
    ("wrong", "remedy"),
    [
        ({"name": "  "}, "Give the clinic a name"),
        ({"zone": "Chicago"}, "choose one like America/Chicago"),
        ({"region": "XX"}, "No crisis lines are known"),
    ],
    ids=["name", "zone", "region"],
)
def test_what_is_no_clinic_is_refused_with_the_remedy(wrong: dict[str, str], remedy: str) -> None:
    with pytest.raises(Invalid, match=remedy) as caught:
        people.found_clinic(**{**NAMED, **wrong}, at=NOON)
    assert caught.value.field in wrong
    assert not Clinic.objects.exists()


def test_a_second_clinic_needs_postgresql(lakeside: Cast) -> None:
    if connection.vendor == "postgresql":
        assert found("Riverside").pk
        return
    with pytest.raises(Invalid, match="PostgreSQL"):
        found("Riverside")


def settled(cast: Cast, **given: str) -> Clinic:
    return ada_does(cast, people.settle, to=people.Letterhead(**{**NAMED, **given}))


def test_the_letterhead_is_kept_as_it_was_written(lakeside: Cast) -> None:
    clinic = settled(lakeside, phone=" 312 555 0100 ", address="https://care.example/")
    clinic.refresh_from_db()
    assert (clinic.phone, clinic.address) == ("312 555 0100", "https://care.example")


@pytest.mark.parametrize("address", ["http://care.example", "care.example", "ftp://care.example"])
def test_an_address_that_others_can_listen_to_is_refused(lakeside: Cast, address: str) -> None:
    with pytest.raises(Invalid, match="https://") as caught:
        settled(lakeside, address=address)
    assert caught.value.field == "address"


@pytest.mark.parametrize("address", ["http://localhost:8000", "http://127.0.0.1:8000", ""])
def test_ones_own_machine_needs_no_encryption(lakeside: Cast, address: str) -> None:
    assert settled(lakeside, address=address).address == address


def with_instruments(cast: Cast, **given: Any) -> Clinic:
    usual = {"opened": [], "usual_set": [], "self_start": []}
    return ada_does(cast, people.set_instruments, **{**usual, **given})


def test_instruments_are_opened_made_usual_and_self_started(lakeside: Cast) -> None:
    clinic = with_instruments(
        lakeside, opened=["who-5"], usual_set=["phq-9", "who-5"], self_start=["gad-7"]
    )
    clinic.refresh_from_db()
    assert (clinic.opened, clinic.self_start) == (["who-5"], ["gad-7"])
    assert clinic.usual_set == ["phq-9", "who-5"]


@pytest.mark.parametrize(
    ("given", "field", "remedy"),
    [
        ({"usual_set": ["phq-99"]}, "usual_set", "not an instrument"),
        ({"self_start": ["who-5"]}, "self_start", "accept them first"),
    ],
)
def test_an_instrument_that_cannot_be_given_is_refused(
    lakeside: Cast, given: dict[str, Any], field: str, remedy: str
) -> None:
    with pytest.raises(Invalid, match=remedy) as caught:
        with_instruments(lakeside, **given)
    assert caught.value.field == field


def with_hours(cast: Cast, **given: Any) -> Clinic:
    usual = {"by_day": WEEKDAYS, "holidays": [], "after_hours": "Call 988."}
    return ada_does(cast, people.set_hours, **{**usual, **given})


def test_hours_and_holidays_become_working_time(lakeside: Cast) -> None:
    clinic = with_hours(lakeside, by_day={"sat": ["10:00", "12:00"]}, holidays=[date(2026, 3, 14)])
    hours = hours_of(clinic)
    opens, closes = next(hours.spans(after(days=6)))
    assert (opens.isoformat(), closes.isoformat()) == (
        "2026-03-21T15:00:00+00:00",  # ten in the morning, after the change to DST
        "2026-03-21T17:00:00+00:00",
    )


@pytest.mark.parametrize(
    ("given", "field", "remedy"),
    [
        ({"by_day": {"mon": ["17:00", "08:00"]}}, "mon", "open before it closes"),
        ({"by_day": {"mon": ["08:00", "08:00"]}}, "mon", "open before it closes"),
        ({"by_day": {"mon": ["8 o'clock", "17:00"]}}, "mon", "08:00 and 17:00"),
        ({"by_day": {"mon": ["08:00"]}}, "mon", "08:00 and 17:00"),
        ({"by_day": {"someday": ["08:00", "17:00"]}}, "someday", "open before it closes"),
        ({"by_day": {}}, "by_day", "at least one day"),
        ({"after_hours": "  "}, "after_hours", "when the clinic is closed"),
    ],
)
def test_hours_that_cannot_be_are_refused(
    lakeside: Cast, given: dict[str, Any], field: str, remedy: str
) -> None:
    with pytest.raises(Invalid, match=remedy) as caught:
        with_hours(lakeside, **given)
    assert caught.value.field == field


def with_duties(cast: Cast, **given: str | None) -> None:
    names: dict[str, str | None] = {"safety_lead": "ben", "primary": "ben", "backup": "gil"}
    held = {
        duty: cast.memberships[name] if name else None for duty, name in {**names, **given}.items()
    }
    ada_does(cast, people.set_duties, **held)


def responders(cast: Cast) -> dict[str, list[str]]:
    return {kind: [one.name for one in held] for kind, held in duties_of(cast.clinic).items()}


def test_duties_are_handed_over_with_their_days(lakeside: Cast) -> None:
    with_duties(lakeside, primary="gil", backup="ben")
    assert responders(lakeside) == {
        "safety-lead": ["Ben"],
        "primary": ["Gil"],
        "backup": ["Ben"],
    }
    with looking():
        kept = Duty.objects.get(kind="safety-lead")  # unchanged: the same row
        ended = set(Duty.objects.filter(until=after(hours=1)).values_list("kind", flat=True))
    assert (kept.since, ended) == (NOON, {"primary", "backup"})


def test_a_backup_may_be_outside_and_then_nobody_here_holds_it(lakeside: Cast) -> None:
    with_duties(lakeside, backup=None)
    assert "backup" not in responders(lakeside)


def test_a_responder_is_licensed_treats_clients_and_works_here(lakeside: Cast) -> None:
    hire(lakeside, "una", Role.CLINICIAN, licensed=False)
    hire(lakeside, "dora", Role.FRONT_DESK)
    with looking():  # as an older version could
        Membership.objects.filter(pk=lakeside.memberships["dora"].pk).update(licensed=True)
    lakeside.memberships["cleo"] = riverside().memberships["cleo"]
    for name in ("una", "dana", "dora", "cleo"):
        with pytest.raises(Invalid) as caught:
            with_duties(lakeside, primary=name)
        assert caught.value.field == "primary"


def test_primary_and_backup_are_two_people(lakeside: Cast) -> None:
    with pytest.raises(Invalid, match="somebody other"):
        with_duties(lakeside, primary="gil", backup="gil")


def test_a_supervisor_may_be_a_responder(lakeside: Cast) -> None:
    with_duties(lakeside, backup="sue")
    assert responders(lakeside)["backup"] == ["Sue"]


def test_a_line_is_shown_once_it_was_confirmed_and_hidden_again(lakeside: Cast) -> None:
    settled(lakeside, region="AU")
    lakeside.clinic.refresh_from_db()
    before = {line.id for line in lines_of(lakeside.clinic)}
    always = "24 hours, every day"
    ada_does(lakeside, people.confirm_line, line="au-lifeline", hours=always)
    ada_does(lakeside, people.confirm_line, line="au-lifeline", hours=always)
    assert {one.id: one.hours for one in lines_of(lakeside.clinic)}["au-lifeline"] == always
    assert {line.id for line in lines_of(lakeside.clinic)} - before == {"au-lifeline"}
    assert ada_does(lakeside, people.withdraw_line, line="au-lifeline") == 1
    assert {line.id for line in lines_of(lakeside.clinic)} == before


def test_a_line_whose_hours_nobody_knows_is_not_confirmed_without_them(lakeside: Cast) -> None:
    with pytest.raises(Invalid, match="when it answers") as caught:
        ada_does(lakeside, people.confirm_line, line="us-sexual-assault")
    assert caught.value.field == "hours"


def test_a_line_that_is_not_known_is_not_confirmed(lakeside: Cast) -> None:
    with pytest.raises(Invalid, match="not a line") as caught:
        ada_does(lakeside, people.confirm_line, line="xx-nobody")
    assert caught.value.field == "line"


@pytest.mark.parametrize("name", ["ana", "ben", "sue", "dana"])
def test_settings_are_the_administrators(lakeside: Cast, name: str) -> None:
    with pytest.raises(Refused):
        people.settle(
            lakeside.clinic, to=people.Letterhead(**NAMED), by=lakeside.viewer(name), at=NOON
        )


def test_nobody_administers_another_clinic(lakeside: Cast) -> None:
    with pytest.raises(Refused):
        people.settle(
            riverside().clinic, to=people.Letterhead(**NAMED), by=lakeside.viewer("ada"), at=NOON
        )


def test_a_viewer_stands_in_their_own_clinic(lakeside: Cast) -> None:
    other = riverside()
    assert clinic_of(lakeside.viewer("ana")) == lakeside.clinic
    assert clinic_of(other.viewer("zoe")) == other.clinic


def test_the_demo_says_that_it_is_one(settings: Any) -> None:
    assert demo()
    settings.WAYMARK_DEMO = False
    assert not demo()
