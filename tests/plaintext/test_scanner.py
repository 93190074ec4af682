"""The scanner finds a word in every shape that it claims to know, wherever the word stands."""

import base64
import gzip
import sqlite3
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.plaintext.scanner import Needles, scan, scan_bytes

WORD = "canary000001name"
OTHER = "312 555 0143"
NOISE = bytes(range(256)) * 3

SHAPES: dict[str, Callable[[str], bytes]] = {
    "utf-8": str.encode,
    "utf-16-le": lambda word: word.encode("utf-16-le"),
    "utf-16-be": lambda word: word.encode("utf-16-be"),
    "hex": lambda word: word.encode().hex().encode(),
    "HEX": lambda word: word.encode().hex().upper().encode(),
    "base64, first place": lambda word: base64.b64encode(f"{word} tail".encode()),
    "base64, second place": lambda word: base64.b64encode(f"?{word} tail".encode()),
    "base64, third place": lambda word: base64.b64encode(f"??{word} tail".encode()),
    "base64 of addresses": lambda word: base64.urlsafe_b64encode(f"~{word}~".encode()),
    "gzip": lambda word: gzip.compress(f"some words and {word}".encode()),
    "zlib": lambda word: zlib.compress(f"some words and {word}".encode()),
    "zlib, least": lambda word: zlib.compress(f"some words and {word}".encode(), 1),
    "zlib, best": lambda word: zlib.compress(f"some words and {word}".encode(), 9),
    "a session": lambda word: (
        b"." + base64.urlsafe_b64encode(zlib.compress(f'{{"typed":"{word}"}}'.encode() * 9))
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("word", [WORD, WORD.title(), OTHER])
def test_a_word_is_found_in_this_shape(shape: str, word: str) -> None:
    data = NOISE + b" " + SHAPES[shape](word) + b" " + NOISE
    found = {hit.canary for hit in scan_bytes(data, "a file", Needles([OTHER]))}
    assert found & {word.lower(), "canary"}


def test_where_there_is_nothing_nothing_is_found() -> None:
    sealed = [write("Ana " * 30) for write in SHAPES.values()]
    assert scan_bytes(NOISE.join(sealed), "a file", Needles([OTHER])) == set()


def test_a_canary_is_named_and_so_is_its_file(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "a.log").write_text(f"GET /?q={WORD} HTTP/1.1")
    found, files = scan(tmp_path, Needles())
    assert [(hit.file, hit.canary) for hit in found] == [("logs/a.log", WORD)]
    assert files == ["logs/a.log"]


def in_two_pieces(folder: Path) -> Path:
    """A database in which the word lies across the edge of two pages."""
    for after in range(600, 1200):  # pages are filled from the end
        file = folder / f"{after}.sqlite3"
        with sqlite3.connect(file) as base:
            base.execute("PRAGMA page_size = 512")
            base.execute("CREATE TABLE held (said TEXT)")
            base.execute("INSERT INTO held VALUES (?)", ["." * 600 + WORD + "." * after])
        base.close()
        if b"canary" not in file.read_bytes():
            return file
        file.unlink()
    raise AssertionError("no place was an edge")


def test_a_value_that_lies_in_pieces_is_found_too(tmp_path: Path) -> None:
    """No search of the file's bytes would see it."""
    file = in_two_pieces(tmp_path)
    found = {(hit.file, hit.canary) for hit in scan(tmp_path, Needles())[0]}
    assert found == {(f"{file.name} (values)", WORD)}


def test_a_letter_may_say_whom_it_goes_to_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "mail").mkdir()
    letter = tmp_path / "mail" / "1.log"
    letter.write_text(f"Subject: news\nTo: {WORD}@home.example\n\nSomething waits for you.\n")
    assert scan(tmp_path, Needles())[0] == set()
    letter.write_text(f"Subject: news\nTo: a@home.example\n\nDear {WORD}\n")
    assert {hit.canary for hit in scan(tmp_path, Needles())[0]} == {WORD}
