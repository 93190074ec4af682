"""A disk that is full is told as that: nobody is said to have tried too often, or a wrong code.

What is read still answers; each write meets the error that SQLite gives, or its commit does.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client

from tests.cast import PASSWORD, Cast
from tests.interfaces.accounts.doing import SIGN_IN, Browser
from tests.interfaces.accounts.test_public_pages import no_database

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
WRITES = ("INSERT", "UPDATE", "DELETE")


@contextmanager
def full_disk() -> Iterator[None]:
    def refuse(execute: Callable[..., Any], sql: str, *given: Any) -> Any:
        if sql.lstrip().upper().startswith(WRITES):
            raise OperationalError("database or disk is full")
        return execute(sql, *given)

    with connection.execute_wrapper(refuse):
        yield


@pytest.fixture
def visitor(browser: Browser) -> Browser:
    return Browser(Client(raise_request_exception=False), browser.clock)


def says_the_truth(page: Any, *, sent: bool = True) -> None:
    """That nothing is saved, where something was sent; else that nothing can be shown."""
    assert page.status_code == 503
    text = page.content.decode()
    what = "save anything" if sent else "be reached"
    assert f"Waymark cannot {what} right now." in text
    assert "Too many tries" not in text
    assert "/help-now/" in text


@pytest.mark.parametrize("password", [PASSWORD, "not the password"])
def test_who_signs_in_is_told_what_is_wrong(visitor: Browser, password: str) -> None:
    with full_disk():
        says_the_truth(visitor.signs_in("ana-at-home", password))
    assert not visitor.signed_in
    visitor.signs_in("ana-at-home")
    assert visitor.signed_in


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/account/reset/", {"login": "ana-at-home"}),
        ("/account/reset/code/", {"login": "ana-at-home", "code": "ABCD-EFGH"}),
        ("/join/", {"code": "ABCD-EFGH-JKLM"}),
    ],
)
def test_every_door_that_counts_tries_tells_it(
    visitor: Browser, path: str, fields: dict[str, str]
) -> None:
    with full_disk():
        says_the_truth(visitor.sends(path, **fields))


def test_no_try_is_let_through_uncounted(visitor: Browser) -> None:
    """The limit holds: what cannot be counted is not tried, and nothing is learned from it."""
    with full_disk():
        right = visitor.signs_in("ana-at-home")
        wrong = visitor.signs_in("ana-at-home", "not the password")
    assert right.status_code == wrong.status_code == 503
    assert "sessionid" not in right.cookies


def test_the_page_of_signing_in_tells_it_where_nothing_can_be_read_either(
    visitor: Browser, lakeside: Cast
) -> None:
    with no_database():
        says_the_truth(visitor.sends(SIGN_IN, login="ana-at-home", password=PASSWORD))


def test_a_page_of_ones_own_tells_it_where_who_asks_cannot_be_read(visitor: Browser) -> None:
    """What is read around a page, its session and who asks, fails before the page is reached."""
    visitor.signs_in("ana-at-home")
    with no_database():
        says_the_truth(visitor.opens("/me/"), sent=False)
        says_the_truth(visitor.opens("/account/devices/"), sent=False)


# The cache itself


def test_a_write_that_fails_is_an_error_and_a_key_that_is_there_is_an_answer() -> None:
    assert cache.add("key", 1) is True
    assert cache.add("key", 2) is False
    for write in (cache.add, cache.set):
        with full_disk(), pytest.raises(OperationalError):
            write("another", 1)
    assert cache.get("key") == 1


@pytest.mark.django_db(transaction=True, databases=["default", "keyring"])
def test_a_commit_that_fails_is_an_error_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(connection, "_commit", refuse)
        with pytest.raises(OperationalError):
            cache.add("key", 1)
    assert cache.get("key") is None
    assert cache.add("key", 1) is True
