"""The page of a practice: its words, its controls, and what it says to whom when it felt bad."""

import re

import pytest

from tests.interfaces.portal.doing import words
from tests.interfaces.portal.practices.reading import links_of, page_of, views_of
from waymark.library.practice import Practice
from waymark.library.practices import PRACTICES

ALL = PRACTICES.values()
ALWAYS = ["Pause", "Stop", "Keep my eyes open", "That felt bad", "Soft sound"]
COUNTS = re.compile(r"\d|streak|well done|good job|great|congrat|proud|in a row|today you", re.I)


@pytest.mark.parametrize("practice", ALL, ids=PRACTICES)
def test_before_it_begins_it_says_what_it_is_and_when_not(practice: Practice) -> None:
    before = views_of(page_of(f"/practices/{practice.id}/"))["before"]
    order = [practice.title, practice.about, practice.when_not, "How long?", "Begin"]
    places = [before.index(one) for one in order]
    assert places == sorted(places)
    if practice.breath:
        assert practice.breath.how in before
        assert "Gentler:" in before


@pytest.mark.parametrize("practice", ALL, ids=PRACTICES)
def test_every_control_is_there_while_it_goes_on(practice: Practice) -> None:
    page = page_of(f"/practices/{practice.id}/")
    going = page.split('data-view="going"')[1].split('data-view="ended"')[0]
    said = words(f"<body>{going}") + " ".join(re.findall(r'aria-label="([^"]+)"', going))
    assert [one for one in ALWAYS if one not in said] == []
    assert ("Leave this part out" in said) == bool(practice.steps)
    assert "aria-live" not in going  # it stands where it is from the first, or goes unheard
    assert page.split('data-view="before"')[0].count('aria-live="polite" data-live') == 1
    buttons = re.findall(r"<button[^>]*>", going)
    assert [one for one in buttons if 'type="button"' not in one] == []


@pytest.mark.parametrize("practice", ALL, ids=PRACTICES)
def test_it_ends_quietly_with_no_count_and_no_cheer(practice: Practice) -> None:
    ended = views_of(page_of(f"/practices/{practice.id}/"))["ended"]
    assert COUNTS.findall(ended) == []
    assert "That was all of it." in ended
    assert "You stopped. That is always fine." in ended


def test_a_held_breath_leads_to_one_without_a_hold() -> None:
    for id in ("box-breath", "four-seven-eight"):
        found = links_of(page_of(f"/practices/{id}/?from=me"))
        assert ("/practices/long-exhale/?from=me", "To this one instead: Long exhale") in found


def test_leaves_and_bubbles_lead_to_each_other() -> None:
    for one, other in (("on-a-river", "in-bubbles"), ("in-bubbles", "on-a-river")):
        found = [href for href, _ in links_of(page_of(f"/practices/thoughts-{one}/"))]
        assert f"/practices/thoughts-{other}/" in found


# It felt bad

THERAPIST = "Tell the people who treat you"
LEFT_OUT = "Leave this one out from now on"


def bad(query: str = "") -> tuple[str, list[str]]:
    page = page_of(f"/practices/body-scan-10/{query}")
    section = page.split('data-view="bad"')[1].split("<noscript>")[0]
    return words(f"<body>{section}"), [href for href, _ in links_of(section)]


@pytest.mark.parametrize("query", ["", "?from=me", "?from=shared", "?from=nowhere"])
def test_it_is_heard_kindly_with_something_for_now_and_help(query: str) -> None:
    said, led = bad(query)
    assert said.index("Thank you for saying so.") < said.index("Look around.")
    assert "it is not your doing" in said
    assert "/help-now/" in led


def test_a_client_is_offered_to_leave_it_out_and_where_to_tell_it() -> None:
    said, led = bad("?from=me")
    assert THERAPIST in said
    assert "This page tells nobody" in said
    assert LEFT_OUT in said
    assert {"/me/hard/tell/", "/me/"} <= set(led)


def test_on_a_shared_device_nothing_is_kept_and_the_tab_says_nothing() -> None:
    said, led = bad("?from=shared")
    assert "/me/hard/tell/" in led
    assert LEFT_OUT not in said
    page = page_of("/practices/stop/?from=shared")
    assert 'data-keeps=""' in page
    assert "<title>Home</title>" in page
    assert "favicon-neutral" in page


def test_in_the_street_nobody_is_sent_to_a_sign_in() -> None:
    said, led = bad()
    assert THERAPIST not in said
    assert LEFT_OUT not in said
    assert "tell them about it when you next meet" in said
    assert [href for href in led if href.startswith("/me/")] == []


def test_without_a_script_it_can_be_said_as_well() -> None:
    page = page_of("/practices/stop/")
    without = page.split("<noscript><section")[1].split("</noscript>")[0]
    assert "If it feels bad" in without
    assert "/help-now/" in without
    assert LEFT_OUT not in without


# A thought that is typed


def test_a_typed_thought_stands_in_no_form_and_has_no_name() -> None:
    for id in ("thoughts-on-a-river", "thoughts-in-bubbles"):
        page = page_of(f"/practices/{id}/")
        going = page.split('data-view="going"')[1].split('data-view="ended"')[0]
        assert "<form" not in going
        field = re.search(r"<input[^>]*data-thought[^>]*>", going)
        assert field
        assert "name=" not in field[0]
        assert 'autocomplete="off"' in field[0]
        assert 'spellcheck="false"' in field[0]  # some spelling checkers send what is typed
    assert [one.id for one in ALL if "data-thought" in page_of(f"/practices/{one.id}/")] == [
        *("thoughts-in-bubbles", "thoughts-on-a-river")
    ]
