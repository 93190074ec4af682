"""Blind indexes: the same name finds the same account, and the index gives no name away."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from waymark.record.vault import master
from waymark.record.vault.index import of_body, of_name, of_secret

ANA = uuid4()


@pytest.mark.parametrize(
    "written",
    ["ANA@Home.Example", "  ana@home.example ", "\uff41na@home.example", "ana\uff20home.example"],
    ids=["case", "spaces", "a full-width letter", "a full-width at sign"],
)
def test_a_name_is_found_however_it_was_typed(written: str) -> None:
    assert of_name(written) == of_name("ana@home.example")


def test_the_long_s_and_the_sharp_s_fold_as_unicode_says() -> None:
    assert of_name("Stra\u00dfe") == of_name("STRASSE")  # Unicode 15, default case folding


def test_other_names_have_other_indexes() -> None:
    assert len({of_name(name) for name in ("ana", "anna", "eli", "an a")}) == 4


def test_an_index_holds_128_bits_and_no_part_of_the_name() -> None:
    index = of_name("ana-at-home")
    assert len(bytes.fromhex(index)) == 16
    assert "ana" not in index


def test_names_and_secrets_are_indexed_apart() -> None:
    assert of_name("abc") != of_secret("abc")


def test_another_installation_has_other_indexes(tmp_path: Path, settings: Any) -> None:
    here = of_name("ana")
    master.make(tmp_path / "other.key")
    settings.WAYMARK_MASTER_KEY_FILE = str(tmp_path / "other.key")
    assert of_name("ana") != here


def test_a_body_is_recognized_in_any_order_of_its_parts() -> None:
    assert of_body({"a": 1, "b": 2}, owner=ANA) == of_body({"b": 2, "a": 1}, owner=ANA)


def test_another_body_or_another_owner_is_told_apart() -> None:
    bodies = [of_body({"q9": 0}, owner=ANA), of_body({"q9": 1}, owner=ANA)]
    bodies.append(of_body({"q9": 0}, owner=uuid4()))
    assert len(set(bodies)) == 3
