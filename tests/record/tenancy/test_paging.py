"""A growing table, a page at a time: each row once, in order, whatever comes in meanwhile."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from tests.cast import NOON, Cast, looking
from waymark.record.tenancy.paging import leaf
from waymark.record.timeline.models import Remark

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def remark(cast: Cast, *, hours_ago: int) -> Remark:
    row = Remark(
        patient=cast.patients["ana"],
        clinic=cast.clinic,
        signal="level",
        instrument="phq-9",
        scale="total",
        last_score=uuid4(),
        made_at=NOON - timedelta(hours=hours_ago),
        body={"fits": True, "words": ""},
    )
    row.save(force_insert=True)
    return row


def through(*, size: int) -> list[list[Remark]]:
    """All pages, as somebody turns them."""
    pages, below = [], ""
    while True:
        held = leaf(Remark.objects.all(), below=below, size=size)
        pages.append(held.rows)
        if not held.older:
            return pages
        below = held.older


def test_every_row_stands_once_newest_first(lakeside: Cast) -> None:
    with looking():
        made = [remark(lakeside, hours_ago=n) for n in (5, 1, 3, 2, 4)]
        pages = through(size=2)
    assert [len(page) for page in pages] == [2, 2, 1]
    found = [row.pk for page in pages for row in page]
    assert found == [made[n].pk for n in (1, 3, 2, 4, 0)]


def test_rows_of_one_moment_are_neither_lost_nor_doubled(lakeside: Cast) -> None:
    """An import: seven rows of one moment, three to a page."""
    with looking():
        made = {remark(lakeside, hours_ago=2).pk for _ in range(7)}
        found = [row.pk for page in through(size=3) for row in page]
    assert len(found) == 7
    assert set(found) == made


def test_what_comes_in_meanwhile_moves_nothing(lakeside: Cast) -> None:
    with looking():
        for n in range(4):
            remark(lakeside, hours_ago=n + 1)
        first = leaf(Remark.objects.all(), size=2)
        remark(lakeside, hours_ago=0)
        second = leaf(Remark.objects.all(), below=first.older, size=2)
    assert not {row.pk for row in first.rows} & {row.pk for row in second.rows}
    assert len(second.rows) == 2


def test_a_last_page_that_is_full_has_nothing_older(lakeside: Cast) -> None:
    with looking():
        for n in range(2):
            remark(lakeside, hours_ago=n)
        assert leaf(Remark.objects.all(), size=2).older == ""


@pytest.mark.parametrize(
    "mark", ["nonsense", "~", "2026-03-02~x", "2026-99-02T00:00:00~" + "0" * 32]
)
def test_a_mark_that_was_changed_by_hand_is_the_first_page(lakeside: Cast, mark: str) -> None:
    with looking():
        made = remark(lakeside, hours_ago=1)
        assert [row.pk for row in leaf(Remark.objects.all(), below=mark).rows] == [made.pk]


def test_the_index_leads_to_the_place(lakeside: Cast) -> None:
    """No page reads the whole table, nor sorts it."""
    with looking():
        for n in range(40):
            remark(lakeside, hours_ago=n)
        rows = Remark.objects.filter(patient=lakeside.patients["ana"])
        first = leaf(rows, size=10)
        held = rows.order_by("-made_at", "-pk").filter(made_at__lte=first.rows[-1].made_at)
        if connection.vendor == "sqlite":
            plan = held[:11].explain()
            assert "newest_remarks" in plan
            assert "TEMP B-TREE FOR ORDER BY" not in plan
