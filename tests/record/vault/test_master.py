"""The master key: made once, for its owner's eyes, and missed with words that help."""

import stat
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap

from waymark.record.vault import master


def test_a_new_key_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "master.key"
    master.make(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert len(master.read(path)) == 32


def test_two_keys_are_never_alike(tmp_path: Path) -> None:
    for name in ("a", "b"):
        master.make(tmp_path / name)
    assert master.read(tmp_path / "a") != master.read(tmp_path / "b")


def test_a_key_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    master.make(path)
    before = path.read_text()
    with pytest.raises(FileExistsError):
        master.make(path)
    assert path.read_text() == before


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Path:
    settings.WAYMARK_HOME = tmp_path
    return tmp_path


def keeps_something(home: Path) -> None:
    (home / "keyring").mkdir()
    (home / "keyring" / "keyring.sqlite3").write_text("something")


def test_a_missing_key_is_said_with_its_place_and_the_remedy(home: Path) -> None:
    """Nothing kept yet: a new one does. Something kept: only the old one opens it."""
    file = home / "nowhere.key"
    with pytest.raises(master.NoMasterKey, match=r"nowhere.key.*`waymark init`"):
        master.read(file)
    keeps_something(home)
    with pytest.raises(master.NoMasterKey, match=r"nowhere.key.*recovery copy") as caught:
        master.read(file)
    assert "waymark init" not in str(caught.value)


BAD = [b"", b"5f" * 31, b"5f" * 33, b"no hexadecimal at all", b"\xff\xfe\x81" * 20]


@pytest.mark.parametrize("written", BAD)
def test_a_file_that_holds_no_key_is_refused(home: Path, written: bytes) -> None:
    path = home / "bad.key"
    path.write_bytes(written)
    with pytest.raises(master.NoMasterKey, match="Remove it and run `waymark init`"):
        master.read(path)
    keeps_something(home)
    with pytest.raises(master.NoMasterKey, match="put the recovery copy back"):
        master.read(path)


def test_the_refusal_does_not_print_what_the_file_holds(tmp_path: Path) -> None:
    path = tmp_path / "bad.key"
    path.write_text("ab" * 31)
    with pytest.raises(master.NoMasterKey) as caught:
        master.read(path)
    assert "abab" not in str(caught.value)


def test_a_wrapped_key_opens_with_the_same_master_key_only(tmp_path: Path, settings: Any) -> None:
    wrapped = master.wrap(b"k" * 32)
    assert master.unwrap(wrapped) == b"k" * 32
    master.make(tmp_path / "other.key")
    settings.WAYMARK_MASTER_KEY_FILE = str(tmp_path / "other.key")
    with pytest.raises(InvalidUnwrap):
        master.unwrap(wrapped)


def test_each_purpose_has_a_key_of_its_own() -> None:
    keys = {master.derived(purpose) for purpose in ("sign-in names", "invitations", "audit chain")}
    assert len(keys) == 3
    assert master.current() not in keys


def test_a_master_key_is_told_apart_by_a_name_that_gives_nothing_away() -> None:
    key = master.current()
    assert master.name_of(key) != master.name_of(bytes(32))
    assert key.hex()[:8] not in master.name_of(key)
