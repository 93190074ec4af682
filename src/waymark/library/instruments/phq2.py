"""PHQ-2: the first two questions of the PHQ-9, as a first screen (Kroenke et al. 2003)."""

from waymark.library.instrument import Better, Compared, Cutoff, Instrument, Scale
from waymark.library.instruments.phq9 import ITEMS, STEM
from waymark.library.licence import PHQ_SCREENERS

PHQ2 = Instrument(
    id="phq-2",
    version=1,
    title="PHQ-2",
    short="Low mood, first look",
    stem=STEM,
    recall="last 2 weeks",
    items=ITEMS[:2],
    scales=(
        Scale(
            id="total",
            title="PHQ-2 total",
            items=("q1", "q2"),
            low=0,
            high=6,
            better=Better.LOWER,
            cutoffs=(
                Cutoff(3, "sensitivity 61, specificity 92 in primary care"),
                Cutoff(2, "sensitivity 86, specificity 78 in primary care", name="wider screen"),
            ),
            loinc="55758-7",
            note="A screen only: too short to measure change.",
        ),
    ),
    licence=PHQ_SCREENERS,
    compared=Compared(
        source="rhavekost/clinical-toolkit",
        at=("dd0ab6614940bb61043af3d7742af9b330291b15 skills/depression-screening/assets/phq-2.md"),
        note="Also the first two items of the PHQ-9 definition.",
    ),
    default_on=True,
    sources=(
        "Kroenke K, Spitzer RL, Williams JBW (2003). The Patient Health Questionnaire-2. "
        "Medical Care 41:1284-1292.",
        "LOINC 55757-9 (panel) and 55758-7 (score)",
    ),
    minutes=1,
    retake_days=14,
    loinc="55757-9",
)
