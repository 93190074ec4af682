"""Which way words point: a lexicon of its own, beside the code whose sentences it reads.

`pointing` takes the words of a text that say a direction, in their order. `against` names those of
a headline, a chip or a title that speak against a verdict.
"""

import re
import tomllib
from pathlib import Path

TABLE = tomllib.loads((Path(__file__).parent / "directions.toml").read_text())

BETTER = {
    "better", "improve", "improved", "improves", "improving", "improvement", "recovered",
    "recovery", "easier", "sooner", "faster", "less", "smaller", "gain", "gains",
}  # fmt: skip
WORSE = {
    "worse", "worsen", "worsened", "worsening", "harder", "deteriorated", "deterioration", "harmed",
    "slower", "longer", "later", "larger", "decline", "declined", "setback", "loss", "losses",
}  # fmt: skip
FIGURES = {"lower": -1, "higher": 1, "fell": -1, "rose": 1, "down": -1, "up": 1}
OTHERS = {
    "ups", "downs", "rise", "fall", "rises", "falls", "more", "most", "fewer", "least", "hard",
    "hardest", "easy", "slow", "slowly", "fast", "quickly", "early", "late", "low", "high", "under",
    "over", "above", "below", "beyond", "best", "worst", "clinical", "functional", "large", "small",
    "grows", "shrinks", "reversed", "back", "helped",
}  # fmt: skip

SIGN = r"(?<![\w.-])[+-](?=\d)"
CHANCE = re.compile(r"\b(?:under|over) 0\.\d\d")
WORDS = re.compile(
    rf"\b(?:{'|'.join(sorted(BETTER | WORSE | set(FIGURES) | OTHERS))})\b|{SIGN}", re.IGNORECASE
)


def pointing(text: str) -> str:
    """The words of a text that say a direction, and the signs of its figures, in their order."""
    return " ".join(WORDS.findall(CHANCE.sub("0.5", text))).lower()


def against(text: str, *, verdict: str, lower_is_better: bool) -> list[str]:
    """The words that say another direction than the verdict."""
    good = {word for word, way in FIGURES.items() if (way < 0) is lower_is_better} | BETTER
    bad = {word for word, way in FIGURES.items() if (way > 0) is lower_is_better} | WORSE
    barred = {"better": bad, "worse": good}.get(verdict, good | bad)
    return [word for word in pointing(text).split() if word in barred]


def toward(text: str, *, verdict: str, lower_is_better: bool) -> bool:
    """Whether any word says the verdict's own direction."""
    other = {"better": "worse", "worse": "better"}[verdict]
    return bool(against(text, verdict=other, lower_is_better=lower_is_better))
