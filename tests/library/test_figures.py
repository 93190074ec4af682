"""Every published figure a second time: typed from its source, one table an instrument.

Whether it is on by default and, where its recall names no time, what it is about stand there too;
and the pin of each published wording (`test_wording.py`).

A table in `figures/` is held beside the paper named at its head. It is compared with the definition
as a whole: a figure that stands in one of them alone fails, whichever it is.
"""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pytest

from tests.library.written import FIGURES, TYPED
from waymark.library.instrument import (
    Band,
    Cutoff,
    Figure,
    Gate,
    Instrument,
    Item,
    Missing,
    Option,
    Remark,
    Rung,
    Safety,
    Scale,
)
from waymark.library.instruments import INSTRUMENTS, pcl5

KNOWN = (
    "reliable_change", "reliability", "sd", "clinical_mean", "norm_mean", "norm_sd",
)  # fmt: skip


def figures_of(instrument: Instrument) -> dict[str, Any]:
    """All figures of a definition, in the form of its table."""
    items = instrument.items
    return held(
        on=instrument.default_on,
        matter=instrument.matter or None,
        every={name: getattr(instrument, name) for name in ("minutes", "retake_days", "version")},
        values={item.id: list(item.values) for item in items},
        turned=[item.id for item in items if item.reverse],
        unscored=[item.id for item in items if not item.scored],
        gates={item.id: _gate(item.gate) for item in items if item.gate},
        remarks={item.id: item.remark.at_least for item in items if item.remark},
        safety={item.id: _safety(item.safety) for item in items if item.safety},
        scales={scale.id: _scale(scale) for scale in instrument.scales},
    )


def held(**given: Any) -> dict[str, Any]:
    """What is there: an empty list or nothing is no line of a table."""
    return {name: value for name, value in given.items() if value not in (None, [], {}, False)}


def _gate(gate: Gate) -> dict[str, Any]:
    return {"item": gate.item, "opens": sorted(gate.values)}


def _safety(safety: Safety) -> dict[str, Any]:
    return held(
        at_least=safety.at_least,
        same_day=safety.same_day,
        urgent=safety.urgent,
        backup=safety.backup,
    )


def _scale(scale: Scale) -> dict[str, Any]:
    known = {name: figure for name in KNOWN if (figure := getattr(scale, name)) is not None}
    return held(
        items=" ".join(scale.items),
        range=[scale.low, scale.high],
        better=str(scale.better),
        method=str(scale.method),
        times=scale.times if scale.times != 1 else None,
        rungs=[f"{rung.level} {rung.item} {rung.at_least}" for rung in scale.rungs],
        bands=[[band.low, band.label] for band in scale.bands],
        missing=scale.missing.most or None,
        never=sorted(scale.missing.never),
        cutoffs=[[*_cutoff(cutoff)] for cutoff in scale.cutoffs],
        about=sorted(name for name, figure in known.items() if figure.about),
        **{name: figure.value for name, figure in known.items()},
    )


def _cutoff(cutoff: Cutoff) -> Iterator[Any]:
    yield from (cutoff.value, cutoff.name)
    if cutoff.when:
        yield " ".join(cutoff.when)


def spread(table: dict[str, Any]) -> dict[str, Any]:
    """A table with one line an item: several are typed together."""
    whole = {name: held for name, held in table.items() if name != "wording"}
    for part in ("values", "gates"):
        if part in table:
            whole[part] = {id: line for ids, line in table[part].items() for id in ids.split()}
    return whole


def test_the_clusters_of_the_pcl5_are_those_of_the_criteria() -> None:
    """DSM-5 by Weathers et al. 2013: B 1-5 one symptom, C 6-7 one, D 8-14 two, E 15-20 two; a
    symptom counts from "Moderately", 2, on."""
    none = dict.fromkeys((f"q{n}" for n in range(1, 21)), 1)
    least = none | dict.fromkeys(("q5", "q7", "q8", "q14", "q15", "q20"), 2)
    assert pcl5.provisional_ptsd(least) is True
    first = none | dict.fromkeys(("q1", "q6", "q13", "q9", "q16", "q19"), 2)
    assert pcl5.provisional_ptsd(first) is True
    for one in ("q5", "q7", "q8", "q14", "q15", "q20"):
        assert pcl5.provisional_ptsd(least | {one: 1}) is False, one
    moved = {"q5": "q6", "q7": "q8", "q8": "q7", "q14": "q15", "q15": "q14", "q20": "q1"}
    for one, other in moved.items():
        assert pcl5.provisional_ptsd(least | {one: 1, other: 2}) is False, (one, other)


@pytest.mark.parametrize("id", sorted(INSTRUMENTS))
def test_every_figure_is_the_one_that_was_typed_from_its_source(id: str) -> None:
    assert figures_of(INSTRUMENTS[id]) == spread(TYPED[id])


def test_every_instrument_has_a_table_and_every_table_an_instrument() -> None:
    assert set(TYPED) == set(INSTRUMENTS)


@pytest.mark.parametrize("id", sorted(TYPED))
def test_every_table_names_its_source_first(id: str) -> None:
    first = (FIGURES / f"{id}.toml").read_text().splitlines()[0]
    assert first.startswith("# ")
    assert any(sign.isdigit() for sign in first) or "Protocol" in first


WORDS = {
    Instrument: {
        "id", "title", "short", "stem", "recall", "licence", "compared", "sources",
        "loinc", "introduction", "retired",
    },
    Item: {"id", "text", "loinc"},
    Option: {"label", "loinc"},
    Scale: {"id", "title", "loinc", "note"},
    Safety: {"about"},
    Remark: {"words"},
    Figure: {"source"},
    Cutoff: {"source"},
}  # fmt: skip
"""What is no figure; all else of a definition stands in the tables."""

READ = {
    Instrument: {
        "version", "minutes", "retake_days", "items", "scales", "default_on", "matter",
    },
    Item: {"options", "reverse", "safety", "gate", "scored", "remark"},
    Option: {"value"},
    Gate: {"item", "values"},
    Safety: {"at_least", "same_day", "urgent", "backup"},
    Remark: {"at_least"},
    Band: {"low", "label"},
    Rung: {"level", "item", "at_least"},
    Missing: {"most", "never"},
    Figure: {"value", "about"},
    Cutoff: {"value", "name", "when"},
    Scale: {
        "items", "low", "high", "better", "method", "times", "rungs", "bands", "missing", "cutoffs",
        *KNOWN,
    },
}  # fmt: skip


@pytest.mark.parametrize("kind", READ, ids=lambda kind: kind.__name__)
def test_no_figure_of_a_definition_is_left_out_of_the_tables(kind: type) -> None:
    """A new column of a definition is read here, or named as words."""
    assert {one.name for one in fields(kind)} == READ[kind] | WORDS.get(kind, set())
