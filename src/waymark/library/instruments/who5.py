"""WHO-5: five statements on well-being over two weeks (World Health Organization 1998)."""

from waymark.library.instrument import (
    Better,
    Compared,
    Cutoff,
    Figure,
    Instrument,
    Item,
    Licence,
    Option,
    Scale,
)

OPTIONS = (
    Option(5, "All of the time"),
    Option(4, "Most of the time"),
    Option(3, "More than half of the time"),
    Option(2, "Less than half of the time"),
    Option(1, "Some of the time"),
    Option(0, "At no time"),
)

WORDS = (
    "I have felt cheerful and in good spirits",
    "I have felt calm and relaxed",
    "I have felt active and vigorous",
    "I woke up feeling fresh and rested",
    "My daily life has been filled with things that interest me",
)

ITEMS = tuple(Item(f"q{n}", words, OPTIONS) for n, words in enumerate(WORDS, start=1))

WHO5 = Instrument(
    id="who-5",
    version=1,
    title="WHO-5",
    short="Well-being",
    stem=(
        "Please indicate for each of the five statements which is closest to how you have been "
        "feeling over the last two weeks."
    ),
    recall="last two weeks",
    items=ITEMS,
    scales=(
        Scale(
            id="total",
            title="WHO-5 index",
            items=tuple(item.id for item in ITEMS),
            low=0,
            high=100,
            better=Better.HIGHER,
            times=4,
            cutoffs=(
                Cutoff(50, "Topp et al. 2015: follow up", name="follow up"),
                Cutoff(28, "Topp et al. 2015: likely depression", name="likely depression"),
            ),
            reliable_change=Figure(10, "Topp et al. 2015; not re-read", about=True),
            clinical_mean=Figure(40, "untreated depression, about; INSPQ sheet", about=True),
            norm_mean=Figure(70, "community, about; INSPQ sheet", about=True),
            note=(
                "The sum of the five answers times four; higher is better. All five answers are "
                "needed. The authors publish no severity ranges, and there is no verified LOINC."
            ),
        ),
    ),
    licence=Licence(
        id="CC-BY-NC-SA-3.0-IGO",
        holder="World Health Organization",
        attribution=(
            "WHO-5 Well-Being Index. World Health Organization, 1998; 2024 edition licensed "
            "CC BY-NC-SA 3.0 IGO."
        ),
        conditions=(
            "Not for commercial use; share alike; no WHO logo. Older sheets say 'public domain "
            "with source'. The WHO page was not readable: check it before turning this on."
        ),
        may_translate=False,
        commercial_ok=False,
    ),
    compared=Compared(
        source="StanfordBDHG/MyHeartCounts-StudyDefinitions",
        at=(
            "67c3230b26abee9dd3d85c4fdab03a12226ab618 Sources/MHCStudyDefinitionExporter/"
            "Resources/questionnaire/WHO5+en-US.json"
        ),
        note=(
            "Stem, statements and answers agree, with 'Over the past two weeks,' put before each "
            "statement there; the bare statements also with nivlab/jspsych-demos "
            "461298628d1a8d3ce2f4500019e878be0bdea7bc tasks/self-report/surveys/who5.js. 'Half of "
            "the time' and 'half the time' both circulate."
        ),
    ),
    default_on=False,
    sources=(
        "Topp CW, Østergaard SD, Søndergaard S, Bech P (2015). The WHO-5 Well-Being Index: a "
        "systematic review. Psychother Psychosom 84:167-176.",
    ),
    minutes=1,
    retake_days=14,
)
