"""Bad rows are named with their line, the good ones are judged, and the exit code says so."""

import json

import pytest
from click.testing import CliRunner, Result

from waymark.interfaces.cli.analyst.commands.analyze import analyze

GOOD = "ana,phq-9,2026-01-05,18\nana,phq-9,2026-03-05,7\n"
HEAD = "client,instrument,date,score\n"


def run(data: str | bytes, *options: str) -> Result:
    text = data.encode() if isinstance(data, str) else data
    return CliRunner().invoke(analyze, ["-", "--format", "json", *options], input=text)


def judged(result: Result) -> list[tuple[str, int]]:
    return [(one["client"], one["n"]) for one in json.loads(result.stdout)]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("ben,phq-9,2026-01-05,abc", "score 'abc' is not a number"),
        ("ben,phq-9,2026-01-05,nan", "score 'nan' is not a number"),
        ("ben,phq-9,2026-01-05,inf", "score 'inf' is not a number"),
        ("ben,phq-9,2026-01-05,1_0", "score '1_0' is not a number"),
        ("ben,phq-9,2026-01-05,1e1", "score '1e1' is not a number"),
        ("ben,phq-9,2026-01-05,٣", "score '٣' is not a number"),
        ('ben,phq-9,2026-01-05,"12,5"', "write decimals with a point: 12.5"),
        ("ben,phq-9,2026-01-05,28", "score 28 is outside PHQ-9's range of 0 to 27"),
        ("ben,phq-9,2026-01-05,-1", "score -1 is outside"),
        ("ben,phq-9,2026-01-05,", "score is empty"),
        ("ben,phq-9,2026-01-05", "score is empty"),
        (",phq-9,2026-01-05,12", "client is empty"),
        ("  ,phq-9,2026-01-05,12", "client is empty"),
        ("ben,,2026-01-05,12", "instrument is empty"),
        ("ben,phq-9,,12", "date is empty"),
        ("ben,phq-9,2026-02-30,12", "date '2026-02-30' is not a day that exists"),
        ("ben,phq-9,05/01/2026,12", "written like 2026-06-02"),
        ("ben,phq-9,20260105,12", "written like 2026-06-02"),
        ("ben,phq-9,2026-01-05T25:00,12", "not a day that exists"),
        ("ben,phq-9,2026-01-05,12,extra", "5 cells, but the first line names 4 columns"),
        ("ben,phq9x,2026-01-05,12", "instrument 'phq9x' is not in the library. Did you mean phq-9"),
        ("ben,bdi,2026-01-05,12", "give --reliability and --better"),
        ("ben,phq-4/joy,2026-01-05,12", "has no scale 'joy'"),
        ("ben,-,2026-01-05,12", "instrument '-' is not in the library"),
        ('ben,"phq"-9,2026-01-05,12', "expected after"),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_judged(row, reason):
    result = run(HEAD + GOOD + row + "\n")
    assert result.exit_code == 1
    assert result.stderr.startswith("standard input, line 4: ")
    assert reason in result.stderr
    assert "1 of 3 rows left out." in result.stderr
    assert judged(result) == [("ana", 2)]


def test_bad_rows_stand_in_the_order_of_their_lines():
    bad = ("ben,phq-9,2026-01-05,99", "ben,bdi,2026-01-05,12", ",phq-9,2026-01-05,3")
    lines = run(f"{HEAD}{bad[0]}\n{GOOD}{bad[1]}\n{bad[2]}\n").stderr.splitlines()
    assert [line.split(":")[0] for line in lines] == [
        "standard input, line 2",
        "standard input, line 5",
        "standard input, line 6",
        "3 of 5 rows left out.",
    ]


def test_a_session_is_a_whole_number():
    head = "client,instrument,session,score\n"
    good = "ana,phq-9,1,18\nana,phq-9,2,7\n"
    for bad in ("first", "1.5", "-1", "²", "99999999999"):
        result = run(f"{head}{good}ana,phq-9,{bad},7\n")
        assert result.exit_code == 1
        assert f"session '{bad}' is not a whole number" in result.stderr
        assert judged(result) == [("ana", 2)]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("client,instrument,date", "no column score. Columns found: client, instrument, date"),
        ("name,value", "no column client and no column instrument and no column score"),
        ("client,instrument,score", "no column date or session"),
        ("client,instrument,date,score,score", "the column 'score' stands there twice"),
        ("client,instrument,date,score,note,Note", "the column 'note' stands there twice"),
        (",,", "Columns found: none"),
        ("x" * 200_000, "Columns found: none"),
    ],
)
def test_columns_that_are_missing_or_double_are_named(head, said):
    result = run(f"{head}\n{GOOD}")
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff"])
def test_an_empty_file_says_what_it_should_hold(text):
    result = run(text)
    assert result.exit_code == 2
    assert "Its first line names the columns: client, instrument" in result.stderr


@pytest.mark.parametrize("text", [HEAD, HEAD + "\n , , ,\n", HEAD + "ben,phq-9,2026-01-05,x\n"])
def test_nothing_to_judge_ends_with_2(text):
    result = run(text)
    assert result.exit_code == 2
    assert "no row could be judged" in result.stderr
    assert result.stdout == ""


def test_every_row_read_ends_with_0():
    assert run(HEAD + GOOD).exit_code == 0
    assert run(HEAD + "ana,phq-9,2026-01-05,18\n").exit_code == 0  # too early is an answer


def test_wrong_encoding_names_the_byte_and_the_remedy():
    data = (HEAD + "Zoé,phq-9,2026-01-05,18\n").encode("latin-1")
    result = run(data)
    assert result.exit_code == 2
    assert "byte 0xe9 at position 31 (line 2)" in result.stderr
    assert "iconv -f WINDOWS-1252 -t UTF-8" in result.stderr


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_spreadsheets_unicode_text_is_told_apart(encoding):
    result = run((HEAD + GOOD).encode(encoding))
    assert result.exit_code == 2
    assert "iconv -f UTF-16" in result.stderr


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + HEAD + GOOD,
        (HEAD + GOOD).replace(",", ";"),
        (HEAD + GOOD).replace(",", "\t"),
        (HEAD + GOOD).replace("\n", "\r\n"),
        (HEAD + GOOD).replace("\n", "\r"),
        (HEAD + GOOD).rstrip("\n"),
        "\n\n" + HEAD + "\n" + GOOD + "\n,,,\n",
        " Client , INSTRUMENT,Date ,Score\n" + GOOD,
        "score,date,client,instrument\n18,2026-01-05,ana,phq-9\n7,2026-03-05,ana,phq-9\n",
        "client,instrument,date,score,,\n" + GOOD,
        HEAD + GOOD.replace("\n", ",,\n"),
        HEAD + " ana , phq-9 ,2026-01-05, 18 \n" + '"ana","phq-9","2026-03-05","7"\n',
        "client,instrument,date,session,score\nana,phq-9,2026-01-05,2,18\nana,phq-9,2026-03-05,1,7\n",
        "client,instrument,date,score,note\n"
        'ana,phq-9,2026-01-05,18,"two\nlines, and; a comma"\nana,phq-9,2026-03-05,7,\u2028\n',
        HEAD + GOOD.replace("2026-01-05", "2026-01-05T09:30:00+01:00").replace("18", "+18.0"),
    ],
)
def test_files_as_people_have_them_are_read(text):
    result = run(text)
    assert (result.exit_code, result.stderr) == (0, "")
    (one,) = json.loads(result.stdout)
    assert (one["client"], one["first"], one["last"]) == ("ana", 18, 7)


def test_a_quotation_mark_that_is_never_closed_costs_only_its_line():
    text = (
        HEAD
        + "ana,phq-9,2026-01-05,18\n"
        + 'ben,"phq-9,2026-01-05,12\n'
        + "ana,phq-9,2026-03-05,7\n"
    )
    result = run(text)
    assert result.exit_code == 1
    assert "line 3: a quotation mark is opened and never closed" in result.stderr
    assert judged(result) == [("ana", 2)]


def test_a_line_is_counted_where_its_row_begins():
    text = (
        "client,instrument,date,score,note\n"
        'ana,phq-9,2026-01-05,18,"one\ntwo\nthree"\n'
        "ana,phq-9,2026-03-05,bad,\n"
        "ana,phq-9,2026-03-05,7,\n"
    )
    assert "standard input, line 5: score 'bad'" in run(text).stderr


def test_a_score_of_no_size_is_refused():
    text = HEAD + GOOD.replace("phq-9", "own") + f"ana,own,2026-04-05,{'9' * 400}\n"
    result = run(text, "--reliability", ".8", "--sd", "5", "--better", "lower")
    assert result.exit_code == 1
    assert "is too large" in result.stderr


@pytest.mark.parametrize("given", [("--reliability", ".8"), ("--better", "lower"), ()])
def test_an_unknown_measure_needs_its_reliability_and_its_direction(given):
    """A guessed direction would call a worsening progress."""
    result = run(HEAD + GOOD.replace("phq-9", "own"), "--sd", "5", *given)
    assert result.exit_code == 2
    assert "give --reliability and --better" in result.stderr


def test_unknown_instruments_leave_the_known_ones_alone():
    result = run(HEAD + GOOD + "ana,bdi,2026-01-05,30\nana,bdi,2026-03-05,12\n")
    assert result.exit_code == 1
    assert judged(result) == [("ana", 2)]


def test_many_scores_of_one_client():
    rows = "".join(f"ana,phq-9,{session},{session % 28}\n" for session in range(1000))
    result = run("client,instrument,session,score\n" + rows)
    assert judged(result) == [("ana", 1000)]
