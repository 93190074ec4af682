"""MAAS: fifteen statements on everyday attention (Brown & Ryan 2003), the trait form."""

from waymark.library.instrument import (
    Better,
    Compared,
    Figure,
    Instrument,
    Item,
    Licence,
    Method,
    Option,
    Scale,
)

OPTIONS = (
    Option(1, "Almost always"),
    Option(2, "Very frequently"),
    Option(3, "Somewhat frequently"),
    Option(4, "Somewhat infrequently"),
    Option(5, "Very infrequently"),
    Option(6, "Almost never"),
)

# Every statement is worded on the inattentive side and the values already run that way: nothing
# is turned round.
WORDS = (
    "I could be experiencing some emotion and not be conscious of it until some time later.",
    "I break or spill things because of carelessness, not paying attention, or thinking of "
    "something else.",
    "I find it difficult to stay focused on what's happening in the present.",
    "I tend to walk quickly to get where I'm going without paying attention to what I experience "
    "along the way.",
    "I tend not to notice feelings of physical tension or discomfort until they really grab my "
    "attention.",
    "I forget a person's name almost as soon as I've been told it for the first time.",
    'It seems I am "running on automatic," without much awareness of what I\'m doing.',
    "I rush through activities without being really attentive to them.",
    "I get so focused on the goal I want to achieve that I lose touch with what I'm doing right "
    "now to get there.",
    "I do jobs or tasks automatically, without being aware of what I'm doing.",
    "I find myself listening to someone with one ear, doing something else at the same time.",
    "I drive places on 'automatic pilot' and then wonder why I went there.",
    "I find myself preoccupied with the future or the past.",
    "I find myself doing things without paying attention.",
    "I snack without being aware that I'm eating.",
)

ITEMS = tuple(Item(f"q{n}", words, OPTIONS) for n, words in enumerate(WORDS, start=1))

MAAS = Instrument(
    id="maas",
    version=1,
    title="MAAS",
    short="Everyday attention",
    stem="Please treat each item separately from every other item.",
    recall="currently",
    matter="your days as they are now",
    items=ITEMS,
    scales=(
        Scale(
            id="total",
            title="MAAS, mean",
            items=tuple(item.id for item in ITEMS),
            low=1,
            high=6,
            better=Better.HIGHER,
            method=Method.MEAN,
            reliable_change=Figure(0.8, "derived; not re-read", about=True),
            reliability=Figure(0.8, "alpha .80 to .90; not re-read", about=True),
            norm_mean=Figure(4.2, "adults; not re-read", about=True),
            norm_sd=Figure(0.69, "adults; not re-read", about=True),
            note=(
                "No range and no cut-off is published. The scoring instructions that were read, on "
                "others' pages and not the authors' own, ask for the mean of the fifteen and name "
                "no rule for missing answers: so every answer is needed."
            ),
        ),
    ),
    licence=Licence(
        id="maas-public-domain",
        holder="Kirk Warren Brown and Richard M. Ryan",
        attribution=(
            "Brown, K.W. & Ryan, R.M. (2003). The benefits of being present: Mindfulness and its "
            "role in psychological well-being. Journal of Personality and Social Psychology, 84, "
            "822-848."
        ),
        conditions="Cite the paper.",
        text=(
            "The trait MAAS is in the public domain and special permission is not required to use "
            "it for research or clinical purposes."
        ),
    ),
    compared=Compared(
        source="ReproNim/reproschema-library",
        at=(
            "200632b85bc59856ca2b5103fe0ae0be1c5f3d5a, "
            "705fe2c8a559f784e835625b5491e082c8946b4a and "
            "1c80a15f021bd9b7d7ec37f46f6f240ce636ee5b activities/MAAS"
        ),
        note=(
            "Items, introduction and answers agree. The quotation marks of items 7 and 12 are "
            "those of the authors' form (studylib.es/doc/9029669, read on 2026-11-22). Another "
            "scale is also called MAAS: the Maternal Antenatal Attachment Scale."
        ),
    ),
    default_on=True,
    sources=("Brown KW, Ryan RM (2003). J Pers Soc Psychol 84:822-848.",),
    minutes=4,
    retake_days=42,
    introduction=(
        "Day-to-Day Experiences. Below is a collection of statements about your everyday "
        "experience. Using the 1-6 scale below, please indicate how frequently or infrequently you "
        "currently have each experience. Please answer according to what really reflects your "
        "experience rather than what you think your experience should be."
    ),
)
