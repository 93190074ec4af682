"""Answering on a small phone: help is seen, and what was not sent or saved is said to be so."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import SignIn
from waymark.interfaces.cli.owner.commands.demo import PASSWORD

CARD = "#id_q9_card"
STATE = "#save-state"
PINNED = """() => [...document.querySelectorAll("body *")]
  .filter((one) => /fixed|sticky/.test(getComputedStyle(one).position) && one.checkVisibility())
  .map((one) => one.getBoundingClientRect())
  .filter((box) => box.width > innerWidth / 2 && (box.top < 150 || box.bottom > innerHeight - 1))
  .reduce((sum, box) => sum + box.height, 0)"""


@pytest.fixture
def phq(sign_in: SignIn) -> Page:
    """Sam has opened the PHQ-9 that waits for him, on a small phone."""
    page = sign_in("sam")
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto("/me/")
    page.click("a:has-text('Begin'), a:has-text('Go on')")
    page.wait_for_selector("[data-answered]:visible")
    return page


def tap(page: Page, item: str, value: int) -> None:
    page.locator(f"[name={item}][value='{value}']").click()


def seen(page: Page, selector: str) -> bool:
    """Whether all of it stands between the bar on top and what is pinned below, once at rest."""
    page.wait_for_timeout(900)
    return bool(
        page.locator(selector).first.evaluate(
            """(one) => {
              const box = one.getBoundingClientRect();
              const at = (y) => document.elementFromPoint(box.left + box.width / 2, y);
              return [box.top + 2, box.bottom - 2].every((y) => one.contains(at(y)));
            }"""
        )
    )


FIRST = "[data-question] >> nth=0"
PHONES = [(390, 844), (320, 640)]


@pytest.mark.parametrize(("width", "height"), PHONES)
def test_the_first_question_stands_whole_with_its_answers(
    phq: Page, width: int, height: int
) -> None:
    phq.set_viewport_size({"width": width, "height": height})
    phq.evaluate("scrollTo(0, 0)")
    for part in [f"{FIRST} >> legend", *(f"{FIRST} >> .choice >> nth={n}" for n in range(4))]:
        assert seen(phq, part), part


@pytest.mark.parametrize(("width", "height"), PHONES)
def test_one_line_of_progress_and_no_way_to_send_before_the_end(
    phq: Page, width: int, height: int
) -> None:
    """What is pinned leaves three quarters of the screen to the questions."""
    phq.set_viewport_size({"width": width, "height": height})
    line, column = phq.locator("progress"), phq.locator("#answers")
    assert line.count() == 1
    assert line.bounding_box()["width"] == column.bounding_box()["width"]
    phq.evaluate("scrollTo(0, 900)")
    assert phq.evaluate(PINNED) < height / 4
    send = phq.locator("button:not([aria-hidden]):has-text('Send my answers')")
    last = phq.locator("[data-question] >> nth=-1").bounding_box()
    assert send.bounding_box()["y"] > last["y"] + last["height"]


def test_go_on_leads_to_the_first_question_without_an_answer(phq: Page) -> None:
    for number in range(1, 4):
        tap(phq, f"q{number}", 0)
    phq.wait_for_selector(f"{STATE}:has-text('Saved at')")
    phq.wait_for_timeout(600)
    phq.goto("/me/")
    phq.click("a:has-text('Go on')")
    phq.wait_for_url("**/#id_q4")
    assert seen(phq, "#id_q4 legend")
    assert seen(phq, "#id_q4 .choice >> nth=3")


def test_the_card_of_help_comes_into_view_with_a_number_to_call(phq: Page) -> None:
    tap(phq, "q9", 1)
    assert seen(phq, f"{CARD} h2")
    assert seen(phq, f"{CARD} .ways a")


def test_the_card_says_that_nobody_is_told_until_the_server_says_so(phq: Page) -> None:
    tap(phq, "q9", 0)
    phq.wait_for_selector(f"{STATE}:has-text('Saved at')")
    phq.context.set_offline(True)
    tap(phq, "q9", 2)
    phq.wait_for_selector(f"{STATE}:has-text('Not confirmed as saved.')")
    assert "Your care team may not know of this answer yet." in phq.inner_text(CARD)
    assert "has been told" not in phq.inner_text(CARD)
    assert seen(phq, STATE)
    assert seen(phq, f"{CARD} .ways a")
    phq.context.set_offline(False)
    tap(phq, "q9", 1)
    phq.wait_for_selector(f"{CARD} >> text=Your care team has been told")


def test_signed_in_again_elsewhere_is_not_called_a_lost_connection(phq: Page) -> None:
    phq.context.clear_cookies(name=re.compile("csrf"))  # as if renewed
    tap(phq, "q9", 2)
    phq.wait_for_selector(f"{STATE}:has-text('You signed in again elsewhere. Reload this page;')")
    assert "Your care team may not know of this answer yet." in phq.inner_text(CARD)


def test_sending_without_a_connection_keeps_the_page_and_marks_it(phq: Page) -> None:
    tap(phq, "q1", 1)
    phq.wait_for_selector(f"{STATE}:has-text('Saved at')")
    phq.context.set_offline(True)
    phq.click("[data-send]")
    phq.wait_for_selector(f"{STATE}:has-text('Not sent: there is no connection.')")
    assert phq.is_checked("[name=q1][value='1']")
    phq.context.set_offline(False)
    phq.wait_for_selector(f"{STATE}:has-text('Your answers are not sent yet')")
    phq.click("[data-send]")
    phq.wait_for_selector("text=have no answer yet.")


def test_after_sending_with_gaps_the_bar_stands_whole_under_the_way_to_help(phq: Page) -> None:
    phq.set_viewport_size({"width": 390, "height": 844})
    tap(phq, "q9", 0)
    phq.click("[data-send]")
    phq.wait_for_selector("text=have no answer yet.")
    assert seen(phq, ".answering")
    assert seen(phq, ".help-now")


def test_enter_sends_and_neither_skips_nor_takes_back(phq: Page) -> None:
    """The first button of a form is the one that Enter presses, wherever it stands."""
    tap(phq, "q9", 1)
    phq.focus("[name=q9][value='1']")
    phq.keyboard.press("Enter")
    phq.wait_for_selector("text=have no answer yet.")
    phq.focus("[name=q9][value='1']")
    phq.keyboard.press("Enter")
    phq.wait_for_timeout(1000)
    assert phq.is_visible("text=have no answer yet.")


def test_without_javascript_the_page_says_what_is_true_there(demo: str, chromium: Browser) -> None:
    """No count that stands still, no word of saving by itself, and a card that has told nobody."""
    context: Any = chromium.new_context(
        base_url=demo, java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    page.goto("/account/sign-in/")
    page.fill("[name=login]", "sam")
    page.fill("[name=password]", PASSWORD)
    page.click("button:has-text('Sign in') >> nth=0")
    page.click("a:has-text('Begin'), a:has-text('Go on')")
    assert not page.is_visible("text=Answers save as you go.")
    assert page.is_visible("noscript p")
    assert not page.is_visible("[data-answered]")
    context.close()
