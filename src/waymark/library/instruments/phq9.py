"""PHQ-9: nine questions on depression over two weeks (Kroenke, Spitzer & Williams 2001)."""

from waymark.library.instrument import (
    Band,
    Better,
    Compared,
    Cutoff,
    Figure,
    Instrument,
    Item,
    Missing,
    Option,
    Safety,
    Scale,
)
from waymark.library.licence import PHQ_SCREENERS

STEM = "Over the last 2 weeks, how often have you been bothered by any of the following problems?"

OPTIONS = (
    Option(0, "Not at all", loinc="LA6568-5"),
    Option(1, "Several days", loinc="LA6569-3"),
    Option(2, "More than half the days", loinc="LA6570-1"),
    Option(3, "Nearly every day", loinc="LA6571-9"),
)

# LOINC numbered these answers out of order: "Very" is the higher code, "Extremely" the lower.
DIFFICULTY = (
    Option(0, "Not difficult at all"),
    Option(1, "Somewhat difficult"),
    Option(2, "Very difficult", loinc="LA6575-0"),
    Option(3, "Extremely difficult", loinc="LA6574-3"),
)

ITEMS = (
    Item("q1", "Little interest or pleasure in doing things", OPTIONS, loinc="44250-9"),
    Item("q2", "Feeling down, depressed, or hopeless", OPTIONS, loinc="44255-8"),
    Item("q3", "Trouble falling or staying asleep, or sleeping too much", OPTIONS, loinc="44259-0"),
    Item("q4", "Feeling tired or having little energy", OPTIONS, loinc="44254-1"),
    Item("q5", "Poor appetite or overeating", OPTIONS, loinc="44251-7"),
    Item(
        "q6",
        "Feeling bad about yourself — or that you are a failure or have let yourself or your "
        "family down",
        OPTIONS,
        loinc="44258-2",
    ),
    Item(
        "q7",
        "Trouble concentrating on things, such as reading the newspaper or watching television",
        OPTIONS,
        loinc="44252-5",
    ),
    Item(
        "q8",
        "Moving or speaking so slowly that other people could have noticed? Or the opposite — "
        "being so fidgety or restless that you have been moving around a lot more than usual",
        OPTIONS,
        loinc="44253-3",
    ),
    Item(
        "q9",
        "Thoughts that you would be better off dead or of hurting yourself in some way",
        OPTIONS,
        safety=Safety(1, about="thoughts of being better off dead or of hurting oneself"),
        loinc="44260-8",
    ),
    Item(
        "q10",
        "If you checked off any problems, how difficult have these problems made it for you to do "
        "your work, take care of things at home, or get along with other people?",
        DIFFICULTY,
        scored=False,  # asked, and never added
        loinc="69722-7",
    ),
)

PHQ9 = Instrument(
    id="phq-9",
    version=1,
    title="PHQ-9",
    short="Low mood",
    stem=STEM,
    recall="last 2 weeks",
    items=ITEMS,
    scales=(
        Scale(
            id="total",
            title="PHQ-9 total",
            items=tuple(f"q{n}" for n in range(1, 10)),
            low=0,
            high=27,
            better=Better.LOWER,
            bands=(
                Band(0, "minimal"),
                Band(5, "mild"),
                Band(10, "moderate"),
                Band(15, "moderately severe"),
                Band(20, "severe"),
            ),
            missing=Missing(most=2),
            cutoffs=(Cutoff(10, "Kroenke et al. 2001; NHS Talking Therapies caseness"),),
            reliable_change=Figure(6, "NHS Talking Therapies definitions, as given in NCT05134103"),
            reliability=Figure(0.84, "test-retest, Kroenke et al. 2001; not re-read", about=True),
            sd=Figure(5.5, "clinical samples; not re-read", about=True),
            clinical_mean=Figure(15.4, "clinical samples; not re-read", about=True),
            loinc="44261-6",
            note=(
                "One or two missing answers: the mean of the others stands in, and the total is "
                "marked. This rule of the instruction manual was not re-read. A missing item 9 is "
                "told in any case."
            ),
        ),
    ),
    licence=PHQ_SCREENERS,
    compared=Compared(
        source="ucam-department-of-psychiatry/camcops",
        at=(
            "b7d36c87091911de83a199e362ff98cfe186afb7 server/camcops_server/extra_strings/phq9.xml"
        ),
        note=(
            "Items, answers and the difficulty question agree. Two official wordings circulate: "
            "item 8 with 'noticed?' or 'noticed.', item 9 with or without a comma after 'dead'."
        ),
    ),
    default_on=True,
    sources=(
        "Kroenke K, Spitzer RL, Williams JBW (2001). The PHQ-9. J Gen Intern Med 16(9):606-613.",
        "LOINC 44249-1 and its members",
    ),
    minutes=2,
    retake_days=7,
    loinc="44249-1",
)
