"""A locked page is opened where one stands, and what was typed goes through exactly once."""

import html
import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.cast import PASSWORD, Cast, looking
from tests.interfaces.accounts.answering import waiting
from tests.interfaces.accounts.doing import Browser
from tests.interfaces.accounts.keys import SoftKey, challenge_in
from tests.interfaces.accounts.staff import add_key
from waymark.record.assessments.models import Draft, Response
from waymark.record.people.models import Contact

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

PREFERENCES = "/me/more/preferences/"
FORM = "application/x-www-form-urlencoded"
TYPED = {"zone": "America/Denver", "phone": "312 555 0199", "safe": "call"}


@pytest.fixture
def ana(browser: Browser, clock: Any) -> Browser:
    """Ana signed in and then sat in front of her page for an hour."""
    browser.signs_in("ana-at-home")
    browser.opens("/me/more/")
    clock.goes_on(hours=1)
    return browser


def fields(page: Any) -> dict[str, str]:
    """What the lock page would send, as a browser reads it."""
    found = re.findall(
        r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.content.decode()
    )
    return {name: html.unescape(value) for name, value in found}


def phone_of_ana(cast: Cast) -> str:
    with looking():
        return str(Contact.objects.get(patient=cast.patients["ana"]).phone)


# By password


def test_a_locked_page_shows_nothing_of_anybody_and_says_what_to_do(
    ana: Browser, lakeside: Cast
) -> None:
    page = ana.opens("/me/progress/")
    text = page.content.decode()
    assert page.status_code == 401
    assert "Open it, and you are back where you were." in text
    assert not {"Ana", "Ben", "Lakeside"} & set(re.sub(r"<[^>]+>", " ", text).split())
    assert 'href="/help-now/"' in text


def test_the_password_leads_back_to_the_page_with_its_question(ana: Browser) -> None:
    where = "/me/?later=yes"
    held = fields(ana.opens(where))
    answer = ana.sends(where, unlock_password=PASSWORD, **held)
    assert (answer.status_code, answer["Location"]) == (302, where)
    assert ana.opens(where).status_code == 200


def test_the_password_never_leads_to_another_house(ana: Browser) -> None:
    given = {"unlock_password": PASSWORD, "unlock_replay": "get"}
    answer = ana.client.generic("POST", "/", urlencode(given), FORM, PATH_INFO="//evil.example/x")
    assert (answer.status_code, answer["Location"]) == (302, "/%2Fevil.example/x")


def test_a_form_that_met_the_lock_is_held_and_sent_as_it_was(ana: Browser, lakeside: Cast) -> None:
    locked = ana.sends(PREFERENCES, **TYPED)
    assert locked.status_code == 401
    assert "What you had typed is still here" in locked.content.decode()
    assert phone_of_ana(lakeside) != TYPED["phone"]
    answer = ana.sends(PREFERENCES, unlock_password=PASSWORD, **fields(locked))
    assert answer["Location"] == PREFERENCES
    assert phone_of_ana(lakeside) == TYPED["phone"]


@pytest.mark.parametrize(
    "words", ["line one\nline two", "'\"<b>&amp;</b>", "é ö 漢 🙂", " spaces ", "x" * 20_000]
)
def test_every_sign_that_was_typed_comes_through_the_lock(ana: Browser, words: str) -> None:
    locked = ana.sends("/me/mistake/", words=words)
    assert fields(locked)["words"] == words


def test_several_values_of_one_field_are_all_held(ana: Browser, lakeside: Cast) -> None:
    locked = ana.client.post(PREFERENCES, {**TYPED, "safe": ["call", "text", "post"]})
    found = re.findall(r'name="safe" value="(\w+)"', locked.content.decode())
    assert found == ["call", "text", "post"]


def test_the_view_sees_what_was_typed_and_not_the_key_to_the_lock(
    ana: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    from waymark.interfaces.portal.more.forms import PreferencesForm

    seen: list[set[str]] = []
    made = PreferencesForm.__init__

    def noted(form: Any, data: Any = None, **given: Any) -> None:
        seen.append(set(data or {}))
        made(form, data, **given)

    monkeypatch.setattr(PreferencesForm, "__init__", noted)
    locked = ana.sends(PREFERENCES, **TYPED)
    ana.sends(PREFERENCES, unlock_password=PASSWORD, **fields(locked))
    assert [one - {"csrfmiddlewaretoken", "request_key", "whose"} for one in seen] == [set(TYPED)]


def test_answers_go_through_the_lock_exactly_once(ana: Browser, lakeside: Cast, clock: Any) -> None:
    path = f"/me/answers/{waiting(lakeside, 'ana', 'gad-7', at=clock())}/"
    answers = {f"q{n}": "1" for n in range(1, 8)}
    key = "7b0c2d7e-34d1-4f6c-9a52-6a1d3cf2f9aa"
    locked = ana.sends(path, request_key=key, **answers)
    with looking():
        assert Response.objects.count() == 0
    through = {"unlock_password": PASSWORD, **fields(locked)}
    assert ana.sends(path, **through)["Location"] == f"{path}sent/"
    assert ana.sends(path, **through)["Location"] == f"{path}sent/"  # pressed twice
    with looking():
        assert Response.objects.count() == 1


def test_a_wrong_password_keeps_what_was_typed(ana: Browser, lakeside: Cast) -> None:
    locked = ana.sends(PREFERENCES, **TYPED)
    for _ in range(4):
        locked = ana.sends(PREFERENCES, unlock_password="wrong", **fields(locked))
        assert locked.status_code == 401
        assert "That was not it." in locked.content.decode()
    ana.sends(PREFERENCES, unlock_password=PASSWORD, **fields(locked))
    assert phone_of_ana(lakeside) == TYPED["phone"]


def test_five_wrong_passwords_sign_out(ana: Browser) -> None:
    for _ in range(4):
        ana.sends("/me/progress/", unlock_password="wrong", unlock_replay="get")
    last = ana.sends("/me/progress/", unlock_password="wrong", unlock_replay="get")
    assert last["Location"] == "/account/sign-in/?next=/me/progress/"
    ana.sends("/me/progress/", unlock_password=PASSWORD, unlock_replay="get")
    assert not ana.signed_in


def test_the_count_of_wrong_passwords_begins_anew_after_a_right_one(
    ana: Browser, clock: Any
) -> None:
    for _ in range(3):
        for _ in range(4):
            ana.sends("/me/", unlock_password="wrong", unlock_replay="get")
        ana.sends("/me/", unlock_password=PASSWORD, unlock_replay="get")
        assert ana.signed_in
        clock.goes_on(hours=1)


def test_the_lock_offers_to_sign_out_instead(ana: Browser) -> None:
    assert b"Sign out instead" in ana.opens("/me/").content
    ana.sends("/account/sign-out/")
    assert "/account/sign-in/" in ana.opens("/me/")["Location"]


def test_another_account_is_not_opened_by_the_lock(ana: Browser, lakeside: Cast) -> None:
    with looking():
        account = lakeside.accounts["eli"]
        account.set_password("elis-own-password-77")
        account.save()
    ana.sends("/me/", unlock_password="elis-own-password-77", unlock_replay="get")
    assert ana.opens("/me/").status_code == 401


def test_a_session_that_is_not_locked_takes_no_key(browser: Browser, lakeside: Cast) -> None:
    browser.signs_in("ana-at-home")
    browser.sends(PREFERENCES, unlock_password="whatever", unlock_replay="post", **TYPED)
    assert phone_of_ana(lakeside) == TYPED["phone"]  # it is a field like any that is not known


# Forged forms


def forged(browser: Browser) -> Client:
    """The same session in a browser that checks where a form comes from."""
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser.client.cookies
    return strict


def test_the_form_that_is_sent_on_needs_its_token(ana: Browser, lakeside: Cast) -> None:
    strict = forged(ana)
    answer = strict.post(
        PREFERENCES, {**TYPED, "unlock_password": PASSWORD, "unlock_replay": "post"}
    )
    assert answer.status_code == 403
    assert phone_of_ana(lakeside) != TYPED["phone"]


def test_with_its_token_it_goes_through(ana: Browser, lakeside: Cast) -> None:
    strict = forged(ana)
    locked = strict.get("/me/more/")
    strict.post("/me/more/", {})  # a lock page again: it sets the cookie of the token
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', locked.content.decode())[0]
    key = {"unlock_password": PASSWORD, "unlock_replay": "post", "csrfmiddlewaretoken": token}
    assert strict.post(PREFERENCES, {**TYPED, **key}).status_code == 302
    assert phone_of_ana(lakeside) == TYPED["phone"]


# In mid-answer


def test_what_was_chosen_before_a_session_ended_is_there_after_it(
    ana: Browser, lakeside: Cast, clock: Any
) -> None:
    path = f"/me/answers/{waiting(lakeside, 'ana', 'gad-7', at=clock())}/"
    ana.sends("/me/", unlock_password=PASSWORD, unlock_replay="get")
    ana.sends(f"{path}draft/", q1="2", q2="0")
    clock.goes_on(days=2)
    asked = ana.opens(path)
    assert asked["Location"] == f"/account/sign-in/?next={path}"
    ana.signs_in("ana-at-home", next=path)
    page = ana.opens(path).content.decode()
    assert re.search(r'name="q1" value="2"[^>]* checked', page)
    assert re.search(r'name="q2" value="0"[^>]* checked', page)
    with looking():
        assert Draft.objects.get().answers == {"q1": 2, "q2": 0}


# By passkey


@pytest.fixture
def key(lakeside: Cast) -> SoftKey:
    made = SoftKey()
    add_key(lakeside.accounts["ana"], made)
    return made


def test_a_passkey_opens_the_lock_and_the_form_goes_on(
    ana: Browser, lakeside: Cast, key: SoftKey
) -> None:
    ana.client.logout()
    ana.client.force_login(lakeside.accounts["ana"])
    ana.opens("/leave/")
    locked = ana.sends(PREFERENCES, **TYPED)
    answer = key.answers(challenge_in(locked.content.decode()))
    ana.sends(PREFERENCES, unlock_credential=answer, **fields(locked))
    assert phone_of_ana(lakeside) == TYPED["phone"]


@pytest.mark.parametrize(
    "case", ["somebody else's", "asks for no finger", "old", "nonsense", "without end"]
)
def test_no_other_key_opens_the_lock(
    ana: Browser, lakeside: Cast, key: SoftKey, case: str, clock: Any
) -> None:
    options = challenge_in(ana.opens("/me/").content.decode())
    if case == "somebody else's":
        other = SoftKey(9)
        add_key(lakeside.accounts["eli"], other)
        answer = other.answers(options)
    elif case == "asks for no finger":
        answer = SoftKey(verifies=False).answers(options)
    elif case == "old":
        answer = key.answers(options)
        ana.sends("/me/", unlock_credential=answer, unlock_replay="get")
        assert ana.signed_in
        ana.opens("/leave/")
        ana.opens("/me/")
    else:
        answer = "{}" if case == "nonsense" else "[" * 200_000
    assert ana.sends("/me/", unlock_credential=answer, unlock_replay="get").status_code == 401
    assert not ana.signed_in


@pytest.mark.parametrize("credential", ["{", "null", "[]", '{"id": 1}', "x" * 5000])
def test_a_broken_answer_of_a_key_is_a_wrong_one(
    ana: Browser, key: SoftKey, credential: str
) -> None:
    answer = ana.sends("/me/", unlock_credential=credential, unlock_replay="get")
    assert answer.status_code == 401
