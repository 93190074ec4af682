"""All of one person's days together, and how they are told; three kinds of nothing among them."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from waymark.library.instrument import Better
from waymark.library.item import Question
from waymark.library.item_answer import NO_OCCASION, NOT_ANSWERED, answered
from waymark.library.items import ITEMS
from waymark.library.own_item import OwnItem
from waymark.library.win import WIN_TYPES
from waymark.progress.days.daily import DailyVerdict
from waymark.progress.days.daily_change import Way
from waymark.progress.days.daily_life import REACH, DailyLife, ItemDays, daily_life
from waymark.progress.days.values import Given
from waymark.progress.signals.checkin_signal import About
from waymark.progress.signals.signal import Tone
from waymark.progress.telling import daily_life as telling
from waymark.progress.telling.told import NEXT_STEP, Audience

START = date(2026, 1, 5)
OWN = OwnItem("own", 1, "How much did I knit?", "Not at all", "All evening", Better.HIGHER)
MOOD, PAUSE, SETTLE = ITEMS["mood"], ITEMS["pause"], ITEMS["react-duration"]


def said(question: Question, values: list[int | None], *, version: int | None = None) -> ItemDays:
    """A value a day from START on; None is a gap."""
    given = tuple(
        Given(
            START + timedelta(days=day),
            datetime(2026, 1, 5, 20, tzinfo=UTC) + timedelta(days=day),
            answered(value),
            version or question.version,
        )
        for day, value in enumerate(values)
        if value is not None
    )
    return ItemDays(question, given)


def drifting(start: float, end: float, *, days: int = 70, top: int = 10) -> list[int | None]:
    dice = Random(f"{start} {end}")  # noqa: S311 -- made-up days
    level = [start + (end - start) * day / days for day in range(days)]
    return [min(top, max(0, round(one + dice.gauss(0, 0.8)))) for one in level]


def life(*items: ItemDays, hard: tuple[int, ...] = (), days: int = 70) -> DailyLife:
    marked = [START + timedelta(days=day) for day in hard]
    return daily_life(items, hard=marked, today=START + timedelta(days=days - 1))


@pytest.mark.parametrize(
    ("start", "end", "state", "way"),
    [
        (3, 8, DailyVerdict.CLEAR, Way.EASIER),
        (8, 3, DailyVerdict.CLEAR, Way.HARDER),
        (5, 5, DailyVerdict.NO_CHANGE, None),
    ],
)
def test_a_course_is_told_in_its_own_word(
    start: float, end: float, state: DailyVerdict, way: Way | None
) -> None:
    (one,) = life(said(MOOD, drifting(start, end))).moved
    assert (one.change.state, one.change.way) == (state, way)


def test_too_few_days_say_how_many_there_are() -> None:
    held = life(said(MOOD, [5, None, 6, 4]), days=4)
    (told,) = telling.tell_moves(held, harder=False)
    assert (told.chip, told.tone) == ("Too early to say", Tone.INFO)
    assert told.detail == telling.Said(telling.WAITS_DAYS, {"n": 3, "needed": 7})
    assert told.now is None


def test_c07_five_zeros_four_without_occasion_and_five_gaps() -> None:
    """C07: the mean is 0 over five days, and the other nine are nothing, in two ways."""
    given = [answered(0)] * 5 + [NO_OCCASION] * 4 + [NOT_ANSWERED] * 5
    days = tuple(
        Given(START + timedelta(days=n), datetime(2026, 1, 5, tzinfo=UTC) + timedelta(days=n), one)
        for n, one in enumerate(given)
    )
    held = daily_life([ItemDays(PAUSE, days)], hard=[], today=START + timedelta(days=13))
    (told,) = telling.tell_moves(held, harder=False)
    window = told.moved.change.baseline
    assert (window.middle, window.answered, window.no_occasion, window.unanswered) == (0.0, 5, 4, 5)
    assert told.then == ("0 of 5", 5)


def test_c07_only_no_occasion_is_nothing_to_tell() -> None:
    """C07: no division by zero, and no sentence."""
    days = tuple(
        Given(START + timedelta(days=n), datetime(2026, 1, 5, tzinfo=UTC), NO_OCCASION)
        for n in range(14)
    )
    held = daily_life([ItemDays(PAUSE, days)], hard=[], today=START + timedelta(days=13))
    assert held.moved == held.watched == ()
    assert not held.harder


def test_c10_other_words_are_another_line_and_are_not_mixed_in() -> None:
    """C10: answers to an earlier version lie in neither window."""
    held = life(said(MOOD, drifting(3, 8), version=99))
    assert held.moved == ()


def test_what_is_to_come_and_what_is_not_judged_is_left_out() -> None:
    late = said(MOOD, drifting(3, 8, days=90))
    assert life(late, days=70).watched[0].answered == 70
    assert life(said(ITEMS["coping-use"], [1] * 30), said(ITEMS["hard-talk"], [1] * 30)).moved == ()


def test_the_hardest_stands_first_and_nothing_is_cheered_beside_it() -> None:
    held = life(said(MOOD, drifting(3, 8)), said(OWN, drifting(8, 3)), said(PAUSE, [1, 0, 1]))
    told = telling.tell_moves(held, harder=held.harder)
    assert [one.moved.question.id for one in told] == ["own", "mood", "pause"]
    assert [one.tone for one in told] == [Tone.WATCH, Tone.PLAIN, Tone.INFO]
    assert [one.headline for one in told] == [telling.HARDER, telling.EASIER, telling.EARLY]
    assert [one.harder for one in told] == [True, False, False]
    alone = life(said(MOOD, drifting(3, 8)))
    assert telling.tell_moves(alone, harder=False)[0].tone is Tone.GOOD


def test_both_windows_are_told_with_their_n() -> None:
    held = life(said(MOOD, drifting(3, 8)), said(PAUSE, [day % 2 for day in range(70)]))
    mood, pause = sorted(telling.tell_moves(held, harder=False), key=lambda one: one.chip)
    assert mood.detail.words == telling.THEN_AND_NOW
    assert (mood.detail.filled["then_n"], mood.detail.filled["now_n"]) == (14, 14)
    assert pause.detail.words == telling.COUNTED
    assert pause.detail.filled["then"] == "7 of 14"
    assert pause.headline == telling.ALIKE


def test_a_baseline_alone_says_what_there_is_so_far() -> None:
    held = life(said(MOOD, [5, 6] * 5), days=10)
    (told,) = telling.tell_moves(held, harder=False)
    assert told.detail.words == telling.SO_FAR


# Coming back, and early signs.


def test_the_return_is_of_one_item_and_only_where_days_were_marked() -> None:
    items = (said(MOOD, drifting(5, 5)), said(OWN, drifting(5, 5)[:40]), said(SETTLE, [2] * 70))
    assert all(one.recovery is None for one in life(*items).watched)
    found = life(*items, hard=(5, 20, 40, 60))
    assert [one.recovery is not None for one in found.watched] == [True, False, False]
    assert found.hard_days == 4
    (told,) = telling.findings_of(found, About.RETURN)
    assert told.signal == "return-not-clear"
    assert telling.of_one([told], About.RETURN) == [told]
    assert telling.of_one([told], About.HIT) == []


def test_without_an_item_of_every_day_no_return_is_told() -> None:
    found = life(said(SETTLE, [2] * 70), hard=(5, 20))
    assert [one.recovery for one in found.watched] == [None]


def test_warnings_and_the_return_look_half_a_year_back_and_a_change_at_all_days() -> None:
    days = 300
    values: list[int | None] = [5, 6, 4, 5] * (days // 4)
    found = life(said(MOOD, values), hard=(5, 290), days=days)
    assert found.watched[0].answered == REACH.days
    assert found.moved[0].change.baseline.first == START
    assert found.hard_days == 1


def test_a_harder_return_counts_as_harder() -> None:
    held = life(said(MOOD, drifting(5, 5)))
    assert not telling.anything_harder(held, ())
    worse = life(said(MOOD, [*drifting(7, 7, days=60), *[1] * 10]))
    findings = telling.findings_of(worse, About.WARNING)
    assert [one.signal for one in findings] == ["talk-about-it"]
    assert telling.anything_harder(worse, findings)


def test_nothing_says_that_somebody_else_reads_what_is_private() -> None:
    words = NEXT_STEP[Audience.CLIENT].format(person="Dr. Okafor", Person="Dr. Okafor")
    assert "can see this" in words
    said_alone = telling.without_reader(words, person="Dr. Okafor")
    assert "can see this" not in said_alone
    assert said_alone.endswith("another way?")
    yours = NEXT_STEP[Audience.CLIENT].format(person="your therapist", Person="Your therapist")
    assert "can see this" not in telling.without_reader(yours, person="your therapist")


def test_a_kind_of_win_is_a_sign_of_one_domain_or_of_none() -> None:
    assert {one.domain for one in WIN_TYPES.values()} >= {None, ITEMS["pause"].domain} - {
        ITEMS["pause"].domain
    }
    assert WIN_TYPES["said-no"].domain is ITEMS["boundary"].domain
