"""A session that is over, locked or ended opens nothing, whatever is asked and however (F36)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from tests.access.matrix import routes
from tests.cast import Cast
from tests.interfaces.accounts.doing import Browser, plain
from tests.interfaces.accounts.staff import BEN, Owner
from waymark.interfaces.accounts.expiry import ExpiryMiddleware
from waymark.record.people import actions as people
from waymark.record.safety.handover import deactivate

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

SAMPLE = {
    "uuid": "00000000-0000-4000-8000-000000000000",
    "int": "1",
    "slug": "phq-9",
    "str": "x",
}
IDLE, LIMIT = {"client": 30 * 60, "staff": 15 * 60}, {"client": 24 * 3600, "staff": 12 * 3600}
OWN = ("/me/", "/me/progress/", "/me/more/who-looked/", "/account/devices/", "/account/here/")
TRICKS: list[dict[str, Any]] = [
    {"query_params": {"skip_timeout_reset": "1"}},
    {"query_params": {"keepalive": "1", "here": "1"}},
    {"HTTP_HX_REQUEST": "true"},
    {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"},
    {"HTTP_ACCEPT": "application/json"},
    {"HTTP_PURPOSE": "prefetch", "HTTP_SEC_PURPOSE": "prefetch"},
]


def addresses() -> list[str]:
    """Every address, filled in; leaving comes last, because it locks."""
    found = [
        re.sub(r"<(\w+):\w+>", lambda part: SAMPLE[part[1]], route.pattern) for route in routes()
    ]
    found.remove("/account/sign-out/")  # may always be pressed, and opens nothing
    return sorted(found, key=lambda path: path == "/leave/")


def shown(response: Any) -> tuple[int, str, str]:
    """What a response shows, but for messages, which wait in the browser's own cookie."""
    text = re.sub(r"data-messages>.*?(?=<section|<h1)", "", plain(response), flags=re.DOTALL)
    return response.status_code, response.headers.get("Location", ""), text


@dataclass
class Replay:
    """Sends everything again in a browser whose session has ended, and beside it signed out."""

    ended: Browser
    signed_out: Browser

    def accepted(self, **trick: Any) -> list[str]:
        """The requests that were answered as only somebody signed in is answered."""
        found = []
        for path in addresses():
            for method in (self.ended.client.get, self.ended.client.post):
                found += self._tried(method.__name__, path, trick)
        return found

    def _tried(self, method: str, path: str, trick: dict[str, Any]) -> list[str]:
        answer = getattr(self.ended.client, method)(path, **trick)
        if answer.status_code == 401 or "/account/sign-in/" in answer.headers.get("Location", ""):
            return []
        same = getattr(self.signed_out.client, method)(path, **trick)
        return [] if shown(answer) == shown(same) else [f"{method} {path}: {answer.status_code}"]


Ending = Callable[[Browser, Cast, Any], None]
ENDINGS: dict[str, Ending] = {}


def ending(do: Ending) -> Ending:
    ENDINGS[do.__name__] = do
    return do


@ending
def after_thirty_minutes_without_a_request(browser: Browser, cast: Cast, clock: Any) -> None:
    clock.goes_on(seconds=IDLE["client"] + 1)


@ending
def after_a_day_of_use(browser: Browser, cast: Cast, clock: Any) -> None:
    for _ in range(100):
        clock.goes_on(minutes=14)
        browser.opens("/me/more/")
    clock.goes_on(minutes=41)


@ending
def after_signing_out(browser: Browser, cast: Cast, clock: Any) -> None:
    key = browser.client.cookies["session"].value
    browser.sends("/account/sign-out/")
    browser.client.cookies["session"] = key


@ending
def after_leaving_quickly(browser: Browser, cast: Cast, clock: Any) -> None:
    browser.opens("/leave/")


@ending
def after_a_new_password(browser: Browser, cast: Cast, clock: Any) -> None:
    people.change_password(cast.accounts["ana"], password="walnut-kite-harbor-3", at=clock())


@ending
def after_a_factor_was_added_elsewhere(browser: Browser, cast: Cast, clock: Any) -> None:
    elsewhere = browser.another
    elsewhere.signs_in("ana-at-home")
    from tests.interfaces.accounts.test_devices import adds_a_passkey

    adds_a_passkey(elsewhere)


@ending
def after_the_device_was_ended_elsewhere(browser: Browser, cast: Cast, clock: Any) -> None:
    elsewhere = browser.another
    elsewhere.signs_in("ana-at-home")
    page = elsewhere.opens("/account/devices/").content.decode()
    elsewhere.sends("/account/devices/", device=re.findall(r'"device" value="(\w+)"', page)[0])


@pytest.fixture
def replay(browser: Browser, another_browser: Callable[[], Browser]) -> Replay:
    browser.signs_in("ana-at-home")
    return Replay(browser, another_browser())


def test_a_live_session_is_answered_otherwise(replay: Replay) -> None:
    assert len(replay.accepted()) > 60


@pytest.mark.parametrize("name", ENDINGS)
def test_a_session_that_has_ended_opens_nothing(
    replay: Replay, lakeside: Cast, clock: Any, name: str
) -> None:
    ENDINGS[name](replay.ended, lakeside, clock)
    assert replay.accepted() == []


@pytest.mark.parametrize("trick", TRICKS, ids=str)
def test_no_parameter_and_no_header_sets_the_limit_aside(
    browser: Browser, clock: Any, trick: dict[str, Any]
) -> None:
    browser.signs_in("ana-at-home")
    clock.goes_on(seconds=IDLE["client"] + 1)
    answers = {path: browser.opens(path, **trick).status_code for path in OWN}
    assert set(answers.values()) == {401}, answers


def test_a_planted_parameter_is_seen(
    replay: Replay, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = ExpiryMiddleware.__call__

    def skips(self: ExpiryMiddleware, request: Any) -> Any:
        if request.GET.get("skip_timeout_reset"):
            return self.get_response(request)
        return checked(self, request)

    monkeypatch.setattr(ExpiryMiddleware, "__call__", skips)
    clock.goes_on(seconds=IDLE["client"] + 1)
    assert replay.accepted() == []
    assert len(replay.accepted(query_params={"skip_timeout_reset": "1"})) > 60


def test_staff_are_held_to_shorter_limits(browser: Browser, clock: Any) -> None:
    browser.signs_in(BEN)
    clock.goes_on(seconds=IDLE["staff"])
    assert browser.opens("/clinic/").status_code == 200
    clock.goes_on(seconds=IDLE["staff"] + 1)
    assert browser.opens("/clinic/").status_code == 401


@pytest.mark.parametrize(("name", "kind"), [("ana-at-home", "client"), (BEN, "staff")])
def test_use_does_not_outlive_the_absolute_limit(
    browser: Browser, clock: Any, name: str, kind: str
) -> None:
    browser.signs_in(name)
    begun, answer = clock.at, None
    while (clock.at - begun).total_seconds() <= LIMIT[kind]:
        answer = browser.opens("/account/devices/")
        assert answer.status_code == 200
        clock.goes_on(minutes=10)
    assert "/account/sign-in/" in browser.opens("/account/devices/")["Location"]


def test_a_deactivated_colleague_replays_nothing(
    browser: Browser, another_browser: Callable[[], Browser], lakeside: Cast, clock: Any
) -> None:
    browser.signs_in("gil@clinic.example")
    gil = lakeside.accounts["gil"].pk
    deactivate(lakeside.clinic, account=gil, by=lakeside.viewer("ada"), at=clock())
    assert Replay(browser, another_browser()).accepted() == []


def test_a_factor_that_was_taken_away_ends_the_sessions_that_it_opened(
    ben: Owner, another_browser: Callable[[], Browser]
) -> None:
    here, there = ben.passes_both(another_browser()), another_browser()
    ben.watch.second += 60
    ben.passes_both(there)
    key = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN)
    ben.watch.second += 60
    here.sends("/account/confirm/code/", code=ben.code)
    here.sends(f"/account/passkeys/{key.pk}/remove/")
    assert Replay(there, another_browser()).accepted() == []


# What counts as being here


def test_an_hour_of_what_a_page_asks_by_itself_does_not_keep_a_session(
    browser: Browser, clock: Any
) -> None:
    browser.signs_in("ana-at-home")
    for _ in range(60):
        clock.goes_on(minutes=1)
        for path in ("/help-now/", "/healthz", "/readyz", "/quiet/", "/static/waymark/js/app.js"):
            browser.opens(path)
    assert browser.opens("/me/").status_code == 401


def test_pressing_stay_signed_in_keeps_it(browser: Browser, clock: Any) -> None:
    browser.signs_in("ana-at-home")
    for _ in range(4):
        clock.goes_on(minutes=20)
        assert browser.opens("/account/here/").status_code == 204
    assert browser.signed_in


def test_an_answer_that_saves_itself_is_use(browser: Browser, lakeside: Cast, clock: Any) -> None:
    from tests.interfaces.accounts.answering import waiting

    administration = waiting(lakeside, "ana", "gad-7", at=clock())
    browser.signs_in("ana-at-home")
    for item in range(1, 5):
        clock.goes_on(minutes=20)
        answer = browser.client.post(
            f"/me/answers/{administration}/draft/", {f"q{item}": "1"}, HTTP_HX_REQUEST="true"
        )
        assert b"Saved at" in answer.content
    assert browser.signed_in


def test_an_autosave_that_meets_the_lock_leaves_the_page_as_it_is(
    browser: Browser, lakeside: Cast, clock: Any
) -> None:
    """A card of help may have just opened on it: no reload, no sign-in page in a corner of it."""
    browser.signs_in("ana-at-home")
    for seconds in (IDLE["client"] + 1, LIMIT["client"] + 1):
        clock.goes_on(seconds=seconds)
        path = f"/me/answers/{SAMPLE['uuid']}/draft/"
        answer = browser.client.post(path, {"q9": "1"}, HTTP_HX_REQUEST="true")
        assert answer.status_code == 401
        assert "HX-Refresh" not in answer
        assert "HX-Redirect" not in answer
