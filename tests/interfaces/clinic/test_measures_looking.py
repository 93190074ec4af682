"""What the rows of a file say of danger: read as far as they go, whatever else is wrong with them.

Each row holds "several days" at question 9 of a PHQ-9, and something for which it is left out.
"""

import codecs
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.interfaces.clinic.measures.hearing import _by_age
from waymark.interfaces.clinic.measures.looking import Spoken, spoken
from waymark.interfaces.clinic.sheet import MOST_BYTES
from waymark.record.tenancy.models import Patient

HEAD = "client,instrument,date,score,q1,q2,q9\n"
DAY = date(2025, 11, 2)

LEFT_OUT = {
    "no client": ",phq-9,2025-11-02,,1,1,1",
    "no day": "17,phq-9,,,1,1,1",
    "a day to come": "17,phq-9,2031-01-01,,1,1,1",
    "a day that is none": "17,phq-9,02.11.2025,,1,1,1",
    "another answer out of range": "17,phq-9,2025-11-02,,7,1,1",
    "another answer in words": "17,phq-9,2025-11-02,,often,1,1",
    "a score beside it": "17,phq-9,2025-11-02,14,1,1,1",
    "a question that is not there": "17,phq-9,2025-11-02,,1,1,1,1",
    "decimals": "17,phq-9,2025-11-02,,1,1,1.0",
    "its own words": "17,phq-9,2025-11-02,,1,1,Several days",
    "few cells": "17,phq-9,2025-11-02,,,,1",
    "another way to write the instrument": "17,PHQ 9,2025-11-02,,1,1,1",
}


def only(text: str | bytes) -> Spoken:
    (one,) = spoken(text.encode() if isinstance(text, str) else text)
    return one


@pytest.mark.parametrize("row", LEFT_OUT)
def test_a_row_says_what_it_says(row: str) -> None:
    one = only(HEAD + LEFT_OUT[row] + "\n")
    assert [(risk.item, risk.label) for risk in one.risks] == [("q9", "Several days")]
    assert one.line == 2


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (HEAD + '18,phq-9,"2025-11-02,,0,0,0\n17,phq-9,2025-11-02,,1,1,1\n', 3),  # a broken quote
        (HEAD + '18,phq-9,20"25"x,,0,0,0\n17,"phq-9",2025-11-02,,1,1,"1"\n', 3),
        ("instrument,date,q9\nphq-9,2025-11-02,1\n", 2),  # no column client
        ("client;instrument;date;q9\n17;phq-9;2025-11-02;1\n", 2),
        ("client,instrument,q9,q9\n17,phq-9,0,1\n", 2),  # a column twice: the graver answer
        ("\n\nclient,instrument,q9\n\n17,phq-9,1\n", 5),
        (HEAD + "18,phq-9,2025-11-02,3,,,\n" * 30_000 + "17,phq-9,2025-11-02,,,,1\n", 30_002),
        (HEAD.strip() + ",x" * 4_000 + "\n17,phq-9,2025-11-02,,1,1,1\n", 2),
    ],
)
def test_a_file_that_is_refused_is_read_all_the_same(text: str, line: int) -> None:
    one = only(text)
    assert (one.line, [risk.value for risk in one.risks]) == (line, [1])


@pytest.mark.parametrize(
    "data",
    [
        (HEAD + "Zoë,phq-9,2025-11-02,,1,1,1\n").encode("cp1252"),
        codecs.BOM_UTF16_LE + (HEAD + "Zoë,phq-9,2025-11-02,,1,1,1\n").encode("utf-16-le"),
        (HEAD + "Zoë\0,phq-9,2025-11-02,,1,1,1\n").encode(),
    ],
)
def test_signs_that_are_no_text_hide_nothing(data: bytes) -> None:
    assert [risk.value for risk in only(data).risks] == [1]


def test_a_calm_row_and_a_row_that_asks_of_nothing_say_nothing() -> None:
    rows = "17,phq-9,2025-11-02,,3,3,0\n17,gad-7,2025-11-02,,3,3,\n17,phq-9,2025-11-02,27,,,\n"
    assert spoken((HEAD + rows).encode()) == []


@pytest.mark.parametrize("cell", ["4", "-1", "yes", "?", "1-2"])
def test_an_answer_about_danger_that_cannot_be_read_is_for_a_person(cell: str) -> None:
    one = only(HEAD + f"17,phq-9,2025-11-02,,1,1,{cell}\n")
    assert one.risks == ()
    assert [text for _, text in one.unread] == [cell]


def test_the_day_comes_along_where_it_can_be_read() -> None:
    assert only(HEAD + "17,phq-9,2025-11-02,,1,1,1\n").day == DAY
    assert only(HEAD + LEFT_OUT["a day that is none"] + "\n").day is None


@given(st.binary(max_size=600))
def test_no_bytes_keep_it_from_looking(data: bytes) -> None:
    spoken(data)
    with suppress(UnicodeDecodeError):
        spoken((HEAD + data.decode()).encode())


def test_the_largest_file_is_looked_at_in_whole() -> None:
    row = "17,phq-9,2025-11-02,,,,1\n"
    count = (MOST_BYTES - len(HEAD)) // len(row)
    assert len(spoken((HEAD + row * count).encode())) == count


class Once(Spoken):
    """A row that is held against no other one."""

    def __eq__(self, other: object) -> bool:
        raise AssertionError("each row was held against all others")

    __hash__ = None  # type: ignore[assignment]


def test_rows_are_told_apart_by_their_age_without_holding_them_against_each_other() -> None:
    """A file of one client, all of it about danger, as long as a file may be."""
    row = only(f"{HEAD}17,phq-9,2025-11-02,,1,1,1")
    days = [None, *(DAY - timedelta(days=n) for n in range(60))]
    rows = [Once(n, "17", row.instrument, day, {}, ()) for n, day in enumerate(days)]
    patient = Patient(zone="America/Chicago")
    at = datetime(2025, 11, 2, 18, tzinfo=UTC)
    (new, recent), (old, past) = _by_age(patient, rows, at=at)
    assert (new, old) == (False, True)
    assert [one.line for one in recent] == list(range(32))  # without a day, and day 0 to day 30
    assert [one.line for one in past] == list(range(32, 61))
