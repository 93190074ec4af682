"""For everybody: every state by axe in both themes, large text, thumbs, no network, no script."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.reading import SIZES, Reader, Size
from tests.chromium import marks
from tests.interfaces.portal.practices.playing import (
    Player,
    begin,
    passes,
    view,
)
from tests.interfaces.ui.test_browser import SMALL

pytestmark = marks("practices", reason="the states of a practice were not looked at")

BREATH, STEPS, RIVER = "me/box-breath", "me/body-scan-10", "me/thoughts-on-a-river"


def before(page: Page) -> None:
    pass


def paused(page: Page) -> None:
    begin(page)
    page.click("[data-pause]")


def ended(page: Page) -> None:
    begin(page)
    page.click("[data-stop]")


def bad(page: Page) -> None:
    begin(page)
    page.locator("[data-bad]:visible").click()


def left_out(page: Page) -> None:
    bad(page)
    page.click("[data-leave-out]")


def heavy(page: Page) -> None:
    begin(page)
    page.fill("[data-thought]", "I want to die")
    page.click("[data-let-go]")


State = Callable[[Page], None]
STATES: list[tuple[str, State]] = [
    *((name, state) for name in (BREATH, STEPS, RIVER) for state in (before, begin)),
    (BREATH, paused),
    (BREATH, ended),
    (BREATH, bad),
    (STEPS, left_out),
    (RIVER, heavy),
    ("list", before),
    ("today", before),
]
NAMES = [f"{name} {state.__name__}" for name, state in STATES]


def faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:140]}" for one in found]


@pytest.mark.parametrize(("name", "state"), STATES, ids=NAMES)
def test_a_state_breaks_no_rule_and_no_policy(play: Player, name: str, state: State) -> None:
    for scheme, motion in (("light", "no-preference"), ("dark", "reduce")):
        page = play(name, clock=False, color_scheme=scheme, reduced_motion=motion)
        state(page)
        assert faults(page) == [], scheme
        assert page.evaluate("window.breaches") == []


@pytest.mark.parametrize(("name", "state"), STATES, ids=NAMES)
def test_a_state_is_read_in_large_text_on_a_small_screen(
    play: Player, name: str, state: State
) -> None:
    page = play(name, clock=False, reduced_motion="reduce")
    state(page)
    assert Reader(page).look() == []


@pytest.mark.parametrize(("name", "state"), STATES, ids=NAMES)
def test_a_state_fits_every_width_and_a_thumb(play: Player, name: str, state: State) -> None:
    page = play(name, clock=False, reduced_motion="reduce")
    state(page)
    assert page.evaluate(SMALL) == []
    wide = {}
    for width in (320, 360, 768, 860, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 844})
        wide[width] = page.evaluate("document.documentElement.scrollWidth")
    assert {width: needed for width, needed in wide.items() if needed > width} == {}


SEEN = """(all) => all.map((one) => {
  const controls = document.querySelector(".controls");
  const [box, below] = [one, controls].map((each) => each.getBoundingClientRect());
  return box.top >= 0 && box.bottom <= below.top;
})"""
WHOLE = """(all) => all.filter((one) => {
  const box = one.getBoundingClientRect();
  return box.top < 0 || box.bottom > innerHeight || box.height < 44;
}).map((one) => one.innerText)"""


@pytest.mark.parametrize("size", [(390, 844), (390, 667), (320, 568), (1280, 740)], ids=str)
@pytest.mark.parametrize("name", [BREATH, STEPS])
def test_stop_and_eyes_open_are_on_the_screen_without_scrolling(
    play: Player, name: str, size: tuple[int, int]
) -> None:
    page = play(name, clock=False, viewport={"width": size[0], "height": size[1]})
    assert page.eval_on_selector_all("[data-begin]:not([data-view=ended] *)", WHOLE) == []
    begin(page)
    for control in ("[data-stop]", "[data-pause]", "button[data-way=eyes]"):
        assert page.eval_on_selector_all(control, WHOLE) == [], control
    covered = page.evaluate(
        """() => {
          const box = document.querySelector("button[data-way=eyes]").getBoundingClientRect();
          const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          return !top.closest("button[data-way=eyes]");
        }"""
    )
    assert not covered


@pytest.mark.parametrize("name", [BREATH, STEPS, RIVER])
def test_stop_is_on_the_screen_whatever_is_read_and_what_is_told_is_seen(
    play: Player, name: str
) -> None:
    """In large text, and on a phone that lies on its side; wherever one has scrolled to."""
    page = play(name, clock=False, reduced_motion="reduce")
    begin(page)
    reader = Reader(page)
    for size in (*SIZES, Size(844, 390, 100)):
        reader.resize(size)
        assert page.eval_on_selector_all("[data-cue]", SEEN) == [True], size
        for where in (0, 200, 10_000):
            page.evaluate("(y) => scrollTo(0, y)", where)
            assert page.eval_on_selector_all("[data-stop]", WHOLE) == [], (size, where)


@pytest.mark.parametrize("name", [BREATH, STEPS, RIVER])
def test_once_open_it_needs_no_network(play: Player, name: str) -> None:
    """To its end and through every state; nothing is asked for, and nothing fails."""
    page = play(name, reduced_motion="reduce")
    failed: list[str] = []
    page.on("requestfailed", lambda one: "favicon" in one.url or failed.append(one.url))
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.context.set_offline(True)
    asked = len(play.site.asked)
    for value in page.eval_on_selector_all("[name=run]", "all => all.map((one) => one.value)"):
        page.check(f"[name=run][value='{value}']", force=True)
    begin(page)
    page.click("button[data-way=sound]")
    passes(page, 1300)
    assert view(page) == "ended"
    page.click("button:has-text('Once more')")
    page.locator("[data-bad]:visible").click()
    page.click("[data-leave-out]")
    assert page.is_visible("text=Look around. Name five things you can see.")
    assert (failed, len(play.site.asked)) == ([], asked)


def test_without_a_script_the_steps_can_be_followed_by_oneself(play: Player) -> None:
    page = play("before-session", clock=False, java_script_enabled=False)
    shown = page.locator("[data-run]:visible")
    assert shown.count() == 1
    lines = [" ".join(one.split()) for one in shown.locator("li").all_inner_texts()]
    assert lines[0].startswith("A few breaths 1 minute Sit down.")
    assert len(lines) == 4
    assert not page.locator("[data-begin]:visible").count()
    assert page.is_visible("noscript button")
    assert page.is_visible("noscript h2")
    without = " ".join(page.locator("noscript").all_inner_texts())
    assert without.startswith("Show it at this length If it feels bad")
    assert "Look around. Name five things you can see." in without
    assert page.locator("a.help-now").is_visible()


def test_a_planted_fault_would_be_seen(play: Player) -> None:
    page = play(BREATH, clock=False, reduced_motion="reduce")
    begin(page)
    page.evaluate("document.querySelector('button[data-way=sound]').removeAttribute('aria-label')")
    assert any(one.startswith("button-name") for one in faults(page))
