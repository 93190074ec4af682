"""Who must confirm first comes back to the same page, and nothing of the request was kept."""

import json

import pytest

from tests.cast import PASSWORD
from tests.interfaces.accounts.doing import Browser
from waymark.record.sessions.models import SignedIn

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
ADD = "/account/passkeys/add/"


@pytest.fixture
def ana(browser: Browser) -> Browser:
    browser.signs_in("ana-at-home")
    return browser


def test_what_was_sent_is_not_laid_into_the_session(ana: Browser) -> None:
    """Ana names a passkey after her phone, and has not confirmed lately."""
    answer = ana.sends(ADD, name="the phone of my sister", credential="{}")
    assert answer.status_code == 302
    assert answer["Location"] == "/account/confirm/?next=%2Faccount%2Fpasskeys%2Fadd%2F"
    held = json.dumps([one.get_decoded() for one in SignedIn.objects.all()])
    assert "sister" not in held
    assert ana.client.session.session_key not in held


def test_after_confirming_one_stands_at_the_page_again(ana: Browser) -> None:
    confirm = ana.sends(ADD, name="phone")["Location"]
    assert ana.sends(confirm, password=PASSWORD)["Location"] == ADD
    assert ana.opens(ADD).status_code == 200


def test_who_is_not_signed_in_is_sent_to_do_so(browser: Browser) -> None:
    assert browser.sends(ADD, name="phone")["Location"].startswith("/account/sign-in/")
