"""The few pages about no record: help, leaving, home, and whether the house stands."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.db import OperationalError, connections
from django.test import Client

from tests.cast import Cast
from tests.interfaces.accounts.doing import Browser
from waymark.interfaces.accounts import public_pages
from waymark.interfaces.endpoint import now
from waymark.library.lines import LINES
from waymark.record.fingerprint import queries
from waymark.record.fingerprint.actions import introduce
from waymark.record.fingerprint.models import Fingerprint
from waymark.record.outbox.actions import beat
from waymark.record.people import actions as people
from waymark.record.tenancy.models import Clinic

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


@contextmanager
def no_database() -> Iterator[None]:
    """Every question to a database is answered with an error."""

    def refuse(*_: Any) -> Any:
        raise OperationalError("disk I/O error")

    with ExitStack() as held:
        for connection in connections.all():
            held.enter_context(connection.execute_wrapper(refuse))
        yield


# Help


def test_help_names_the_lines_of_the_clinic_to_anybody(browser: Browser) -> None:
    page = browser.opens("/help-now/").content.decode()
    assert 'href="tel:988"' in page
    assert 'href="tel:911"' in page
    assert "Lakeside Counseling" in page


SEEN = {line.region for line in LINES.values() if line.verified_on} | {"ANY"}
UNSEEN = min(line.region for line in LINES.values() if line.region not in SEEN)


@pytest.mark.parametrize("region", ["", "ZZ", "us", "'; DROP", UNSEEN])
def test_help_is_never_empty_whatever_is_asked(browser: Browser, region: str) -> None:
    page = browser.opens("/help-now/", query_params={"region": region}).content.decode()
    assert 'href="tel:988"' in page


def test_a_clinic_elsewhere_shows_the_lines_it_has_confirmed(
    browser: Browser, lakeside: Cast
) -> None:
    Clinic.objects.update(region=UNSEEN)
    held = [line for line in LINES.values() if line.region == UNSEEN]
    people.confirm_line(
        lakeside.clinic,
        line=held[0].id,
        hours="24 hours, every day",
        by=lakeside.viewer("ada"),
        at=browser.now,
    )
    page = browser.opens("/help-now/", query_params={"region": UNSEEN}).content.decode()
    assert held[0].name in page
    assert [line.name for line in held[1:] if line.name in page] == []


def test_another_region_can_be_asked_for(browser: Browser) -> None:
    page = browser.opens("/help-now/", query_params={"region": "GB"}).content.decode()
    assert '<option value="GB" selected>United Kingdom</option>' in page
    assert 'href="tel:999"' in page
    assert 'href="tel:988"' not in page


def test_help_is_there_when_the_database_is_not(browser: Browser) -> None:
    browser.signs_in("ana-at-home")
    with no_database():
        page = browser.opens("/help-now/")
    assert page.status_code == 200
    assert 'href="tel:988"' in page.content.decode()


def test_help_is_there_behind_a_lock_and_with_no_session_and_for_no_script(
    browser: Browser,
) -> None:
    browser.signs_in("ana-at-home")
    browser.opens("/leave/")
    page = browser.opens("/help-now/")
    assert page.status_code == 200
    assert b"<script" not in page.content.split(b"<main")[1]


# Leaving


def test_leaving_shows_a_page_that_says_nothing_and_locks(browser: Browser) -> None:
    browser.signs_in("ana-at-home")
    page = browser.opens("/leave/", follow=True)
    text = page.content.decode()
    assert page.redirect_chain == [("/quiet/", 302)]
    assert not {"Waymark", "Lakeside", "clinic", "sign"} & set(text.split())
    assert "<title>New page</title>" in text
    assert browser.opens("/me/").status_code == 401


def test_leaving_works_for_somebody_who_is_not_signed_in(browser: Browser) -> None:
    assert browser.opens("/leave/")["Location"] == "/quiet/"


def test_leaving_works_when_the_database_does_not(browser: Browser) -> None:
    browser.signs_in("ana-at-home")
    with no_database():
        assert browser.opens("/leave/")["Location"] == "/quiet/"
        assert browser.opens("/quiet/").status_code == 200


def test_an_autosave_under_way_does_not_take_the_lock_off_again(browser: Browser) -> None:
    browser.signs_in("ana-at-home")
    early = browser.client.session  # what a request that began before leaving had read
    early["seen_at"] += 1
    browser.opens("/leave/")
    with pytest.raises(UpdateError):
        early.save()
    assert browser.opens("/me/").status_code == 401


# Home


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("ana-at-home", "/me/"),
        ("ben@clinic.example", "/clinic/"),
        ("sue@clinic.example", "/clinic/"),
    ],
)
def test_home_is_the_page_of_ones_seat(browser: Browser, name: str, page: str) -> None:
    browser.signs_in(name)
    assert browser.opens("/")["Location"] == page


@pytest.mark.parametrize("name", ["ada@clinic.example", "dana@clinic.example"])
def test_home_of_the_office_is_a_page_they_may_open(browser: Browser, name: str) -> None:
    browser.signs_in(name)
    assert browser.opens("/", follow=True).status_code == 200


# Whether the house stands


def test_ready_names_what_is_not_well_and_nothing_else(browser: Browser, settings: Any) -> None:
    assert browser.opens("/readyz").content == b"not ready: worker\n"
    beat("somebody", at=browser.now)
    assert browser.opens("/readyz").content == b"ready\n"
    settings.WAYMARK_MASTER_KEY_FILE = "/nowhere/master.key"
    answer = browser.opens("/readyz")
    assert (answer.status_code, answer.content) == (503, b"not ready: key\n")


def test_ready_says_that_the_session_key_is_lost_while_it_serves(
    browser: Browser, settings: Any, tmp_path: Path
) -> None:
    beat("somebody", at=browser.now)
    settings.WAYMARK_SESSION_KEY_FOUND = True
    settings.WAYMARK_SESSION_KEY_FILE = tmp_path / "django.key"
    assert browser.opens("/readyz").content == b"not ready: session key\n"
    settings.WAYMARK_SESSION_KEY_FILE.write_text("there")
    assert browser.opens("/readyz").content == b"ready\n"


def test_ready_says_that_the_keyring_takes_no_key(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read, it is; the next client's key, and the next head of the log, would not be kept."""

    def takes_none() -> None:
        raise OperationalError("attempt to write a readonly database")

    beat("somebody", at=browser.now)
    monkeypatch.setattr(public_pages, "keyring_takes_writes", takes_none)
    assert browser.opens("/readyz").content == b"not ready: keyring\n"
    monkeypatch.setattr(queries, "keyring_takes_writes", takes_none)
    (told,) = queries.apart()
    assert "keyring" in told
    assert "cannot be written" in told


def test_sqlite_writes_no_number_on_a_file_that_takes_none(tmp_path: Path) -> None:
    """What the question rests on: it is a write, though nothing is changed."""
    sqlite3.connect(tmp_path / "one").execute("CREATE TABLE a (b)")
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        sqlite3.connect(f"file:{tmp_path / 'one'}?mode=ro", uri=True).execute(
            "PRAGMA user_version = 0"
        )


def test_ready_says_where_no_clinic_was_founded(db: None, fresh_keys: None) -> None:
    """The machine is well, and that is all: whether clients can come, the doctor says."""
    beat("somebody", at=now())
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ready, and no clinic yet\n")


def test_ready_says_when_the_worker_has_been_silent_for_two_minutes(
    browser: Browser, clock: Any
) -> None:
    beat("somebody", at=clock())
    clock.goes_on(seconds=119)
    assert browser.opens("/readyz").status_code == 200
    clock.goes_on(seconds=2)
    assert browser.opens("/readyz").content == b"not ready: worker\n"


def test_ready_says_when_the_worker_was_seen_in_the_future(browser: Browser, clock: Any) -> None:
    beat("somebody", at=clock() + timedelta(days=30))
    assert browser.opens("/readyz").content == b"not ready: clock, worker\n"


def test_ready_says_when_record_and_keyring_are_strangers(browser: Browser, clock: Any) -> None:
    beat("somebody", at=clock())
    introduce()
    assert browser.opens("/readyz").content == b"ready\n"
    Fingerprint.objects.update(session="of another key")
    assert browser.opens("/readyz").content == b"not ready: record, keyring and keys\n"


def test_ready_says_when_the_database_takes_no_writes(browser: Browser) -> None:
    with no_database():
        answer = browser.opens("/readyz")
        alive = browser.opens("/healthz")
    assert (answer.status_code, answer.content) == (503, b"not ready: database, worker\n")
    assert alive.content == b"ok\n"


def test_nobody_is_named_to_whoever_asks_whether_the_house_stands(
    another_browser: Callable[[], Browser],
) -> None:
    for path in ("/healthz", "/readyz"):
        assert "set-cookie" not in another_browser().opens(path).headers


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_told_under_any_name(db: None, path: str) -> None:
    """A watcher asks by the number of the machine; a page does not answer to that."""
    there = Client(headers={"host": "10.1.2.3:8000"})
    assert b"DisallowedHost" not in there.get(path).content
    assert there.get(path).status_code == (200 if path == "/healthz" else 503)
    assert there.get("/account/sign-in/").status_code == 400
