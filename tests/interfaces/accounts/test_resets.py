"""A new password: by mail or by a printed code, once, without telling who has an account."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import PASSWORD, Cast
from tests.interfaces.accounts.doing import Browser, plain
from waymark.interfaces.jobs.mail import send_waiting
from waymark.record.outbox.models import Message
from waymark.record.people import actions as people
from waymark.record.people.models import Reset
from waymark.record.people.queries import link_of_reset
from waymark.record.people.tokens import code_of, grouped
from waymark.record.tenancy.models import Account

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

ASK, CODE, SET = "/account/reset/", "/account/reset/code/", "/account/reset/new/"
NEW = "walnut-kite-harbor-3"
BEN = "ben@clinic.example"
NAMES = [BEN, "ana-at-home", "nobody@clinic.example", "nobody-at-all"]


def link(browser: Browser) -> str:
    """The link that came by mail."""
    browser.sends(ASK, login=BEN)
    return link_of_reset(Message.objects.latest("pk").invitation)


def code(lakeside: Cast, clock: Any, name: str = "ana") -> str:
    """The code that the clinic printed, and a second person confirmed."""
    by = lakeside.viewer("ben" if name == "ana" else "gil")
    reset = people.print_reset(lakeside.patients[name], by=by, at=clock())
    people.confirm_person(lakeside.patients[name], by=lakeside.viewer("dana"), at=clock())
    return grouped(code_of(reset.pk, generation=1))


# Asking


def test_the_answer_is_the_same_whoever_is_asked_for(
    another_browser: Callable[[], Browser],
) -> None:
    assert len({plain(another_browser().sends(ASK, login=name)) for name in NAMES}) == 1


def test_a_name_that_is_not_known_takes_as_many_writes(
    another_browser: Callable[[], Browser],
) -> None:
    """Two commits each: it is the waiting for the disk by which names could be told apart."""

    def writes(name: str) -> int:
        browser = another_browser()
        with CaptureQueriesContext(connection) as held:
            browser.sends(ASK, login=name)
        rows = [one["sql"] for one in held if '"cache"' not in one["sql"]]
        return sum(sql.startswith(("INSERT", "UPDATE", "DELETE")) for sql in rows)

    counts = [writes(name) for name in NAMES]
    assert max(counts) - min(counts) <= 1, counts


def test_only_who_has_an_e_mail_gets_one_and_it_tells_nothing(
    browser: Browser, mailoutbox: list[Any], clock: Any
) -> None:
    for name in NAMES:
        browser.sends(ASK, login=name)
    send_waiting(at=clock())
    mail = [one for one in mailoutbox if "reset" in one.subject.lower()]
    assert [one.to for one in mail] == [[BEN]]
    assert not re.search("Ben|Lakeside|clinic(?!.example)", mail[0].subject + mail[0].body)


def test_nobody_can_fill_somebody_elses_mailbox(another_browser: Callable[[], Browser]) -> None:
    answers = [another_browser().sends(ASK, login=BEN).status_code for _ in range(7)]
    assert answers == [200] * 5 + [429] * 2
    assert Reset.objects.count() == 5


def test_the_page_of_too_many_tries_keeps_the_way_to_help(
    another_browser: Callable[[], Browser],
) -> None:
    page = [another_browser().sends(ASK, login=BEN) for _ in range(6)][-1].content.decode()
    assert 'href="/help-now/"' in page
    assert "Too many tries" in page


# By mail


def test_the_link_sets_a_password_once(browser: Browser) -> None:
    path = link(browser)
    opened = browser.opens(path, follow=True)
    assert opened.redirect_chain == [(SET, 302)]  # the token is out of the address bar
    assert b"Your new password is set" in browser.sends(SET, password=NEW).content
    browser.signs_in(BEN, PASSWORD)
    assert not browser.signed_in
    browser.signs_in(BEN, NEW)
    assert browser.signed_in
    assert browser.opens(path).status_code == 404


def test_setting_a_password_signs_nobody_in(browser: Browser) -> None:
    browser.opens(link(browser))
    browser.sends(SET, password=NEW)
    assert not browser.signed_in


def test_a_link_is_over_after_an_hour(browser: Browser, clock: Any) -> None:
    path = link(browser)
    clock.goes_on(minutes=59)
    assert browser.opens(path).status_code == 302
    clock.goes_on(minutes=1)
    assert browser.opens(path).status_code == 404
    assert browser.sends(SET, password=NEW).status_code == 404


def test_a_link_with_another_token_or_another_number_opens_nothing(
    browser: Browser, clock: Any
) -> None:
    path = link(browser)
    browser.sends(ASK, login="gil@clinic.example")
    others = link_of_reset(Message.objects.latest("pk").invitation)
    crossed = "/".join([*path.split("/")[:4], *others.split("/")[4:]])
    for wrong in (crossed, path[:-2] + "x/", path.replace("-", "0", 1)):
        assert browser.opens(wrong).status_code == 404, wrong


def test_the_page_for_the_new_password_needs_a_link(browser: Browser) -> None:
    assert browser.opens(SET).status_code == 404
    assert browser.sends(SET, password=NEW).status_code == 404


def test_every_device_is_signed_out_and_the_owner_is_told(
    browser: Browser, another_browser: Callable[[], Browser]
) -> None:
    elsewhere = another_browser()
    elsewhere.signs_in(BEN)
    browser.opens(link(browser))
    browser.sends(SET, password=NEW)
    assert not elsewhere.signed_in
    assert Message.objects.filter(kind="account-changed").count() == 1


def test_a_weak_password_is_refused_and_the_link_still_works(browser: Browser) -> None:
    browser.opens(link(browser))
    assert b"too short" in browser.sends(SET, password="short").content
    assert b"is set" in browser.sends(SET, password=NEW).content


def test_a_deactivated_account_gets_no_link(browser: Browser, lakeside: Cast) -> None:
    Account.objects.filter(pk=lakeside.accounts["ben"].pk).update(is_active=False)
    browser.sends(ASK, login=BEN)
    assert not Reset.objects.exists()


# By a printed code


def test_a_client_without_e_mail_sets_a_password_by_a_printed_code(
    browser: Browser, lakeside: Cast, clock: Any
) -> None:
    answer = browser.sends(CODE, login="ANA-at-home", code=code(lakeside, clock).lower())
    assert answer["Location"] == SET
    browser.sends(SET, password=NEW)
    browser.signs_in("ana-at-home", NEW)
    assert browser.signed_in


def test_a_printed_code_opens_only_the_account_it_was_printed_for(
    browser: Browser, lakeside: Cast, clock: Any
) -> None:
    anas = code(lakeside, clock)
    for login in ("eli-at-home", "nobody-at-all", BEN):
        page = browser.sends(CODE, login=login, code=anas)
        assert b"That name and code do not match" in page.content


def test_a_printed_code_is_over_after_two_days_and_after_one_use(
    browser: Browser, lakeside: Cast, clock: Any
) -> None:
    first = code(lakeside, clock)
    clock.goes_on(hours=48)
    assert browser.sends(CODE, login="ana-at-home", code=first).status_code == 200
    second = code(lakeside, clock)
    browser.sends(CODE, login="ana-at-home", code=second)
    browser.sends(SET, password=NEW)
    assert browser.sends(CODE, login="ana-at-home", code=second).status_code == 200


def test_printed_codes_cannot_be_guessed(browser: Browser, lakeside: Cast, clock: Any) -> None:
    right = code(lakeside, clock)
    for number in range(20):
        browser.sends(CODE, login="ana-at-home", code=f"K7QM-3DXP-{number:04d}")
    assert browser.sends(CODE, login="ana-at-home", code=right).status_code == 429
