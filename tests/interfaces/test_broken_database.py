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
from waymark.record.sessions.models import SessionStore, SignedIn

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
ANSWERS = {f"q{number}": "1" for number in range(1, 8)}
DANGER = {f"q{number}": "1" for number in range(1, 9)} | {"q9": "3"}


def full_disk(*_: Any, **__: Any) -> Any:
    raise OperationalError("database or disk is full")


def fields_of(page: Any) -> dict[str, str]:
    hidden = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.content.decode())
    ours = {"csrfmiddlewaretoken", "whose"}
    return {name: unescape(value) for name, value in hidden if name not in ours}


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


def gone(*_: Any, **__: Any) -> Any:
    raise OperationalError("the server closed the connection unexpectedly")


@pytest.mark.parametrize(
    ("who", "address", "typed"),
    [
        ("ana", "/me/answers/{occasion}/", {"q1": "1", "q9": "3"}),
        ("ben", "/clinic/people/invite/", {"name": "Mo Rivera", "phone": "312 555 0143"}),
    ],
)
def test_a_form_comes_back_filled_when_not_even_who_sent_it_can_be_known(
    lakeside: Cast,
    browser_of: BrowserOf,
    monkeypatch: pytest.MonkeyPatch,
    who: str,
    address: str,
    typed: dict[str, str],
) -> None:
    """The database is away: the session cannot be read, long before any view is reached."""
    occasion = give(lakeside, "ana", "phq-9", at=NOW)
    browser = browser_of(who)
    browser.raise_request_exception = False
    monkeypatch.setattr(SessionStore, "load", gone)
    page = browser.post(address.format(occasion=occasion.pk), typed)
    assert page.status_code == 503
    assert fields_of(page) == typed
    assert "not confirmed as saved" in page.content.decode()


def test_what_was_sent_in_danger_meets_whom_to_call_on_the_same_page(
    lakeside: Cast, browser_of: BrowserOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody can be told: the page says that, with the numbers, whatever else it cannot do."""
    occasion = give(lakeside, "ana", "phq-9", at=NOW)
    ana, address = browser_of("ana"), f"/me/answers/{occasion.pk}/"
    ana.raise_request_exception = False
    for broken in ((assessments, "submit"), (SessionStore, "load")):
        with monkeypatch.context() as now:
            now.setattr(*broken, gone)
            page = ana.post(address, DANGER).content.decode()
        assert "This page has told nobody" in page
        assert 'href="tel:988"' in page
        assert 'href="tel:911"' in page
        assert "please call your clinic" not in page, "no number stands beside it"


def test_a_fault_of_ours_shows_whom_to_call_where_something_was_sent(
    lakeside: Cast, browser_of: BrowserOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    occasion = give(lakeside, "ana", "phq-9", at=NOW)
    ana = browser_of("ana")
    ana.raise_request_exception = False
    monkeypatch.setattr(assessments, "submit", lambda *_, **__: 1 / 0)
    page = ana.post(f"/me/answers/{occasion.pk}/", DANGER)
    assert page.status_code == 500
    assert "This page has told nobody" in page.content.decode()
    assert 'href="tel:988"' in page.content.decode()


def test_a_page_that_was_asked_for_lost_nothing_and_says_nothing_of_the_kind(
    lakeside: Cast, browser_of: BrowserOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = browser_of("ana")
    ana.raise_request_exception = False
    monkeypatch.setattr(SessionStore, "load", gone)
    page = ana.get("/me/")
    assert page.status_code == 503
    assert "What you last sent" not in page.content.decode()
    assert "could not be made" in page.content.decode()


def test_a_strangers_form_is_not_handed_on_to_be_pressed(
    lakeside: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sent here from another house, while the database is away: its words are not shown."""
    monkeypatch.setattr(SessionStore, "load", gone)
    stranger = Client(enforce_csrf_checks=True, raise_request_exception=False)
    stranger.cookies["session"] = "x" * 32
    page = stranger.post("/clinic/people/invite/", {"name": "Words of a stranger"})
    assert page.status_code == 503
    assert "Words of a stranger" not in page.content.decode()


def test_the_session_that_cannot_be_kept_takes_no_answers_along(
    lakeside: Cast, browser_of: BrowserOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full: the page that carries what was typed is handed out all the same."""
    occasion = give(lakeside, "ana", "phq-9", at=NOW)
    ana = browser_of("ana")
    ana.raise_request_exception = False
    monkeypatch.setattr(assessments, "submit", gone)
    monkeypatch.setattr(SignedIn, "save", gone)
    page = ana.post(f"/me/answers/{occasion.pk}/", DANGER)
    assert page.status_code == 503
    assert fields_of(page) == DANGER


def test_no_password_comes_back_in_a_page(
    lakeside: Cast, browser_of: BrowserOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither at the doors, nor the key to a lock that came along with a form."""
    occasion = give(lakeside, "ana", "phq-9", at=NOW)
    key, ana = "a long and private sentence", browser_of("ana")
    ana.raise_request_exception = False
    monkeypatch.setattr(SessionStore, "load", gone)
    at_the_door = ana.post("/account/sign-in/", {"login": "ana-at-home", "password": key})
    at_the_lock = ana.post(f"/me/answers/{occasion.pk}/", {**DANGER, "unlock_password": key})
    assert (at_the_door.status_code, at_the_lock.status_code) == (503, 503)
    assert key not in at_the_door.content.decode() + at_the_lock.content.decode()
    assert fields_of(at_the_door) == {}
    assert fields_of(at_the_lock) == DANGER
