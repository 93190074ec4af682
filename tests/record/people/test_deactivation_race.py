"""Requests under way while a colleague is deactivated: none is taken after it is done (F4).

Smoke: a few rounds; `WAYMARK_FULL=yes` runs 100.
"""

import os
from collections.abc import Callable
from threading import Event
from time import monotonic
from typing import Any

import pytest
from django.test import Client

from tests.access.matrix import sign_in
from tests.cast import NOON, Cast
from tests.figures import note
from tests.record.steps import together
from waymark.access.vocabulary import Role
from waymark.interfaces import endpoint
from waymark.interfaces.accounts import devices
from waymark.record.people import actions as people
from waymark.record.people import queries
from waymark.record.people.actions import staff
from waymark.record.safety.handover import deactivate
from waymark.record.sessions.models import SignedIn
from waymark.record.tenancy.models import Account

FULL = bool(os.environ.get("WAYMARK_FULL"))
ROUNDS = 100 if FULL else 4
THREADS = 3
PAGES = ("/account/devices/", "/clinic/", "/clinic/concerns/")


def goes(cast: Cast) -> None:
    account = cast.accounts["gil"].pk
    deactivate(cast.clinic, account=account, by=cast.viewer("ada"), at=NOON)


def comes_back(cast: Cast) -> None:
    people.appoint(
        cast.clinic,
        account=cast.accounts["gil"].pk,
        role=Role.CLINICIAN,
        licensed=True,
        by=cast.viewer("ada"),
        at=NOON,
    )


def browser_of(cast: Cast) -> Client:
    client = Client(raise_request_exception=False)
    sign_in(client, cast.accounts["gil"].pk)
    return client


def sessions_of(cast: Cast) -> int:
    wanted = str(cast.accounts["gil"].pk)
    held = [one.get_decoded().get("_auth_user_id") for one in SignedIn.objects.all()]
    return held.count(wanted)


# In one thread: the deactivation falls into the middle of a request, at each place in turn


def as_the_session_is_read(monkeypatch: pytest.MonkeyPatch, then: Callable[[], None]) -> None:
    found = queries.active_account

    def between(id: Any) -> Any:
        account = found(id)
        then()
        return account

    monkeypatch.setattr(queries, "active_account", between)


def as_the_viewer_is_known(monkeypatch: pytest.MonkeyPatch, then: Callable[[], None]) -> None:
    known = endpoint.viewer_of

    def between(account: Any, **given: Any) -> Any:
        viewer = known(account, **given)
        then()
        return viewer

    monkeypatch.setattr(endpoint, "viewer_of", between)


def as_the_page_is_made(monkeypatch: pytest.MonkeyPatch, then: Callable[[], None]) -> None:
    made = devices.render

    def between(*given: Any, **more: Any) -> Any:
        page = made(*given, **more)
        then()
        return page

    monkeypatch.setattr(devices, "render", between)


MOMENTS = [as_the_session_is_read, as_the_viewer_is_known, as_the_page_is_made]


@pytest.mark.django_db(databases=["default", "keyring"])
@pytest.mark.parametrize("moment", MOMENTS, ids=lambda one: one.__name__)
@pytest.mark.parametrize("path", [*PAGES, "/leave/"])
def test_a_request_under_way_does_not_bring_the_session_back(
    lakeside: Cast, monkeypatch: pytest.MonkeyPatch, moment: Any, path: str
) -> None:
    """It may end as it began; what it leaves behind opens nothing."""
    browser = browser_of(lakeside)
    with monkeypatch.context() as patch:
        once = iter([lambda: goes(lakeside)])
        moment(patch, lambda: next(once, lambda: None)())
        browser.get(path)
        if next(once, None):  # this page does not come by that place
            goes(lakeside)
    assert [browser.get(page).status_code for page in PAGES] == [302, 302, 302]


# In several threads, on PostgreSQL


class Race:
    """Three tabs of Gil's ask for pages without a pause while he is deactivated."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.over = cast, Event()
        self.done_at = float("inf")
        self.taken: list[tuple[float, str]] = []
        self.before = 0

    def tab(self, browser: Client) -> None:
        rest = 6
        while rest:
            for path in PAGES:
                begun = monotonic()
                if browser.get(path).status_code == 200:
                    self.taken.append((begun, path))
            rest -= self.over.is_set()

    def leaves(self) -> None:
        while len(self.taken) < THREADS * 3 and not self.over.is_set():
            pass
        try:
            goes(self.cast)
        finally:
            self.done_at = monotonic()
            self.over.set()

    def run(self) -> list[str]:
        """The pages that were taken although they were asked for after it was done."""
        browser = browser_of(self.cast)
        tabs = []
        for _ in range(THREADS):
            tab = Client(raise_request_exception=False)
            tab.cookies["session"] = browser.cookies["session"].value
            tabs.append(tab)
        results = together(*[lambda tab=tab: self.tab(tab) for tab in tabs], self.leaves)
        assert results == [None] * (THREADS + 1)
        late = [path for begun, path in self.taken if begun > self.done_at]
        self.before = len(self.taken) - len(late)
        return late


@pytest.mark.django_db(transaction=True, databases=["default", "keyring"])
def test_no_request_is_taken_once_the_deactivation_is_done(
    on_postgres: None, committed: Cast
) -> None:
    before = 0
    for _ in range(ROUNDS):
        race = Race(committed)
        assert race.run() == []
        assert sessions_of(committed) == 0
        before += race.before
        comes_back(committed)
    assert before >= ROUNDS * 9  # the tabs were truly in use
    note("F4 requests taken after a deactivation", f"0 in {ROUNDS} rounds, {before} before it")


@pytest.mark.django_db(transaction=True, databases=["default", "keyring"])
def test_a_deactivation_that_ends_no_session_is_seen(
    on_postgres: None, committed: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staff, "end_sessions", lambda account: 0)
    monkeypatch.setattr(queries, "active_account", lambda id: Account.objects.get(pk=id))
    assert Race(committed).run()
