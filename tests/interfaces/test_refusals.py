"""Whoever is turned away from a page about clients leaves a line in the log."""

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.interfaces.conftest import BrowserOf
from waymark.record.audit.models import Line

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def refused(cast: Cast, name: str) -> list[tuple[str, str]]:
    rows = Line.objects.filter(by=str(cast.accounts[name].pk), verdict="refused")
    return list(rows.values_list("action", "reason"))


@pytest.mark.parametrize(
    ("name", "status", "reason"),
    [
        ("gil", 404, "not there, or not theirs to see"),  # treats others
        ("dana", 403, "no role here could ever do this"),  # the front desk
        ("eli", 403, "no role here could ever do this"),  # another client
    ],
)
def test_a_refusal_is_a_line(
    lakeside: Cast, browser_of: BrowserOf, name: str, status: int, reason: str
) -> None:
    browser, ana = browser_of(name), lakeside.patients["ana"].pk
    assert browser.get(reverse("client", args=[ana])).status_code == status
    assert refused(lakeside, name) == [("read-scores", reason)]
