"""CORE-10: ten statements on distress over the last week (Barkham et al. 2013)."""

from waymark.library.instrument import (
    Band,
    Better,
    Compared,
    Cutoff,
    Figure,
    Instrument,
    Item,
    Licence,
    Missing,
    Option,
    Safety,
    Scale,
)

OPTIONS = (
    Option(0, "Not at all"),
    Option(1, "Only occasionally"),
    Option(2, "Sometimes"),
    Option(3, "Often"),
    Option(4, "Most or all of the time"),
)

# Items 2 and 3 alone are turned round, so "Not at all" to everything scores 8 and not 0.
ITEMS = (
    Item("q1", "I have felt tense, anxious or nervous", OPTIONS),
    Item(
        "q2", "I have felt I have someone to turn to for support when needed", OPTIONS, reverse=True
    ),
    Item("q3", "I have felt able to cope when things go wrong", OPTIONS, reverse=True),
    Item("q4", "Talking to people has felt too much for me", OPTIONS),
    Item("q5", "I have felt panic or terror", OPTIONS),
    Item(
        "q6",
        "I made plans to end my life",
        OPTIONS,
        safety=Safety(1, about="plans to end one's life"),
    ),
    Item("q7", "I have had difficulty getting to sleep or staying asleep", OPTIONS),
    Item("q8", "I have felt despairing or hopeless", OPTIONS),
    Item("q9", "I have felt unhappy", OPTIONS),
    Item("q10", "Unwanted images or memories have been distressing me", OPTIONS),
)

CORE10 = Instrument(
    id="core-10",
    version=1,
    title="CORE-10",
    short="How the last week has been",
    stem="Over the last week...",
    recall="last week",
    items=ITEMS,
    scales=(
        Scale(
            id="total",
            title="CORE-10 total",
            items=tuple(item.id for item in ITEMS),
            low=0,
            high=40,
            better=Better.LOWER,
            bands=(
                Band(0, "healthy"),
                Band(6, "low"),
                Band(11, "mild"),
                Band(15, "moderate"),
                Band(20, "moderate-severe"),
                Band(25, "severe"),
            ),
            missing=Missing(most=1),
            cutoffs=(
                Cutoff(11, "Barkham et al. 2013"),
                Cutoff(13, "Barkham et al. 2013", name="depression"),
            ),
            reliable_change=Figure(6, "Barkham et al. 2013: a 90% interval; 95% would give 7"),
            reliability=Figure(0.9, "alpha, Barkham et al. 2013, as quoted on a public page"),
            sd=Figure(7.7, "clinical, Barkham et al. 2013, as quoted on a public page"),
            clinical_mean=Figure(19.7, "Barkham et al. 2013, as quoted on a public page"),
            norm_mean=Figure(4.7, "community, Barkham et al. 2013, as quoted on a public page"),
            norm_sd=Figure(4.8, "community, Barkham et al. 2013, as quoted on a public page"),
            note=(
                "One missing answer: the mean of the others stands in (CORE System Trust), and the "
                "total is marked. A missing item 6 is told in any case."
            ),
        ),
    ),
    licence=Licence(
        id="CC-BY-ND-4.0",
        holder="CORE System Trust",
        attribution="CORE-10 © CORE System Trust, https://www.coresystemtrust.org.uk, CC BY-ND 4.0",
        conditions=(
            "No rewording, no selection of items, no translation of one's own: ask the Trust for "
            "translations. Item 6 is not used anywhere else. Pages of 2019 and later still print "
            "CC BY-NC-ND: ask the Trust before any commercial use."
        ),
        text=(
            "Free to reproduce in software, as well as on paper, without payment, unchanged and "
            "with its copyright line."
        ),
    ),
    compared=Compared(
        source="ucam-department-of-psychiatry/camcops",
        at=(
            "d55bee7b1531a103baeebc84403f185b9050cb16 "
            "server/camcops_server/extra_strings/core10.xml"
        ),
        note=(
            "Instructions, stem, items and answers agree. Some copies print the last answer as "
            "'Most or all the time': check the Trust's own form before turning this on."
        ),
    ),
    default_on=False,
    sources=(
        "Barkham M, Bewick B, Mullin T, et al. (2013). The CORE-10. Counselling and Psychotherapy "
        "Research 13(1):3-13.",
        "CORE System Trust, page on scoring",
    ),
    minutes=2,
    retake_days=7,
    introduction=(
        "IMPORTANT - PLEASE READ THIS FIRST. This form has 10 statements about how you have been "
        "OVER THE LAST WEEK. Please read each statement and think how often you felt that way last "
        "week. Then choose the option which is closest to this."
    ),
)
