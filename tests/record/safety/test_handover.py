"""Whoever leaves takes no concern with them: it is freed, due anew, and the others are told."""

from datetime import date
from uuid import UUID

import pytest

from tests.cast import NOON, Cast, after, looking
from tests.record.steps import answer, give, phq9
from waymark.access.vocabulary import Role
from waymark.record.assessments import actions as assessments
from waymark.record.outbox.models import Message
from waymark.record.people import actions as people
from waymark.record.people.queries import NoSeat, duties_of
from waymark.record.safety import actions as safety
from waymark.record.safety import handover
from waymark.record.safety.models import Concern, ConcernEntry
from waymark.record.safety.queries import open_concerns
from waymark.record.tenancy.action import Invalid, Refused
from waymark.record.tenancy.models import Account, CareTeamMember, Duty

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def a_concern_of(cast: Cast, client: str, *, owner: str) -> Concern:
    """The client answers with danger; the owner takes it an hour later."""
    patient, clinician = cast.patients[client], cast.viewer(owner)
    assessments.enter(
        patient,
        instrument="phq-9",
        answers={"q9": 1},
        came=assessments.Entry("paper", date(2026, 3, 2)),
        by=clinician,
        at=NOON,
    )
    with looking():
        concern = Concern.objects.select_related("patient", "clinic").get(patient=patient)
    return safety.own(concern, by=clinician, at=after(hours=1))


def told(cast: Cast, since: object) -> set[UUID]:
    rows = Message.objects.filter(kind="review-needed", made_at=since)
    return set(rows.values_list("account", flat=True))


def test_a_concern_of_somebody_deactivated_is_free_and_due_anew(lakeside: Cast) -> None:
    concern = a_concern_of(lakeside, "ana", owner="ben")
    before, left = concern.due_at, after(days=1)

    freed = handover.deactivate(
        lakeside.clinic, account=lakeside.accounts["ben"].pk, by=lakeside.viewer("ada"), at=left
    )

    with looking():
        concern = Concern.objects.get(pk=concern.pk)
        kinds = [row.kind for row in ConcernEntry.objects.order_by("at", "pk")]
    assert freed.freed == 1
    assert (concern.owner, concern.state) == (None, "new")
    assert concern.due_at > before
    assert "released" in kinds
    # Gil moved up from the backup, and Sue took his place: both hear of it; Ben is gone.
    assert told(lakeside, left) == {lakeside.accounts[name].pk for name in ("gil", "sue")}


def test_nothing_of_a_deactivated_colleague_holds_any_more(lakeside: Cast) -> None:
    ben = lakeside.accounts["ben"].pk
    handover.deactivate(
        lakeside.clinic, account=ben, by=lakeside.viewer("ada"), at=after(minutes=1)
    )

    with pytest.raises(NoSeat):
        lakeside.viewer("ben")
    with looking():
        assert not Account.objects.get(pk=ben).is_active
        assert not CareTeamMember.objects.filter(membership__account=ben, until=None).exists()


def test_an_offer_to_somebody_deactivated_is_void(lakeside: Cast) -> None:
    concern = a_concern_of(lakeside, "ana", owner="ben")
    safety.offer(
        concern, to=lakeside.memberships["gil"], by=lakeside.viewer("ben"), at=after(hours=2)
    )

    freed = handover.deactivate(
        lakeside.clinic,
        account=lakeside.accounts["gil"].pk,
        by=lakeside.viewer("ada"),
        at=after(hours=3),
    )

    with looking():
        concern = Concern.objects.get(pk=concern.pk)
    assert freed.freed == 0
    assert concern.offered_to is None
    assert concern.owner_id == lakeside.memberships["ben"].pk


def test_nobody_deactivates_themselves(lakeside: Cast) -> None:
    with pytest.raises(Invalid, match="yourself"):
        handover.deactivate(
            lakeside.clinic,
            account=lakeside.accounts["ada"].pk,
            by=lakeside.viewer("ada"),
            at=NOON,
        )


def test_the_front_desk_deactivates_nobody(lakeside: Cast) -> None:
    with pytest.raises(Refused):
        handover.deactivate(
            lakeside.clinic,
            account=lakeside.accounts["ben"].pk,
            by=lakeside.viewer("dana"),
            at=NOON,
        )


def test_leaving_a_team_frees_what_can_no_longer_be_worked_on(lakeside: Cast) -> None:
    people.set_duties(
        lakeside.clinic,
        safety_lead=lakeside.memberships["gil"],
        primary=lakeside.memberships["gil"],
        backup=lakeside.memberships["sue"],
        by=lakeside.viewer("ada"),
        at=NOON,
    )
    a_concern_of(lakeside, "ana", owner="ben")

    freed = handover.leave_team(
        lakeside.patients["ana"],
        clinician=lakeside.memberships["ben"],
        by=lakeside.viewer("ada"),
        at=after(days=1),
    )

    assert freed == 1
    everybody = {lakeside.accounts["gil"].pk, lakeside.accounts["sue"].pk}
    assert told(lakeside, after(days=1)) == everybody


def test_a_named_responder_keeps_what_they_own_when_they_leave_a_team(lakeside: Cast) -> None:
    a_concern_of(lakeside, "ana", owner="ben")  # ben is the primary responder

    freed = handover.leave_team(
        lakeside.patients["ana"],
        clinician=lakeside.memberships["ben"],
        by=lakeside.viewer("ada"),
        at=after(days=1),
    )

    assert freed == 0


def test_handing_over_the_duties_frees_what_only_the_duty_gave(lakeside: Cast) -> None:
    a_concern_of(lakeside, "eli", owner="gil")
    ben, gil = lakeside.memberships["ben"], lakeside.memberships["gil"]
    handover.leave_team(
        lakeside.patients["eli"], clinician=gil, by=lakeside.viewer("ada"), at=after(hours=2)
    )

    freed = handover.hand_duties(
        lakeside.clinic,
        safety_lead=ben,
        primary=ben,
        backup=None,
        by=lakeside.viewer("ada"),
        at=after(hours=3),
    )

    assert freed == 1


def test_the_end_of_supervision_frees_what_only_it_gave(lakeside: Cast) -> None:
    sue = lakeside.memberships["sue"]
    concern = a_concern_of(lakeside, "ana", owner="ben")
    safety.offer(concern, to=sue, by=lakeside.viewer("ben"), at=after(hours=2))
    safety.accept_offer(concern, by=lakeside.viewer("sue"), at=after(hours=3))

    freed = handover.end_supervision(
        lakeside.clinic,
        supervisor=sue.pk,
        supervisee=lakeside.memberships["ben"].pk,
        by=lakeside.viewer("ada"),
        at=after(hours=4),
    )

    assert sue.role == Role.SUPERVISOR
    assert freed == 1


@pytest.mark.parametrize(("licensed", "freed"), [(True, 0), (False, 1)])
def test_whoever_loses_the_license_keeps_no_concern(
    lakeside: Cast, licensed: bool, freed: int
) -> None:
    """Sue and Gil answer for danger; Ben, who owns Ana's concern, is appointed once more."""
    ben, gil, sue = (lakeside.memberships[name] for name in ("ben", "gil", "sue"))
    ada, later = lakeside.viewer("ada"), after(days=1)
    people.set_duties(lakeside.clinic, safety_lead=sue, primary=sue, backup=gil, by=ada, at=NOON)
    concern = a_concern_of(lakeside, "ana", owner="ben")

    found = handover.appoint(
        lakeside.clinic,
        account=ben.account_id,
        role=Role.CLINICIAN,
        licensed=licensed,
        by=ada,
        at=later,
    )

    with looking():
        owner = Concern.objects.get(pk=concern.pk).owner_id
    assert found == freed
    assert owner == (ben.pk if licensed else None)
    assert (sue.account_id in told(lakeside, later)) is not licensed


# A duty that would stand vacant


def on_duty(cast: Cast) -> dict[str, str]:
    return {kind: who[0].name for kind, who in duties_of(cast.clinic).items()}


def deactivated(cast: Cast, name: str, **given: object) -> handover.Left:
    row: handover.Left = handover.deactivate(
        cast.clinic,
        account=cast.accounts[name].pk,
        by=cast.viewer("ada"),
        at=after(days=1),
        **given,
    )
    return row


def test_a_duty_goes_to_whoever_is_next_in_the_same_step(lakeside: Cast) -> None:
    """Ben leads and is primary, Gil backs up | Ben leaves | Gil moves up, Sue backs up."""
    left = deactivated(lakeside, "ben")
    assert set(left.handed) == {("primary", "Gil"), ("safety-lead", "Gil"), ("backup", "Sue")}
    assert on_duty(lakeside) == {"primary": "Gil", "safety-lead": "Gil", "backup": "Sue"}
    assert left.vacant == ()


def test_a_duty_goes_to_whoever_was_chosen(lakeside: Cast) -> None:
    deactivated(lakeside, "ben", successor=lakeside.memberships["sue"])
    assert on_duty(lakeside) == {"primary": "Sue", "safety-lead": "Sue", "backup": "Gil"}


def test_a_duty_goes_to_nobody_without_a_license(lakeside: Cast) -> None:
    with pytest.raises(Invalid, match="licensed"):
        deactivated(lakeside, "ben", successor=lakeside.memberships["dana"])
    assert on_duty(lakeside)["primary"] == "Ben"


def test_the_last_responder_does_not_leave_clients_without_one(lakeside: Cast) -> None:
    """Sue and Gil leave | nobody else is licensed | Ben cannot leave while people are in care."""
    deactivated(lakeside, "sue")
    deactivated(lakeside, "gil")
    with pytest.raises(Invalid, match="Nobody would answer for danger"):
        deactivated(lakeside, "ben")
    assert on_duty(lakeside)["primary"] == "Ben"
    assert lakeside.viewer("ben").licensed
    assert told(lakeside, after(days=1)) == set()


def test_a_backup_that_nobody_is_left_for_is_asked_for(lakeside: Cast) -> None:
    deactivated(lakeside, "sue")
    left = deactivated(lakeside, "gil")
    assert left.vacant == ("backup",)
    rows = Message.objects.filter(kind="name-responder").values_list("account", flat=True)
    assert list(rows) == [lakeside.accounts["ada"].pk]


def test_a_responder_does_not_lose_the_license_by_the_way(lakeside: Cast) -> None:
    with pytest.raises(Invalid, match="Name another one first"):
        people.appoint(
            lakeside.clinic,
            account=lakeside.accounts["ben"].pk,
            role=Role.CLINICIAN,
            licensed=False,
            by=lakeside.viewer("ada"),
            at=NOON,
        )
    assert on_duty(lakeside)["primary"] == "Ben"


def test_whoever_takes_a_duty_hears_of_what_is_open(lakeside: Cast) -> None:
    """A concern has no owner | Sue is named primary | she is told, and it is written down."""
    answer(lakeside, "ana", phq9(q9=1))
    named = after(hours=3)
    handover.hand_duties(
        lakeside.clinic,
        safety_lead=lakeside.memberships["ben"],
        primary=lakeside.memberships["sue"],
        backup=lakeside.memberships["gil"],
        by=lakeside.viewer("ada"),
        at=named,
    )
    sue = lakeside.accounts["sue"].pk
    assert told(lakeside, named) == {sue}
    with looking():
        last = ConcernEntry.objects.filter(kind="notified").latest("at")
        assert last.body == {"accounts": [str(sue)]}


# Routing: primary, backup, care team, anybody licensed, administrators


def gone(*kinds: str, team: bool = False) -> None:
    with looking():
        Duty.objects.filter(kind__in=kinds).update(until=NOON)
        if team:
            CareTeamMember.objects.update(until=NOON)


ROUTES = [
    # vacant duties, is the team gone too -> who hears of the first answer of danger
    ((), False, {"ben"}),
    (("primary",), False, {"ben", "gil"}),  # Ben treats her; the backup hears, too
    (("primary",), True, {"gil"}),
    (("primary", "backup"), False, {"ben"}),
]


@pytest.mark.parametrize(("vacant", "no_team", "hears"), ROUTES)
def test_the_way_goes_on_where_nobody_was_named(
    lakeside: Cast, vacant: tuple[str, ...], no_team: bool, hears: set[str]
) -> None:
    occasion = give(lakeside, "ana")
    gone(*vacant, team=no_team)
    assessments.submit(occasion, answers=phq9(q9=2), by=lakeside.viewer("ana"), at=after(hours=1))
    assert told(lakeside, after(hours=1)) == {lakeside.accounts[name].pk for name in hears}
    for name in hears:
        with looking():
            seen = open_concerns(lakeside.viewer(name))
        assert [one.concern.patient_id for one in seen] == [lakeside.patients["ana"].pk]


def test_whoever_stands_in_has_the_duty_from_then_on(lakeside: Cast) -> None:
    """Nobody has a duty, nobody treats her | somebody licensed is told, and sees the concern."""
    occasion = give(lakeside, "ana")
    gone("primary", "backup", "safety-lead", team=True)
    assessments.submit(occasion, answers=phq9(q9=2), by=lakeside.viewer("ana"), at=after(hours=1))
    stands_in = on_duty(lakeside)["primary"].lower()
    assert stands_in in {"ben", "gil", "sue"}
    assert told(lakeside, after(hours=1)) == {lakeside.accounts[stands_in].pk}
    with looking():
        assert len(open_concerns(lakeside.viewer(stands_in))) == 1
    rows = Message.objects.filter(kind="name-responder").values_list("account", flat=True)
    assert list(rows) == [lakeside.accounts["ada"].pk]


# Clients who would have nobody


def test_who_would_have_nobody_is_said_before_and_after(lakeside: Cast) -> None:
    """Ben alone treats Ana | he goes: one has nobody; Gil treats her too | nobody is alone."""
    ben = lakeside.accounts["ben"].pk
    assert handover.treated_alone(lakeside.clinic, ben) == 1
    people.join_care_team(
        lakeside.patients["ana"],
        clinician=lakeside.memberships["gil"],
        by=lakeside.viewer("ada"),
        at=NOON,
    )
    assert handover.treated_alone(lakeside.clinic, ben) == 0
    gil = lakeside.accounts["gil"].pk
    left = handover.deactivate(lakeside.clinic, account=ben, by=lakeside.viewer("ada"), at=NOON)
    assert left.alone == 0
    assert handover.treated_alone(lakeside.clinic, gil) == 2
