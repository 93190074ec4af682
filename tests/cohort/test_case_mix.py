"""Case mix: worked by hand, against plain enumeration, and on sites whose truth is known."""

from itertools import product
from math import comb

import numpy as np
import pytest
from numpy.random import default_rng
from scipy.stats import binom

from waymark.cohort.case_mix import (
    adjusted_funnel,
    adjusted_gap,
    expected_hits,
    overall_by_band,
    sum_of_binomials,
)
from waymark.cohort.measure import Share
from waymark.cohort.outcomes import funnel

BY_HAND = {
    "a": {0: Share(10, 20), 1: Share(5, 10)},
    "b": {0: Share(30, 60), 1: Share(15, 90)},
}


def plain_law(parts: list[tuple[int, float]]) -> list[float]:
    """The chance of 0, 1, 2, ... hits: every way to have them, one after the other."""
    found = [0.0] * (sum(of for of, _ in parts) + 1)
    for hits in product(*(range(of + 1) for of, _ in parts)):
        chance = 1.0
        for k, (of, p) in zip(hits, parts, strict=True):
            chance *= comb(of, k) * p**k * (1 - p) ** (of - k)
        found[sum(hits)] += chance
    return found


def test_expected_hits_by_hand() -> None:
    """Band 0: 40 of 80, half; band 1: 20 of 100, a fifth. Site a: 20/2 + 10/5 = 12, and had 15."""
    assert overall_by_band(BY_HAND) == {0: Share(40, 80), 1: Share(20, 100)}
    assert expected_hits(BY_HAND) == pytest.approx({"a": 12.0, "b": 48.0})


def test_expected_hits_add_up_to_the_hits() -> None:
    rng = default_rng(1)
    groups = {
        name: {band: Share(int(rng.integers(0, 40)), 40 + band) for band in range(5)}
        for name in "abcd"
    }
    hits = sum(share.hits for bands in groups.values() for share in bands.values())
    assert sum(expected_hits(groups).values()) == pytest.approx(hits)


@pytest.mark.parametrize(
    "parts",
    [
        [(4, 0.5), (3, 0.2), (5, 0.9)],
        [(12, 0.03)],
        [(6, 0.0), (6, 1.0), (3, 0.4)],
        [(0, 0.5), (7, 0.6)],
    ],
)
def test_the_convolution_equals_plain_enumeration(parts: list[tuple[int, float]]) -> None:
    law, plain = sum_of_binomials(parts), plain_law(parts)
    found = np.zeros(len(plain))
    found[law.least : law.least + len(law.chances)] = law.chances
    assert found == pytest.approx(plain, abs=1e-12)


def test_a_million_courses_keep_their_mean_and_spread() -> None:
    parts = [(400_000, 0.3), (600_000, 0.001), (50, 0.5)]
    law = sum_of_binomials(parts)
    k = law.least + np.arange(len(law.chances))
    mean = (k * law.chances).sum()
    assert mean == pytest.approx(120_625, rel=1e-9)
    spread = sum(n * p * (1 - p) for n, p in parts)
    assert ((k - mean) ** 2 * law.chances).sum() == pytest.approx(spread, rel=1e-6)


def test_long_laws_of_one_chance_add_up_to_one_binomial() -> None:
    """Each long enough for Fourier's way: 3,000,000 courses at .3 are 1,000,000 and 2,000,000."""
    law = sum_of_binomials([(1_000_000, 0.3), (2_000_000, 0.3)])
    k = law.least + np.arange(len(law.chances))
    assert law.chances == pytest.approx(binom.pmf(k, 3_000_000, 0.3), abs=1e-12)
    assert law.chances.min() >= 0


@pytest.mark.parametrize("hits", range(13))
def test_beyond_a_limit_is_what_chance_does_in_less_than_its_tail(hits: int) -> None:
    """Site x has 12 courses in two bands, and a large neighbor sets the shares of all. Standing is
    set against the tails summed one by one."""
    split = min(hits, 7), hits - min(hits, 7)
    groups = {
        "x": {0: Share(split[0], 7), 1: Share(split[1], 5)},
        "y": {0: Share(6_000_000, 10_000_000), 1: Share(2_000_000, 10_000_000)},
    }
    law = plain_law([(7, 0.6), (5, 0.2)])
    above, below = sum(law[hits:]), sum(law[: hits + 1])
    wanted = "within"
    for limit, tail in (("95%", 0.025), ("99.8%", 0.001)):
        wanted = f"above {limit}" if above < tail else wanted
        wanted = f"below {limit}" if below < tail else wanted
    assert adjusted_funnel(groups)[0].stands == wanted


def test_with_one_band_the_limits_are_the_bare_ones() -> None:
    shares = {"a": Share(90, 100), "b": Share(50, 100), "c": Share(1000, 2000)}
    bare = funnel(shares)
    for one, two in zip(bare, adjusted_funnel({k: {3: v} for k, v in shares.items()}), strict=True):
        assert one.site == two.site
        for name in ("share", "low95", "high95", "low998", "high998"):
            assert getattr(two, name) == pytest.approx(getattr(one, name), abs=1e-9), name


@pytest.mark.parametrize("hits", [0, 30])
def test_where_nothing_varies_nobody_is_beyond(hits: int) -> None:
    groups = {name: {0: Share(hits, 30)} for name in "ab"}
    assert {one.stands for one in adjusted_funnel(groups)} == {"within"}


CHANCES = np.array([0.75, 0.6, 0.45, 0.3, 0.2])
MILD, SEVERE = np.array([0.3, 0.3, 0.2, 0.1, 0.1]), np.array([0.05, 0.1, 0.15, 0.3, 0.4])


def site(rng: np.random.Generator, mix: np.ndarray, *, of: int, extra: float = 0.0) -> dict:
    """A site with this mix; ``extra`` is added to every chance."""
    counts = rng.multinomial(of, mix)
    hits = rng.binomial(counts, np.clip(CHANCES + extra, 0, 1))
    drawn = enumerate(zip(hits.tolist(), counts.tolist(), strict=True))
    return {band: Share(h, n) for band, (h, n) in drawn if n}


def bare(groups: dict) -> dict[str, str]:
    whole = {name: sum(bands.values(), Share(0, 0)) for name, bands in groups.items()}
    return {one.site: one.stands for one in funnel(whole)}


def test_sites_that_differ_in_mix_alone_are_flagged_by_the_bare_rule_only() -> None:
    """Two hundred draws: the bare rule blames the site with the severe clients nearly always, the
    adjusted one about as often as its limits say (5% beyond the 95% limit, 0.2% beyond the other).
    """
    rng = default_rng(20)
    blamed, beyond95, beyond998 = 0, 0, 0
    for _ in range(200):
        groups = {f"mild {n}": site(rng, MILD, of=400) for n in range(5)}
        groups["severe"] = site(rng, SEVERE, of=400)
        blamed += bare(groups)["severe"].startswith("below")
        stands = {one.site: one.stands for one in adjusted_funnel(groups)}["severe"]
        beyond95 += stands != "within"
        beyond998 += stands.endswith("99.8%")
    assert blamed == 200
    assert beyond95 <= 16
    assert beyond998 <= 2


BANDS = (5, 10, 15, 20)


def inexact(rng: np.random.Generator, *, mean: float, of: int = 800) -> list[dict[int, Share]]:
    """Recovery, and reliable improvement, on PHQ-9 by band of a first score that holds noise of
    2.4 points; everybody has the same slope on average."""
    level, slope = rng.normal(mean, 4.5, of), rng.normal(-2.4, 1.6, of)
    last = level + slope * np.log(rng.integers(2, 15, of)) + rng.normal(0, 2.4, of)
    first, last = (np.clip(np.round(y), 0, 27) for y in (level + rng.normal(0, 2.4, of), last))
    band = np.searchsorted(BANDS, first, side="right")
    return [
        {b: Share(int((held & (band == b)).sum()), int((whom & (band == b)).sum()))
         for b in range(5) if (whom & (band == b)).any()}
        for whom, held in ((first >= 10, (first >= 10) & (last < 10)),
                           (first >= 0, first - last >= 6))
    ]  # fmt: skip


def test_a_first_score_with_noise_in_it_leaves_a_part_of_the_mix() -> None:
    """What adjusting cannot do, as the docs say: a site two points more severe in truth. A third of
    the gap in recovery stays, and one in improvement appears, for its first scores fall back less
    far than those of the others."""
    rng = default_rng(23)
    bare_sum, left = np.zeros(2), np.zeros(2)
    for _ in range(60):
        sites = [inexact(rng, mean=14 + 2 * (n == 0)) for n in range(6)]
        for place in (0, 1):
            groups = {str(n): one[place] for n, one in enumerate(sites)}
            whole = {name: sum(bands.values(), Share(0, 0)) for name, bands in groups.items()}
            others = sum((whole[str(n)] for n in range(1, 6)), Share(0, 0))
            bare_sum[place] += (whole["0"].value or 0) - (others.value or 0)
            left[place] += (whole["0"].hits - expected_hits(groups)["0"]) / whole["0"].of
    assert bare_sum / 60 == pytest.approx([-0.09, 0.01], abs=0.015)
    assert left / 60 == pytest.approx([-0.03, -0.025], abs=0.01)


def test_a_site_that_differs_in_truth_is_flagged_by_both() -> None:
    rng = default_rng(21)
    for _ in range(50):
        groups = {f"usual {n}": site(rng, MILD, of=400) for n in range(5)}
        groups["worse"] = site(rng, MILD, of=400, extra=-0.2)
        assert bare(groups)["worse"] == "below 99.8%"
        stands = {one.site: one.stands for one in adjusted_funnel(groups)}
        assert stands["worse"] == "below 99.8%"


def test_a_gap_weighted_by_hand() -> None:
    """Bands hold 80 and 100 of 180. a: .5 and .5; b: .5 and 1/6. Gap: 100/180 x (1/2 - 1/6)."""
    found = adjusted_gap("a", "b", groups=BY_HAND)
    assert found is not None
    assert found.difference == pytest.approx(100 / 180 / 3)


def test_with_one_band_it_is_newcombes_interval_as_printed() -> None:
    """Newcombe 1998, Table II (a), method 10: 56/70 against 48/80 is .2000 [.0524, .3339]."""
    groups = {"a": {2: Share(56, 70)}, "b": {2: Share(48, 80)}}
    found = adjusted_gap("a", "b", groups=groups)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_a_gap_of_mix_alone_vanishes_and_its_interval_holds_as_often_as_it_says() -> None:
    rng = default_rng(22)
    held, bare_sum, sum_ = 0, 0.0, 0.0
    for _ in range(600):
        groups = {"mild": site(rng, MILD, of=300), "severe": site(rng, SEVERE, of=300)}
        found = adjusted_gap("mild", "severe", groups=groups)
        assert found is not None
        whole = {name: sum(bands.values(), Share(0, 0)) for name, bands in groups.items()}
        bare_sum += (whole["mild"].value or 0) - (whole["severe"].value or 0)
        sum_ += found.difference
        held += found.low <= 0 <= found.high
    assert bare_sum / 600 > 0.15
    assert abs(sum_ / 600) < 0.01
    assert 0.94 <= held / 600 <= 0.99


def test_a_band_with_nobody_of_a_group_leaves_the_gap_unjudged() -> None:
    groups = {"a": {0: Share(5, 10)}, "b": {0: Share(5, 10), 1: Share(2, 4)}}
    assert adjusted_gap("a", "b", groups=groups) is None
