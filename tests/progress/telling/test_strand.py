"""Any kind of evidence is judged by the one signal and told by the one telling: here, steps taken.

steps of a plan:   3 of 5 done            "More than half of the plan is done."
                   1 of 5, and fewer      "Fewer steps than before."
"""

from dataclasses import dataclass
from enum import StrEnum

import pytest

from tests.progress.telling.test_tone import offences, text_of
from waymark.progress.change.reliable_change import Reason
from waymark.progress.signals.checkin_signal import About
from waymark.progress.signals.checkins import DAY_SIGNALS
from waymark.progress.signals.score_signal import Looks
from waymark.progress.signals.scores import SIGNALS
from waymark.progress.signals.signal import Finding, Signal, Tone, Verdict, Words
from waymark.progress.telling.checkins import CHECKINS
from waymark.progress.telling.scores import SCORES
from waymark.progress.telling.strand import Remark, Strand
from waymark.progress.telling.told import HELP_NOW, NEXT_STEP, Audience, Told


@dataclass(frozen=True, slots=True)
class Steps:
    """How much of one plan was done, now and before."""

    plan: str
    done: int
    before: int
    reasons: tuple[Reason, ...] = ()


class Counted(StrEnum):
    ALL = "all"


def words(headline: str, detail: str, **more: str) -> Words:
    return Words(headline=headline, detail=detail, chip="{Name}", **more)


MORE = Signal(
    id="more-steps",
    version=2,
    title="More steps",
    looks=Counted.ALL,
    verdict=Verdict.BETTER,
    tone=Tone.GOOD,
    judge=lambda steps: steps.done > steps.before,
    to_client=words("More of {name} is done.", "{done} of 5 steps.", how="We count."),
    to_clinician=words("{Name}: more steps.", "{done} of 5, {before} before."),
    source="a plan of five steps",
)
FEWER = Signal(
    id="fewer-steps",
    version=1,
    title="Fewer steps",
    looks=Counted.ALL,
    verdict=Verdict.WORSE,
    tone=Tone.WATCH,
    judge=lambda steps: steps.done < steps.before,
    to_client=words("Fewer steps of {name} than before.", "{done} of 5 steps.", how="We count."),
    to_clinician=words("{Name}: fewer steps.", "{done} of 5, {before} before."),
    source="a plan of five steps",
)
SHELF: dict[str, Signal[Steps]] = {one.id: one for one in (MORE, FEWER)}
PLANS = Strand(
    signals=SHELF,
    place=lambda one: (one.evidence.plan,),
    remarks={Reason.IMPORTED: Remark("Some were noted elsewhere.", "")},
    harder={Reason.WORSE_SO_FAR: "Fewer so far"},
)
WALKS, CALLS = Steps("walks", 3, 1), Steps("calls", 1, 4)


def judged(*every: Steps) -> list[Finding[Steps]]:
    return [one.found(steps) for steps in every for one in SHELF.values() if one.judge(steps)]


def said(*every: Steps, to: Audience = Audience.CLIENT, **more: bool) -> Told:
    return PLANS.tell(judged(*every), to=to, slots=slots, **more)


def slots(one: Finding[Steps]) -> dict[str, str]:
    steps = one.evidence
    return {
        "Name": steps.plan.capitalize(),
        "name": steps.plan,
        "done": str(steps.done),
        "before": str(steps.before),
        "person": "your therapist",
        "Person": "Your therapist",
    }


def test_good_news_alone_has_its_color_and_asks_for_nothing() -> None:
    told = said(WALKS)
    assert (told.headline, told.detail) == ("More of walks is done.", "3 of 5 steps.")
    assert [(one.label, one.kind) for one in told.chips] == [("Walks", Tone.GOOD)]
    assert (told.next_step, told.how_we_know) == ("", "We count.")
    assert offences(text_of(told)) == []


@pytest.mark.parametrize("every", [(WALKS, CALLS), (CALLS, WALKS)])
def test_the_hardest_leads_and_nothing_is_cheered_beside_it(every: tuple[Steps, Steps]) -> None:
    told = said(*every)
    assert told.headline == "Fewer steps of calls than before."
    assert told.detail.endswith("do not all point the same way. More of walks is done.")
    assert [(one.label, one.kind) for one in told.chips] == [
        ("Calls: Calls", Tone.WATCH),
        ("Walks: Walks", Tone.PLAIN),
    ]
    step = NEXT_STEP[Audience.CLIENT].format(person="your therapist", Person="Your therapist")
    assert told.next_step == step


def test_what_got_harder_elsewhere_takes_the_color_and_help_stands_where_it_is_asked_for() -> None:
    told = said(WALKS, plain=True, help_now=True)
    assert [one.kind for one in told.chips] == [Tone.PLAIN]
    assert told.next_step == HELP_NOW[Audience.CLIENT]


def test_a_reason_adds_its_remark_and_names_a_worsening_that_the_verdict_would_hide() -> None:
    told = said(Steps("walks", 3, 1, (Reason.IMPORTED, Reason.WORSE_SO_FAR)))
    assert told.detail == "3 of 5 steps. Some were noted elsewhere."
    assert [(one.label, one.kind) for one in told.chips] == [
        ("Walks", Tone.PLAIN),
        ("Fewer so far", Tone.WATCH),
    ]
    assert told.next_step


def test_a_clinician_reads_which_signal_spoke() -> None:
    told = said(WALKS, to=Audience.CLINICIAN)
    assert told.how_we_know == "Signal more-steps, version 2 (a plan of five steps)."


def test_both_kinds_there_are_stand_on_the_same_shelf_of_things() -> None:
    """No second class of signals, and no second telling."""
    assert {type(one) for one in (*SIGNALS.values(), *DAY_SIGNALS.values())} == {Signal}
    assert {type(one.looks) for one in SIGNALS.values()} == {Looks}
    assert {type(one.looks) for one in DAY_SIGNALS.values()} == {About}
    assert type(SCORES) is type(CHECKINS) is Strand
