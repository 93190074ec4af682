"""Where one is signed in: listed without giving anybody away, ended one by one, or all at once."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.cast import PASSWORD, Cast
from tests.interfaces.accounts.doing import Browser
from tests.interfaces.accounts.keys import SoftKey, challenge_in
from tests.interfaces.accounts.staff import Owner
from waymark.record.outbox.models import Message
from waymark.record.sessions.models import SignedIn

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

DEVICES = "/account/devices/"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/605.1"
LAPTOP = "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit Chrome/156.0 Safari/537.36 Edg/156.0"


def browser_named(agent: str, clock: Any) -> Browser:
    return Browser(Client(headers={"user-agent": agent}), clock)


@pytest.fixture
def phone_and_laptop(lakeside: Cast, clock: Any) -> tuple[Browser, Browser]:
    """Ana is signed in on both."""
    both = browser_named(PHONE, clock), browser_named(LAPTOP, clock)
    for one in both:
        one.signs_in("ana-at-home")
        clock.goes_on(minutes=1)
    return both


def test_devices_are_told_by_kind_and_never_by_what_could_track_them(
    phone_and_laptop: tuple[Browser, Browser],
) -> None:
    page = phone_and_laptop[0].opens(DEVICES).content.decode()
    assert re.findall(r"<strong>([^<]+)</strong>", page) == ["Safari on iPhone", "Edge on Windows"]
    assert page.count("This one") == 1
    keys = SignedIn.objects.values_list("session_key", flat=True)
    assert [key for key in keys if key in page] == []


def test_only_ones_own_devices_are_listed(
    phone_and_laptop: tuple[Browser, Browser], clock: Any
) -> None:
    elis = browser_named("Mozilla/5.0 (X11; Linux) Firefox/140", clock)
    elis.signs_in("eli-at-home")
    page = elis.opens(DEVICES).content.decode()
    assert re.findall(r"<strong>([^<]+)</strong>", page) == ["Firefox on Linux"]


def other_device(browser: Browser) -> str:
    return re.findall(r'name="device" value="(\w+)"', browser.opens(DEVICES).content.decode())[0]


def test_a_device_that_was_ended_is_out_at_once(phone_and_laptop: tuple[Browser, Browser]) -> None:
    phone, laptop = phone_and_laptop
    phone.sends(DEVICES, device=other_device(phone))
    assert phone.signed_in
    assert not laptop.signed_in


def test_nobody_ends_a_device_of_somebody_else(
    phone_and_laptop: tuple[Browser, Browser], clock: Any
) -> None:
    phone, laptop = phone_and_laptop
    eli = browser_named(PHONE, clock)
    eli.signs_in("eli-at-home")
    eli.sends(DEVICES, device=other_device(phone))
    assert laptop.signed_in


def test_a_session_that_is_over_is_no_device(
    phone_and_laptop: tuple[Browser, Browser], clock: Any
) -> None:
    clock.goes_on(hours=25)
    fresh = browser_named(PHONE, clock)
    fresh.signs_in("ana-at-home")
    assert fresh.opens(DEVICES).content.decode().count("<strong>") == 1


# All at once


def test_a_new_password_ends_every_device(phone_and_laptop: tuple[Browser, Browser]) -> None:
    phone, laptop = phone_and_laptop
    page = phone.sends("/account/password/", current=PASSWORD, password="walnut-kite-harbor-3")
    assert b"Your new password is set" in page.content
    assert (phone.signed_in, laptop.signed_in) == (False, False)
    phone.signs_in("ana-at-home", "walnut-kite-harbor-3")
    assert phone.signed_in


@pytest.mark.parametrize(
    ("current", "new", "says"),
    [
        ("not-the-old-one", "walnut-kite-harbor-3", "That was not your password."),
        (PASSWORD, "short", "too short"),
        (PASSWORD, "1234567890123", "entirely numeric"),
    ],
)
def test_a_password_that_cannot_be_changed_says_why_and_ends_nothing(
    phone_and_laptop: tuple[Browser, Browser], current: str, new: str, says: str
) -> None:
    phone, laptop = phone_and_laptop
    page = phone.sends("/account/password/", current=current, password=new)
    assert says in page.content.decode()
    assert (phone.signed_in, laptop.signed_in) == (True, True)


def test_the_old_password_cannot_be_guessed_on_that_page(browser: Browser) -> None:
    browser.signs_in("ana-at-home")
    answers = [
        browser.sends("/account/password/", current=f"guess {n}", password="walnut-kite-harbor-3")
        for n in range(7)
    ]
    assert [answer.status_code for answer in answers[-2:]] == [429, 429]


def adds_a_passkey(browser: Browser) -> Any:
    browser.sends("/account/confirm/?next=/account/passkeys/add/", password=PASSWORD)
    page = browser.opens("/account/passkeys/add/").content.decode()
    answer = SoftKey().is_added(challenge_in(page))
    return browser.sends("/account/passkeys/add/", name="my phone", credential=answer)


def test_a_new_factor_ends_the_other_devices_and_tells_the_owner(
    phone_and_laptop: tuple[Browser, Browser],
) -> None:
    phone, laptop = phone_and_laptop
    assert adds_a_passkey(phone)["Location"] == "/account/factors/codes/"
    assert (phone.signed_in, laptop.signed_in) == (True, False)
    assert Message.objects.filter(kind="account-changed").exists()


def test_a_factor_that_goes_ends_the_other_devices_too(
    ben: Owner, another_browser: Callable[[], Browser]
) -> None:
    here, there = ben.passes_both(another_browser()), another_browser()
    ben.watch.second += 60
    ben.passes_both(there)
    assert (here.signed_in, there.signed_in) == (True, True)
    ben.watch.second += 60
    here.sends("/account/confirm/code/", code=ben.code)
    here.sends("/account/factors/app/off/")
    assert (here.signed_in, there.signed_in) == (True, False)


def test_new_recovery_codes_end_the_other_devices_too(
    ben: Owner,
    another_browser: Callable[[], Browser],
    django_capture_on_commit_callbacks: Any,
) -> None:
    here, there = ben.passes_both(another_browser()), another_browser()
    ben.watch.second += 60
    ben.passes_both(there)
    ben.watch.second += 60
    here.sends("/account/confirm/code/", code=ben.code)
    with django_capture_on_commit_callbacks(execute=True):
        here.sends("/account/factors/codes/new/")
    assert (here.signed_in, there.signed_in) == (True, False)


# Seats


def test_somebody_with_two_places_chooses_where_to_look_from(
    browser: Browser, lakeside: Cast
) -> None:
    from tests.cast import looking

    with looking():  # Dana, who keeps the front desk, is also a client here
        eli = lakeside.patients["eli"]
        eli.account = lakeside.accounts["dana"]
        eli.save()
    browser.signs_in("dana@clinic.example")
    page = browser.opens("/account/seat/").content.decode()
    assert "Work at Lakeside Counseling" in page
    assert "My own care at Lakeside Counseling" in page
    browser.sends("/account/seat/", seat=f"client:{lakeside.clinic.pk}")
    assert browser.opens("/", follow=True).redirect_chain[0][0] == "/me/"
    assert browser.opens("/clinic/people/").status_code == 403


def test_a_place_that_is_not_ones_own_cannot_be_chosen(browser: Browser, lakeside: Cast) -> None:
    browser.signs_in("ana-at-home")
    answer = browser.sends("/account/seat/", seat=f"staff:{lakeside.clinic.pk}")
    assert answer.status_code == 200
    assert browser.opens("/clinic/").status_code == 403
