"""SCS-SF: twelve questions on self-compassion (Raes, Pommier, Neff & Van Gucht 2011)."""

from waymark.library.instrument import (
    Band,
    Better,
    Compared,
    Figure,
    Instrument,
    Item,
    Licence,
    Method,
    Option,
    Scale,
)

# Only the two ends carry words on the form; the three between carry their numbers.
OPTIONS = (
    Option(1, "Almost never"),
    Option(2, "2"),
    Option(3, "3"),
    Option(4, "4"),
    Option(5, "Almost always"),
)

WORDS = (
    "When I fail at something important to me I become consumed by feelings of inadequacy.",
    "I try to be understanding and patient towards those aspects of my personality I don't like.",
    "When something painful happens I try to take a balanced view of the situation.",
    "When I'm feeling down, I tend to feel like most other people are probably happier than I am.",
    "I try to see my failings as part of the human condition.",
    "When I'm going through a very hard time, I give myself the caring and tenderness I need.",
    "When something upsets me I try to keep my emotions in balance.",
    "When I fail at something that's important to me, I tend to feel alone in my failure",
    "When I'm feeling down I tend to obsess and fixate on everything that's wrong.",
    "When I feel inadequate in some way, I try to remind myself that feelings of inadequacy are "
    "shared by most people.",
    "I'm disapproving and judgmental about my own flaws and inadequacies.",
    "I'm intolerant and impatient towards those aspects of my personality I don't like.",
)
REVERSED = {1, 4, 8, 9, 11, 12}

ITEMS = tuple(
    Item(f"q{n}", words, OPTIONS, reverse=n in REVERSED) for n, words in enumerate(WORDS, start=1)
)

SCS_SF = Instrument(
    id="scs-sf",
    version=1,
    title="SCS-SF",
    short="How you treat yourself",
    stem="Indicate how often you behave in the stated manner, using the following scale:",
    recall="in difficult times, typically",
    matter="how you treat yourself in hard times",
    items=ITEMS,
    scales=(
        Scale(
            id="total",
            title="Self-compassion, mean",
            items=tuple(item.id for item in ITEMS),
            low=1,
            high=5,
            better=Better.HIGHER,
            method=Method.MEAN,
            # The printed ranges are 1.0-2.49, 2.5-3.5 and 3.51-5.0. Means are shown to two
            # decimals, so starting each range at its printed low leaves no gap.
            bands=(Band(1, "lower"), Band(2.5, "middle"), Band(3.51, "higher")),
            reliable_change=Figure(0.7, "derived from alpha .86; not re-read", about=True),
            reliability=Figure(0.86, "alpha, Raes et al. 2011; not re-read", about=True),
            note=(
                "The ranges are the author's rough guide, not clinical norms. The scoring "
                "instructions that were read, on others' pages, ask for a total mean and name no "
                "rule for missing answers: so every answer is needed. The two-item parts are not "
                "scores."
            ),
        ),
    ),
    licence=Licence(
        id="scs-sf-neff",
        holder="Kristin Neff",
        attribution=(
            "Raes, F., Pommier, E., Neff, K. D., & Van Gucht, D. (2011). Construction and "
            "factorial validation of a short form of the Self-Compassion Scale. Clinical "
            "Psychology & Psychotherapy, 18, 250-255."
        ),
        conditions="Cite the paper. A translation needs a check of its factors.",
        text=(
            "Dr. Kristin Neff grants permission to use the Self-Compassion Scale Short Form (Raes "
            "et al., 2011) for any purpose whatsoever, including research, clinical work, "
            "teaching, etc."
        ),
    ),
    compared=Compared(
        source="ReproNim/reproschema-library",
        at="083d04cad3c301148d78b1af2784831fcc684ac8 activities/SCS-SF/items",
        note=(
            "Items 1 to 8, 11 and 12 agree. There item 9 has a comma after 'down' and item 10 "
            "reads 'inadequacies'; both are here as in the author's information sheet "
            "(self-compassion.org, SCS-SF-information.pdf, in a public transcription of "
            "2026-09-30), which also gives the title, the introduction and the reversed items."
        ),
    ),
    default_on=True,
    sources=(
        "Raes F, Pommier E, Neff KD, Van Gucht D (2011). Clin Psychol Psychother 18:250-255.",
    ),
    minutes=3,
    retake_days=28,
    introduction=(
        "How I typically act towards myself in difficult times. Please read each statement "
        "carefully before answering."
    ),
)
