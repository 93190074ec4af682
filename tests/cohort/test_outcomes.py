"""Outcomes by session, gaps and funnels, against figures worked by hand and printed elsewhere."""

import pytest
from numpy.random import default_rng
from scipy.stats import binom

from waymark.cohort.engine import Ending
from waymark.cohort.measure import Share
from waymark.cohort.outcomes import funnel, gap, half_by, incidence, widest_gap


def test_incidence_by_hand() -> None:
    """Ten courses: 3 improve at 2, 2 end at 2, 1 is last seen open at 3, 2 improve at 4, 2 end.

    Session 2: 3/10 and 2/10. Session 3: nothing, one leaves the count. Session 4: 4 at risk, half
    of them improve: .3 + .5 x .5 = .55.
    """
    steps = incidence(
        {
            Ending(2, 6, still_open=False): 3,
            Ending(0, 2, still_open=False): 2,
            Ending(0, 3, still_open=True): 1,
            Ending(4, 4, still_open=False): 2,
            Ending(0, 4, still_open=False): 2,
        }
    )
    assert [(one.session, one.at_risk) for one in steps] == [(1, 10), (2, 10), (3, 5), (4, 4)]
    assert [one.improved for one in steps] == pytest.approx([0, 0.3, 0.3, 0.55])
    assert [one.ended_without for one in steps] == pytest.approx([0, 0.2, 0.2, 0.45])
    assert half_by(steps) == 4


def test_without_open_courses_it_is_the_plain_share_of_all() -> None:
    endings = {
        Ending(3, 9, still_open=False): 40,
        Ending(7, 9, still_open=False): 10,
        Ending(0, 5, still_open=False): 50,
    }
    steps = {one.session: one for one in incidence(endings)}
    assert steps[7].improved == pytest.approx(0.5)
    assert steps[7].ended_without == pytest.approx(0.5)


def test_one_minus_kaplan_meier_would_be_too_high() -> None:
    """The planted fault: those who ended without counted as still able to improve."""
    endings = {Ending(3, 9, still_open=False): 40, Ending(0, 2, still_open=False): 60}
    as_open = {Ending(3, 9, still_open=False): 40, Ending(0, 2, still_open=True): 60}
    assert incidence(endings)[-1].improved == pytest.approx(0.4)
    assert incidence(as_open)[-1].improved == pytest.approx(1.0)


def test_a_course_that_is_never_half_has_no_half() -> None:
    assert half_by(incidence({Ending(0, 3, still_open=False): 9})) is None
    assert incidence({}) == []


def test_newcombes_interval_as_printed() -> None:
    """Newcombe 1998, Table II (a), method 10: 56/70 against 48/80 is .2000 [.0524, .3339]."""
    found = gap("a", "b", shares={"a": Share(56, 70), "b": Share(48, 80)})
    assert found.difference == pytest.approx(0.2)
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_the_widest_gap_lies_between_the_ends() -> None:
    shares = {"1": Share(50, 100), "2": Share(30, 100), "3": Share(45, 100), "4": Share(0, 0)}
    found = widest_gap(shares)
    assert found is not None
    assert (found.group, found.other) == ("1", "2")
    assert widest_gap({"1": Share(1, 2)}) is None


def test_the_widest_of_many_gaps_is_rarely_called_one_where_there_is_none() -> None:
    """Five parts of 900 with one true share, 1,000 times: a pair alone would err in some 25 of 100;
    over all ten pairs it is 5 at most (binomial 99% limit of .05: .07)."""
    rng, bare, called = default_rng(5), 0, 0
    for _ in range(1000):
        hits = rng.binomial(900, 0.4, size=5)
        shares = {str(n): Share(int(one), 900) for n, one in enumerate(hits)}
        found = widest_gap(shares)
        assert found is not None
        alone = gap(found.group, found.other, shares=shares)
        bare += alone.low > 0
        called += found.low > 0
    assert bare / 1000 > 0.15
    assert called / 1000 <= 0.07


def test_a_funnel_calls_out_what_chance_rarely_does() -> None:
    """90 of 100, 50 of 100 and 1,000 of 2,000: the first lies beyond both limits."""
    shares = {"a": Share(90, 100), "b": Share(50, 100), "c": Share(1000, 2000)}
    found = {one.site: one for one in funnel(shares)}
    assert found["a"].stands == "above 99.8%"
    assert found["b"].stands == "within"
    assert found["b"].low95 < found["b"].share < found["b"].high95
    overall = 1140 / 2200
    outside = binom.cdf(round(100 * found["b"].low95), 100, overall)
    assert outside == pytest.approx(0.025, abs=0.02)


def test_limits_are_narrower_for_larger_sites() -> None:
    found = {one.site: one for one in funnel({"a": Share(50, 100), "b": Share(500, 1000)})}
    assert found["b"].high95 - found["b"].low95 < found["a"].high95 - found["a"].low95


@pytest.mark.parametrize("hits", [0, 100])
def test_where_nothing_varies_nobody_is_beyond(hits: int) -> None:
    found = funnel({"a": Share(hits, 100), "b": Share(hits, 100)})
    assert {one.stands for one in found} == {"within"}
