"""A practice in time: every offered length exactly, and every moment beside a plain twin."""

from dataclasses import replace
from fractions import Fraction

import pytest

from waymark.library.pacing import Beat, Run, lengths, run, scaled, where
from waymark.library.practice import Breath, Group, Part, Pattern, Practice, Step
from waymark.library.practices import PRACTICES

OFFERED = [(one, length) for one in PRACTICES.values() for length in (None, *lengths(one))]
NAMED = [f"{one.id}-{length or 'own'}" for one, length in OFFERED]
SLOW = Pattern(inhale=70, exhale=70)


def made(*steps: Step, longest: int = 0) -> Practice:
    return Practice(
        id="made",
        title="",
        group=Group.NOW,
        about="",
        when_not="",
        source="",
        steps=steps,
        longest=longest,
    )


def breathed(breath: Breath, longest: int = 0) -> Practice:
    return replace(made(longest=longest), breath=breath)


# Lengths


@pytest.mark.parametrize(("practice", "length"), OFFERED, ids=NAMED)
def test_steps_last_exactly_as_long_as_was_chosen(practice: Practice, length: int | None) -> None:
    laid = run(practice, length=length)
    if practice.steps:
        assert laid.ms == (practice.seconds if length is None else length * 60) * 1000
        assert [beat.ms % 1000 for beat in laid.beats] == [0] * len(practice.steps)
        for beat, step in zip(laid.beats, practice.steps, strict=True):
            assert (beat.name, beat.words, beat.part) == (step.name, step.words, None)
            assert step.needs * 1000 <= beat.ms <= step.seconds * 1000


@pytest.mark.parametrize("gentler", [False, True])
@pytest.mark.parametrize("practice", [one for one in PRACTICES.values() if one.breath])
def test_a_breath_ends_on_the_whole_cycle_nearest(practice: Practice, gentler: bool) -> None:
    for length in lengths(practice, gentler=gentler):
        laid = run(practice, length=length, gentler=gentler)
        assert laid.ms == laid.cycles * sum(beat.ms for beat in laid.beats)
        gaps = {n: abs(n * laid.cycle_ms - length * 60_000) for n in range(1, 200)}
        assert gaps[laid.cycles] == min(gaps.values())


@pytest.mark.parametrize(
    ("id", "length", "seconds"),
    [
        ("stop", 1, (5, 15, 25, 15)),
        ("before-session", 3, (30, 45, 90, 15)),
        ("body-scan-10", 5, (31, 30, 22, 30, 30, 30, 30, 30, 30, 30, 7)),
        ("after-session", 10, (45, 210, 210, 25, 65, 45)),
        ("thoughts-on-a-river", 5, (40, 30, 150, 20, 20, 20, 20)),
        ("natural-breath", 3, (25, 30, 75, 30, 20)),
    ],
)
def test_a_shorter_form_by_hand(id: str, length: int, seconds: tuple[int, ...]) -> None:
    laid = run(PRACTICES[id], length=length)
    assert tuple(beat.ms // 1000 for beat in laid.beats) == seconds


def twin_of_scaled(steps: list[Step], seconds: int) -> tuple[int, ...]:
    """The same shares by exact fractions, the seconds that are left handed out one by one."""
    own = sum(step.seconds for step in steps)
    if seconds < own:
        room = own - sum(step.needs for step in steps)
        kept = Fraction(own - seconds, room)
        exact = [step.seconds - kept * (step.seconds - step.needs) for step in steps]
    else:
        exact = [Fraction(step.seconds * seconds, own) for step in steps]
    given = [int(one) for one in exact]
    while sum(given) < seconds:
        most = max(one - int(one) for one in exact)
        at = [one - int(one) for one in exact].index(most)
        given[at] += 1
        exact[at] = Fraction(int(exact[at]))
    return tuple(given)


@pytest.mark.parametrize("practice", [one for one in PRACTICES.values() if one.steps])
def test_every_second_of_every_length_is_shared_as_a_plain_twin_does(practice: Practice) -> None:
    least = sum(step.needs for step in practice.steps)
    for seconds in range(least, 2 * practice.seconds, 7):
        given = scaled(practice.steps, seconds=seconds)
        assert sum(given) == seconds
        assert given == twin_of_scaled(list(practice.steps), seconds)


def test_steps_that_give_up_nothing_keep_their_time() -> None:
    fixed, long = Step("a", "", 20, least=20), Step("b", "", 100, least=40)
    assert scaled((fixed, long), seconds=60) == (20, 40)
    assert scaled((fixed, long), seconds=90) == (20, 70)
    assert scaled((fixed,), seconds=20) == (20,)
    assert scaled((fixed,), seconds=60) == (60,)


def test_a_length_that_makes_no_sense_is_not_offered() -> None:
    assert lengths(made(Step("a", "", 100))) == (1,)  # needs 50 s, and is not stretched
    assert lengths(made(Step("a", "", 130))) == ()
    assert lengths(made(Step("a", "", 130), longest=300)) == (3, 5)
    assert lengths(made(Step("a", "", 420))) == (5, 7)
    assert lengths(made(Step("a", "", 30))) == ()
    slow = Breath(how="", pattern=SLOW, gentler=SLOW, seconds=300)
    assert lengths(breathed(slow)) == (3, 5)  # a minute is less than half a cycle
    assert lengths(breathed(slow, longest=600)) == (3, 5, 10)
    assert lengths(breathed(replace(slow, seconds=0, cycles=2))) == (3, 5)
    assert lengths(breathed(replace(slow, seconds=90)), gentler=True) == ()


def test_a_length_is_offered_or_refused() -> None:
    with pytest.raises(ValueError, match="stop is not offered for 10 minutes"):
        run(PRACTICES["stop"], length=10)
    with pytest.raises(ValueError, match="four-seven-eight is not offered for 1 minutes"):
        where(PRACTICES["four-seven-eight"], length=1, elapsed_ms=0, gentler=True)


def test_what_is_gentler_is_the_breath_and_nothing_of_steps() -> None:
    assert run(PRACTICES["stop"], gentler=True) == run(PRACTICES["stop"])
    gentle = run(PRACTICES["four-seven-eight"], gentler=True)
    assert (gentle.cycles, gentle.ms) == (4, 38_000)


# Where a timer stands


def twin_of_where(laid: Run) -> list[tuple[int, int, int, int]]:
    """Cycle, beat, time left in it and to the end, walked through in steps of 250 ms."""
    walked = []
    start = 0
    for cycle in range(laid.cycles):
        for number, beat in enumerate(laid.beats):
            for gone in range(0, beat.ms, 250):
                to_end = laid.ms - start - gone
                walked.append((cycle, number, beat.ms - gone, to_end))
            start += beat.ms
    return walked


@pytest.mark.parametrize(("practice", "length"), OFFERED, ids=NAMED)
def test_a_timer_shows_the_right_moment(practice: Practice, length: int | None) -> None:
    laid = run(practice, length=length)
    told = [laid.at(elapsed) for elapsed in range(0, laid.ms, 250)]
    plain = [(at.cycle, at.beat_number, at.left_ms, at.to_end_ms) for at in told if at]
    assert plain == twin_of_where(laid)
    assert all(at and at.beat is laid.beats[at.beat_number] for at in told)


def test_a_timer_by_hand() -> None:
    stop, box = PRACTICES["stop"], PRACTICES["box-breath"]
    first = where(stop, length=None, elapsed_ms=0)
    assert first
    assert (first.beat.name, first.left_ms, first.to_end_ms) == ("Stop", 5_000, 75_000)
    last = where(stop, length=None, elapsed_ms=4_999)
    assert last
    assert (last.beat_number, last.left_ms) == (0, 1)
    turned = where(stop, length=None, elapsed_ms=5_000)
    assert turned
    assert (turned.beat.name, turned.left_ms) == ("Take a breath", 20_000)
    hold = where(box, length=1, elapsed_ms=16_000 + 5_500)
    assert hold
    assert (hold.cycle, hold.beat.part, hold.left_ms, hold.to_end_ms) == (
        *(1, Part.HOLD, 2_500, 64_000 - 21_500),
    )


@pytest.mark.parametrize(("practice", "length"), OFFERED, ids=NAMED)
def test_it_is_over_at_its_end_and_not_before(practice: Practice, length: int | None) -> None:
    end = run(practice, length=length).ms
    last = where(practice, length=length, elapsed_ms=end - 1)
    assert last
    assert last.left_ms == last.to_end_ms == 1
    assert where(practice, length=length, elapsed_ms=end) is None
    assert where(practice, length=length, elapsed_ms=10 * end) is None


def test_before_it_began_is_an_error() -> None:
    with pytest.raises(ValueError, match="-1 ms: a run begins at 0"):
        Run((Beat("a", "", 1000),)).at(-1)
