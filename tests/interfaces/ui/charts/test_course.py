"""The picture of a course: its marks, its gaps, its words, and a markup that keeps the policy."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from math import inf
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.progress.drawn import SCALES, START, series
from waymark.interfaces.ui.charts.course import Labels, course_svg
from waymark.interfaces.ui.charts.projection import Reach
from waymark.library.instrument import Better
from waymark.progress.course.evidence import band
from waymark.progress.course.timeline import Point, Series


def picture(drawn: Series, **more) -> ET.Element:
    return ET.fromstring(markup(drawn, **more))  # noqa: S314 -- our own markup


def markup(drawn: Series, **more) -> str:
    scale = drawn.scale
    known = {
        "key": "one",
        "title": "Low mood",
        "desc": "Five answers, from 18 to 7.",
        "low": scale.low,
        "high": scale.high,
        "better": scale.better,
        "band": band(drawn),
        "cutoff": scale.cutoff.value,
    }
    return course_svg(drawn.points, **{**known, **more})


def marks(root: ET.Element, kind: str) -> list[ET.Element]:
    return [found for found in root.iter() if kind in found.get("class", "").split()]


def texts(root: ET.Element) -> list[str]:
    return [found.text for found in root.iter("text")]


def heights(drawing: str) -> list[float]:
    return [float(mark.get("cy")) for mark in marks(picture(series(drawing)), "point")]


def test_it_is_one_image_with_a_title_and_a_description():
    root = picture(series("PHQ-9: 18 12 7"))
    assert root.get("role") == "img"
    assert root.get("viewBox") == "0 0 760 330"
    names = {found.get("id"): found.text for found in root if found.get("id")}
    assert [names[id] for id in root.get("aria-labelledby").split()] == [
        "Low mood",
        "Five answers, from 18 to 7.",
    ]


def test_a_higher_score_stands_higher_whichever_way_is_better():
    high, low = heights("PHQ-9: 18 7")
    assert high < low
    high, low = heights("Well-being: 80 20")
    assert high < low


def test_the_word_better_stands_at_the_better_end():
    (lower,) = [t for t in picture(series("PHQ-9: 18 7")).iter("text") if t.text == "↓ better"]
    (higher,) = [
        t for t in picture(series("Well-being: 18 7")).iter("text") if t.text == "↑ better"
    ]
    assert float(lower.get("y")) > 250
    assert float(higher.get("y")) < 60


def test_answers_prorated_scores_and_imported_totals_have_marks_of_their_own():
    root = picture(series("PHQ-9: 18i 17~ 12 9"))
    assert [mark.tag for mark in marks(root, "point")] == ["rect", "circle", "circle", "circle"]
    assert len(marks(root, "prorated")) == 1
    assert len(marks(root, "imported")) == 1
    (hearts,) = marks(root, "hearts")
    assert hearts.get("d").count("M") == 2  # the prorated one is hollow, the last one full


def test_a_prorated_last_score_stays_hollow():
    assert marks(picture(series("PHQ-9: 18 9")), "last")
    assert not marks(picture(series("PHQ-9: 18 9~")), "last")


@pytest.mark.parametrize(
    ("drawing", "stretches"),
    [
        ("PHQ-9: 18 17 16 9 8", 1),
        ("PHQ-9: 18 17 . 9 8", 1),  # one answer missed
        ("PHQ-9: 18 17 . . 9 8", 2),
        ("PHQ-9: 18 17 . . 9 . . 8 8", 2),  # an answer alone is a mark without a line
        ("PHQ-9 every 7 days: 18 17 . . 9 8", 1),  # three weeks
        ("PHQ-9 every 7 days: 18 17 . . . 9 8", 2),
        ("PHQ-9 every 60 days: 18 17 9 8", 1),
        ("PHQ-9 by session: 18 17 . 9 8", 1),
        ("PHQ-9 by session: 18 17 . . 9 8", 2),
    ],
)
def test_the_line_is_broken_over_gaps(drawing, stretches):
    (line,) = marks(picture(series(drawing)), "trend")
    assert line.get("d").count("M") == stretches


def test_one_answer_is_a_mark_in_the_middle_without_a_line():
    root = picture(series("PHQ-9: 18"))
    assert not marks(root, "trend")
    (mark,) = marks(root, "point")
    assert float(mark.get("cx")) == pytest.approx((44 + 744) / 2)
    assert "Jun 2" in texts(root)


def test_prorated_scores_alone_leave_no_heart():
    assert not marks(picture(series("PHQ-9: 18~ 12~")), "hearts")


def test_no_answer_is_an_empty_picture():
    root = picture(series("PHQ-9:"))
    assert not marks(root, "point")
    assert "27" in texts(root)


def test_the_band_and_the_case_line_lie_where_they_should():
    root = picture(series("PHQ-9: 18 12 7"), height=330)
    (usual,) = marks(root, "usual")
    (line,) = marks(root, "threshold")
    pixels = (330 - 34 - 14) / 27
    assert float(usual.get("height")) == pytest.approx(12 * pixels, abs=0.1)
    assert float(usual.get("y")) == pytest.approx(14 + 3 * pixels, abs=0.1)
    height = float(re.match(r"M44 ([\d.]+)H744", line.get("d"))[1])
    assert height == pytest.approx(14 + 17 * pixels, abs=0.1)


def test_the_side_of_the_case_line_that_is_better_is_shaded():
    (side,) = marks(picture(series("PHQ-9: 18 7")), "band")
    assert float(side.get("y")) + float(side.get("height")) == pytest.approx(296, abs=0.1)
    (side,) = marks(picture(series("Well-being: 40 60")), "band")
    assert float(side.get("y")) == 14


def test_without_band_or_line_nothing_is_drawn_for_them():
    root = picture(series("Distress: 18 7"), cutoff=None)
    assert not marks(root, "usual") + marks(root, "threshold") + marks(root, "band-label")[1:]


CROWDED = [
    "PHQ-9: 22 24 20 22",
    "PHQ-9: 2 1 0 1 0 2",
    "PHQ-9: 9 12 16 20",
    "Well-being: 90 95 99 80",
    "Well-being: 40 45 60",
    "PHQ-9 every 7 days: 18 17 16 9 8 3 1",
    "PHQ-9: 3 1 1 1 1 1 1 1 1 1 1 1 1",  # all along the foot
    "Well-being: 98 97 97 97 97 97 97 97 97 97 97 97",
    "PHQ-9: 18 23 23 23 23 23 22 22 22 22 22 22",
]


@pytest.mark.parametrize("width", [350, 760])
@pytest.mark.parametrize("drawing", CROWDED)
def test_words_find_room_beside_the_line(drawing, width):
    """Each mark's middle lies outside every label's box, reckoned here at six pixels a letter."""
    root = picture(series(drawing), width=width, labels=Labels(band="Start", cutoff="Under 10"))
    for label in marks(root, "band-label"):
        x, y, long = float(label.get("x")), float(label.get("y")), 6 * len(label.text)
        left = x - long if label.get("text-anchor") == "end" else x
        for mark in marks(root, "point"):
            inside = left <= float(mark.get("cx")) <= left + long
            assert not (inside and y - 11 <= float(mark.get("cy")) <= y + 3)


@pytest.mark.parametrize("width", [350, 760])
@pytest.mark.parametrize(
    "drawing", ["PHQ-9: 18 17 16 9 8 3 4 5", "PHQ-9: 18 17 19 18 20", "PHQ-9: 12 9 8 9"]
)
def test_words_find_room_beside_the_expected_course(drawing, width):
    """Its ends run from the first score to 1 point, along the foot, and to 19."""
    drawn = series(drawing)
    first, *later = drawn.points
    reach = [Reach(first.at, first.value - 1, first.value + 1)]
    reach += [Reach(one.at, 1, 19) for one in later]
    root = picture(
        drawn, width=width, reach=reach, labels=Labels(band="Start", cutoff="Under 10", better="b")
    )
    ends = [end for edge in marks(root, "reach-edge") for end in _along(edge.get("d"))]
    assert len(ends) > 100
    for label in marks(root, "band-label"):
        x, y, long = float(label.get("x")), float(label.get("y")), 6 * len(label.text)
        left = x - long if label.get("text-anchor") == "end" else x
        for at, height in ends:
            assert not (left <= at <= left + long and y - 9 <= height <= y + 2), label.text


def _along(path: str) -> list[tuple[float, float]]:
    """Places along a path of straight lines, a few pixels apart."""
    spots = [tuple(map(float, one.split())) for one in path.removeprefix("M").split("L")]
    return [
        (x1 + (x2 - x1) * step / 99, y1 + (y2 - y1) * step / 99)
        for (x1, y1), (x2, y2) in pairwise(spots)
        for step in range(100)
    ]


def test_words_that_find_no_room_are_still_said():
    crowded = series("PHQ-9 every 1 days: " + "0 1 2 3 4 5 6 7 8 9 10 5 0 9 " * 6)
    assert marks(picture(crowded, width=350), "band-label")


def test_labels_can_be_said_in_other_words_or_left_out():
    labels = Labels(band="Start", cutoff="Under 10", better="")
    found = texts(picture(series("PHQ-9: 18 7"), labels=labels))
    assert {"Start", "Under 10"} <= set(found)
    assert not any("better" in text for text in found)
    bare = picture(series("PHQ-9: 18 7"), labels=Labels(band="", cutoff="", better=""))
    assert not marks(bare, "band-label")


@pytest.mark.parametrize(
    ("drawing", "labels"),
    [
        ("PHQ-9 every 30 days: 18 12 9 8", ["Jun", "Jul", "Aug"]),
        ("PHQ-9: 18 9", ["Jun 2", "Jun 16"]),
        ("PHQ-9 by session: 18 12 9", ["1", "2", "3"]),
        ("PHQ-9 every 80 days: 18 12 9 8", ["Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
                                            "Jan 2027"]),
    ],
)  # fmt: skip
def test_the_foot_says_months_days_or_sessions(drawing, labels):
    found = texts(picture(series(drawing)))
    start = found.index("27") + 1
    assert found[start:] == labels


def test_moments_of_one_day_stand_apart():
    moments = [datetime(2026, 6, 2, hour, tzinfo=UTC) for hour in (9, 21)]
    drawn = Series("PHQ-9", SCALES["PHQ-9"], tuple(Point(at, 9) for at in moments))
    places = [float(mark.get("cx")) for mark in marks(picture(drawn), "point")]
    assert places == [44, 744]


def test_a_phone_gets_fewer_labels():
    drawn = series("PHQ-9 every 60 days: 18 12 9 8 7 6")
    wide, narrow = texts(picture(drawn)), texts(picture(drawn, width=350))
    assert len(narrow) < len(wide)


@pytest.mark.parametrize("drawing", ["PHQ-9: 18 7", "PHQ-9: 7 27", "PHQ-9: 7 0", "PHQ-9: 11.5"])
@pytest.mark.parametrize("width", [760, 350])
def test_the_last_value_stands_at_the_last_dot_and_inside_the_picture(drawing: str, width: int):
    root = picture(series(drawing), width=width)
    (value,) = marks(root, "last-value")
    dot = marks(root, "last")[0]
    assert value.text == drawing.split()[-1]
    across = float(value.get("x")) - float(dot.get("cx"))
    down = float(value.get("y")) - float(dot.get("cy"))
    assert abs(across) <= 12
    assert abs(down) <= 22
    assert 8 <= float(value.get("y")) <= 330
    assert float(value.get("x")) + (0 if value.get("text-anchor") == "end" else 8) <= width


def test_round_numbers_stand_up_the_side():
    side = next(iter(marks(picture(series("PHQ-9: 18 7")), "axis")))
    assert [found.text for found in side.iter("text")] == ["0", "5", "10", "15", "20", "27"]


def test_a_scale_without_ends_is_drawn_as_far_as_its_scores():
    drawn = series("PHQ-9: 18 12 7")
    endless = replace(drawn, scale=replace(drawn.scale, low=-inf, high=inf))
    root = picture(endless)
    assert "24" in texts(root)  # the upper edge of the band
    same = replace(endless, given=(Point(START, 5),))
    assert marks(picture(same, band=None, cutoff=None), "point")


def test_a_walkable_picture_is_a_group_whose_points_speak():
    root = picture(series("PHQ-9: 18i 17~ 9"), walkable=True)
    assert root.get("role") == "group"
    items = [found for found in root.iter() if found.get("role") == "listitem"]
    assert [item.get("aria-label") for item in items] == [
        "18 on June 2, from earlier records",
        "17 on June 16, worked out from a form with gaps",
        "9 on June 30",
    ]
    assert [item.get("tabindex") for item in items] == ["-1", "-1", "0"]


def test_whatever_is_said_is_escaped():
    evil = '"><script>alert(1)</script>'
    labels = Labels(band=evil, cutoff=evil, better=evil)
    text = markup(series("PHQ-9: 18 7"), title=evil, desc=evil, labels=labels)
    assert "<script" not in text
    assert evil in texts(ET.fromstring(text))  # noqa: S314 -- our own markup


def test_ids_are_made_of_the_key():
    one, two = markup(series("PHQ-9: 18 7"), key="a"), markup(series("PHQ-9: 18 7"), key="b")
    found = [set(re.findall(r'\bid="([^"]+)"', text)) for text in (one, two)]
    assert found[0]
    assert not found[0] & found[1]


@settings(derandomize=True, deadline=None, max_examples=150)
@given(
    st.lists(st.tuples(st.integers(0, 900), st.floats(-50, 150)), max_size=30),
    st.sampled_from(list(SCALES.values())),
    st.sampled_from([350, 760]),
    st.booleans(),
)
def test_every_picture_keeps_the_policy_and_its_frame(points, scale, width, walkable):
    drawn = Series("x", scale, tuple(Point(START.replace(day=1 + day % 28), value)
                                     for day, value in points))  # fmt: skip
    text = markup(drawn, width=width, walkable=walkable)
    assert not re.search(r"\sstyle=|<script|\son\w+=|https?:", text)
    assert "nan" not in text
    assert "inf" not in text
    for mark in marks(ET.fromstring(text), "point"):  # noqa: S314 -- our own markup
        assert 0 <= float(mark.get("cx")) <= width
        assert 0 <= float(mark.get("cy")) <= 330


def test_better_is_only_a_matter_of_words_and_ground():
    drawn = series("PHQ-9: 18 7")
    lower = marks(picture(drawn), "point")
    higher = marks(picture(drawn, better=Better.HIGHER), "point")
    assert [mark.attrib for mark in lower] == [mark.attrib for mark in higher]
