"""Each signal as a picture: a course it must find, and one that it must leave to another."""

import pytest

from tests.progress.drawn import expected, series
from waymark.progress.engine import judge
from waymark.progress.evidence import weigh
from waymark.progress.signal import Verdict
from waymark.progress.signals import SIGNALS
from waymark.progress.timeline import Timeline

COURSES = """
PHQ-9: 18 17 16 12 11              | reliable improvement
PHQ-9: 9 7 6 4 3                   | reliable improvement
PHQ-9: 16 . . . 10                 | reliable improvement
PHQ-9: 18 4 6 11                   | reliable improvement
Well-being: 20 25 29               | reliable improvement
PHQ-9: 18 17 16 9 8                | recovery
PHQ-9 by session: 15 12 9          | recovery
PHQ-9: 18i 17i 9                   | recovery
Well-being: 40 45 60               | recovery
PHQ-9: 18 17 16 14 13              | no reliable change
PHQ-9: 11 10 8                     | no reliable change
PHQ-9: 3 1 0                       | no reliable change
PHQ-9: 18 4 18                     | no reliable change
Well-being: 40 44 48               | no reliable change
PHQ-9: 12 14 18                    | reliable deterioration
PHQ-9: 4 9 16                      | reliable deterioration
Well-being: 60 55 40               | reliable deterioration
PHQ-9:                             | too early to say
PHQ-9: 18                          | too early to say
PHQ-9: 18 7                        | too early to say
PHQ-9: 7 18                        | too early to say
PHQ-9 every 13 days: 18 12 7       | too early to say
PHQ-9: . . 18 . .                  | too early to say
Distress: 20 12 3                  | not judged
Distress: 20                       | not judged
Distress:                          | not judged
"""

DRAWN = COURSES.strip().splitlines()


@pytest.mark.parametrize("drawing", DRAWN)
def test_a_course_and_its_one_finding(drawing):
    found = judge(Timeline((series(drawing),)))
    assert [finding.signal for finding in found] == [expected(drawing)]


@pytest.mark.parametrize("signal", list(SIGNALS))
def test_every_signal_is_drawn_with_a_course_it_leaves_alone(signal):
    assert any(expected(drawing) == signal for drawing in DRAWN)
    others = [series(drawing) for drawing in DRAWN if expected(drawing) != signal]
    assert others
    assert all(SIGNALS[signal].judge(other, weigh(other)) is None for other in others)


def test_a_finding_carries_its_evidence_and_the_version_that_made_it():
    (found,) = judge(Timeline((series("PHQ-9: 18 12 8"),)))
    assert (found.instrument, found.scale, found.version) == ("PHQ-9", "total", 1)
    assert found.verdict is Verdict.BETTER
    assert (found.evidence.first.value, found.evidence.last.value) == (18, 8)


@pytest.mark.parametrize("signal", SIGNALS.values(), ids=list(SIGNALS))
def test_every_signal_names_its_source(signal):
    assert signal.source
    assert signal.title
    assert signal.version >= 1
