"""The five families of prompts: every question that was ever asked, and when it is."""

import re

import pytest

from waymark.library.prompt import Moment, PromptFamily, offered
from waymark.library.prompts import PROMPTS

# Ids are stored with what was written: a new one is added here, and none is ever taken out.
ASKED = {
    "daily-reflection": (
        "value-honored pulled-away learned-self gave-energy drained do-again first-noticed carried "
        "learned-other learned-world for-tomorrow helped one-moment"
    ),
    "emotion-focused": (
        "as-a-place letter-to-it its-age its-message in-the-body why-ladder what-it-guards "
        "need-under-it if-it-were-kind size-then-and-now one-beneath when-it-visits when-smaller"
    ),
    "progress-tracking": (
        "one-step grown-this-month handled-anew skill-that-worked friend-would-notice no-longer "
        "time-to-come-back boundary-kept unseen-effort first-session-self goal-and-next setback "
        "not-moved"
    ),
    "cbt-style": (
        "in-one-sentence fact-or-guess speaks-for-it speaks-against-it what-it-does "
        "another-reading to-a-friend worst-best-likely which-trap cost-and-use small-test balanced "
        "if-it-is-true"
    ),
    "session-reflection": (
        "surprised left-unsaid before-during-after idea-to-keep did-not-fit went-around "
        "understood-or-not to-try next-question pace body-after tonight who-to-tell"
    ),
}
CALM = ["emotion-focused", "cbt-style"]
FITS = {
    Moment.DAILY: ["daily-reflection"],
    Moment.HARD_DAY: ["emotion-focused", "cbt-style"],
    Moment.WEEKLY: ["progress-tracking"],
    Moment.MONTHLY: ["progress-tracking"],
    Moment.AFTER_SESSION: ["session-reflection"],
}
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
EVERY = [prompt for family in PROMPTS.values() for prompt in family.prompts]


def ids(families: tuple[PromptFamily, ...]) -> list[str]:
    return [one.id for one in families]


@pytest.mark.parametrize("id", ASKED)
def test_a_family_asks_all_its_questions(id: str) -> None:
    assert [prompt.id for prompt in PROMPTS[id].prompts] == ASKED[id].split()
    assert len(PROMPTS[id].prompts) >= 12


def test_no_other_family_and_no_id_twice() -> None:
    assert set(PROMPTS) == set(ASKED)
    assert len({prompt.id for prompt in EVERY}) == len(EVERY) == 65
    assert len({prompt.text for prompt in EVERY}) == len(EVERY)
    assert all(KEBAB.fullmatch(id) for id in (*PROMPTS, *(prompt.id for prompt in EVERY)))


@pytest.mark.parametrize("family", PROMPTS.values(), ids=PROMPTS)
def test_a_family_is_whole(family: PromptFamily) -> None:
    assert all((family.title, family.about, family.source, family.moments))
    assert all(prompt.text.endswith("?") for prompt in family.prompts)
    assert family.prompt(family.prompts[-1].id) is family.prompts[-1]
    with pytest.raises(StopIteration):
        family.prompt("never-asked")


def test_families_that_stir_wait_while_a_concern_is_open() -> None:
    assert [one.id for one in PROMPTS.values() if one.calm_only] == sorted(CALM)
    held = ids(offered(PROMPTS.values(), concern=True))
    assert held == ["daily-reflection", "progress-tracking", "session-reflection"]
    assert offered(PROMPTS.values(), concern=True, at=Moment.HARD_DAY) == ()


def test_all_are_offered_in_the_order_of_their_places() -> None:
    assert ids(offered(PROMPTS.values(), concern=False)) == list(ASKED)


@pytest.mark.parametrize("moment", Moment)
def test_each_moment_has_a_family(moment: Moment) -> None:
    assert ids(offered(PROMPTS.values(), concern=False, at=moment)) == FITS[moment]


def test_a_retired_family_is_not_offered() -> None:
    kept = PromptFamily("a", "A", "", (), "")
    gone = PromptFamily("b", "B", "", (), "", retired=True)
    assert offered((gone, kept), concern=False) == (kept,)


def test_why_is_asked_three_times_at_most_and_then_what_is_needed() -> None:
    assert [prompt.id for prompt in EVERY if prompt.then] == ["why-ladder"]
    ladder = PROMPTS["emotion-focused"].prompt("why-ladder")
    *rungs, last = (ladder.text, *ladder.then)
    assert len(rungs) == 3
    assert all(re.search(r"\bwhy\b", rung, re.IGNORECASE) for rung in rungs)
    assert last.endswith("What do you need now?")
    assert not re.search(r"\bwhy\b", last, re.IGNORECASE)


def test_no_question_asks_for_a_trauma_or_for_harm() -> None:
    """Such writing is done beside a clinician."""
    hard = re.compile(r"trauma|abuse|suicid|harm|worst (?:thing|memory)|die|death", re.IGNORECASE)
    assert [prompt.text for prompt in EVERY if hard.search(prompt.text)] == []


def test_a_thought_may_be_true() -> None:
    assert PROMPTS["cbt-style"].prompt("if-it-is-true").text.startswith("If it is true")
