"""The tone of every template: nothing banned, nothing missing from a decline, grade eight."""

import re
from dataclasses import replace
from itertools import product

import pytest

from tests.progress.drawn import NAMES, series
from tests.progress.signals.test_signals import DRAWN
from waymark.progress.course.timeline import Timeline
from waymark.progress.signals.engine import judge
from waymark.progress.signals.scores import SIGNALS
from waymark.progress.telling.score_slots import facts_of
from waymark.progress.telling.scores import HARDER_CHIPS, REMARKS, SILENCE, is_harder, tell
from waymark.progress.telling.told import (
    BANNED,
    DIFFER,
    HELP_NOW,
    NEXT_STEP,
    REQUIRED_WHEN_HARDER,
    Audience,
    Told,
)

MORE = [
    "PHQ-9: 18 4 6 11",
    "PHQ-9: 18 4 18",
    "PHQ-9: 3 3 4",
    "PHQ-9: 25 25 26",
    "PHQ-9: 18~ 12i 11",
    "PHQ-9: 8 16",
    "PHQ-9 by session: 8 9 16",
    "Well-being: 60 90 70",
    "Well-being: 80 40",
]
ALL = DRAWN + MORE


def findings_of(drawing: str):
    return judge(Timeline((series(drawing),)))


def to_client(drawing: str) -> Told:
    return tell(findings_of(drawing), to=Audience.CLIENT, called=NAMES, risk_answer=True)


def text_of(told: Told) -> str:
    chips = " ".join(f"{chip.label}." for chip in told.chips)
    parts = (told.headline, told.detail, chips, told.next_step, told.how_we_know)
    return " ".join(part for part in parts if part)


def templates() -> list[str]:
    """Every sentence a client can read, before its braces are filled."""
    words = [signal.to_client for signal in SIGNALS.values()]
    client = [NEXT_STEP[Audience.CLIENT], HELP_NOW[Audience.CLIENT], DIFFER[Audience.CLIENT]]
    return [
        *(text for one in words for text in (one.headline, one.detail, one.chip)),
        *(text for one in words for text in one.when.values()),
        *(remark.client for remark in REMARKS.values()),
        *HARDER_CHIPS.values(),
        *client,
        text_of(SILENCE[Audience.CLIENT]),
    ]


def offences(text: str) -> list[str]:
    return [pattern for pattern in BANNED if re.search(pattern, text, re.IGNORECASE)]


def syllables(word: str) -> int:
    """Groups of vowels, less a silent e: the usual rough count."""
    word = re.sub(r"[^a-z]", "", word.lower())
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = word.endswith("e") and not word.endswith(("le", "ee")) and groups > 1
    return max(1, groups - silent)


def reading_grade(text: str) -> float:
    """Flesch-Kincaid grade (Kincaid et al. 1975); figures and names of sources left out."""
    sentences = [part for part in re.split(r"[.!?]+(?:\s|$)", text) if re.search("[a-z]", part)]
    words = re.findall(r"[A-Za-z][A-Za-z'-]*", text)
    pieces = sum(syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * pieces / len(words) - 15.59


@pytest.mark.parametrize("template", templates())
def test_no_template_says_what_is_banned(template):
    assert offences(template) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "You failed to improve.",
        "You should try harder.",
        "That is only 3 points.",
        "You do worse than others.",
        "You are off track.",
        "A streak of nine days!",
        "Congratulations, you recovered.",
        "Feeling worse is a sign of progress.",
        "You improved by 40%.",
        "You are back to normal.",
    ],
)
def test_the_watch_catches_what_it_is_for(sentence):
    assert offences(sentence)


@pytest.mark.parametrize("drawing", ALL)
def test_nothing_banned_is_ever_told(drawing):
    assert offences(text_of(to_client(drawing))) == []


@pytest.mark.parametrize(("one", "other"), list(product(DRAWN[::3], DRAWN[1::3])))
def test_nothing_banned_is_told_of_two_measures(one, other):
    timeline = Timeline((series(one), replace(series(other), instrument_id="another")))
    told = tell(judge(timeline), to=Audience.CLIENT, called={**NAMES, "another": "Worry"})
    assert offences(text_of(told)) == []


@pytest.mark.parametrize("drawing", ALL)
def test_a_client_can_read_it_at_grade_eight(drawing):
    told = to_client(drawing)
    assert reading_grade(f"{told.headline} {told.detail}") <= 8
    assert reading_grade(told.how_we_know) <= 8
    assert not told.next_step or reading_grade(told.next_step) <= 8


@pytest.mark.parametrize("template", [one for one in templates() if len(one.split()) > 6])
def test_each_template_alone_reads_at_grade_eight(template):
    assert reading_grade(re.sub(r"\{\w+\}", "six", template)) <= 8


def test_the_measure_of_reading_knows_hard_from_easy():
    assert reading_grade("The cat sat on the mat. It was warm.") < 1
    hard = "Psychometric deterioration necessitates multidisciplinary reconsideration immediately."
    assert reading_grade(hard) > 20


@pytest.mark.parametrize(
    "drawing", [drawing for drawing in ALL if is_harder(findings_of(drawing)[0])]
)
def test_every_worsening_holds_what_it_must(drawing):
    (finding,) = findings_of(drawing)
    facts = facts_of(finding, called=NAMES, person="Ben Okafor")
    told = tell([finding], to=Audience.CLIENT, called=NAMES, person="Ben Okafor")
    for name in REQUIRED_WHEN_HARDER:
        assert facts[name] in text_of(told)
    assert told.next_step


@pytest.mark.parametrize("drawing", ALL)
def test_no_brace_is_left_and_no_gap(drawing):
    for audience in Audience:
        said = text_of(tell(findings_of(drawing), to=audience, called=NAMES))
        assert not re.search(r"[{}]|  | \.|\bNone\b", said)


@pytest.mark.parametrize("drawing", ALL)
def test_no_sentence_is_told_twice(drawing):
    told = to_client(drawing)
    sentences = re.split(r"(?<=[.?])\s", f"{told.headline} {told.detail} {told.next_step}".strip())
    assert len(sentences) == len(set(sentences))
