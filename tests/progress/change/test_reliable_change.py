"""The formulas of reliable and clinically significant change, against worked figures."""

from dataclasses import replace
from math import inf

import pytest

from tests.progress.drawn import SCALES
from waymark.library.instrument import Better, Cutoff, Figure, Scale
from waymark.progress.change.reliable_change import (
    CaseLine,
    Category,
    Reason,
    ReliableChangeRule,
    Side,
    Yardstick,
    Z,
    compare,
    cutoff_a,
    cutoff_b,
    cutoff_c,
    difference_error,
    gain,
    line_of,
    standard_error,
    yardstick_of,
)

PHQ9, WELL_BEING, DISTRESS = SCALES["PHQ-9"], SCALES["Well-being"], SCALES["Distress"]


def jacobson_truax(cutoff: float, *, better: Better = Better.LOWER, name: str = "c") -> Scale:
    """S_diff = 5 x sqrt(2) x sqrt(1 - .68) = 4: a move counts beyond 7.84."""
    return Scale(
        id="total",
        title="A measure",
        items=(),
        low=0,
        high=100,
        better=better,
        cutoffs=(Cutoff(cutoff, "a test", name=name),),
        reliability=Figure(0.68, "a test"),
        sd=Figure(5, "a test"),
    )


def test_z_is_the_unrounded_two_sided_five_percent_point():
    assert pytest.approx(1.959963984540054, abs=1e-12) == Z


# Jacobson & Truax 1991: couples, DAS, s1 as in the data, r = .88, norms 114.8 and 17.8.
def test_the_example_of_jacobson_and_truax():
    assert difference_error(11.8256612656, 0.88) == pytest.approx(5.7933671943, abs=1e-9)
    assert cutoff_b(114.8, 17.8, better=Better.HIGHER) == pytest.approx(79.2)
    c = cutoff_c(81.5833333333, 11.8256612656, norm_mean=114.8, norm_sd=17.8)
    assert c == pytest.approx(94.8424145349, abs=1e-9)


def test_cutoff_a_lies_two_sds_toward_better():
    assert cutoff_a(30, 5, better=Better.LOWER) == 20
    assert cutoff_a(30, 5, better=Better.HIGHER) == 40


def test_cutoff_b_lies_two_functional_sds_toward_worse():
    assert cutoff_b(10, 3, better=Better.LOWER) == 16
    assert cutoff_b(10, 3, better=Better.HIGHER) == 4


# CORE-10 as published: SD 7.7, r .90, clinical mean 19.7, community 4.7 (4.8).
def test_the_published_core_10_figures():
    assert Z * difference_error(7.7, 0.9) == pytest.approx(6.75, abs=0.005)
    assert cutoff_c(19.7, 7.7, norm_mean=4.7, norm_sd=4.8) == pytest.approx(10.46, abs=0.005)


@pytest.mark.parametrize(("sd", "reliability"), [(0, 0.8), (-1, 0.8), (5, 1), (5, -0.1), (5, 1.2)])
def test_figures_that_mean_nothing_are_refused(sd, reliability):
    with pytest.raises(ValueError, match="reliability"):
        standard_error(sd, reliability)


def test_a_gain_points_toward_better_on_either_kind_of_scale():
    assert gain(18, 7, better=Better.LOWER) == 11
    assert gain(40, 60, better=Better.HIGHER) == 20


def test_published_points_win_over_a_computed_error():
    assert yardstick_of(PHQ9) == Yardstick(
        ReliableChangeRule.PUBLISHED, 6, "a test", s_diff=pytest.approx(3.1113, abs=1e-4)
    )


def test_without_published_points_the_error_is_computed():
    yardstick = yardstick_of(WELL_BEING)
    assert yardstick.rule is ReliableChangeRule.JACOBSON_TRUAX
    assert yardstick.threshold == pytest.approx(8.7652, abs=1e-4)
    assert "Jacobson & Truax 1991" in yardstick.source


def test_a_derived_figure_is_marked_so():
    about = replace(WELL_BEING, sd=Figure(10, "a test", about=True))
    assert yardstick_of(about).about
    assert not yardstick_of(WELL_BEING).about


@pytest.mark.parametrize(
    "scale",
    [DISTRESS, replace(WELL_BEING, sd=None), replace(WELL_BEING, reliability=None)],
    ids=["neither", "no SD", "no reliability"],
)
def test_without_an_error_nothing_is_judged(scale):
    found = compare(20, 5, scale=scale)
    assert yardstick_of(scale) is None
    assert found.category is Category.NOT_JUDGED
    assert (found.reliable, found.recovered, found.rci) == (None, None, None)
    assert found.reasons == (Reason.NO_YARDSTICK,)
    assert found.change == -15


def test_published_points_alone_give_no_index():
    assert compare(18, 7, scale=replace(PHQ9, sd=None)).rci is None


# PHQ-9: a case from 10, reliable from 6, whatever the direction.
@pytest.mark.parametrize(
    ("first", "last", "category", "recovered"),
    [
        (18, 7, "recovered", True),
        (16, 10, "improved", False),  # exactly 6 points, and exactly on the case line
        (15, 10, "unchanged", False),
        (15, 9, "recovered", True),
        (10, 9, "unchanged", False),  # crossed, but within noise
        (9, 3, "improved", None),  # never a case: recovery does not apply
        (12, 18, "deteriorated", False),
        (12, 17, "unchanged", False),
        (4, 16, "deteriorated", None),  # harmed exists under Jacobson-Truax only
        (0, 0, "unchanged", None),
    ],
)
def test_published_rule(first, last, category, recovered):
    found = compare(first, last, scale=PHQ9)
    assert (found.category, found.recovered) == (category, recovered)
    assert found.reliable is (category != "unchanged")


# A move counts beyond 7.84; the cut-off is 20 and a score on it is on neither side.
@pytest.mark.parametrize(
    ("first", "last", "category", "recovered"),
    [
        (30, 19, "recovered", True),
        (30, 20, "improved", False),
        (30, 22, "improved", False),
        (30, 23, "unchanged", False),
        (20, 10, "improved", None),
        (19, 10, "improved", None),
        (30, 38, "deteriorated", False),
        (20, 30, "deteriorated", None),
        (12, 20, "deteriorated", None),
        (12, 21, "harmed", None),
    ],
)
@pytest.mark.parametrize("better", list(Better))
def test_jacobson_truax_rule_on_either_kind_of_scale(better, first, last, category, recovered):
    scale = jacobson_truax(20 if better is Better.LOWER else 80, better=better)
    if better is Better.HIGHER:
        first, last = 100 - first, 100 - last
    found = compare(first, last, scale=scale)
    assert (found.category, found.recovered) == (category, recovered)


def test_the_index_is_the_change_in_standard_errors_of_a_difference():
    assert compare(30, 22, scale=jacobson_truax(20)).rci == pytest.approx(-2)


def test_a_move_of_exactly_the_jacobson_truax_distance_does_not_count():
    yardstick = Yardstick(ReliableChangeRule.JACOBSON_TRUAX, 8, "a test")
    assert not yardstick.reached(8)
    assert yardstick.reached(8.001)


def test_a_move_of_exactly_the_published_points_counts():
    yardstick = Yardstick(ReliableChangeRule.PUBLISHED, 6, "a test")
    assert yardstick.reached(6)
    assert not yardstick.reached(5.999)


def test_the_last_binary_digit_of_a_prorated_sum_decides_nothing():
    first, last = 9 / 7 * 14, 9 / 7 * (14 - 14 / 3)  # six points, in floating point not quite
    assert Yardstick(ReliableChangeRule.PUBLISHED, 6, "a test").reached(first - last)
    assert Yardstick(ReliableChangeRule.PUBLISHED, 0.3, "a test").reached(0.1 * 3 - 0.0)
    assert Yardstick(ReliableChangeRule.PUBLISHED, 0.3, "a test").reached(1.3 - 1.0)


def test_sides_of_an_ordinary_case_line():
    line = CaseLine(10, "a test")
    sides = [line.side(score, better=Better.LOWER) for score in (9, 10, 11)]
    assert sides == [Side.FUNCTIONAL, Side.CLINICAL, Side.CLINICAL]
    sides = [line.side(score, better=Better.HIGHER) for score in (9, 10, 11)]
    assert sides == [Side.CLINICAL, Side.CLINICAL, Side.FUNCTIONAL]


def test_a_score_on_a_strict_line_is_on_neither_side():
    line = CaseLine(10, "a test", strict=True)
    sides = [line.side(score, better=Better.LOWER) for score in (9, 10, 11)]
    assert sides == [Side.FUNCTIONAL, Side.ON_THE_LINE, Side.CLINICAL]


def test_jacobson_truax_cutoffs_are_strict_and_published_lines_are_not():
    assert line_of(jacobson_truax(20, name="own")).strict
    assert not line_of(PHQ9).strict
    assert line_of(replace(PHQ9, cutoffs=())) is None


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [
        (9, 8, Reason.NOT_A_CASE),
        (11, 8, Reason.CROSSED_WITHIN_NOISE),
        (5, 5, Reason.CANNOT_IMPROVE),
        (22, 22, Reason.CANNOT_WORSEN),
    ],
)
def test_reasons_of_the_published_rule(first, last, reason):
    assert reason in compare(first, last, scale=PHQ9).reasons


@pytest.mark.parametrize(
    ("first", "reason"), [(6, Reason.CANNOT_IMPROVE), (21, Reason.CANNOT_WORSEN)]
)
def test_six_points_of_room_are_enough_for_a_move_of_six(first, reason):
    assert reason not in compare(first, first, scale=PHQ9).reasons


def test_room_is_counted_from_the_right_end_where_higher_is_better():
    assert Reason.CANNOT_IMPROVE in compare(95, 95, scale=WELL_BEING).reasons
    assert Reason.CANNOT_WORSEN in compare(5, 5, scale=WELL_BEING).reasons


def test_a_scale_without_known_ends_always_has_room():
    scale = replace(jacobson_truax(20), low=-inf, high=inf)
    reasons = compare(0, 0, scale=scale).reasons
    assert {Reason.CANNOT_IMPROVE, Reason.CANNOT_WORSEN}.isdisjoint(reasons)


def test_a_score_on_a_strict_cutoff_is_told():
    assert Reason.ON_THE_CUTOFF in compare(30, 20, scale=jacobson_truax(20)).reasons
    assert Reason.ON_THE_CUTOFF in compare(20, 10, scale=jacobson_truax(20)).reasons


def test_without_a_case_line_recovery_is_not_asked():
    found = compare(18, 3, scale=replace(PHQ9, cutoffs=()))
    assert found.category is Category.IMPROVED
    assert found.recovered is None
    assert Reason.NO_CUTOFF in found.reasons
