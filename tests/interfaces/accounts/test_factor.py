"""Outside the demo, staff get nowhere without a second factor, and its secrets are sealed."""

import re
from base64 import b64decode

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import connection

from tests.access.matrix import routes
from tests.cast import NOON, PASSWORD, Cast
from tests.interfaces.accounts.doing import Browser
from tests.interfaces.accounts.keys import SoftKey, app_code, challenge_in
from tests.interfaces.accounts.staff import BEN, Owner, StoppedTime
from waymark.interfaces.accounts import factor
from waymark.interfaces.missing import missing
from waymark.record.sessions.models import SignedIn

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

SAMPLE = {
    "uuid": "00000000-0000-4000-8000-000000000000",
    "int": "1",
    "slug": "phq-9",
    "str": "x",
}
# What staff without a factor may reach: help, leaving, and setting up a factor; nothing of anybody.
REACHED = {
    "account_logout", "account_reauthenticate", "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn", "factors", "mfa_index", "mfa_activate_totp",
    "mfa_deactivate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "help-now", "leave", "quiet", "healthz", "readyz",
    "practices", "practice",
}  # fmt: skip


def addresses() -> dict[str, str]:
    """Every address of the product, filled in with something that is not there."""
    return {
        one.name: re.sub(r"<(\w+):\w+>", lambda part: SAMPLE[part[1]], one.pattern)
        for one in routes()
    }


def reached(browser: Browser) -> set[str]:
    """The routes that do not send to the page where a factor is set up."""
    found = set()
    for name, path in sorted(addresses().items(), key=lambda one: one[0] == "leave"):  # it locks
        answer = browser.opens(path)
        if answer.status_code != 302 or answer["Location"] != "/account/factors/":
            found.add(name)
    return found


def test_staff_without_a_factor_reach_the_set_up_and_nothing_else(
    browser: Browser, outside_the_demo: None
) -> None:
    browser.signs_in(BEN)
    assert reached(browser) == REACHED


def test_a_hole_in_that_wall_would_be_seen(
    browser: Browser, outside_the_demo: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed = factor._allowed
    monkeypatch.setattr(factor, "_allowed", lambda: (*allowed(), "/clinic/concerns/"))
    browser.signs_in(BEN)
    assert "concerns" in reached(browser) - REACHED


@pytest.mark.parametrize("name", ["ada", "ben", "sue", "dana"])
def test_every_role_on_the_staff_needs_one(
    browser: Browser, outside_the_demo: None, name: str
) -> None:
    browser.signs_in(f"{name}@clinic.example")
    assert browser.opens("/clinic/")["Location"] == "/account/factors/"
    page = browser.opens("/account/factors/").content.decode()
    assert "People who work here sign in with a second step" in page


def test_a_client_may_have_one_and_need_not(browser: Browser, outside_the_demo: None) -> None:
    browser.signs_in("ana-at-home")
    assert browser.opens("/me/?later=yes").status_code == 200
    assert b"People who work here" not in browser.opens("/account/factors/").content


def test_recovery_codes_alone_are_no_factor(
    browser: Browser, lakeside: Cast, outside_the_demo: None, ben: Owner
) -> None:
    Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES).delete()
    browser.signs_in(BEN)
    assert browser.opens("/clinic/")["Location"] == "/account/factors/"


def test_the_doctor_counts_who_has_none(lakeside: Cast, outside_the_demo: None) -> None:
    def told() -> str:
        held = missing(lakeside.clinic, at=NOON)
        return next(one.remedy for one in held if "factor" in one.name)

    assert told().startswith("5 of the staff have none yet")
    Owner(lakeside.accounts["ben"], StoppedTime()).enrolls()
    assert told().startswith("4 of the staff have none yet")


# Setting up, confirming, removing


def test_an_app_is_set_up_with_the_password_and_one_code(
    browser: Browser, outside_the_demo: None, watch: StoppedTime
) -> None:
    browser.signs_in(BEN)
    asked = browser.opens("/account/factors/app/")
    assert asked["Location"].startswith("/account/confirm/")
    assert b"That was not your password" in browser.sends(asked["Location"], password="x").content
    assert browser.sends(asked["Location"], password=PASSWORD)["Location"] == (
        "/account/factors/app/"
    )
    page = browser.opens("/account/factors/app/").content.decode()
    secret = re.findall(r"<code>(\w+)</code>", page)[0]
    assert b"does not fit" in browser.sends("/account/factors/app/", code="000000").content
    browser.sends("/account/factors/app/", code=app_code(secret, watch.second))
    assert browser.opens("/clinic/").status_code == 200


def test_a_passkey_is_added_and_signs_in_by_itself(
    browser: Browser, outside_the_demo: None
) -> None:
    from allauth.account.utils import user_pk_to_url_str

    from tests.interfaces.accounts.staff import PASSKEY_IN, key_challenge
    from waymark.record.people.queries import account_by_login

    browser.signs_in(BEN)
    browser.sends("/account/confirm/?next=/account/passkeys/add/", password=PASSWORD)
    options = challenge_in(browser.opens("/account/passkeys/add/").content.decode())
    key = SoftKey(5)
    browser.sends(
        "/account/passkeys/add/",
        name="the blue key",
        passwordless="on",
        credential=key.is_added(options),
    )
    assert b"the blue key" in browser.opens("/account/passkeys/").content
    browser.sends("/account/sign-out/")
    handle = str(user_pk_to_url_str(account_by_login(BEN)))
    answer = key.answers(key_challenge(browser), owner=handle)
    browser.sends(PASSKEY_IN, credential=answer)
    assert browser.opens("/clinic/").status_code == 200


NO_ANSWERS = {
    "null": "null", "a list": "[]", "a number": "1", "an id": '{"id": 1}',
    "nothing in it": '{"response": {}}', "half": "{", "without end": "[" * 200_000,
}  # fmt: skip


@pytest.mark.parametrize("answer", NO_ANSWERS.values(), ids=NO_ANSWERS)
def test_what_is_no_answer_of_a_passkey_is_refused_and_breaks_nothing(
    browser: Browser, ben: Owner, answer: str
) -> None:
    browser.opens("/account/passkeys/sign-in/", HTTP_X_REQUESTED_WITH="XMLHttpRequest")
    assert browser.sends("/account/passkeys/sign-in/", credential=answer).status_code == 302
    browser.signs_in(BEN)
    assert browser.sends("/account/second-step/", credential=answer).status_code == 200
    browser.sends("/account/second-step/", code=ben.code)
    ben.watch.second += 60
    assert browser.sends("/account/confirm/passkey/", credential=answer).status_code == 302
    browser.sends("/account/confirm/code/", code=ben.code)
    browser.opens("/account/passkeys/add/")
    assert browser.sends("/account/passkeys/add/", credential=answer).status_code == 200


@pytest.mark.parametrize("path", ["factors/app/off/", "passkeys/{key}/remove/"])
def test_a_password_alone_takes_no_factor_away(browser: Browser, ben: Owner, path: str) -> None:
    key = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN)
    ben.passes_both(browser)
    asked = browser.sends("/account/" + path.format(key=key.pk))["Location"]
    assert asked.startswith("/account/confirm/code/")
    browser.sends("/account/confirm/", password=PASSWORD)
    browser.sends(asked, password=PASSWORD)
    browser.sends("/account/" + path.format(key=key.pk))
    assert Authenticator.objects.count() == 3


def test_a_recovery_code_confirms_when_the_phone_is_gone(browser: Browser, ben: Owner) -> None:
    ben.passes_both(browser)
    browser.sends("/account/confirm/code/", code=ben.codes[0])
    browser.sends("/account/factors/app/off/")
    left = set(Authenticator.objects.values_list("type", flat=True))
    assert left == {"webauthn", "recovery_codes"}


def test_the_last_factor_of_staff_can_go_and_then_a_new_one_is_asked_for(
    browser: Browser, ben: Owner
) -> None:
    Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN).delete()
    ben.passes_both(browser)
    browser.sends("/account/confirm/code/", code=ben.codes[0])
    browser.sends("/account/factors/app/off/")
    assert browser.opens("/clinic/")["Location"] == "/account/factors/"


# At rest


TABLES = ("mfa_authenticator", "people_account", "cache", "outbox_message", "account_emailaddress")


def everything_stored() -> str:
    """The tables of sign-in and the cache, as whoever took the disk would read them."""
    rows: list[str] = []
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT * FROM {table}")
            rows += [repr(row) for row in cursor.fetchall()]
        cursor.execute("SELECT value FROM cache")
        rows += [repr(b64decode(row[0])) for row in cursor.fetchall()]
    sessions = [repr(one.get_decoded()) for one in SignedIn.objects.all()]  # signed, not sealed
    return "\n".join([*rows, *sessions])


def test_no_secret_of_a_factor_and_no_sign_in_name_is_stored_in_clear(
    browser: Browser, ben: Owner
) -> None:
    browser.signs_in("ana-at-home", "wrong")
    browser.signs_in("Ana-At-Home")
    browser.sends("/account/confirm/?next=/account/factors/app/", password=PASSWORD)
    page = browser.opens("/account/factors/app/").content.decode()
    waiting = re.findall(r"<code>(\w+)</code>", page)[0]  # not proven yet
    ben.passes_both(browser.another)
    stored = everything_stored().lower()
    secrets = [ben.secret, waiting, *ben.codes, "ana-at-home", BEN, "maximiliane"]
    assert [one for one in secrets if one.lower() in stored] == []


def test_the_scan_would_find_a_secret_that_is_stored_in_clear(browser: Browser, ben: Owner) -> None:
    cache.set("planted", ben.secret)
    assert ben.secret in everything_stored()
