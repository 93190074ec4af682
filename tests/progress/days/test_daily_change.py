"""One finding of one item: windows, least sizes, four states and the way, from answers as given."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from waymark.library.instrument import Better
from waymark.library.item import Kind, Question
from waymark.library.item_answer import NO_OCCASION, Used, answered, of_skills
from waymark.library.items import ITEMS
from waymark.library.own_item import OwnItem
from waymark.progress.days.daily import DailyVerdict, look, needed_in_each
from waymark.progress.days.daily_change import DailyChange, Way, asked_of, change_of
from waymark.progress.days.evidence import weigh_days
from waymark.progress.days.skills import SkillUse, skills_used
from waymark.progress.days.values import Given, lines_of
from waymark.progress.days.windows import figure, window_of

FIRST = date(2027, 3, 1)
MOOD, WORRY, PAUSE = ITEMS["mood"], ITEMS["worry"], ITEMS["pause"]
DURATION, ALLOW, SKILLS = (ITEMS[id] for id in ("react-duration", "allow-feeling", "coping-use"))
CALM = "5 6 4 5 6 5 4 6 5 5 4 6 5 6"
HIGH = "8 9 8 7 8 9 9 8 7 8 9 8 8 9"


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def given(drawn: str, *, begin: int = 0, version: int = 1, **more: bool) -> Iterator[Given]:
    """``5 . - 6*10``: a day each; a dot is no answer, a stroke no occasion, ``6*10`` ten days."""
    number = begin
    for word in drawn.split():
        value, _, times = word.partition("*")
        for _ in range(int(times or 1)):
            at = datetime.combine(day(number), time(20), tzinfo=UTC)
            answer = NO_OCCASION if value == "-" else answered(int(value)) if value != "." else None
            if answer is not None:
                yield Given(on=day(number), at=at, answer=answer, version=version, **more)
            number += 1


def length(drawn: str) -> int:
    return sum(int(word.partition("*")[2] or 1) for word in drawn.split())


def seen(drawn: str, *, item: Question = MOOD, today: int | None = None) -> DailyChange:
    last = length(drawn) - 1 if today is None else today
    found = change_of(item, given(drawn), today=day(last))
    assert found is not None
    return found


# Four states, and the way


@pytest.mark.parametrize(
    ("drawn", "state", "up"),
    [
        (f"{CALM} {CALM} {HIGH} {HIGH}", DailyVerdict.CLEAR, True),
        (f"{HIGH} {HIGH} {CALM} {CALM}", DailyVerdict.CLEAR, False),
        (f"{CALM} {CALM} {CALM} {CALM}", DailyVerdict.NO_CHANGE, None),
        (f"{CALM} {CALM}", DailyVerdict.NO_CHANGE, None),  # both windows the same
        (f"{CALM} {HIGH.split()[0]}", DailyVerdict.TOO_EARLY, None),
        ("", DailyVerdict.TOO_EARLY, None),
    ],
)
def test_a_drawn_diary_its_state_and_which_way(
    drawn: str, state: DailyVerdict, up: bool | None
) -> None:
    for item, easier in ((MOOD, True), (WORRY, False)):
        found = seen(drawn, item=item, today=max(length(drawn) - 1, 0))
        way = None if up is None else Way.EASIER if up is easier else Way.HARDER
        assert (found.state, found.way) == (state, way)


def test_a_change_that_is_probably_real_has_a_way_too() -> None:
    found = seen(f"{CALM} {CALM} {HIGH} {HIGH}")
    probable = replace(found, look=replace(found.look, verdict=DailyVerdict.PROBABLE))
    assert probable.way is Way.EASIER


@pytest.mark.parametrize(
    ("first", "last", "reached"),
    [
        ("5*7 6*7", "6*7 7*7", True),  # one point, and SD .5
        ("5*7 6*7", "6*8 7*6", False),  # .93
        ("3*7 7*7", "5*7 7*7", False),  # one point, and half an SD is more
        ("3*7 7*7", "5*6 7*8", True),
    ],
)
def test_the_least_size_of_numbers_is_a_point_and_half_a_persons_sd(
    first: str, last: str, reached: bool
) -> None:
    look = seen(f"{first} {last}").look
    assert look.size is not None
    assert look.least is not None
    assert (abs(look.size) >= look.least) is reached


def test_a_degree_needs_half_a_step() -> None:
    """And 5 occasions are enough, as there may be none on a day."""
    found = seen("1 2 - 1 2 - 1 1 . . 2 1 1 2 " + "2 2 - 2 2 - 1 2 . . 2 2 1 2 ", item=ALLOW)
    assert (found.look.needed, found.look.least) == (5, 0.5)
    assert found.look.size == pytest.approx(0.4)
    assert found.state is not DailyVerdict.CLEAR


def test_yes_and_no_are_told_with_their_n() -> None:
    """5 of 8, then 9 of 11: .19 is under the least size of .20."""
    found = seen("1 1 - 1 0 - 1 - 0 1 . 0 . - 1 1 1 0 1 1 - 1 1 0 1 1 - -", item=PAUSE)
    assert found.current is not None
    assert [figure(one, PAUSE) for one in (found.baseline, found.current)] == ["5 of 8", "9 of 11"]
    assert [one.yes for one in (found.baseline, found.current)] == [5, 9]
    assert found.look.size == pytest.approx(9 / 11 - 5 / 8)
    assert found.look.least == 0.2
    assert found.state is not DailyVerdict.CLEAR


def test_four_occasions_are_not_enough() -> None:
    found = seen("1 0 - - 1 - - - - - - 1 - -", item=PAUSE)
    assert (found.look.needed, found.waits) == (5, "Not enough yet: 4 of 5 times.")
    more = seen("1 0 1 - 1 0 - - - - - - - - 1 1 1 1 - - - - - - - - - -", item=PAUSE)
    assert more.waits == "Not enough yet: 4 of 5 times."


def test_a_duration_is_told_in_its_words() -> None:
    """From half the day to under an hour."""
    first, last = "3 4 3 - 3 2 3 3 4 3 - 3 3 2", "1 1 0 - 1 2 1 1 0 1 - 1 1 1"
    found = seen(f"{first} {first} {last} {last}", item=DURATION)
    assert found.current is not None
    assert [figure(one, DURATION) for one in (found.baseline, found.current)] == [
        *("About half the day", "Under an hour")
    ]
    assert (found.look.size, found.look.least) == (-2, 1)
    assert (found.state, found.way) == (DailyVerdict.CLEAR, Way.EASIER)


# Windows


def test_zero_no_occasion_and_no_answer_are_counted_apart() -> None:
    """C07: five answered 0, four without an occasion, five not answered."""
    found = seen("0 - 0 . - 0 . . 0 - . - 0 .", item=ALLOW)
    window = found.baseline
    assert (window.middle, window.sd, window.spread) == (0.0, 0.0, (0.0, 0.0))
    assert (window.answered, window.no_occasion, window.unanswered, window.days) == (5, 4, 5, 14)
    assert figure(window, ALLOW) == "0.0"


@pytest.mark.parametrize("item", [ALLOW, PAUSE, DURATION])
def test_all_without_an_occasion_is_not_enough(item: Question) -> None:
    found = seen("-*28", item=item)
    assert (found.state, found.way) == (DailyVerdict.TOO_EARLY, None)
    assert found.waits == "Not enough yet: 0 of 5 times."
    window = found.baseline
    assert (window.answered, window.middle, window.sd, window.spread) == (0, None, None, None)
    assert (window.no_occasion, figure(window, item)) == (14, "")


@pytest.mark.parametrize(
    ("drawn", "today", "waits"),
    [
        ("", 0, "Not enough yet: 0 of 7 days."),
        ("5 . 5 . 5 5", 5, "Not enough yet: 4 of 7 days."),
        ("5*6", 5, "Not enough yet: 6 of 7 days."),
        ("5*7", 6, ""),  # the baseline has enough, and is not over
        ("5*14 . 6 6", 16, "Not enough yet: 2 of 7 days."),
        (f"{CALM} 6*7", 20, ""),  # enough, and the month is not over
        (f"{CALM} .*8 8*6", 27, "Not enough yet: 6 of 7 days."),
        ("5*3 .*30 5*4", 36, "Not enough yet: 4 of 7 days."),  # what is long ago leads nowhere
        (f"{CALM} {CALM}", 27, ""),
    ],
)
def test_what_is_missing_is_counted(drawn: str, today: int, waits: str) -> None:
    assert seen(drawn, today=today).waits == waits


def test_nothing_can_be_said_in_the_first_month() -> None:
    """Decision 35: the windows must not meet."""
    for today in range(27):
        found = seen(" ".join(f"{CALM} {HIGH}".split()[: today + 1]), today=today)
        assert found.state is DailyVerdict.TOO_EARLY
        assert found.ready_on == (None if today < 6 else day(27))
        if today >= 6:
            assert (found.baseline.first, found.baseline.last) == (FIRST, day(min(today, 13)))
            assert found.baseline.unanswered == 0
        if found.current is not None:
            assert found.current.first == day(14)
            assert found.current.last == day(today)
    assert seen(f"{CALM} {HIGH}").state is DailyVerdict.CLEAR


def test_now_is_today_and_not_the_last_answer() -> None:
    """Who has not answered for two weeks is not told how it is now."""
    found = seen(f"{CALM} {CALM} {HIGH} {HIGH}", today=80)
    assert found.current is not None
    assert (found.current.first, found.current.last) == (day(67), day(80))
    assert (found.state, found.waits) == (
        DailyVerdict.TOO_EARLY,
        "Not enough yet: 0 of 7 days.",
    )


def test_what_is_to_come_is_not_looked_at() -> None:
    whole = list(given(f"{CALM} {CALM} {HIGH} {HIGH}"))
    for today in (3, 9, 20, 27):
        upto = [one for one in whole if one.on <= day(today)]
        assert change_of(MOOD, whole, today=day(today)) == change_of(MOOD, upto, today=day(today))


def test_a_steadier_line_is_seen_without_a_change_of_the_mean() -> None:
    found = seen("3 7 4 6 3 7 4 6 3 7 4 6 3 7 5 5 5 5 5 5 5 5 5 5 5 5 5 5")
    assert found.current is not None
    assert found.baseline.middle == found.current.middle == 5.0
    assert found.baseline.sd == pytest.approx(1.71, abs=0.01)
    assert (found.current.sd, found.current.spread) == (0.0, (5.0, 5.0))


def test_days_that_were_brought_in_lie_in_no_window() -> None:
    """Weeks of another app before, and a few days within the baseline."""
    own = list(given(f"{CALM} {CALM} {HIGH} {HIGH}"))
    plain = change_of(MOOD, own, today=day(55))
    brought = [
        *given(HIGH, begin=-40, imported=True),
        *given("0*5", begin=5, imported=True),
    ]
    assert change_of(MOOD, [*brought, *own], today=day(55)) == plain
    alone = change_of(MOOD, given("5*28", imported=True), today=day(27))
    assert alone is not None
    assert (alone.baseline.answered, alone.waits) == (0, "Not enough yet: 0 of 7 days.")


def test_days_that_were_filled_in_later_count_and_are_marked() -> None:
    late = [*given("5*3", back_filled=True), *given("5*4", begin=3)]
    found = change_of(MOOD, late, today=day(6))
    assert found is not None
    assert (found.baseline.answered, found.baseline.back_filled) == (7, 3)


def test_other_words_begin_anew() -> None:
    """A version change in the middle: the old line stays, and the new one has its own baseline."""
    new = replace(MOOD, version=2, before=MOOD)
    answers = [*given(f"{CALM} {CALM}"), *given(HIGH, begin=28, version=2)]
    found = change_of(new, answers, today=day(41))
    old = change_of(MOOD, answers, today=day(27))
    assert found is not None
    assert old is not None
    assert (found.version, found.baseline.first, found.state) == (
        *(2, day(28)),
        DailyVerdict.TOO_EARLY,
    )
    assert old == change_of(MOOD, given(f"{CALM} {CALM}"), today=day(27))
    assert change_of(replace(MOOD, version=3), answers, today=day(41)) == change_of(
        replace(MOOD, version=3), [], today=day(41)
    )


def test_an_item_that_is_retired_keeps_its_line() -> None:
    """C10."""
    answers = list(given(f"{CALM} {CALM} {HIGH} {HIGH}"))
    retired = replace(MOOD, retired=True)
    assert change_of(retired, answers, today=day(55)) == change_of(MOOD, answers, today=day(55))


def test_an_own_item_is_judged_like_any_number() -> None:
    own = OwnItem("own-1", 1, "How much did I sing?", "Not at all", "All day", Better.HIGHER)
    found = change_of(own, given(f"{CALM} {CALM} {HIGH} {HIGH}"), today=day(55))
    assert found is not None
    assert (found.item, found.state, found.way) == ("own-1", DailyVerdict.CLEAR, Way.EASIER)


@pytest.mark.parametrize(
    "id", ["coping-use", "handled-vs-month", "hard-talk", "pattern-seen", "connected"]
)
def test_what_is_shown_only_is_not_judged(id: str) -> None:
    assert change_of(ITEMS[id], given("1*60"), today=day(59)) is None


def test_of_weekly_items_four_weeks_are_counted() -> None:
    weeks = "1 .*6 0 .*6 - .*6 1 .*6 1 .*6"
    (line,) = lines_of(given(weeks), kind=Kind.YES_NO)
    window = window_of(line.days, kind=Kind.YES_NO, first=day(7), last=day(34))
    assert (window.yes, window.answered, window.no_occasion) == (2, 3, 1)


def test_a_median_between_two_steps_names_both() -> None:
    (line,) = lines_of(given("1 2 2 1"), kind=Kind.DURATION)
    window = window_of(line.days, kind=Kind.DURATION, first=day(0), last=day(3))
    assert figure(window, DURATION) == "Under an hour / One to three hours"
    assert window.middle == 1.5


# What it rests on


def test_a_kind_without_a_least_size_is_refused_by_the_evidence() -> None:
    with pytest.raises(ValueError, match="no least size of a change is known for skills"):
        look([0], [1], kind=Kind.SKILLS, better=Better.HIGHER)
    assert needed_in_each(Kind.NUMBER, occasions=False) == 7


def test_signals_read_the_same_days() -> None:
    (line,) = lines_of([*given("9", begin=-1, imported=True), *given("1 - 3")], kind=ALLOW.kind)
    rows = asked_of(ALLOW, line, today=day(2))
    assert (rows.scores, rows.names) == ([1.0, None, 3.0], [day(0), day(1), day(2)])
    assert (rows.low, rows.high, rows.better, rows.occasions) == (0, 4, Better.HIGHER, True)
    days = weigh_days(rows)
    assert (days.answered, days.first, days.last) == (2, day(0), day(2))
    assert days.look is not None
    assert days.look.needed == 5


@pytest.mark.parametrize("today", [27, 41, 55, 62, 80])
def test_signals_say_what_the_finding_says(today: int) -> None:
    drawn = f"{CALM} {CALM} {HIGH} {HIGH}"
    (line,) = lines_of(given(drawn), kind=Kind.NUMBER)
    days = weigh_days(asked_of(MOOD, line, today=day(today)))
    assert days.look == seen(drawn, today=today).look


# Skills


def test_skills_are_counted_by_days_and_mean_help() -> None:
    diary = [
        [Used("a walk", 3), Used("music")],
        [Used("a walk", 2)],
        [],
        [Used("music", 4), Used("talking", 1)],
        [Used("a walk")],
    ]
    said = [
        Given(
            on=day(number),
            at=datetime.combine(day(number), time(20), tzinfo=UTC),
            answer=of_skills(used),
        )
        for number, used in enumerate(diary)
    ]
    twice = replace(said[0], at=said[0].at + timedelta(hours=1))
    assert skills_used([*said, twice], first=day(0), last=day(3)) == (
        SkillUse("music", 2, 4.0, 1),
        SkillUse("a walk", 2, pytest.approx(8 / 3), 3),
        SkillUse("talking", 1, 1.0, 1),
    )
    assert skills_used(said, first=day(4), last=day(9)) == (SkillUse("a walk", 1, None, 0),)
    window = window_of(lines_of(said, kind=Kind.SKILLS)[0].days, kind=Kind.SKILLS,
                       first=day(0), last=day(13))  # fmt: skip
    assert figure(window, SKILLS) == "4 of 5"
