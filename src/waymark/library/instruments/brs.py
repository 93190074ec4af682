"""BRS: six statements on bouncing back (Smith et al. 2008)."""

from waymark.library.instrument import (
    Band,
    Better,
    Compared,
    Figure,
    Instrument,
    Item,
    Licence,
    Method,
    Missing,
    Option,
    Scale,
)

OPTIONS = (
    Option(1, "Strongly Disagree"),
    Option(2, "Disagree"),
    Option(3, "Neutral"),
    Option(4, "Agree"),
    Option(5, "Strongly Agree"),
)

WORDS = (
    "I tend to bounce back quickly after hard times",
    "I have a hard time making it through stressful events",
    "It does not take me long to recover from a stressful event",
    "It is hard for me to snap back when something bad happens",
    "I usually come through difficult times with little trouble",
    "I tend to take a long time to get over set-backs in my life",
)

ITEMS = tuple(
    Item(f"q{n}", words, OPTIONS, reverse=n % 2 == 0) for n, words in enumerate(WORDS, start=1)
)

BRS = Instrument(
    id="brs",
    version=1,
    title="BRS",
    short="Bouncing back",
    stem="Please respond to each item by marking one box per row:",
    recall="in general",
    matter="how you get through hard times",
    items=ITEMS,
    scales=(
        Scale(
            id="total",
            title="BRS, mean",
            items=tuple(item.id for item in ITEMS),
            low=1,
            high=5,
            better=Better.HIGHER,
            method=Method.MEAN,
            # Printed as 1.00-2.99, 3.00-4.30 and 4.31-5.00, with gaps; a range here runs up to the
            # low of the next one.
            bands=(Band(1, "low"), Band(3, "normal"), Band(4.31, "high")),
            reliability=Figure(0.62, "test-retest .62 to .69; not re-read", about=True),
            norm_mean=Figure(3.7, "844 people, Smith et al. 2013, as quoted by PsyToolkit"),
            # Printed: divide by the number of questions answered, whatever that number is. A mean
            # of two or three statements would pass for one of six, so more than half are asked for.
            missing=Missing(most=2),
            note=(
                "The sum is divided by the number of statements answered, as the published sheet "
                "says. It names no least number; here four of the six must be answered, and "
                "a mean with gaps is marked. No reliable change is published."
            ),
        ),
    ),
    licence=Licence(
        id="brs-free",
        holder="Bruce W. Smith and colleagues",
        attribution=(
            "Smith, B. W., Dalen, J., Wiggins, K., Tooley, E., Christopher, P., & Bernard, J. "
            "(2008). The Brief Resilience Scale: assessing the ability to bounce back. "
            "International Journal of Behavioral Medicine, 15, 194-200."
        ),
        conditions=(
            "Cite the paper. 'Free (no permission required)' is how others quote the authors; the "
            "authors' own words were not readable. Ask before commercial use."
        ),
        commercial_ok=False,
    ),
    compared=Compared(
        source="PhenX Toolkit, protocol 251401, Psychological Resilience",
        at="https://www.phenxtoolkit.org/protocols/view/251401, 2026-11-22",
        note="Stem, items, answers, reversed items, ranges and the rule for gaps agree.",
    ),
    default_on=False,
    sources=(
        "Smith BW, et al. (2008). Int J Behav Med 15:194-200.",
        "Smith BW, et al. (2013), p. 177, as quoted by PsyToolkit",
    ),
    minutes=1,
    retake_days=90,
)
