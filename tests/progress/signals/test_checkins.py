"""Each signal of check-ins as a picture: days it must find, days it must leave to another, and the
rules of its words."""

import re
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from numpy.random import default_rng

from tests.progress.telling.test_tone import offences, reading_grade, text_of
from waymark.library.instrument import Better
from waymark.progress.days.daily import DailyVerdict, Look
from waymark.progress.days.early_warning import Day, EwmaChart, Stage
from waymark.progress.days.evidence import Asked, Days, weigh_days
from waymark.progress.days.half_life import Estimate, Period, Reason, Recovery, ReturnVerdict
from waymark.progress.signals.checkin_signal import About
from waymark.progress.signals.checkins import DAY_SIGNALS
from waymark.progress.signals.engine import judge_days
from waymark.progress.signals.signal import Tone, Verdict
from waymark.progress.telling.checkins import tell_day, told_of_days
from waymark.progress.telling.told import REQUIRED_WHEN_HARDER, Audience
from waymark.progress.validation.simulations.checkins import draw_recovery

MAY = date(2026, 5, 4)


def watched(stage: Stage) -> EwmaChart:
    return EwmaChart((Day(60, 1.0, 0.5, stage),), 2.7, 4.0, 1.2, 0.3)


def returned(verdict: ReturnVerdict, *, p_faster: float = 0.5, p_smaller: float = 0.5) -> Recovery:
    """Half-lives of 3 and 1.6 days, lifts of 24 and 12 points."""
    first = Period(55, 7, Estimate(3.1, 2.0, 4.4), None, Estimate(24, 20, 28))
    second = Period(52, 6, Estimate(1.6, 1.1, 2.2), None, Estimate(12, 9, 16))
    ratio, hit = Estimate(0.5, 0.3, 0.8), Estimate(-12, -16, -8)
    reason = Reason.NOT_CLEAR if verdict is ReturnVerdict.TOO_EARLY else None
    return Recovery(verdict, first, second, reason, p_faster, ratio, p_smaller, hit)


def looked(verdict: DailyVerdict, *, size: float = -1.8) -> Look:
    """Distress: fewer points are better."""
    chances = (0.96, 0.01, 0.05) if size < 0 else (0.01, 0.96, 0.05)
    return Look(83, (12, 11), 7, verdict, size, 1.0, *chances, better=size < 0)


NOTHING = Days(
    item="distress",
    better=Better.LOWER,
    answered=107,
    first=MAY,
    last=MAY + timedelta(days=119),
    recovery=None,
    look=None,
    watch=watched(Stage.USUAL),
)
FEW = Recovery(ReturnVerdict.TOO_EARLY, Period(12, 1), Period(9, 0), Reason.FEW_SETBACKS)

PICTURES = {
    "faster-return": replace(NOTHING, recovery=returned(ReturnVerdict.FASTER, p_faster=0.97)),
    "slower-return": replace(NOTHING, recovery=returned(ReturnVerdict.SLOWER, p_faster=0.03)),
    "same-return": replace(NOTHING, recovery=returned(ReturnVerdict.NO_CHANGE)),
    "return-not-clear": replace(NOTHING, recovery=FEW),
    "smaller-hit": replace(NOTHING, recovery=returned(ReturnVerdict.NO_CHANGE, p_smaller=0.97)),
    "larger-hit": replace(NOTHING, recovery=returned(ReturnVerdict.NO_CHANGE, p_smaller=0.02)),
    "easier-days": replace(NOTHING, look=looked(DailyVerdict.CLEAR)),
    "harder-days": replace(NOTHING, look=looked(DailyVerdict.PROBABLE, size=2.2)),
    "days-alike": replace(NOTHING, look=looked(DailyVerdict.NO_CHANGE, size=0.2)),
    "days-not-clear": replace(NOTHING, look=Look(20, (9, 0), 7, DailyVerdict.TOO_EARLY)),
    "unusual-days": replace(NOTHING, watch=watched(Stage.UNUSUAL)),
    "talk-about-it": replace(NOTHING, watch=watched(Stage.TALK)),
}


def finding_of(signal: str):
    return next(one for one in judge_days(PICTURES[signal]) if one.signal == signal)


@pytest.mark.parametrize("signal", DAY_SIGNALS)
def test_every_signal_is_drawn_and_leaves_other_days_alone(signal: str) -> None:
    found = DAY_SIGNALS[signal]
    assert found.judge(PICTURES[signal])
    others = [name for name in PICTURES if name != signal and found.judge(PICTURES[name])]
    assert others == (["smaller-hit", "larger-hit"] if signal == "same-return" else [])
    assert not found.judge(NOTHING)


def test_no_picture_is_of_a_signal_that_is_gone() -> None:
    assert set(PICTURES) == set(DAY_SIGNALS)


@pytest.mark.parametrize("signal", DAY_SIGNALS)
def test_every_signal_names_its_source_and_its_method(signal: str) -> None:
    one = DAY_SIGNALS[signal]
    assert one.source
    assert one.title
    assert one.version >= 1
    assert one.to_client.how
    told = tell_day(finding_of(signal), to=Audience.CLINICIAN, called="distress")
    assert f"Signal {signal}, version {one.version} ({one.source})" in told.how_we_know


@pytest.mark.parametrize("signal", DAY_SIGNALS)
def test_a_client_can_read_it_and_nothing_banned_is_told(signal: str) -> None:
    told = tell_day(finding_of(signal), to=Audience.CLIENT, called="Distress")
    assert offences(text_of(told)) == []
    for text in (f"{told.headline} {told.detail}", told.how_we_know, told.next_step):
        assert not text or reading_grade(text) <= 8, text


@pytest.mark.parametrize("signal", DAY_SIGNALS)
@pytest.mark.parametrize("to", Audience)
def test_no_brace_is_left_and_no_gap(signal: str, to: Audience) -> None:
    said = text_of(tell_day(finding_of(signal), to=to, called="distress"))
    assert not re.search(r"[{}]|  | \.|\bNone\b", said)


@pytest.mark.parametrize(
    "signal", [id for id, one in DAY_SIGNALS.items() if one.verdict is Verdict.WORSE]
)
def test_every_worsening_holds_what_it_must_and_a_next_step(signal: str) -> None:
    told = tell_day(finding_of(signal), to=Audience.CLIENT, called="distress", person="Dr. Okafor")
    needed = {"answers": "107 answers", "span": "from May 4 to August 31", "person": "Dr. Okafor"}
    assert set(needed) == set(REQUIRED_WHEN_HARDER)
    for words in needed.values():
        assert words in text_of(told)
    assert tell_day(finding_of(signal), to=Audience.CLINICIAN, called="distress").next_step


def test_a_warning_says_where_help_is_and_decides_nothing() -> None:
    for signal in ("unusual-days", "talk-about-it"):
        client = tell_day(finding_of(signal), to=Audience.CLIENT, called="distress")
        assert "Need help now?" in client.next_step
        clinician = tell_day(finding_of(signal), to=Audience.CLINICIAN, called="distress")
        assert "decides nothing" in clinician.detail
    assert DAY_SIGNALS["unusual-days"].to_client.chip == "Unusual for you"


def test_size_and_certainty_are_said_and_never_rounded_up() -> None:
    told = tell_day(finding_of("faster-return"), to=Audience.CLIENT, called="Distress")
    assert "your distress answers was gone after about 3 days" in told.detail
    assert "gone after about 2 days" in told.detail
    assert "right about 19 times in 20" in told.detail
    certain = replace(
        PICTURES["faster-return"], recovery=returned(ReturnVerdict.FASTER, p_faster=1.0)
    )
    (sure,) = judge_days(certain)
    assert "19 times in 20" in tell_day(sure, to=Audience.CLIENT, called="x").detail
    assert "over 0.99" in tell_day(sure, to=Audience.CLINICIAN, called="x").headline
    little = tell_day(finding_of("days-not-clear"), to=Audience.CLIENT, called="distress")
    assert "needs 7 answers in each, and four weeks in all" in little.detail
    leaning = replace(looked(DailyVerdict.TOO_EARLY, size=1.4), p_worse=0.7, p_better=0.02)
    (unclear,) = judge_days(replace(NOTHING, look=leaning))
    client, clinician = (tell_day(unclear, to=to, called="distress") for to in Audience)
    assert "lean toward a harder time, and do not say so clearly" in client.detail
    assert "Moved +1.4 points. Probability of a change toward better 0.02" in clinician.detail


def test_nothing_is_cheered_beside_a_worsening() -> None:
    both = [finding_of("easier-days"), finding_of("talk-about-it"), finding_of("same-return")]
    assert [one.signal for one in told_of_days(both)] == ["talk-about-it", "easier-days"]
    for harder, tone in ((False, Tone.GOOD), (True, Tone.PLAIN)):
        told = tell_day(both[0], to=Audience.CLIENT, called="distress", harder=harder)
        assert [chip.kind for chip in told.chips] == [tone]
    calm = [finding_of("same-return"), finding_of("easier-days"), finding_of("days-not-clear")]
    told = [one.signal for one in told_of_days(calm)]
    assert told == ["easier-days", "same-return", "days-not-clear"]


def test_patience_is_not_asked_for_beside_a_call_to_talk() -> None:
    both = [finding_of("unusual-days"), finding_of("harder-days"), finding_of("days-not-clear")]
    assert [one.signal for one in told_of_days(both)] == ["harder-days"]
    assert [one.signal for one in told_of_days(both[::2])] == ["unusual-days"]


def test_one_milder_day_takes_no_warning_back() -> None:
    stages = [Stage.TALK, Stage.TALK, Stage.UNUSUAL]
    for later, signal in ((62, "talk-about-it"), (68, "unusual-days")):
        days = [Day(on, 3.0, 0.5, stage) for on, stage in zip((59, 60, later), stages, strict=True)]
        found = judge_days(replace(NOTHING, watch=replace(watched(Stage.USUAL), days=tuple(days))))
        assert [one.signal for one in found] == [signal]


def test_days_that_get_better_are_never_a_warning() -> None:
    """Eased by five points over twelve weeks, and by five points at once: forty people each."""
    for gradual in (True, False):
        for seed in range(40):
            rng = default_rng(seed)
            ease = np.linspace(0, 5, 84) if gradual else np.where(np.arange(84) < 50, 0, 5)
            scores = np.clip(np.round(8 - ease + rng.normal(0, 1, 84)), 0, 10).tolist()
            days = weigh_days(Asked("distress", range(84), scores, 0, 10))
            assert all(day.stage is not Stage.TALK for day in days.watch.days)
            found = {one.verdict for one in told_of_days(judge_days(days))}
            assert Verdict.WORSE not in found, seed


@pytest.mark.parametrize("answered", range(9))
def test_a_newcomer_with_few_answers_is_too_early(answered: int) -> None:
    scores = [3.0, 5.0, 4.0, 6.0, 2.0, 5.0, 4.0, 3.0][:answered]
    days = weigh_days(Asked("distress", range(answered), scores, 0, 10), setbacks=[])
    assert {one.verdict for one in judge_days(days)} <= {Verdict.TOO_EARLY}


def test_a_move_of_the_least_size_is_not_called_alike() -> None:
    """Two points higher, restless: not clear, and not "much like your first two"."""
    rng = default_rng(3)
    for _ in range(40):
        scores = np.clip(np.round(rng.normal(4, 2, 84)), 0, 10).tolist()
        days = weigh_days(Asked("distress", range(84), scores, 0, 10))
        if days.look.verdict is DailyVerdict.NO_CHANGE:
            assert abs(days.look.size) < days.look.least


def test_nothing_is_said_where_nothing_was_answered() -> None:
    empty = weigh_days(Asked("distress", [1, 2], [None, None], 0, 10), setbacks=[])
    assert judge_days(empty) == ()


@pytest.mark.parametrize("better", Better)
def test_which_way_is_better_turns_the_news_around(better: Better) -> None:
    """Six points at first and two at the end, a day up and a day down."""
    scores = [6.0 + k % 2 for k in range(42)] + [2.0 + k % 2 for k in range(42)]
    days = weigh_days(Asked("sleep", range(84), scores, 0, 10, better))
    found = {one.signal for one in judge_days(days)}
    assert ("easier-days" in found) is (better is Better.LOWER)
    assert ("harder-days" in found) is (better is Better.HIGHER)


@pytest.mark.parametrize("better", Better)
def test_a_drawn_relapse_is_unusual_first_and_then_worth_a_talk(better: Better) -> None:
    """Sixty usual days from 3 to 5, then one of 9 after the other; or all of it upside down."""
    usual, stages = [float(one) for one in default_rng(4).integers(3, 6, 60)], []
    for more in range(9):
        scores = usual + [9.0] * more
        if better is Better.HIGHER:
            scores = [10 - one for one in scores]
        days = weigh_days(Asked("distress", range(len(scores)), scores, 0, 10, better))
        stages += [one.signal for one in judge_days(days)]
    warnings = [one for one in stages if DAY_SIGNALS[one].looks is About.WARNING]
    assert warnings[0] == "unusual-days"
    assert warnings[-1] == "talk-about-it"
    assert warnings == sorted(warnings, reverse=True)


def test_people_who_come_back_faster_are_told_so() -> None:
    """Four of each pattern: most who became faster, and nobody who became slower."""
    told = {"faster": 0, "slower": 0}
    for one in draw_recovery(default_rng(11), 16):
        if one.pattern in told:
            asked = Asked("distress", one.days, one.distress, 0, 100)
            days = weigh_days(asked, setbacks=one.setbacks, split=60)
            told[one.pattern] += any(each.signal == "faster-return" for each in judge_days(days))
    assert told["faster"] >= 3
    assert told["slower"] == 0


def test_at_most_one_is_told_of_each_kind() -> None:
    for days in PICTURES.values():
        kinds = [DAY_SIGNALS[one.signal].looks for one in judge_days(days)]
        assert len(kinds) == len(set(kinds))
    assert set(About) == {one.looks for one in DAY_SIGNALS.values()}
