"""Every kind of page: what is on all of them, what is on none, and that errors need nothing."""

import re

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse
from django.template import Context
from django.urls import path, set_urlconf

from tests.interfaces.ui.samples import CLIENT_SHELL, ENGINE, ERRORS, STAFF_SHELL, draw, pages

NAMES = ["guide", "client", "staff", "plain", "print", *ERRORS]


@pytest.mark.parametrize("name", NAMES)
def test_help_is_one_tap_away_from_every_page(name: str) -> None:
    assert re.search(r'<a class="help-now" href="/help/">', pages()[name])


@pytest.mark.parametrize("name", ["guide", "client", "plain", "print"])
def test_a_client_can_leave_every_page_without_javascript(name: str) -> None:
    assert re.search(r'<a class="leave" href="/leave/"', pages()[name])


@pytest.mark.parametrize("name", NAMES)
def test_every_page_has_a_language_a_title_and_one_main_part(name: str) -> None:
    page = pages()[name]
    assert '<html lang="en">' in page
    assert re.search(r"<title>[A-Z][A-Za-z ]+ · Waymark</title>", page)
    assert len(re.findall(r"<main[ >]", page)) == 1
    assert len(re.findall(r"<h1[ >]", page)) == 1


@pytest.mark.parametrize("name", NAMES)
def test_a_page_sends_no_address_to_others_and_keeps_out_of_searches(name: str) -> None:
    assert '<meta name="referrer" content="same-origin">' in pages()[name]
    assert '<meta name="robots" content="noindex, nofollow">' in pages()[name]


def test_a_shared_device_gets_a_plain_title_and_a_plain_icon() -> None:
    page = draw("portal.html", neutral=True, **CLIENT_SHELL)
    assert "<title>Home</title>" in page
    assert "favicon-neutral.svg" in page
    assert "favicon.svg" not in page


def test_the_demo_says_that_it_is_one() -> None:
    assert "A demo: made-up people" in draw("portal.html", **CLIENT_SHELL)
    assert "made up" not in draw("clinic.html", **STAFF_SHELL)


def test_the_way_here_is_marked_once_and_what_waits_is_counted() -> None:
    page = draw("clinic.html", **STAFF_SHELL)
    assert page.count('aria-current="page"') == 1
    assert '<span class="count">2<span class="visually-hidden"> waiting</span></span>' in page


def test_signing_out_is_a_form_and_not_a_link() -> None:
    page = draw("portal.html", **CLIENT_SHELL)
    assert re.search(r'<form method="post" action="#out" novalidate>', page)


def test_the_idle_limit_reaches_the_script_only_when_there_is_one() -> None:
    assert 'data-idle-seconds="900"' in draw("clinic.html", idle_seconds=900)
    assert "data-idle-seconds" not in draw("plain.html")


def test_htmx_is_told_to_evaluate_nothing_and_keep_nothing() -> None:
    page = draw("portal.html", **CLIENT_SHELL)
    for setting in ['"allowEval":false', '"includeIndicatorStyles":false', '"historyCacheSize":0']:
        assert setting in page


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_needs_no_context_and_never_varies(name: str) -> None:
    template = ENGINE.get_template(f"ui/{name}.html")
    bare = template.render(Context())
    assert bare == template.render(Context({"user": "Ana", "messages": ["x"], "demo": True}))
    assert "<script" not in bare


@pytest.mark.parametrize("name", ["500", "503"])
def test_a_fault_says_no_more_than_is_known(name: str) -> None:
    page = draw(f"{name}.html", sent=True)
    assert "<strong>not confirmed as saved</strong>" in page
    assert "was saved" not in page
    assert "told nobody" in page


@pytest.mark.parametrize("name", ["500", "503"])
def test_where_nothing_was_sent_nothing_is_said_to_be_lost(name: str) -> None:
    assert "saved" not in draw(f"{name}.html")


def test_an_error_page_stands_when_addresses_and_file_names_are_broken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unknown(name: str) -> str:
        raise ValueError(f"missing from the manifest: {name}")

    monkeypatch.setattr(staticfiles_storage, "url", unknown)
    set_urlconf((path("elsewhere/", HttpResponse),))
    page = draw("500.html")
    assert "help-now" not in page
    assert 'href="/static/waymark/css/base.css"' in page
    assert "Call your local emergency number." in page


def test_a_form_that_no_longer_fits_says_what_to_do() -> None:
    assert "This form was out of date." in draw("403_stale.html")
    assert "<strong>not saved</strong>" in draw("403_stale.html")


def test_paper_shows_every_question_and_one_circle_for_each_answer() -> None:
    page = pages()["print"]
    assert page.count('<th scope="row">') == 3
    assert page.count('<span class="box">') == 3 * 4
