"""What is typed at the doors is looked at once its length is known, and costs the same for all."""

import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import hashers
from django.contrib.auth.hashers import MD5PasswordHasher
from django.urls import get_resolver

from tests.cast import PASSWORD, Cast
from tests.interfaces.accounts.doing import Browser
from waymark.interfaces.accounts import urls
from waymark.record.people.passwords import LONGEST, matches
from waymark.record.vault.index import LONGEST_NAME, of_name

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

HEAVY = "a" + "\u0301" * 25_000 + "\u0327" * 25_000
"""Marks that a form of Unicode puts in order: in seconds, where nobody counts them before."""

NFD = "caf" + "e\u0301" + "-au-lait-twice"
FIELDS = ("login", "password", "code", "current", "name")


class Looked:
    """The longest text that was brought into a form, or hashed."""

    longest = 0

    def at(self, text: str) -> None:
        self.longest = max(self.longest, len(text))


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> Looked:
    """Every module that brings a text into a form, and every hash of a password, is watched."""
    seen, normalize, encode = Looked(), unicodedata.normalize, MD5PasswordHasher.encode

    def watched(form: str, text: str) -> str:
        seen.at(text)
        return normalize(form, text[:LONGEST])

    def hashed(self: MD5PasswordHasher, password: str, salt: str) -> str:
        seen.at(password)
        return encode(self, password, salt)

    monkeypatch.setattr(unicodedata, "normalize", watched)
    monkeypatch.setattr("waymark.record.people.passwords.normalize", watched)
    monkeypatch.setattr(MD5PasswordHasher, "encode", hashed)
    return seen


def doors() -> list[str]:
    """Every address of accounts that needs no more than itself."""
    found = []
    for name in get_resolver(urls).reverse_dict:
        if isinstance(name, str) and not get_resolver(urls).reverse_dict.getlist(name)[0][0][0][1]:
            found.append("/" + str(get_resolver(urls).reverse(name)))
    return sorted(found)


@pytest.mark.parametrize("who", ["", "ana-at-home", "ben@clinic.example"])
def test_no_door_looks_at_more_than_a_secret_can_be(
    browser: Browser, looked: Looked, who: str
) -> None:
    """Every field of every door, signed in and not, for a known name and for none."""
    if who:
        browser.signs_in(who)
        browser.opens("/leave/")
        browser.sends("/account/devices/", unlock_password=HEAVY)
        browser.sends("/account/devices/", unlock_password=PASSWORD)
    for door in doors():
        if "sign-out" in door:
            continue
        for heavy in FIELDS:
            typed = {**dict.fromkeys(FIELDS, "ana-at-home"), "device": "own", heavy: HEAVY}
            answer = browser.sends(door, **typed)
            assert answer.status_code < 500, (door, heavy)
    assert len(doors()) > 15
    assert looked.longest <= LONGEST_NAME


@pytest.mark.parametrize("door", ["/account/sign-in/", "/account/confirm/", "/account/password/"])
def test_the_form_stays_and_says_how_long_a_password_may_be(browser: Browser, door: str) -> None:
    if door != "/account/sign-in/":
        browser.signs_in("ana-at-home")
    field = "current" if "password" in door else "password"
    answer = browser.sends(door, **{"login": "ana-at-home", "password": PASSWORD, field: HEAVY})
    assert answer.status_code == 200
    assert f"to {LONGEST} characters or fewer" in answer.content.decode()


@pytest.mark.parametrize("password", [PASSWORD, NFD, HEAVY, "", "\ud800" * 20])
def test_a_name_that_nobody_has_costs_the_same(
    lakeside: Cast, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    """As many hashes, of the same texts, whoever is named: time tells no names."""
    done: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, text: str, salt: str) -> str:
        done.append(text)
        return encode(self, text, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    matches(lakeside.accounts["ana"], password)
    known, done[:] = list(done), []
    assert not matches(None, password)
    assert known == done


def test_a_password_in_parts_opens_every_lock(
    browser: Browser, lakeside: Cast, another_browser: Callable[[], Browser], clock: Any
) -> None:
    """An accent typed on another keyboard, or kept before forms were brought: at every door."""
    account = lakeside.accounts["ana"]
    for kept in (unicodedata.normalize("NFC", NFD), NFD):
        account.password = hashers.make_password(kept)
        account.save(update_fields=["password"])
        one = another_browser()
        one.signs_in("ana-at-home", NFD)
        assert one.signed_in
        one.opens("/leave/")
        opened = one.sends("/account/devices/", unlock_password=NFD, unlock_replay="get")
        assert opened.status_code == 302
        assert one.signed_in


def test_a_name_longer_than_any_is_nobodys(looked: Looked) -> None:
    assert of_name(HEAVY) != of_name(HEAVY + "a")
    assert of_name("\ud800")
    assert looked.longest <= LONGEST_NAME
