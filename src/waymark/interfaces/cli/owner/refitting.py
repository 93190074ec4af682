"""From finished episodes to a course in force, for one clinic."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from waymark.access.vocabulary import Action, system
from waymark.cohort.course import fit_course, measured
from waymark.library.instruments import INSTRUMENTS
from waymark.progress.course.expected import ExpectedCourse
from waymark.record.expected.actions import keep_course
from waymark.record.extract.queries import finished_courses
from waymark.record.people.queries import all_clinics
from waymark.record.tenancy.action import reading
from waymark.record.tenancy.row_security import across_clinics

if TYPE_CHECKING:
    from waymark.record.tenancy.named import Clinic


@dataclass
class Refit:
    """What was fitted, and why the others were not, by ``instrument/scale``."""

    fitted: list[ExpectedCourse] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


def the_clinic(name: str | None) -> "Clinic":
    """The clinic of this name, or the only one. ``LookupError`` says which there are."""
    with across_clinics():
        clinics = list(all_clinics())
    found = [one for one in clinics if name is None or one.name == name]
    if len(found) == 1:
        return found[0]
    there = ", ".join(repr(one.name) for one in clinics) or "none yet: run `waymark init`"
    raise LookupError(f"--clinic: give the name of one of these clinics: {there}.")


def refit(clinic: "Clinic", *, seed: int, at: datetime) -> Refit:
    """Fit what can be fitted; a scale that cannot keeps what was in force before."""
    by, done = system(clinic.pk), Refit()
    with reading(Action.FIT_COURSE, by=by, at=at):
        episodes = finished_courses(by)
    for (instrument, scale), held in sorted(episodes.items()):
        try:
            course = fit_course(
                held, of=measured(instrument, INSTRUMENTS[instrument].scale(scale)), seed=seed
            )
        except ValueError as problem:
            done.refused[f"{instrument}/{scale}"] = str(problem)
            continue
        keep_course(clinic, course=course, by=by, at=at)
        done.fitted.append(course)
    return done
