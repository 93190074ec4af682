"""Files of past scores: what is read, whose it is, and what each unusable row is told."""

import tracemalloc
from contextlib import suppress
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.interfaces.clinic.measures.matching import Person, matched, packed, unpacked
from waymark.interfaces.clinic.measures.reading import ImportRow, read
from waymark.interfaces.clinic.sheet import BadSheet
from waymark.interfaces.clinic.sheet import read as read_sheet

TODAY = date(2026, 3, 2)
CHICAGO = "America/Chicago"
ANA = Person(UUID(int=1), "Ana Brook", "17", CHICAGO)
ELI = Person(UUID(int=2), "Eli Moor", "18", CHICAGO)
SECOND_ELI = Person(UUID(int=3), "Eli Moor", "19", CHICAGO)
PEOPLE = [ANA, ELI]


def faults_of(text: str) -> dict[int, str]:
    """What each unusable row of a file is told, by line."""
    reading = read(text.encode(), today=TODAY)
    found = matched(reading.rows, PEOPLE)
    return {fault.line: fault.reason for fault in (*reading.faults, *found.faults)}


def rows_of(text: str) -> list[ImportRow]:
    return list(read(text.encode(), today=TODAY).rows)


def test_totals_and_answers_stand_in_one_file() -> None:
    first, second = rows_of(
        "client,instrument,date,score,q1,q2\n"
        "17,PHQ-9,2025-11-02,14,,\n"
        "Eli Moor,gad2,2025-11-03,,1,2\n"
    )
    assert (first.line, first.instrument, first.scale, first.value) == (2, "phq-9", "total", 14.0)
    assert (second.line, second.instrument, second.value) == (3, "gad-2", None)
    assert second.answers == {"q1": 1, "q2": 2}


def test_an_answer_that_is_not_there_is_unanswered() -> None:
    (row,) = rows_of("client,instrument,date,q1\n17,phq-2,2025-11-02,3\n")
    assert row.answers == {"q1": 3, "q2": None}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_spreadsheets_write_it_in_their_own_way(separator: str, newline: str) -> None:
    lines = [["Client", "Instrument", "Date", "Score"], ["17", "phq-9", "2025-11-02", "14"]]
    text = newline.join(separator.join(cells) for cells in lines)
    (row,) = rows_of("\ufeff" + text)
    assert (row.client, row.value) == ("17", 14.0)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (",phq-9,2025-11-02,14,", "names no client"),
        ("17,phq-7,2025-11-02,14,", "no instrument of this library"),
        ("17,phq-9,11/02/2025,14,", "Write days like 2026-06-02"),
        ("17,phq-9,2025-02-30,14,", "Write days like 2026-06-02"),
        ("17,phq-9,2026-03-03,14,", "in the future"),
        ("17,phq-9,2025-11-02,28,", "outside 0 to 27"),
        ("17,phq-9,2025-11-02,-1,", "outside 0 to 27"),
        ("17,phq-9,2025-11-02,fourteen,", "no number"),
        ("17,phq-9,2025-11-02,,", "neither a score nor answers"),
        ("17,phq-9,2025-11-02,14,mood", "no scale mood. It has: total"),
        ("17,c-ssrs,2025-11-02,2,", "Bring in its answers"),
        ("nobody,phq-9,2025-11-02,14,", "no client of yours"),
        ("17,phq-9,2025-11-02,14,,,more", "more cells than the 5 columns"),
    ],
)
def test_a_bad_row_is_told_its_line_and_its_remedy(row: str, told: str) -> None:
    found = faults_of(f"client,instrument,date,score,scale\n18,phq-9,2025-11-01,3,\n{row}\n")
    assert list(found) == [3]
    assert told in found[3]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("17,phq-2,2025-11-02,,4,0,", "q1: 4 is not one of its answers. Give 0, 1, 2 or 3"),
        ("17,phq-2,2025-11-02,,often,0,", "q1: often is no whole number"),
        ("17,phq-2,2025-11-02,,1.0,0,", "no whole number"),
        ("17,phq-2,2025-11-02,,1,1,1", "q3: PHQ-2 has no such item"),
        ("17,phq-2,2025-11-02,2,1,1,", "both a score and answers"),
    ],
)
def test_answers_are_looked_at_one_by_one(row: str, told: str) -> None:
    found = faults_of(f"client,instrument,date,score,q1,q2,q3\n{row}\n")
    assert told in found[2]


def test_a_decimal_comma_is_named() -> None:
    assert "12.5" in faults_of("client;instrument;date;score\n17;maas;2025-11-02;3,5\n")[2]


def test_one_day_has_one_truth() -> None:
    found = faults_of(
        "client,instrument,date,score,q1,q2\n"
        "17,phq-2,2025-11-02,3,,\n"
        "Ana Brook,phq-2,2025-11-02,3,,\n"
        "17,phq-2,2025-11-02,4,,\n"
        "17,phq-2,2025-11-02,,1,2\n"
        "17,phq-2,2025-11-09,4,,\n"
    )
    assert found.keys() == {3, 4, 5}
    assert found[3] == "It says the same as line 2."
    assert found[4].startswith("Line 2 says otherwise")
    assert found[5].startswith("Line 2 says otherwise")


def test_two_scales_of_one_instrument_are_no_contradiction() -> None:
    text = "client,instrument,date,scale,score\n17,phq-4,2025-11-02,anxiety,3\n"
    assert faults_of(text + "17,phq-4,2025-11-02,depression,4\n") == {}


def test_a_name_that_two_clients_share_needs_a_number() -> None:
    rows = rows_of("client,instrument,date,score\nEli Moor,phq-9,2025-11-02,3\n")
    found = matched(rows, [ANA, ELI, SECOND_ELI])
    assert not found.rows
    assert "the name of 2 clients" in found.faults[0].reason


def test_a_number_goes_before_a_name() -> None:
    rows = rows_of("client,instrument,date,score\n17,phq-9,2025-11-02,3\n")
    named = Person(UUID(int=9), "17", "", CHICAGO)
    assert matched(rows, [named, ANA]).rows[0][1] == ANA


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        ("Zoë".encode("utf-16"), "Line 1"),
        (b"client,instrument,date,score\nAm\xe9lie,phq-9,2025-11-02,3\n", "Line 2"),
        (b"a\0b,c\n", "zero byte"),
        (b"name,instrument,date,score\n", "no column client"),
        (b"client,instrument,date,value\n17,phq-9,2025-11-02,3\n", "no column score"),
        (b"client,instrument,date,score,score\n", "score stands there twice"),
        (b"client,instrument,date,score\n", "no rows below"),
        (b'client,instrument,date,score\n17,"phq-9,2025-11-02,3\n18,x\n', "From line 2"),
        (b"x" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
        (b"client,instrument,date,score\n" + b"1,2,3,4\n" * 20_001, "more than 20,000 rows"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, told: str) -> None:
    with pytest.raises(BadSheet, match=told):
        read(data, today=TODAY)


def test_a_cell_over_two_lines_keeps_the_count() -> None:
    sheet = read_sheet(b'client,date\n\n"17\nb",x\n18,y\n', needs=["client"])
    assert [line.number for line in sheet.lines] == [3, 5]


def test_the_form_carries_rows_without_loss() -> None:
    rows = rows_of(
        "client,instrument,date,score,q1,q2\n"
        "17,phq-9,2025-11-02,14,,\n18,gad-2,2025-11-03,,1,\n17,maas,2025-11-04,3.5,,\n"
    )
    found = matched(rows, PEOPLE)
    carried = unpacked(packed(found.rows))
    kept = [(row.instrument, row.day, row.scale, row.value, row.answers) for row in rows]
    back = [
        (row.instrument, row.day, row.scale, row.value, row.answers)
        for row in (*carried[ANA.id], *carried[ELI.id])
    ]
    assert sorted(map(str, back)) == sorted(map(str, kept))


@given(st.text() | st.sampled_from(["[]", "[[],[[]]]", '[["x"],[]]', "[[],[[1,0]]]", "[1,2]"]))
def test_a_preview_that_came_back_changed_is_refused(text: str) -> None:
    with suppress(BadSheet):
        assert unpacked(text) == {}


@given(st.binary(max_size=400))
def test_no_bytes_bring_it_down(data: bytes) -> None:
    with suppress(BadSheet):
        read(b"client,instrument,date,score,q1\n" + data, today=TODAY)


# A file is bounded by what it costs, not by its bytes


@pytest.mark.parametrize(
    ("columns", "rows", "told"),
    [
        (18_000, 1, "300 are the most"),  # each column was once compared with each other
        (8_000, 4_000, "300 are the most"),
        (290, 4_000, "more than 1,724 rows"),  # each row is held with all of its columns
        (5, 20_001, "more than 20,000 rows"),
    ],
)
def test_columns_and_rows_are_bounded_by_what_they_cost_together(
    columns: int, rows: int, told: str
) -> None:
    names = ["client", "instrument", "date", "score", *(f"c{n}" for n in range(columns - 4))]
    data = (",".join(names) + "\n" + "1\n" * rows).encode()
    assert len(data) < 256 * 1024
    tracemalloc.start()
    with pytest.raises(BadSheet, match=told):
        read(data, today=TODAY)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 100 * 1024 * 1024
