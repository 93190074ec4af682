"""STOP: a minute between what happens and what you do next."""

from waymark.library.practice import Practice, Step

STOP = Practice(
    id="stop",
    title="STOP",
    about="A short pause for when something has just set you off.",
    steps=(
        Step("Stop", "Stop what you are doing. Let your hands rest.", 5),
        Step(
            "Take a breath",
            "Breathe in as far as is easy, and let it go slowly. Once more if you like.",
            20,
        ),
        Step(
            "Observe",
            "Look at what is here: in your body, in your feelings, in your thoughts, in the room. "
            "Nothing has to change.",
            35,
        ),
        Step("Proceed", "Choose one next thing to do, and do just that.", 15),
    ),
    when_not=(
        "Not while driving or in water. If watching your breath makes you uneasy, look around the "
        "room instead. If you are in danger, get help first."
    ),
    source=(
        "The four letters are common practice in mindfulness teaching, with no single owner. "
        "The words and times here are Waymark's own."
    ),
)
