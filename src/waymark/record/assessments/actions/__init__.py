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
from waymark.record.assessments.actions.assign import (
    RepeatRule,
    assign,
    assign_usual_set,
    end_assignment,
)
from waymark.record.assessments.actions.bring_in import (
    Brought,
    Past,
    Said,
    bring_in,
    hear_past,
    tells_of_danger,
)
from waymark.record.assessments.actions.clock import bring_due
from waymark.record.assessments.actions.discharge import end_care
from waymark.record.assessments.actions.joining import join
from waymark.record.assessments.actions.portions import (
    PORTION,
    carry_next,
    carry_out,
    carry_work,
    sweep_portions,
    take_in,
    with_portions,
)
from waymark.record.assessments.actions.remind import remind

__all__ = [
    "PORTION",
    "Brought",
    "Entry",
    "Past",
    "RepeatRule",
    "Said",
    "SentAlready",
    "assign",
    "assign_usual_set",
    "bring_due",
    "bring_in",
    "carry_next",
    "carry_out",
    "carry_work",
    "discard",
    "end_assignment",
    "end_care",
    "enter",
    "hear_past",
    "join",
    "listen",
    "remind",
    "save_draft",
    "start_by_self",
    "submit",
    "sweep_portions",
    "take_in",
    "tells_of_danger",
    "with_portions",
]
