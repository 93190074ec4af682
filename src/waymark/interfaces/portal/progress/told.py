"""From findings to words: the one place where the portal turns courses into what may be told."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from waymark.library.instruments import INSTRUMENTS
from waymark.progress.signals.score_signal import ScoreFinding
from waymark.progress.telling.scores import tell
from waymark.progress.telling.told import Audience, Told
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


def told_of(courses: Sequence[Course], *, team: Sequence[Colleague], danger: bool = False) -> Told:
    """What a client may read of these courses together."""
    findings = [finding for course in courses for finding in course.findings]
    person = team[0].name if team else _("your therapist")
    return tell(
        findings,
        to=Audience.CLIENT,
        called=called(courses),
        person=person,
        risk_answer=danger,
    )


def told_alone(finding: ScoreFinding, course: Course, *, team: Sequence[Colleague]) -> Told:
    """What a client may read of one finding of a course."""
    person = team[0].name if team else _("your therapist")
    return tell([finding], to=Audience.CLIENT, called=called([course]), person=person)
