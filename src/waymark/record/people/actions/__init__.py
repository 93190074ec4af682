"""What can be done with people: invite, join, staff, contact, care team, clinic."""

from waymark.record.people.actions.care_team import end_care, join_care_team
from waymark.record.people.actions.clinic import (
    Letterhead,
    confirm_line,
    found_clinic,
    set_duties,
    set_hours,
    set_instruments,
    settle,
)
from waymark.record.people.actions.contact import (
    consent,
    set_contact,
    set_number,
    set_preferences,
    welcomed,
    withdraw_consent,
)
from waymark.record.people.actions.invitations import (
    Newcomer,
    Recruit,
    accept,
    accept_staff,
    first_administrator,
    invite,
    invite_staff,
    reissue,
)
from waymark.record.people.actions.staff import (
    appoint,
    ask_reset,
    change_password,
    deactivate,
    reset_password,
    supervise,
)

__all__ = [
    "Letterhead",
    "Newcomer",
    "Recruit",
    "accept",
    "accept_staff",
    "appoint",
    "ask_reset",
    "change_password",
    "confirm_line",
    "consent",
    "deactivate",
    "end_care",
    "first_administrator",
    "found_clinic",
    "invite",
    "invite_staff",
    "join_care_team",
    "reissue",
    "reset_password",
    "set_contact",
    "set_duties",
    "set_hours",
    "set_instruments",
    "set_number",
    "set_preferences",
    "settle",
    "supervise",
    "welcomed",
    "withdraw_consent",
]
