"""How many were told: of the last answer of danger, and of those who work here now.

hour 0      1                           2
an answer   whoever heard of it leaves
an answer   nobody has a duty any more  another answer: nobody could be told of it
"""

from collections.abc import Callable

import pytest

from tests.cast import NOON, Cast, after, looking
from tests.record.steps import answer, give, phq9
from waymark.access.vocabulary import Action
from waymark.record.assessments import actions as assessments
from waymark.record.outbox import actions as outbox
from waymark.record.outbox.kind import Kind
from waymark.record.safety.queries import own_concern
from waymark.record.tenancy.models import Account, CareTeamMember, Duty, Membership

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def told(cast: Cast) -> int:
    with looking():
        held = own_concern(cast.viewer("ana"), Action.READ_TODAY, at=NOON)
    assert held is not None
    return held.told


def left(cast: Cast) -> None:
    Membership.objects.filter(account=cast.accounts["ben"]).update(until=after(hours=1))


def closed(cast: Cast) -> None:
    Account.objects.filter(pk=cast.accounts["ben"].pk).update(is_active=False)


@pytest.mark.parametrize("gone", [left, closed])
def test_whoever_works_here_no_more_does_not_know_of_it(
    lakeside: Cast, gone: Callable[[Cast], None]
) -> None:
    answer(lakeside, "ana", phq9(q9=1))
    assert told(lakeside) == 1
    with looking():
        gone(lakeside)
    assert told(lakeside) == 0


def test_whoever_heard_of_an_earlier_answer_was_not_told_of_this_one(lakeside: Cast) -> None:
    """Ben heard of the first one, and works here still."""
    answer(lakeside, "ana", phq9(q9=1))
    occasion = give(lakeside, "ana")
    with looking():
        Duty.objects.update(until=after(hours=1))
        CareTeamMember.objects.update(until=after(hours=1))
        Membership.objects.update(licensed=False)
    assert told(lakeside) == 1
    ana = lakeside.viewer("ana")
    assessments.submit(occasion, answers=phq9(q9=2), by=ana, at=after(hours=2))
    assert told(lakeside) == 0


def test_a_later_letter_about_somebody_else_tells_nobody_of_this_answer(lakeside: Cast) -> None:
    """Ben heard of Ana's first answer; what he is sent after her second one is about Eli."""
    test_whoever_heard_of_an_earlier_answer_was_not_told_of_this_one(lakeside)
    ben = lakeside.accounts["ben"].pk
    outbox.put(Kind.REVIEW_NEEDED, at=after(hours=3), clinic=lakeside.clinic.pk, account=ben)
    assert told(lakeside) == 0
