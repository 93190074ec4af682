"""PCL-5: twenty questions on post-traumatic stress over a month (Weathers et al. 2013)."""

from waymark.library.instrument import (
    Answers,
    Better,
    Compared,
    Cutoff,
    Figure,
    Instrument,
    Item,
    Licence,
    Option,
    Remark,
    Scale,
)

OPTIONS = (
    Option(0, "Not at all"),
    Option(1, "A little bit"),
    Option(2, "Moderately"),
    Option(3, "Quite a bit"),
    Option(4, "Extremely"),
)

WORDS = (
    "Repeated, disturbing, and unwanted memories of the stressful experience?",
    "Repeated, disturbing dreams of the stressful experience?",
    "Suddenly feeling or acting as if the stressful experience were actually happening again "
    "(as if you were actually back there reliving it)?",
    "Feeling very upset when something reminded you of the stressful experience?",
    "Having strong physical reactions when something reminded you of the stressful experience "
    "(for example, heart pounding, trouble breathing, sweating)?",
    "Avoiding memories, thoughts, or feelings related to the stressful experience?",
    "Avoiding external reminders of the stressful experience (for example, people, places, "
    "conversations, activities, objects, or situations)?",
    "Trouble remembering important parts of the stressful experience?",
    "Having strong negative beliefs about yourself, other people, or the world (for example, "
    "having thoughts such as: I am bad, there is something seriously wrong with me, no one can be "
    "trusted, the world is completely dangerous)?",
    "Blaming yourself or someone else for the stressful experience or what happened after it?",
    "Having strong negative feelings such as fear, horror, anger, guilt, or shame?",
    "Loss of interest in activities that you used to enjoy?",
    "Feeling distant or cut off from other people?",
    "Trouble experiencing positive feelings (for example, being unable to feel happiness or have "
    "loving feelings for people close to you)?",
    "Irritable behavior, angry outbursts, or acting aggressively?",
    "Taking too many risks or doing things that could cause you harm?",
    "Being “superalert” or watchful or on guard?",
    "Feeling jumpy or easily startled?",
    "Having difficulty concentrating?",
    "Trouble falling or staying asleep?",
)

# There is no question on suicide. Item 16 is a soft note to the clinician, never a concern.
HARM = Remark(3, "Item 16, risks that could cause harm, was answered 'Quite a bit' or more.")

ITEMS = tuple(
    Item(f"q{n}", words, OPTIONS, remark=HARM if n == 16 else None)
    for n, words in enumerate(WORDS, start=1)
)

# DSM-5 clusters: first and last item, and how many of them count at "Moderately" or more.
CLUSTERS = {"B": (1, 5, 1), "C": (6, 7, 1), "D": (8, 14, 2), "E": (15, 20, 2)}

PCL5 = Instrument(
    id="pcl-5",
    version=1,
    title="PCL-5",
    short="After a very stressful experience",
    stem="In the past month, how much were you bothered by:",
    recall="past month",
    items=ITEMS,
    scales=(
        Scale(
            id="total",
            title="PCL-5 total",
            items=tuple(item.id for item in ITEMS),
            low=0,
            high=80,
            better=Better.LOWER,
            cutoffs=(
                Cutoff(32, "NHS Talking Therapies caseness", name="NHS"),
                Cutoff(33, "National Center for PTSD: 31 to 33, depending on the purpose"),
            ),
            reliable_change=Figure(10, "NHS Talking Therapies; not re-read", about=True),
            reliability=Figure(0.82, "test-retest (alpha .94); not re-read", about=True),
            loinc="101698-9",
            note=(
                "The authors publish no severity ranges. Every answer is needed, as there is no "
                "official rule for missing ones. Reliable change: 15 to 18 in male veterans (Marx "
                "et al. 2022); 5 or less is likely not reliable (Blanchard et al. 2023), and the "
                "old rule of 5 belongs to the DSM-IV list. The past-week form is another series."
            ),
        ),
    ),
    licence=Licence(
        id="us-public-domain",
        holder="None: a work of the United States Government",
        attribution=(
            "Weathers, F. W., Litz, B. T., Keane, T. M., Palmieri, P. A., Marx, B. P., & Schnurr, "
            "P. P. (2013). The PTSD Checklist for DSM-5 (PCL-5) - Standard [Measurement "
            "instrument]. Available from http://www.ptsd.va.gov/"
        ),
        conditions="In the public domain. It is answered about one very stressful experience.",
    ),
    compared=Compared(
        source="ucam-department-of-psychiatry/camcops",
        at=(
            "a00e5e2074fd7fe99ed4a7ae63a9d6b2e52022f9 server/camcops_server/extra_strings/pcl5.xml"
        ),
        note=(
            "Items and answers agree; that file lacks the question mark of item 10. Introduction "
            "and stem as on the standard form of 14 August 2013, read on 2026-11-22."
        ),
    ),
    default_on=True,
    sources=(
        "Weathers FW, Litz BT, Keane TM, et al. (2013). PCL-5, National Center for PTSD.",
        "Marx et al. (2022), as summarized on hsrd.research.va.gov",
        "Blanchard et al. (2023), PubMed 37845820",
        "LOINC 101697-1 and 101698-9; 70221-7 is the older DSM-IV list and is not used",
    ),
    minutes=5,
    retake_days=28,
    loinc="101697-1",
    introduction=(
        "Below is a list of problems that people sometimes have in response to a very stressful "
        "experience. Please read each problem carefully and then circle one of the numbers to the "
        "right to indicate how much you have been bothered by that problem in the past month."
    ),
)


def provisional_ptsd(answers: Answers) -> bool | None:
    """Whether the answers meet the provisional DSM-5 rule; None while any answer is missing.

    Items at 2 ("Moderately") or more count: one of B, one of C, two of D, two of E. A rule of the
    National Center for PTSD for the clinician's view, never a diagnosis and never shown to clients.
    """
    given = [answers.get(item.id) for item in ITEMS]
    counted = [value >= 2 for value in given if value is not None]
    if len(counted) < len(ITEMS):
        return None
    return all(sum(counted[first - 1 : last]) >= need for first, last, need in CLUSTERS.values())
