"""Which way every told sentence points, against a table typed by hand from what it has to say.

`directions.toml` holds, for each finding, the words that say a direction, part by part, in their
order: any of them turned round, in a headline, a detail, a chip, a next step or a "how we know",
for either audience, no longer matches. The table itself is held against the verdict: no headline,
chip or title may speak against it, and a worsening or a better time must be named as one.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.progress.directions import CHANCE, TABLE, against, pointing, toward
from tests.progress.drawn import series
from tests.progress.signals.test_checkins import NOTHING, PICTURES, looked, returned, watched
from tests.progress.signals.test_signals import fitted_phq9
from waymark.library.instrument import Better
from waymark.progress.change.reliable_change import Reason
from waymark.progress.course.expected import Worth
from waymark.progress.course.projection import projection_of
from waymark.progress.course.timeline import Timeline
from waymark.progress.days.daily import DailyVerdict
from waymark.progress.days.early_warning import Stage
from waymark.progress.days.evidence import Days
from waymark.progress.days.half_life import Estimate, ReturnVerdict
from waymark.progress.signals.checkins import DAY_SIGNALS
from waymark.progress.signals.engine import judge, judge_beyond, judge_days
from waymark.progress.signals.score_signal import ScoreFinding
from waymark.progress.signals.scores import SIGNALS
from waymark.progress.signals.signal import Tone
from waymark.progress.telling.belief_words import looking_ahead, worth_of
from waymark.progress.telling.checkins import tell_day
from waymark.progress.telling.scores import REMARKS, tell
from waymark.progress.telling.told import Audience, Told
from waymark.progress.validation.validation import wilson

CALLED = {"PHQ-9": "Mood", "Well-being": "Strength", "Distress": "Strain"}
PARTS = ("headline", "detail", "chip", "next", "how")


def parts_of(told: Told) -> dict[str, str]:
    chips = " / ".join(chip.label for chip in told.chips)
    texts = (told.headline, told.detail, chips, told.next_step, told.how_we_know)
    return dict(zip(PARTS, texts, strict=True))


def finding_of(course: str, signal: str) -> ScoreFinding:
    """The finding of a drawn course; ``flagged`` at its end sets it beside a fitted course."""
    one = series(course)
    ahead = (
        projection_of(one, fitted_phq9(), chances=True) if course.endswith("| flagged") else None
    )
    found = (*judge(Timeline((one,))), *judge_beyond(one, ahead=ahead))
    return next(each for each in found if each.signal == signal)


def slower(verdict: ReturnVerdict, **chances: float):
    """The other way round: 1.6 days before, 3.1 now; 12 points before, 24 now."""
    held = returned(verdict, **chances)
    longer, harder = Estimate(1.9, 1.3, 3.3), Estimate(12, 8, 16)
    return replace(held, first=held.second, second=held.first, ratio=longer, hit=harder)


def days_of(signal: str, *, better: Better) -> Days:
    """What the signal is found in, for an item of which fewer or more points are better."""
    lower = better is Better.LOWER
    pictures = {
        **PICTURES,
        "slower-return": replace(NOTHING, recovery=slower(ReturnVerdict.SLOWER, p_faster=0.03)),
        "larger-hit": replace(NOTHING, recovery=slower(ReturnVerdict.NO_CHANGE, p_smaller=0.02)),
        "easier-days": replace(NOTHING, look=turned(DailyVerdict.CLEAR, worse=False, lower=lower)),
        "harder-days": replace(NOTHING, look=turned(DailyVerdict.CLEAR, worse=True, lower=lower)),
        "unusual-days": replace(NOTHING, watch=lifted(Stage.UNUSUAL)),
    }
    return replace(pictures[signal], better=better)


def turned(verdict: DailyVerdict, *, worse: bool, lower: bool):
    """A move of 1.8 points, toward worse or better, on a scale of which less or more is better."""
    found = looked(verdict, size=1.8 if worse else -1.8)
    return found if lower else replace(found, size=-found.size)


def lifted(stage: Stage):
    held = watched(stage)
    return replace(held, days=(replace(held.days[0], level=3.0),))


def day_told(signal: str, to: Audience, better: Better) -> Told:
    found = judge_days(days_of(signal, better=better))
    return tell_day(next(one for one in found if one.signal == signal), to=to, called="Strain")


def test_a_lean_is_told_the_way_it_leans():
    """Too early for a verdict, and the figures lean: the words lean with them."""
    for worse, words, other in ((True, "a harder time", "better"), (False, "better", "harder")):
        found = turned(DailyVerdict.TOO_EARLY, worse=worse, lower=True)
        leaning = {"p_better": 0.1, "p_worse": 0.7} if worse else {"p_better": 0.7, "p_worse": 0.1}
        said = parts_of(told_of_look(replace(found, **leaning)))
        assert f"lean toward {words}" in said["detail"]
        assert other not in said["detail"]


def told_of_look(found, to: Audience = Audience.CLIENT) -> Told:
    (one,) = judge_days(replace(NOTHING, look=found))
    return tell_day(one, to=to, called="Strain")


def test_the_chances_of_an_unclear_look_stand_behind_their_own_words():
    unclear = replace(
        turned(DailyVerdict.TOO_EARLY, worse=True, lower=True), p_better=0.1, p_worse=0.7
    )
    said = told_of_look(unclear, Audience.CLINICIAN).detail
    assert "Moved +1.8 points." in said
    assert "toward better 0.10, toward worse 0.70." in said


def test_days_that_swing_and_stand_no_higher_are_told_to_go_up_and_down():
    calm = replace(NOTHING, watch=watched(Stage.UNUSUAL))
    for better in Better:
        (one,) = judge_days(replace(calm, better=better))
        said = tell_day(one, to=Audience.CLIENT, called="Strain").detail
        assert "go up and down more than on your usual days" in said


CHANCES = {
    "likely": r"true improvement of .*? (\S+), of a worsening of as much (\S+)\.",
    "days": r"change toward better (\S+), toward worse (\S+),",
    "return": r"faster return (\S+), of a slower one (\S+)\.",
    "hit": r"smaller hit (\S+), of a larger one (\S+)\.",
}
"""Two chances side by side: of the better way, then of the worse one."""

SIDES = [
    ("likely-improvement", "likely"), ("likely-worsening", "likely"),
    ("easier-days", "days"), ("harder-days", "days"),
    ("faster-return", "return"), ("slower-return", "return"),
    ("smaller-hit", "hit"), ("larger-hit", "hit"),
]  # fmt: skip


@pytest.mark.parametrize(("signal", "pair"), SIDES)
def test_a_chance_stands_behind_its_own_words(signal, pair):
    if signal in DAY_SIGNALS:
        detail = day_told(signal, Audience.CLINICIAN, Better.LOWER).detail
        verdict = DAY_SIGNALS[signal].verdict
    else:
        row = next(one for one in TABLE["told"] if one["signal"] == signal)
        finding = finding_of(row["course"], signal)
        detail = tell([finding], to=Audience.CLINICIAN, called=CALLED).detail
        verdict = finding.verdict
    found = re.search(
        CHANCES[pair], CHANCE.sub(lambda one: "0.995" if "over" in one[0] else "0.005", detail)
    )
    assert found is not None, detail
    better, worse = map(float, found.groups())
    assert (better > worse) is (verdict == "better")


@pytest.mark.parametrize(
    ("signal", "said"),
    [
        ("faster-return", "was gone after about 3 days. Now it is gone after about 2 days"),
        ("slower-return", "was gone after about 2 days. Now it takes about 3 days"),
        ("smaller-hit", "by about 24 points. Now it is about 12 points"),
        ("larger-hit", "by about 12 points. Now it is about 24 points"),
    ],
)
def test_then_stands_before_now(signal, said):
    assert said in day_told(signal, Audience.CLIENT, Better.LOWER).detail


def test_a_flag_tells_each_chance_of_an_end_by_its_own_name():
    finding = finding_of("PHQ-9 every 7 days: 12 14 16 18 | flagged", "off-track")
    last = finding.evidence.ahead.last
    told = tell([finding], to=Audience.CLINICIAN, called=CALLED)
    assert (last.p_deterioration, last.p_reliable_improvement) == (
        pytest.approx(0.26, abs=0.02),
        pytest.approx(0.0, abs=0.01),
    )
    assert f"chance of ending worse {last.p_deterioration:.2f}." in told.headline
    assert "ending reliably better under 0.01;" in told.detail


def test_first_stands_before_last_in_every_headline():
    for course, first, last in (("PHQ-9: 18 12 7", "18", "7"), ("PHQ-9: 7 12 18", "7", "18")):
        (finding,) = judge(Timeline((series(course),)))
        client, clinician = (tell([finding], to=to, called=CALLED) for to in Audience)
        assert f"{first} then, {last} now" in client.headline
        assert f"{first} to {last}" in clinician.headline


ROWS = [pytest.param(row, id=f"{row['signal']}-{row['course']}") for row in TABLE["told"]]
DAY_ROWS = [pytest.param(row, id=f"{row['signal']}-{row['better']}") for row in TABLE["day"]]


@pytest.mark.parametrize("to", Audience)
@pytest.mark.parametrize("row", ROWS)
def test_every_sentence_points_the_way_that_the_table_says(row, to):
    finding = finding_of(row["course"], row["signal"])
    assert finding.verdict == row["verdict"]
    parts = parts_of(tell([finding], to=to, called=CALLED))
    expected = row[str(to)]
    assert {name: pointing(parts[name]) for name in expected} == expected


@pytest.mark.parametrize("to", Audience)
@pytest.mark.parametrize("row", DAY_ROWS)
def test_every_sentence_of_days_points_the_way_that_the_table_says(row, to):
    assert DAY_SIGNALS[row["signal"]].verdict == row["verdict"]
    parts = parts_of(day_told(row["signal"], to, Better(row["better"])))
    expected = row[str(to)]
    assert {name: pointing(parts[name]) for name in expected} == expected


def told_rows() -> Iterator[tuple[dict, bool]]:
    for row in TABLE["told"]:
        yield row, not row["course"].startswith("Well-being")
    for row in TABLE["day"]:
        yield row, row["better"] == "lower"


NAMES_NO_WAY = {
    "client": {"shift-for-the-better", "unusual-days"},
    "clinician": {"shift-for-the-better", "shift-for-the-worse", "off-track", "unusual-days"},
}
"""Signals whose headline says that something happened; the way stands beside it."""


@pytest.mark.parametrize("to", ["client", "clinician"])
@pytest.mark.parametrize(("row", "lower"), list(told_rows()))
def test_the_table_itself_never_speaks_against_a_verdict(row, lower, to):
    """Typed by hand, so it can be wrong too: headline and chip are held against the verdict.
    ``harder`` is what a chip says beside a verdict that would hide it."""
    known = {"verdict": row["verdict"], "lower_is_better": lower}
    said = f"{row[to]['headline']} {row[to]['chip']}"
    harder = row.get("harder", "")
    assert against(said, **known) == harder.split()
    assert against(harder, verdict="worse", lower_is_better=lower) == []
    if row["verdict"] in {"better", "worse"} and row["signal"] not in NAMES_NO_WAY[to]:
        assert toward(said, **known)


def test_every_signal_stands_in_the_table_for_both_kinds_of_scale():
    told = {(row["signal"], row["course"].split(":")[0].split()[0]) for row in TABLE["told"]}
    for signal in set(SIGNALS) - {"not-judged", "off-track"}:
        assert {(signal, "PHQ-9"), (signal, "Well-being")} <= told, signal
    assert {"not-judged", "off-track"} <= {signal for signal, _ in told}
    days = {(row["signal"], row["better"]) for row in TABLE["day"]}
    assert days == {(signal, way) for signal in DAY_SIGNALS for way in ("lower", "higher")}


def test_titles_and_verdicts_and_colors_are_those_of_the_table():
    """A clinician reads the title beside what a client said earlier; color never says another."""
    for kinds, table in ((SIGNALS, TABLE["signals"]), (DAY_SIGNALS, TABLE["day_signals"])):
        found = {
            id: {"title": one.title, "verdict": str(one.verdict), "tone": str(one.tone)}
            for id, one in kinds.items()
        }
        assert found == table
        for one in kinds.values():
            title = one.title.lower()
            if one.verdict in {"better", "worse"}:
                assert against(title, verdict=one.verdict, lower_is_better=True) == []
            assert one.tone is not Tone.GOOD or one.verdict == "better"
            assert one.tone is not Tone.WATCH or one.verdict == "worse"


@pytest.mark.parametrize("reason", TABLE["remarks"])
def test_every_remark_points_the_way_that_the_table_says(reason):
    """Before its braces are filled: a remark stands beside verdicts of any kind."""
    remark = REMARKS[Reason(reason)]
    spoken = {"client": remark.client, "clinician": remark.clinician}
    said = {to: pointing(re.sub(r"{\w+}", "it", text)) for to, text in spoken.items()}
    assert said == TABLE["remarks"][reason]


def test_every_remark_stands_in_the_table():
    assert set(TABLE["remarks"]) == {str(reason) for reason in REMARKS}


def test_what_a_clinician_reads_of_the_method_points_nowhere():
    finding = finding_of("PHQ-9: 18 12 7", "recovery")
    how = tell([finding], to=Audience.CLINICIAN, called=CALLED).how_we_know
    assert "First against last score of the episode." in how
    assert pointing(how.partition("First against")[2]) == "over"


def test_a_slow_start_is_told_as_one_that_may_still_improve():
    finding = finding_of("PHQ-9 every 7 days: 12 14 16 18 | flagged", "off-track")
    ahead = finding.evidence.ahead
    slow = replace(ahead.last, late=True, p_reliable_improvement=0.4)
    held = looking_ahead(replace(ahead, lines=(*ahead.lines[:-1], slow)))
    assert pointing(held["late"]) == "improvement late"
    assert "a reliable improvement is still well possible (0.40)" in held["late"]


def test_what_a_flag_is_worth_counts_those_who_ended_worse():
    few = Worth(400, 4, 0.9, 0.5, 0.75, 30.0, 1.4, 0.8, 0.9)
    assert worth_of(few).startswith("Of 400 courses that it had not seen 4 ended worse: too few")
    many = Worth(400, 20, 0.9, 0.9, 0.75, 30.0, 1.4, 0.8, 0.9)
    assert pointing(worth_of(many)) == "worse worse"
    found, flagged = 18, 120
    low, high = (10 * one for one in wilson(found, flagged))
    assert low < high
    finding = finding_of("PHQ-9 every 7 days: 12 14 16 18 | flagged", "off-track")
    how = tell([finding], to=Audience.CLIENT, called=CALLED).how_we_know
    assert f"about {round(low)} to {round(high)} ended clearly harder" in how
