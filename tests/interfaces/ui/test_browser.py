"""The look in a real browser: policy, accessibility rules, sizes, and what the small scripts do."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.chromium import WATCH, marks
from tests.interfaces.ui.samples import CLIENT_SHELL, draw_page, pages
from tests.interfaces.ui.server import Site, serving

LOOKED_AT = ["guide", "client", "staff", "plain", "print", "500"]

pytestmark = marks("look", reason="the look was not looked at")

Open = Callable[..., Page]


@pytest.fixture
def site() -> Iterator[tuple[str, Site]]:
    drawn = {
        **pages(),
        "planted": draw_page("planted.html"),
        "posting": draw_page("posting.html"),
        "typing": draw_page("typing.html", idle_seconds=900, **CLIENT_SHELL),
    }
    with serving(drawn) as served:
        yield served


@pytest.fixture
def open_page(chromium: Browser, site: tuple[str, Site]) -> Iterator[Open]:
    """Opens a page by name in a browser of a given width, theme and kind."""
    opened = []

    def go(
        name: str, *, width: int = 1280, scheme: str = "light", until: Any = None, **kind: Any
    ) -> Page:
        view = {"width": width, "height": 844}
        context = chromium.new_context(viewport=view, color_scheme=scheme, **kind)
        opened.append(context)
        context.add_init_script(WATCH)
        page = context.new_page()
        page.goto(f"{site[0]}/{name}", wait_until=until or "networkidle")
        return page

    yield go
    for context in opened:
        context.close()


def faults(page: Page) -> list[str]:
    """What axe's rules find, each with the first place."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


def breaches(page: Page) -> list[str]:
    return page.evaluate("window.breaches")


# Policy, accessibility, sizes


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", LOOKED_AT)
def test_a_page_breaks_no_policy_and_no_rule(open_page: Open, name: str, scheme: str) -> None:
    page = open_page(name, scheme=scheme)
    for width in [1280, 390]:
        page.set_viewport_size({"width": width, "height": 844})
        assert faults(page) == [], width
    assert breaches(page) == []


def test_a_planted_breach_and_a_planted_fault_are_seen(open_page: Open) -> None:
    page = open_page("planted")
    assert {one.split()[0] for one in breaches(page)} == {"style-src-attr", "script-src-elem"}
    assert any(fault.startswith("image-alt") for fault in faults(page))


@pytest.mark.parametrize("name", LOOKED_AT)
def test_nothing_needs_sideways_scrolling(open_page: Open, name: str) -> None:
    page = open_page(name, until="load")
    wide = []
    for width in [320, 360, 768, 860, 1920]:
        page.set_viewport_size({"width": width, "height": 844})
        wide.append((width, page.evaluate("document.documentElement.scrollWidth")))
    assert [(width, needed) for width, needed in wide if needed > width] == []


SMALL = """() => [...document.querySelectorAll(`a.btn, button, summary, .choice, .side-nav a,
  .help-now, .leave, input:not([type=radio], [type=checkbox], [type=hidden]), select, textarea`)]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44)
  .map((one) => one.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("name", LOOKED_AT)
def test_what_is_pressed_is_as_large_as_a_thumb(open_page: Open, name: str) -> None:
    assert open_page(name, width=390, until="load").evaluate(SMALL) == []


# Without JavaScript


def test_without_javascript_help_and_leaving_and_the_card_still_work(open_page: Open) -> None:
    page = open_page("guide", width=390, java_script_enabled=False)
    assert page.locator("a.help-now").is_visible()
    assert page.locator("a.leave").is_visible()
    card = page.locator("[data-question] .crisis")
    assert card.is_visible()
    page.get_by_label("Not at all").check()
    assert not card.is_visible()
    page.get_by_label("Nearly every day").check()
    assert card.is_visible()


# Leaving


def test_leaving_takes_the_page_out_of_the_history(open_page: Open) -> None:
    page = open_page("plain")
    page.goto(page.url.replace("plain", "client"))
    depth = page.evaluate("history.length")
    page.get_by_role("link", name="Leave").click()
    page.wait_for_url("**/leave/")
    assert page.evaluate("history.length") == depth
    page.go_back()
    assert page.url.endswith("/plain")


def test_escape_three_times_leaves_and_twice_does_not(open_page: Open) -> None:
    page = open_page("client")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_timeout(200)
    assert page.url.endswith("/client")
    page.keyboard.press("Escape")
    page.wait_for_url("**/leave/")


@pytest.mark.parametrize(("words", "button", "held"), [("half", "Something else", True),
                                                       ("", "Something else", False),
                                                       ("half", "Keep", False)])  # fmt: skip
def test_another_button_does_not_take_unsent_words_away(
    open_page: Open, words: str, button: str, held: bool
) -> None:
    page = open_page("typing")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_label("Words").fill(words)
    page.get_by_role("button", name=button).click(no_wait_after=True)
    page.wait_for_timeout(500)
    assert asked == (["beforeunload"] if held else [])
    if held:
        assert page.get_by_label("Words").input_value() == words


def test_leaving_is_not_held_up_by_unsent_words(open_page: Open) -> None:
    page = open_page("typing")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_label("Words").fill("half a sentence")
    page.get_by_role("link", name="Leave").click()
    page.wait_for_url("**/leave/")
    assert asked == []


# Answering


def test_after_a_tap_the_next_question_comes_and_the_focus_stays(open_page: Open) -> None:
    page = open_page("guide", width=390, has_touch=True)
    page.get_by_label("Not at all").tap()
    assert page.evaluate("document.activeElement.value") == "0"
    assert page.locator("[data-answered]").inner_text() == "1 of 2 answered"
    next_one = page.locator("#id_mood")
    page.wait_for_function(
        "one => { const top = one.getBoundingClientRect().top; return top > 0 && top < 160; }",
        arg=next_one.element_handle(),
    )


def at_rest(page: Page) -> float:
    """Where the page stands once it moves no more; a busy machine scrolls slowly."""
    last, now = -1.0, page.evaluate("scrollY")
    while last != now:
        page.wait_for_timeout(600)
        last, now = now, page.evaluate("scrollY")
    return now


def test_an_answer_that_opens_the_card_brings_it_into_view_and_nothing_scrolls_it_away(
    open_page: Open,
) -> None:
    page = open_page("guide", width=390, has_touch=True)
    page.get_by_label("Not at all").tap()
    page.wait_for_timeout(800)
    page.get_by_label("Several days").tap()
    before = at_rest(page)
    top = page.locator("[data-question] .crisis").bounding_box()["y"]
    assert 0 < top < 160
    page.get_by_label("Nearly every day").evaluate("one => one.click()")
    assert at_rest(page) == before


def test_arrow_keys_choose_and_never_scroll_on(open_page: Open) -> None:
    page = open_page("guide", width=390)
    page.locator("#id_mood").evaluate("one => one.scrollIntoView({block: 'center'})")
    page.get_by_label("Heavy").focus()
    page.keyboard.press("Space")
    before = at_rest(page)
    page.keyboard.press("ArrowDown")
    assert at_rest(page) == before
    assert page.get_by_label("Mixed").is_checked()
    assert page.locator("[data-answered]").inner_text() == "2 of 2 answered"


def test_a_save_that_was_not_confirmed_is_told(open_page: Open) -> None:
    page = open_page("guide")
    page.route("**/*", lambda route: route.abort())
    page.locator("form[hx-post]").get_by_role("button", name="Send my answers").click()
    state = page.locator("[data-save-state]")
    page.wait_for_selector(".save-state.unsaved")
    assert state.inner_text().startswith("Not confirmed as saved.")


# Charts


def test_a_chart_has_one_tab_stop_and_is_walked_with_arrows(open_page: Open) -> None:
    page = open_page("guide")
    points, readout = page.locator(".points [role=listitem]"), page.locator("[data-readout]")
    stops = [points.nth(n).get_attribute("tabindex") for n in range(points.count())]
    assert sorted(stops) == ["-1"] * 7 + ["0"]
    points.nth(stops.index("0")).focus()
    page.keyboard.press("End")
    assert readout.inner_text() == points.nth(7).get_attribute("aria-label")
    page.keyboard.press("ArrowLeft")
    assert readout.inner_text() == points.nth(6).get_attribute("aria-label")
    page.keyboard.press("Home")
    assert readout.inner_text().startswith("18 ")
    assert readout.get_attribute("aria-live") == "polite"


# Time-out and unsent words


def typing_for(open_page: Open, seconds: int, words: str = "") -> Page:
    page = open_page("typing")
    page.clock.install()
    page.reload(wait_until="networkidle")
    page.get_by_label("Words").fill(words)
    page.clock.fast_forward(seconds * 1000)
    page.clock.run_for(1000)
    return page


def test_two_minutes_before_the_lock_a_person_is_told(open_page: Open) -> None:
    page = typing_for(open_page, 770)
    assert page.locator(".expiry").count() == 0
    page.clock.fast_forward(15_000)
    page.clock.run_for(1000)
    assert "In about 2 minutes it will lock" in page.locator(".expiry").inner_text()
    assert page.get_by_label("Words").is_visible()


def test_a_locked_page_is_covered_and_asks_the_server_for_nothing(
    open_page: Open, site: tuple[str, Site]
) -> None:
    page = open_page("typing")
    page.clock.install()
    page.reload(wait_until="networkidle")
    asked = len(site[1].asked)
    page.clock.fast_forward(901_000)
    page.clock.run_for(1000)
    assert "locked and covered" in page.locator(".expiry").inner_text()
    assert not page.get_by_label("Words").is_visible()
    assert page.locator("a.help-now").is_visible()
    assert len(site[1].asked) == asked


def test_what_was_typed_can_still_be_sent_to_the_lock(
    open_page: Open, site: tuple[str, Site]
) -> None:
    page = typing_for(open_page, 902, "a long evening")
    page.get_by_role("button", name="Send what I typed").click()
    page.wait_for_url("**/client")
    posts = [one for one in site[1].asked if one["REQUEST_METHOD"] == "POST"]
    assert [one["body"] for one in posts] == [b"words=a+long+evening&do=keep"]


def test_the_same_form_in_two_tabs_says_so_in_both(open_page: Open) -> None:
    first = open_page("typing")
    second = first.context.new_page()
    second.goto(first.url, wait_until="networkidle")
    for page in (first, second):
        page.wait_for_selector("[data-twice]")


# Addresses and forms


def test_a_form_names_its_own_origin_and_others_learn_no_address(
    open_page: Open, site: tuple[str, Site]
) -> None:
    # "no-referrer" would send Origin: null, and Django's check against forged forms refuses that
    page = open_page("posting")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/guide")
    sent = next(one for one in site[1].asked if one["REQUEST_METHOD"] == "POST")
    assert sent["HTTP_ORIGIN"] == site[0]
    assert page.evaluate("document.querySelector('meta[name=referrer]').content") == "same-origin"


# Forced colors and paper


def test_on_paper_the_shell_is_gone_and_the_questions_stay(open_page: Open) -> None:
    page = open_page("print")
    assert page.get_by_role("button", name="Print").is_visible()
    page.emulate_media(media="print")
    assert not page.locator(".bar").is_visible()
    assert not page.locator("[data-print]").is_visible()
    assert page.locator(".paper tbody tr").count() == 3
    background = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(background) == "rgb(255, 255, 255)"


def test_a_person_who_wants_no_motion_gets_none(open_page: Open) -> None:
    page = open_page("guide", width=390, reduced_motion="reduce", has_touch=True)
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    page.get_by_label("Not at all").tap()
    before = page.evaluate("scrollY")
    page.wait_for_timeout(500)
    assert page.evaluate("scrollY") == before
