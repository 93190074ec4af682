"""Every word of the library's own that a client reads, by where it stands."""

from collections.abc import Iterator
from types import ModuleType

from waymark.library import goal, goal_hints, level_hints, own_item, thought_hints, thought_record
from waymark.library.bodyregion import BODY_REGIONS
from waymark.library.feeling import QUARTER_WORDS
from waymark.library.feelings import FEELINGS
from waymark.library.hint import Hint
from waymark.library.item import DOMAINS, CheckInItem
from waymark.library.items import ITEMS
from waymark.library.practice import GROUP_WORDS, PART_WORDS, Practice
from waymark.library.practices import PRACTICES
from waymark.library.prompt import PromptFamily
from waymark.library.prompts import PROMPTS
from waymark.library.sensitive_goal import SENSITIVE
from waymark.library.trap import MAY_BE_TRUE, TRAPS
from waymark.library.win import WIN_TYPES


def of_practice(practice: Practice) -> Iterator[str]:
    yield from (practice.title, practice.about, practice.when_not)
    for step in practice.steps:
        yield from (step.name, step.words)
    if practice.breath:
        yield practice.breath.how


def of_family(family: PromptFamily) -> Iterator[str]:
    yield from (family.title, family.about)
    for prompt in family.prompts:
        yield from (prompt.text, *prompt.then)


def of_item(item: CheckInItem) -> Iterator[str]:
    yield from (item.words, item.short, item.about, *item.steps)
    if item.no_occasion:
        yield item.no_occasion


def hints_of(module: ModuleType) -> list[str]:
    return [one.words for one in vars(module).values() if isinstance(one, Hint)]


WORDS = {
    "practices": [word for one in PRACTICES.values() for word in of_practice(one)],
    "parts of a breath": list(PART_WORDS.values()),
    "groups of practices": list(GROUP_WORDS.values()),
    "prompts": [word for one in PROMPTS.values() for word in of_family(one)],
    "feelings": [*QUARTER_WORDS.values()]
    + [word for one in FEELINGS.values() for word in (one.word, one.meaning)],
    "body regions": [one.label for one in BODY_REGIONS],
    "thinking traps": [MAY_BE_TRUE]
    + [word for one in TRAPS.values() for word in (one.name, one.explanation, one.question)],
    "check-in items": [word for one in ITEMS.values() for word in of_item(one)]
    + [*DOMAINS.values()],
    "own items": [
        *(own_item.EMPTY, own_item.ONE_LINE, own_item.TOO_LONG, own_item.ALIKE, own_item.NOT_HERE)
    ],
    "goals": [
        *(*goal.COUNTED.values(), *goal.STATES.values(), *goal.LET_GO_BECAUSE.values()),
        *(*goal.LEVELS.values(), *goal.RATING_ENDS, *SENSITIVE.values()),
    ],
    "hints on goals": hints_of(goal_hints),
    "hints on levels": hints_of(level_hints),
    "thought records": [thought_record.ACCURATE, thought_record.WHEN_ACCURATE]
    + [*thought_record.BELIEF_ENDS, *thought_record.FEELING_ENDS]
    + [word for one in thought_record.COLUMNS for word in (one.title, one.ask)],
    "hints on thought records": hints_of(thought_hints),
    "win types": [word for one in WIN_TYPES.values() for word in (one.label, one.example)],
}
