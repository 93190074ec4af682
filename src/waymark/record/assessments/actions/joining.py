"""Joining by an invitation that carries the usual set: the measures wait from the first sign-in."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from waymark.access.vocabulary import Viewer
from waymark.record.assessments.actions.assign import assign_usual_set
from waymark.record.people import actions as people
from waymark.record.people.models import Invitation
from waymark.record.people.queries import viewer_of
from waymark.record.tenancy.days import day_of
from waymark.record.tenancy.models import Account, CareTeamMember, Membership
from waymark.record.tenancy.row_security import across_clinics


@transaction.atomic
def join(invitation: Invitation, *, login: str, password: str, at: datetime) -> Account:
    """The client's account, and what their invitation carries; both, or nothing."""
    account = people.accept(invitation, login=login, password=password, at=at)
    with across_clinics():
        giver = _giver(invitation.usual_set_by, invitation)
        if giver is not None:
            patient = invitation.patient
            today = day_of(at, zone=patient.zone)
            assign_usual_set(patient, starts_on=today, only_possible=True, by=giver, at=at)
    return account


def _giver(seat: UUID | None, invitation: Invitation) -> Viewer | None:
    """The clinician who asked for it, while that seat is held and treats the client."""
    held = Membership._base_manager.filter(pk=seat, until=None).first() if seat else None
    team = CareTeamMember._base_manager.filter(
        patient=invitation.patient_id, membership=held, until=None
    )
    if held is None or not team.exists():
        return None
    return viewer_of(held.account_id, seat=f"staff:{held.clinic_id}")
