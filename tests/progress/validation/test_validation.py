"""What a validation gives: pooling over seeds, targets, reasons, and people without promises."""

import pytest

from waymark.progress.validation.reporting import share_of, without_targets
from waymark.progress.validation.validation import (
    Aim,
    Target,
    Validation,
    ValidationFigure,
    together,
    wilson,
)
from waymark.progress.validation.validations import VALIDATIONS


def test_seeds_are_counted_together() -> None:
    """3 of 10 and 5 of 30 are 8 of 40; plain values are averaged."""
    target = Target(Aim.AT_MOST, 0.1)
    both = together(
        [ValidationFigure("a", 3, 10, target, 0.2), ValidationFigure("a", 5, 30, target, 0.4)]
    )
    assert (both.hits, both.of, both.target) == (8, 40, target)
    assert both.simple == pytest.approx(0.3)
    assert both.interval == wilson(8, 40)
    plain = together([ValidationFigure("b", 1.0, None), ValidationFigure("b", 2.0, None)])
    assert (plain.hits, plain.of, plain.simple) == (1.5, None, None)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(0, 10, 0.0, 0.2775), (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605)],
)
def test_wilsons_interval_is_that_of_newcombe(hits, of, low, high) -> None:
    """Newcombe 1998, Stat Med 17:857, table I, without continuity correction."""
    assert wilson(hits, of) == pytest.approx((low, high), abs=1e-4)


def test_a_missed_target_has_a_reason_and_a_met_one_none() -> None:
    validation = Validation("x", "X", "nobody", lambda *_: (), 10, whys={"a": "it is hard"})
    missed = share_of("a", [True] * 5 + [False] * 5, Target(Aim.AT_LEAST, 0.95))
    assert validation.why(missed) == "it is hard"
    assert validation.why(share_of("a", [True] * 10, Target(Aim.AT_LEAST, 0.5))) == ""
    assert "do not know" in validation.why(share_of("b", [False] * 9, missed.target))


def test_people_without_promises_have_no_targets() -> None:
    (bare,) = without_targets(
        [ValidationFigure("a", 1, 2, Target(Aim.AT_MOST, 0.1), published=".3")]
    )
    assert (bare.target, bare.published, bare.hits) == (None, "", 1)


@pytest.mark.parametrize("id", [id for id in VALIDATIONS if id.endswith("-irregular")])
def test_irregular_people_are_judged_without_targets(id: str) -> None:
    figures = VALIDATIONS[id].run(5, 96)
    assert figures
    assert all(one.target is None for one in figures)


@pytest.mark.parametrize("validation", VALIDATIONS.values(), ids=lambda one: one.id)
def test_every_reason_belongs_to_a_figure(validation: Validation) -> None:
    if validation.whys:
        names = {one.name for one in validation.run(5, 96)}
        assert set(validation.whys) <= names
