"""Every way in that failed is a line of its account's log, and a flood of them is not."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.cast import NOON, PASSWORD, Cast, after, hire, looking
from tests.interfaces.accounts.doing import Browser
from waymark.access.vocabulary import Event, Role
from waymark.interfaces.accounts.refusals import MOST_A_MINUTE, refused
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


def test_a_flood_is_a_few_lines_a_minute(lakeside: Cast, clock: Any) -> None:
    ana = lakeside.accounts["ana"]
    for _ in range(MOST_A_MINUTE + 5):
        refused(ana, Event.WRONG_CODE)
    assert lines(ana, Event.WRONG_CODE) == MOST_A_MINUTE


def test_whose_second_step_was_taken_did_not_do_it(lakeside: Cast) -> None:
    """The line of a readmission says who took it; the owner at the machine is told apart."""
    ben = lakeside.accounts["ben"]
    people.readmit(lakeside.clinic, account=ben.pk, by=lakeside.viewer("ada"), at=after(days=1))
    people.without_factors(ben, at=after(days=2))
    with looking():
        taken = list(
            Line.objects.filter(action=Event.FACTOR_TAKEN).values_list("reason", flat=True)
        )
    assert taken == ["taken by an administrator", "taken at the machine"]
    assert lines(ben, Event.FACTOR_CHANGED) == 0


def test_an_administrator_of_today_lets_nobody_in_again(lakeside: Cast) -> None:
    hire(lakeside, "ivo", Role.ADMINISTRATOR, at=NOON)
    again = {"account": lakeside.accounts["ben"].pk, "by": lakeside.viewer("ivo")}
    with pytest.raises(Invalid, match="less than a day"):
        people.readmit(lakeside.clinic, **again, at=after(hours=23))
    people.readmit(lakeside.clinic, **again, at=after(hours=24))
