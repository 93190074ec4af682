"""Tries every route, with every method, as everybody, on objects near and far.

What is expected stands by hand beside the tests of each room (`*.routes.toml`). What is found wrong
is counted; what belongs to somebody else and is met in a body, a header or a redirect is counted
too.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from tests.access.people import AT_HOME, PRINCIPALS, STANDING, World
from waymark.record.people.queries import seats_of
from waymark.record.sessions.models import SessionStore

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
HERE = Path(__file__).parents[1]


def written() -> dict[str, dict[str, Any]]:
    """What each room expects of its addresses, by name: `*.routes.toml` beside its tests."""
    found: dict[str, dict[str, Any]] = {}
    for file in sorted(HERE.rglob("*.routes.toml")):
        for name, held in tomllib.loads(file.read_text()).items():
            if name in found:
                raise ValueError(f"{name} is expected twice, again in {file.relative_to(HERE)}")
            found[name] = held
    return found


WRITTEN = written()
EXPECTED = {name: set(held["who"]) for name, held in WRITTEN.items()}
OBJECT = {name: held["object"] for name, held in WRITTEN.items() if "object" in held}
PLAIN = {
    "screen": 1,
    "instrument": "phq-9",
    "scale": "total",
    "token": "no-such-token",
    "pk": 1,
    "about": "win",
    "column": "situation",
    "to": "paused",
}
TARGETS = ("ana", "eli", "zoe", "deleted", "absent")


@dataclass(frozen=True)
class Route:
    """One address of the product."""

    name: str
    pattern: str
    action: Any
    methods: tuple[str, ...]
    parameters: tuple[str, ...]
    file: str  # where who may use it is written, beside the tests of its room


def routes() -> list[Route]:
    return list(_walk(get_resolver().url_patterns, ""))


def _walk(patterns: list[Any], before: str) -> Iterator[Route]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            view = pattern.callback
            yield Route(
                name=pattern.name or "",
                pattern="/" + route,
                action=getattr(view, "action", "undecided"),
                methods=tuple(getattr(view, "methods", ())),
                parameters=tuple(re.findall(r"<(?:\w+:)?(\w+)>", route)),
                file=_file_of(view.__module__),
            )


def _file_of(module: str) -> str:
    """`waymark.interfaces.portal.more.views`: `tests/interfaces/portal/more.routes.toml`."""
    return f"tests/{'/'.join(module.split('.')[1:4])}.routes.toml"


@dataclass
class Report:
    """What a run found."""

    tried: int = 0
    wrong: list[str] = field(default_factory=list)
    canaries: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.tried} requests, {len(self.wrong)} wrong outcomes, "
            f"{len(self.canaries)} foreign canaries"
        )


class Matrix:
    """One run over a world. ``share`` below 1 takes a seeded part of the combinations."""

    def __init__(self, world: World, *, share: float = 1.0, seed: int = 7) -> None:
        self.world, self.share, self.random = world, share, Random(seed)  # noqa: S311 -- a sample
        self.report = Report()
        self.clients = {name: self._client(name) for name in PRINCIPALS}
        self.bodies: dict[tuple[str, str, str], dict[str, str]] = {}

    def run(self, only: set[str] | None = None) -> Report:
        for route in routes():
            if route.action is None or (only is not None and route.name not in only):
                continue
            for principal in PRINCIPALS:
                for method in METHODS:
                    self._targets(route, principal, method)
        self._compare_absent_and_foreign()
        return self.report

    def _targets(self, route: Route, principal: str, method: str) -> None:
        for target in TARGETS if route.name in OBJECT else ("none",):
            if self.share >= 1 or self.random.random() < self.share:
                self._try(route, principal, method, target)

    def _try(self, route: Route, principal: str, method: str, target: str) -> None:
        url = self._url(route, target)
        with transaction.atomic():
            response = self.clients[principal].generic(method, url)
            transaction.set_rollback(True)
        self.report.tried += 1
        expected = self._expected(route, principal, method, target)
        if not expected(response):
            self.report.wrong.append(
                f"{principal} {method} {route.name} of {target}: {response.status_code}"
            )
        self._scan(response, principal, route.name)
        if method == "GET" and target in {"zoe", "absent"} and response.status_code == 404:
            body = re.sub(rb"[0-9a-f-]{32,36}", b"", response.content).decode()
            self.bodies.setdefault((route.name, principal, method), {})[target] = body

    def _url(self, route: Route, target: str) -> str:
        held = self.world.objects.get(target, {})
        kind = OBJECT.get(route.name, "")

        def value(match: "re.Match[str]") -> str:
            name = match[1]
            if name in PLAIN:
                return str(PLAIN[name])
            if name in held and name != kind:
                return str(held[name])
            return str(held.get(kind) or self._missing(target))

        return re.sub(r"<(?:\w+:)?(\w+)>", value, route.pattern)

    def _missing(self, target: str) -> UUID:
        return self.world.gone if target == "deleted" else uuid4()

    def _expected(self, route: Route, principal: str, method: str, target: str) -> Any:
        if method not in {*route.methods, "GET", "HEAD"}:
            return lambda r: r.status_code == 405
        if principal in {"nobody", "lee"}:  # lee was deactivated: the session is over
            return _to_sign_in
        if method in {"GET", "HEAD"} and "GET" not in route.methods:
            return _to_a_page_above
        who = EXPECTED[route.name]
        if target == "none":
            held = AT_HOME.get(principal, set())
            return _served if held & who else _refused
        standing = STANDING.get(principal, {}).get(target, set())
        if standing & who:
            return _served
        return _hidden

    def _scan(self, response: Any, principal: str, route: str) -> None:
        text = f"{response.headers} ".encode() + response.content
        for client, words in self.world.canaries.items():
            allowed = self.world.may_meet(principal, client)
            for kind, canary in words.items():
                if kind not in allowed and canary.encode() in text:
                    self.report.canaries.append(f"{principal} met {client}'s {kind} at {route}")

    def _compare_absent_and_foreign(self) -> None:
        for key, bodies in self.bodies.items():
            if len(set(bodies.values())) > 1:
                self.report.wrong.append(f"{key}: a foreign object looks unlike an absent one")

    def _client(self, name: str) -> Client:
        client = Client(raise_request_exception=False)
        if name != "nobody":
            sign_in(client, self.world.account(name))
        return client


def sign_in(client: Client, account: UUID) -> None:
    """A session as the sign-in would leave it."""
    moment, seats = int(timezone.now().timestamp()), seats_of(account)
    session = SessionStore()
    session.update(
        {
            "_auth_user_id": str(account),
            "_auth_user_backend": "waymark.interfaces.accounts.backend.BlindIndexBackend",
            "_auth_user_hash": _hash_of(account),
            "seat": seats[0].id if seats else None,
            "staff": any(seat.staff for seat in seats),
            "signed_in_at": moment,
            "seen_at": moment,
        }
    )
    session.save()
    client.cookies["session"] = session.session_key


def _hash_of(account: UUID) -> str:
    from waymark.record.people.queries import account as find

    return find(account).get_session_auth_hash()


def _to_sign_in(response: Any) -> bool:
    return response.status_code == 302 and "/account/sign-in/" in response.headers["Location"]


def _served(response: Any) -> bool:
    return response.status_code < 500 and response.status_code not in {401, 403, 404, 405}


def _refused(response: Any) -> bool:
    return response.status_code == 403


def _to_a_page_above(response: Any) -> bool:
    """An address that only takes forms, opened: to the page on which such a form stands."""
    above = response.headers.get("Location", "")
    return response.status_code == 302 and response.request["PATH_INFO"].startswith(above)


def _hidden(response: Any) -> bool:
    """Somebody else's and absent look the same: 404; who could never do it is told so: 403."""
    return response.status_code in {403, 404}
