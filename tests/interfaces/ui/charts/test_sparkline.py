"""A course within a line of text."""

from xml.etree import ElementTree as ET

import pytest

from waymark.interfaces.ui.charts.sparkline import sparkline_svg


def spark(*values: float | None, **more) -> ET.Element:
    known = {"title": "Five answers, 18 to 7", "low": 0, "high": 27, **more}
    return ET.fromstring(sparkline_svg(values, **known))  # noqa: S314 -- our own markup


def part(root: ET.Element, kind: str) -> ET.Element | None:
    return next((found for found in root if found.get("class") == kind), None)


def test_it_is_an_image_with_words():
    root = spark(18, 12, 7)
    assert (root.get("role"), root.get("aria-label")) == ("img", "Five answers, 18 to 7")
    assert root.get("viewBox") == "0 0 120 32"


def test_the_last_answer_is_a_dot():
    end = part(spark(18, 12, 7), "end")
    assert float(end.get("cx")) == 116
    assert float(end.get("cy")) == pytest.approx(28 - 7 / 27 * 24, abs=0.1)


def test_the_last_answer_is_a_dot_where_it_was_given():
    assert float(part(spark(18, 7, None), "end").get("cx")) == 60


@pytest.mark.parametrize("values", [(18, 12, 7), (0, 27), (27, 0), (7,)])
def test_its_value_stands_beside_it_whole(values: tuple[float, ...]):
    root = spark(*values, last=str(values[-1]))
    end, text = part(root, "end"), part(root, "last")
    assert text.text == str(values[-1])
    assert 0 < float(text.get("x")) - float(end.get("cx")) < 10
    assert float(text.get("x")) + 8.5 * len(text.text) <= 120
    assert abs(float(text.get("y")) - 5 - float(end.get("cy"))) <= 9
    assert 12 <= float(text.get("y")) <= 32


def test_a_missing_answer_breaks_the_line():
    assert part(spark(18, 12, None, 9, 7), "trend").get("d").count("M") == 2
    assert part(spark(18, None, 7), "trend") is None


def test_the_band_lies_behind_the_line():
    root = spark(18, 12, band=(12, 24))
    assert [found.get("class") for found in root] == ["band", "trend", "end"]
    assert float(root[0].get("height")) == pytest.approx(12 / 27 * 24, abs=0.1)


@pytest.mark.parametrize("values", [(), (None,), (5,), (5, 5)])
def test_little_or_nothing_is_drawn_without_a_fuss(values):
    assert spark(*values).get("class") == "spark"


def test_its_words_are_escaped():
    assert "<b>" not in sparkline_svg([1, 2], title='"<b>', low=0, high=3)
