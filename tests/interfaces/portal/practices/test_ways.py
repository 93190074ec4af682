"""How somebody likes it: sound, a still picture, eyes open; and what the device remembers of it."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.chromium import marks
from tests.interfaces.portal.practices.playing import (
    Player,
    begin,
    cue,
    kept,
    passes,
    view,
)

pytestmark = marks("practices", reason="no way of practicing was tried")

SUN = "document.querySelector('[data-sun]').getAttribute('transform')"
TONES = "window.heard.tones"


def suns(page: Page, seconds: int) -> list[str]:
    found = []
    for _ in range(seconds):
        found.append(page.evaluate(SUN))
        passes(page, 1)
    return found


def height(transform: str) -> float:
    """How high the sun stands: less is higher."""
    return float(transform.split()[1].rstrip(")"))


# Movement


def test_the_sun_rises_while_one_breathes_in_and_goes_down_while_one_breathes_out(
    play: Player,
) -> None:
    page = play("long-exhale")
    begin(page)
    passes(page, 0.1)
    heights = [height(one) for one in suns(page, 10)]
    assert heights[:5] == sorted(heights[:5], reverse=True)
    assert heights[4:] == sorted(heights[4:])
    assert heights[0] - heights[4] > 80
    assert not page.is_visible("[data-count]")


def test_with_less_motion_asked_for_nothing_grows_and_a_number_counts(play: Player) -> None:
    page = play("long-exhale", reduced_motion="reduce")
    assert not page.is_visible("text=Still picture, no movement")
    begin(page)
    assert not page.is_visible("[data-toggle-still]")
    counted, poses = [], set()
    for _ in range(10):
        counted.append((cue(page), page.inner_text("[data-count]")))
        poses.add(page.evaluate(SUN))
        passes(page, 1)
    breaths = [("Breathe in", n) for n in "1234"] + [("Breathe out", n) for n in "123456"]
    assert counted == breaths
    assert len(poses) == 1


def test_a_still_picture_can_be_chosen_and_let_move_again(play: Player) -> None:
    page = play("long-exhale")
    begin(page)
    page.click("[data-toggle-still]")
    assert len(set(suns(page, 5))) == 1
    assert page.is_visible("[data-count]")
    page.click("text=Let it move")
    assert len(set(suns(page, 3))) == 3
    assert not page.is_visible("[data-count]")


def test_a_count_goes_with_half_seconds_too(play: Player) -> None:
    """5.5 in and 5.5 out: the sixth second of each is a short one."""
    page = play("coherent-breath", reduced_motion="reduce")
    begin(page)
    passes(page, 5.4)
    assert (cue(page), page.inner_text("[data-count]")) == ("Breathe in", "6")
    passes(page, 0.2)
    assert (cue(page), page.inner_text("[data-count]")) == ("Breathe out", "1")


def test_steps_have_no_number_and_their_sun_stands(play: Player) -> None:
    page = play("stop")
    begin(page)
    assert len(set(suns(page, 4))) == 1
    assert not page.is_visible("[data-count]")


def test_a_hold_stays_at_the_top_and_a_rest_at_the_bottom(play: Player) -> None:
    page = play("box-breath")
    begin(page)
    passes(page, 4.05)
    top = [height(one) for one in suns(page, 4)]
    assert len(set(top)) == 1
    passes(page, 4)
    bottom = [height(one) for one in suns(page, 4)]
    assert len(set(bottom)) == 1
    assert bottom[0] - top[0] > 80


# Sound and buzz


def test_nothing_sounds_until_it_is_asked_to(play: Player) -> None:
    page = play("long-exhale", reduced_motion="reduce")
    begin(page)
    passes(page, 20)
    assert page.evaluate("[heard.tones, heard.buzzes]") == [[], []]


def test_a_tone_marks_each_turn_and_can_be_put_off_while_it_goes_on(play: Player) -> None:
    page = play("long-exhale", reduced_motion="reduce")
    page.get_by_text("A soft sound at each turn").click()
    before = len(page.evaluate(TONES))
    begin(page)
    passes(page, 9)
    assert page.evaluate(TONES)[before:] == [262, 196]
    page.click("button[data-way=sound]")
    assert page.get_attribute("button[data-way=sound]", "aria-pressed") == "false"
    passes(page, 10)
    assert len(page.evaluate(TONES)) == before + 2


def test_a_buzz_marks_each_turn_where_it_is_asked_for(play: Player) -> None:
    page = play("long-exhale", reduced_motion="reduce")
    page.get_by_text("A short buzz at each turn").click()
    begin(page)
    passes(page, 9)
    assert page.evaluate("heard.buzzes") == [[60], [60, 90, 60]]
    assert page.evaluate(TONES) == []


def test_whatever_sounds_or_buzzes_is_said_in_words_at_the_same_moment(play: Player) -> None:
    page = play("cyclic-sigh", reduced_motion="reduce")
    page.get_by_text("A soft sound at each turn").click()
    before = len(page.evaluate(TONES))
    begin(page)
    cues = []
    for _ in range(90):
        if not cues or cues[-1] != cue(page):
            cues.append(cue(page))
        assert len(page.evaluate(TONES)) - before == len(cues)
        passes(page, 0.25)
    assert cues[:3] == ["Breathe in", "A little more in", "Breathe out"]


# Eyes


def test_eyes_are_open_first_and_may_close(play: Player) -> None:
    page = play("body-scan-3", reduced_motion="reduce")
    begin(page)
    eyes = page.locator("button[data-way=eyes]")
    assert eyes.get_attribute("aria-pressed") == "true"
    assert page.is_visible("text=Let them rest on one thing that does not move.")
    eyes.click()
    assert eyes.get_attribute("aria-pressed") == "false"
    assert page.is_visible("[data-shown-if=eyes-free]")
    assert not page.is_visible("text=Let them rest on one thing that does not move.")
    assert kept(page)["waymark-practice-ways"] == ""


# What the device remembers


def state(page: Page) -> Any:
    return page.context.storage_state()


def test_a_way_is_remembered_for_all_of_them_on_the_device_alone(play: Player) -> None:
    page = play("stop")
    page.get_by_text("A soft sound at each turn").click()
    page.get_by_text("Still picture, no movement").click()
    other = play("long-exhale", storage=state(page))
    assert other.locator("input[data-way=sound]").is_checked()
    assert other.locator("input[data-way=still]").is_checked()
    assert other.locator("input[data-way=eyes]").is_checked()
    assert kept(other) == {"waymark-practice-ways": "eyes sound still"}
    assert other.context.cookies() == []


def test_from_ones_own_pages_the_last_one_is_remembered_by_its_id_and_nothing_else(
    play: Player,
) -> None:
    page = play("me/box-breath", reduced_motion="reduce")
    assert kept(page) == {}
    begin(page)
    passes(page, 20)
    page.click("[data-stop]")
    assert kept(page) == {
        "waymark-practice": "box-breath",
        "waymark-practices-left-out": "",
    }


def test_today_shows_the_last_one_and_it_begins_with_the_second_tap(play: Player) -> None:
    page = play("me/box-breath")
    begin(page)
    today = play("today", clock=False, storage=state(page))
    assert today.locator("[data-lead] a:visible").all_inner_texts() == [
        "Box breath, as last time",
        "All practices",
    ]
    link = today.locator("[data-lead] a:visible").first.get_attribute("href")
    assert link == "/practices/box-breath/?from=me"
    fresh = play("today", clock=False)
    assert fresh.locator("[data-lead] a:visible").first.inner_text().strip() == "Long exhale"


@pytest.mark.parametrize("came", ["", "shared/"])
def test_elsewhere_no_last_one_is_remembered(play: Player, came: str) -> None:
    page = play(f"{came}box-breath")
    begin(page)
    page.click("button[data-way=sound]")
    page.click("[data-stop]")
    remembered = {} if came else {"waymark-practice-ways": "eyes sound"}
    assert kept(page) == remembered


def test_a_device_that_others_use_forgets_what_it_held(play: Player) -> None:
    page = play("me/box-breath")
    begin(page)
    page.click("button[data-way=sound]")
    assert len(kept(page)) == 3
    shared = play("today-shared", clock=False, storage=state(page))
    assert kept(shared) == {}
    assert shared.locator("[data-lead] a:visible").first.inner_text().strip() == "Long exhale"


# It felt bad


def felt_bad(page: Page) -> None:
    begin(page)
    page.locator("[data-bad]:visible").click()


def test_saying_that_it_felt_bad_stores_nothing_by_itself(play: Player) -> None:
    page = play("me/body-scan-10", reduced_motion="reduce")
    begin(page)
    before = kept(page)
    page.locator("[data-bad]:visible").click()
    assert view(page) == "bad"
    assert page.evaluate("document.activeElement.innerText") == "Thank you for saying so."
    assert kept(page) == before
    passes(page, 700)
    assert view(page) == "bad"


def test_one_tap_leaves_it_out_of_what_is_offered_and_beginning_takes_it_in_again(
    play: Player,
) -> None:
    page = play("me/long-exhale")
    felt_bad(page)
    page.click("[data-leave-out]")
    assert page.is_visible("text=It is left out")
    assert not page.is_visible("[data-leave-out]")
    assert kept(page) == {"waymark-practice": "", "waymark-practices-left-out": "long-exhale"}
    today = play("today", clock=False, storage=state(page))
    assert today.locator("[data-lead] a:visible").all_inner_texts() == ["All practices"]
    again = play("me/long-exhale", storage=state(page))
    begin(again)
    assert kept(again)["waymark-practices-left-out"] == ""


def test_after_an_end_it_can_be_said_as_well_and_once_more_begins_anew(play: Player) -> None:
    page = play("stop", reduced_motion="reduce")
    begin(page)
    passes(page, 76)
    page.click("button:has-text('Once more')")
    assert (view(page), cue(page)) == ("going", "Stop")
    page.click("[data-stop]")
    page.locator("[data-bad]:visible").click()
    assert view(page) == "bad"
