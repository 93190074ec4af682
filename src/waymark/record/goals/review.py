"""Goals that are looked at together with a clinician: which ones, and what they are called."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from waymark.library.marking import gettext_noop
from waymark.library.sensitive_goal import Sensitive, sensitive
from waymark.record.goals.terms import Terms

ABOUT: Mapping[Sensitive, str] = MappingProxyType(
    {
        Sensitive.WEIGHT: gettext_noop("weight or food"),
        Sensitive.MEDICATION: gettext_noop("a change of medicine"),
        Sensitive.CONTACT: gettext_noop("contact with someone who did harm"),
        Sensitive.SELF_HARM: gettext_noop("self-harm"),
        Sensitive.EXERCISE: gettext_noop("exercise where food is hard"),
    }
)


def to_review(terms: Terms) -> tuple[Sensitive, ...]:
    """Why this goal is made with a clinician; mostly for no reason.

    Asked of what somebody means to do, and not of their obstacles and plans: "if I want to hurt
    myself, then I call Mira" is a good plan.
    """
    draft = terms.draft
    unit = draft.measure.unit if draft.measure else ""
    said = (draft.statement, draft.first_step, unit, *terms.levels.values())
    found = {kind for words in said for kind in sensitive(words)}
    return tuple(kind for kind in Sensitive if kind in found)


def named(kinds: tuple[Sensitive, ...]) -> str:
    """These, in words."""
    return ", ".join(_(ABOUT[kind]) for kind in kinds)
