"""K10: ten questions on distress over four weeks, in the Australian form (Kessler et al. 2002)."""

from waymark.library.instrument import (
    Band,
    Better,
    Compared,
    Cutoff,
    Instrument,
    Item,
    Option,
    Scale,
)
from waymark.library.licence import KESSLER

OPTIONS = (
    Option(1, "None of the time"),
    Option(2, "A little of the time"),
    Option(3, "Some of the time"),
    Option(4, "Most of the time"),
    Option(5, "All of the time"),
)

# The Australian wording and order: "so sad" comes after "an effort". The other form has
# "so depressed" right after "depressed"; the two are not mixed.
WORDS = (
    "In the past 4 weeks, about how often did you feel tired out for no good reason?",
    "In the past 4 weeks, about how often did you feel nervous?",
    "In the past 4 weeks, about how often did you feel so nervous that nothing could calm you "
    "down?",
    "In the past 4 weeks, about how often did you feel hopeless?",
    "In the past 4 weeks, about how often did you feel restless or fidgety?",
    "In the past 4 weeks, about how often did you feel so restless you could not sit still?",
    "In the past 4 weeks, about how often did you feel depressed?",
    "In the past 4 weeks, about how often did you feel that everything was an effort?",
    "In the past 4 weeks, about how often did you feel so sad that nothing could cheer you up?",
    "In the past 4 weeks, about how often did you feel worthless?",
)

ITEMS = tuple(Item(f"q{n}", words, OPTIONS) for n, words in enumerate(WORDS, start=1))

K10 = Instrument(
    id="k10",
    version=1,
    title="K10",
    short="Distress over four weeks",
    stem="In the past 4 weeks",
    recall="past 4 weeks",
    items=ITEMS,
    scales=(
        Scale(
            id="total",
            title="K10 total",
            items=tuple(item.id for item in ITEMS),
            low=10,
            high=50,
            better=Better.LOWER,
            bands=(
                Band(10, "low"),
                Band(16, "moderate"),
                Band(22, "high"),
                Band(30, "very high"),
            ),
            cutoffs=(Cutoff(22, "Australian Bureau of Statistics 4817.0.55.001: high"),),
            note=(
                "Each answer counts 1 to 5, as in Australia, so the total runs from 10 to 50; the "
                "United States form counts 0 to 4. Bands of the Australian Bureau of Statistics; "
                "general practice there uses another set. Every answer is needed."
            ),
        ),
    ),
    licence=KESSLER,
    compared=Compared(
        source="K-10 Screening Tool of Psychological Distress, eapassist.com.au",
        at="https://eapassist.com.au/eap/k-10-screening-tool-of-psychological-distress/, "
        "2026-11-22",
        note=(
            "Items, order and answers agree, also with the one-page form at "
            "scribd.com/document/742177174, read the same day."
        ),
    ),
    default_on=True,
    sources=(
        "Kessler RC, et al. (2002). Short screening scales to monitor population prevalences and "
        "trends in non-specific psychological distress. Psychol Med 32(6):959-976.",
        "Australian Bureau of Statistics, 4817.0.55.001",
    ),
    minutes=2,
    retake_days=90,
)
