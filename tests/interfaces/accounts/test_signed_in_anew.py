"""Two tabs: signed in anew in one, what the other holds still goes, for the same person alone."""

from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast, looking
from tests.interfaces.accounts.answering import waiting
from tests.interfaces.accounts.doing import Browser
from tests.interfaces.accounts.test_resubmission import fields, signs_in
from tests.record.steps import concern_of
from waymark.record.assessments.models import Response

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
OURS = "http://testserver"
DANGER = {**{f"q{number}": "1" for number in range(1, 9)}, "q9": "3"}


@pytest.fixture
def two_tabs(lakeside: Cast, clock: Any) -> tuple[Browser, str, dict[str, str]]:
    """Ana has her questions open in one tab, and has signed out and in again in the other."""
    browser = Browser(Client(enforce_csrf_checks=True), clock)
    signs_in(browser, "ana-at-home")
    path = f"/me/answers/{waiting(lakeside, 'ana', 'phq-9', at=clock())}/"
    page = fields(browser.opens(path))
    browser.client.session.flush()
    signs_in(browser, "ana-at-home")
    return browser, path, page


def sends(browser: Browser, path: str, page: dict[str, str], *, origin: str = OURS) -> Any:
    headers = {"origin": origin} if origin else {}
    return browser.client.post(path, {**page, **DANGER}, headers=headers)


def answers() -> int:
    with looking():
        return Response.objects.count()


def test_danger_in_the_older_tab_is_heard(
    two_tabs: tuple[Browser, str, dict[str, str]], lakeside: Cast
) -> None:
    browser, path, page = two_tabs
    assert sends(browser, path, page).status_code == 302
    assert concern_of(lakeside, "ana") is not None
    assert answers() == 1


def test_a_draft_in_the_older_tab_is_heard_too(
    two_tabs: tuple[Browser, str, dict[str, str]], lakeside: Cast
) -> None:
    browser, path, page = two_tabs
    given = {**page, "q9": "3"}
    headers = {"origin": OURS, "HX-Request": "true"}
    assert browser.client.post(f"{path}draft/", given, headers=headers).status_code == 200
    assert concern_of(lakeside, "ana") is not None


@pytest.mark.parametrize("origin", ["", "null", "http://elsewhere.example"])
def test_a_form_that_another_house_sent_does_not_go(
    two_tabs: tuple[Browser, str, dict[str, str]], origin: str
) -> None:
    """Not even with the right mark: only a page of ours sends for somebody."""
    browser, path, page = two_tabs
    assert sends(browser, path, page, origin=origin).status_code == 403
    assert answers() == 0


@pytest.mark.parametrize("mark", ["", "0" * 32])
def test_a_form_without_the_right_mark_does_not_go(
    two_tabs: tuple[Browser, str, dict[str, str]], mark: str
) -> None:
    browser, path, page = two_tabs
    assert sends(browser, path, {**page, "whose": mark}).status_code == 403
    assert answers() == 0


def test_somebody_elses_form_does_not_go_under_ones_own_name(lakeside: Cast, clock: Any) -> None:
    """On a shared device: Ana left her questions open, and Ben has signed in since."""
    browser = Browser(Client(enforce_csrf_checks=True), clock)
    signs_in(browser, "ana-at-home")
    path = f"/me/answers/{waiting(lakeside, 'ana', 'phq-9', at=clock())}/"
    page = fields(browser.opens(path))
    browser.client.session.flush()
    signs_in(browser, "eli-at-home")
    assert sends(browser, path, page).status_code == 403
    assert answers() == 0


def test_a_new_password_ends_the_mark(lakeside: Cast, clock: Any) -> None:
    from waymark.interfaces.resubmission import form_mark

    account = lakeside.accounts["ana"]
    before = form_mark(account)
    account.set_password("quite another long sentence")
    assert form_mark(account) != before
