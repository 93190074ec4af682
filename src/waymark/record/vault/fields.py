"""Sealed model fields: JSON values that are stored as envelopes and opened when they are read."""

import json
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from django.db import models

from waymark.record.vault import openings
from waymark.record.vault.envelope import CellAddress, key_id_of, seal, unseal
from waymark.record.vault.keyring import Kind, Owner, key_by_id, key_for
from waymark.record.vault.privacy import Privacy

if TYPE_CHECKING:
    _Bytes = models.BinaryField[Any, Any]
else:
    _Bytes = models.BinaryField

SHORT = 64  # answers, scores, names
TEXT = 256  # a line or two
LONG = 1024  # what somebody wrote

# A colleague's name, a clinic's addresses: read on every page, and nothing of a patient's.
UNWATCHED = frozenset({Kind.ACCOUNT, Kind.CLINIC})


class HasSeat(Protocol):
    """A row whose values can be sealed: it knows its own id and whose it is."""

    id: UUID

    def sealed_for(self) -> Owner: ...


class Closed(bytes):
    """An envelope as it came from the table, not opened yet."""


class Unsealed(ValueError):
    """A sealed column was about to be written without passing through its row."""


class _Opener:
    """The attribute of a sealed field: opens the envelope on first reading, and keeps it open."""

    def __init__(self, field: "Sealed") -> None:
        self.field = field

    def __get__(self, row: Any, owner: type | None = None) -> Any:
        if row is None:
            return self
        name = self.field.attname
        if name not in row.__dict__:
            row.refresh_from_db(fields=[name])
        held = row.__dict__[name]
        if isinstance(held, Closed):
            held = row.__dict__[name] = self.field.open(row, held)
        return held

    def __set__(self, row: Any, value: Any) -> None:
        row.__dict__[self.field.attname] = value


class Sealed(_Bytes):
    """A JSON value sealed for its row.

    ``step`` is the padding, ``kind`` the class of its key, ``privacy`` what the value is.
    """

    def __init__(
        self,
        *,
        step: int = TEXT,
        kind: Kind = Kind.RECORD,
        privacy: Privacy = Privacy.WORDS,
        **given: Any,
    ) -> None:
        self.step, self.kind, self.privacy = step, Kind(kind), privacy
        super().__init__(**{"editable": False, **given})

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        name, path, args, given = super().deconstruct()
        return name or "", path, args, {**given, "step": self.step, "kind": self.kind.value}

    def contribute_to_class(
        self, cls: type[models.Model], name: str, private_only: bool = False
    ) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Opener(self))

    def from_db_value(self, value: Any, *_: Any) -> Closed | None:
        return None if value is None else Closed(bytes(value))

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, Closed):
            return value
        return self.seal(model_instance, value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is not None and not isinstance(value, Closed):
            raise Unsealed(f"{self.model.__name__}.{self.name} is written by saving its row")
        return super().get_db_prep_value(
            None if value is None else bytes(value), connection, prepared
        )

    def seal(self, row: HasSeat, value: Any) -> Closed:
        owner = row.sealed_for()
        key = key_for(owner, self.kind)
        plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        seat = self._seat(row, owner)
        return Closed(seal(plain, key_id=key.id, cipher=key.cipher, seat=seat, step=self.step))

    def open(self, row: HasSeat, envelope: bytes) -> Any:
        owner = row.sealed_for()
        if self.kind not in UNWATCHED:
            openings.note_opening(owner.id)
        key = key_by_id(key_id_of(envelope).hex(), owner=owner)
        return self.read(unseal(envelope, cipher=key.cipher, seat=self._seat(row, owner)))

    @staticmethod
    def read(plain: bytes) -> Any:
        """The value that was sealed, of its text."""
        return json.loads(plain.decode())  # faster than from bytes, whose encoding is guessed

    def _seat(self, row: HasSeat, owner: Owner) -> CellAddress:
        return CellAddress(
            clinic=str(owner.clinic),
            owner=str(owner.id),
            table=self.model._meta.db_table,
            column=self.attname,
            row=str(row.id),
        )
