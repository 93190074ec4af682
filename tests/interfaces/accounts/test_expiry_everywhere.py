"""A session that has ended is replayed at every route there is, by every method (figure F36).

`test_expiry.py` tries one client at addresses of nothing; here each of five people is tried where
they have something: on the records, concerns and settings that opened a minute ago. The stolen
cookie is sent anew with every request, and the session stands as it stood when it ended, so each
route is the first one that meets it.
"""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.test import Client, TestCase

from tests.access.matrix import METHODS, OBJECT, PLAIN, Route, routes
from tests.access.people import World, build
from tests.cast import PASSWORD, looking
from tests.figures import note
from tests.interfaces.accounts.doing import Browser
from tests.interfaces.accounts.keys import app_code
from tests.interfaces.accounts.staff import SECOND_STEP, Owner, StoppedTime
from waymark.interfaces.accounts.expiry import ExpiryMiddleware, open_addresses
from waymark.record.safety.handover import deactivate
from waymark.record.sessions.models import SignedIn

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

FULL = bool(os.environ.get("WAYMARK_FULL"))
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SIGN_IN_NAMES = {"ana": "ana-at-home"}
PEOPLE = ("ana", "ben", "sue", "dana", "ada")
NEW = "a-wholly-new-password-42"

# Reached in any state, locked or not: they show nothing of anybody, or they end the session.
OPEN = {
    "help-now", "leave", "quiet", "healthz", "readyz", "account_logout", "practices", "practice",
}  # fmt: skip
# Reached by whoever is not signed in: the doors themselves.
DOORS = OPEN | {
    "account_login", "mfa_login_webauthn", "join", "join-staff", "join-by-code", "ask-reset",
    "reset-by-code", "open-reset", "set-password", "demo-mail", "stop-reminder",
}  # fmt: skip
# What the doors write when somebody knocks, and a session's own row.
UNCOUNTED = {"SignedIn", "Heartbeat", "Beat", "Probe"}


@dataclass
class Ended:
    """The cookie of a session, and the row that stood behind it when it ended."""

    who: str
    cookie: str
    data: str | None
    public: set[str]

    def stands(self) -> None:
        """Put the row back as it was: a request before this one may have swept it away."""
        if self.data is not None and not SignedIn.objects.filter(
            session_key=self.cookie, session_data=self.data
        ).update(session_data=self.data):
            expires = SignedIn._meta.get_field("expire_date").to_python("2100-01-01T00:00:00Z")
            SignedIn.objects.update_or_create(
                session_key=self.cookie,
                defaults={"session_data": self.data, "expire_date": expires},
            )


@dataclass
class Report:
    tried: int = 0
    accepted: list[str] = field(default_factory=list)


def url_of(route: Route, world: World, who: str) -> str:
    """The route's address, filled with what this person may open when signed in."""
    held = world.objects["ana"]

    def value(match: "re.Match[str]") -> str:
        name = match[1]
        if name in PLAIN:
            return str(PLAIN[name])
        return str(held.get(name) or held.get(OBJECT.get(route.name, "client"), world.gone))

    return re.sub(r"<(?:\w+:)?(\w+)>", value, route.pattern)


def refused(response: Any) -> bool:
    """The lock, the way to the sign-in page, or a plain no."""
    if response.status_code in {401, 403, 405}:
        return True
    return response.status_code == 302 and "/account/sign-in/" in response.headers["Location"]


def tells(response: Any, world: World, who: str) -> bool:
    """Whether a page names the person or holds anything of a record."""
    text = f"{response.headers}".encode() + response.content
    words = [word for held in world.canaries.values() for word in held.values()]
    return any(word.encode() in text for word in [*words, f"{who}@clinic.example"])


def replay(
    ended: Ended, world: World, methods: tuple[str, ...] = METHODS, query: str = ""
) -> Report:
    """Send everything again with the cookie of a session that has ended."""
    report = Report()
    for route in sorted(routes(), key=lambda one: one.name in {"leave", "account_logout"}):
        for method in methods:
            ended.stands()
            browser = Client(raise_request_exception=False)
            browser.cookies["session"] = ended.cookie
            response = browser.generic(method, url_of(route, world, ended.who) + query)
            report.tried += 1
            shut = route.name in ended.public or refused(response)
            if not shut or tells(response, world, ended.who):
                report.accepted.append(f"{ended.who} {method} {route.name}: {response.status_code}")
    return report


def rows() -> dict[str, int]:
    """How many rows each table holds: a request that was carried out leaves one more."""
    with looking():
        return {
            model.__name__: model._base_manager.count()
            for model in apps.get_models()
            if model.__name__ not in UNCOUNTED
        }


# How sessions end


@dataclass
class Scene:
    """Everybody is signed in, each in a browser of their own; the clock and the app can move."""

    world: World
    clock: Any
    watch: StoppedTime
    browsers: dict[str, Browser] = field(default_factory=dict)

    def signs_in(self, who: str) -> Browser:
        browser = Browser(Client(), self.clock)
        browser.signs_in(SIGN_IN_NAMES.get(who, f"{who}@clinic.example"))
        self.watch.second += 60
        browser.sends(SECOND_STEP, code=app_code(SECRET, self.watch.second))
        return browser

    def ended(self, who: str, public: set[str]) -> Ended:
        cookie = self.browsers[who].client.cookies["session"].value
        row = SignedIn.objects.filter(session_key=cookie).first()
        return Ended(who, cookie, row.session_data if row else None, public)


@pytest.fixture
def scene(db: None, fresh_keys: None, clock: Any, watch: StoppedTime, settings: Any) -> Scene:
    """All five have an app, and have just opened a page of their own; staff must have one."""
    world = build()
    settings.WAYMARK_DEMO = False
    made = Scene(world, clock, watch)
    for who in PEOPLE:
        Owner(world.cast.accounts[who], watch, secret=SECRET).enrolls()
        made.browsers[who] = made.signs_in(who)
        assert made.browsers[who].opens("/", follow=True).status_code == 200
    return made


Ending = Callable[[Scene, str], None]


def idle(scene: Scene, who: str) -> None:
    scene.clock.goes_on(seconds=(30 if who == "ana" else 15) * 60 + 1)


def in_use_for_too_long(scene: Scene, who: str) -> None:
    """Never idle, and over all the same."""
    for _ in range(146 if who == "ana" else 73):
        scene.clock.goes_on(minutes=9.8)
        assert scene.browsers[who].opens("/account/here/").status_code == 204
    scene.clock.goes_on(minutes=10)


def signed_out(scene: Scene, who: str) -> None:
    kept = scene.browsers[who].client.cookies["session"].value
    scene.browsers[who].sends("/account/sign-out/")
    scene.browsers[who].client.cookies["session"] = kept


def new_password(scene: Scene, who: str) -> None:
    elsewhere = scene.signs_in(who)
    page = elsewhere.sends("/account/password/", current=PASSWORD, password=NEW)
    assert b"Your new password is set" in page.content


def factor_off(scene: Scene, who: str) -> None:
    _confirmed(scene, who).sends("/account/factors/app/off/")
    account = scene.world.cast.accounts[who]
    assert not Authenticator.objects.filter(user=account, type="totp").exists()


def codes_renewed(scene: Scene, who: str) -> None:
    elsewhere = _confirmed(scene, who)
    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = elsewhere.sends("/account/factors/codes/new/")
    assert answer["Location"] == "/account/factors/codes/"


def _confirmed(scene: Scene, who: str) -> Browser:
    elsewhere = scene.signs_in(who)
    scene.watch.second += 60
    elsewhere.sends("/account/confirm/code/", code=app_code(SECRET, scene.watch.second))
    return elsewhere


def deactivated(scene: Scene, who: str) -> None:
    cast = scene.world.cast
    by, account = cast.viewer("ada"), cast.accounts[who].pk
    deactivate(cast.clinic, account=account, by=by, at=scene.clock())


def named(part: Any) -> str:
    return part.__name__ if callable(part) else ""


# How a session ends, who is tried, and which routes answer afterwards by an explicit list.
TRIALS: list[tuple[Ending, tuple[str, ...], set[str]]] = [
    (idle, PEOPLE, OPEN),
    (in_use_for_too_long, ("ana", "ben"), OPEN),
    (signed_out, ("ana", "ben", "ada"), DOORS),
    (new_password, ("ana", "ben"), DOORS),
    (factor_off, ("ana", "ben"), DOORS),
    (codes_renewed, ("ben",), DOORS),
    (deactivated, ("ben", "sue", "dana"), DOORS),
]


@pytest.mark.parametrize(("end", "people", "public"), TRIALS, ids=named)
def test_a_session_that_has_ended_is_accepted_nowhere(
    scene: Scene, end: Ending, people: tuple[str, ...], public: set[str]
) -> None:
    for who in people:
        scene.browsers[who] = scene.signs_in(who)
        end(scene, who)
        every = FULL or (end, who) in {(idle, "ben"), (signed_out, "ana")}
        methods = METHODS if every else ("GET", "POST")
        before = rows()
        report = replay(scene.ended(who, public), scene.world, methods)
        assert report.accepted == []
        assert rows() == before, "something was carried out for a session that has ended"
        note(f"F36 {end.__name__}, {who}", f"{report.tried} requests, 0 accepted")


# The checks see what they look for


def test_a_live_session_is_accepted_at_its_own_pages(scene: Scene) -> None:
    """The same replay, a minute earlier: each person's own pages do answer."""
    least = {"ana": 15, "ben": 20, "sue": 10, "dana": 8, "ada": 20}
    for who, pages in least.items():
        report = replay(scene.ended(who, OPEN), scene.world, ("GET",))
        assert len(report.accepted) >= pages, (who, report.accepted)


def test_a_planted_parameter_that_skips_the_limit_is_seen(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = ExpiryMiddleware.__call__

    def skips(self: ExpiryMiddleware, request: Any) -> Any:
        if request.GET.get("skip_timeout_reset"):
            return self.get_response(request)
        return checked(self, request)

    monkeypatch.setattr(ExpiryMiddleware, "__call__", skips)
    idle(scene, "ben")
    ended = scene.ended("ben", OPEN)
    assert replay(ended, scene.world, ("GET",)).accepted == []
    assert len(replay(ended, scene.world, ("GET",), "?skip_timeout_reset=1").accepted) >= 20


@pytest.mark.parametrize("method", METHODS if FULL else ("GET", "POST", "PUT"))
def test_a_planted_method_that_skips_the_limit_is_seen(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    """Whichever method were let through, some route would show it, if only by saying 405 or 404."""
    checked = ExpiryMiddleware.__call__
    met: set[str] = set()

    def skips(self: ExpiryMiddleware, request: Any) -> Any:
        if request.method == method:
            met.add(request.path)
            return self.get_response(request)
        return checked(self, request)

    monkeypatch.setattr(ExpiryMiddleware, "__call__", skips)
    idle(scene, "ben")
    report = replay(scene.ended("ben", OPEN), scene.world, (method,))
    assert len(met) > 90
    assert report.accepted


def test_a_planted_route_that_stands_before_the_lock_is_seen(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    from waymark.interfaces.accounts import expiry

    listed = open_addresses()
    monkeypatch.setattr(expiry, "open_addresses", lambda: (*listed, "/clinic/concerns/"))
    idle(scene, "ben")
    accepted = replay(scene.ended("ben", OPEN), scene.world, ("GET",)).accepted
    assert "ben GET concerns: 200" in accepted


def test_what_is_open_in_any_state_is_open_by_name_and_by_nothing_longer() -> None:
    """An address is taken by its beginning; no route hides behind the beginning of another."""
    found = {route.name for route in routes() if route.pattern.startswith(open_addresses())}
    assert found == OPEN


# Nothing counts as being here but a person


SOURCE = Path(__file__).parents[3] / "src" / "waymark" / "interfaces"
POLLING = re.compile(
    r"setInterval|EventSource|WebSocket|hx-trigger=\"[^\"]*(every|load|revealed)|http-equiv=.refresh"
    r"|sendBeacon|hx-ws|hx-sse|serviceWorker",
    re.IGNORECASE,
)


def asks_by_itself(text: str) -> bool:
    return bool(POLLING.search(text))


def test_no_page_asks_anything_by_itself() -> None:
    """What would poll would keep a session alive for whoever finds the phone."""
    sources = [*SOURCE.rglob("*.html"), *SOURCE.rglob("waymark/js/*.js")]
    assert len(sources) > 80
    assert [path.name for path in sources if asks_by_itself(path.read_text())] == []


@pytest.mark.parametrize(
    "planted",
    [
        '<div hx-get="/me/" hx-trigger="every 20s">',
        '<div hx-get="/me/" hx-trigger="load delay:1s">',
        "setInterval(() => fetch('/account/here/'), 60000)",
        '<meta http-equiv="refresh" content="60">',
    ],
)
def test_a_page_that_would_ask_by_itself_is_seen(planted: str) -> None:
    assert asks_by_itself(planted)


def test_an_hour_of_asking_any_locked_route_opens_none(scene: Scene) -> None:
    """A tab left open that asks and asks, after the lock: it does not talk its way back in."""
    idle(scene, "ana")
    browser = scene.browsers["ana"]
    for _ in range(60):
        scene.clock.goes_on(minutes=1)
        for path in ("/me/", "/account/here/", "/account/devices/"):
            assert browser.opens(path).status_code == 401
