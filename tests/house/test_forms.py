"""Every form that posts is opened by the one component that carries token, key and guard."""

import re
from pathlib import Path

import pytest

PAGES = Path(__file__).parents[2] / "src" / "waymark" / "interfaces"
BY_HAND = {"styleguide.html": "shows how a form looks, and sends nothing"}
RAW = re.compile(r"<form\b[^>]*method=[\"']?post|csrf_token|request_key", re.IGNORECASE)


def faults(text: str) -> list[str]:
    return RAW.findall(text)


@pytest.mark.parametrize(
    "page", sorted(PAGES.rglob("*.html")), ids=lambda one: str(one.relative_to(PAGES))
)
def test_no_template_opens_a_posting_form_by_hand(page: Path) -> None:
    if page.name not in BY_HAND:
        assert faults(page.read_text()) == []


def test_a_planted_form_is_seen() -> None:
    assert faults('<form class="stack" method="post">')
    assert faults("<form>{% csrf_token %}</form>")
    assert not faults("{% post_form 'today' %}{% endpost_form %}<form method=\"get\">")
