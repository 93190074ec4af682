"""Care teams: who treats whom, one primary clinician, and news to the client and the lead."""

import pytest

from tests.cast import NOON, Cast, after, hire, looking
from tests.record.steps import riverside, told
from waymark.access.vocabulary import Action, Role
from waymark.record.people import actions as people
from waymark.record.people.queries import care_team_of, patients_for
from waymark.record.safety.handover import deactivate
from waymark.record.tenancy.action import Invalid, Refused
from waymark.record.tenancy.models import CareTeamMember

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
LATER = after(hours=1)


def join(cast: Cast, clinician: str, *, by: str = "ada", primary: bool = False) -> CareTeamMember:
    row: CareTeamMember = people.join_care_team(
        cast.patients["ana"],
        clinician=cast.memberships[clinician],
        primary=primary,
        by=cast.viewer(by),
        at=LATER,
    )
    return row


def team(cast: Cast) -> list[str]:
    with looking():
        rows = care_team_of(cast.viewer("ana"), Action.READ_TODAY, cast.patients["ana"])
        return [one.name for one in rows]


def test_whoever_joins_a_team_sees_the_client(lakeside: Cast) -> None:
    gil = lakeside.viewer("gil")
    with looking():
        assert lakeside.patients["ana"] not in patients_for(gil, Action.READ_SCORES)
    join(lakeside, "gil")
    with looking():
        assert lakeside.patients["ana"] in patients_for(gil, Action.READ_SCORES)


def test_joining_is_told_to_the_client_and_the_safety_lead(lakeside: Cast) -> None:
    """Each duty is somebody else's: the lead hears of it, whoever answers for danger does not."""
    ben, gil, sue = (lakeside.memberships[name] for name in ("ben", "gil", "sue"))
    ada = lakeside.viewer("ada")
    people.set_duties(lakeside.clinic, safety_lead=sue, primary=ben, backup=gil, by=ada, at=NOON)
    join(lakeside, "gil")
    both = [lakeside.accounts["ana"].pk, lakeside.accounts["sue"].pk]
    assert told("care-team", since=LATER) == both


def test_a_client_who_has_not_joined_yet_is_not_written_to(lakeside: Cast) -> None:
    invitation = people.invite(
        lakeside.clinic,
        who=people.Newcomer("Kim", adult=True),
        by=lakeside.viewer("ada"),
        at=NOON,
    )
    people.join_care_team(
        invitation.patient,
        clinician=lakeside.memberships["gil"],
        by=lakeside.viewer("ada"),
        at=LATER,
    )
    assert told("care-team", since=LATER) == [lakeside.accounts["ben"].pk]


def test_the_client_sees_the_primary_clinician_first(lakeside: Cast) -> None:
    join(lakeside, "gil")
    assert team(lakeside) == ["Ben", "Gil"]
    join(lakeside, "gil", primary=True)
    assert team(lakeside) == ["Gil", "Ben"]


def test_there_is_one_primary_clinician(lakeside: Cast) -> None:
    join(lakeside, "gil", primary=True)
    with looking():
        rows = CareTeamMember.objects.filter(patient=lakeside.patients["ana"], until=None)
        assert rows.filter(primary=True).count() == 1
        assert rows.count() == 2


def test_joining_twice_is_one_place(lakeside: Cast) -> None:
    assert join(lakeside, "gil").pk == join(lakeside, "gil").pk


def test_an_ended_place_is_kept_and_a_new_one_begins(lakeside: Cast) -> None:
    ana, ben, ada = lakeside.patients["ana"], lakeside.memberships["ben"], lakeside.viewer("ada")
    assert people.end_care(ana, clinician=ben, by=ada, at=LATER) == 1
    assert team(lakeside) == []
    join(lakeside, "ben")
    with looking():
        rows = CareTeamMember.objects.filter(patient=ana, membership=ben).order_by("since")
        assert list(rows.values_list("until", flat=True)) == [LATER, None]


def test_only_a_clinician_who_works_here_now_joins_a_team(lakeside: Cast) -> None:
    lakeside.memberships["cleo"] = riverside().memberships["cleo"]
    for name in ("cleo", "dana", "sue"):
        with pytest.raises(Invalid, match="clinician who works here now"):
            join(lakeside, name)


def test_somebody_who_left_joins_no_team(lakeside: Cast) -> None:
    hire(lakeside, "hal", Role.CLINICIAN)
    deactivate(
        lakeside.clinic, account=lakeside.accounts["hal"].pk, by=lakeside.viewer("ada"), at=NOON
    )
    with looking():
        lakeside.memberships["hal"].refresh_from_db()
    with pytest.raises(Invalid, match="works here now"):
        join(lakeside, "hal")


@pytest.mark.parametrize("name", ["ana", "ben", "sue", "dana"])
def test_administrators_alone_make_teams(lakeside: Cast, name: str) -> None:
    with pytest.raises(Refused):
        join(lakeside, "gil", by=name)
