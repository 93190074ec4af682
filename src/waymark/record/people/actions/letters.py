"""Messages that could not be sent: an administrator tries them again, or lets them be."""

from datetime import datetime
from uuid import UUID

from waymark.access.vocabulary import Action, Viewer
from waymark.record.outbox import actions as outbox
from waymark.record.outbox.models import Message
from waymark.record.outbox.queries import given_up
from waymark.record.tenancy.action import action
from waymark.record.tenancy.models import Clinic, Membership, Patient


@action(Action.MANAGE_SETTINGS, over=Clinic)
def retry_letters(clinic: Clinic, *, by: Viewer, at: datetime) -> int:
    """Send all of them once more; returns how many."""
    return outbox.try_again([row.pk for row in letters_given_up(clinic.pk)], at=at)


@action(Action.MANAGE_SETTINGS, over=Clinic)
def drop_letters(clinic: Clinic, *, by: Viewer, at: datetime) -> int:
    """Let all of them be: nobody is told any more that they were not sent."""
    return outbox.let_be([row.pk for row in letters_given_up(clinic.pk)])


def letters_given_up(clinic: UUID) -> list[Message]:
    """Those of a clinic and of its people, oldest first."""
    staff = Membership._base_manager.filter(clinic=clinic).values_list("account", flat=True)
    clients = Patient._base_manager.filter(clinic=clinic, account__isnull=False)
    return given_up(clinic, {*staff, *clients.values_list("account", flat=True)})
