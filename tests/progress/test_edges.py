"""The edges of what can be judged: where nothing is known, each says so and nothing else."""

from dataclasses import replace
from math import inf

import pytest

from tests.progress.drawn import SCALES, series
from waymark.library.instruments import INSTRUMENTS
from waymark.library.item import Kind
from waymark.progress.change import reference
from waymark.progress.change.belief import ONE_EACH, believe
from waymark.progress.change.shapes import Shape
from waymark.progress.course import expected_file
from waymark.progress.course.expected import cold_phq9
from waymark.progress.course.projection import LONGEST, projection_of
from waymark.progress.course.timeline import Point, Series
from waymark.progress.course.whole_course import whole_course_of
from waymark.progress.days.daily import weekly
from waymark.progress.days.evidence import Asked, weigh_days
from waymark.progress.days.half_life import recover
from waymark.progress.telling import checkin_slots
from waymark.progress.validation.simulations.no_change import POPULATION
from waymark.progress.validation.validation import Aim, Target, wilson
from waymark.progress.validation.validations import change

PHQ = INSTRUMENTS["phq-9"].scale("total")
KNOWN = reference.reference_for("phq-9", PHQ)


def test_the_shapes_of_a_course_share_one_certainty() -> None:
    """20 for six weeks, then 6: it stayed level with hardly any chance, and all add up to one."""
    judged = believe(range(12), [20] * 6 + [6] * 6, reference=KNOWN)
    assert judged.p_of(Shape.FLAT) < 0.01
    assert sum(judged.p_of(shape) for shape in Shape) == pytest.approx(1)


def test_what_is_no_figure_is_no_course() -> None:
    with pytest.raises(ValueError, match=ONE_EACH):
        believe([0, 1], [12, None], reference=KNOWN)


def test_a_scale_without_ends_and_without_a_sample_has_no_first_level() -> None:
    open_ended = replace(SCALES["PHQ-9"], low=-inf, high=inf, sd=None)
    assert reference.noise_of(open_ended) is not None
    assert reference.cold_start(open_ended) is None


def test_a_course_that_begins_later_than_the_ranges_end_has_no_projection() -> None:
    """One answer, of a session after the last that the course speaks of; and no answer at all."""
    late = Series("phq-9", PHQ, (Point(1, 12), Point(LONGEST + 2, 12)))
    for one in (late, Series("phq-9", PHQ, ())):
        assert projection_of(one, cold_phq9(), chances=False) is None


def test_a_course_by_session_is_a_whole_course_as_one_by_day_is() -> None:
    by_day = whole_course_of(series("PHQ-9 every 7 days: 18 17 16 9 8"))
    by_session = whole_course_of(series("PHQ-9 by session: 18 17 16 9 8"))
    assert by_day is not None
    assert by_session is not None
    assert by_session.judged.last == by_day.judged.last


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("reliable", "six", "reliable is no figure: 'six'"),
        ("reliable", True, "reliable is no figure: 'True'"),
        ("width80", [1, 2], "width80 must hold named figures"),
        ("worth", {}, "worth lacks clients"),
        ("worth", 12, "worth must hold named figures"),
    ],
)
def test_a_file_of_a_course_names_what_is_no_figure(field: str, value: object, told: str) -> None:
    held = expected_file.kept(cold_phq9())
    with pytest.raises(ValueError, match=told):
        expected_file.course_of({**held, field: value})


def test_a_course_says_nothing_of_its_worth_before_it_was_tried() -> None:
    held = {**expected_file.kept(cold_phq9()), "worth": None}
    assert expected_file.course_of(held).worth is None


def test_days_without_an_answer_bring_no_look() -> None:
    assert list(weekly([], [], kind=Kind.NUMBER, better=PHQ.better)) == []


def test_an_item_on_which_more_is_better_is_turned_before_its_setbacks_are_weighed() -> None:
    """Ease falls from 8 to 3 on the day of a setback and comes back, as 2 rises to 7."""
    when, hits = list(range(42)), [5, 12, 19, 26, 33]
    ease = [3.0 if day in hits else 8.0 for day in when]
    up = Asked("ease", when, ease, 0, 10, better=INSTRUMENTS["who-5"].scales[0].better)
    down = Asked("unease", when, [10 - one for one in ease], 0, 10)
    assert weigh_days(up, setbacks=hits).recovery == weigh_days(down, setbacks=hits).recovery


def test_days_of_setbacks_are_days() -> None:
    with pytest.raises(ValueError, match="days of setbacks"):
        recover(range(40), [3.0] * 40, setbacks=[inf], low=0, high=10)


def test_an_item_that_was_never_answered_names_no_days() -> None:
    never = weigh_days(Asked("worry", [1, 2], [None, None], 0, 10))
    assert checkin_slots._span(never) == ""


def test_a_population_has_somebody_in_it() -> None:
    with pytest.raises(ValueError, match="at least one"):
        POPULATION.people(1, number=0)


def test_a_target_reads_as_what_it_asks() -> None:
    targets = (Target(Aim.AT_MOST, 0.1), Target(Aim.WITHIN, 0.8, 1.2))
    assert [str(one) for one in targets] == ["at most 0.1", "0.8 to 1.2"]


def test_of_nobody_every_share_is_possible() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


def test_a_validation_of_change_needs_an_error_that_is_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(change, "reference_for", lambda *_: None)
    with pytest.raises(LookupError, match="known error"):
        change.reference()
