"""GAD-2: the first two questions of the GAD-7, as a first screen (Kroenke et al. 2007)."""

from waymark.library.instrument import Better, Compared, Cutoff, Instrument, Scale
from waymark.library.instruments.gad7 import ITEMS, STEM
from waymark.library.licence import PHQ_SCREENERS

GAD2 = Instrument(
    id="gad-2",
    version=1,
    title="GAD-2",
    short="Worry, first look",
    stem=STEM,
    recall="last 2 weeks",
    items=ITEMS[:2],
    scales=(
        Scale(
            id="total",
            title="GAD-2 total",
            items=("q1", "q2"),
            low=0,
            high=6,
            better=Better.LOWER,
            cutoffs=(Cutoff(3, "Kroenke et al. 2007"),),
            note=(
                "A screen only: too short to measure change. No LOINC score code exists for it; "
                "70272-0 is the PHQ-4 and 70273-8 the PHQ-15."
            ),
        ),
    ),
    licence=PHQ_SCREENERS,
    compared=Compared(
        source="CLOSER-Cohorts/discovery-customisations",
        at="20d2c92a724b48f9df50ee42bab8ad0c66c5d914 pages/gad7.md, column GAD-2",
        note=(
            "Also the first two items of the GAD-7 definition. That page and others print a comma "
            "after 'anxious' in item 1; the PHQ Screeners form does not."
        ),
    ),
    default_on=True,
    sources=(
        "Kroenke K, Spitzer RL, Williams JBW, Monahan PO, Löwe B (2007). Anxiety disorders in "
        "primary care. Ann Intern Med 146(5):317-325.",
    ),
    minutes=1,
    retake_days=14,
)
