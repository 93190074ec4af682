"""Courses drawn as text: ``PHQ-9: 18 17 16 9 8 | reliable improvement``.

Scores stand two weeks apart from June 2, 2026; a dot is an occasion without an answer. A score
with ``~`` is prorated, one with ``i`` is imported. ``every 7 days`` after the name changes the
step, ``by session`` numbers the scores instead.
"""

import re
from datetime import date, timedelta

from waymark.library.instrument import Better, Cutoff, Figure, Scale
from waymark.progress.course.timeline import Point, Series, Source

START = date(2026, 6, 2)

SCALES = {
    "PHQ-9": Scale(
        id="total",
        title="PHQ-9",
        items=(),
        low=0,
        high=27,
        better=Better.LOWER,
        cutoffs=(Cutoff(10, "a test"),),
        reliable_change=Figure(6, "a test"),
        reliability=Figure(0.84, "a test"),
        sd=Figure(5.5, "a test"),
    ),
    # S_diff = 10 x sqrt(2) x sqrt(1 - .9) = 4.472; a move counts beyond 8.765.
    "Well-being": Scale(
        id="total",
        title="Well-being",
        items=(),
        low=0,
        high=100,
        better=Better.HIGHER,
        cutoffs=(Cutoff(50, "a test"),),
        reliability=Figure(0.9, "a test"),
        sd=Figure(10, "a test"),
    ),
    "Distress": Scale(
        id="total",
        title="Distress",
        items=(),
        low=0,
        high=24,
        better=Better.LOWER,
        cutoffs=(Cutoff(13, "a test"),),
    ),
}

NAMES = {"PHQ-9": "Low mood", "Well-being": "Well-being", "Distress": "Distress"}


def series(drawing: str) -> Series:
    """The series of one drawn line, without what stands after the bar."""
    head, scores = drawing.partition("|")[0].split(":")
    name = head.split(" every ")[0].split(" by ")[0].strip()
    step = re.search(r"every (\d+) days", head)
    days = int(step[1]) if step else 14
    sessions = "by session" in head
    points = tuple(
        point(text, at=place + 1 if sessions else START + timedelta(days=days * place))
        for place, text in enumerate(scores.split())
        if text != "."
    )
    return Series(name, SCALES[name], points)


def point(text: str, *, at: date | int) -> Point:
    prorated, imported = "~" in text, "i" in text
    value = float(text.strip("~i"))
    source = Source.IMPORTED if imported else Source.SELF
    return Point(at, value, prorated=prorated, source=source)


def expected(drawing: str) -> str:
    """The id of the signal that a drawn line names."""
    return drawing.partition("|")[2].strip().replace(" ", "-")
