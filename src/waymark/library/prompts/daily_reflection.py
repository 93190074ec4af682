"""Daily reflection: a few lines about the day that has just been."""

from waymark.library.prompt import Prompt, PromptFamily

DAILY_REFLECTION = PromptFamily(
    id="daily-reflection",
    title="Looking back on today",
    about="A few lines about your day. There is no right length, and one word is fine.",
    prompts=(
        Prompt("value-honored", "What did you do today that matters to you, however small?"),
        Prompt("pulled-away", "Was there a moment when you were pulled off course? What pulled?"),
        Prompt("learned-self", "What did today show you about yourself?"),
        Prompt("gave-energy", "What gave you a little energy today?"),
        Prompt("drained", "What took energy from you today?"),
        Prompt("do-again", "Which choice of today would you make again?"),
        Prompt("first-noticed", "What did you notice today for the first time?"),
        Prompt("carried", "What are you still carrying as the day ends?"),
    ),
    source=(
        "Themes: writing about the day in positive affect journaling (Smyth et al. 2018, "
        "JMIR Mental Health 5(4):e11290; a first, small trial). The words are Waymark's own."
    ),
)
