"""AUDIT-C: three questions on drinking over the past year (Bush et al. 1998)."""

from waymark.library.instrument import (
    Better,
    Compared,
    Cutoff,
    Gate,
    Instrument,
    Item,
    Licence,
    Option,
    Scale,
)

HOW_OFTEN = (
    Option(0, "Never"),
    Option(1, "Monthly or less"),
    Option(2, "2 to 4 times a month"),
    Option(3, "2 to 3 times a week"),
    Option(4, "4 or more times a week"),
)
HOW_MANY = (
    Option(0, "0, 1, or 2"),
    Option(1, "3 or 4"),
    Option(2, "5 or 6"),
    Option(3, "7, 8, or 9"),
    Option(4, "10 or more"),
)
SIX_OR_MORE = (
    Option(0, "Never"),
    Option(1, "Less than monthly"),
    Option(2, "Monthly"),
    Option(3, "Weekly"),
    Option(4, "Daily or almost daily"),
)

# "Never" to the first question ends the form: it is complete and the score is 0.
DRINKS = Gate("q1", frozenset({1, 2, 3, 4}))

AUDIT_C = Instrument(
    id="audit-c",
    version=1,
    title="AUDIT-C",
    short="Drinking",
    stem="In the past year",
    recall="past year",
    items=(
        Item(
            "q1",
            "How often did you have a drink containing alcohol in the past year?",
            HOW_OFTEN,
            loinc="68518-0",
        ),
        Item(
            "q2",
            "How many drinks did you have on a typical day when you were drinking in the past "
            "year?",
            HOW_MANY,
            gate=DRINKS,
            loinc="68519-8",
        ),
        Item(
            "q3",
            "How often did you have 6 or more drinks on one occasion in the past year?",
            SIX_OR_MORE,
            gate=DRINKS,
            loinc="68520-6",
        ),
    ),
    scales=(
        Scale(
            id="total",
            title="AUDIT-C total",
            items=("q1", "q2", "q3"),
            low=0,
            high=12,
            better=Better.LOWER,
            cutoffs=(
                Cutoff(3, "HL7 US Core, AUDIT-C total 75626-2", when=("sex", "female")),
                Cutoff(4, "HL7 US Core, AUDIT-C total 75626-2", when=("sex", "male")),
            ),
            loinc="75626-2",
            note=(
                "If all points come from the first question, drinking is likely below recommended "
                "limits. 'Six or more' depends on what a drink is: in the United States 14 g of "
                "alcohol; a unit in the United Kingdom is 8 g."
            ),
        ),
    ),
    licence=Licence(
        id="audit-c-public-domain",
        holder="Public domain; taken from the AUDIT (World Health Organization 2001)",
        attribution=(
            "Bush K., Kivlahan D.R., McDonell M.B., Fihn S.D., Bradley K.A. (1998). The AUDIT "
            "alcohol consumption questions (AUDIT-C). Archives of Internal Medicine, 158(16), "
            "1789-1795. From the Alcohol Use Disorders Identification Test, World Health "
            "Organization."
        ),
        conditions=(
            "The three questions are in the public domain. The full AUDIT is free, but not for "
            "sale or in conjunction with commercial purposes."
        ),
    ),
    compared=Compared(
        source="ucam-department-of-psychiatry/camcops",
        at=(
            "3718b0e64160c137f081314a18772c5d83be834f "
            "server/camcops_server/extra_strings/audit.xml, strings c_instruction to c_q3_question"
        ),
        note=(
            "The wording of Bush et al. 1998. The first answer to question 2 is '1 or 2' in the "
            "WHO form; its value is 0 in both."
        ),
    ),
    default_on=True,
    sources=(
        "Bush K, et al. (1998). Arch Intern Med 158(16):1789-1795.",
        "HL7 US Core, Observation-AUDIT-C-item-example-75626-2",
        "LOINC 72109-2 and its members; 68517-2 is another question and is not used",
    ),
    minutes=1,
    retake_days=365,
    loinc="72109-2",
    introduction=(
        "Consider a “drink” to be a can or bottle of beer, a glass of wine, a wine cooler, or one "
        "cocktail or a shot of hard liquor (like scotch, gin, or vodka)."
    ),
)
