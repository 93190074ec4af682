"""Data keys: whose they are, when they are made, how long they are held, and how they end."""

import time
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from tests.cast import NOON, Cast, looking
from waymark.record.people.models import Contact
from waymark.record.vault import keyring
from waymark.record.vault.envelope import Broken
from waymark.record.vault.keyring import KEYRING, Kind, Owner, Shredded, key_by_id, key_for, shred
from waymark.record.vault.models import DataKey, Tombstone, WrappingKey

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def owner_of(cast: Cast, name: str) -> Owner:
    return Owner(cast.patients[name].pk, cast.clinic.pk)


def phone_of(cast: Cast, name: str) -> str:
    with looking():
        return str(Contact.objects.get(patient=cast.patients[name]).phone)


def gone_elsewhere(owner: Owner) -> None:
    """Another process shreds: the rows go, and this process is not told."""
    DataKey.objects.using(KEYRING).filter(owner=owner.id).delete()


def test_an_owner_keeps_one_key_a_kind(lakeside: Cast) -> None:
    ana = owner_of(lakeside, "ana")
    first = key_for(ana, Kind.RECORD).id
    keyring.forget()
    assert key_for(ana, Kind.RECORD).id == first
    assert DataKey.objects.filter(owner=ana.id, kind=Kind.RECORD).count() == 1


def test_whoever_comes_second_takes_the_key_that_the_first_one_made(lakeside: Cast) -> None:
    """Two processes want a key that is not there yet: the database lets one row in."""
    ana = owner_of(lakeside, "ana")
    first = key_for(ana, Kind.RISK)
    assert keyring._make(ana, Kind.RISK).id == first.id.hex()


def test_a_key_of_somebody_else_is_refused(lakeside: Cast) -> None:
    id = key_for(owner_of(lakeside, "ana"), Kind.RECORD).id.hex()
    with pytest.raises(Broken, match="somebody else"):
        key_by_id(id, owner=owner_of(lakeside, "eli"))


def test_a_key_of_somebody_else_is_refused_from_the_table_too(lakeside: Cast) -> None:
    id = key_for(owner_of(lakeside, "ana"), Kind.RECORD).id.hex()
    keyring.forget()
    with pytest.raises(Broken, match="somebody else"):
        key_by_id(id, owner=owner_of(lakeside, "eli"))


def test_a_key_of_the_same_person_under_another_clinic_is_refused(lakeside: Cast) -> None:
    ana = owner_of(lakeside, "ana")
    id = key_for(ana, Kind.RECORD).id.hex()
    keyring.forget()
    with pytest.raises(Broken):
        key_by_id(id, owner=Owner(ana.id, uuid4()))


def test_no_key_stands_in_the_keyring_as_it_is(lakeside: Cast) -> None:
    """AES key wrap adds eight bytes to the thirty-two (RFC 3394)."""
    wrapped = [bytes(row.wrapped) for row in DataKey.objects.all()]
    wrapped += [bytes(row.wrapped) for row in WrappingKey.objects.all()]
    assert {len(one) for one in wrapped} == {40}


def test_a_clinic_and_the_accounts_have_one_wrapping_key_each(lakeside: Cast) -> None:
    clinics = set(WrappingKey.objects.values_list("clinic", flat=True))
    assert clinics == {lakeside.clinic.pk, UUID(int=0)}


def test_shredding_makes_a_persons_values_unreadable(lakeside: Cast) -> None:
    assert phone_of(lakeside, "ana")
    shred(lakeside.patients["ana"].pk, at=NOON)
    with pytest.raises(Shredded):
        phone_of(lakeside, "ana")


def test_shredding_leaves_everybody_else_readable(lakeside: Cast) -> None:
    shred(lakeside.patients["ana"].pk, at=NOON)
    assert phone_of(lakeside, "eli") == "312 555 0143"


def test_a_copy_kept_aside_is_unreadable_after_shredding_too(lakeside: Cast) -> None:
    """A copy is a backup of the record: the same envelopes, put back later."""
    with looking():
        copy = Contact.objects.filter(patient=lakeside.patients["ana"]).values().get()
        shred(lakeside.patients["ana"].pk, at=NOON)
        Contact.objects.filter(pk=copy["id"]).delete()
        Contact.objects.bulk_create([Contact(**copy)])
    with pytest.raises(Shredded):
        phone_of(lakeside, "ana")


def test_shredding_says_how_many_keys_there_were_and_leaves_a_tombstone(lakeside: Cast) -> None:
    ana = owner_of(lakeside, "ana")
    key_for(ana, Kind.RISK)
    assert shred(ana.id, at=NOON) == 2  # the record's and the one of risk
    assert Tombstone.objects.get().owner == ana.id
    assert Tombstone.objects.get().at == NOON


def test_a_key_shredded_by_another_process_is_gone_here_within_five_minutes(
    lakeside: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, now = owner_of(lakeside, "ana"), keyring.time.monotonic()
    key_for(ana, Kind.RECORD)
    gone_elsewhere(ana)
    monkeypatch.setattr(keyring.time, "monotonic", lambda: now + 290)
    assert phone_of(lakeside, "ana")  # still held open
    monkeypatch.setattr(keyring.time, "monotonic", lambda: now + 310)
    with pytest.raises(Shredded):
        phone_of(lakeside, "ana")


def test_a_held_key_is_read_again_after_five_minutes(
    lakeside: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, now = owner_of(lakeside, "ana"), keyring.time.monotonic()
    first = key_for(ana, Kind.RECORD)
    monkeypatch.setattr(keyring.time, "monotonic", lambda: now + 310)
    again = key_for(ana, Kind.RECORD)
    assert (again.id, again is first) == (first.id, False)
    assert again.until == pytest.approx(now + 310 + 300)


@pytest.mark.django_db(transaction=True, databases=["default", "keyring"])
def test_a_key_stands_before_its_first_use_even_if_the_record_is_rolled_back(
    committed: Cast,
) -> None:
    """An orphan key is harmless; a sealed value without its key would be lost."""
    ana = owner_of(committed, "ana")
    kept = DataKey.objects.filter(owner=ana.id).count()
    with transaction.atomic():
        key_for(ana, Kind.RISK)
        transaction.set_rollback(True)
    assert DataKey.objects.filter(owner=ana.id).count() == kept + 1


def test_an_opened_key_leaves_memory_when_its_time_is_over(
    lakeside: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody asks for it again: it goes by itself, by a timer, and not at the next use."""
    keyring.forget()
    monkeypatch.setattr(keyring, "HOLD_SECONDS", 0.1)
    patient = lakeside.patients["ana"]
    key_for(Owner(patient.pk, patient.clinic_id), Kind.RISK)
    assert keyring._held
    until = time.monotonic() + 5
    while keyring._held and time.monotonic() < until:
        time.sleep(0.05)
    assert not keyring._held


class Alarm:
    """A timer that rings when the test says so."""

    def __init__(self, wait: float, call: Callable[[], None]) -> None:
        self.wait, self.call, self.daemon = wait, call, False

    def start(self) -> None:
        pass

    def cancel(self) -> None:
        pass

    def is_alive(self) -> bool:
        return True


def test_each_opened_key_leaves_memory_at_its_own_time(
    lakeside: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seconds: Ana's key is opened at 0, Eli's at 100 | at 300 Ana's goes, at 400 Eli's."""
    keyring.forget()
    begun = keyring.time.monotonic()
    monkeypatch.setattr(keyring, "Timer", Alarm)
    for name, opened_at in (("ana", 0), ("eli", 100)):
        monkeypatch.setattr(keyring.time, "monotonic", lambda now=begun + opened_at: now)
        key_for(owner_of(lakeside, name), Kind.RECORD)
    for moment, left in ((300, {owner_of(lakeside, "eli")}), (400, set())):
        alarm = keyring._timer
        assert alarm is not None
        monkeypatch.setattr(keyring.time, "monotonic", lambda now=begun + moment: now)
        alarm.call()
        assert {one.owner for one in keyring._held.values()} == left
        assert keyring._timer is not alarm
    assert keyring._timer is None
