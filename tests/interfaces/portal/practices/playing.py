"""The pages of practices in a real browser, under the product's policy, with a clock to turn."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.template.loader import render_to_string
from django.test import Client
from playwright.sync_api import Browser, Page

from tests.chromium import WATCH
from tests.interfaces.ui.server import Site
from waymark.interfaces.portal.practices.listing import every, first
from waymark.library.practices import PRACTICES

# What the browser was asked for besides words: tones, buzzes, a screen that stays on.
HEARD = """
window.heard = { tones: [], buzzes: [], locks: [] };
navigator.vibrate = (length) => window.heard.buzzes.push(length) > 0;
const request = async (kind) => {
  const lock = { kind, released: false, release: async () => { lock.released = true; } };
  window.heard.locks.push(lock);
  return lock;
};
Object.defineProperty(navigator, "wakeLock", { configurable: true, value: { request } });
const started = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (at) {
  window.heard.tones.push(Math.round(this.frequency.value));
  return started.call(this, at);
};
"""
HIDE = """(hidden) => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
  if (hidden) for (const lock of window.heard.locks) lock.released = true;
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def drawn() -> dict[str, str]:
    """The page of each practice, as it comes from the street and from a client's own pages."""
    browser = Client()
    found = {}
    for id in PRACTICES:
        for under, query in (("", ""), ("me/", "?from=me"), ("shared/", "?from=shared")):
            found[f"{under}{id}"] = browser.get(f"/practices/{id}/{query}").content.decode()
    found["list"] = browser.get("/practices/").content.decode()
    for name, neutral in (("today", False), ("today-shared", True)):
        found[name] = _today(neutral=neutral)
    return found


def _today(*, neutral: bool) -> str:
    """Today, with nothing on it but the card."""
    card = ("portal/today/cards/practice.html", {"first": first(), "all": every()})
    day = SimpleNamespace(first=(), asks=None, quiet=(card,), more=())
    return render_to_string("portal/today/today.html", {"day": day, "neutral": neutral})


@dataclass(frozen=True, slots=True)
class Player:
    """Opens pages of the practices; each in a browser of its own, unless one is handed on."""

    browser: Browser
    root: str
    site: Site
    opened: list[Any]

    def __call__(self, name: str, *, clock: bool = True, storage: Any = None, **kind: Any) -> Page:
        size = kind.pop("viewport", {"width": 390, "height": 844})
        context = self.browser.new_context(viewport=size, storage_state=storage, **kind)
        self.opened.append(context)
        context.add_init_script(WATCH + HEARD)
        page = context.new_page()
        if clock:
            page.clock.install()
        self.goes_to(page, name)
        if clock:
            page.clock.pause_at(page.evaluate("Date.now()") + 1000)
        return page

    def goes_to(self, page: Page, name: str) -> None:
        page.goto(f"{self.root}/{name}", wait_until="networkidle")


def begin(page: Page) -> None:
    page.locator("[data-begin]:visible").click()


def passes(page: Page, seconds: float) -> None:
    """Time goes by while somebody looks."""
    page.clock.run_for(round(seconds * 1000))


def sleeps(page: Page, seconds: float) -> None:
    """The page is out of sight, and the device may sleep: the wall's clock alone goes on."""
    page.evaluate(HIDE, True)
    page.evaluate("(ms) => { const now = Date.now; Date.now = () => now() + ms; }", seconds * 1000)
    page.evaluate(HIDE, False)


def leaves_for(page: Page, seconds: float) -> None:
    """The page is out of sight while both clocks go on."""
    page.evaluate(HIDE, True)
    page.clock.fast_forward(round(seconds * 1000))
    page.evaluate(HIDE, False)


def cue(page: Page) -> str:
    return page.inner_text("[data-cue]")


def said(page: Page) -> str:
    """What a screen reader was told last."""
    return " ".join(page.locator("[data-live]").inner_text().split())


def view(page: Page) -> str:
    """The one section that is shown."""
    (only,) = page.eval_on_selector_all(
        "[data-view]", "all => all.filter((one) => !one.hidden).map((one) => one.dataset.view)"
    )
    return str(only)


def kept(page: Page) -> dict[str, str]:
    """All that the browser remembers of this place."""
    return dict(page.evaluate("({ ...localStorage })"))
