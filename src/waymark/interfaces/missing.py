"""What a clinic needs before clients come: one list, for the terminal and for every page."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.urls import reverse

from waymark.access.vocabulary import system
from waymark.record.people.queries import staff_of
from waymark.record.safety.clinic_readiness import Question, questions
from waymark.record.tenancy.row_security import clinic_only

if TYPE_CHECKING:
    from waymark.record.tenancy.named import Clinic

PLACES = {
    "administrator": "staff",
    "clinician": "staff",
    "factor": "staff",
    "address": "settings",
    "recovery": "set-up",
    "backup_target": "set-up",
    "test_mail": "set-up",
}


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is not there yet, and the page on which it is set."""

    name: str
    remedy: str
    url: str


def asked(clinic: "Clinic", *, at: datetime) -> list[Question]:
    """Every question about the clinic. In the demo nobody is asked for a second factor."""
    factor = [] if settings.WAYMARK_DEMO else [_factor(clinic)]
    return [*questions(clinic, at=at), *factor]


def missing(clinic: "Clinic", *, at: datetime) -> list[Missing]:
    """What is not there yet, in the order in which a set-up goes."""
    return [
        Missing(one.name, one.remedy, reverse(PLACES.get(one.field, "settings-safety")))
        for one in asked(clinic, at=at)
        if not one.holds
    ]


def _factor(clinic: "Clinic") -> Question:
    bare = _without_factor(clinic)
    remedy = f"{bare} of the staff have none yet; they are asked at their next sign-in."
    return Question("factor", "A second factor for the staff", bare == 0, remedy)


def _without_factor(clinic: "Clinic") -> int:
    """How many people who work here have no second factor; recovery codes alone are none."""
    with clinic_only(clinic.pk):
        accounts = {one.account for one in staff_of(system(clinic.pk)) if one.active}
    strong = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)
    held = strong.filter(user__in=accounts)
    return len(accounts - set(held.values_list("user_id", flat=True)))
