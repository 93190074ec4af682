"""Among a client's own pages: a tab, a list in their frame, and a card of Today two taps away."""

import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import looking
from tests.interfaces.accounts.doing import Browser
from tests.interfaces.portal.doing import Ana
from tests.interfaces.portal.practices.reading import links_of, rows_of
from tests.interfaces.portal.practices.test_list import ROWS
from tests.interfaces.portal.test_told import WHOLE
from waymark.library.practices import PRACTICES
from waymark.record.audit.models import Line
from waymark.record.people.models import Account

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def page(ana: Ana, path: str) -> str:
    answer = ana.opens(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_every_page_of_a_client_leads_to_the_list(ana: Ana) -> None:
    for path in ("/me/", "/me/progress/", "/me/more/"):
        assert ("/me/practices/", "Practice") in links_of(page(ana, path))
    own = page(ana, "/me/practices/")
    assert rows_of(own) == ROWS
    assert re.search(r'href="/me/practices/" aria-current="page"', own)


def test_what_it_leads_to_knows_that_one_came_from_here(ana: Ana) -> None:
    led = [href for href, _ in links_of(page(ana, "/me/practices/")) if "/practices/" in href]
    of_one = [href for href in led if href.startswith("/practices/")]
    assert len(of_one) > 30
    assert [href for href in of_one if not href.endswith("?from=me")] == []
    narrowed = [href for href, _ in links_of(page(ana, "/me/practices/?minutes=3"))]
    assert "/practices/box-breath/?run=3&from=me" in narrowed


def test_the_list_holds_each_as_the_last_one_and_shows_none(ana: Ana) -> None:
    own = page(ana, "/me/practices/")
    hidden = re.findall(r'data-again="([^"]+)" hidden', own)
    assert set(hidden) == set(PRACTICES)
    assert own.count("data-again=") == len(hidden)


def test_opening_the_list_writes_nothing_down(ana: Ana) -> None:
    with looking():
        before = Line.objects.count()
    page(ana, "/me/practices/")
    with looking():
        assert Line.objects.count() == before


@pytest.mark.parametrize("name", ["ben@clinic", "dana@clinic", "ada@clinic"])
def test_it_is_a_clients_page(browser: Browser, name: str) -> None:
    browser.signs_in(f"{name}.example")
    assert browser.opens("/me/practices/").status_code == 403


# Today


def test_today_holds_one_for_right_now_that_opens_with_one_tap(ana: Ana) -> None:
    """One tap to its page, which begins with the next."""
    today = page(ana, "/me/")
    assert ("/practices/long-exhale/?from=me", "Long exhale") in links_of(today)
    card = today.split("data-lead")[1].split("</section>")[0]
    assert today.index("data-lead") < today.index("</main>")
    assert "<details" not in today.split("data-lead")[0].split("<main")[1]
    assert set(re.findall(r'data-again="([^"]+)" hidden', card)) == set(PRACTICES)


def test_it_asks_the_database_nothing(ana: Ana) -> None:
    from tests.interfaces.portal.test_cards import asked_of
    from waymark.access.vocabulary import Action
    from waymark.interfaces.portal.today.cards import CARDS
    from waymark.record.tenancy.action import reading

    with reading(Action.READ_TODAY, by=ana.cast.viewer("ana"), at=ana.clock.at):
        asked = asked_of(ana)
        with CaptureQueriesContext(connection) as held:
            assert len(list(CARDS["practice"].shows(asked))) == 1
            assert list(CARDS["practice"].shows(replace(asked, standing=None)))
    assert len(held) == 0


def test_nothing_is_put_before_somebody_who_just_told_of_danger(ana: Ana) -> None:
    ana.answers(ana.is_given("phq-9"), WHOLE)
    today = page(ana, "/me/")
    assert "data-lead" not in today
    assert ("/me/practices/", "Practice") in links_of(today)


def test_on_a_device_that_others_use_no_last_one_stands_anywhere(ana: Ana) -> None:
    Account.objects.filter(pk=ana.cast.accounts["ana"].pk).update(shared_device=True)
    for path in ("/me/", "/me/practices/"):
        held = page(ana, path)
        assert "data-again" not in held
        assert 'data-keeps=""' in held
        assert "?from=me" not in held
        assert "?from=shared" in held
