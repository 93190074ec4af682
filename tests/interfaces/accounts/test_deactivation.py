"""A colleague who was deactivated gets in by nothing they hold, from the next request on (F4).

Whatever could open a page was got ready before; each is tried after, and tried before as well, so
that a way that never worked does not pass for a way that was shut. Requests that were under way at
that very moment are in `tests/record/people/test_deactivation_race.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from tests.cast import PASSWORD, Cast, looking
from tests.interfaces.accounts.doing import Browser
from tests.interfaces.accounts.keys import challenge_in
from tests.interfaces.accounts.staff import (
    BEN,
    PASSKEY_IN,
    SECOND_STEP,
    Owner,
    key_challenge,
    step_challenge,
)
from waymark.record.outbox.models import Message
from waymark.record.people.queries import link_of_reset
from waymark.record.safety.handover import deactivate
from waymark.record.sessions.models import SignedIn

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

NEW = "a-wholly-new-password-42"


@dataclass
class Leaving:
    """Ben, what he has at hand, and a browser for each way."""

    ben: Owner
    cast: Cast
    clock: Any
    new: Callable[[], Browser]

    def inside(self) -> Browser:
        browser = self.ben.passes_both(self.new())
        self.ben.watch.second += 60
        return browser

    def asked_for_the_second_step(self) -> Browser:
        browser = self.new()
        assert browser.signs_in(BEN)["Location"] == SECOND_STEP
        return browser

    def goes(self) -> None:
        by, account = self.cast.viewer("ada"), self.ben.account.pk
        deactivate(self.cast.clinic, account=account, by=by, at=self.clock())


Use = Callable[[], Browser]
WAYS: dict[str, Callable[[Leaving], Use]] = {}


def way(ready: Callable[[Leaving], Use]) -> Callable[[Leaving], Use]:
    """Something that opens a page: got ready first, used later."""
    WAYS[ready.__name__] = ready
    return ready


@way
def a_session(leaving: Leaving) -> Use:
    browser = leaving.inside()
    return lambda: browser


@way
def a_session_that_was_locked_and_the_password(leaving: Leaving) -> Use:
    browser = leaving.inside()
    browser.opens("/leave/")

    def use() -> Browser:
        browser.sends("/clinic/", unlock_password=PASSWORD, unlock_replay="get")
        return browser

    return use


@way
def a_session_that_was_locked_and_a_passkey(leaving: Leaving) -> Use:
    browser = leaving.inside()
    browser.opens("/leave/")
    options = challenge_in(browser.opens("/clinic/").content.decode())
    answer = leaving.ben.key.answers(options)

    def use() -> Browser:
        browser.sends("/clinic/", unlock_credential=answer, unlock_replay="get")
        return browser

    return use


@way
def the_password_and_a_code_of_the_app(leaving: Leaving) -> Use:
    def use() -> Browser:
        leaving.ben.watch.second += 60
        return leaving.ben.passes_both(leaving.new())

    return use


@way
def a_sign_in_that_waits_for_its_second_step(leaving: Leaving) -> Use:
    browser = leaving.asked_for_the_second_step()

    def use() -> Browser:
        browser.sends(SECOND_STEP, code=leaving.ben.code)
        return browser

    return use


@way
def a_second_step_by_passkey_that_was_asked_before(leaving: Leaving) -> Use:
    browser = leaving.asked_for_the_second_step()
    answer = leaving.ben.key.answers(step_challenge(browser))

    def use() -> Browser:
        browser.sends(SECOND_STEP, credential=answer)
        return browser

    return use


@way
def a_recovery_code(leaving: Leaving) -> Use:
    browser = leaving.asked_for_the_second_step()

    def use() -> Browser:
        browser.sends(SECOND_STEP, code=leaving.ben.codes[0])
        return browser

    return use


@way
def a_passkey_alone(leaving: Leaving) -> Use:
    browser = leaving.new()
    answer = leaving.ben.key.answers(key_challenge(browser), owner=leaving.ben.handle)

    def use() -> Browser:
        browser.sends(PASSKEY_IN, credential=answer)
        return browser

    return use


@way
def a_reset_link_in_the_mail(leaving: Leaving) -> Use:
    leaving.new().sends("/account/reset/", login=BEN)
    path = link_of_reset(Message.objects.filter(kind="reset").latest("pk").invitation)

    def use() -> Browser:
        browser = leaving.new()
        browser.opens(path, follow=True)
        browser.sends("/account/reset/new/", password=NEW)
        browser.signs_in(BEN, NEW)
        browser.sends(SECOND_STEP, code=leaving.ben.code)
        return browser

    return use


@way
def a_reset_that_was_opened_before(leaving: Leaving) -> Use:
    browser = leaving.new()
    browser.sends("/account/reset/", login=BEN)
    path = link_of_reset(Message.objects.filter(kind="reset").latest("pk").invitation)
    assert browser.opens(path)["Location"] == "/account/reset/new/"

    def use() -> Browser:
        browser.sends("/account/reset/new/", password=NEW)
        browser.signs_in(BEN, NEW)
        browser.sends(SECOND_STEP, code=leaving.ben.code)
        return browser

    return use


@pytest.fixture
def leaving(
    ben: Owner, lakeside: Cast, clock: Any, another_browser: Callable[[], Browser]
) -> Leaving:
    return Leaving(ben, lakeside, clock, another_browser)


def opened(browser: Browser) -> list[str]:
    """The pages of a colleague that answer."""
    pages = ("/clinic/", "/clinic/concerns/", "/account/devices/", "/account/factors/")
    return [path for path in pages if browser.opens(path).status_code == 200]


@pytest.mark.parametrize("name", WAYS)
def test_nothing_that_a_deactivated_colleague_holds_opens_anything(
    leaving: Leaving, name: str
) -> None:
    use = WAYS[name](leaving)
    leaving.goes()
    assert opened(use()) == []


@pytest.mark.parametrize("name", WAYS)
def test_each_of_these_ways_did_lead_in_before(leaving: Leaving, name: str) -> None:
    use = WAYS[name](leaving)
    assert "/clinic/" in opened(use())


def test_a_passkey_of_theirs_is_answered_like_one_that_nobody_has(leaving: Leaving) -> None:
    """Not a broken page, and no word about whose it was."""
    uses = WAYS["a_passkey_alone"](leaving), WAYS["a_passkey_alone"](leaving)
    leaving.goes()
    told = uses[0]().opens("/account/sign-in/").content
    Authenticator.objects.filter(user=leaving.ben.account).delete()
    same = uses[1]().opens("/account/sign-in/").content
    assert b"does not fit" in told
    assert b"does not fit" in same


def test_no_session_is_left_and_none_is_made(leaving: Leaving) -> None:
    uses = [ready(leaving) for ready in WAYS.values()]
    leaving.goes()
    for use in uses:
        use()
    owners = {one.get_decoded().get("_auth_user_id") for one in SignedIn.objects.all()}
    assert str(leaving.ben.account.pk) not in owners


def test_somebody_who_is_a_client_too_is_out_as_a_colleague_and_in_as_a_client(
    leaving: Leaving,
) -> None:
    with looking():
        eli = leaving.cast.patients["eli"]
        eli.account = leaving.ben.account
        eli.save()
    browser = leaving.inside()
    assert "/clinic/" in opened(browser)
    leaving.goes()
    assert browser.opens("/clinic/").status_code == 403
    assert browser.opens("/clinic/concerns/").status_code == 403
    assert browser.opens("/me/more/").status_code == 200


def test_a_deactivation_that_forgot_the_sign_in_would_be_seen(
    leaving: Leaving, monkeypatch: pytest.MonkeyPatch
) -> None:
    from waymark.record.people import queries
    from waymark.record.people.actions import staff
    from waymark.record.tenancy.models import Account

    monkeypatch.setattr(staff, "end_sessions", lambda account: 0)
    monkeypatch.setattr(queries, "active_account", lambda id: Account.objects.get(pk=id))
    browser = leaving.inside()
    leaving.goes()
    assert opened(browser) == ["/account/devices/", "/account/factors/"]
