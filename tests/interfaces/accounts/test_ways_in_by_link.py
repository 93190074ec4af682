"""Every address that carries a token, whatever somebody writes in its place; and typed codes."""

import logging
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.cast import PASSWORD, Cast, after, looking
from tests.interfaces.accounts.doing import Browser
from tests.record.steps import told as mailed
from waymark.interfaces.errors import WithoutBodies
from waymark.interfaces.jobs.mail import send_waiting
from waymark.record.people import actions as people
from waymark.record.people.queries import address_of_account, link_of_email
from waymark.record.tenancy.models import Account

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

HOSTILE = {
    "not ASCII": quote("\u00e9\u00e8"),
    "NUL": "%00",
    "half a pair": "%ED%A0%80",
    "no text": "%FF%FE",
    "marks": quote("a" + "\u0301" * 500 + "\u0327" * 500),
    "10 kB": "x" * 10_000,
    "a line break": "%0D%0Ax",
    "a percent": "%25s%25(a)s",
}


def token_routes() -> list[str]:
    """Every address of the house with a token in it, as `{token}`."""

    def walk(found: Any, before: str) -> Iterator[str]:
        for one in found:
            path = before + str(one.pattern)
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, path)
            elif isinstance(one, URLPattern) and "<str:token>" in path:
                yield "/" + path.replace("<str:token>", "{token}")

    return sorted(walk(get_resolver().url_patterns, ""))


def filled(route: str, id: UUID, token: str) -> str:
    return route.replace("<uuid:id>", str(id)).replace("{token}", token)


def told(answer: Any, token: str) -> tuple[int, str]:
    """What somebody learns from an answer."""
    text = answer.content.decode()
    return answer.status_code, re.sub(r'value="[^"]*"', "", text)


def test_there_are_five_of_them() -> None:
    assert len(token_routes()) == 5


@pytest.mark.parametrize("signed_in", [False, True])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_token_may_be_any_text(
    browser: Browser, lakeside: Cast, text: str, signed_in: bool
) -> None:
    """For an account that is there and for none: like a wrong one, and never an error."""
    if signed_in:
        browser.signs_in("ana-at-home")
    for route in token_routes():
        for id in (lakeside.accounts["ana"].pk, uuid4()):
            for method in (browser.client.get, browser.client.post):
                wrong = told(method(filled(route, id, "x" * 43)), "x" * 43)
                found = told(method(filled(route, id, text)), text)
                assert found == wrong, (route, method)


@pytest.mark.parametrize(
    "text", ["\u00e9\u00e8", "\u0661\u0662\u0663", "x" * 41, "\ufdfa" * 12, "\x00"]
)
def test_a_code_may_be_any_text(browser: Browser, lakeside: Cast, text: str) -> None:
    people.print_reset(lakeside.patients["ana"], by=lakeside.viewer("ben"), at=after(days=-1))
    for door in ("/join/", "/account/reset/code/"):
        for name in ("ana-at-home", "nobody-at-all"):
            answer = browser.sends(door, login=name, code=text)
            assert answer.status_code == 200, door
    browser.signs_in("ana-at-home")
    assert browser.sends("/account/confirm/code/", code=text).status_code < 500


@pytest.mark.parametrize("route", token_routes())
def test_no_log_line_names_a_token(route: str) -> None:
    token = "kY3vQ-_8abcdefghij"
    path = filled(route, uuid4(), token)
    for message in (f"Not Found: {path}", f"Forbidden (CSRF): {path}", f"GET /x/?next={path}"):
        record = logging.LogRecord("x", logging.WARNING, "x", 1, "%s", (message,), None)
        WithoutBodies().filter(record)
        assert token not in record.getMessage()


# The address that somebody signs in with


def joined(lakeside: Cast, login: str) -> Account:
    invitation = people.invite(
        lakeside.clinic,
        who=people.Newcomer("Kim", adult=True),
        by=lakeside.viewer("ben"),
        at=after(days=1),
    )
    return people.accept(invitation, login=login, password=PASSWORD, at=after(days=1))


def proven(account: Account) -> str:
    with looking():
        return address_of_account(account.pk)


def test_whoever_has_the_mail_and_no_session_confirms_nothing(
    browser: Browser, lakeside: Cast
) -> None:
    """A mistyped address: the stranger who gets the mail is asked to sign in."""
    kim = joined(lakeside, "kim@exmaple.org")
    for method in (browser.client.get, browser.client.post):
        assert "/account/sign-in/" in method(link_of_email(kim.pk))["Location"]
    browser.signs_in("ana-at-home")
    assert browser.client.post(link_of_email(kim.pk)).status_code == 404
    assert proven(kim) == ""


def test_its_owner_confirms_it_for_three_days(browser: Browser, lakeside: Cast, clock: Any) -> None:
    kim = joined(lakeside, "kim@example.org")
    browser.signs_in("kim@example.org")
    assert b"Is this address yours?" in browser.opens(link_of_email(kim.pk)).content
    assert proven(kim) == ""
    assert browser.client.post(link_of_email(kim.pk)).status_code == 200
    assert proven(kim) == "kim@example.org"
    lou = joined(lakeside, "lou@example.org")
    clock.goes_on(days=3)
    late = browser.another
    late.signs_in("lou@example.org")
    assert late.client.post(link_of_email(lou.pk)).status_code == 404
    assert proven(lou) == ""


def test_a_new_mail_is_a_tap_away_once_the_first_one_is_over(
    browser: Browser, lakeside: Cast, clock: Any
) -> None:
    """Lou waits for a week | the link is over, and offers another | the new one is good."""
    lou = joined(lakeside, "lou@example.org")
    clock.goes_on(days=7)
    browser.signs_in("lou@example.org")
    for page in (link_of_email(lou.pk), "/account/devices/"):
        assert b'action="/account/email/"' in browser.opens(page).content
    assert b"It goes to lou@example.org" in browser.sends("/account/email/").content
    assert mailed("confirm-email").count(lou.pk) == 2
    assert browser.client.post(link_of_email(lou.pk)).status_code == 200
    assert proven(lou) == "lou@example.org"
    assert b"There is nothing to confirm" in browser.sends("/account/email/").content
    assert b'action="/account/email/"' not in browser.opens("/account/devices/").content
    assert mailed("confirm-email").count(lou.pk) == 2


def test_who_signs_in_with_a_name_is_mailed_nothing(
    browser: Browser, lakeside: Cast, clock: Any
) -> None:
    browser.signs_in("ana-at-home")
    assert b"There is nothing to confirm" in browser.sends("/account/email/").content
    assert mailed("confirm-email") == []


@pytest.mark.parametrize(
    "login",
    ["a@x.org, b@y.org", "a@x.org\nBcc: b@y.org", "Jo <a@x.org>", "a@x", "@@@", "a@x.org;b@y.org"],
)
def test_a_name_with_an_at_is_mailed_if_it_is_one_address(
    lakeside: Cast, mailoutbox: list[Any], login: str
) -> None:
    kim = joined(lakeside, login)
    account = Account.objects.get(pk=kim.pk)
    account.email = login
    account.save(update_fields=["email"])
    people.ask_reset(account, at=after(days=1))
    mailoutbox.clear()
    send_waiting(at=after(days=1, hours=1))
    assert not [one for one in mailoutbox if "@" in login and login in one.to]
