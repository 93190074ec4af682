"""Large text on small screens: every page there is can be read without moving it sideways.

A route that nobody walks to fails here by name. Who adds one adds the way to it, or says below why
there is no page to look at.
"""

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Page, Response, Route

from tests.access.matrix import routes
from tests.browser.asking import go
from tests.browser.reading import Reader
from tests.browser.test_every_page import SEATS, SIGNED_OUT, kind_of
from waymark.interfaces import ui
from waymark.interfaces.cli.owner.commands.demo import PASSWORD
from waymark.interfaces.cli.owner.web import BUSY

NO_PAGE = {
    "healthz": "plain text for a machine",
    "readyz": "plain text for a machine",
    "here": "an answer without a body",
    "mfa_login_webauthn": "numbers for the script of the sign-in page",
    "home": "leads on to the first page of the seat",
    "leave": "leads on to the quiet page",
    "quiet": "an empty page on purpose",
    "open-reset": "leads on to the new password",
    "draft": "a piece of the page of questions",
}
ZONES = ("America/Chicago", "Asia/Tokyo", "Europe/Berlin")
OF_FACTORS = (
    "factors/codes", "factors/codes/new", "factors/app/off", "factors/all", "passkeys",
    "confirm/code", "confirm/passkey",
)  # fmt: skip
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}
LEFT_OUT = ("/account/sign-out/", "/leave/", "/static/")


class Walk:
    """One browser that goes everywhere, and what it saw."""

    def __init__(self, browser: Browser, base: str) -> None:
        self.browser, self.base = browser, base
        self.seen: set[str] = set()
        self.wrong: list[str] = []

    def enter(self, login: str = "") -> Page:
        """A page of somebody who has just signed in, or of nobody."""
        base = self.base.replace("127.0.0.1", "localhost")  # passkeys want a name
        context = self.browser.new_context(base_url=base, reduced_motion="reduce")
        page = context.new_page()
        if login:
            page.goto("/account/sign-in/")
            page.fill("[name=login]", login)
            page.fill("[name=password]", PASSWORD)
            page.click("button:has-text('Sign in') >> nth=0")
            page.wait_for_load_state()
        return page

    def open(self, page: Page, path: str) -> None:
        self.see(page, page.goto(path))

    def press(self, page: Page, selector: str) -> None:
        """Press what leads to another page, and look at that."""
        with page.expect_navigation() as led:
            page.click(selector)
        self.see(page, led.value)

    def see(self, page: Page, response: Response | None) -> None:
        name = name_of(page.url)
        if response is not None and response.status in {200, 422}:
            self.seen.add(name)
        self.wrong += [f"{name} {urlsplit(page.url).path}: {fault}" for fault in self.look(page)]

    def look(self, page: Page) -> list[str]:
        return Reader(page).look()

    def by_links(self, page: Page, starts: list[str]) -> None:
        """Every page that links lead to from here, one of each kind."""
        waiting, done = list(starts), set()
        while waiting:
            path = waiting.pop(0)
            if kind_of(path) in done:
                continue
            done.add(kind_of(path))
            self.open(page, path)
            for link in page.eval_on_selector_all("a[href]", "all => all.map((one) => one.href)"):
                there = urlsplit(link)
                if there.netloc == urlsplit(page.url).netloc and not there.path.startswith(
                    LEFT_OUT
                ):
                    waiting.append(there.path)


def name_of(url: str) -> str:
    try:
        return resolve(urlsplit(url).path).url_name or ""
    except Resolver404:
        return "nowhere"


def signed_out(walk: Walk) -> None:
    page = walk.enter()
    for path in [
        *SIGNED_OUT,
        "/join/staff/no-such/",
        "/demo/mail/",
        "/account/reset/code/",
        "/nowhere/",
    ]:
        walk.open(page, path)
    page.goto("/account/sign-in/")
    walk.press(page, "button:has-text('Sign in') >> nth=0")  # with what is missing


def clients(walk: Walk) -> None:
    page = walk.enter("sam")
    walk.by_links(page, [*SEATS["sam"], "/account/back/", "/account/seat/"])
    walk.open(page, "/account/sign-out/")
    page.goto("/leave/")
    walk.open(page, "/me/")  # locked


def questions(walk: Walk) -> None:
    """Morgan is given a PHQ-9 and tells of danger: the gaps named, then thanks with the card."""
    page = walk.enter("okafor@demo.example")
    page.goto("/clinic/")
    page.click("a:has-text('Morgan Dale')")
    page.goto(re.sub(r".*clients/([0-9a-f-]{36})/.*", r"/clinic/measures/\1/", page.url))
    page.select_option("[name=instrument]", "phq-9")
    page.check("[name=repeat][value=once]")
    walk.press(page, "button:has-text('Give it')")  # a standing rule: asked before it ends
    walk.press(page, "button:has-text('End it, and give this')")
    page = walk.enter("morgan")
    page.goto("/me/")
    walk.press(page, "a:has-text('Begin')")
    walk.see(page, page.reload())  # one at a time, or all of them, as it fits
    go(page, "id_q9")
    page.locator("[name=q9][value='1']").click()
    go(page, "ending")
    walk.press(page, "[data-send]")
    for number in range(1, 11):
        go(page, f"id_q{number}")
        page.locator(f"[name=q{number}][value='1']").click()
    go(page, "ending")
    walk.press(page, "[data-send]")


def staff(walk: Walk) -> None:
    for login in (
        "okafor@demo.example",
        "noor@demo.example",
        "ada@demo.example",
        "dana@demo.example",
    ):
        walk.by_links(walk.enter(login), SEATS.get(login, ["/clinic/"]))


def days(walk: Walk) -> None:
    """A check-in is kept and changed; a hard day is noted and told of; what Sam shares is read."""
    walk.open(walk.enter("avery"), "/me/check-in/")
    page = walk.enter("avery")
    page.goto("/me/check-in/")
    page.locator("#q-mood input[value='7']").check()
    walk.press(page, "[data-send]")
    walk.open(page, f"{urlsplit(page.url).path}change/")
    page.goto("/me/check-ins/track/")
    page.click("summary:has-text('Add a question of your own')")
    walk.press(page, "button:has-text('Add it')")  # with what is missing
    page.goto("/me/hard/")
    walk.press(page, "button:has-text('Note it')")
    walk.open(page, "/me/hard/tell/")
    walk.press(page, "button:has-text('Send it')")
    page = walk.enter("okafor@demo.example")
    page.goto("/clinic/")
    page.click("a:has-text('Sam Torres')")
    walk.press(page, "a:has-text('Read what Sam Torres said')")


def thoughts(walk: Walk) -> None:
    """Of somebody who has some: the list, a new one, one of them, and each shape of a column."""
    page = walk.enter("sam")
    walk.open(page, "/me/thoughts/")
    walk.open(page, "/me/thoughts/new/")
    page.goto("/me/thoughts/")
    walk.press(page, "a:has-text('Open') >> nth=1")
    record = urlsplit(page.url).path
    for column in ("feelings", "thoughts", "traps", "balanced", "after"):
        walk.open(page, f"{record}{column}/")


def goals(walk: Walk) -> None:
    """Sam's: the list, one with all its ways, a new one with what is missing, a problem of his."""
    page = walk.enter("sam")
    walk.open(page, "/me/goals/")
    walk.press(page, "article a:has-text('Open') >> nth=0")
    goal = urlsplit(page.url).path
    for way in ("rate", "change", "levels", "split", "replace", "become/let-go", "become/paused"):
        walk.open(page, f"{goal}{way}/")
    walk.open(page, "/me/goals/new/")
    walk.press(page, "button:has-text('Keep it')")  # with what is missing
    walk.open(page, "/me/problems/new/")
    page.goto("/me/goals/")
    walk.press(page, "a[href^='/me/problems/']:not([href$='/new/'])")
    walk.open(page, "/me/tries/new/")
    page.goto("/me/goals/")
    walk.press(page, "a[href^='/me/tries/']:not([href$='/new/'])")
    page.goto("/me/goals/")
    walk.press(page, ".lineage a >> nth=0")
    page = walk.enter("okafor@demo.example")
    page.goto("/clinic/")
    page.click("a:has-text('Sam Torres')")
    walk.press(page, "a:has-text('Read them, agree')")


def answers(walk: Walk) -> None:
    """Of somebody with more of them than the page about a client shows; and what he shares."""
    page = walk.enter("okafor@demo.example")
    for link in ("a:has-text('All answers')", "a[href$='/shared/']"):
        page.goto("/clinic/")
        page.click("a:has-text('Sam Torres')")
        walk.press(page, link)


def newcomers(walk: Walk) -> None:
    """A client and a colleague are invited; both open their way in."""
    page = walk.enter("okafor@demo.example")
    page.goto("/clinic/people/invite/")
    walk.press(page, "button:has-text('Make the invitation')")  # with what is missing
    page.fill("[name=name]", "Alexandria Featherstonehaugh-Montgomery")
    page.check("[name=adult]")
    walk.press(page, "button:has-text('Make the invitation')")
    link = urlsplit(page.inner_text("code >> nth=-1")).path
    walk.press(page, "button:has-text('On paper')")
    joins(walk, link)
    page = walk.enter("ada@demo.example")
    page.goto("/clinic/people/staff/")
    page.fill("[name=new-name]", "Robin Vale")
    page.fill("[name=new-email]", "robin@demo.example")
    page.click("button:has-text('Invite') >> nth=-1")
    page.wait_for_load_state()
    (link,) = re.findall(r"/join/staff/[^\s<\"]+/", page.content())[:1]
    walk.open(walk.enter(), link)


def joins(walk: Walk, link: str) -> None:
    """By an address as the sign-in name, and a mail asks whether it is theirs."""
    page = walk.enter()
    walk.open(page, link)
    page.goto(link)
    page.fill("[name=login]", "alexandria@home.example")
    page.fill("[name=password]", "lantern-orchard-heron-4")
    page.locator("[name=device]").first.check()
    page.click("main button.btn >> nth=-1")
    page.wait_for_load_state()
    page.goto("/account/devices/")
    walk.press(page, "button:has-text('Send me the mail')")
    walk.open(page, link_in_mail(page, r"/account/email/[0-9a-f-]{36}/[^/\s<]+/"))
    walk.press(page, "main button.btn")
    reminded(walk, page)


def reminded(walk: Walk, page: Page) -> None:
    """Asks for a mail at the hour that it is, somewhere where that is no hour of the night."""
    zone = next(one for one in ZONES if 6 <= datetime.now(ZoneInfo(one)).hour < 23)
    page.goto("/me/more/preferences/")
    page.select_option("[name=zone]", zone)
    page.click("main button.btn >> nth=-1")
    page.wait_for_load_state()
    page.goto("/me/check-ins/track/")
    page.select_option("[name=first_hour]", str(datetime.now(ZoneInfo(zone)).hour))
    page.check("[name=remind]")
    walk.press(page, "button:has-text('Track these')")
    walk.open(page, link_in_mail(page, r"/account/reminder/[0-9a-f-]{36}/[^/\s<]+/"))


def paper(walk: Walk) -> None:
    """A sheet is keyed in, and what it came to is shown."""
    page = walk.enter("okafor@demo.example")
    page.goto("/clinic/")
    page.click("a:has-text('Casey Lind')")
    page.goto(
        re.sub(r".*clients/([0-9a-f-]{36})/.*", r"/clinic/measures/\1/enter/gad-7/", page.url)
    )
    for item in page.eval_on_selector_all(
        "[data-question] input", "all => all.map((one) => one.name)"
    ):
        page.locator(f"[name={item}] >> nth=1").check()
    page.check("[name=mode][value=paper]")
    walk.press(page, "[data-store]")


def past_scores(walk: Walk) -> None:
    """A file with rows that can be stored, rows that cannot, and danger of somebody unknown."""
    page = walk.enter("okafor@demo.example")
    page.goto("/clinic/measures/import/")
    rows = "Casey Lind,gad-7,2025-01-06,9,\nCasey Lind,gad-7,2025-01-13,99,\n"
    rows += "Nobody Known-Here,phq-9,2025-01-06,,2\nCasey Lind,phq-9,2025-01-06,,yes\n"
    data = f"client,instrument,date,score,q9\n{rows}".encode()
    page.set_input_files(
        "[name=file]", {"name": "past.csv", "mimeType": "text/csv", "buffer": data}
    )
    walk.press(page, "button:has-text('Look at it')")
    walk.press(page, "button:has-text('Store 1 row')")


def forgotten(walk: Walk) -> None:
    page = walk.enter()
    page.goto("/account/reset/")
    page.fill("input[type=text], input[type=email]", "brandt@demo.example")
    walk.press(page, "main button.btn")
    walk.open(page, link_in_mail(page, r"/account/reset/[0-9a-f-]{36}/[^/\s<]+/"))


def link_in_mail(page: Page, pattern: str) -> str:
    """From the newest mail, once the worker has sent it."""
    for _ in range(60):
        page.goto("/demo/mail/")
        if link := re.search(pattern, page.content()):
            return link.group()
        page.wait_for_timeout(500)
    raise AssertionError(f"no mail with {pattern}")


def second_steps(walk: Walk) -> None:
    """An app, its codes and a passkey; then the second step that they ask for."""
    page = walk.enter("brandt@demo.example")
    page.goto("/account/factors/app/")
    page.fill("[name=password]", PASSWORD)
    page.click("main button.btn")
    walk.open(page, "/account/factors/app/")
    page.fill("[name=code]", code_of(page.inner_text("main code")))
    walk.press(page, "main form button.btn")
    add_passkey(walk, page)
    walk.open(page, "/account/passkeys/")
    walk.press(page, "a:has-text('Remove')")
    for path in OF_FACTORS:
        walk.open(page, f"/account/{path}/")
    page = walk.enter("brandt@demo.example")
    walk.see(page, page.reload())


def add_passkey(walk: Walk, page: Page) -> None:
    """With a key that the browser pretends to have."""
    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    walk.open(page, "/account/passkeys/add/")
    page.fill("[name=name]", "A key of the test")
    walk.press(page, "main button.btn")


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def refusals(walk: Walk) -> None:
    """The page of each error there is, as the portal words it, with its styles; and the busy one.

    None of them can be had at will from a portal that works: each is answered in its place.
    """
    page, pages = walk.enter(), error_pages()

    def instead(route: Route) -> None:
        html = pages[route.request.url.rstrip("/").rpartition("/")[2]]
        route.fulfill(status=200, content_type="text/html; charset=utf-8", body=html)

    page.route("**/error/*/", instead)
    for name in pages:
        walk.open(page, f"/error/{name}/")


def error_pages() -> dict[str, str]:
    """Every template of an error by its name, however it got there, and the words of the server."""
    fields = [("words", "What somebody wrote in the last hour.")]
    context = {"fields": fields, "file": True, "here": "/me/"}
    folder = Path(ui.__file__).parent
    names = [*folder.glob("[45][0-9][0-9]*.html"), *folder.parent.glob("[45][0-9][0-9]*.html")]
    request = RequestFactory().get("/error/")
    found = {
        one.stem: render_to_string(str(one.relative_to(folder.parent)), context, request=request)
        for one in names
    }
    assert set(found) >= {"400", "403", "403_stale", "404", "429", "500", "503"}
    return {**found, "busy": BUSY.decode()}


STEPS: tuple[Callable[[Walk], None], ...] = (
    signed_out, clients, questions, days, thoughts, goals, staff, answers, newcomers, paper,
    past_scores, forgotten, second_steps, refusals,
)  # fmt: skip


def test_every_page_is_read_in_large_text_on_a_small_screen(demo: str, chromium: Browser) -> None:
    walk = Walk(chromium, demo)
    for step in STEPS:
        step(walk)
    assert walk.wrong == []
    pages = {one.name for one in routes() if "GET" in (one.methods or ("GET",))}
    assert sorted(pages - walk.seen - NO_PAGE.keys()) == []
    assert sorted(NO_PAGE.keys() - {one.name for one in routes()}) == []
