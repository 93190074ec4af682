"""From findings to words: the one place where the portal turns courses into what may be told."""

from collections.abc import Sequence

from waymark.library.instruments import INSTRUMENTS
from waymark.progress.believing import believed
from waymark.progress.telling import Audience, Told, tell
from waymark.record.people.queries import Colleague
from waymark.record.timeline.queries import Course


def called(courses: Sequence[Course]) -> dict[str, str]:
    """Each instrument's name for a client: what it is about, not its abbreviation."""
    names: dict[str, str] = {}
    for course in courses:
        instrument = INSTRUMENTS[course.instrument]
        several = len(instrument.scales) > 1
        names[course.instrument] = instrument.short
        if several:
            names[f"{course.instrument}/{course.scale.id}"] = course.scale.title
    return names


def believed_of(course: Course, *, team: Sequence[Colleague]) -> str:
    """What all answers of a course say together, for the client."""
    person = team[0].name if team else "your therapist"
    evidence = course.findings[0].evidence
    return believed(course.series, evidence, to=Audience.CLIENT, person=person)


def told_of(courses: Sequence[Course], *, team: Sequence[Colleague], danger: bool = False) -> Told:
    """What a client may read of these courses together."""
    findings = [finding for course in courses for finding in course.findings]
    person = team[0].name if team else "your therapist"
    return tell(
        findings,
        to=Audience.CLIENT,
        called=called(courses),
        person=person,
        risk_answer=danger,
    )
