"""PHQ-8: the PHQ-9 without its ninth question (Kroenke et al. 2009)."""

from waymark.library.instrument import (
    Band,
    Better,
    Compared,
    Cutoff,
    Instrument,
    Missing,
    Scale,
)
from waymark.library.instruments.phq9 import ITEMS, STEM
from waymark.library.licence import PHQ_SCREENERS

PHQ8 = Instrument(
    id="phq-8",
    version=1,
    title="PHQ-8",
    short="Low mood, eight questions",
    stem=STEM,
    recall="last 2 weeks",
    items=ITEMS[:8],
    scales=(
        Scale(
            id="total",
            title="PHQ-8 total",
            items=tuple(f"q{n}" for n in range(1, 9)),
            low=0,
            high=24,
            better=Better.LOWER,
            bands=(
                Band(0, "minimal"),
                Band(5, "mild"),
                Band(10, "moderate"),
                Band(15, "moderately severe"),
                Band(20, "severe"),
            ),
            missing=Missing(most=2),
            cutoffs=(Cutoff(10, "Kroenke et al. 2009, the same line as the PHQ-9"),),
            note=(
                "A separate instrument for places where nobody can act on item 9; its total is not "
                "a PHQ-9 total. Bands and missing answers as for the PHQ-9; not re-read. "
                "No reliable change of its own is published, and no LOINC total was verified."
            ),
        ),
    ),
    licence=PHQ_SCREENERS,
    compared=Compared(
        source="ucam-department-of-psychiatry/camcops",
        at=(
            "3779f1aefa0c3516e0cfb754f1aa1787bdf70874 server/camcops_server/extra_strings/phq8.xml"
        ),
    ),
    default_on=True,
    sources=(
        "Kroenke K, Strine TW, Spitzer RL, et al. (2009). The PHQ-8 as a measure of current "
        "depression in the general population. J Affect Disord 114:163-173.",
    ),
    minutes=2,
    retake_days=7,
)
