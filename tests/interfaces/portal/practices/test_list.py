"""The list: by what practices are for, narrowed to the time one has; and which come first."""

import pytest

from tests.interfaces.portal.practices.reading import links_of, page_of, rows_of, said
from waymark.interfaces.portal.practices.listing import listed, sections
from waymark.interfaces.portal.practices.visit import Visit
from waymark.library.pacing import MINUTES, lengths
from waymark.library.practices import PRACTICES

# By hand. What asks for no count comes first in its group, what holds the breath last.
ROWS = {
    "Right now": ["stop", "long-exhale"],
    "Breath": [
        "natural-breath", "coherent-breath", "cyclic-sigh", "six-a-minute", "four-seven-eight",
        "box-breath",
    ],
    "Body": ["body-scan-3", "body-scan-10", "body-scan-20"],
    "Mind": ["thoughts-on-a-river", "guided-sitting"],
    "Around a session": ["before-session", "after-session"],
    "Kindness": ["self-compassion-break", "compassionate-letter"],
}  # fmt: skip


def test_the_groups_stand_in_their_order_with_their_practices() -> None:
    found = rows_of(page_of("/practices/"))
    assert list(found.items()) == list(ROWS.items())


def test_every_practice_is_in_the_list_or_named_by_one_that_is() -> None:
    shown = {id for ids in ROWS.values() for id in ids}
    for one in PRACTICES.values():
        assert one.retired or one.id in shown or one.form_of in shown
    assert {one.id for one in listed()} == shown


@pytest.mark.parametrize("minutes", MINUTES)
def test_a_length_leaves_what_takes_it_and_leads_there_at_that_length(minutes: int) -> None:
    page = page_of(f"/practices/?minutes={minutes}")
    fitting = {one.id for one in listed() if minutes in lengths(one)}
    assert {id for ids in rows_of(page).values() for id in ids} == fitting
    led = {href for href, _ in links_of(page) if "run=" in href}
    assert led == {f"/practices/{id}/?run={minutes}" for id in fitting}
    assert "data-lead" not in page


@pytest.mark.parametrize("asked", ["", "0", "2", "-1", "x", "3.0", "²"])
def test_a_length_that_is_none_leaves_all(asked: str) -> None:
    page = page_of(f"/practices/?minutes={asked}")
    assert rows_of(page) == ROWS
    assert said(page, r'aria-current="true">\s*(\w+)') == "Any"


def test_a_group_that_nothing_fits_is_left_out() -> None:
    assert [one.title for one in sections(Visit(), 1)] == ["Right now", "Breath"]


def test_one_is_good_to_begin_with() -> None:
    page = page_of("/practices/")
    assert said(page, r'data-first="([^"]+)"') == "long-exhale"
    assert "A good one to begin with" in page


def test_in_the_street_no_last_one_is_offered_and_nothing_leads_to_ones_own_pages() -> None:
    page = page_of("/practices/")
    assert "data-again" not in page
    assert 'data-keeps="ways"' in page
    assert [href for href, _ in links_of(page) if href.startswith("/me/") or "from=" in href] == []
