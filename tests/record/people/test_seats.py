"""Who is asking: an account, in one seat, at one clinic; and who looked at one's record."""

from uuid import UUID, uuid4

import pytest

from tests.cast import NOON, Cast, after, looking
from tests.record.steps import answer, phq9, riverside
from waymark.access.vocabulary import Action, Role, system
from waymark.record.audit.models import Line
from waymark.record.people.queries import (
    Access,
    NoSeat,
    accesses_of,
    account,
    account_by_login,
    membership_of,
    names_of,
    own_patient,
    patient_for,
    seats_of,
    staff_of,
    viewer_of,
)
from waymark.record.tenancy.action import reading
from waymark.record.tenancy.models import Membership

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def works_at_both(cast: Cast, other: Cast, name: str = "gil") -> UUID:
    """No invitation does this yet, so the row is made here."""
    id: UUID = cast.accounts[name].pk
    with looking():
        Membership.objects.create(
            account_id=id, clinic=other.clinic, role=Role.SUPERVISOR, since=NOON
        )
    return id


def test_an_account_without_a_place_has_no_seat() -> None:
    with pytest.raises(NoSeat, match="no place"):
        viewer_of(uuid4())


def test_a_client_sits_in_their_own_record(lakeside: Cast) -> None:
    ana = lakeside.viewer("ana")
    assert ana.roles == {Role.PATIENT}
    assert (ana.patient, ana.clinic) == (lakeside.patients["ana"].pk, lakeside.clinic.pk)
    assert not ana.memberships
    assert [seat.id for seat in seats_of(ana.person)] == [f"client:{lakeside.clinic.pk}"]


def test_staff_sit_at_their_clinic_in_all_their_roles(lakeside: Cast) -> None:
    ben = lakeside.viewer("ben")
    assert ben.memberships == {lakeside.memberships["ben"].pk}
    assert (ben.patient, ben.licensed, ben.is_staff) == (None, True, True)
    (seat,) = seats_of(ben.person)
    assert (seat.clinic_name, seat.staff) == ("Lakeside Counseling", True)


def test_who_works_at_two_clinics_sits_at_one_at_a_time(lakeside: Cast) -> None:
    other = riverside()
    gil = works_at_both(lakeside, other)
    here, there = (viewer_of(gil, seat=f"staff:{cast.clinic.pk}") for cast in (lakeside, other))
    assert (here.roles, here.licensed) == ({Role.CLINICIAN}, True)
    assert (there.roles, there.licensed) == ({Role.SUPERVISOR}, False)
    assert not here.memberships & there.memberships


def test_a_seat_that_is_not_ones_own_is_not_taken(lakeside: Cast) -> None:
    other = riverside()
    ben = viewer_of(lakeside.accounts["ben"].pk, seat=f"staff:{other.clinic.pk}")
    assert ben.clinic == lakeside.clinic.pk


def test_a_colleague_of_another_clinic_is_not_found(lakeside: Cast) -> None:
    cleo = riverside().memberships["cleo"]
    ada, ben = lakeside.viewer("ada"), lakeside.memberships["ben"]
    with looking():
        assert membership_of(ada, ben.pk).account.name == "Ben"
        with pytest.raises(Membership.DoesNotExist):
            membership_of(ada, cleo.pk)


def test_an_account_is_found_by_its_name_in_any_case(lakeside: Cast) -> None:
    ana = lakeside.accounts["ana"]
    assert account_by_login(" ANA-AT-HOME") == account(ana.pk) == ana
    assert account_by_login("ana") is None


def test_an_account_answers_what_django_asks_of_a_user(lakeside: Cast) -> None:
    ana = lakeside.accounts["ana"]
    assert type(ana).objects.get_by_natural_key(ana.get_username()) == ana
    assert str(ana) == str(ana.pk)  # never a name
    assert not ana.has_perm("anything")
    assert not ana.has_module_perms("people")


def test_names_are_found_for_ids_and_nobody_else(lakeside: Cast) -> None:
    ben = lakeside.accounts["ben"].pk
    assert names_of([ben, uuid4()]) == {ben: "Ben"}


def test_who_left_stands_last_on_the_staff_list(lakeside: Cast) -> None:
    from waymark.record.safety.handover import deactivate

    deactivate(
        lakeside.clinic, account=lakeside.accounts["ben"].pk, by=lakeside.viewer("ada"), at=NOON
    )
    with looking():
        assert [one.name for one in staff_of(lakeside.viewer("ada"))][-1] == "Ben"


# Who looked at my record


def looked(cast: Cast, name: str, *, at=NOON, action: Action = Action.READ_SCORES) -> None:
    """Somebody opens Ana's page."""
    with reading(action, by=cast.viewer(name), at=at):
        _ = patient_for(cast.viewer(name), action, cast.patients["ana"].pk).name


def shown(cast: Cast, *, since=NOON) -> list[Access]:
    with looking():
        ana = own_patient(cast.viewer("ana"), Action.READ_ACCESS_LOG)
        return accesses_of(ana, since=since)


def test_a_client_sees_who_looked_when_and_how_often(lakeside: Cast) -> None:
    looked(lakeside, "ben", at=after(days=1))
    looked(lakeside, "ben", at=after(days=1, hours=1))
    looked(lakeside, "sue", at=after(days=2))
    seen = shown(lakeside, since=after(hours=1))
    assert [(one.name, one.words, one.times) for one in seen] == [
        ("Sue", "looked at your scores", 1),
        ("Ben", "looked at your scores", 2),
    ]
    assert seen[1].at == after(days=1, hours=1)  # the last time of that day


def test_days_are_told_apart(lakeside: Cast) -> None:
    looked(lakeside, "ben", at=after(days=1))
    looked(lakeside, "ben", at=after(days=2))
    assert [one.times for one in shown(lakeside, since=after(hours=1))] == [1, 1]


def test_an_evening_is_not_cut_in_two(lakeside: Cast) -> None:
    """Half past five and seven in the evening in Chicago: two days elsewhere, one for Ana."""
    looked(lakeside, "ben", at=after(days=1, hours=5.5))
    looked(lakeside, "ben", at=after(days=1, hours=7))
    assert [one.times for one in shown(lakeside, since=after(hours=1))] == [2]


def test_a_night_is_parted_where_the_calendar_parts_it(lakeside: Cast) -> None:
    """Ten at night and one in the morning: the page names the days of the calendar."""
    looked(lakeside, "ben", at=after(days=1, hours=10))
    looked(lakeside, "ben", at=after(days=1, hours=13))
    assert [one.times for one in shown(lakeside, since=after(hours=1))] == [1, 1]


def test_what_the_client_did_themselves_is_left_out(lakeside: Cast) -> None:
    answer(lakeside, "ana", phq9(), at=after(days=1))
    names = {one.name for one in shown(lakeside, since=after(hours=1))}
    assert names == {"Ben"}  # who gave it


def test_the_clock_is_named_as_what_it_is(lakeside: Cast) -> None:
    with reading(Action.RUN_CLOCK, by=system(lakeside.clinic.pk), at=after(days=1)):
        _ = patient_for(lakeside.clock(), Action.RUN_CLOCK, lakeside.patients["ana"].pk).name
    (one,) = shown(lakeside, since=after(hours=1))
    assert (one.name, one.words) == ("The portal itself", Action.RUN_CLOCK.to_client)


def test_what_an_older_version_wrote_is_told_too(lakeside: Cast) -> None:
    looked(lakeside, "ben", at=after(days=1))
    Line.objects.filter(at=after(days=1)).update(action="read-of-long-ago")
    (one,) = shown(lakeside, since=after(hours=1))
    assert (one.name, one.words) == ("Ben", "used your record")


def test_what_was_refused_is_no_access(lakeside: Cast) -> None:
    from waymark.record.people import actions as people
    from waymark.record.tenancy.action import Refused

    with pytest.raises(Refused):
        people.set_contact(
            lakeside.patients["ana"], values={}, by=lakeside.viewer("gil"), at=after(days=1)
        )
    assert shown(lakeside, since=after(hours=1)) == []


def test_who_opened_the_page_of_a_code_did_not_confirm_it(lakeside: Cast) -> None:
    """Dana makes a code | Ben opens the page on Tuesday | and confirms that it is Ana."""
    from waymark.record.people import actions as people

    ana, ben, tuesday = lakeside.patients["ana"], lakeside.viewer("ben"), after(hours=20)
    people.print_reset(ana, by=lakeside.viewer("dana"), at=after(hours=19))
    looked(lakeside, "ben", at=tuesday, action=Action.CONFIRM_PERSON)
    (look,) = [one for one in shown(lakeside, since=tuesday) if one.name == "Ben"]
    assert look.words == Action.CONFIRM_PERSON.look_to_client
    assert "confirmed" not in look.words
    people.confirm_person(ana, by=ben, at=tuesday)
    deed, _ = [one for one in shown(lakeside, since=tuesday) if one.name == "Ben"]
    assert "confirmed" in deed.words
