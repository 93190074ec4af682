"""Nobody makes no rows, what only grows is swept, an account's sessions are found by an index."""

import re
from collections.abc import Iterator
from datetime import timedelta

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
from waymark.record.people.models import IdempotencyKey
from waymark.record.sessions.actions import end_all, sessions_of
from waymark.record.sessions.models import SessionStore, SignedIn

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


def test_letters_and_request_keys_of_long_ago_are_swept(lakeside: Cast) -> None:
    Message.objects.all().delete()
    old, new = (outbox.put(Kind.TEST, at=NOON) for _ in range(2))
    Message.objects.update(state=State.SENT)
    Message.objects.filter(pk=new.pk).update(next_try_at=after(days=300))
    for day in (0, 300):
        IdempotencyKey.objects.create(
            account="a", action="b", key=f"{day:032x}", digest="", at=NOON + timedelta(days=day)
        )
    kept = IdempotencyKey.objects.filter(account="a")
    go_round(at=after(days=301))
    assert not Message.objects.filter(pk=old.pk).exists()
    assert Message.objects.filter(pk=new.pk).exists()
    assert [one.at for one in kept] == [after(days=300)]
