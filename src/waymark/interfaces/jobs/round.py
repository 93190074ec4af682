"""One round of the clock: what is due, the audit's links, letters, past scores, what is over."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from waymark.access.vocabulary import Action, Viewer, system
from waymark.interfaces.jobs.bringing import bring_waiting
from waymark.interfaces.jobs.mail import send_waiting
from waymark.interfaces.jobs.sweeping import sweep
from waymark.record.assessments.actions import bring_due
from waymark.record.assessments.queries import wanting_clock
from waymark.record.audit.chain import Broken, link
from waymark.record.people.conduct import reading
from waymark.record.people.queries import all_clinics
from waymark.record.people.wall import opened


@dataclass
class Round:
    """What one round did, in figures."""

    given: int = 0
    sent: int = 0
    linked: int = 0
    swept: int = 0
    brought: int = 0  # rows of past scores
    troubles: list[str] = field(default_factory=list)


def go_round(*, at: datetime) -> Round:
    """Do one round. Where one patient's turn goes wrong, the others still get theirs."""
    done = Round()
    with opened():
        clinics = all_clinics()
    for clinic in clinics:
        _bring(system(clinic.pk), done, at=at)
        _link(clinic.pk, done)
    _link(None, done)
    done.sent = send_waiting(at=at)
    done.brought, troubles = bring_waiting(at=at)
    done.troubles += troubles
    done.swept = sweep(at=at)
    return done


def _link(clinic: UUID | None, done: Round) -> None:
    """A log that somebody changed is not signed on: it stays as it is, and that is told."""
    try:
        done.linked += link(clinic)
    except Broken as broken:
        done.troubles.append(f"{clinic}: {broken}")


def _bring(by: Viewer, done: Round, *, at: datetime) -> None:
    with reading(Action.RUN_CLOCK, by=by, at=at):
        patients = wanting_clock(by, at=at)
    for patient in patients:
        try:
            done.given += bring_due(patient, by=by, at=at)
        except Exception as error:
            done.troubles.append(f"{patient.audit_number}: {type(error).__name__}")
