"""Sharing at the phone: what they would see, what became of it, and taking it back."""

import re
from typing import Any

import pytest
from django.urls import reverse

from tests.interfaces.conftest import BrowserOf
from tests.interfaces.portal.doing import Ana
from tests.interfaces.portal.test_wins import SAID, noted
from tests.record.steps import concern_of

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

PAINFUL = "I said no, and I cried for an hour."


def of(win: str) -> str:
    """Where the thing is shared."""
    return f"/me/shared/win/{win.rsplit('/', 2)[1]}/"


def digest_on(page: str) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', page)
    assert found, "no version stands on the page"
    return found[1]


def shares(ana: Ana, win: str) -> Any:
    page = ana.opens(of(win)).content.decode()
    return ana.sends(of(win), {"seen": digest_on(page)})


def bens(browser_of: BrowserOf, ana: Ana) -> str:
    """The page on which Ben reads what she shares."""
    return browser_of("ben").get(reverse("client-shared", args=[ana.patient.pk])).content.decode()


def test_the_preview_is_what_they_see_and_who_they_are(ana: Ana, browser_of: BrowserOf) -> None:
    win = noted(ana, lasted="1")
    page = ana.reads(of(win))
    for words in ("Share this?", SAID, "Under an hour", "Who can read it once it is shared: Ben"):
        assert words in page
    assert SAID not in bens(browser_of, ana)
    shares(ana, win)
    assert SAID in bens(browser_of, ana)


def test_a_receipt_says_what_became_of_it(ana: Ana, browser_of: BrowserOf) -> None:
    win = noted(ana)
    shares(ana, win)
    assert "Nobody has read it yet." in ana.reads(of(win))
    page = bens(browser_of, ana)
    assert "Ben has read it, " in ana.reads(win)
    for used, told in (("noted", "Ben noted it for later"), ("discussed", "Ben talked with you")):
        where = re.search(rf'action="([^"]+)"(?:(?!</form>).)*value="{used}"', page, re.S)
        assert where
        browser_of("ben").post(where[1], {"used": used})
        assert told in ana.reads(win)


#   shared ──▶ changed ──▶ "share the change" ──▶ taken back


def test_a_change_waits_for_its_own_tap(ana: Ana, browser_of: BrowserOf) -> None:
    win = noted(ana)
    shares(ana, win)
    ana.sends(win, {"sort": "win", "words": PAINFUL})
    assert "Your care team sees it as it was" in ana.reads(win)
    assert PAINFUL not in bens(browser_of, ana)
    assert "Share the change?" in ana.reads(of(win))
    shares(ana, win)
    page = bens(browser_of, ana)
    assert PAINFUL in page
    assert SAID not in page


def test_what_was_changed_in_another_tab_is_not_shared_unseen(
    ana: Ana, browser_of: BrowserOf
) -> None:
    win = noted(ana)
    seen = digest_on(ana.opens(of(win)).content.decode())
    ana.sends(win, {"sort": "win", "words": PAINFUL})
    answer = ana.sends(of(win), {"seen": seen})
    assert answer.status_code == 422
    assert "This was changed since you looked." in answer.content.decode()
    assert PAINFUL not in bens(browser_of, ana)


def test_taking_it_back_says_first_who_has_read_it(ana: Ana, browser_of: BrowserOf) -> None:
    win = noted(ana)
    shares(ana, win)
    bens(browser_of, ana)
    page = ana.reads(f"{of(win)}take-back/")
    for words in ("Ben has read it", "quoted it in a signed note", SAID):
        assert words in page
    ana.sends(f"{of(win)}take-back/")
    assert SAID not in bens(browser_of, ana)
    assert "Only you can read this" in ana.reads(win)
    assert "Share this?" in ana.reads(f"{of(win)}take-back/")  # there is nothing to take back


def test_a_receipt_for_what_was_taken_back_meanwhile_is_none(
    ana: Ana, browser_of: BrowserOf
) -> None:
    win = noted(ana)
    shares(ana, win)
    where = re.search(r'action="([^"]+/shared/[^"]+)"', bens(browser_of, ana))
    assert where
    ana.sends(f"{of(win)}take-back/")
    answer = browser_of("ben").post(where[1], {"used": "discussed"}, follow=True)
    assert "It was taken back meanwhile." in answer.content.decode()
    answer = browser_of("ben").post(where[1], {"used": "seen"}, follow=True)
    assert "Choose “talked about” or “noted”." in answer.content.decode()


def test_all_that_is_shared_stands_on_one_page(ana: Ana) -> None:
    assert "You share nothing at the moment." in ana.reads("/me/shared/")
    for n in range(11):
        shares(ana, noted(ana, f"Number {n} of them."))
    first = ana.opens("/me/shared/").content.decode()
    assert "Number 10 of them." in first
    assert "Number 0 of them." not in first
    address = first.split('class="btn quiet" href="')[-1].split('"')[0]
    older = ana.reads(f"/me/shared/{address}")
    assert "Number 0 of them." in older
    assert "Shared as it comes" not in older


def test_a_switch_says_what_it_does_and_does_it(ana: Ana, browser_of: BrowserOf) -> None:
    before = noted(ana, "Before the switch.")
    answer = ana.sends("/me/shared/switch/win/", {"on": "yes"}, follow=True)
    assert "Small wins are shared as you note them." in answer.content.decode()
    noted(ana, "After the switch.")
    answer = ana.sends("/me/shared/switch/win/", {"on": "no"}, follow=True)
    assert "What was shared before stays shared." in answer.content.decode()
    noted(ana, "Later still.")
    page = bens(browser_of, ana)
    assert "After the switch." in page
    for words in ("Before the switch.", "Later still."):
        assert words not in page
    assert "Only you can read this" in ana.reads(before)


@pytest.mark.parametrize("address", ["/me/shared/switch/letters/", "/me/shared/letters/{id}/"])
def test_what_nobody_knows_is_not_there(ana: Ana, address: str) -> None:
    where = address.format(id="0a1b2c3d-0000-4000-8000-000000000000")
    assert ana.sends(where, {"on": "yes"}).status_code == 404


def test_danger_in_what_is_shared_opens_a_concern_and_she_reads_that(ana: Ana) -> None:
    win = noted(ana, "I want to kill myself.")
    assert concern_of(ana.cast, "ana") is None
    shares(ana, win)
    assert concern_of(ana.cast, "ana") is not None
    assert "988" in ana.reads(of(win))  # on the page that follows
    assert "Nothing more is asked of you today." in ana.reads("/me/")


def test_also_where_the_share_was_refused(ana: Ana) -> None:
    win = noted(ana, "I want to kill myself.")
    answer = ana.sends(of(win), {"seen": "another version"})
    assert answer.status_code == 422
    assert "988" in answer.content.decode()


def test_the_clients_page_names_what_is_new(ana: Ana, browser_of: BrowserOf) -> None:
    where = reverse("client", args=[ana.patient.pk])
    assert "Shared with you" not in browser_of("ben").get(where).content.decode()
    shares(ana, noted(ana))
    page = browser_of("ben").get(where).content.decode()
    assert "Shared with you" in page
    assert "not read yet" in page
    assert SAID not in page
    bens(browser_of, ana)
    assert "not read yet" not in browser_of("ben").get(where).content.decode()


def test_nobody_else_reads_it(ana: Ana, browser_of: BrowserOf) -> None:
    shares(ana, noted(ana))
    where = reverse("client-shared", args=[ana.patient.pk])
    for name in ("gil", "sue", "dana", "ada"):
        assert browser_of(name).get(where).status_code in (403, 404)
