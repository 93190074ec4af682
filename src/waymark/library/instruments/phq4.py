"""PHQ-4: two questions on anxiety, then two on depression (Kroenke et al. 2009)."""

from dataclasses import replace

from waymark.library.instrument import Band, Better, Compared, Cutoff, Instrument, Scale
from waymark.library.instruments.gad7 import ITEMS as GAD7_ITEMS
from waymark.library.instruments.gad7 import STEM
from waymark.library.instruments.phq9 import ITEMS as PHQ9_ITEMS
from waymark.library.licence import PHQ_SCREENERS

# Anxiety stands first. Public code often has the two pairs the other way round.
ITEMS = (
    GAD7_ITEMS[0],
    GAD7_ITEMS[1],
    replace(PHQ9_ITEMS[0], id="q3"),
    replace(PHQ9_ITEMS[1], id="q4"),
)

PHQ4 = Instrument(
    id="phq-4",
    version=1,
    title="PHQ-4",
    short="Mood and worry, weekly look",
    stem=STEM,
    recall="last 2 weeks",
    items=ITEMS,
    scales=(
        Scale(
            id="total",
            title="PHQ-4 total",
            items=("q1", "q2", "q3", "q4"),
            low=0,
            high=12,
            better=Better.LOWER,
            bands=(
                Band(0, "normal"),
                Band(3, "mild"),
                Band(6, "moderate"),
                Band(9, "severe"),
            ),
            loinc="70272-0",
        ),
        Scale(
            id="anxiety",
            title="PHQ-4 anxiety",
            items=("q1", "q2"),
            low=0,
            high=6,
            better=Better.LOWER,
            cutoffs=(Cutoff(3, "Kroenke et al. 2009"),),
        ),
        Scale(
            id="depression",
            title="PHQ-4 depression",
            items=("q3", "q4"),
            low=0,
            high=6,
            better=Better.LOWER,
            cutoffs=(Cutoff(3, "Kroenke et al. 2009"),),
        ),
    ),
    licence=PHQ_SCREENERS,
    compared=Compared(
        source="DominiqueMakowski/PHQ4R",
        at="03fed3a377c5febd25553051dadac6959e4d13b1 README.md, The items",
        note="Order of the items, wording, answers and bands agree.",
    ),
    default_on=True,
    sources=(
        "Kroenke K, Spitzer RL, Williams JBW, Löwe B (2009). An ultra-brief screening scale for "
        "anxiety and depression: the PHQ-4. Psychosomatics 50:613-621.",
    ),
    minutes=1,
    retake_days=7,
)
