"""One round of the clock: what is due, the audit's links, letters, past scores, what is over."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from waymark.access.vocabulary import Action, Viewer, system
from waymark.interfaces.jobs.bringing import bring_waiting
from waymark.interfaces.jobs.mail import send_waiting
from waymark.interfaces.jobs.sweeping import SWEEPS
from waymark.record.assessments.actions import bring_due
from waymark.record.assessments.queries import wanting_clock
from waymark.record.audit.chain import Broken, link
from waymark.record.audit.walk import walk_on
from waymark.record.checkins.reminding import remind_of_check_in, wanting_reminder
from waymark.record.people.queries import all_clinics
from waymark.record.tenancy.action import reading
from waymark.record.tenancy.row_security import across_clinics


@dataclass
class Round:
    """What one round did, in figures."""

    given: int = 0
    reminded: int = 0
    sent: int = 0
    linked: int = 0
    swept: int = 0
    brought: int = 0  # rows of past scores
    troubles: list[str] = field(default_factory=list)


def go_round(*, at: datetime, believed: bool = True) -> Round:
    """Do one round. Where one part goes wrong, one patient's or one clinic's, the others are done.

    In a time that is not ``believed`` nothing falls due, lapses or is swept away; letters are sent
    and the log is linked all the same, for whoever is told of danger cannot wait for a clock.

    What would go wrong in each round again must not keep letters from being sent.
    """
    done = Round()
    with across_clinics():
        clinics = all_clinics()
    for clinic in clinics:
        if believed:
            with _apart(done, f"clinic {clinic.pk}"):
                _bring(system(clinic.pk), done, at=at)
        _link(clinic.pk, done)
    _link(None, done)
    with _apart(done, "the outbox"):
        done.sent = send_waiting(at=at)
    with _apart(done, "past scores"):
        done.brought, troubles = bring_waiting(at=at)
        done.troubles += troubles
    for what in SWEEPS if believed else ():
        with _apart(done, f"the sweep of {what.__module__}"):
            done.swept += what(at=at)
    return done


@contextmanager
def _apart(done: Round, what: str) -> Iterator[None]:
    """One part of the round: what goes wrong in it is told by its kind, and stops no other."""
    try:
        yield
    except Broken as broken:  # says what is broken, and of nobody
        done.troubles.append(f"{what}: {broken}")
    except Exception as error:
        done.troubles.append(f"{what}: {type(error).__name__}")


def _link(clinic: UUID | None, done: Round) -> None:
    """A log that somebody changed is not signed on: it stays as it is, and that is told."""
    with _apart(done, f"the log of {clinic}"):
        walk_on(clinic)
        done.linked += link(clinic)


def _bring(by: Viewer, done: Round, *, at: datetime) -> None:
    with reading(Action.RUN_CLOCK, by=by, at=at):
        patients = wanting_clock(by, at=at)
    for patient in patients:
        with _apart(done, str(patient.audit_number)):
            done.given += bring_due(patient, by=by, at=at)
    with reading(Action.RUN_CLOCK, by=by, at=at):
        reminded = wanting_reminder(by, at=at)
    for patient in reminded:
        with _apart(done, str(patient.audit_number)):
            done.reminded += remind_of_check_in(patient, by=by, at=at)
