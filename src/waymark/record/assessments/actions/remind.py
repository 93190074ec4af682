"""Reminding a client of what waits for them, by a mail without content, once a day at most."""

from datetime import datetime, timedelta

from waymark.access.vocabulary import Action, Viewer
from waymark.record.assessments.actions.clock import CHOSEN, WAITING
from waymark.record.assessments.models import Administration
from waymark.record.outbox import actions as outbox
from waymark.record.outbox.kind import Kind
from waymark.record.outbox.models import Message
from waymark.record.outbox.queries import told_something_due
from waymark.record.people.queries import address_of_account
from waymark.record.tenancy.action import Invalid, action
from waymark.record.tenancy.models import Patient

A_DAY = timedelta(days=1)


@action(Action.ASSIGN_INSTRUMENT)
def remind(patient: Patient, *, by: Viewer, at: datetime) -> Message:
    """Say that something is ready: refused where nobody would read it, or was told just now."""
    if patient.account_id is None or not address_of_account(patient.account_id):
        raise Invalid("client", "They have no e-mail here. Tell them when you meet, or call.")
    if not Administration.objects.filter(~CHOSEN, state__in=WAITING, due_at__lte=at).exists():
        raise Invalid("client", "Nothing waits for them any more.")
    told = told_something_due([patient.account_id]).get(patient.account_id)
    if told is not None and at - told < A_DAY:
        raise Invalid("client", "They were told within the last day.")
    return outbox.put(
        Kind.SOMETHING_DUE, at=at, clinic=patient.clinic_id, account=patient.account_id
    )
