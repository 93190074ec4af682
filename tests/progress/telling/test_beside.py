"""What all scores say together, beside the first against the last: when it is told, and how."""

import re
from dataclasses import replace

import pytest

from tests.progress.drawn import NAMES, series
from tests.progress.signals.test_signals import BEYOND, fitted_phq9
from tests.progress.telling.test_tone import offences, reading_grade, text_of
from waymark.progress.course.expected import follow
from waymark.progress.course.projection import Flagged, by_week, projection_of, week_of
from waymark.progress.course.timeline import Timeline
from waymark.progress.signals.engine import judge, judge_beyond
from waymark.progress.signals.score_signal import Looks, ScoreFinding
from waymark.progress.signals.scores import SIGNALS
from waymark.progress.signals.signal import Signal, Verdict
from waymark.progress.telling.belief_words import worth_of
from waymark.progress.telling.scores import beside, fits_beside, tell
from waymark.progress.telling.told import Audience

FALLING = "PHQ-9: 18 17 15 14 12 11 10 9 8 9"
RISING = "PHQ-9: 9 9 10 12 12 14 15 16 18 18"
STEP = "PHQ-9: 20 19 20 11 10 9 10 9 10"
FLAGGED = "PHQ-9 every 7 days: 12 14 16 18"


def told_beside(drawing: str, *, fitted: bool = False) -> list[ScoreFinding]:
    one = series(drawing)
    (lead,) = judge(Timeline((one,)))
    ahead = projection_of(one, fitted_phq9(), chances=True) if fitted else None
    return list(beside(lead, judge_beyond(one, ahead=ahead)))


@pytest.mark.parametrize(
    ("drawing", "told"),
    [
        (FALLING, []),  # the lead says better as well
        (RISING, []),  # the lead says worse as well
        (STEP, ["shift-for-the-better"]),
        ("PHQ-9: 6 7 6 7 16 17 16 17 16", ["shift-for-the-worse"]),
        ("PHQ-9: 14 9 15", []),  # no reliable change, and not clear: nothing to add
        ("PHQ-9: 15 9 14 15 14 14 15 9", ["no-meaningful-change"]),  # recovered by two answers
        ("PHQ-9: 16 10", []),  # too early
        ("PHQ-9 every 3 days: 8 9 8 14 18 20 22 22", ["shift-for-the-worse"]),  # named so far
        ("PHQ-9: 20 20 19 20 19 16 16 15 15 15 15 15", ["likely-improvement"]),  # 5 points: no rule
        ("PHQ-9: 18 16 12 9 6 4 3 4 8 9", []),  # better, but worse since the best: no cheer
        ("PHQ-9 every 7 days: 11 12 13 14 16 18 18", []),  # worse, and nothing plays it down
    ],
)
def test_what_is_told_beside_the_first_against_the_last(drawing: str, told: list[str]) -> None:
    assert [one.signal for one in told_beside(drawing)] == told


SO_FAR, TURNED_BACK = "PHQ-9 every 3 days: 8 16", "PHQ-9: 18 4 6 11"
FURTHER = [one for one in SIGNALS.values() if one.looks is not Looks.ENDS]


@pytest.mark.parametrize("signal", FURTHER, ids=lambda signal: signal.id)
def test_beside_a_decline_nothing_stands_but_what_is_harder_too(signal: Signal) -> None:
    """Whichever says so: the first against the last, or another finding beside it."""
    for drawing in (RISING, SO_FAR, TURNED_BACK):
        one = series(drawing)
        (lead,) = judge(Timeline((one,)))
        finding = signal.found(lead.evidence)
        assert fits_beside(finding, lead, [finding]) is (signal.verdict is Verdict.WORSE), drawing
    calm = series("PHQ-9: 14 13 12")
    (lead,) = judge(Timeline((calm,)))
    finding = signal.found(lead.evidence)
    harder = SIGNALS["shift-for-the-worse"].found(lead.evidence)
    assert fits_beside(finding, lead, [finding])
    assert fits_beside(finding, lead, [finding, harder]) is (signal.verdict is Verdict.WORSE)


def test_exactly_one_signal_says_what_all_scores_come_to() -> None:
    for drawing in BEYOND:
        found = [
            one.signal
            for one in judge_beyond(series(drawing))
            if SIGNALS[one.signal].looks is Looks.TOGETHER
        ]
        assert len(found) == (1 if drawing.partition("|")[2].strip() else 0)


def words(finding: ScoreFinding, to: Audience = Audience.CLIENT) -> str:
    return text_of(tell([finding], to=to, called=NAMES, person="Ben Okafor"))


def every() -> list[ScoreFinding]:
    found = [one for drawing in BEYOND for one in judge_beyond(series(drawing))]
    flagged = series(FLAGGED)
    return found + list(
        judge_beyond(flagged, ahead=projection_of(flagged, fitted_phq9(), chances=True))
    )


@pytest.mark.parametrize("finding", every(), ids=lambda one: one.signal)
def test_the_words_keep_the_rules(finding: ScoreFinding) -> None:
    said = words(finding)
    assert offences(said) == []
    assert reading_grade(said) <= 8
    for to in Audience:
        assert not re.search(r"[{}]|  | \.|\bNone\b", words(finding, to))


def test_size_and_certainty_stand_in_the_words() -> None:
    (finding,) = judge_beyond(series(FALLING))
    said = words(finding)
    assert re.search(r"right about 1[6-9] times in 20", said)
    assert re.search(r"likely \d+ to \d+ points", said)
    assert "10 answers, from June 2 to October 6" in said


def test_a_worsening_names_whom_to_talk_to() -> None:
    (finding,) = judge_beyond(series(RISING))
    assert "Bring this to Ben Okafor" in words(finding)


def test_a_shift_is_said_with_its_day_and_the_literature_beside_it() -> None:
    """The fourth answer, six weeks after June 2, fell by 9 points and stayed there."""
    finding = next(one for one in judge_beyond(series(STEP)) if one.signal.startswith("shift"))
    assert "around July 14" in words(finding)
    clinician = words(finding, Audience.CLINICIAN)
    assert "By the rule of Tang & DeRubeis: a sudden gain of 9 points on July 14." in clinician


def test_a_flag_always_says_what_it_is_worth_in_counts() -> None:
    """400 left out, 20 of whom ended worse; 30 of 100 flagged: 120; 18 of the 20 were found."""
    (flag,) = (one for one in told_beside(FLAGGED, fitted=True) if one.signal == "off-track")
    clinician = words(flag, Audience.CLINICIAN)
    assert "Of 400 courses that it had not seen 120 were flagged" in clinician
    assert "about 0.9 in a week of 20 sessions" in clinician
    assert "Of 10 flagged, 1.5 ended worse (1.0 to 2.2)" in clinician  # Wilson of 18 in 120
    assert "of the 20 that ended worse, 18 were flagged" in clinician
    assert "decides nothing" in clinician
    assert "of 10 people of whom it says this, about 1 to 2 ended clearly harder" in words(flag)


def test_no_flag_stands_where_too_few_ended_worse_to_say_what_it_is_worth() -> None:
    one, course = series(FLAGGED), fitted_phq9()
    few = replace(course, worth=replace(course.worth, worse=4))
    assert projection_of(one, course, chances=True).flag is not None
    assert projection_of(one, few, chances=True).flag is None
    assert "too few to say what a flag is worth" in worth_of(few.worth)


def test_a_flag_returns_only_on_new_evidence_after_a_response() -> None:
    """Flagged in week 4; answered; the same answers stay quiet, a harder one does not."""
    one, course = series(FLAGGED), fitted_phq9()
    last = projection_of(one, course, chances=True).last
    done = Flagged(week=4, p_deterioration=last.p_deterioration)
    assert projection_of(one, course, chances=True).flag is not None
    assert projection_of(one, course, chances=True, answered=done).flag is None
    lost_and_back = f"{FLAGGED} 8 6 18 20"  # the flag goes, and comes again at a lower chance
    drawn = ((f"{FLAGGED} 21", True), (f"{FLAGGED} 15", False), (lost_and_back, True))
    for drawing, returns in drawn:
        later = projection_of(series(drawing), course, chances=True, answered=done)
        assert (later.flag is not None) is returns


def test_a_cold_start_has_a_range_and_no_flag() -> None:
    one = series(FLAGGED)
    course = replace(fitted_phq9(), worth=None)
    ahead = projection_of(one, course, chances=True)
    assert (ahead.chances, ahead.flag) == (False, None)
    assert [each.session for each in ahead.ranges] == [1, 2, 3, 4, 5, 6]
    assert all(0 <= each.low <= each.expected <= each.high <= 27 for each in ahead.ranges)


def test_weeks_stand_for_sessions_and_one_week_counts_once() -> None:
    points = series("PHQ-9 every 3 days: 20 16 13 10").points  # days 0, 3, 6, 9
    assert by_week(points) == ((1, 2), (18.0, 11.5))
    assert [week_of(n, 3) for n in (3, 4, 9)] == [1, 2, 7]
    assert follow((1, 2), (18.0, 11.5), course=fitted_phq9())
