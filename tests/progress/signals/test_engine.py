"""What holds for every course: one verdict, the same in any order of arrival, never upside down."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.progress.drawn import SCALES, START, series
from waymark.library.instrument import Better
from waymark.progress.change.reliable_change import gain
from waymark.progress.course.timeline import Point, Series, Source, Timeline
from waymark.progress.signals.engine import judge
from waymark.progress.signals.signal import Verdict

SCALE = st.sampled_from(list(SCALES.values()))
STEADY = settings(derandomize=True, deadline=None, max_examples=300)


@st.composite
def courses(draw: st.DrawFn) -> Series:
    scale = draw(SCALE)
    score = st.integers(int(scale.low), int(scale.high))
    points = draw(
        st.lists(
            st.builds(
                lambda day, value, prorated, source: Point(
                    START + timedelta(days=day), value, prorated=prorated, source=source
                ),
                st.integers(0, 200),
                score,
                st.booleans(),
                st.sampled_from(Source),
            ),
            max_size=12,
        )
    )
    started = draw(st.none() | st.integers(0, 200).map(lambda day: START + timedelta(days=day)))
    return Series("a-measure", scale, tuple(points), started=started)


@STEADY
@given(courses())
def test_every_course_has_exactly_one_verdict(course):
    assert len(judge(Timeline((course,)))) == 1


@STEADY
@given(courses(), st.randoms(use_true_random=False))
def test_order_of_arrival_does_not_matter(course, chance):
    shuffled = list(course.given)
    chance.shuffle(shuffled)
    again = replace(course, given=tuple(shuffled))
    assert judge(Timeline((course,))) == judge(Timeline((again,)))


@STEADY
@given(courses())
def test_a_worsening_is_never_called_better_nor_the_other_way_round(course):
    (found,) = judge(Timeline((course,)))
    change = found.evidence.change
    if found.verdict in {Verdict.BETTER, Verdict.WORSE}:
        moved = gain(change.first, change.last, better=course.scale.better)
        assert (moved > 0) is (found.verdict is Verdict.BETTER)


@STEADY
@given(courses())
def test_a_course_and_its_mirror_image_are_judged_alike(course):
    scale = course.scale
    cutoffs = tuple(
        replace(cutoff, value=scale.low + scale.high - cutoff.value) for cutoff in scale.cutoffs
    )
    other = Better.HIGHER if scale.better is Better.LOWER else Better.LOWER
    points = tuple(
        replace(point, value=scale.low + scale.high - point.value) for point in course.given
    )
    mirror = replace(
        course, scale=replace(scale, better=other, cutoffs=cutoffs), given=points
    )  # fmt: skip
    (found,), (seen,) = judge(Timeline((course,))), judge(Timeline((mirror,)))
    assert (found.signal, found.evidence.category) == (seen.signal, seen.evidence.category)
    assert found.evidence.reasons == seen.evidence.reasons


def test_findings_stand_in_an_order_of_their_own():
    one, two = series("PHQ-9: 18 12 8"), series("Well-being: 40 45 60")
    assert judge(Timeline((one, two))) == judge(Timeline((two, one)))
    assert [found.evidence.instrument for found in judge(Timeline((two, one)))] == [
        "PHQ-9",
        "Well-being",
    ]


def test_nothing_given_nothing_found():
    assert judge(Timeline(())) == ()
