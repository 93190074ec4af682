"""How a person's own words are read by a rule: folded, split into words, and what they are about.

Used for suggestions and for finding what is alike; nothing here is a reading of what is meant.
"""

import re
import unicodedata

APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u201b\u02bc\u2032\u00b4`", "'"))
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
"""Letters and digits of any script; an apostrophe inside a word belongs to it."""

SPACES = re.compile(r"(\s+)")
TOGETHER = 200  # signs; no word of any language is as long
LEAST_LETTERS = 4
SMALL = frozenset(
    WORD.findall("""
    about after again also always because been before being cannot could didn't does doesn't doing
    don't down during each even ever every everything feel feeling feels felt from have having
    here into it's just know like made make many maybe more most much myself never nothing only
    other over really same should something still such than that that's their them then there
    these they thing things think this those thought through very want wanted well were what when
    where which while will with without would wouldn't your yourself can't i'll i've isn't wasn't
    """)
)
"""Words that join or that everybody uses: two texts that share them need not be about one thing."""


def folded(text: str) -> str:
    """One way to write what is the same: straight apostrophes, NFKC, small letters, single spaces.

    In this order, for NFKC takes an accent that stands for an apostrophe apart. Small letters are
    those that a script in a browser makes too, with ss for the sharp s: `str.casefold` goes further
    in ways that no browser follows (j with a caron, the Greek iota below), none of which matters
    to a word in the letters a to z.
    """
    plain = compatible(text.translate(APOSTROPHES))
    return " ".join(plain.lower().replace("\u00df", "ss").split())


def compatible(text: str) -> str:
    """The text in NFKC, word by word: putting marks in order takes time that grows with the square
    of how many stand together, so no more than ``TOGETHER`` signs of a word are looked at at once.
    """
    pieces = (
        word[start : start + TOGETHER]
        for word in SPACES.split(text)
        for start in range(0, len(word), TOGETHER)
    )
    return "".join(unicodedata.normalize("NFKC", piece) for piece in pieces)


def words_of(text: str) -> list[str]:
    """The words of a text in order, folded; marks between them are gone."""
    return WORD.findall(folded(text))


def content_words(text: str) -> frozenset[str]:
    """What a text is about: words of four letters or more that are not ``SMALL``, by their stem.

    The stem is rough: a plural or third person is its singular (``meetings``, ``stories``).
    """
    long = (word for word in words_of(text) if len(word) >= LEAST_LETTERS and word not in SMALL)
    return frozenset(_stem(word) for word in long if not word.isdigit())


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    if word.endswith("ies") and len(word) > LEAST_LETTERS:
        return f"{word[:-3]}y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) >= LEAST_LETTERS:
        return word[:-1]
    return word
