"""One sealed value: it opens whole, in its own seat, with its own key; its length tells nothing."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from waymark.record.vault.envelope import (
    HEAD,
    Broken,
    CellAddress,
    key_id_of,
    padded,
    seal,
    unpadded,
    unseal,
)

KEY_ID = bytes.fromhex("0123456789abcdef")
CIPHER = AESGCM(b"k" * 32)
SEAT = CellAddress(clinic="lakeside", owner="ana", table="answers", column="q9", row="row-1")


def sealed(plain: bytes, *, step: int = 64) -> bytes:
    return seal(plain, key_id=KEY_ID, cipher=CIPHER, seat=SEAT, step=step)


def test_a_value_opens_in_its_own_seat() -> None:
    assert unseal(sealed(b"Several days"), cipher=CIPHER, seat=SEAT) == b"Several days"


@pytest.mark.parametrize("part", ["clinic", "owner", "table", "column", "row"])
def test_it_opens_in_no_other_seat(part: str) -> None:
    with pytest.raises(Broken, match="this row"):
        unseal(sealed(b"3"), cipher=CIPHER, seat=replace(SEAT, **{part: "another"}))


def test_it_opens_with_no_other_key() -> None:
    with pytest.raises(Broken):
        unseal(sealed(b"3"), cipher=AESGCM(b"x" * 32), seat=SEAT)


def test_one_changed_bit_is_seen_wherever_it_is() -> None:
    whole = sealed(b"3")
    for place in range(HEAD - 12, len(whole)):  # nonce, ciphertext and tag
        changed = bytearray(whole)
        changed[place] ^= 1
        with pytest.raises(Broken):
            unseal(bytes(changed), cipher=CIPHER, seat=SEAT)


def test_an_envelope_names_its_key() -> None:
    assert key_id_of(sealed(b"3")) == KEY_ID


@pytest.mark.parametrize(
    "bad",
    [b"", b"\x01\x01too short", b"\x02\x01" + bytes(60), b"\x01\x02" + bytes(60)],
    ids=["empty", "cut off", "another version", "another algorithm"],
)
def test_what_is_no_envelope_is_refused(bad: bytes) -> None:
    with pytest.raises(Broken, match="known version"):
        key_id_of(bad)


def test_the_length_does_not_tell_which_answer_was_given() -> None:
    lengths = {len(sealed(str(value).encode())) for value in (0, 3, 27, 3333, None)}
    assert len(lengths) == 1


@pytest.mark.parametrize("step", [64, 256, 1024])
def test_a_value_grows_by_whole_steps(step: int) -> None:
    sizes = [len(padded(b"w" * n, step=step)) for n in (0, step - 1, step, step + 1)]
    assert sizes == [step, step, 2 * step, 2 * step]


@given(st.binary(max_size=200) | st.sampled_from([b"\x80", b"\x80\x00", b"\x00\x80\x00\x00"]))
def test_padding_comes_off_whatever_was_padded(plain: bytes) -> None:
    assert unpadded(padded(plain, step=64)) == plain


def test_the_same_value_is_never_sealed_alike() -> None:
    assert len({sealed(b"0") for _ in range(100)}) == 100
