"""Rosenberg Self-Esteem Scale: ten statements about oneself (Rosenberg 1965)."""

from waymark.library.instrument import (
    Better,
    Compared,
    Instrument,
    Item,
    Licence,
    Option,
    Scale,
)

OPTIONS = (
    Option(3, "Strongly Agree"),
    Option(2, "Agree"),
    Option(1, "Disagree"),
    Option(0, "Strongly Disagree"),
)

# The order of 1965. Another order circulates (starting "On the whole"), and turns round items
# 2, 5, 6, 8 and 9: the list of reversed items belongs to the order it stands beside.
WORDS = (
    "I feel that I'm a person of worth, at least on an equal plane with others.",
    "I feel that I have a number of good qualities.",
    "All in all, I am inclined to feel that I am a failure.",
    "I am able to do things as well as most other people.",
    "I feel I do not have much to be proud of.",
    "I take a positive attitude toward myself.",
    "On the whole, I am satisfied with myself.",
    "I wish I could have more respect for myself.",
    "I certainly feel useless at times.",
    "At times I think I am no good at all.",
)
REVERSED = {3, 5, 8, 9, 10}

ITEMS = tuple(
    Item(f"q{n}", words, OPTIONS, reverse=n in REVERSED) for n, words in enumerate(WORDS, start=1)
)

ROSENBERG = Instrument(
    id="rosenberg",
    version=1,
    title="Rosenberg Self-Esteem Scale",
    short="How you see yourself",
    stem="Please indicate how strongly you agree or disagree with each statement.",
    recall="in general",
    matter="how you see yourself",
    items=ITEMS,
    scales=(
        Scale(
            id="total",
            title="Rosenberg total",
            items=tuple(item.id for item in ITEMS),
            low=0,
            high=30,
            better=Better.HIGHER,
            note="There are no discrete cut-off points and no ranges. Every answer is needed.",
        ),
    ),
    licence=Licence(
        id="rosenberg-umd",
        holder="The Morris Rosenberg Foundation, c/o University of Maryland",
        attribution=(
            "Rosenberg, M. (1965). Society and the adolescent self-image. Princeton, NJ: Princeton "
            "University Press."
        ),
        conditions=(
            "The university's text covers educational and professional research; a later notice on "
            "its site is said to put the scale in the public domain. Check it before turning this "
            "on."
        ),
        commercial_ok=False,
    ),
    compared=Compared(
        source="PhenX Toolkit, protocol 180901, Self-esteem",
        at="https://phenx.org/protocols/view/180901, 2026-11-22",
        note=(
            "Items, order, answers, values and reversed items agree. Introduction and stem as on "
            "canvas.ucsc.edu, course 38108, read the same day."
        ),
    ),
    default_on=False,
    sources=("Rosenberg M (1965). Society and the adolescent self-image.",),
    minutes=2,
    retake_days=90,
    introduction=(
        "Below is a list of statements dealing with your general feelings about yourself."
    ),
)
