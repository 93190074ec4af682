"""The timer in a real browser: the right moment, always, and cues only while somebody sees them."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.chromium import marks
from tests.interfaces.portal.practices.playing import (
    Player,
    begin,
    cue,
    leaves_for,
    passes,
    said,
    sleeps,
    view,
)
from waymark.interfaces.portal.practices.choices import paces_of
from waymark.library.pacing import Run
from waymark.library.practices import PRACTICES

pytestmark = marks("practices", reason="no practice was run")

LOOKED_UP = """async ([run, times]) => {
  const { moment } = await import("/static/waymark/js/pace.js");
  return times.map((time) => {
    const at = moment(run, time);
    return at && [at.number, at.turn, at.left, at.toEnd];
  });
}"""
COUNTED = """() => {
  window.told = [];
  const region = document.querySelector("[data-live]");
  new MutationObserver(() => window.told.push(region.innerText.replace(/\\s+/g, " ").trim()))
    .observe(region, { childList: true, subtree: true, characterData: true });
}"""
LOCKS = "window.heard.locks.map((one) => !one.released)"


def times_of(laid: Run) -> list[int]:
    """Every border of two beats in the first turn and the last, and a moment to either side."""
    ends, borders = 0, [0]
    for beat in laid.beats:
        ends += beat.ms
        borders.append(ends)
    last = laid.ms - laid.cycle_ms
    moments = {at + near + turn for at in borders for near in (-1, 0, 1) for turn in (0, last)}
    return sorted(one for one in moments if one >= 0)


def test_the_script_finds_what_the_library_finds_in_every_run(play: Player) -> None:
    page, tried = play("stop", clock=False), 0
    for practice in PRACTICES.values():
        for choice in (one for pace in paces_of(practice) for one in pace.choices):
            laid, times = choice.laid, times_of(choice.laid)
            points = [laid.at(time) for time in times]
            expected = [p and [p.beat_number, p.cycle, p.left_ms, p.to_end_ms] for p in points]
            beats = [{"part": beat.part, "ms": beat.ms} for beat in laid.beats]
            run = {"cycles": laid.cycles, "beats": beats}
            assert page.evaluate(LOOKED_UP, [run, times]) == expected, (practice.id, choice.value)
            tried += len(times)
    assert tried > 800


def test_each_step_stands_for_its_time_and_then_it_ends(play: Player) -> None:
    """STOP as it is: 5, 20, 35 and 15 seconds."""
    page = play("stop", reduced_motion="reduce")
    begin(page)
    found = []
    for _ in range(80):
        found.append(cue(page) if view(page) == "going" else view(page))
        passes(page, 1)
    names = ["Stop", "Take a breath", "Observe", "Proceed", "ended"]
    assert [found.count(name) for name in names] == [5, 20, 35, 15, 5]
    assert page.inner_text("[data-view=ended] h1") == "That was all of it."


def test_a_breath_goes_in_and_out_in_its_time(play: Player) -> None:
    page = play("long-exhale")
    begin(page)
    passes(page, 0.1)
    found = []
    for _ in range(20):
        found.append(cue(page))
        passes(page, 1)
    assert found == (["Breathe in"] * 4 + ["Breathe out"] * 6) * 2


def test_another_length_runs_as_it_is_laid_out(play: Player) -> None:
    page = play("before-session", reduced_motion="reduce")
    page.get_by_text("3 minutes", exact=True).click()
    assert page.locator("[data-run]:visible").get_attribute("data-run") == "3"
    begin(page)
    passes(page, 29)
    assert cue(page) == "A few breaths"
    passes(page, 1.5)
    assert cue(page) == "Look around"


def test_each_beat_is_told_once_and_not_every_second(play: Player) -> None:
    page = play("long-exhale", reduced_motion="reduce")
    page.evaluate(COUNTED)
    begin(page)
    passes(page, 29.5)
    assert page.evaluate("window.told") == ["Breathe in", "Breathe out"] * 3
    assert page.get_attribute("[data-live]", "aria-live") == "polite"
    assert page.locator("[aria-live]:visible").count() == 1
    steps = play("stop", reduced_motion="reduce")
    begin(steps)
    assert said(steps) == "Stop Stop what you are doing. Let your hands rest."


def test_how_much_is_left_is_said_in_words(play: Player) -> None:
    page = play("natural-breath", reduced_motion="reduce")
    begin(page)
    found = [page.inner_text(".time-left:visible").strip()]
    for _ in range(299):
        passes(page, 1)
        words = page.inner_text(".time-left:visible").strip()
        found += [words] if words != found[-1] else []
    about = [f"About {n} minutes left" for n in (5, 4, 3, 2)]
    assert found == [*about, "About a minute left", "Less than a minute left"]


# Coming back


@pytest.mark.parametrize("away", [leaves_for, sleeps], ids=["hidden", "asleep"])
def test_whoever_comes_back_is_where_the_time_is(play: Player, away: Any) -> None:
    """Three seconds of STOP, thirty out of sight: 33 is in the third step, which begins at 25."""
    page = play("stop", reduced_motion="reduce")
    begin(page)
    passes(page, 3)
    away(page, 30)
    assert cue(page) == "Observe"
    assert said(page).startswith("Observe")
    passes(page, 26)
    assert cue(page) == "Observe"
    passes(page, 1.1)
    assert cue(page) == "Proceed"


@pytest.mark.parametrize("away", [leaves_for, sleeps], ids=["hidden", "asleep"])
def test_whoever_comes_back_late_finds_that_it_is_over(play: Player, away: Any) -> None:
    page = play("stop", reduced_motion="reduce")
    begin(page)
    passes(page, 3)
    away(page, 3600)
    assert view(page) == "ended"


def test_nothing_is_told_or_sounded_while_nobody_sees_it(play: Player) -> None:
    page = play("stop", reduced_motion="reduce")
    for way in ("sound", "buzz"):
        page.locator(f"input[data-way={way}]").check()
    begin(page)
    page.evaluate(COUNTED)
    before = page.evaluate("[heard.tones.length, heard.buzzes.length]")
    leaves_for(page, 30)
    assert page.evaluate("window.told").count("") == 0
    assert [one.split()[0] for one in page.evaluate("window.told")] == ["Observe"]
    assert page.evaluate("[heard.tones.length, heard.buzzes.length]") == before
    passes(page, 31)
    assert page.evaluate("[heard.tones.length, heard.buzzes.length]") == [n + 1 for n in before]


def test_a_clock_on_the_wall_that_is_set_back_moves_nothing(play: Player) -> None:
    page = play("stop", reduced_motion="reduce")
    begin(page)
    passes(page, 3)
    sleeps(page, -7230)  # not a whole number of runs, which would look like the same moment
    assert cue(page) == "Stop"
    passes(page, 2.1)
    assert cue(page) == "Take a breath"


def test_five_minutes_drift_by_less_than_a_tenth_of_a_second(play: Player) -> None:
    page = play("six-a-minute", reduced_motion="reduce")
    begin(page)
    passes(page, 299.95)
    assert view(page) == "going"
    passes(page, 0.1)
    assert view(page) == "ended"


# Pausing, leaving out, stopping


def test_a_pause_stands_still_and_goes_on_where_it_was(play: Player) -> None:
    page = play("stop", reduced_motion="reduce")
    begin(page)
    passes(page, 4)
    page.click("[data-pause]")
    assert page.is_visible("text=Paused. Take your time.")
    passes(page, 60)
    leaves_for(page, 600)
    assert cue(page) == "Stop"
    assert page.inner_text("[data-pause]").strip() == "Go on"
    page.click("[data-pause]")
    assert not page.is_visible("text=Paused. Take your time.")
    passes(page, 0.9)
    assert cue(page) == "Stop"
    passes(page, 0.2)
    assert cue(page) == "Take a breath"


def test_a_part_can_be_left_out_and_the_rest_keeps_its_time(play: Player) -> None:
    page = play("body-scan-3", reduced_motion="reduce")
    begin(page)
    passes(page, 10)
    page.click("[data-skip]")
    assert cue(page) == "Feet and legs"
    passes(page, 39)
    assert cue(page) == "Feet and legs"
    page.click("[data-pause]")
    page.click("[data-skip]")
    assert cue(page) == "Belly and back"
    page.click("[data-pause]")
    for _ in range(4):
        page.click("[data-skip]")
    assert view(page) == "ended"


def test_the_keys_pause_and_stop(play: Player) -> None:
    page = play("stop", reduced_motion="reduce")
    page.keyboard.press("Space")
    assert view(page) == "before"
    page.locator("[data-begin]:visible").focus()
    page.keyboard.press("Enter")
    assert view(page) == "going"
    assert page.evaluate("document.activeElement.id") == "going-title"
    page.keyboard.press("Space")
    assert page.inner_text("[data-pause]").strip() == "Go on"
    page.keyboard.press("Space")
    assert page.inner_text("[data-pause]").strip() == "Pause"
    page.focus("[data-pause]")
    page.keyboard.press("Space")  # the button itself: once, and not twice
    assert page.inner_text("[data-pause]").strip() == "Go on"
    page.keyboard.press("Escape")
    assert view(page) == "ended"
    assert page.inner_text("[data-view=ended] h1") == "You stopped. That is always fine."
    assert page.evaluate("document.activeElement.tagName") == "H1"


def test_everything_is_reached_by_the_tab_key_alone(play: Player) -> None:
    page = play("body-scan-3", reduced_motion="reduce")
    begin(page)
    met = []
    for _ in range(9):
        page.keyboard.press("Tab")
        met.append(page.evaluate("Object.keys(document.activeElement.dataset).join()"))
    assert [one for one in ("way", "pause", "stop", "skip", "bad") if one not in met] == []


# The screen stays on


def test_the_screen_is_kept_awake_while_it_goes_on_and_let_go_after(play: Player) -> None:
    page = play("stop", reduced_motion="reduce")
    assert page.evaluate(LOCKS) == []
    begin(page)
    assert page.evaluate(LOCKS) == [True]
    page.click("[data-pause]")
    assert page.evaluate(LOCKS) == [False]
    page.click("[data-pause]")
    assert page.evaluate(LOCKS) == [False, True]
    leaves_for(page, 5)
    assert page.evaluate(LOCKS) == [False, False, True]
    page.click("[data-stop]")
    assert page.evaluate(LOCKS) == [False] * 3


@pytest.mark.parametrize("ends", ["by itself", "it felt bad"])
def test_no_end_leaves_the_screen_on(play: Player, ends: str) -> None:
    page = play("stop", reduced_motion="reduce")
    begin(page)
    if ends == "by itself":
        passes(page, 76)
    else:
        page.locator("[data-bad]:visible").click()
    assert page.evaluate(LOCKS) == [False]


def test_it_runs_where_a_device_can_do_none_of_that(play: Player) -> None:
    bare = """
      delete window.AudioContext; delete Navigator.prototype.vibrate; delete navigator.vibrate;
      Object.defineProperty(navigator, "wakeLock", { value: undefined });
      Object.defineProperty(window, "localStorage", { get() { throw new Error("refused"); } });
    """
    page: Page = play("stop", clock=False, reduced_motion="reduce")
    context = page.context
    context.add_init_script(bare)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.reload(wait_until="networkidle")
    page.locator("input[data-way=sound]").check()
    assert not page.locator("input[data-way=buzz]").is_visible()
    begin(page)
    assert cue(page) == "Stop"
    page.click("[data-stop]")
    assert view(page) == "ended"
    assert faults == []
