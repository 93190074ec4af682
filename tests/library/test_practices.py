"""What each practice says and holds: times from the papers on content, typed here by hand."""

import re

import pytest

from tests.library.client_words import of_practice
from waymark.library.pacing import lengths, run
from waymark.library.practice import Breath, Group, Part, Pattern, Practice, Step
from waymark.library.practices import PRACTICES

STEPS = {
    "stop": (5, 20, 35, 15),
    "natural-breath": (40, 50, 130, 50, 30),
    "body-scan-3": (30, 40, 40, 30, 20, 20),
    "body-scan-10": (60, 60, 45, 60, 60, 60, 60, 60, 60, 60, 15),
    "body-scan-20": (90, 120, 120, 90, 90, 90, 90, 90, 120, 120, 90, 60, 30),
    "thoughts-on-a-river": (60, 45, 240, 30, 30, 30, 45),
    "thoughts-in-bubbles": (60, 45, 240, 30, 30, 30, 45),
    "guided-sitting": (40, 50, 60, 150, 90, 70, 70, 40, 30),
    "before-session": (60, 90, 120, 30),
    "after-session": (60, 360, 300, 30, 90, 60),
    "self-compassion-break": (40, 75, 75, 80, 30),
    "compassionate-letter": (90, 60, 150, 150, 180, 150, 90, 30),
}
SECONDS = {
    "stop": 75,
    "natural-breath": 300,
    "box-breath": 304,  # 19 cycles of 16 s
    "four-seven-eight": 76,  # 4 cycles of 19 s
    "coherent-breath": 297,  # 27 cycles of 11 s
    "six-a-minute": 300,
    "long-exhale": 180,
    "cyclic-sigh": 297,  # 33 cycles of 9 s
    "body-scan-3": 180,
    "body-scan-10": 600,
    "body-scan-20": 1200,
    "thoughts-on-a-river": 480,
    "thoughts-in-bubbles": 480,
    "guided-sitting": 600,
    "before-session": 300,
    "after-session": 900,
    "self-compassion-break": 300,
    "compassionate-letter": 900,
}
# In, a little more in, hold, out, rest: milliseconds; then those of the gentler one.
BREATHS = {
    "box-breath": ((4000, 0, 4000, 4000, 4000), (3000, 0, 3000, 3000, 3000)),
    "four-seven-eight": ((4000, 0, 7000, 8000, 0), (2000, 0, 3500, 4000, 0)),
    "coherent-breath": ((5500, 0, 0, 5500, 0), (4000, 0, 0, 4000, 0)),
    "six-a-minute": ((5000, 0, 0, 5000, 0), (4000, 0, 0, 4000, 0)),
    "long-exhale": ((4000, 0, 0, 6000, 0), (3000, 0, 0, 4500, 0)),
    "cyclic-sigh": ((2000, 1000, 0, 6000, 0), (1500, 750, 0, 4500, 0)),
}
CYCLES = {
    "box-breath": 19,
    "four-seven-eight": 4,
    "coherent-breath": 27,
    "six-a-minute": 30,
    "long-exhale": 18,
    "cyclic-sigh": 33,
}
OFFERED = {
    "stop": (1,),
    "natural-breath": (1, 3, 5),
    "box-breath": (1, 3, 5),
    "four-seven-eight": (1,),  # 3 minutes would be 9 cycles, and 4 are the most at first
    "coherent-breath": (1, 3, 5, 10),
    "six-a-minute": (1, 3, 5, 10),
    "long-exhale": (1, 3, 5),
    "cyclic-sigh": (1, 3, 5),
    "body-scan-3": (3,),
    "body-scan-10": (5, 10),
    "body-scan-20": (20,),
    "thoughts-on-a-river": (5, 8),
    "thoughts-in-bubbles": (5, 8),
    "guided-sitting": (5, 10),
    "before-session": (3, 5),
    "after-session": (5, 10, 15),
    "self-compassion-break": (3, 5),
    "compassionate-letter": (10, 15),
}
GROUPED = {
    "now": {"stop", "long-exhale"},
    "breath": {
        "natural-breath", "box-breath", "four-seven-eight", "coherent-breath", "six-a-minute",
        "cyclic-sigh",
    },
    "body": {"body-scan-3", "body-scan-10", "body-scan-20"},
    "mind": {"thoughts-on-a-river", "thoughts-in-bubbles", "guided-sitting"},
    "session": {"before-session", "after-session"},
    "kindness": {"self-compassion-break", "compassionate-letter"},
}  # fmt: skip
HELD = {"box-breath", "four-seven-eight"}
BREATHING = {id: one.breath for id, one in PRACTICES.items() if one.breath}
ORDER = (Part.INHALE, Part.TOP_UP, Part.HOLD, Part.EXHALE, Part.REST)


def in_ms(pattern: Pattern) -> tuple[int, ...]:
    held = dict(pattern.parts)
    assert [part for part in ORDER if part in held] == [part for part, _ms in pattern.parts]
    return tuple(held.get(part, 0) for part in ORDER)


def test_eighteen_practices_stand_on_the_shelf() -> None:
    assert set(PRACTICES) == set(SECONDS) == set(OFFERED) == {*STEPS, *BREATHS}


@pytest.mark.parametrize("practice", PRACTICES.values(), ids=PRACTICES)
def test_a_practice_is_of_one_kind_and_says_when_not_to_use_it(practice: Practice) -> None:
    assert bool(practice.steps) != bool(practice.breath)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", practice.id)
    assert all((*of_practice(practice), practice.source))
    assert re.search(r"[Ww]aymark's own", practice.source)


@pytest.mark.parametrize("practice", PRACTICES.values(), ids=PRACTICES)
def test_it_takes_the_time_that_was_typed_by_hand(practice: Practice) -> None:
    assert practice.seconds == SECONDS[practice.id]
    assert lengths(practice) == OFFERED[practice.id]
    assert tuple(step.seconds for step in practice.steps) == STEPS.get(practice.id, ())


@pytest.mark.parametrize("id", BREATHS)
def test_a_breath_has_its_typed_parts_and_a_gentler_form_of_the_same_shape(id: str) -> None:
    breath = BREATHING[id]
    assert (in_ms(breath.pattern), in_ms(breath.gentler)) == BREATHS[id]
    assert run(PRACTICES[id]).cycles == CYCLES[id]
    usual, gentler = BREATHS[id]
    assert all(
        less * usual[0] == more * gentler[0] for less, more in zip(gentler, usual, strict=True)
    )
    assert sum(gentler) < sum(usual)


@pytest.mark.parametrize("id", BREATHS)
def test_a_dose_is_counted_in_one_way(id: str) -> None:
    assert bool(BREATHING[id].seconds) != bool(BREATHING[id].cycles)


def test_a_held_breath_names_whom_it_is_not_for_and_what_to_do_instead() -> None:
    assert {id for id, breath in BREATHING.items() if breath.pattern.holds} == HELD
    for id in HELD:
        assert re.search("pregnant.*epilepsy.*heart.*lungs.*panic", PRACTICES[id].when_not)
        other = PRACTICES[PRACTICES[id].instead].breath
        assert other
        assert not other.pattern.holds


@pytest.mark.parametrize("id", BREATHS)
def test_every_breath_is_done_sitting_and_stops_at_dizziness(id: str) -> None:
    words = PRACTICES[id].when_not
    assert all(
        word in words for word in ("Sit down", "water", "driving", "dizzy", "tingle", "stop")
    )


@pytest.mark.parametrize("practice", PRACTICES.values(), ids=PRACTICES)
def test_nobody_does_it_at_the_wheel(practice: Practice) -> None:
    writing = {"self-compassion-break", "compassionate-letter", "after-session"}
    assert practice.id in writing or "driving" in practice.when_not


def test_sitting_still_says_that_it_does_not_suit_everybody_and_who_asks_first() -> None:
    sitting = PRACTICES["guided-sitting"]
    assert "some people feel worse" in sitting.about
    assert re.search("therapist first.*trauma.*hear or see.*unreal.*very high", sitting.when_not)


def test_a_claim_is_no_larger_than_what_is_known() -> None:
    for id in ("coherent-breath", "long-exhale", "cyclic-sigh"):
        assert "Many people find it calming." in PRACTICES[id].about
    assert "no difference" in PRACTICES["coherent-breath"].source


def test_each_stands_in_the_group_where_it_is_looked_for() -> None:
    found = {one: {id for id, held in PRACTICES.items() if held.group == one} for one in Group}
    assert found == GROUPED


def test_one_practice_is_offered_first() -> None:
    assert [one.id for one in PRACTICES.values() if one.first] == ["long-exhale"]


def test_another_form_is_as_long_as_the_practice_that_a_list_names() -> None:
    forms = {one.id: one.form_of for one in PRACTICES.values() if one.form_of}
    assert forms == {"thoughts-in-bubbles": "thoughts-on-a-river"}
    for id, of in forms.items():
        assert not PRACTICES[of].form_of
        times = [(step.seconds, step.needs) for step in PRACTICES[id].steps]
        assert times == [(step.seconds, step.needs) for step in PRACTICES[of].steps]


@pytest.mark.parametrize(
    "step", [step for one in PRACTICES.values() for step in one.steps], ids=lambda step: step.name
)
def test_a_step_can_be_read_in_the_least_time_it_gets(step: Step) -> None:
    """At three words a second, 180 a minute."""
    assert 0 < step.needs <= step.seconds
    assert len(step.words.split()) <= 3 * step.needs


def test_stop_takes_between_a_minute_and_a_minute_and_a_half() -> None:
    assert 60 <= PRACTICES["stop"].seconds <= 90
    assert [step.name for step in PRACTICES["stop"].steps] == [
        *("Stop", "Take a breath", "Observe", "Proceed")
    ]


def test_before_a_session_follows_its_plan() -> None:
    assert [(step.name, step.seconds) for step in PRACTICES["before-session"].steps] == [
        ("A few breaths", 60),
        ("Look around", 90),
        ("What matters", 120),
        ("Your goals", 30),
    ]


def test_a_gentler_breath_is_as_many_cycles_where_cycles_are_counted() -> None:
    pattern, gentler = Pattern(inhale=4, exhale=8), Pattern(inhale=2, exhale=4)
    counted = Breath(how="", pattern=pattern, gentler=gentler, cycles=4)
    timed = Breath(how="", pattern=pattern, gentler=gentler, seconds=60)
    assert [counted.dose(gentler=one) for one in (False, True)] == [4, 4]
    assert [timed.dose(gentler=one) for one in (False, True)] == [5, 10]


@pytest.mark.parametrize(
    ("seconds", "cycles"), [(300, 19), (60, 4), (180, 11), (8, 1), (7, 0), (24, 2)]
)
def test_whole_cycles_nearest_to_a_time(seconds: int, cycles: int) -> None:
    """300 s are 18.75 boxes of 16 s; 8 and 24 s lie halfway, and the larger number is taken."""
    assert Pattern(inhale=4, hold=4, exhale=4, rest=4).cycles_in(seconds) == cycles
