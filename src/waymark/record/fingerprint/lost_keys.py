"""Whose keys are not in the keyring, though the record holds something sealed with them.

Everybody who has a name here has a key: a keyring of another day lacks the keys of those who came
after it, and would be found out at the first page about one of them.
"""

from uuid import UUID

from django.db import transaction

from waymark.record.tenancy.models import Account, Patient
from waymark.record.tenancy.row_security import across_clinics
from waymark.record.tenancy.scope import everyone
from waymark.record.vault.keyring import KEYRING, Kind
from waymark.record.vault.models import DataKey, Tombstone

AT_ONCE = 500  # ids in one question: SQLite takes no list without end


def keys_lost(*, newest: int | None = None) -> set[UUID]:
    """Clients and accounts without a key, those whose key was destroyed apart; of so many of the
    newest, or of all."""
    with transaction.atomic(), across_clinics(), everyone("whether everybody's key is there"):
        clients = list(Patient.objects.order_by("-made_at").values_list("pk", flat=True)[:newest])
        people = list(Account.objects.order_by("-made_at").values_list("pk", flat=True)[:newest])
    return _without(clients, Kind.RECORD) | _without(people, Kind.ACCOUNT)


def _without(owners: list[UUID], kind: Kind) -> set[UUID]:
    keys, gone = DataKey.objects.using(KEYRING), Tombstone.objects.using(KEYRING)
    lost: set[UUID] = set()
    for start in range(0, len(owners), AT_ONCE):
        some = owners[start : start + AT_ONCE]
        held = set(keys.filter(owner__in=some, kind=kind).values_list("owner", flat=True))
        without = set(some) - held
        lost |= without - set(gone.filter(owner__in=without).values_list("owner", flat=True))
    return lost
