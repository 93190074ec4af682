"""Help is reached in every state one can be in, by a plain link and without a script (F28)."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.access.matrix import routes
from tests.cast import Cast
from tests.interfaces.accounts.doing import Browser
from tests.interfaces.accounts.staff import BEN, SECOND_STEP, Owner
from tests.interfaces.accounts.test_expiry import SAMPLE
from waymark.record.safety.handover import deactivate

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

LINK = '<a class="help-now" href="/help-now/">'
State = Callable[[Browser, Cast, Any], None]
STATES: dict[str, State] = {}


def state(do: State) -> State:
    STATES[do.__name__] = do
    return do


@state
def signed_out(browser: Browser, cast: Cast, clock: Any) -> None:
    pass


@state
def signed_in(browser: Browser, cast: Cast, clock: Any) -> None:
    browser.signs_in("ana-at-home")


@state
def locked(browser: Browser, cast: Cast, clock: Any) -> None:
    browser.signs_in("ana-at-home")
    clock.goes_on(hours=1)
    assert browser.opens("/me/").status_code == 401


@state
def over(browser: Browser, cast: Cast, clock: Any) -> None:
    browser.signs_in("ana-at-home")
    clock.goes_on(days=2)


@state
def left_quickly(browser: Browser, cast: Cast, clock: Any) -> None:
    browser.signs_in("ana-at-home")
    browser.opens("/leave/")


@state
def locked_out_by_wrong_passwords(browser: Browser, cast: Cast, clock: Any) -> None:
    for _ in range(12):
        browser.signs_in("ana-at-home", "wrong")
    assert b"Too many tries" in browser.signs_in("ana-at-home").content


@state
def at_the_limit_of_joining(browser: Browser, cast: Cast, clock: Any) -> None:
    answers = [browser.sends("/join/", code=f"guess-{n}").status_code for n in range(25)]
    assert answers[-1] == 429


@state
def asked_for_the_second_step(browser: Browser, cast: Cast, clock: Any) -> None:
    assert browser.signs_in(BEN)["Location"] == SECOND_STEP


@state
def on_the_staff_without_a_second_step(browser: Browser, cast: Cast, clock: Any) -> None:
    browser.signs_in("gil@clinic.example")
    assert browser.opens("/clinic/")["Location"] == "/account/factors/"


@state
def deactivated(browser: Browser, cast: Cast, clock: Any) -> None:
    browser.signs_in("gil@clinic.example")
    by, account = cast.viewer("ada"), cast.accounts["gil"].pk
    deactivate(cast.clinic, account=account, by=by, at=clock())


@state
def with_a_cookie_of_nothing(browser: Browser, cast: Cast, clock: Any) -> None:
    browser.client.cookies["session"] = "nothing-of-ours"
    browser.client.cookies["messages"] = "nor this"


@pytest.mark.parametrize("name", STATES)
def test_help_is_reached_in_every_state(
    browser: Browser, lakeside: Cast, clock: Any, ben: Owner, name: str
) -> None:
    STATES[name](browser, lakeside, clock)
    for _ in range(60):  # and no limit of its own stops whoever asks again and again
        page = browser.opens("/help-now/")
        assert page.status_code == 200
    assert helps_without_a_script(page.content.decode())
    assert browser.client.head("/help-now/").status_code == 200


def helps_without_a_script(page: str) -> bool:
    """Numbers to call and to text are links; nothing of it waits for a script."""
    plain = re.sub(r"<script\b.*?</script>", "", page, flags=re.DOTALL)
    main = plain[plain.index("<main") :]
    calls = 'href="tel:988"' in main and 'href="sms:988"' in main and 'href="tel:911"' in main
    return calls and not re.search(r"\shidden[\s>]|display:\s*none|<noscript", main)


@pytest.mark.parametrize(
    "planted",
    [
        '<main><script>document.write("tel:988")</script></main>',
        '<main hidden><a href="tel:988"></a><a href="sms:988"></a><a href="tel:911"></a></main>',
    ],
)
def test_help_that_waits_for_a_script_would_be_seen(planted: str) -> None:
    assert not helps_without_a_script(planted)


def test_a_lock_before_help_would_be_seen(
    browser: Browser, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from waymark.interfaces.accounts import expiry

    listed = expiry.open_addresses()
    rest = tuple(one for one in listed if one != "/help-now/")
    monkeypatch.setattr(expiry, "open_addresses", lambda: rest)
    browser.signs_in("ana-at-home")
    clock.goes_on(hours=1)
    assert browser.opens("/help-now/").status_code == 401


def pages_of(browser: Browser) -> dict[str, str]:
    """Every page that this browser meets when it asks for every address; no redirects, no 405."""
    found = {}
    for route in sorted(routes(), key=lambda one: one.name in {"leave", "account_logout"}):
        path = re.sub(r"<(\w+):\w+>", lambda part: SAMPLE[part[1]], route.pattern)
        answer = browser.opens(path)
        if answer.content and answer["Content-Type"].startswith("text/html"):
            found[route.name] = answer.content.decode()
    return found


@pytest.mark.parametrize("name", ["nobody", "ana-at-home", "ben@clinic.example"])
@pytest.mark.parametrize("late", [False, True])
def test_every_page_has_the_link_whoever_asks_and_in_whatever_state(
    browser: Browser, clock: Any, name: str, late: bool
) -> None:
    """The pages themselves, refusals, what is not there, the lock: one tap to help from each."""
    if name != "nobody":
        browser.signs_in(name)
    if late:
        clock.goes_on(hours=1)
    pages = pages_of(browser)
    assert len(pages) > (10 if name == "nobody" else 45)
    without = {where for where, page in pages.items() if LINK not in page}
    assert without == {"quiet"}  # the empty page that one leaves to
