"""Each signal as a picture: a course it must find, and one that it must leave to another."""

from dataclasses import replace

import pytest

from tests.progress.drawn import expected, series
from waymark.progress.course.evidence import weigh, weigh_beyond
from waymark.progress.course.expected import Worth, cold_phq9
from waymark.progress.course.projection import projection_of
from waymark.progress.course.timeline import Timeline
from waymark.progress.signals.engine import judge, judge_beyond
from waymark.progress.signals.score_signal import Looks
from waymark.progress.signals.scores import SIGNALS
from waymark.progress.signals.signal import Verdict

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

TOGETHER = """
PHQ-9: 18 17 15 14 12 11 10 9 8 9   | likely improvement
PHQ-9: 16 15 15 13 12 11 11 10 9 9   | likely improvement
PHQ-9: 20 19 20 11 10 9 10 9 10     | likely improvement, shift for the better
Well-being: 40 43 47 50 54 57 60 64 | likely improvement
PHQ-9: 9 9 10 12 12 14 15 16 18 18  | likely worsening
PHQ-9 every 3 days: 8 9 8 14 18 20 22 22 | likely worsening, shift for the worse
PHQ-9: 6 7 6 7 16 17 16 17 16       | likely worsening, shift for the worse
PHQ-9: 14 15 13 14 15 14 13 15 14   | no meaningful change
PHQ-9: 14 9 15                      | not clear yet
PHQ-9: 18                           | not clear yet
PHQ-9 every 3 days: 20 16 13 10 8 6 | not clear yet
Distress: 20 12 3                   |
Distress: 20                        |
PHQ-9:                              |
"""

BEYOND = TOGETHER.strip().splitlines()


def several(drawing: str) -> list[str]:
    """The signals named behind the bar."""
    named = drawing.partition("|")[2].strip()
    return [one.strip().replace(" ", "-") for one in named.split(",") if one.strip()]


def fitted_phq9(*, worse: float = 0.0705):
    """An expected course as if fitted here: the flag stands where chance is ``worse`` or more."""
    worth = Worth(400, 20, 0.9, 0.9, 0.75, 30.0, 1.4, 0.8, 0.9)
    return replace(cold_phq9(), instrument="PHQ-9", worth=worth, thresholds=(worse, worse))


@pytest.mark.parametrize("drawing", DRAWN)
def test_a_course_and_its_one_finding(drawing):
    found = judge(Timeline((series(drawing),)))
    assert [finding.signal for finding in found] == [expected(drawing)]


@pytest.mark.parametrize("signal", [id for id, one in SIGNALS.items() if one.looks is Looks.ENDS])
def test_every_signal_is_drawn_with_a_course_it_leaves_alone(signal):
    assert any(expected(drawing) == signal for drawing in DRAWN)
    others = [series(drawing) for drawing in DRAWN if expected(drawing) != signal]
    assert others
    assert not any(SIGNALS[signal].judge(weigh(other)) for other in others)


@pytest.mark.parametrize(
    "signal", [id for id, one in SIGNALS.items() if one.looks not in {Looks.ENDS, Looks.AHEAD}]
)
def test_a_signal_of_all_scores_is_drawn_with_a_course_it_leaves_alone(signal):
    assert any(signal in several(drawing) for drawing in BEYOND)
    others = [series(drawing) for drawing in BEYOND if signal not in several(drawing)]
    assert not any(SIGNALS[signal].judge(weigh_beyond(one, weigh(one))) for one in others)


@pytest.mark.parametrize("drawing", BEYOND)
def test_a_course_and_what_all_its_scores_say_together(drawing):
    assert [one.signal for one in judge_beyond(series(drawing))] == several(drawing)


@pytest.mark.parametrize(
    ("drawing", "flagged"),
    [("PHQ-9 every 7 days: 12 14 16 18", True), ("PHQ-9 every 7 days: 18 14 12 9", False)],
)
def test_off_track_is_found_by_a_fitted_course_alone(drawing, flagged):
    one = series(drawing)
    for course, chances in ((fitted_phq9(), True), (fitted_phq9(), False), (cold_phq9(), True)):
        ahead = projection_of(one, course, chances=chances)
        found = [each.signal for each in judge_beyond(one, ahead=ahead)]
        assert ("off-track" in found) is (flagged and chances and course.calibrated)


def test_a_finding_carries_its_evidence_and_the_version_that_made_it():
    (found,) = judge(Timeline((series("PHQ-9: 18 12 8"),)))
    assert (found.evidence.instrument, found.evidence.scale, found.version) == ("PHQ-9", "total", 1)
    assert found.verdict is Verdict.BETTER
    assert (found.evidence.first.value, found.evidence.last.value) == (18, 8)


@pytest.mark.parametrize("signal", SIGNALS.values(), ids=list(SIGNALS))
def test_every_signal_names_its_source(signal):
    assert signal.source
    assert signal.title
    assert signal.version >= 1
