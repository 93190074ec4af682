"""Whose set-up it is: the one clinic, and the administrator who answers for it."""

from typing import TYPE_CHECKING

from waymark.access.vocabulary import Role, Viewer, system
from waymark.record.people.queries import all_clinics, staff_of, viewer_of

if TYPE_CHECKING:
    from waymark.record.tenancy.named import Clinic

THERE = "there"  # a step's answer: nothing was asked, or nothing was given


def the_clinic() -> "Clinic":
    return all_clinics()[0]


def the_boss() -> Viewer:
    """The first administrator, who answers for this set-up."""
    staff = staff_of(system(the_clinic().pk))
    return viewer_of(next(one.account for one in staff if one.role is Role.ADMINISTRATOR))
