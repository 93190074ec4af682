"""Sheets of paper: a blank measure within the staff's frame, and its answers keyed in."""

import re
from html import unescape

import pytest

from tests.cast import Cast
from tests.interfaces.conftest import BrowserOf

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
PRINT, CLIENT = "/clinic/measures/print/{}/", "/clinic/measures/{}/"


def test_a_sheet_stands_in_the_frame_of_the_staff(lakeside: Cast, browser_of: BrowserOf) -> None:
    page = browser_of("ben").get(PRINT.format("phq-9")).content.decode()
    assert 'aria-label="Main"' in page
    assert "Client in danger?" in page
    assert "data-leave" not in page


def test_the_way_back_leads_to_the_client(lakeside: Cast, browser_of: BrowserOf) -> None:
    ben, ana = browser_of("ben"), lakeside.patients["ana"].pk
    assert f"{PRINT.format('phq-9')}?for={ana}" in ben.get(CLIENT.format(ana)).content.decode()
    page = ben.get(PRINT.format("phq-9"), {"for": str(ana)}).content.decode()
    assert f'href="{CLIENT.format(ana)}"' in page
    assert "Back to the client" in page


@pytest.mark.parametrize("client", ["eli", "no-such-client"])
def test_another_ones_client_is_no_way_back(
    lakeside: Cast, browser_of: BrowserOf, client: str
) -> None:
    named = str(lakeside.patients[client].pk) if client in lakeside.patients else client
    page = browser_of("ben").get(PRINT.format("phq-9"), {"for": named}).content.decode()
    assert named not in page
    assert 'href="/clinic/"' in page


def test_the_words_that_questions_share_stand_by_themselves(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    page = unescape(browser_of("ben").get(PRINT.format("audit-c")).content.decode())
    assert '<p class="stem">In the past year</p>' in page
    assert "vodka). In the past year" not in page


def test_answers_on_paper_show_the_number_to_type(lakeside: Cast, browser_of: BrowserOf) -> None:
    ana = lakeside.patients["ana"].pk
    page = browser_of("ben").get(f"{CLIENT.format(ana)}enter/phq-9/").content.decode()
    first = page.split("data-question")[1]
    keys = re.findall(r'<span class="key" aria-hidden="true">(\d)</span><span>([^<]+)<', first)
    assert keys == [
        ("0", "Not at all"),
        ("1", "Several days"),
        ("2", "More than half the days"),
        ("3", "Nearly every day"),
    ]
