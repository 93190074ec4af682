"""Many values opened at once open as each by itself does, or not at all.

Ana    phone, e-mail and place are sealed
Eli    the same
"""

from uuid import uuid4

import pytest

from tests.cast import NOON, Cast, looking
from waymark.record.people.models import Contact
from waymark.record.tenancy.row_security import across_clinics
from waymark.record.tenancy.scope import everyone
from waymark.record.vault import batch
from waymark.record.vault.batch import open_all, open_values
from waymark.record.vault.envelope import Broken
from waymark.record.vault.fields import Closed
from waymark.record.vault.keyring import Shredded, shred
from waymark.record.vault.openings import UnauditedRead, audited_reads

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
NAMES = ("phone", "email", "location", "emergency")


def contacts() -> list[Contact]:
    return list(Contact.objects.order_by("pk"))


def test_each_value_is_what_it_is_by_itself(lakeside: Cast) -> None:
    with looking():
        one_by_one = [{name: getattr(row, name) for name in NAMES} for row in contacts()]
        at_once = open_all(contacts(), *NAMES)
        assert [{name: row.__dict__[name] for name in NAMES} for row in at_once] == one_by_one
        assert any(row["phone"] for row in one_by_one)


def test_values_alone_are_the_same_in_the_order_of_the_rows(lakeside: Cast) -> None:
    ana = lakeside.patients["ana"]
    with looking():
        rows = Contact.objects.filter(patient=ana)
        found = open_values(rows, "phone", owner=ana.sealed_for())
        assert found == [(row.pk, row.phone) for row in rows]
        assert open_values(rows, "emergency", owner=ana.sealed_for())[0][1] is None


def test_a_row_of_somebody_else_does_not_open_among_them(lakeside: Cast) -> None:
    owner = lakeside.patients["ana"].sealed_for()
    with looking(), pytest.raises(Broken):
        open_values(Contact.objects.all(), "phone", owner=owner)


def test_whose_values_were_opened_is_gathered(lakeside: Cast) -> None:
    with across_clinics(), everyone("a test"), audited_reads() as gathered:
        rows = open_all(contacts(), "phone")
        assert gathered == {row.patient_id for row in rows}
        assert len(gathered) > 1


def test_nothing_opens_where_nobody_watches(lakeside: Cast) -> None:
    with across_clinics(), everyone("a test"):
        rows = contacts()
        with pytest.raises(UnauditedRead):
            open_all(rows, "phone")
        assert all(isinstance(row.__dict__["phone"], Closed | None) for row in rows)


@pytest.mark.parametrize("moved", ["to another row", "to another column", "to another person"])
def test_what_was_moved_does_not_open(lakeside: Cast, moved: str) -> None:
    ana, eli = lakeside.patients["ana"], lakeside.patients["eli"]
    with looking():
        held = Contact.objects.filter(patient=ana)
        envelope = held.values_list("phone", flat=True).get()
        if moved == "to another row":
            held.update(id=uuid4())
        elif moved == "to another column":
            held.update(email=envelope)
        else:
            Contact.objects.filter(patient=eli).update(phone=envelope)
        with pytest.raises(Broken):
            open_all(contacts(), "phone", "email")


def test_a_destroyed_key_opens_nothing(lakeside: Cast) -> None:
    shred(lakeside.patients["ana"].pk, at=NOON)
    with looking(), pytest.raises(Shredded):
        open_all(contacts(), "phone")


def test_a_key_is_looked_for_once(lakeside: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    found = batch.key_by_id

    def counted(id: str, **given: object) -> object:
        asked.append(id)
        return found(id, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(batch, "key_by_id", counted)
    with looking():
        ana = Contact.objects.filter(patient=lakeside.patients["ana"])
        open_all([*ana, *ana, *ana], "phone")
    assert len(asked) == 1


def test_what_is_open_stays_and_what_is_not_sealed_is_refused(lakeside: Cast) -> None:
    with looking():
        (row,) = Contact.objects.filter(patient=lakeside.patients["ana"])
        row.phone = "312 555 9999"
        assert open_all([row], "phone")[0].phone == "312 555 9999"
        assert open_all([], "phone") == []
        with pytest.raises(TypeError, match="not sealed"):
            open_all([row], "patient")
