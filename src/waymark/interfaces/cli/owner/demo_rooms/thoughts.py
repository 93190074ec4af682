"""Thought records of one of them: one that helped, a like one a month on, one that is true."""

from waymark.interfaces.cli.owner.demo_life import Life
from waymark.library.thought_record import FeelingRated, Thought, ThoughtRecord
from waymark.record.thoughts.actions import begin

NUMBER = 60
FIRST = ThoughtRecord(
    situation="My boss did not answer my mail.",
    feelings=(FeelingRated("worried", 80, 45), FeelingRated("ashamed", 60, 40)),
    thoughts=(Thought("She is done with me.", 90, 50, hot=True),),
    evidence_for=("She answered two others.",),
    evidence_against=("She thanked me on Friday.", "She was in meetings all day."),
    balanced="She may be busy. On Friday she was glad of my work.",
    belief=60,
    next_step="Ask her on Monday.",
    traps=frozenset({"mind-reading"}),
)
SAME = ThoughtRecord(
    situation="My boss walked past and did not say hello.",
    feelings=(FeelingRated("worried", 70, 70),),
    thoughts=(Thought("My boss is done with me.", 75, 75, hot=True),),
    evidence_for=("She looked down.",),
    evidence_against=("She was on the phone.",),
    balanced="She was on the phone.",
    belief=40,
    traps=frozenset({"mind-reading"}),
)
TRUE = ThoughtRecord(
    situation="The letter from the bank.",
    feelings=(FeelingRated("scared", 85, 60),),
    thoughts=(Thought("I owe more than I can pay this month.", 100, None, hot=True),),
    next_step="Call the advice line with Robin beside me.",
    accurate=True,
)


def live(life: Life) -> None:
    if life.login == "sam":
        for record, days in ((FIRST, 62), (SAME, 31), (TRUE, 8)):
            at = life.ago(days=days, hours=2)
            begin(life.patient, record=record, by=life.client, at=at)
