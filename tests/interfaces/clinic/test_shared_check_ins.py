"""Check-ins that Ana shares, as Ben reads them: with n and gaps, and no longer than she does."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.interfaces.conftest import NOW, BrowserOf
from tests.interfaces.portal.doing import words
from tests.record.checkins.saying import moves, says, sends
from waymark.library.item_answer import NO_OCCASION, answered
from waymark.record.sharing.actions import set_stream

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def turns(cast: Cast, *, on: bool, days: int = 0) -> None:
    ana, by, at = cast.patients["ana"], cast.viewer("ana"), NOW - timedelta(days=days)
    set_stream(ana, kind="check-in", on=on, by=by, at=at)


def read(browser_of: BrowserOf, cast: Cast, path: str = "check-ins/") -> str:
    ana = cast.patients["ana"].pk
    page: Any = browser_of("ben").get(f"/clinic/clients/{ana}/{path}")
    assert page.status_code == 200
    return words(page.content.decode())


def test_without_the_switch_there_is_no_panel_and_nothing_to_read(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    sends(lakeside, at=NOW)
    assert "Check-ins shared" not in read(browser_of, lakeside, "")
    assert "keeps their check-ins to themself" in read(browser_of, lakeside)


def test_with_it_the_days_are_read_with_their_gaps(lakeside: Cast, browser_of: BrowserOf) -> None:
    """C07, C21: no occasion and 0 in their own words; what was not answered is not there."""
    turns(lakeside, on=True, days=4)
    sends(lakeside, says({"pause": NO_OCCASION}), at=NOW - timedelta(days=3))
    sends(lakeside, says({"pause": answered(0)}), at=NOW)
    panel = read(browser_of, lakeside, "")
    assert "Check-ins shared 2 of the last 5 days" in panel
    assert panel.count("no check-in") == 3
    assert "Pausing: No" in panel
    page = read(browser_of, lakeside)
    assert "Pausing No moment called for it" in page
    assert "A gap means nothing by itself." in page
    assert "Worry" not in page


def test_c01_the_time_is_the_one_of_her_own_clock(lakeside: Cast, browser_of: BrowserOf) -> None:
    """C01, C02: she answered at noon in Chicago, wherever she sets her clock afterwards."""
    turns(lakeside, on=True)
    sends(lakeside, at=NOW)
    moves(lakeside, "Pacific/Auckland", at=NOW)
    assert "Tuesday, March 3 12:00 PM" in read(browser_of, lakeside)


def test_what_was_filled_in_later_says_so(lakeside: Cast, browser_of: BrowserOf) -> None:
    turns(lakeside, on=True, days=4)
    yesterday = NOW - timedelta(days=1)
    sends(lakeside, day=yesterday.astimezone().date(), at=NOW)
    assert "filled in a day later" in read(browser_of, lakeside, "")
    assert "filled in a day later" in read(browser_of, lakeside)


def test_turned_off_it_is_gone_from_every_page(lakeside: Cast, browser_of: BrowserOf) -> None:
    turns(lakeside, on=True, days=2)
    sends(lakeside, at=NOW)
    turns(lakeside, on=False)
    assert "Check-ins shared" not in read(browser_of, lakeside, "")
    assert "Pausing" not in read(browser_of, lakeside)


def test_older_ones_stand_on_a_page_of_their_own(lakeside: Cast, browser_of: BrowserOf) -> None:
    turns(lakeside, on=True, days=2)
    for minute in range(32):
        sends(lakeside, at=NOW + timedelta(minutes=minute))
    assert "Earlier ones" in read(browser_of, lakeside)
