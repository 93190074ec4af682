"""A second thought: whoever was given a role today opens nobody's record by it.

One rule for everything that opens records: care teams, duties, supervision, codes for a new
password. A role of less than a day counts neither for whoever has it nor for whoever gave it: an
administrator who is here longer can act, or the day passes. Somebody invented would else do it.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from waymark.access.decide import decide
from waymark.access.vocabulary import Action, Role, Viewer
from waymark.record.people.standing import something_stands
from waymark.record.tenancy.action import Invalid
from waymark.record.tenancy.models import Membership, Patient
from waymark.record.tenancy.relations import relations_of

SECOND_THOUGHT = timedelta(hours=24)
OWN = (
    "You have this role for less than a day. Another administrator can do it now; you can "
    "tomorrow, and your clients and the safety lead are told."
)
GIVEN = (
    "This role is less than a day old, and you gave it. Another administrator can do it now; you "
    "can tomorrow."
)
BOTH_NEW = (
    "This role is less than a day old, and so is yours. An administrator who is here longer can do "
    "it now; you can tomorrow."
)


def check_not_new(
    seat: Membership, field: str, *, over: QuerySet[Patient], by: Viewer, at: datetime
) -> None:
    """Raise Invalid where a role of today would open the records of ``over``."""
    if words := reason_to_wait(seat, over=over, by=by, at=at):
        raise Invalid(field, words)


def reason_to_wait(seat: Membership, *, over: QuerySet[Patient], by: Viewer, at: datetime) -> str:
    """Why this viewer cannot open records by this seat yet; empty where they can."""
    if seat.since <= at - SECOND_THOUGHT or _empty(over):
        return ""
    if seat.account_id == by.account:
        return OWN
    if seat.made_by is not None and seat.made_by == by.account:
        return GIVEN
    return "" if administers_longer(by, at=at) else BOTH_NEW


def _empty(records: QuerySet[Patient]) -> bool:
    """Whether nothing stands in them: nobody has joined, and nothing was written of anybody.

    By this a clinic's first day works, and whoever invites a client can name who treats them. It is
    asked of what stands there, not of the day on which the record was made.
    """
    return not (records.exclude(account=None).exists() or something_stands(records))


def administers_longer(by: Viewer, *, at: datetime) -> bool:
    """Whether they administer here for a day already."""
    held = Membership._base_manager.filter(pk__in=by.memberships, role=Role.ADMINISTRATOR)
    return held.filter(since__lte=at - SECOND_THOUGHT).exists()


def settled(account: UUID, action: Action, patient: Patient, *, at: datetime) -> bool:
    """Whether they may do this by roles alone that they had for a day already."""
    held = list(
        Membership._base_manager.filter(
            account=account,
            clinic=patient.clinic_id,
            until=None,
            since__lte=at - SECOND_THOUGHT,
        )
    )
    before = Viewer(
        account=account,
        clinic=patient.clinic_id,
        roles=frozenset(Role(one.role) for one in held),
        memberships=frozenset(one.pk for one in held),
    )
    return decide(before, action, relations_of(before, patient)).allowed
