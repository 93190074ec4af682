"""Pages that were only read: what they leave is stored at their end, together, or not at all."""

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from time import sleep
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError

from tests.cast import NOON, Cast
from waymark.access.vocabulary import Action
from waymark.record.audit import actions as audit
from waymark.record.audit import group_commit
from waymark.record.audit.group_commit import Page, Unstored, at_its_end, store
from waymark.record.audit.models import Line

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def read_by(lakeside: Cast, subject: UUID) -> None:
    audit.write_readings(
        Action.READ_SCORES, by=lakeside.viewer("ben"), at=NOON, subjects=[subject], reason="shown"
    )


def lines_about(subject: UUID) -> int:
    return Line.objects.filter(subject=subject).count()


def test_outside_a_page_a_line_stands_at_once(lakeside: Cast) -> None:
    subject = uuid4()
    read_by(lakeside, subject)
    assert lines_about(subject) == 1


def test_within_a_page_it_stands_at_the_end(lakeside: Cast) -> None:
    subject = uuid4()
    with at_its_end() as page:
        read_by(lakeside, subject)
        assert lines_about(subject) == 0
    store(page)
    assert lines_about(subject) == 1


def test_a_page_that_showed_nothing_asks_nothing(
    lakeside: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group_commit, "_store", lambda pages: pytest.fail("nothing to store"))
    with at_its_end() as page:
        pass
    store(page)


def test_what_cannot_be_stored_is_said(lakeside: Cast) -> None:
    with at_its_end() as page:
        read_by(lakeside, uuid4())
    page.beside["session"] = broken
    with pytest.raises(Unstored):
        store(page)


def test_nobody_fails_for_a_stranger(lakeside: Cast) -> None:
    """Two pages end at one moment; what one leaves cannot be stored."""
    well, ill = uuid4(), uuid4()
    pages = [page_of(lakeside, well), page_of(lakeside, ill)]
    pages[1].beside["session"] = broken
    group_commit._waiting.append(pages[0])
    with pytest.raises(Unstored):
        store(pages[1])
    assert (lines_about(well), lines_about(ill)) == (1, 0)


def test_a_connection_that_died_is_tried_once_more(
    lakeside: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, dies = group_commit._store, iter([True, False])
    monkeypatch.setattr(
        group_commit, "_store", lambda pages: broken() if next(dies) else real(pages)
    )
    subject = uuid4()
    store(page_of(lakeside, subject))
    assert lines_about(subject) == 1


def test_who_waits_at_the_same_moment_is_stored_in_one(
    lakeside: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four pages end while the disk is busy with another one: one commit for the four."""
    stored: list[int] = []

    def counted(pages: list[Page]) -> None:
        stored.append(len(pages))
        for page in pages:
            page.stored = True

    monkeypatch.setattr(group_commit, "_store", counted)
    with group_commit._turn:
        waiting = [Thread(target=store, args=[page_of(lakeside, uuid4())]) for _ in range(4)]
        for one in waiting:
            one.start()
        _until_waiting(4)
    for one in waiting:
        one.join()
    assert stored == [4]


def test_processes_take_turns_by_a_lock_of_the_kernel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process stores; who comes then has the turn once it is done, and no sooner."""
    here = SimpleNamespace(vendor="sqlite", settings_dict={"NAME": tmp_path / "record"})
    monkeypatch.setattr(group_commit, "connection", here)
    other, mine = os.open(tmp_path / "record-turn", os.O_CREAT | os.O_RDWR), Event()
    fcntl.flock(other, fcntl.LOCK_EX)

    def store_here() -> None:
        with group_commit._of_this_process():
            mine.set()

    waiting = Thread(target=store_here)
    waiting.start()
    assert not mine.wait(0.2)
    os.close(other)
    assert mine.wait(10)
    waiting.join()


def test_nobody_waits_for_a_process_that_hangs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group_commit, "MOST_ASKED", 3)
    other = os.open(tmp_path / "record-turn", os.O_CREAT | os.O_RDWR)
    fcntl.flock(other, fcntl.LOCK_EX)
    turn = group_commit._waited_for(str(tmp_path / "record-turn"))
    os.close(other)
    assert turn is not None
    os.close(turn)


def test_without_the_file_of_turns_the_database_alone_decides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk takes no new file. What is to be stored is tried, and its error is the page's."""
    here = SimpleNamespace(vendor="sqlite", settings_dict={"NAME": tmp_path / "gone" / "record"})
    monkeypatch.setattr(group_commit, "connection", here)
    with group_commit._of_this_process():
        tried = True
    assert tried


def page_of(lakeside: Cast, subject: UUID) -> Page:
    with at_its_end() as page:
        read_by(lakeside, subject)
    return page


def broken() -> None:
    raise DatabaseError("disk full")


def _until_waiting(many: int) -> None:
    for _ in _patience():
        if len(group_commit._waiting) == many:
            return
    pytest.fail("they did not come to wait")


def _patience() -> Iterator[None]:
    for _ in range(500):
        sleep(0.01)
        yield
