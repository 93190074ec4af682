"""Ways around the second factor of staff: each one is tried, none leads in (figure F5).

Whoever tries knows Ben's password, and has whatever the name of the attempt says besides.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.mfa.internal.flows import trust
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.core.cache import cache
from django.test import Client

from tests.access.matrix import PLAIN, routes
from tests.cast import PASSWORD, Cast, looking
from tests.interfaces.accounts.doing import SIGN_IN, Browser
from tests.interfaces.accounts.keys import STEP, SoftKey, app_code
from tests.interfaces.accounts.staff import (
    BEN,
    PASSKEY_IN,
    SECOND_STEP,
    Owner,
    add_key,
    key_challenge,
    step_challenge,
)
from waymark.access.vocabulary import Role
from waymark.record.outbox.models import Message
from waymark.record.people import actions as people
from waymark.record.people.queries import link_of_reset, staff_path_of
from waymark.record.safety.handover import deactivate
from waymark.record.tenancy.models import Membership

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

NEW = "a-wholly-new-password-42"
ABSENT = "00000000-0000-4000-8000-000000000000"


@dataclass
class Trial:
    """Who is attacked, with what at hand."""

    ben: Owner
    cast: Cast
    clock: Any

    def browser(self) -> Browser:
        return Browser(Client())

    def pending(self) -> Browser:
        """The password was right; the second step is asked for."""
        browser = self.browser()
        assert browser.signs_in(BEN)["Location"] == SECOND_STEP
        return browser

    def got_in(self, browser: Browser) -> bool:
        """Whether any page of Ben's answers."""
        pages = ("/clinic/", "/account/devices/", "/account/factors/", "/clinic/concerns/")
        return any(browser.opens(path).status_code == 200 for path in pages)


Attempt = Callable[[Trial], Browser]
ATTEMPTS: dict[str, Attempt] = {}


def attempt(do: Attempt) -> Attempt:
    ATTEMPTS[do.__name__] = do
    return do


@attempt
def the_password_alone(trial: Trial) -> Browser:
    return trial.pending()


@attempt
def sending_forms_while_the_second_step_is_asked_for(trial: Trial) -> Browser:
    browser, ana = trial.pending(), trial.cast.patients["ana"].pk
    for path in (f"/clinic/clients/{ana}/meeting/", f"/clinic/clients/{ana}/discussed/"):
        assert browser.sends(path, kind="in-person").status_code in {302, 404}
    return browser


@attempt
def turning_factors_off_while_the_second_step_is_asked_for(trial: Trial) -> Browser:
    browser = trial.pending()
    key = Authenticator.objects.get(user=trial.ben.account, type=Authenticator.Type.WEBAUTHN)
    for path in ("factors/app/off/", f"passkeys/{key.pk}/remove/", "factors/codes/new/"):
        browser.sends(f"/account/{path}")
    assert Authenticator.objects.filter(user=trial.ben.account).count() == 3
    return browser


@attempt
def confirming_while_the_second_step_is_asked_for(trial: Trial) -> Browser:
    browser = trial.pending()
    browser.sends("/account/confirm/", password=PASSWORD)
    browser.sends("/account/password/", current=PASSWORD, password=NEW)
    return browser


@attempt
def no_code(trial: Trial) -> Browser:
    browser = trial.pending()
    for given in ({}, {"code": ""}, {"code": " "}, {"credential": "{}"}, {"credential": ""}):
        browser.sends(SECOND_STEP, **given)
    return browser


@attempt
def codes_of_the_steps_around_this_one(trial: Trial) -> Browser:
    browser = trial.pending()
    for away in (-2, -1, 1, 2):
        code = app_code(trial.ben.secret, trial.ben.watch.second + away * STEP)
        browser.sends(SECOND_STEP, code=code)
    return browser


@attempt
def the_code_that_ben_has_just_used(trial: Trial) -> Browser:
    trial.ben.passes_both(trial.browser())
    browser = trial.pending()
    for second in (0, 9, 19):  # to the end of its half minute
        trial.ben.watch.second += second - trial.ben.watch.second % STEP + 10
        browser.sends(SECOND_STEP, code=app_code(trial.ben.secret, trial.ben.watch.second))
    return browser


@attempt
def that_code_after_much_else_was_written_to_the_cache(trial: Trial) -> Browser:
    trial.ben.passes_both(trial.browser())
    for number in range(400):
        cache.set(f"somebody-else-{number}", number)
    browser = trial.pending()
    browser.sends(SECOND_STEP, code=trial.ben.code)
    return browser


@attempt
def a_recovery_code_for_the_second_time(trial: Trial) -> Browser:
    first = trial.pending()
    first.sends(SECOND_STEP, code=trial.ben.codes[0])
    assert trial.got_in(first)
    browser = trial.pending()
    browser.sends(SECOND_STEP, code=trial.ben.codes[0])
    return browser


@attempt
def guessing_codes(trial: Trial) -> Browser:
    browser = trial.pending()
    for number in range(8):
        browser.sends(SECOND_STEP, code=f"{number:06d}")
    browser.sends(SECOND_STEP, code=trial.ben.code)  # by now even the right one is not looked at
    return browser


@attempt
def a_new_password_by_a_link_in_the_mail(trial: Trial) -> Browser:
    browser = trial.browser()
    browser.sends("/account/reset/", login=BEN)
    path = link_of_reset(Message.objects.get(kind="reset").invitation)
    assert browser.opens(path, follow=True).status_code == 200
    browser.sends("/account/reset/new/", password=NEW)
    assert not trial.got_in(browser)
    browser.signs_in(BEN, NEW)
    return browser


@attempt
def asking_to_be_remembered(trial: Trial) -> Browser:
    browser = trial.ben.passes_both(trial.browser())
    browser.sends("/account/sign-out/")
    browser.signs_in(BEN, remember="on")
    return browser


@attempt
def a_cookie_that_says_this_browser_is_trusted(trial: Trial) -> Browser:
    browser = trial.browser()
    mark = trust.IssuedTrust(trust.create_config_fingerprint(trial.ben.account), 2_000_000_000)
    browser.client.cookies["mfa_trusted"] = trust.encode_trust_cookie([mark])
    browser.signs_in(BEN)
    return browser


@attempt
def an_invitation_of_somebody_else(trial: Trial) -> Browser:
    browser = trial.pending()
    by = trial.cast.viewer("ada")
    invited = people.invite(
        trial.cast.clinic, who=people.Newcomer("Mo", adult=True), by=by, at=trial.clock()
    )
    from waymark.record.people.queries import path_of

    browser.sends(path_of(invited), login="mo-at-home", password=NEW, device="own")
    assert browser.opens("/clinic/").status_code == 403  # a client now, and nothing more
    browser.sends("/account/sign-out/")
    return browser


@attempt
def the_invitation_ben_once_used(trial: Trial) -> Browser:
    from waymark.record.people.models import StaffInvitation
    from waymark.record.tenancy.row_security import across_clinics

    with across_clinics():
        used = StaffInvitation._base_manager.filter(clinic=trial.cast.clinic).first()
    assert used is not None
    browser = trial.browser()
    assert browser.sends(staff_path_of(used), password=NEW).status_code == 404
    return browser


@attempt
def a_session_planted_before_ben_signs_in(trial: Trial) -> Browser:
    mallory, bens = trial.browser(), trial.pending()
    mallory.client.cookies["session"] = bens.client.cookies["session"].value
    bens.sends(SECOND_STEP, code=trial.ben.code)
    assert trial.got_in(bens)
    return mallory


@attempt
def somebody_elses_passkey_with_bens_name_on_it(trial: Trial) -> Browser:
    browser, own = trial.browser(), SoftKey(2)
    add_key(trial.cast.accounts["ana"], own)
    answer = own.answers(key_challenge(browser), owner=trial.ben.handle)
    browser.sends(PASSKEY_IN, credential=answer)
    return browser


@attempt
def a_stolen_key_that_asks_for_no_finger(trial: Trial) -> Browser:
    browser = trial.browser()
    trial.ben.key.verifies = False
    answer = trial.ben.key.answers(key_challenge(browser), owner=trial.ben.handle)
    browser.sends(PASSKEY_IN, credential=answer)
    return browser


@attempt
def that_key_with_the_milder_question_of_a_second_step(trial: Trial) -> Browser:
    """Mallory has an account of her own; her second step asks for a key, finger or not."""
    browser = trial.browser()
    add_key(trial.cast.accounts["ana"], SoftKey(2))
    browser.signs_in("ana-at-home")
    trial.ben.key.verifies = False
    answer = trial.ben.key.answers(step_challenge(browser), owner=trial.ben.handle)
    session = browser.client.session  # an hour later: her own sign-in is dropped, the question not
    session["account_login"] = {**session["account_login"], "initiated_at": 1}
    session.save()
    browser.sends(PASSKEY_IN, credential=answer)
    return browser


@attempt
def an_answer_of_the_passkey_that_was_used(trial: Trial) -> Browser:
    bens = trial.browser()
    answer = trial.ben.key.answers(key_challenge(bens), owner=trial.ben.handle)
    bens.sends(PASSKEY_IN, credential=answer)
    assert trial.got_in(bens)
    browser = trial.browser()
    key_challenge(browser)
    browser.sends(PASSKEY_IN, credential=answer)
    return browser


@attempt
def anas_second_step_for_bens_password(trial: Trial) -> Browser:
    browser = trial.pending()
    own = Owner(trial.cast.accounts["ana"], trial.ben.watch, secret="KRSXG5CTMVRXEZLUKRSXG5CT")
    own.enrolls()
    browser.sends(SECOND_STEP, code=own.code)
    return browser


@attempt
def headers_that_name_ben(trial: Trial) -> Browser:
    browser = trial.pending()
    for header in ("REMOTE_USER", "HTTP_REMOTE_USER", "HTTP_X_FORWARDED_USER"):
        assert browser.opens("/clinic/", **{header: BEN}).status_code == 302
    assert browser.opens("/clinic/", HTTP_AUTHORIZATION="Basic YmVuOmJlbg==").status_code == 302
    return browser


@attempt
def the_key_of_the_lock_where_nobody_is_signed_in(trial: Trial) -> Browser:
    browser = trial.pending()
    browser.sends("/clinic/", unlock_password=PASSWORD, unlock_replay="get")
    return browser


@attempt
def the_code_that_ben_has_just_confirmed_a_deed_with(trial: Trial) -> Browser:
    bens = trial.ben.passes_both(trial.browser())
    trial.ben.watch.second += 60
    bens.sends("/account/confirm/code/", code=trial.ben.code)
    browser = trial.pending()
    browser.sends(SECOND_STEP, code=trial.ben.code)
    return browser


@attempt
def addresses_that_begin_like_an_open_one(trial: Trial) -> Browser:
    browser = trial.pending()
    for path in (
        "/help-now/../clinic/",
        "/static/../clinic/",
        "/leave/%2e%2e/clinic/",
        "//clinic/",
    ):
        assert browser.opens(path).status_code in {302, 404}, path
    return browser


@attempt
def a_reset_in_the_browser_that_is_asked_for_the_second_step(trial: Trial) -> Browser:
    browser = trial.pending()
    browser.sends("/account/reset/", login=BEN)
    browser.opens(link_of_reset(Message.objects.get(kind="reset").invitation))
    browser.sends("/account/reset/new/", password=NEW)
    browser.sends("/account/second-step/", credential="", code="")
    return browser


@attempt
def a_session_of_a_client_who_then_works_here_again(trial: Trial) -> Browser:
    """Dana had left and came as a client; she is called back while that session runs."""
    cast, dana = trial.cast, trial.cast.accounts["dana"]
    with looking():
        eli = cast.patients["eli"]
        eli.account = dana
        eli.save()
    by = cast.viewer("ada")
    deactivate(cast.clinic, account=dana.pk, by=by, at=trial.clock())
    browser = trial.browser()
    browser.signs_in("dana@clinic.example")
    assert browser.opens("/me/more/").status_code == 200
    given = {"role": Role.SUPERVISOR, "licensed": True, "by": by, "at": trial.clock()}
    people.appoint(cast.clinic, account=dana.pk, **given)
    browser.sends("/account/seat/", seat=f"staff:{cast.clinic.pk}")
    return browser


@pytest.fixture
def trial(ben: Owner, lakeside: Cast, clock: Any) -> Trial:
    return Trial(ben, lakeside, clock)


@pytest.mark.parametrize("name", ATTEMPTS)
def test_no_way_around_the_second_factor(trial: Trial, name: str) -> None:
    assert not trial.got_in(ATTEMPTS[name](trial))


def test_the_proper_ways_do_lead_in(trial: Trial) -> None:
    assert trial.got_in(trial.ben.passes_both(trial.browser()))
    by_key = trial.browser()
    by_key.sends(
        PASSKEY_IN,
        credential=trial.ben.key.answers(key_challenge(by_key), owner=trial.ben.handle),
    )
    assert trial.got_in(by_key)
    second = trial.pending()
    second.sends(SECOND_STEP, credential=trial.ben.key.answers(step_challenge(second)))
    assert trial.got_in(second)


def test_a_planted_way_around_is_seen(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AuthenticateStage, "_should_handle", lambda stage, request: False)
    browser = trial.browser()
    browser.signs_in(BEN)
    assert trial.got_in(browser)


def test_there_are_a_dozen_attempts_and_more() -> None:
    assert len(ATTEMPTS) >= 12


def test_the_second_step_cannot_be_opened_without_the_first(browser: Browser, ben: Owner) -> None:
    assert browser.opens(SECOND_STEP)["Location"].startswith(SIGN_IN)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_staff_who_set_up_no_factor_carry_nothing_out(
    browser: Browser, lakeside: Cast, outside_the_demo: None, method: str
) -> None:
    """Only the pages of setting one up take their forms; every other route sends there."""
    browser.signs_in(BEN)
    before = Membership._base_manager.count(), Message.objects.count()
    sent_on = set()
    for route in routes():
        if route.action is not None:
            path = re.sub(
                r"<(?:\w+:)?(\w+)>",
                lambda part: str(PLAIN.get(part[1], "")) or ABSENT,
                route.pattern,
            )
            answer = browser.client.generic(method, path)
            assert answer["Location"] == "/account/factors/", (method, route.name)
            sent_on.add(route.name)
    assert len(sent_on) > 60
    assert (Membership._base_manager.count(), Message.objects.count()) == before
