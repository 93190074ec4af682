"""K6: six questions on distress over 30 days (Kessler et al. 2002, 2003)."""

from waymark.library.instrument import Better, Compared, Cutoff, Instrument, Item, Option, Scale
from waymark.library.licence import KESSLER

# The printed form numbers these 1 to 5 from the left, the wrong way round for scoring: the value
# goes by the words, 4 for all of the time down to 0 for none.
OPTIONS = (
    Option(4, "All of the time"),
    Option(3, "Most of the time"),
    Option(2, "Some of the time"),
    Option(1, "A little of the time"),
    Option(0, "None of the time"),
)

WORDS = (
    "nervous?",
    "hopeless?",
    "restless or fidgety?",
    "so depressed that nothing could cheer you up?",
    "that everything was an effort?",
    "worthless?",
)

ITEMS = tuple(Item(f"q{n}", words, OPTIONS) for n, words in enumerate(WORDS, start=1))

K6 = Instrument(
    id="k6",
    version=1,
    title="K6",
    short="Distress over 30 days",
    stem="During the past 30 days, about how often did you feel …",
    recall="past 30 days",
    items=ITEMS,
    scales=(
        Scale(
            id="total",
            title="K6 total",
            items=tuple(item.id for item in ITEMS),
            low=0,
            high=24,
            better=Better.LOWER,
            cutoffs=(
                Cutoff(13, "Kessler et al. 2003: probable serious illness"),
                Cutoff(5, "5 to 12 is moderate distress; not re-read", name="moderate distress"),
            ),
            note="Every answer is needed. No reliable change is published.",
        ),
    ),
    licence=KESSLER,
    compared=Compared(
        source="Emotional Distress Scale (K6), depression.informedchoices.ca",
        at="http://depression.informedchoices.ca/what-is-depression/do-i-have-depression/, "
        "2026-11-22",
        note=(
            "Introduction, stem, items, order and answers agree; the six items also with "
            "CLOSER-Cohorts/discovery-customisations "
            "33320148946eef200bd4fd153cfe9c2dea4e3136 pages/kessler.md."
        ),
    ),
    default_on=True,
    sources=(
        "Kessler RC, et al. (2002). Psychol Med 32(6):959-976.",
        "Kessler RC, et al. (2003). Screening for serious mental illness in the general "
        "population. Arch Gen Psychiatry 60(2):184-189.",
    ),
    minutes=1,
    retake_days=90,
    introduction=(
        "The following questions ask about how you have been feeling during the past 30 days. For "
        "each question, please mark the answer that best describes how often you had this feeling."
    ),
)
