"""Goals that are made with a clinician and not by hints: five kinds, found by their words.

Weight and calories, a change of medication, contact with somebody who did harm, self-harm, and
exercise where eating is hard. The lists are narrow on purpose and miss what is put in other words:
what they find goes to the clinician's view and gets no coaching; what they pass over is not safe by
that. Nothing is refused. Waymark; the kinds are those of content C3.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from waymark.library.marking import gettext_noop
from waymark.library.sensitive_words import (
    CONTACT,
    MEDICATION,
    MOVING,
    SELF_HARM,
    TO_MAKE_UP,
    TOO_MUCH,
    WEIGHT,
)
from waymark.library.word import folded


class Sensitive(StrEnum):
    """Why a goal goes to the clinician's view."""

    WEIGHT = "weight"
    MEDICATION = "medication"
    CONTACT = "contact"
    SELF_HARM = "self-harm"
    EXERCISE = "exercise"


SENSITIVE: Mapping[Sensitive, str] = MappingProxyType(
    {
        Sensitive.WEIGHT: gettext_noop(
            "Goals about weight or food go best with someone beside you. Please make this one "
            "together with your therapist."
        ),
        Sensitive.MEDICATION: gettext_noop(
            "A change of medicine can be hard on body and mood. Please plan it with the person "
            "who prescribes it, before you change a dose."
        ),
        Sensitive.CONTACT: gettext_noop(
            "Your safety comes first here. Please talk this through with your therapist before "
            "you get in touch."
        ),
        Sensitive.SELF_HARM: gettext_noop(
            "This asks for a plan made with someone, not for a number. Please bring it to your "
            'therapist. If it is hard right now, "Need help now?" is one tap away.'
        ),
        Sensitive.EXERCISE: gettext_noop(
            "When food is hard, moving more can make it harder. Please make this goal together "
            "with your therapist."
        ),
    }
)
"""What a client reads in place of hints. It says of nobody that they were told."""


def sensitive(text: str, *, eating: bool = False) -> tuple[Sensitive, ...]:
    """Why a goal in these words goes to the clinician's view; mostly for no reason.

    ``eating``: it is known that eating is hard for this person, so that any exercise counts.
    """
    said = folded(text)
    found = {
        Sensitive.WEIGHT: WEIGHT.search(said),
        Sensitive.MEDICATION: MEDICATION.search(said),
        Sensitive.CONTACT: CONTACT.search(said),
        Sensitive.SELF_HARM: SELF_HARM.search(said),
        Sensitive.EXERCISE: _exercise(said, eating=eating),
    }
    return tuple(kind for kind, held in found.items() if held)


def speaks_of_self_harm(text: str) -> bool:
    """Whether a text names self-harm or suicide at all: a daily question is not asked about it."""
    return SELF_HARM.search(folded(text)) is not None


def _exercise(said: str, *, eating: bool) -> bool:
    if TOO_MUCH.search(said):
        return True
    return MOVING.search(said) is not None and (eating or TO_MAKE_UP.search(said) is not None)
