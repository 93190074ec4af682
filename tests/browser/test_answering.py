"""Answering on a small phone: help is seen, and what was not sent or saved is said to be so."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.asking import go
from tests.browser.conftest import SignIn
from tests.browser.reading import Reader, Size
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
    go(page, f"id_{item}")
    page.locator(f"[name={item}][value='{value}']").click()


def send(page: Page) -> None:
    go(page, "ending")
    page.click("[data-send]")


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
    button = phq.locator("button:not([aria-hidden]):has-text('Send my answers')")
    for number in range(1, 11):
        go(phq, f"id_q{number}")
        assert not button.is_visible()
    go(phq, "ending")
    assert seen(phq, "[data-send]")


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
    phq.wait_for_selector("#id_q9", state="hidden")  # an answer without a card goes on
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
    phq.locator("#answers [name=whose]").evaluate(
        "one => one.remove()"
    )  # else it counts as one's own
    tap(phq, "q9", 2)
    phq.wait_for_selector(f"{STATE}:has-text('You signed in again elsewhere. Reload this page;')")
    assert "Your care team may not know of this answer yet." in phq.inner_text(CARD)


def test_sending_without_a_connection_keeps_the_page_and_marks_it(phq: Page) -> None:
    tap(phq, "q1", 1)
    phq.wait_for_selector(f"{STATE}:has-text('Saved at')")
    phq.context.set_offline(True)
    send(phq)
    phq.wait_for_selector(f"{STATE}:has-text('Not sent: there is no connection.')")
    assert phq.is_checked("[name=q1][value='1']")
    phq.context.set_offline(False)
    phq.wait_for_selector(f"{STATE}:has-text('Your answers are not sent yet')")
    send(phq)
    phq.wait_for_selector("text=have no answer yet.")


def test_after_sending_with_gaps_the_bar_stands_whole_under_the_way_to_help(phq: Page) -> None:
    phq.set_viewport_size({"width": 390, "height": 844})
    tap(phq, "q9", 0)
    send(phq)
    phq.wait_for_selector("text=have no answer yet.")
    assert seen(phq, ".answering")
    assert seen(phq, ".help-now")


def test_enter_sends_all_on_one_page_and_neither_skips_nor_takes_back(phq: Page) -> None:
    """The first button of a form is the one that Enter presses, wherever it stands."""
    phq.set_viewport_size({"width": 1280, "height": 800})
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
    page.wait_for_selector("noscript p")
    assert not page.is_visible("text=Answers save as you go.")
    assert page.is_visible("noscript p")
    assert not page.is_visible("[data-answered]")
    context.close()


# One question at a time


def in_view(page: Page) -> list[str]:
    """Which questions, and whether the end, are on the page for the eyes."""
    return page.eval_on_selector_all(
        "[data-question], #ending",
        "all => all.filter((one) => one.checkVisibility()).map((one) => one.id)",
    )


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


ALL = [*(f"id_q{number}" for number in range(1, 11)), "ending"]


def test_a_phone_shows_one_question_and_a_wide_screen_all(phq: Page) -> None:
    go(phq, "id_q1")
    assert in_view(phq) == ["id_q1"]
    phq.set_viewport_size({"width": 1280, "height": 800})
    phq.wait_for_selector("#ending:visible")
    assert in_view(phq) == ALL
    phq.set_viewport_size({"width": 360, "height": 640})
    phq.wait_for_selector("#ending:not(:visible)", state="attached")
    assert in_view(phq) == ["id_q1"]


@pytest.mark.parametrize(
    ("wish", "phone", "wide"),
    [("always", 1, 1), ("never", len(ALL), len(ALL)), ("", 1, len(ALL))],
)
def test_a_client_chooses_how_they_are_asked(phq: Page, wish: str, phone: int, wide: int) -> None:
    here = phq.url
    phq.goto("/me/more/preferences/")
    phq.check(f"[name=one_at_a_time][value='{wish}']")
    phq.click("main button.btn")
    phq.wait_for_selector("text=Kept.")
    assert phq.is_checked(f"[name=one_at_a_time][value='{wish}']")
    for width, wanted in ((360, phone), (1280, wide)):
        phq.set_viewport_size({"width": width, "height": 800})
        phq.goto(here.partition("#")[0])
        phq.wait_for_selector("[data-answered]:visible")
        assert len(in_view(phq)) == wanted


OPEN = """() => [...document.querySelectorAll("[data-question]")].slice(1)
  .find((one) => !one.querySelector("input:checked"))?.id"""


def test_a_tap_goes_on_to_the_next_open_question_which_is_heard_whole(phq: Page) -> None:
    go(phq, "id_q1")
    wanted = phq.evaluate(OPEN)
    phq.locator("[name=q1]:not(:checked) >> nth=1").click()
    phq.wait_for_selector(f"#{wanted}:visible")
    assert in_view(phq) == [wanted]
    assert focused(phq) == wanted
    number = wanted.removeprefix("id_q")
    group = phq.get_by_role("group", name=re.compile(f"^Question {number} of 10 [A-Z]"))
    assert group.get_attribute("id") == wanted
    assert seen(phq, f"#{wanted} legend")


def test_by_keyboard_alone_nothing_goes_on_or_is_sent_by_itself(phq: Page) -> None:
    """Arrows choose, Enter goes on, and at the end Tab reaches the button that sends."""
    asked: list[str] = []
    phq.on("request", lambda one: asked.append(f"{one.method} {one.url}"))
    phq.route("**/draft/", lambda route: route.abort())  # the next test finds what it was
    go(phq, "id_q1")
    for number in range(1, 11):
        phq.focus(f"[name=q{number}] >> nth=0")
        phq.keyboard.press("Space")
        phq.keyboard.press("ArrowDown")
        phq.wait_for_timeout(400)
        assert in_view(phq) == [f"id_q{number}"]
        assert phq.is_checked(f"[name=q{number}] >> nth=1")
        phq.keyboard.press("Enter")
        assert focused(phq) == (f"id_q{number + 1}" if number < 10 else "ending")
    assert [one for one in asked if one.startswith("POST") and "draft" not in one] == []
    phq.keyboard.press("Tab")
    assert phq.evaluate("document.activeElement.matches('[data-send]')")


def test_back_and_next_lead_to_every_question_and_to_the_end(phq: Page) -> None:
    go(phq, "id_q1")
    assert not phq.is_visible("[data-back]")
    for part in ALL[1:]:
        phq.click("[data-next]")
        assert in_view(phq) == [part]
        assert focused(phq) == part
    assert not phq.is_visible("[data-next]")
    phq.click("[data-back]")
    assert in_view(phq) == ["id_q10"]


def test_an_answer_of_danger_stays_with_its_card_until_one_goes_on(phq: Page) -> None:
    tap(phq, "q9", 2)
    assert seen(phq, f"{CARD} h2")
    assert in_view(phq) == ["id_q9"]
    phq.wait_for_selector(f"{CARD} >> text=Your care team has been told")
    phq.click("[data-next]")
    assert in_view(phq) == ["id_q10"]
    phq.click("[data-back]")
    assert phq.is_visible(f"{CARD} h2")


def test_sent_with_gaps_the_open_card_comes_first_and_links_lead_to_the_gaps(phq: Page) -> None:
    tap(phq, "q9", 1)
    send(phq)
    phq.wait_for_selector("text=have no answer yet.")
    assert in_view(phq) == ["id_q9"]
    assert phq.is_visible(f"{CARD} h2")
    phq.click("#problems a:has-text('Question 4')")
    assert in_view(phq) == ["id_q4"]
    assert focused(phq) == "id_q4"


def test_all_that_was_chosen_is_sent_whatever_is_in_view(phq: Page) -> None:
    for number in range(1, 4):
        tap(phq, f"q{number}", 0)
    assert len(in_view(phq)) == 1
    sent = phq.evaluate("[...new FormData(document.querySelector('#answers')).keys()]")
    assert {"q1", "q2", "q3"} <= set(sent)


LARGE = Size(320, 640, 200)


@pytest.mark.parametrize("item", ["id_q1", "id_q2"])
def test_large_text_on_a_small_phone_leaves_the_screen_to_one_question(
    phq: Page, item: str
) -> None:
    """All answers stand on the first screen; who reads it, and stopping, stand right below."""
    Reader(phq).resize(LARGE)
    phq.reload()
    phq.wait_for_selector("[data-steps]:visible")
    go(phq, item)
    phq.evaluate("scrollTo(0, 0)")
    for part in ["legend", *(f".choice >> nth={n}" for n in range(4))]:
        assert seen(phq, f"#{item} >> {part}"), part
    assert seen(phq, ".help-now")
    assert seen(phq, ".leave")
    assert phq.evaluate(PINNED) < LARGE.height / 4
    assert phq.is_visible("text=Who reads this, and when?")
    assert phq.is_visible("text=Keep this and finish later")
    assert phq.is_visible("[data-answered]")
    assert Reader(phq).look((LARGE,)) == []


MISSING = """() => [...document.querySelectorAll("[data-question]")]
  .filter((one) => !one.querySelector("input:checked")).map((one) => one.id)"""


def test_taken_up_again_by_its_address_it_begins_where_an_answer_is_missing(phq: Page) -> None:
    """Some answered, left and opened anew | the first open one; all answered | the last one."""
    for number in (1, 2, 3):
        tap(phq, f"q{number}", 0)
    phq.wait_for_timeout(900)
    address = phq.url.split("#")[0].split("?")[0]
    phq.goto("/me/")
    phq.goto(address)
    missing = phq.evaluate(MISSING)
    assert missing
    assert "id_q1" not in missing
    assert in_view(phq) == [missing[0]]
    for item in missing:
        tap(phq, item.removeprefix("id_"), 0)
    phq.wait_for_timeout(900)
    phq.goto("/me/")
    phq.goto(address)
    assert in_view(phq) == ["id_q10"]
