"""Whatever goes wrong below, a form comes back filled, and a page is asked for once more.

A full disk stands here as the error that Django raises for it, thrown by the record itself.
"""

import re
from html import unescape
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from tests.cast import Cast, looking
from tests.interfaces.conftest import NOW, BrowserOf
from tests.record.steps import give
from waymark.interfaces.clinic.caseload import views as caseload
from waymark.record.assessments import actions as assessments
from waymark.record.assessments.models import Response

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
ANSWERS = {f"q{number}": "1" for number in range(1, 8)}


def full_disk(*_: Any, **__: Any) -> Any:
    raise OperationalError("database or disk is full")


def fields_of(page: Any) -> dict[str, str]:
    hidden = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.content.decode())
    return {name: unescape(value) for name, value in hidden if name != "csrfmiddlewaretoken"}


def test_answers_that_were_not_taken_stand_in_the_page_and_are_sent_again(
    lakeside: Cast, browser_of: BrowserOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    occasion = give(lakeside, "ana", "gad-7", at=NOW)
    ana, address = browser_of("ana"), f"/me/answers/{occasion.pk}/"
    with monkeypatch.context() as broken:
        broken.setattr(assessments, "submit", full_disk)
        page = ana.post(address, ANSWERS)
    assert page.status_code == 503
    assert "not confirmed as saved" in page.content.decode()
    kept = fields_of(page)
    assert kept == ANSWERS
    assert f'action="{address}"' in page.content.decode()
    assert ana.post(address, kept).status_code == 302
    with looking():
        assert Response.objects.filter(administration=occasion).count() == 1


def test_every_form_about_a_record_comes_back_filled(
    lakeside: Cast, browser_of: BrowserOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At an address of the staff as well: words of a person, with signs that markup knows."""
    typed = {"name": 'Mo "the <b>" Rivera', "adult": "on", "phone": "312 555 0143"}
    from waymark.record.people import actions as people

    monkeypatch.setattr(people, "invite", full_disk)
    page = browser_of("ben").post("/clinic/people/invite/", typed)
    assert page.status_code == 503
    assert fields_of(page) == typed


def test_a_page_that_was_only_read_is_asked_for_once_more(
    lakeside: Cast, browser_of: BrowserOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a restart: the connection that breaks is the old one."""
    ben, breaks = browser_of("ben"), iter([True, False])
    real = caseload.framed

    def once(*given: Any, **named: Any) -> Any:
        return full_disk() if next(breaks) else real(*given, **named)

    monkeypatch.setattr(caseload, "framed", once)
    assert ben.get("/clinic/").status_code == 200


def test_what_stays_broken_is_told_after_the_second_time(
    lakeside: Cast, browser_of: BrowserOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[int] = []

    def always(*_: Any, **__: Any) -> Any:
        tries.append(1)
        return full_disk()

    monkeypatch.setattr(caseload, "framed", always)
    browser: Client = browser_of("ben")
    assert browser.get("/clinic/").status_code == 503
    assert len(tries) == 2


def test_what_was_sent_is_never_carried_out_a_second_time(
    lakeside: Cast, browser_of: BrowserOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database takes the answers and breaks while it says so: nobody knows what was kept."""
    occasion = give(lakeside, "ana", "gad-7", at=NOW)
    real, sent = assessments.submit, []

    def kept_and_broken(*given: Any, **named: Any) -> Any:
        sent.append(real(*given, **named))
        return full_disk()

    monkeypatch.setattr(assessments, "submit", kept_and_broken)
    page = browser_of("ana").post(f"/me/answers/{occasion.pk}/", ANSWERS)
    assert page.status_code == 503
    assert len(sent) == 1
