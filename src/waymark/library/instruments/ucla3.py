"""UCLA-3: three questions on loneliness (Hughes, Waite, Hawkley & Cacioppo 2004)."""

from waymark.library.instrument import (
    Better,
    Compared,
    Cutoff,
    Instrument,
    Item,
    Licence,
    Option,
    Scale,
)

OPTIONS = (
    Option(1, "Hardly ever"),
    Option(2, "Some of the time"),
    Option(3, "Often"),
)

WORDS = (
    "How often do you feel that you lack companionship?",
    "How often do you feel left out?",
    "How often do you feel isolated from others?",
)

ITEMS = tuple(Item(f"q{n}", words, OPTIONS) for n, words in enumerate(WORDS, start=1))

UCLA3 = Instrument(
    id="ucla-3",
    version=1,
    title="UCLA-3",
    short="Feeling alone",
    stem="For each one, tell me how often you feel that way.",
    recall="no time stated",
    matter="how often you feel alone",
    items=ITEMS,
    scales=(
        Scale(
            id="total",
            title="UCLA-3 total",
            items=tuple(item.id for item in ITEMS),
            low=3,
            high=9,
            better=Better.LOWER,
            cutoffs=(Cutoff(6, "a convention of population surveys, not of the authors"),),
            note="Every answer is needed. The authors publish no cut-off and no ranges.",
        ),
    ),
    licence=Licence(
        id="ucla-3-custom",
        holder="Daniel W. Russell and colleagues; short form by Hughes et al.",
        attribution=(
            "Hughes, M. E., Waite, L. J., Hawkley, L. C., & Cacioppo, J. T. (2004). A short scale "
            "for measuring loneliness in large surveys. Research on Aging, 26(6), 655-672."
        ),
        conditions=(
            "Widely used by custom in research and public surveys; no licence text was found. Ask "
            "before commercial use."
        ),
        commercial_ok=False,
    ),
    compared=Compared(
        source="UCLA Loneliness Scale, three items, heart2heartoutreach.org",
        at="https://www.heart2heartoutreach.org/ucla/, 2026-11-22",
        note=(
            "Items and answers agree, also with a public transcription of Hughes et al. 2004 of "
            "2026-09-29, which gives the introduction. The Office for National Statistics prints "
            "'Hardly ever or never'."
        ),
    ),
    default_on=False,
    sources=("Hughes ME, et al. (2004). Research on Aging 26(6):655-672.",),
    minutes=1,
    retake_days=28,
    introduction=(
        "The next questions are about how you feel about different aspects of your life."
    ),
)
