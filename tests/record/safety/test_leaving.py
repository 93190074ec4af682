"""Whoever leaves takes no concern with them: it is freed, due anew, and the others are told."""

from datetime import date
from uuid import UUID

import pytest

from tests.cast import NOON, Cast, after, looking
from waymark.access.vocabulary import Role
from waymark.record.assessments import actions as assessments
from waymark.record.outbox.models import Message
from waymark.record.people import actions as people
from waymark.record.people.conduct import Invalid, Refused
from waymark.record.people.models import Account, CareTeamMember
from waymark.record.people.queries import NoSeat
from waymark.record.safety import actions as safety
from waymark.record.safety import leaving
from waymark.record.safety.models import Concern, ConcernEntry

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

    freed = leaving.deactivate(
        lakeside.clinic, account=lakeside.accounts["ben"].pk, by=lakeside.viewer("ada"), at=left
    )

    with looking():
        concern = Concern.objects.get(pk=concern.pk)
        kinds = [row.kind for row in ConcernEntry.objects.order_by("at", "pk")]
    assert freed == 1
    assert (concern.owner, concern.state) == (None, "new")
    assert concern.due_at > before
    assert "released" in kinds
    assert told(lakeside, left) == {lakeside.accounts["gil"].pk}  # the backup; ben is gone


def test_nothing_of_a_deactivated_colleague_holds_any_more(lakeside: Cast) -> None:
    ben = lakeside.accounts["ben"].pk
    leaving.deactivate(lakeside.clinic, account=ben, by=lakeside.viewer("ada"), at=after(minutes=1))

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

    freed = leaving.deactivate(
        lakeside.clinic,
        account=lakeside.accounts["gil"].pk,
        by=lakeside.viewer("ada"),
        at=after(hours=3),
    )

    with looking():
        concern = Concern.objects.get(pk=concern.pk)
    assert freed == 0
    assert concern.offered_to is None
    assert concern.owner_id == lakeside.memberships["ben"].pk


def test_nobody_deactivates_themselves(lakeside: Cast) -> None:
    with pytest.raises(Invalid, match="yourself"):
        leaving.deactivate(
            lakeside.clinic,
            account=lakeside.accounts["ada"].pk,
            by=lakeside.viewer("ada"),
            at=NOON,
        )


def test_the_front_desk_deactivates_nobody(lakeside: Cast) -> None:
    with pytest.raises(Refused):
        leaving.deactivate(
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

    freed = leaving.leave_team(
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

    freed = leaving.leave_team(
        lakeside.patients["ana"],
        clinician=lakeside.memberships["ben"],
        by=lakeside.viewer("ada"),
        at=after(days=1),
    )

    assert freed == 0


def test_handing_over_the_duties_frees_what_only_the_duty_gave(lakeside: Cast) -> None:
    a_concern_of(lakeside, "eli", owner="gil")
    ben, gil = lakeside.memberships["ben"], lakeside.memberships["gil"]
    leaving.leave_team(
        lakeside.patients["eli"], clinician=gil, by=lakeside.viewer("ada"), at=after(hours=2)
    )

    freed = leaving.hand_duties(
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

    freed = leaving.end_supervision(
        lakeside.clinic,
        supervisor=sue.pk,
        supervisee=lakeside.memberships["ben"].pk,
        by=lakeside.viewer("ada"),
        at=after(hours=4),
    )

    assert sue.role == Role.SUPERVISOR
    assert freed == 1
