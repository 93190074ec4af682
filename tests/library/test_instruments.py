"""Every definition on the shelf is sound: ranges, lines, sources, licences, codes."""

import itertools
import re

import pytest

from waymark.library.instrument import Better, Figure, Instrument, Method, Scale
from waymark.library.instruments import INSTRUMENTS
from waymark.library.licence import LOINC_NOTICE

ALL = [pytest.param(instrument, id=id) for id, instrument in INSTRUMENTS.items()]
SCALES = [
    pytest.param(instrument, scale, id=f"{id} {scale.id}")
    for id, instrument in INSTRUMENTS.items()
    for scale in instrument.scales
]


def test_an_id_is_the_one_that_the_shelf_knows() -> None:
    assert all(id == instrument.id for id, instrument in INSTRUMENTS.items())


@pytest.mark.parametrize("instrument", ALL)
def test_whose_words_these_are_is_told(instrument: Instrument) -> None:
    licence = instrument.licence
    assert all((licence.id, licence.holder, licence.attribution, licence.conditions))
    assert instrument.sources
    assert all(instrument.sources)


@pytest.mark.parametrize("instrument", ALL)
def test_an_instrument_that_is_on_names_what_its_wording_was_compared_with(
    instrument: Instrument,
) -> None:
    compared = instrument.compared
    assert compared is not None or not instrument.default_on
    assert compared is None or (compared.source and compared.at)


@pytest.mark.parametrize("instrument", ALL)
def test_a_repository_is_named_with_its_commit_and_path(instrument: Instrument) -> None:
    compared = instrument.compared
    assert compared is not None
    named = re.fullmatch(r"[\w.-]+/[\w.-]+", compared.source)
    dated = re.search(r"\d{4}-\d{2}-\d{2}$", compared.at)
    assert bool(named and re.search(r"[0-9a-f]{40}.* \S+", compared.at)) or bool(dated)


@pytest.mark.parametrize("instrument", ALL)
def test_items_are_numbered_in_printed_order(instrument: Instrument) -> None:
    numbers = [item.id.removeprefix("q").removesuffix("b") for item in instrument.items]
    assert [int(number) for number in numbers] == sorted(int(number) for number in numbers)
    assert len({item.id for item in instrument.items}) == len(instrument.items)


@pytest.mark.parametrize("instrument", ALL)
def test_every_item_has_words_and_different_answers(instrument: Instrument) -> None:
    for item in instrument.items:
        assert item.text.strip() == item.text != ""
        assert len(set(item.values)) == len(item.values) >= 2
        assert len({option.label for option in item.options}) == len(item.options)
        assert item.label_of(item.values[0]) == item.options[0].label


@pytest.mark.parametrize("instrument", ALL)
def test_gates_hang_on_items_that_come_before(instrument: Instrument) -> None:
    ids = [item.id for item in instrument.items]
    for item in instrument.items:
        if item.gate:
            assert ids.index(item.gate.item) < ids.index(item.id)
            assert item.gate.values < set(instrument.item(item.gate.item).values)


@pytest.mark.parametrize(("instrument", "scale"), SCALES)
def test_the_stated_range_is_the_one_the_answers_give(instrument: Instrument, scale: Scale) -> None:
    if scale.method is Method.LEVEL:
        assert (scale.low, scale.high) == (0, max(rung.level for rung in scale.rungs))
        return
    items = [instrument.item(id) for id in scale.items]
    low, high = sum(min(item.values) for item in items), sum(max(item.values) for item in items)
    by = len(items) if scale.method is Method.MEAN else 1
    assert (scale.low, scale.high) == (low * scale.times / by, high * scale.times / by)


@pytest.mark.parametrize(("instrument", "scale"), SCALES)
def test_a_scale_reads_scored_items_of_its_own_instrument(
    instrument: Instrument, scale: Scale
) -> None:
    scored = {item.id for item in instrument.scored_items}
    assert set(scale.items) <= scored
    assert {rung.item for rung in scale.rungs} <= set(scale.items)
    assert instrument.scale(scale.id) is scale


@pytest.mark.parametrize("instrument", ALL)
def test_every_scored_item_is_read_by_some_scale(instrument: Instrument) -> None:
    read = set(itertools.chain.from_iterable(scale.items for scale in instrument.scales))
    assert read == {item.id for item in instrument.scored_items}


@pytest.mark.parametrize(("instrument", "scale"), SCALES)
def test_bands_climb_from_the_bottom_of_the_range(instrument: Instrument, scale: Scale) -> None:
    lows = [band.low for band in scale.bands]
    assert lows == sorted(set(lows))
    assert not lows or (lows[0] == scale.low and lows[-1] <= scale.high)


@pytest.mark.parametrize(("instrument", "scale"), SCALES)
def test_lines_and_changes_lie_inside_the_range(instrument: Instrument, scale: Scale) -> None:
    assert all(scale.low < cut.value <= scale.high for cut in scale.cutoffs)
    assert len({(cut.name, cut.when) for cut in scale.cutoffs}) == len(scale.cutoffs)
    if scale.reliable_change:
        assert 0 < scale.reliable_change.value < scale.high - scale.low


@pytest.mark.parametrize(("instrument", "scale"), SCALES)
def test_fewer_answers_may_be_missing_than_there_are(instrument: Instrument, scale: Scale) -> None:
    assert scale.missing.most < len(scale.items) / 2
    assert scale.missing.never <= set(scale.items)


@pytest.mark.parametrize(("instrument", "scale"), SCALES)
def test_every_figure_names_its_source_and_says_when_it_was_not_re_read(
    instrument: Instrument, scale: Scale
) -> None:
    held = [getattr(scale, name) for name in Scale.__dataclass_fields__]
    for figure in [value for value in held if isinstance(value, Figure)]:
        assert figure.source
        assert ("not re-read" in figure.source) <= figure.about
    assert all(cut.source for cut in scale.cutoffs)


def test_the_published_thresholds_come_first() -> None:
    """Decision 30: PHQ-9 6 and 10, GAD-7 4 and 8, PCL-5 10 and 32; the other lines stay, named."""
    named = {
        id: (
            scale.reliable_change and scale.reliable_change.value,
            [c.value for c in scale.cutoffs],
        )
        for id in ("phq-9", "gad-7", "pcl-5")
        if (scale := INSTRUMENTS[id].scale("total"))
    }
    assert named == {"phq-9": (6, [10]), "gad-7": (4, [8, 10]), "pcl-5": (10, [32, 33])}
    assert [cut.name for cut in INSTRUMENTS["gad-7"].scale("total").cutoffs] == ["NHS", "case"]


def test_one_scale_is_called_total_and_the_screener_has_a_level() -> None:
    alone = {id: [s.id for s in INSTRUMENTS[id].scales] for id in INSTRUMENTS}
    assert alone.pop("c-ssrs") == ["level"]
    assert alone.pop("phq-4") == ["total", "anxiety", "depression"]
    assert set(map(tuple, alone.values())) == {("total",)}


@pytest.mark.parametrize("instrument", ALL)
def test_codes_have_a_right_check_digit(instrument: Instrument) -> None:
    codes = [instrument.loinc, *(scale.loinc for scale in instrument.scales)]
    codes += [item.loinc for item in instrument.items]
    for code in filter(None, codes):
        digits, check = code.split("-")
        assert luhn(digits) == int(check), code


def test_answer_codes_are_those_of_the_list_the_phq_and_gad_share() -> None:
    phq9, gad7 = INSTRUMENTS["phq-9"], INSTRUMENTS["gad-7"]
    shared = ["LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9"]
    assert [option.loinc for option in phq9.item("q1").options] == shared
    assert [option.loinc for option in gad7.item("q1").options] == shared
    # LOINC's item on control of worry has an answer of its own; the printed words stay.
    worry = gad7.item("q2").options[2]
    assert (worry.loinc, worry.label) == ("LA18938-3", "More than half the days")


def test_the_loinc_notice_names_its_licence() -> None:
    assert "http://loinc.org/license" in LOINC_NOTICE
    assert "Regenstrief Institute" in LOINC_NOTICE


@pytest.mark.parametrize(("instrument", "scale"), SCALES)
def test_which_way_is_better_is_stated(instrument: Instrument, scale: Scale) -> None:
    assert isinstance(scale.better, Better)


def luhn(digits: str) -> int:
    """The check digit of a LOINC code: every second digit from the right is doubled."""
    doubled = [
        sum(divmod(int(digit) * 2, 10)) if place % 2 == 0 else int(digit)
        for place, digit in enumerate(reversed(digits))
    ]
    return -sum(doubled) % 10
