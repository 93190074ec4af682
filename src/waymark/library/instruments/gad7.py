"""GAD-7: seven questions on anxiety over two weeks (Spitzer, Kroenke, Williams & Löwe 2006)."""

from dataclasses import replace

from waymark.library.instrument import (
    Band,
    Better,
    Compared,
    Cutoff,
    Figure,
    Instrument,
    Item,
    Missing,
    Scale,
)
from waymark.library.instruments.phq9 import OPTIONS
from waymark.library.licence import PHQ_SCREENERS

STEM = "Over the last 2 weeks, how often have you been bothered by the following problems?"

# LOINC's second item carries its own answer code for the third choice; the printed words stay.
WORRY_OPTIONS = tuple(
    replace(option, loinc="LA18938-3") if option.value == 2 else option for option in OPTIONS
)

ITEMS = (
    Item("q1", "Feeling nervous, anxious or on edge", OPTIONS, loinc="69725-0"),
    Item("q2", "Not being able to stop or control worrying", WORRY_OPTIONS, loinc="68509-9"),
    Item("q3", "Worrying too much about different things", OPTIONS, loinc="69733-4"),
    Item("q4", "Trouble relaxing", OPTIONS, loinc="69734-2"),
    Item("q5", "Being so restless that it is hard to sit still", OPTIONS, loinc="69735-9"),
    Item("q6", "Becoming easily annoyed or irritable", OPTIONS, loinc="69689-8"),
    Item("q7", "Feeling afraid as if something awful might happen", OPTIONS, loinc="69736-7"),
)

GAD7 = Instrument(
    id="gad-7",
    version=1,
    title="GAD-7",
    short="Worry and anxiety",
    stem=STEM,
    recall="last 2 weeks",
    items=ITEMS,
    scales=(
        Scale(
            id="total",
            title="GAD-7 total",
            items=tuple(item.id for item in ITEMS),
            low=0,
            high=21,
            better=Better.LOWER,
            bands=(
                Band(0, "minimal"),
                Band(5, "mild"),
                Band(10, "moderate"),
                Band(15, "severe"),
            ),
            missing=Missing(most=2),
            cutoffs=(
                Cutoff(8, "NHS Talking Therapies caseness, as given in NCT05134103", name="NHS"),
                Cutoff(10, "Spitzer et al. 2006: sensitivity 89, specificity 82 for GAD"),
            ),
            reliable_change=Figure(4, "NHS Talking Therapies definitions, as given in NCT05134103"),
            reliability=Figure(0.92, "alpha, Spitzer et al. 2006; not re-read", about=True),
            sd=Figure(4.5, "clinical samples; not re-read", about=True),
            clinical_mean=Figure(14.0, "clinical samples; not re-read", about=True),
            loinc="70274-6",
            note=(
                "One or two missing answers: the mean of the others stands in, and the total is "
                "marked, as for the PHQ-9; not re-read."
            ),
        ),
    ),
    licence=PHQ_SCREENERS,
    compared=Compared(
        source="ucam-department-of-psychiatry/camcops",
        at=(
            "bf41776c8940a7324568e91573bd32bd6c5ea09f server/camcops_server/extra_strings/gad7.xml"
        ),
        note=(
            "Items and answers agree. The stem there adds 'any of', as the PHQ-9 does; this one is "
            "that of the PHQ Screeners form, as CLOSER-Cohorts/discovery-customisations "
            "20d2c92a724b48f9df50ee42bab8ad0c66c5d914 pages/gad7.md gives it too. 'Not at all "
            "sure' for the first answer is a known reproduction error."
        ),
    ),
    default_on=True,
    sources=(
        "Spitzer RL, Kroenke K, Williams JBW, Löwe B (2006). The GAD-7. "
        "Arch Intern Med 166(10):1092-1097.",
        "LOINC 69737-5 and its members",
    ),
    minutes=2,
    retake_days=7,
    loinc="69737-5",
)
