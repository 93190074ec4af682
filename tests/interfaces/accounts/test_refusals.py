"""Every way in that failed is a line of its account's log, and a flood of them is not."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.cast import NOON, PASSWORD, Cast, after, hire, looking
from tests.interfaces.accounts.doing import Browser
from waymark.access.vocabulary import Event, Role
from waymark.interfaces.accounts.refusals import MOST_A_MINUTE, refused
from waymark.record.audit.actions import NOBODY
from waymark.record.audit.models import Line
from waymark.record.people import actions as people
from waymark.record.tenancy.action import Invalid

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
WRONG = "not-the-right-one-at-all"


def lines(account: Any, event: Event) -> int:
    with looking():
        return Line.objects.filter(by=str(account.pk), action=event).count()


def unlocks(browser: Browser) -> None:
    browser.signs_in("ana-at-home")
    browser.opens("/leave/")
    browser.sends("/account/devices/", unlock_password=WRONG)


def confirms(browser: Browser) -> None:
    browser.signs_in("ana-at-home")
    browser.sends("/account/confirm/", password=WRONG)


def changes(browser: Browser) -> None:
    browser.signs_in("ana-at-home")
    browser.sends("/account/password/", current=WRONG, password="walnut-kite-harbor-3")


def types_a_code(browser: Browser) -> None:
    browser.sends("/account/reset/code/", login="ana-at-home", code="K7QM3DXP9RTA")


def asks(browser: Browser) -> None:
    browser.sends("/account/reset/", login="ana-at-home")


def asks_often(browser: Browser) -> None:
    for _ in range(6):
        asks(browser)


def tries(browser: Browser) -> None:
    browser.signs_in("ana-at-home", WRONG)


def tries_often(browser: Browser) -> None:
    for _ in range(6):
        tries(browser)


@pytest.mark.parametrize(
    ("way", "event"),
    [
        (unlocks, Event.WRONG_KEY),
        (confirms, Event.WRONG_KEY),
        (changes, Event.WRONG_KEY),
        (types_a_code, Event.WRONG_CODE),
        (asks, Event.RESET_NOT_SENT),
        (asks_often, Event.TOO_MANY_TRIES),
        (tries, Event.WRONG_PASSWORD),
        (tries_often, Event.TOO_MANY_TRIES),
    ],
)
def test_a_way_in_that_failed_is_a_line(
    browser: Browser, lakeside: Cast, way: Callable[[Browser], None], event: Event
) -> None:
    way(browser)
    assert lines(lakeside.accounts["ana"], event) == 1


def test_a_wrong_second_step_is_a_line(browser: Browser, lakeside: Cast, ben: Any) -> None:
    browser.signs_in("ben@clinic.example", PASSWORD)
    browser.sends("/account/second-step/", code="000000")
    assert lines(lakeside.accounts["ben"], Event.WRONG_STEP) == 1


def test_a_flood_is_a_few_lines_a_minute_and_the_last_says_how_many(
    lakeside: Cast, clock: Any
) -> None:
    ana = lakeside.accounts["ana"]
    for _ in range(99):
        refused(ana, Event.WRONG_CODE)
    assert lines(ana, Event.WRONG_CODE) == MOST_A_MINUTE
    for _ in range(50):
        refused(ana, Event.WRONG_CODE)
    with looking():
        said = Line.objects.filter(by=str(ana.pk)).values_list("reason", flat=True)
        assert said.last() == "100 tries within a minute"
        assert said.count() == MOST_A_MINUTE + 1


def codes_often(browser: Browser) -> None:
    for _ in range(40):
        types_a_code(browser)


def changes_often(browser: Browser) -> None:
    browser.signs_in("ana-at-home")
    for _ in range(40):
        browser.sends("/account/password/", current=WRONG, password="walnut-kite-harbor-3")


@pytest.mark.parametrize("often", [codes_often, changes_often])
def test_who_is_turned_away_for_trying_too_often_is_a_line(
    browser: Browser, lakeside: Cast, clock: Any, often: Callable[[Browser], None]
) -> None:
    often(browser)
    assert lines(lakeside.accounts["ana"], Event.TOO_MANY_TRIES) > 0


def test_a_code_of_no_invitation_is_a_line_of_nobodys(
    browser: Browser, lakeside: Cast, clock: Any
) -> None:
    """It leads to no account and no clinic; the installation's own log holds it all the same."""
    for _ in range(40):
        browser.sends("/join/", code="K7QM3DXP9RTA")
    with looking():
        held = Line.objects.filter(by=NOBODY, clinic=None, verdict="refused")
        events = set(held.values_list("action", flat=True))
    assert events == {Event.WRONG_INVITATION, Event.TOO_MANY_TRIES}


def test_whose_second_step_was_taken_did_not_do_it(lakeside: Cast) -> None:
    """The line of a readmission says who took it; the owner at the machine is told apart."""
    ben = lakeside.accounts["ben"]
    people.readmit(lakeside.clinic, account=ben.pk, by=lakeside.viewer("ada"), at=after(days=1))
    people.without_factors(ben, at=after(days=2))
    with looking():
        taken = list(
            Line.objects.filter(action=Event.FACTOR_TAKEN).values_list("reason", flat=True)
        )
    ada = lakeside.accounts["ada"].pk
    assert taken == [f"taken by an administrator: {ada}", "taken at the machine"]
    assert lines(ben, Event.FACTOR_CHANGED) == 0


def test_an_administrator_of_today_lets_nobody_in_again(lakeside: Cast) -> None:
    hire(lakeside, "ivo", Role.ADMINISTRATOR, at=NOON)
    again = {"account": lakeside.accounts["ben"].pk, "by": lakeside.viewer("ivo")}
    with pytest.raises(Invalid, match="less than a day"):
        people.readmit(lakeside.clinic, **again, at=after(hours=23))
    people.readmit(lakeside.clinic, **again, at=after(hours=24))
