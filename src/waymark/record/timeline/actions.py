"""Answering a finding."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from waymark.access.vocabulary import Action, Viewer
from waymark.record.tenancy.action import Invalid, action
from waymark.record.tenancy.models import Patient
from waymark.record.timeline.models import Remark

LONGEST = 4000


@dataclass(frozen=True, slots=True)
class About:
    """Which finding is answered: the signal, the series, and the score that was the last then."""

    signal: str
    instrument: str
    scale: str
    last_score: UUID


@action(Action.REMARK_ON_FINDING)
def remark(
    patient: Patient,
    *,
    about: About,
    fits: bool | None,
    words: str = "",
    by: Viewer,
    at: datetime,
    key: UUID | None = None,
) -> Remark:
    """Keep the client's answer beside the finding; a later answer to the same one replaces it.
    Words alone (``fits`` is None) leave standing whether it fits."""
    words = words.strip()
    if fits is None and not words:
        raise Invalid("words", _("Write a few words, or choose one of the answers."))
    if len(words) > LONGEST:
        raise Invalid("words", _("Please keep it under {most} characters.").format(most=LONGEST))
    row = Remark.objects.filter(signal=about.signal, last_score=about.last_score).first()
    if row is not None and fits is None:
        fits = row.body["fits"]
    row = row or Remark(
        patient=patient,
        clinic_id=patient.clinic_id,
        signal=about.signal,
        instrument=about.instrument,
        scale=about.scale,
        last_score=about.last_score,
    )
    row.made_at, row.body = at, {"fits": fits, "words": words}
    row.save()
    return row
