"""Receipts: the client sees that what they gave was seen, or talked about, and by whom."""

from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from tests.cast import NOON, Cast, after, looking
from waymark.access.vocabulary import Action
from waymark.record.audit.models import Line
from waymark.record.people import actions as people
from waymark.record.sharing.actions import discuss, see
from waymark.record.sharing.models import Receipt
from waymark.record.sharing.queries import Seen, latest_receipt, receipts_of
from waymark.record.tenancy.action import Refused

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
MONDAY, TUESDAY = uuid4(), uuid4()


def marked(cast: Cast, *things: UUID, used: str = "seen", by: str = "ben", at=NOON) -> int:
    leave = {"seen": see, "discussed": discuss}[used]
    count: int = leave(
        cast.patients["ana"], about="response", things=list(things), by=cast.viewer(by), at=at
    )
    return count


def test_each_thing_gets_one_receipt(lakeside: Cast) -> None:
    assert marked(lakeside, MONDAY, TUESDAY) == 2
    assert marked(lakeside, MONDAY, TUESDAY) == 0
    assert marked(lakeside, MONDAY, used="discussed") == 1


def test_two_clinicians_leave_two_receipts(lakeside: Cast) -> None:
    people.join_care_team(
        lakeside.patients["ana"],
        clinician=lakeside.memberships["gil"],
        by=lakeside.viewer("ada"),
        at=NOON,
    )
    assert (marked(lakeside, MONDAY), marked(lakeside, MONDAY, by="gil")) == (1, 1)


def test_the_client_reads_who_used_it_last_and_how(lakeside: Cast) -> None:
    ana = lakeside.viewer("ana")
    with looking():
        assert latest_receipt(ana, Action.READ_TODAY) is None
    marked(lakeside, MONDAY)
    marked(lakeside, MONDAY, used="discussed", at=after(days=1))
    with looking():
        assert latest_receipt(ana, Action.READ_TODAY) == Seen(
            "Ben", "discussed", after(days=1), "response", (MONDAY,)
        )


def test_receipts_are_listed_newest_first(lakeside: Cast) -> None:
    marked(lakeside, MONDAY)
    marked(lakeside, TUESDAY, at=after(days=1))
    with looking():
        rows = receipts_of(
            lakeside.viewer("ana"), Action.READ_OWN_PROGRESS, lakeside.patients["ana"].pk
        )
        assert [row.thing for row in rows] == [TUESDAY, MONDAY]


def test_another_clients_receipts_are_not_shown(lakeside: Cast) -> None:
    marked(lakeside, MONDAY)
    with looking():
        assert latest_receipt(lakeside.viewer("eli"), Action.READ_TODAY) is None


def test_the_database_keeps_one_receipt_each(lakeside: Cast) -> None:
    marked(lakeside, MONDAY)
    with looking():
        twin = Receipt.objects.get()
        twin.pk = uuid4()
        with pytest.raises(IntegrityError), transaction.atomic():
            twin.save(force_insert=True)


def test_only_the_team_leaves_receipts(lakeside: Cast) -> None:
    for name in ("ana", "gil", "sue", "ada"):
        with pytest.raises(Refused):
            marked(lakeside, MONDAY, used="discussed", by=name)


def test_who_may_not_read_the_answers_did_not_see_them(lakeside: Cast) -> None:
    for name in ("ana", "gil", "ada"):
        with pytest.raises(Refused):
            marked(lakeside, MONDAY, by=name)


def test_a_look_is_told_as_a_look_and_not_as_a_talk(lakeside: Cast) -> None:
    marked(lakeside, MONDAY)
    lines = Line.objects.filter(subject=lakeside.patients["ana"].audit_number, at=NOON)
    assert Action.READ_ANSWERS in {line.action for line in lines}
    assert Action.MARK_DISCUSSED not in {line.action for line in lines}
