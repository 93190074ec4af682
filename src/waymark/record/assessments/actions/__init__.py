"""What can be done with assessments: assign, start, save a draft, submit, enter, import, lapse."""

from waymark.record.assessments.actions.answer import (
    Entry,
    SentAlready,
    discard,
    enter,
    listen,
    save_draft,
    start_by_self,
    submit,
)
from waymark.record.assessments.actions.assign import Rule, assign, assign_usual_set, end_assignment
from waymark.record.assessments.actions.bring_in import (
    Brought,
    Past,
    bring_in,
    check_past,
    hear_past,
    portions,
)
from waymark.record.assessments.actions.clock import bring_due
from waymark.record.assessments.actions.discharge import end_care
from waymark.record.assessments.actions.joining import join
from waymark.record.assessments.actions.remind import remind

__all__ = [
    "Brought",
    "Entry",
    "Past",
    "Rule",
    "SentAlready",
    "assign",
    "assign_usual_set",
    "bring_due",
    "bring_in",
    "check_past",
    "discard",
    "end_assignment",
    "end_care",
    "enter",
    "hear_past",
    "join",
    "listen",
    "portions",
    "remind",
    "save_draft",
    "start_by_self",
    "submit",
]
