"""The rules of scoring, one by one, on real instruments and on small made-up ones."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waymark.library.instrument import (
    Answers,
    Better,
    Cutoff,
    Instrument,
    Item,
    Method,
    Missing,
    Option,
    Scale,
)
from waymark.library.instruments import INSTRUMENTS
from waymark.library.scoring import band_of, beyond, cutoff_for, rounded, score

PHQ9 = INSTRUMENTS["phq-9"]
AUDIT_C = INSTRUMENTS["audit-c"]


ALL_NEEDED = Missing()


def tiny(*, missing: Missing = ALL_NEEDED, reverse: bool = False) -> Instrument:
    """Three items of 1 to 5 and one sum, with everything else taken from a real one."""
    options = tuple(Option(value, str(value)) for value in range(1, 6))
    items = tuple(Item(f"q{n}", f"Item {n}", options, reverse=reverse) for n in (1, 2, 3))
    scale = Scale("total", "Total", ("q1", "q2", "q3"), 3, 15, better=Better.LOWER, missing=missing)
    return Instrument(
        id="tiny",
        version=1,
        title="Tiny",
        short="Tiny",
        stem="",
        recall="",
        items=items,
        scales=(scale,),
        licence=PHQ9.licence,
        compared=None,
        default_on=False,
        sources=(),
        minutes=1,
        retake_days=1,
    )


def test_a_reversed_item_is_turned_round_about_its_own_range() -> None:
    """Rule 3: reverse = (max + min) - v; for 1 to 5 that is 6 - v."""
    scored = score(tiny(reverse=True), {"q1": 1, "q2": 2, "q3": 5}).of("total")
    assert scored.value == 5 + 4 + 1


def test_a_reversed_item_from_zero_is_turned_round_as_four_minus_it() -> None:
    """Rule 3: for 0 to 4 that is 4 - v."""
    core = INSTRUMENTS["core-10"]
    healthy = dict.fromkeys((item.id for item in core.items), 0) | {"q2": 4, "q3": 4}
    assert score(core, healthy | {"q2": 1}).of("total").value == 3


def test_one_answer_too_few_gives_no_score_and_says_why() -> None:
    """Rule 4: the policy is a field of the scale; without one, every answer is needed."""
    scored = score(tiny(), {"q1": 1, "q2": 1}).of("total")
    assert (scored.value, scored.exact, scored.band) == (None, None, None)
    assert scored.note == "No score: no answer to q3. All are needed."


def test_the_mean_of_the_others_stands_in_as_far_as_the_scale_allows() -> None:
    """Rule 4: a total made this way is marked."""
    scored = score(tiny(missing=Missing(most=1)), {"q1": 2, "q2": 3}).of("total")
    assert (scored.value, scored.exact, scored.prorated) == (8, 7.5, True)
    assert scored.note == "No answer to q3; the mean of the others stands in."


def test_beyond_what_the_scale_allows_there_is_no_score() -> None:
    scored = score(tiny(missing=Missing(most=1)), {"q1": 2}).of("total")
    assert scored.value is None
    assert scored.note == "No score: no answer to q2, q3. At most 1 can be left out."


def test_an_item_that_nothing_can_stand_in_for_leaves_no_score() -> None:
    without_q3 = Missing(most=1, never=frozenset({"q3"}))
    assert score(tiny(missing=without_q3), {"q1": 2, "q3": 2}).of("total").value == 6
    scored = score(tiny(missing=without_q3), {"q1": 2, "q2": 2}).of("total")
    assert scored.note == "No score: it cannot be given without q3."


@pytest.mark.parametrize(
    ("exact", "shown"),
    [("4.5", 5), ("5.5", 6), ("10.5", 11), ("0.5", 1), ("2.5", 3), ("4.49999", 4), ("7", 7)],
)
def test_halves_go_up(exact: str, shown: int) -> None:
    """Rule 5, trap 4: half up in decimal; Python's ``round`` makes 4.5 and 10.5 even instead."""
    assert rounded(Fraction(exact)) == shown
    assert isinstance(rounded(Fraction(exact)), int)


def test_a_mean_is_shown_to_two_decimals_half_up() -> None:
    assert rounded(Fraction("2.125"), places=2) == 2.13
    assert rounded(Fraction(29, 12), places=2) == 2.42


def test_the_band_reads_the_rounded_score_and_change_the_exact_one() -> None:
    """Rule 5: 4.5 is shown as 5 and banded as 5, and kept as 4.5 for change."""
    answers = {f"q{n}": 1 for n in (1, 2, 3, 4)} | dict.fromkeys(("q6", "q7", "q8", "q9"), 0)
    scored = score(PHQ9, answers).of("total")
    assert (scored.value, scored.exact, scored.band) == (5, 4.5, "mild")


def test_bands_leave_no_gap() -> None:
    """Rule 6: a range runs up to the low of the next one, so 2.995 and 4.305 have a band."""
    brs = INSTRUMENTS["brs"].scale("total")
    assert [band_of(brs, value) for value in (2.99, 2.995, 3, 4.3, 4.305, 4.31)] == [
        *("low", "low", "normal", "normal", "normal", "high")
    ]


def test_a_scale_without_published_bands_has_none() -> None:
    assert band_of(INSTRUMENTS["who-5"].scale("total"), 40) is None


def test_which_way_is_better_is_a_field_of_the_scale() -> None:
    """Rule 8, trap 3: these seven rise when things get better; all others fall."""
    rising = {"who-5", "scs-sf", "maas", "swls", "brs", "rosenberg"}
    assert rising == {
        instrument.id
        for instrument in INSTRUMENTS.values()
        if Better.HIGHER in {scale.better for scale in instrument.scales}
    }


@pytest.mark.parametrize(("sex", "line"), [("male", 4), ("female", 3), (None, 3), ("other", 3)])
def test_the_line_by_sex_is_the_careful_one_when_sex_is_unknown(sex: str | None, line: int) -> None:
    """Trap 11: one line for everybody is used only where it says so."""
    scored = score(AUDIT_C, {"q1": 1, "q2": 0, "q3": 0}, sex=sex).of("total")
    assert scored.cutoff is not None
    assert scored.cutoff.value == line
    said = scored.note == "Sex is not known, so the more careful line (3) is used."
    assert said is (sex not in ("male", "female"))


def test_the_careful_line_of_a_scale_that_rises_is_the_higher_one() -> None:
    lines = tuple(
        Cutoff(value, "made up", when=("sex", sex)) for value, sex in ((40, "male"), (50, "female"))
    )
    scale = Scale("x", "X", (), 0, 100, better=Better.HIGHER, cutoffs=lines)
    assert cutoff_for(scale) == lines[1]
    assert cutoff_for(scale, sex="male") == lines[0]


def test_a_scale_without_a_line_has_none() -> None:
    assert cutoff_for(INSTRUMENTS["maas"].scale("total")) is None


@pytest.mark.parametrize(
    ("id", "at", "short_of"), [("phq-9", 10, 9), ("gad-7", 8, 7), ("who-5", 50, 52)]
)
def test_a_line_counts_from_its_own_value_on(id: str, at: float, short_of: float) -> None:
    """Trap 5: at least, not more than; and for a scale that rises, at most."""
    scale = INSTRUMENTS[id].scale("total")
    assert scale.cutoff is not None
    assert beyond(scale, at, scale.cutoff)
    assert not beyond(scale, short_of, scale.cutoff)


def test_an_answer_left_over_behind_a_closed_gate_is_named_and_not_counted() -> None:
    scored = score(AUDIT_C, {"q1": 0, "q2": 3, "q3": None}, sex="male").of("total")
    assert scored.value == 0
    assert scored.note == "Not counted, as an earlier answer skips it: q2."


def test_result_finds_a_scale_by_its_id() -> None:
    result = score(INSTRUMENTS["phq-4"], {"q1": 1, "q2": 2, "q3": 0, "q4": 3})
    assert result.of("anxiety").value == 3
    assert result.of("depression").value == 3


ADDED = [
    instrument
    for instrument in INSTRUMENTS.values()
    if all(scale.method is not Method.LEVEL for scale in instrument.scales)
]


@st.composite
def answered(draw: st.DrawFn) -> tuple[Instrument, dict[str, int | None]]:
    """An instrument and some answers to it, a few left out."""
    instrument = draw(st.sampled_from(ADDED))
    return instrument, {
        item.id: draw(st.one_of(st.none(), *[st.just(value) for value in item.values * 6]))
        for item in instrument.items
    }


def plainly(instrument: Instrument, scale: Scale, answers: Answers) -> Fraction | None:
    """The plain twin: points from a table of printed positions, added one by one."""
    points, left = [], 0
    for id in scale.items:
        item = instrument.item(id)
        if item.gate and answers.get(item.gate.item) == 0:
            points.append(0)
            continue
        value = answers.get(id)
        if value is None:
            left += 1
            continue
        ladder = sorted(item.values, reverse=item.reverse)
        points.append(sorted(item.values)[ladder.index(value)])
    if left > scale.missing.most:
        return None
    mean = Fraction(sum(points), len(points))
    return mean if scale.method is Method.MEAN else mean * (len(points) + left) * scale.times


@settings(derandomize=True, deadline=None)
@given(answered())
def test_scores_agree_with_the_plain_twin_and_stay_in_range(
    drawn: tuple[Instrument, dict[str, int | None]],
) -> None:
    instrument, answers = drawn
    for scale, scored in zip(instrument.scales, score(instrument, answers).scales, strict=True):
        twin = plainly(instrument, scale, answers)
        assert (scored.exact is None) == (twin is None)
        if scored.value is not None and scored.exact is not None and twin is not None:
            assert scored.exact == pytest.approx(float(twin))
            assert scale.low <= scored.value <= scale.high
            assert abs(scored.value - scored.exact) <= 0.5


@settings(derandomize=True, deadline=None)
@given(answered())
def test_the_order_in_which_answers_arrive_does_not_matter(
    drawn: tuple[Instrument, dict[str, int | None]],
) -> None:
    instrument, answers = drawn
    assert score(instrument, answers) == score(instrument, dict(reversed(answers.items())))


@settings(derandomize=True, deadline=None)
@given(answered())
def test_no_answer_and_no_key_are_the_same(
    drawn: tuple[Instrument, dict[str, int | None]],
) -> None:
    instrument, answers = drawn
    held = {id: value for id, value in answers.items() if value is not None}
    assert score(instrument, answers) == score(instrument, held)
