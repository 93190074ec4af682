"""Signing in: by name or e-mail, without telling who has an account, and not by guessing."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.exceptions import ValidationError

from tests.cast import PASSWORD, Cast, looking
from tests.interfaces.accounts.doing import SIGN_IN, Browser, plain
from waymark.interfaces.accounts.sign_in import NameForm
from waymark.record.people.queries import account_by_login
from waymark.record.tenancy.models import Account
from waymark.record.vault.index import of_name

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

WRONG = "not-the-password-at-all"


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("ana-at-home", "/me/"),
        ("  ANA-at-Home ", "/me/"),
        ("ben@clinic.example", "/clinic/"),
        ("BEN@Clinic.Example", "/clinic/"),
    ],
)
def test_a_name_or_an_e_mail_opens_in_any_case(browser: Browser, typed: str, page: str) -> None:
    browser.signs_in(typed)
    assert browser.opens("/", follow=True).redirect_chain[-1][0].startswith(page)


def test_a_long_e_mail_is_a_name_like_any_other(browser: Browser, lakeside: Cast) -> None:
    long = "maximiliane.featherstonehaugh-oyelaran@lakeside-counseling.example"
    with looking():
        account = lakeside.accounts["ana"]
        account.login, account.index = long, of_name(long)
        account.save()
    browser.signs_in(long)
    assert browser.signed_in


def test_signing_in_leads_back_to_where_one_wanted_to_go(browser: Browser) -> None:
    wanted = browser.opens("/me/progress/")
    assert wanted.status_code == 302
    assert wanted["Location"] == f"{SIGN_IN}?next=/me/progress/"
    assert browser.signs_in("ana-at-home", next="/me/progress/")["Location"] == "/me/progress/"


@pytest.mark.parametrize("trap", ["https://evil.example/", "//evil.example/", "javascript:go()"])
def test_signing_in_never_leads_out_of_the_house(browser: Browser, trap: str) -> None:
    assert browser.signs_in("ana-at-home", next=trap)["Location"] == "/"


# Nobody learns who has an account


@pytest.fixture
def hashings(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Each time a password is hashed; the costly step, by which names could be told apart."""
    done: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        done.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    return done


KNOWN_OR_NOT = ["ana-at-home", "nobody-at-all", "ben@clinic.example", "nobody@clinic.example"]


@pytest.mark.parametrize("typed", KNOWN_OR_NOT)
def test_a_wrong_password_costs_the_same_for_a_name_that_is_not_known(
    browser: Browser, hashings: list[str], typed: str
) -> None:
    browser.signs_in(typed, WRONG)
    assert hashings == [WRONG]


def test_every_refusal_looks_the_same(
    another_browser: Callable[[], Browser], lakeside: Cast
) -> None:
    Account.objects.filter(pk=lakeside.accounts["gil"].pk).update(is_active=False)
    pages = {
        plain(another_browser().signs_in(typed, password))
        for typed, password in [
            *((typed, WRONG) for typed in KNOWN_OR_NOT),
            ("gil@clinic.example", PASSWORD),  # deactivated, and the right password
        ]
    }
    assert len(pages) == 1
    assert "do not match. Try again, or set a new one." in pages.pop()


def test_the_comparison_would_see_a_name_that_is_told(
    another_browser: Callable[[], Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    def tells(form: NameForm) -> str:
        if account_by_login(form.cleaned_data["login"]) is None:
            raise ValidationError("There is no such name.")
        return str(form.cleaned_data["login"])

    monkeypatch.setattr(NameForm, "clean_login", tells)
    pages = {plain(another_browser().signs_in(typed, WRONG)) for typed in KNOWN_OR_NOT}
    assert len(pages) == 2


def test_what_was_typed_stays_and_the_password_does_not(browser: Browser) -> None:
    text = browser.signs_in("ana-at-hame", WRONG).content.decode()
    assert 'value="ana-at-hame"' in text
    assert WRONG not in text


# Guessing


def guesses(browser: Browser, *names: str) -> list[bool]:
    """Whether each guess was still looked at."""
    return [b"Too many" not in browser.signs_in(name, WRONG).content for name in names]


def test_after_five_wrong_passwords_no_more_are_looked_at(
    browser: Browser, hashings: list[str]
) -> None:
    assert guesses(browser, *["ana-at-home"] * 6) == [True] * 5 + [False]
    assert len(hashings) == 5
    browser.signs_in("ana-at-home")
    assert not browser.signed_in


def test_spelling_the_name_another_way_gives_no_more_guesses(browser: Browser) -> None:
    spellings = ["ana-at-home", "ANA-at-home", " ana-at-home", "ana-at-home ", "Ana-At-Home"]
    wide = "\N{FULLWIDTH LATIN SMALL LETTER A}na-at-home"  # the same name after NFKC
    assert guesses(browser, *spellings, wide) == [True] * 5 + [False]


def test_one_address_cannot_try_name_after_name(browser: Browser) -> None:
    assert guesses(browser, *(f"name-{n}" for n in range(11))) == [True] * 10 + [False]


def test_somebody_elses_guesses_lock_nobody_else(browser: Browser) -> None:
    guesses(browser, *["ana-at-home"] * 6)
    browser.signs_in("eli-at-home")
    assert browser.signed_in


def test_help_is_there_for_somebody_who_tried_too_often(browser: Browser) -> None:
    for _ in range(12):
        browser.signs_in("ana-at-home", WRONG)
    page = browser.opens("/help-now/")
    assert page.status_code == 200
    assert "988" in page.content.decode()


# The session


def test_the_session_gets_a_new_name_at_sign_in(browser: Browser) -> None:
    browser.sends("/join/", code="K7QM-3DXP-9RTA")
    session = browser.client.session
    session["planted"] = "by somebody else"
    session.save()
    browser.client.cookies["session"] = session.session_key
    browser.signs_in("ana-at-home")
    assert browser.client.cookies["session"].value != session.session_key
    assert not browser.client.session.exists(session.session_key)


def test_a_session_ends_with_the_browser_and_is_read_by_no_script(browser: Browser) -> None:
    browser.signs_in("ana-at-home", remember="on")
    cookie = browser.client.cookies["session"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")


def test_signing_out_asks_first_and_then_is_final(browser: Browser) -> None:
    browser.signs_in("ana-at-home")
    assert b"Sign out?" in browser.opens("/account/sign-out/").content
    assert browser.signed_in
    key = browser.client.cookies["session"].value
    browser.sends("/account/sign-out/")
    assert not browser.signed_in
    browser.client.cookies["session"] = key
    assert not browser.signed_in


def notices(page: Any) -> list[str]:
    return re.findall(r'class="notice[^>]*>.*?<p>(.*?)</p>', page.content.decode(), re.DOTALL)


def test_nobody_is_greeted_by_what_stands_in_a_table(browser: Browser) -> None:
    assert notices(browser.signs_in("ana-at-home")) == []
    assert notices(browser.opens("/me/more/")) == []
    browser.sends("/account/sign-out/")
    assert notices(browser.opens("/account/sign-in/")) == ["You are signed out."]


def test_a_page_of_ones_own_is_kept_by_nobody(browser: Browser) -> None:
    browser.signs_in("ana-at-home")
    assert "no-store" in browser.opens("/me/", follow=True)["Cache-Control"]


def test_a_deactivated_colleague_is_out_at_the_next_request(
    browser: Browser, lakeside: Cast, clock: Any
) -> None:
    from waymark.record.safety.handover import deactivate

    browser.signs_in("gil@clinic.example")
    assert browser.signed_in
    deactivate(
        lakeside.clinic, account=lakeside.accounts["gil"].pk, by=lakeside.viewer("ada"), at=clock()
    )
    assert not browser.signed_in
