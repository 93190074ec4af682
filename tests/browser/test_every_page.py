"""Every page of every seat: no accessibility fault, no breach of policy, no foreign address."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import SignIn
from waymark.library.instruments import INSTRUMENTS
from waymark.library.practices import PRACTICES

SIZES = [(1280, "light"), (390, "dark")]
SEATS = {
    "sam": ["/me/", "/clinic/"],
    "okafor@demo.example": ["/clinic/"],
    "ada@demo.example": ["/clinic/people/", "/clinic/settings/", "/clinic/people/staff/"],
    "dana@demo.example": ["/clinic/people/"],
}
SIGNED_OUT = [
    "/account/sign-in/", "/join/", "/account/reset/", "/help-now/", "/join/no-such/",
    "/practices/", "/practices/long-exhale/", "/practices/thoughts-on-a-river/",
]  # fmt: skip
LEFT_OUT = ("/account/sign-out/", "/leave/", "/static/")
MOST_ALIKE = 1  # pages of one kind that are looked at


def kind_of(path: str) -> str:
    """The address without its ids: of rows, of instruments and of practices."""
    known = {*INSTRUMENTS, *PRACTICES}
    return "/".join("…" if len(p) == 36 or p in known else p for p in path.split("/"))


def reachable(page: Page, starts: list[str], own: str) -> list[str]:
    """Every page that links lead to from here, a few of each kind."""
    found: dict[str, list[str]] = {}
    waiting = list(starts)
    while waiting:
        path = waiting.pop(0)
        held = found.setdefault(kind_of(path), [])
        if path in held or len(held) >= MOST_ALIKE:
            continue
        held.append(path)
        page.goto(path)
        for link in page.eval_on_selector_all("a[href]", "all => all.map((one) => one.href)"):
            there = urlsplit(link)
            if there.netloc == own and not there.path.startswith(LEFT_OUT):
                waiting.append(there.path)
    return [path for held in found.values() for path in held]


def faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:140]}" for one in found]


def look(page: Page, paths: list[str], own: str) -> list[str]:
    """What is wrong with these pages, at this size and in this theme."""
    went: list[str] = []
    page.on("request", lambda request: went.append(request.url))
    wrong = []
    for path in paths:
        page.goto(path)
        wrong += [f"{path}: {fault}" for fault in faults(page)]
        wrong += [f"{path}: policy {breach}" for breach in page.evaluate("window.breaches")]
    foreign = {url for url in went if urlsplit(url).netloc not in {own, ""}}
    return wrong + [f"foreign address {url}" for url in sorted(foreign)]


@pytest.mark.parametrize("login", SEATS)
def test_every_page_of_a_seat(sign_in: SignIn, demo: str, login: str) -> None:
    own = urlsplit(demo).netloc
    page = sign_in(login)
    paths = reachable(page, SEATS[login], own)
    assert len(paths) > 5
    for width, scheme in SIZES:
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)
        assert look(page, paths, own) == [], (width, scheme)


@pytest.mark.parametrize("login", SEATS)
def test_no_page_needs_sideways_scrolling(sign_in: SignIn, demo: str, login: str) -> None:
    page = sign_in(login, width=360)
    wide = []
    for path in reachable(page, SEATS[login], urlsplit(demo).netloc):
        page.goto(path)
        needed = page.evaluate("document.documentElement.scrollWidth")
        wide += [f"{path} needs {needed}"] if needed > 360 else []
    assert wide == []


def test_the_pages_before_signing_in(demo: str, chromium: object) -> None:
    context = chromium.new_context(base_url=demo, viewport={"width": 390, "height": 844})
    from tests.browser.conftest import WATCH

    context.add_init_script(WATCH)
    assert look(context.new_page(), SIGNED_OUT, urlsplit(demo).netloc) == []
    context.close()


def test_a_planted_pixel_and_a_planted_fault_are_seen(sign_in: SignIn, demo: str) -> None:
    page = sign_in("sam")
    page.route("**/me/more/", lambda route: route.fulfill(
        content_type="text/html",
        body="<html lang=en><title>x</title><main><img src='http://127.0.0.2:9/pixel.png'></main>",
    ))  # fmt: skip
    wrong = look(page, ["/me/more/"], urlsplit(demo).netloc)
    assert any("image-alt" in one for one in wrong)
    assert any("foreign address http://127.0.0.2:9/" in one for one in wrong)
