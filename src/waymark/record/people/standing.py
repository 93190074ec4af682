"""Whether something stands in a record already: what was written of somebody before they came in.

One question for two rules: a record in which nothing stands opens to a seat of today
(`second_thought`), and who joins one in which something stands reads it once they were confirmed.
"""

from django.apps import apps
from django.db import models
from django.db.models import QuerySet

from waymark.record.tenancy.models import ALL, OfPatient, Patient


def told_by() -> list[type[models.Model]]:
    """The tables whose rows tell of a person: all that are the patient's, but for those by which
    somebody comes in and is asked, and those in which they alone write."""
    ours = (model for model in apps.get_models() if issubclass(model, OfPatient))
    return [model for model in ours if not model.private and model.open_to_newcomers != ALL]


def something_stands(records: QuerySet[Patient]) -> bool:
    """Whether any of these records holds something that tells of its person."""
    held = records.values("pk")
    return any(model._base_manager.filter(patient__in=held).exists() for model in told_by())
