"""Opening many sealed values at once: each owner is noted once, each key is found once.

One by one, most of the time goes into finding whose a value is and where it sits; that is the same
for every row of one person and one column but the row itself.
"""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from waymark.record.vault import openings
from waymark.record.vault.envelope import CellAddress, key_id_of, unseal_at
from waymark.record.vault.fields import UNWATCHED, Closed, Sealed
from waymark.record.vault.keyring import Opened, Owner, key_by_id

Row = TypeVar("Row", bound=Any)


def open_all(rows: Iterable[Row], *names: str) -> list[Row]:
    """The rows, with these sealed columns opened. Raises as opening each of them would."""
    held = list(rows)
    for name in names:
        for owner, of_owner in _by_owner(held).items():
            _open(of_owner, name, owner)
    return held


def open_values(rows: QuerySet[Any], name: str, *, owner: Owner) -> list[tuple[UUID, Any]]:
    """Primary key and opened value of one sealed column, in the order of the rows.

    For looking through all that one person wrote: no row is built. A row of somebody else among
    them does not open.
    """
    field, before = _at(rows.model, name, owner)
    keys: dict[bytes, Opened] = {}
    return [
        (id, None if envelope is None else _opened(envelope, field, f"{before}{id}", owner, keys))
        for id, envelope in rows.values_list("pk", name)
    ]


def _by_owner(rows: Sequence[Row]) -> dict[Owner, list[Row]]:
    found: dict[Owner, list[Row]] = {}
    for row in rows:
        found.setdefault(row.sealed_for(), []).append(row)
    return found


def _open(rows: Sequence[Row], name: str, owner: Owner) -> None:
    field, before = _at(type(rows[0]), name, owner)
    keys: dict[bytes, Opened] = {}
    for row in rows:
        envelope = row.__dict__[name]
        if isinstance(envelope, Closed):
            row.__dict__[name] = _opened(envelope, field, f"{before}{row.id}", owner, keys)


def _at(table: Any, name: str, owner: Owner) -> tuple[Sealed, str]:
    """The column, and what the seats of the owner's rows in it have in common; it is noted."""
    field = table._meta.get_field(name)
    if not isinstance(field, Sealed):
        raise TypeError(f"{name} is not sealed")
    if field.kind not in UNWATCHED:
        openings.note_opening(owner.id)
    return field, CellAddress.before_row(
        str(owner.clinic), str(owner.id), table._meta.db_table, name
    )


def _opened(
    envelope: bytes, field: Sealed, seat: str, owner: Owner, known: dict[bytes, Opened]
) -> Any:
    id = key_id_of(envelope)
    if id not in known:
        known[id] = key_by_id(id.hex(), owner=owner)
    return field.read(unseal_at(envelope, cipher=known[id].cipher, where=CellAddress.written(seat)))
