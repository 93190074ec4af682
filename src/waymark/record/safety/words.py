"""What a client says to the clinic in words, heard for danger as answers are.

Only what goes to somebody comes here: a share, a call for their therapist. What is private is read
by nobody, and by no rule (content B5).
"""

import re
from datetime import datetime
from typing import Any

from waymark.library.danger import speaks_of_danger
from waymark.library.safety import Tier
from waymark.record.safety.models import Screening, Source
from waymark.record.safety.screen import SAME_BREATH, Said, open_or_join, to_be_assessed
from waymark.record.tenancy.models import Patient

ITEM = "words"  # of a screening: no instrument has this name
SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
MOST_SHOWN = 600  # characters of their words that stand in a concern


def hear_words(
    patient: Patient, words: str, *, about: str, at: datetime, asked: bool = False
) -> Screening | None:
    """Open or join a concern where the words speak of danger, or their writer asked for somebody.

    The same words again within the hour are told once. ``about`` says what they stood in, for
    whoever reads the concern. None: nothing was heard, or it was told just now.
    """
    if not (asked or speaks_of_danger(words)):
        return None
    said = _leading(words)
    outcome = {"answers": {ITEM: 1}, "positive": [ITEM], "said": said, "asked": asked}
    if _told_just_now(outcome, at=at):
        return None
    screening = Screening.objects.create(
        patient=patient,
        clinic_id=patient.clinic_id,
        instrument=ITEM,
        source=Source.WORDS,
        at=at,
        outcome=outcome,
    )
    told = Said(screening, _body(about, said, asked=asked), Tier.SAME_DAY)
    to_be_assessed(open_or_join(patient, told, at=at))
    return screening


def _told_just_now(outcome: dict[str, Any], *, at: datetime) -> bool:
    rows = Screening.objects.filter(instrument=ITEM, at__gt=at - SAME_BREATH)
    return any(row.outcome == outcome for row in rows)


def _leading(words: str) -> str:
    """The sentences that speak of danger; the beginning of the whole where none does by itself."""
    sentences = [one.strip() for one in SENTENCE.findall(words)]
    told = " ".join(one for one in sentences if speaks_of_danger(one)) or words.strip()
    return told if len(told) <= MOST_SHOWN else f"{told[:MOST_SHOWN]}\u2026"


def _body(about: str, said: str, *, asked: bool) -> dict[str, Any]:
    """As an answer of danger stands in a concern's history."""
    return {
        "instrument": about,
        "answers": [{"item": ITEM, "text": "their own words", "value": 1, "label": said}],
        "unanswered": [],
        "source": Source.WORDS.value,
        "asked": asked,
        "in_a_file": False,
        "for_date": None,
    }
