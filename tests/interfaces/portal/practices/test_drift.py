"""A thought that is typed drifts off: seen on the screen, sent nowhere, kept nowhere."""

import tomllib
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.chromium import marks
from tests.interfaces.portal.practices.playing import Player, begin, kept, said
from waymark.interfaces.ui.danger_rule import danger_rule
from waymark.library.danger import PHRASES, speaks_of_danger

pytestmark = marks("practices", reason="no thought drifted")

WORDS = "Nobody will ever know of this one"
PLACE = "document.querySelector('.thought').getBoundingClientRect()"
READ = """async ([texts, rule]) => {
  const { speaksOfDanger } = await import("/static/waymark/js/danger.js");
  return texts.map((text) => speaksOfDanger(text, JSON.parse(rule)));
}"""
WRITTEN = tomllib.loads(
    (Path(__file__).parents[3] / "library" / "danger.toml").read_text(encoding="utf-8")
)


def types(page: Page, words: str) -> None:
    page.fill("[data-thought]", words)
    page.click("[data-let-go]")


@pytest.mark.parametrize("id", ["thoughts-on-a-river", "thoughts-in-bubbles"])
def test_it_drifts_off_and_is_gone(play: Player, id: str) -> None:
    page = play(id, clock=False)
    begin(page)
    types(page, WORDS)
    assert page.inner_text(".thought") == WORDS
    assert page.input_value("[data-thought]") == ""
    assert said(page) == "It drifts off."
    first = page.evaluate(PLACE)
    page.wait_for_timeout(900)
    later = page.evaluate(PLACE)
    moved = (later["x"] - first["x"], first["y"] - later["y"])
    assert max(moved) > 10
    page.evaluate("document.querySelector('.thought').getAnimations()[0].finish()")
    page.wait_for_selector(".thought", state="detached")


def test_with_less_motion_asked_for_it_fades_where_it_is(play: Player) -> None:
    page = play("thoughts-on-a-river", clock=False, reduced_motion="reduce")
    begin(page)
    types(page, WORDS)
    first = page.evaluate(PLACE)
    page.wait_for_timeout(900)
    assert page.evaluate(PLACE) == first
    fading = "Number(getComputedStyle(document.querySelector('.thought')).opacity)"
    assert page.evaluate(fading) < 1


def test_nothing_of_it_is_sent_or_kept_and_it_is_gone_with_the_practice(play: Player) -> None:
    page = play("me/thoughts-on-a-river", clock=False)
    asked = len(play.site.asked)
    begin(page)
    types(page, WORDS)
    page.fill("[data-thought]", "half of another")
    page.press("[data-thought]", "Enter")
    page.fill("[data-thought]", "and a third")
    page.click("[data-stop]")
    assert len(play.site.asked) == asked
    assert WORDS not in page.content()
    assert page.locator(".thought").count() == 0
    assert page.input_value("[data-thought]") == ""
    assert [one for one in kept(page).values() if "another" in one or "Nobody" in one] == []


def test_a_key_that_is_typed_pauses_nothing(play: Player) -> None:
    page = play("thoughts-on-a-river", clock=False)
    begin(page)
    page.focus("[data-thought]")
    page.keyboard.type("a b c")
    assert page.inner_text("[data-pause]").strip() == "Pause"
    assert page.input_value("[data-thought]") == "a b c"


def test_a_thought_of_danger_stays_and_the_page_says_where_help_is(play: Player) -> None:
    page = play("thoughts-on-a-river", clock=False)
    begin(page)
    asked = len(play.site.asked)
    types(page, "I want to kill myself.")
    assert page.locator(".thought").count() == 0
    assert page.input_value("[data-thought]") == "I want to kill myself."
    assert page.is_visible("text=That is a heavy thought.")
    assert page.locator(".drift a:visible").get_attribute("href") == "/help-now/"
    assert len(play.site.asked) == asked
    page.click("[data-let-go]")  # whoever wants to let it go all the same, may
    assert page.inner_text(".thought") == "I want to kill myself."
    assert not page.is_visible("text=That is a heavy thought.")


def test_the_script_follows_the_rule_of_the_library_to_the_letter(play: Player) -> None:
    page = play("thoughts-on-a-river", clock=False)
    silent = [text for texts in WRITTEN["silent"].values() for text in texts]
    odd = ["", "'", "I\u00b4m suicidal", "I WANT TO DIE", "\u017ftra\u00dfe \u0130 want to die"]
    odd += ["hasOwnProperty", "constructor", "\uff29 want to die"]
    texts = [*WRITTEN["fires"], *silent, *PHRASES, *odd]
    assert len(texts) > 90
    assert page.evaluate(READ, [texts, danger_rule()]) == [speaks_of_danger(one) for one in texts]
    assert page.get_attribute("[data-drift]", "data-rule") == danger_rule()
