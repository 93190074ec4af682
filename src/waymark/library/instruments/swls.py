"""SWLS: five statements on satisfaction with life (Diener, Emmons, Larsen & Griffin 1985)."""

from waymark.library.instrument import (
    Band,
    Better,
    Compared,
    Figure,
    Instrument,
    Item,
    Licence,
    Option,
    Scale,
)

OPTIONS = (
    Option(7, "Strongly agree"),
    Option(6, "Agree"),
    Option(5, "Slightly agree"),
    Option(4, "Neither agree nor disagree"),
    Option(3, "Slightly disagree"),
    Option(2, "Disagree"),
    Option(1, "Strongly disagree"),
)

WORDS = (
    "In most ways my life is close to my ideal.",
    "The conditions of my life are excellent.",
    "I am satisfied with my life.",
    "So far I have gotten the important things I want in life.",
    "If I could live my life over, I would change almost nothing.",
)

ITEMS = tuple(Item(f"q{n}", words, OPTIONS) for n, words in enumerate(WORDS, start=1))

SWLS = Instrument(
    id="swls",
    version=1,
    title="SWLS",
    short="Satisfaction with life",
    stem="Please be open and honest in your responding.",
    recall="life as a whole",
    matter="your life as a whole",
    items=ITEMS,
    scales=(
        Scale(
            id="total",
            title="SWLS total",
            items=tuple(item.id for item in ITEMS),
            low=5,
            high=35,
            better=Better.HIGHER,
            bands=(
                Band(5, "extremely dissatisfied"),
                Band(10, "dissatisfied"),
                Band(15, "slightly dissatisfied"),
                Band(20, "neutral"),
                Band(21, "slightly satisfied"),
                Band(26, "satisfied"),
                Band(31, "extremely satisfied"),
            ),
            reliability=Figure(
                0.82, "test-retest (alpha .87), Diener 1985; not re-read", about=True
            ),
            norm_mean=Figure(23.5, "Diener et al. 1985; not re-read", about=True),
            norm_sd=Figure(6.4, "Diener et al. 1985; not re-read", about=True),
            note="20 is the neutral point. Every answer is needed.",
        ),
    ),
    licence=Licence(
        id="swls-public-domain",
        holder="Ed Diener, Robert A. Emmons, Randy J. Larsen and Sharon Griffin",
        attribution=(
            "Diener, E., Emmons, R. A., Larsen, R. J., & Griffin, S. (1985). The Satisfaction with "
            "Life Scale. Journal of Personality Assessment, 49, 71-75."
        ),
        conditions="Give credit to the authors.",
        text=(
            "In the public domain: free to use without permission or charge by all professionals "
            "as long as you give credit to the authors."
        ),
    ),
    compared=Compared(
        source="amju-games/amjulib",
        at=(
            "fd06f1607a4d1fe067e2670a76103a27ec30b5d2 "
            "trunk/Test/ve3/Source/GSSatisfactionWithLifeScale.cpp"
        ),
        note=(
            "The five statements agree. Introduction and answers as in the EMERGE entry of the "
            "University of California San Diego (emerge.ucsd.edu, read on 2026-11-22), which "
            "itself drops 'my' before 'ideal'."
        ),
    ),
    default_on=True,
    sources=("Diener E, et al. (1985). J Pers Assess 49(1):71-75.",),
    minutes=1,
    retake_days=90,
    introduction=(
        "Below are five statements with which you may agree or disagree. Using the 1-7 scale "
        "below, indicate your agreement with each item by placing the appropriate number on the "
        "line preceding that item."
    ),
)
