"""C-SSRS screener: the Columbia Protocol's six questions on suicide (Posner et al. 2011)."""

from waymark.library.instrument import (
    Band,
    Better,
    Compared,
    Gate,
    Instrument,
    Item,
    Licence,
    Method,
    Option,
    Rung,
    Safety,
    Scale,
)

OPTIONS = (Option(1, "Yes"), Option(0, "No"))

# Questions 1, 2 and 6 are always asked. A missing gate opens nothing and is told as unanswered.
IF_THOUGHTS = Gate("q2", frozenset({1}))
IF_BEHAVIOR = Gate("q6", frozenset({1}))

ITEMS = (
    Item(
        "q1",
        "Have you wished you were dead or wished you could go to sleep and not wake up?",
        OPTIONS,
        safety=Safety(1, about="a wish to be dead", same_day=1),
    ),
    Item(
        "q2",
        "Have you actually had any thoughts of killing yourself?",
        OPTIONS,
        safety=Safety(1, about="thoughts of suicide", same_day=1),
    ),
    Item(
        "q3",
        "Have you been thinking about how you might do this?",
        OPTIONS,
        safety=Safety(1, about="thoughts of suicide with a method", same_day=1, backup=True),
        gate=IF_THOUGHTS,
    ),
    Item(
        "q4",
        "Have you had these thoughts and had some intention of acting on them?",
        OPTIONS,
        safety=Safety(1, about="some intention to act", urgent=1, backup=True),
        gate=IF_THOUGHTS,
    ),
    Item(
        "q5",
        "Have you started to work out or worked out the details of how to kill yourself? Do you "
        "intend to carry out this plan?",
        OPTIONS,
        safety=Safety(1, about="a plan and intention", urgent=1, backup=True),
        gate=IF_THOUGHTS,
    ),
    Item(
        "q6",
        "Have you ever done anything, started to do anything, or prepared to do anything to end "
        "your life?\n"
        "Examples: Collected pills, obtained a gun, gave away valuables, wrote a will or suicide "
        "note, took out pills but didn't swallow any, held a gun but changed your mind or it was "
        "grabbed from your hand, went to the roof but didn't jump; or actually took pills, tried "
        "to shoot yourself, cut yourself, tried to hang yourself, etc.",
        OPTIONS,
        safety=Safety(1, about="suicidal behavior at some time in life", same_day=1),
    ),
    Item(
        "q6b",
        "Was this within the past 3 months?",
        OPTIONS,
        safety=Safety(
            1, about="suicidal behavior within the past three months", urgent=1, backup=True
        ),
        gate=IF_BEHAVIOR,
    ),
)

C_SSRS = Instrument(
    id="c-ssrs",
    version=1,
    title="C-SSRS screener",
    short="Questions about safety",
    stem="Past month: questions 1 to 5. Lifetime: question 6.",
    recall="past month; question 6: lifetime, then the past 3 months",
    matter="the past month, and times before it",
    items=ITEMS,
    scales=(
        Scale(
            id="level",
            title="Which answers were Yes",
            items=tuple(item.id for item in ITEMS),
            low=0,
            high=3,
            better=Better.LOWER,
            method=Method.LEVEL,
            # The protocol's triage lines, named by the answers and not by a grade of risk.
            rungs=(
                Rung(1, "q1"),
                Rung(1, "q2"),
                Rung(2, "q3"),
                Rung(2, "q6"),
                Rung(3, "q4"),
                Rung(3, "q5"),
                Rung(3, "q6b"),
            ),
            bands=(
                Band(0, "No to every question asked"),
                Band(1, "Yes to 1 or 2"),
                Band(2, "Yes to 3, or to 6 but not in the past 3 months"),
                Band(3, "Yes to 4 or 5, or to 6 in the past 3 months"),
            ),
            note=(
                "A table and never a sum: one Yes to 4, 5 or 6b is the highest line. "
                "For staff only, as a fact of which answers were Yes; it does not grade a person's "
                "risk. The LOINC risk level 93374-7 has other answers and is not used."
            ),
        ),
    ),
    licence=Licence(
        id="columbia-protocol",
        holder="The Columbia Lighthouse Project; the Research Foundation for Mental Hygiene, Inc.",
        attribution=(
            "Columbia-Suicide Severity Rating Scale (C-SSRS), Posner, Brent, Lucas, Gould, "
            "Stanley, Brown, Fisher, Zelazny, Burke, Oquendo & Mann. © 2008 The Research "
            "Foundation for Mental Hygiene, Inc."
        ),
        conditions=(
            "For care providers, with the exact wording and staff who answer every Yes. Vendors "
            "and trials ask first. The Project offers to review screenshots: take the offer before "
            "turning this on."
        ),
        text=(
            "For health/behavioral health care providers, there is no cost or license required to "
            "put the Columbia Protocol tools into your EHR/EMR."
        ),
        commercial_ok=False,
    ),
    compared=Compared(
        source="HL7 US Behavioral Health Profiles 0.1.0, QuestionnaireResponse C-SSRS-example-1",
        at=(
            "https://build.fhir.org/ig/HL7/us-behavioral-health-profiles/"
            "QuestionnaireResponse-C-SSRS-example-1.html, 2026-11-22"
        ),
        note=(
            "All seven questions agree. The examples under question 6, which that page leaves out, "
            "are as in SAFE-T with C-SSRS, Recent (portal.canportal.org and "
            "scribd.com/document/609517733, read the same day). 'Past month', "
            "'Lifetime' and 'Past 3 months' are the column headings there."
        ),
    ),
    default_on=False,
    sources=(
        "Posner K, et al. (2011). Am J Psychiatry 168(12):1266-1277.",
        "Triage guidelines for the C-SSRS, cssrs.columbia.edu",
    ),
    minutes=2,
    retake_days=0,
)
