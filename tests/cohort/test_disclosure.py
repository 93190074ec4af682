"""Small cells are withheld and others rounded: what may leave."""

from collections.abc import Mapping

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from waymark.cohort.disclosure import (
    Shown,
    alone,
    broken_down,
    by_session,
    exact,
    is_small,
    never_shown,
    percent,
    rounded,
)
from waymark.cohort.measure import Share
from waymark.cohort.outcomes import Gap, Step


@pytest.mark.parametrize(
    ("hits", "of", "shown"),
    [
        (9, 100, Shown(None, None)),
        (10, 100, Shown(10, 100)),
        (12, 103, Shown(10, 105)),
        (95, 100, Shown(None, None)),  # five are left, and known by subtraction
        (100, 100, Shown(100, 100)),  # nobody is left
        (0, 100, Shown(None, None)),
        (5, 5, Shown(None, None)),
        (0, 0, Shown(None, None)),
    ],
)
def test_a_share_that_leaves(hits: int, of: int, shown: Shown) -> None:
    assert alone(Share(hits, of)) == shown


def test_ones_own_total_is_exact() -> None:
    assert exact(Share(3, 7)) == Shown(3, 7)
    assert exact(Share(3, 7)).value == pytest.approx(3 / 7)


def test_a_breakdown_withholds_each_small_group() -> None:
    found = broken_down(
        {
            "north": Share(203, 401),
            "tiny": Share(4, 31),
            "small": Share(7, 29),
            "big": Share(8, 900),
        }
    )
    assert found["north"] == Shown(205, 400)
    assert {key for key, one in found.items() if one.withheld} == {"tiny", "small", "big"}
    assert found["tiny"].value is None


def subtracted(total: Share, shown: dict[str, Shown]) -> tuple[set[str], Share]:
    """The attack: what the shown groups leave of an exact total, and whose it is. Rounding leaves
    it uncertain by two for each group that is shown."""
    known = [one for one in shown.values() if one.hits is not None and one.of is not None]
    left = Share(
        total.hits - sum(one.hits for one in known), total.of - sum(one.of for one in known)
    )
    return {key for key, one in shown.items() if one.withheld}, left


SITES = {"north": Share(200, 400), "south": Share(150, 300), "tiny": Share(4, 8)}
TOTAL = Share(354, 708)


def test_withholding_one_alone_gives_it_away() -> None:
    """The planted fault: each group looked at for itself, as it was before."""
    naive = {key: alone(share) for key, share in SITES.items()}
    assert subtracted(TOTAL, naive) == ({"tiny"}, Share(4, 8))


def test_the_next_smallest_is_withheld_with_it() -> None:
    assert subtracted(TOTAL, broken_down(SITES)) == ({"tiny", "south"}, Share(154, 308))


@given(
    st.dictionaries(
        st.sampled_from("abcdefgh"),
        st.tuples(st.integers(0, 60), st.integers(0, 60)).filter(any),
        min_size=1,
    ),
    st.sets(st.sampled_from("abcdefgh")),
)
@example({"a": (50, 50), "b": (40, 60), "c": (70, 30)}, {"a"})  # hidden elsewhere, and large here
def test_no_subtraction_leaves_one_group_or_a_small_cell(drawn: dict, hidden: set[str]) -> None:
    shares = {key: Share(hits, hits + rest) for key, (hits, rest) in drawn.items()}
    shown = broken_down(shares, hidden=hidden)
    whose = {key for key, one in shown.items() if one.withheld}
    left = sum((shares[key] for key in whose), Share(0, 0))
    assert whose >= hidden & set(shares)
    assert all(shown[key].withheld for key, share in shares.items() if is_small(share))
    assert not whose or whose == set(shares) or (len(whose) > 1 and not is_small(left))


def test_the_same_neighbor_hides_a_group_in_every_measure() -> None:
    """Two measures of the same courses: with different neighbors, each would give away the other's.

    South is the smaller by all courses, north by those that count here."""
    here = {"north": Share(60, 120), "south": Share(150, 300), "tiny": Share(4, 8)}
    hidden = never_shown([here], order=["tiny", "south", "north"])
    assert hidden == {"tiny", "south"}
    assert withheld(broken_down(here, hidden=hidden)) == {"tiny", "south"}


def withheld(shown: Mapping[str, Shown]) -> set[str]:
    return {key for key, one in shown.items() if one.withheld}


FOUR = {"tiny": 4, "south": 40, "west": 60, "north": 80}
ENDED = {key: Share(of, of) for key, of in FOUR.items()}
HALVED = {
    "tiny": Share(2, 4),
    "south": Share(20, 40),
    "west": Share(9, 60),
    "north": Share(40, 80),
}


def test_a_small_cell_elsewhere_frees_no_neighbor() -> None:
    """West's nine are withheld in one measure: south, which hides tiny, is not shown for that."""
    order = list(FOUR)
    alone_here = [broken_down(one, order=order) for one in (ENDED, HALVED)]
    assert [withheld(one) for one in alone_here] == [{"tiny", "south"}, {"tiny", "west"}]
    hidden = never_shown([ENDED, HALVED], order=order)
    together = [broken_down(one, order=order, hidden=hidden) for one in (ENDED, HALVED)]
    assert [withheld(one) for one in together] == [{"tiny", "south"}, {"tiny", "south", "west"}]


@given(st.lists(st.lists(st.integers(0, 40), min_size=5, max_size=5), min_size=1, max_size=4))
def test_no_two_measures_together_give_a_small_group_away(drawn: list[list[int]]) -> None:
    """Whatever is shown of a group in any measure is known in all that count the same people."""
    measures = [{key: Share(n, n) for key, n in zip("abcde", ns, strict=True)} for ns in drawn]
    order = sorted("abcde", key=lambda key: measures[0][key].of)
    hidden = never_shown(measures, order=order)
    for groups in measures:
        assert {key for key, one in groups.items() if 0 < one.of < 10} <= hidden
        left = sum(groups[key].of for key in hidden)
        assert not hidden or hidden == set("abcde") or (len(hidden) > 1 and not 0 < left < 10)


def test_four_thousand_small_sites_are_looked_through_at_once() -> None:
    """Steps grow with the sites, not with their square."""
    looked = 0

    class Counted(dict[str, Share]):
        def __getitem__(self, key: str) -> Share:
            nonlocal looked
            looked += 1
            return super().__getitem__(key)

    sites = Counted({f"s{n}": Share(1, 2) for n in range(4000)})
    broken_down(sites, order=list(sites))
    assert looked <= 3 * len(sites)


@pytest.mark.parametrize(("count", "shown"), [(10, 10), (12, 10), (13, 15), (1003, 1005)])
def test_rounding_to_five(count: int, shown: int) -> None:
    assert rounded(count) == shown


def test_outcomes_by_session_leave_as_rounded_counts() -> None:
    """Of 203 courses: 4 improved by session 2, which four digits would tell; 52 by session 3."""
    steps = [
        Step(1, 203, 0.0, 0.0),
        Step(2, 203, 4 / 203, 0.0),
        Step(3, 190, 52 / 203, 9 / 203),
        Step(4, 140, 52 / 203, 13 / 203),
    ]
    assert by_session(steps, of=203) == [
        Step(1, 203, 0.0, 0.0),
        Step(4, 140, 50 / 205, 15 / 205),
    ]


def test_a_gap_of_hidden_counts_is_told_in_whole_points() -> None:
    assert percent(Gap("a", "b", 0.12345, -0.0149, 0.2581)) == Gap("a", "b", 0.12, -0.01, 0.26)
