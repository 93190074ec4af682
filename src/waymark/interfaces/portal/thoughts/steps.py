"""The columns of a thought record as steps: which come, in which order, and what comes after each.

Traps stand before the evidence: an earlier balanced thought is offered by them. Where a thought is
accurate nothing argues with it, and what is left is what to do, or how to carry it.
"""

from waymark.interfaces.portal.thoughts import forms
from waymark.library.thought_record import COLUMNS, Column, ThoughtRecord

FORMS: dict[str, type[forms.ColumnForm]] = {
    "situation": forms.SituationForm,
    "feelings": forms.FeelingsForm,
    "thoughts": forms.ThoughtsForm,
    "traps": forms.TrapsForm,
    "evidence_for": forms.EvidenceForForm,
    "evidence_against": forms.EvidenceAgainstForm,
    "balanced": forms.BalancedForm,
    "after": forms.AfterForm,
    "next_step": forms.NextStepForm,
}
NAMED = {column.id: column for column in COLUMNS}
ARGUING = frozenset({"traps", "evidence_for", "evidence_against", "balanced"})


def steps_of(record: ThoughtRecord) -> list[Column]:
    """The columns that come, in their order."""
    return [NAMED[id] for id in FORMS if not (record.accurate and id in ARGUING)]


def after(id: str, record: ThoughtRecord) -> str:
    """The column that comes next; empty after the last one."""
    coming = list(FORMS)[list(FORMS).index(id) + 1 :]
    here = {column.id for column in steps_of(record)}
    return next((one for one in coming if one in here), "")


def before(id: str, record: ThoughtRecord) -> str:
    """The column before; empty before the first one."""
    gone = list(FORMS)[: list(FORMS).index(id)]
    here = {column.id for column in steps_of(record)}
    return next((one for one in reversed(gone) if one in here), "")
