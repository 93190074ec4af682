"""Hints on a thought record as it is written. None is in the way; a change of 0 needs none."""

import re
from collections.abc import Iterator

from waymark.library.feelings import FEELINGS
from waymark.library.goal_words import FEELING_WORDS
from waymark.library.hint import Hint
from waymark.library.marking import gettext_noop
from waymark.library.thought_record import ThoughtRecord
from waymark.library.word import WORD, content_words, folded, words_of

QUESTION = Hint(
    "question",
    "thoughts",
    gettext_noop(
        "This reads like a question. Which answer do you fear? Try that answer as the thought."
    ),
)
FEELING = Hint(
    "feeling",
    "thoughts",
    gettext_noop("This reads like a feeling. What went through your mind as you felt it?"),
)
SEEN = Hint(
    "seen",
    "evidence",
    gettext_noop("Could a camera have seen it? Try what was said or done."),
)
BOTH_SIDES = Hint(
    "both-sides",
    "balanced",
    gettext_noop("It can help to look at both sides first, with one line each."),
)
FROM_EACH = Hint(
    "from-each",
    "balanced",
    gettext_noop("Does it hold something from each side? It can keep what is true in both."),
)
NO_FIRST = Hint(
    "no-first",
    "after",
    gettext_noop("There is no first number to set this one beside. You can still add it above."),
)

NAMED_FEELINGS = frozenset(one.word for one in FEELINGS.values()) | FEELING_WORDS
MORE_FEELINGS = frozenset(
    WORD.findall("""
    afraid annoyed bitter bored desperate disappointed disgusted down embarrassed empty envious
    frightened frustrated furious glad helpless hopeless humiliated hurt irritated jealous low mad
    miserable nervous numb panicked proud regret rage rejected relieved resentful terrified tense
    tired uneasy unloved upset
    """)
)
AROUND_FEELINGS = frozenset(
    WORD.findall("""
    a all and am are be bit but completely deeply extremely feel feeling feelings felt i i'm in
    just kind little lot me my of or pretty quite rather really so some sort that this totally
    very was
    """)
)
_ASKED = re.compile(
    r"\?\W*$|^(?:and |but |so )?(?:why|how come|what if)\b"
    r"|^(?:am|are|is|do|does|did|will|would|can|could|should|have|has) (?:i|he|she|it|they|we"
    r"|people|my|the)\b"
)
_NOT_SEEN = re.compile(
    r"^(?:i (?:just |simply )?(?:know|feel|sense)\b|it (?:just |simply )?feels\b|obviously\b"
    r"|it'?s obvious\b|everyone (?:knows|thinks)\b|everybody (?:knows|thinks)\b"
    r"|(?:i'm|i am) (?:just )?(?:sure|certain)\b)"
)


def hints(record: ThoughtRecord) -> tuple[Hint, ...]:
    """What could make this record clearer, each hint once, in the order of the columns."""
    found = [
        *(hint for thought in record.thoughts for hint in _of_thought(thought.words)),
        *_of_evidence(record),
        *_of_balanced(record),
        *_of_after(record),
    ]
    return tuple(dict.fromkeys(found))


def is_question(words: str) -> bool:
    """Whether a thought is asked and not said: ``What if I lose it``."""
    return _ASKED.search(folded(words)) is not None


def is_feeling(words: str) -> bool:
    """Whether a thought is nothing but feelings: ``I feel so sad and scared``."""
    rest = [word for word in words_of(words) if word not in AROUND_FEELINGS]
    return bool(rest) and all(word in NAMED_FEELINGS or word in MORE_FEELINGS for word in rest)


def _of_thought(words: str) -> Iterator[Hint]:
    if is_question(words):
        yield QUESTION
    elif is_feeling(words):
        yield FEELING


def _of_evidence(record: ThoughtRecord) -> Iterator[Hint]:
    lines = (*record.evidence_for, *record.evidence_against)
    if any(_NOT_SEEN.search(folded(line)) for line in lines):
        yield SEEN


def _of_balanced(record: ThoughtRecord) -> Iterator[Hint]:
    """Of a thought that is true nothing has to be balanced."""
    if record.accurate or not record.balanced.strip():
        return
    sides = [_about(record.evidence_for), _about(record.evidence_against)]
    if not all(sides):
        yield BOTH_SIDES
    elif not all(side & content_words(record.balanced) for side in sides):
        yield FROM_EACH


def _about(lines: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for line in lines for word in content_words(line))


def _of_after(record: ThoughtRecord) -> Iterator[Hint]:
    rated = [(one.before, one.after) for one in record.feelings]
    rated += [(one.before, one.after) for one in record.thoughts]
    if any(before is None and after is not None for before, after in rated):
        yield NO_FIRST
