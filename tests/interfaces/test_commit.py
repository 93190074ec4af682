"""One durable commit a page, before anything of it is shown; and none of it where that fails."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, looking
from tests.interfaces.conftest import NOW, BrowserOf
from tests.record.steps import give
from waymark.record.audit import group_commit
from waymark.record.audit.models import Line
from waymark.record.sessions.actions import end_all
from waymark.record.sessions.models import SignedIn

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keyring"])
WRITES = re.compile(r"INSERT|UPDATE|DELETE")


def commits(statements: list[dict[str, Any]]) -> int:
    """How many transactions, or statements outside of any, changed something."""
    found, inside, changed = 0, False, False
    for one in statements:
        words = one["sql"]
        if words.startswith("BEGIN"):
            inside, changed = True, False
        elif words.startswith("COMMIT"):
            found, inside = found + changed, False
        elif WRITES.match(words):
            changed, found = True, found + (not inside)
    return found


@pytest.mark.parametrize(
    ("name", "address"), [("ana", "/me/progress/"), ("ana", "/"), ("ben", "/clinic/")]
)
def test_a_page_is_one_commit(
    lakeside: Cast, browser_of: BrowserOf, name: str, address: str
) -> None:
    give(lakeside, "ana", "gad-7", at=NOW)
    browser = browser_of(name)
    browser.get(address)
    with CaptureQueriesContext(connection) as held:
        page = browser.get(address, follow=True)
    assert page.status_code == 200
    assert commits(held.captured_queries) == 1 + len(page.redirect_chain)


def test_the_client_finds_the_line_of_a_page_that_was_just_read(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    before = Line.objects.filter(action="read-caseload").count()
    browser_of("ben").get("/clinic/")
    assert Line.objects.filter(action="read-caseload").count() > before


def test_what_is_not_written_down_is_not_shown(
    lakeside: Cast, browser_of: BrowserOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    with looking():
        name = lakeside.patients["ana"].name
    ben = browser_of("ben")
    assert name in ben.get("/clinic/").content.decode()

    def full_disk(pages: Any) -> None:
        raise DatabaseError("database or disk is full")

    monkeypatch.setattr(group_commit, "_store", full_disk)
    page = ben.get("/clinic/")
    assert page.status_code == 503
    assert name not in page.content.decode()


def test_a_session_that_ended_while_its_page_was_made_stays_ended(
    lakeside: Cast, browser_of: BrowserOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Signed out everywhere, from another device, between the page's beginning and its end."""
    ana, whose = browser_of("ana"), UUID(str(lakeside.accounts["ana"].pk))
    real = group_commit._store

    def ended_first(pages: Any) -> None:
        end_all(whose)
        real(pages)

    monkeypatch.setattr(group_commit, "_store", ended_first)
    assert ana.get("/").status_code == 400
    assert not SignedIn.objects.filter(account=whose).exists()
