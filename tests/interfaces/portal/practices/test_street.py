"""The pages in the street: for anybody, with no session opened and no database asked."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from tests.interfaces.accounts.doing import Browser
from tests.interfaces.accounts.test_public_pages import no_database
from tests.interfaces.portal.practices.reading import page_of
from waymark.interfaces.cli.owner.web import DOORS
from waymark.library.practices import PRACTICES

PAGES = ["/practices/", "/practices/?minutes=3", *(f"/practices/{id}/" for id in PRACTICES)]


@pytest.fixture
def unasked() -> Iterator[None]:
    """Whoever asks any database a question fails."""

    def refuse(*_: Any) -> Any:
        raise AssertionError("a page in the street asked a database")

    with ExitStack() as held:
        for connection in connections.all():
            held.enter_context(connection.execute_wrapper(refuse))
        yield


@pytest.mark.parametrize("path", PAGES)
def test_anybody_opens_it_and_no_database_is_asked(unasked: None, path: str) -> None:
    """Without the mark that lets a test use one, asking is an error besides."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "somebody-is-signed-in-here"
    client.cookies["known"] = "and known"
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.cookies == {}


@pytest.mark.parametrize("path", ["/practices/", "/practices/stop/?from=me&run=1"])
def test_it_carries_the_strict_policy_and_is_kept_by_nobody_on_the_way(path: str) -> None:
    answer = Client().get(path)
    policy = set(answer["Content-Security-Policy"].split("; "))
    assert {"default-src 'none'", "script-src 'self'", "style-src 'self'"} <= policy
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store"
    assert not {"style=", "<style", "onclick"} & set(answer.content.decode().split())


@pytest.mark.django_db  # the page that says so names whom to call
@pytest.mark.parametrize("path", ["/practices/no-such/", "/practices/Stop/", "/practices/phq-9/"])
def test_what_is_no_practice_is_not_there(path: str) -> None:
    assert Client().get(path).status_code == 404


def test_nothing_can_be_sent_to_it() -> None:
    for path in ("/practices/", "/practices/stop/"):
        assert Client().post(path, {"words": "x"}).status_code == 405
        assert 'method="post"' not in page_of(path)


def test_the_doors_of_the_server_lead_to_them() -> None:
    assert all(path.startswith(DOORS) for path in PAGES)


@pytest.mark.django_db(databases=["default", "keyring"])
def test_it_stands_behind_a_lock_over_a_broken_database_and_keeps_no_session(
    browser: Browser, clock: Any
) -> None:
    browser.signs_in("ana-at-home")
    with no_database():
        assert browser.opens("/practices/stop/").status_code == 200
    clock.goes_on(minutes=20)
    browser.opens("/practices/stop/")
    clock.goes_on(minutes=20)
    assert browser.opens("/me/").status_code == 401
    assert browser.opens("/practices/stop/").status_code == 200
