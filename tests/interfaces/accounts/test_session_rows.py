"""Nobody makes no rows, what only grows is swept, an account's sessions are found by an index."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from tests.cast import NOON, Cast, after
from waymark.interfaces.jobs.round import go_round
from waymark.record.outbox import actions as outbox
from waymark.record.outbox.kind import Kind
from waymark.record.outbox.models import Message, State
from waymark.record.sessions.actions import end_all, sessions_of
from waymark.record.sessions.models import SessionStore, SignedIn
from waymark.record.tenancy.models import IdempotencyKey

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def addresses(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[str]:
    """Every address there is, with something in each of its places."""
    for one in patterns:
        place = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, place)
        else:
            filled = re.sub(r"<uuid:\w+>", "00000000-0000-0000-0000-000000000001", place)
            yield re.sub(r"<(\w+:)?\w+>", "1", filled)


def test_no_request_of_nobody_makes_a_session(lakeside: Cast) -> None:
    """Every address, opened and sent to, as a page and as a script asks."""
    scripts = {"X-Requested-With": "XMLHttpRequest", "Accept": "application/json"}
    makers = []
    for address in addresses(get_resolver().url_patterns):
        for headers in ({}, scripts):
            browser = Client(raise_request_exception=False, headers=headers)
            browser.get(address)
            browser.post(address, {"login": "x", "password": "y", "code": "1", "credential": "{}"})
            if SignedIn.objects.exists():
                makers.append(address)
                SignedIn.objects.all().delete()
    assert makers == []


def session(cast: Cast, name: str) -> SessionStore:
    made = SessionStore()
    made["_auth_user_id"] = str(cast.accounts[name].pk)
    made.create()
    return made


def test_one_accounts_sessions_are_asked_for_and_no_other(lakeside: Cast) -> None:
    for _ in range(20):
        session(lakeside, "ana")
    session(lakeside, "ben")
    with CaptureQueriesContext(connection) as asked:
        assert len(sessions_of(lakeside.accounts["ben"].pk)) == 1
        assert end_all(lakeside.accounts["ben"].pk) == 1
    assert all("account" in query["sql"] or "session_key" in query["sql"] for query in asked)
    assert SignedIn.objects.count() == 20


def test_what_is_over_is_swept_by_the_clock(lakeside: Cast) -> None:
    for name in ("ana", "ben"):
        session(lakeside, name)
    SignedIn.objects.filter(account=lakeside.accounts["ana"].pk).update(expire_date=NOON)
    SignedIn.objects.filter(account=lakeside.accounts["ben"].pk).update(expire_date=after(days=2))
    go_round(at=after(days=1))
    assert [row.account for row in SignedIn.objects.all()] == [lakeside.accounts["ben"].pk]


def test_letters_are_swept_half_a_year_after_they_went(lakeside: Cast) -> None:
    """180 days to the second; what was not sent is never swept."""
    Message.objects.all().delete()
    old, new, unsent = (outbox.put(Kind.TEST, at=NOON) for _ in range(3))
    Message.objects.update(state=State.SENT)
    Message.objects.filter(pk=new.pk).update(next_try_at=after(seconds=1))
    Message.objects.filter(pk=unsent.pk).update(state=State.DEAD)
    go_round(at=after(days=180))
    assert set(Message.objects.all()) == {old, new, unsent}
    go_round(at=after(days=180, seconds=1))
    assert set(Message.objects.all()) == {new, unsent}


def test_request_keys_are_swept_after_thirty_days(lakeside: Cast) -> None:
    IdempotencyKey.objects.create(account="a", action="b", key=f"{1:032x}", digest="", at=NOON)
    kept = IdempotencyKey.objects.filter(account="a")
    go_round(at=after(days=30))
    assert kept.exists()
    go_round(at=after(days=30, seconds=1))
    assert not kept.exists()
