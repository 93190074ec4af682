"""Finds, makes and destroys data keys; holds opened ones for five minutes.

A data key is committed to the keyring before its first use: the keyring is a database of its own,
so its row stands even if the record's transaction is rolled back; such orphans are harmless.
"""

import os
import time
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from threading import Lock, Timer
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap, aes_key_wrap
from django.db import IntegrityError, transaction

from waymark.record.vault import master
from waymark.record.vault.envelope import Broken
from waymark.record.vault.models import DataKey, Tombstone, WrappingKey

KEYRING = "keyring"
NO_CLINIC = UUID(int=0)
HOLD_SECONDS = 300


class Kind(StrEnum):
    """Classes of data that are sealed, and shredded, apart from each other."""

    RECORD = "record"
    RISK = "risk"
    ACCOUNT = "account"
    CLINIC = "clinic"


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose key it is: a patient's or a clinic's within a clinic, or an account's in none."""

    id: UUID
    clinic: UUID


@dataclass(frozen=True, slots=True)
class Opened:
    """A data key ready for use."""

    id: bytes
    owner: Owner
    cipher: AESGCM
    until: float


class Shredded(Exception):
    """The key of this value was destroyed: it cannot be read, by anyone."""


_held: dict[str, Opened] = {}
_ids: dict[tuple[UUID, str], str] = {}
_lock = Lock()
_timer: Timer | None = None


def _forget_old() -> None:
    """Drop the keys whose time is over, and come back while any is left."""
    moment = time.monotonic()
    with _lock:
        for id in [id for id, one in _held.items() if one.until <= moment]:
            del _held[id]
        _come_back()


def _come_back() -> None:
    """One timer for all; a thread that nobody waits for when the process ends. Held: the lock."""
    global _timer
    _timer = None
    if _held:
        soonest = min(one.until for one in _held.values()) - time.monotonic()
        _timer = Timer(max(0.0, soonest), _forget_old)
        _timer.daemon = True
        _timer.start()


def forget() -> None:
    """Drop every opened key from this process."""
    global _timer
    with _lock:
        _held.clear()
        _ids.clear()
        if _timer is not None:
            _timer.cancel()
            _timer = None


def key_for(owner: Owner, kind: Kind) -> Opened:
    """The owner's key of this kind, made if there is none."""
    known = _ids.get((owner.id, kind))
    if known is not None:
        return key_by_id(known, owner=owner)
    row = DataKey.objects.using(KEYRING).filter(owner=owner.id, kind=kind).first()
    return _hold(row or _make(owner, kind), owner)


def key_by_id(id: str, *, owner: Owner) -> Opened:
    """The key that an envelope names, checked to be this owner's."""
    held = _held.get(id)
    if held is None or held.until < time.monotonic():
        row = DataKey.objects.using(KEYRING).filter(id=id).first()
        if row is None:
            raise Shredded(f"no data key {id}")
        held = _hold(row, owner)
    if held.owner != owner:
        raise Broken("the envelope names a key of somebody else")
    return held


def shred(owner: UUID, *, at: datetime) -> int:
    """Destroy every key of the owner and leave a tombstone; returns how many there were."""
    with transaction.atomic(using=KEYRING):
        gone, _ = DataKey.objects.using(KEYRING).filter(owner=owner).delete()
        Tombstone.objects.using(KEYRING).create(owner=owner, at=at)
    forget()
    return gone


def _make(owner: Owner, kind: Kind) -> DataKey:
    wrapped = aes_key_wrap(_wrapping_key(owner.clinic), os.urandom(master.BYTES))
    try:
        with transaction.atomic(using=KEYRING):
            return DataKey.objects.using(KEYRING).create(
                id=os.urandom(8).hex(),
                owner=owner.id,
                clinic=owner.clinic,
                kind=kind,
                wrapped=wrapped,
            )
    except IntegrityError:  # another process made it first
        return DataKey.objects.using(KEYRING).get(owner=owner.id, kind=kind)


def _wrapping_key(clinic: UUID) -> bytes:
    row = WrappingKey.objects.using(KEYRING).filter(clinic=clinic).first()
    return master.unwrap(bytes((row or _make_wrapping_key(clinic)).wrapped))


def _make_wrapping_key(clinic: UUID) -> WrappingKey:
    wrapped = master.wrap(os.urandom(master.BYTES))
    row, _ = WrappingKey.objects.using(KEYRING).get_or_create(
        clinic=clinic, defaults={"wrapped": wrapped, "master": master.name_of(master.current())}
    )
    return row


def _hold(row: DataKey, owner: Owner) -> Opened:
    if row.owner != owner.id or row.clinic != owner.clinic:
        raise Broken("the envelope names a key of somebody else")
    key = aes_key_unwrap(_wrapping_key(row.clinic), bytes(row.wrapped))
    opened = Opened(
        id=bytes.fromhex(row.id),
        owner=owner,
        cipher=AESGCM(key),
        until=time.monotonic() + HOLD_SECONDS,
    )
    with _lock:
        _held[row.id] = opened
        if _timer is None or not _timer.is_alive():  # a forked process has none of its own
            _come_back()
        _ids[(row.owner, row.kind)] = row.id
    return opened
