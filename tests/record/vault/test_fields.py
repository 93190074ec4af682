"""Sealed columns: what was moved does not open, reading is watched, plaintext never gets in."""

from uuid import uuid4

import pytest
from django.apps import apps
from django.db.models import F

from tests.cast import NOON, Cast, looking
from waymark.record.people import actions as people
from waymark.record.people.models import Contact
from waymark.record.tenancy.models import Clinic, Patient
from waymark.record.tenancy.row_security import across_clinics
from waymark.record.tenancy.scope import PatientOwned, everyone
from waymark.record.vault.envelope import Broken
from waymark.record.vault.fields import Closed, Sealed, Unsealed
from waymark.record.vault.keyring import Kind, Owner, key_for
from waymark.record.vault.openings import UnauditedRead, audited_reads

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def contact_of(cast: Cast, name: str) -> Contact:
    return Contact.objects.get(patient=cast.patients[name])


def envelope(cast: Cast, name: str, column: str = "phone") -> Closed:
    """The sealed bytes as they stand in the table."""
    rows = Contact.objects.filter(patient=cast.patients[name])
    held: Closed = rows.values_list(column, flat=True).get()
    return held


def test_a_sealed_value_reads_as_it_was_written(lakeside: Cast) -> None:
    with looking():
        assert contact_of(lakeside, "ana").phone == "312 555 0143"


def test_the_table_holds_an_envelope_and_not_the_number(lakeside: Cast) -> None:
    with looking():
        assert b"0143" not in envelope(lakeside, "ana")


def test_a_value_moved_to_another_column_does_not_open(lakeside: Cast) -> None:
    with looking():
        moved = envelope(lakeside, "ana", "phone")
        Contact.objects.filter(patient=lakeside.patients["ana"]).update(email=moved)
        with pytest.raises(Broken, match="this row"):
            _ = contact_of(lakeside, "ana").email


def test_a_value_moved_to_another_row_of_the_same_person_does_not_open(lakeside: Cast) -> None:
    with looking():
        Contact.objects.filter(patient=lakeside.patients["ana"]).update(id=uuid4())
        with pytest.raises(Broken, match="this row"):
            _ = contact_of(lakeside, "ana").phone


def test_a_value_moved_to_another_person_does_not_open(lakeside: Cast) -> None:
    with looking():
        moved = envelope(lakeside, "ana")
        Contact.objects.filter(patient=lakeside.patients["eli"]).update(phone=moved)
        with pytest.raises(Broken, match="somebody else"):
            _ = contact_of(lakeside, "eli").phone


def test_a_row_moved_to_another_clinic_does_not_open(lakeside: Cast) -> None:
    with looking():
        other = Clinic.objects.create(name="Riverside", zone="UTC", region="US", made_at=NOON)
        Contact.objects.filter(patient=lakeside.patients["ana"]).update(clinic=other)
        with pytest.raises(Broken, match="somebody else"):
            _ = contact_of(lakeside, "ana").phone


def test_a_moved_row_does_not_open_with_a_key_that_is_held_open_either(lakeside: Cast) -> None:
    """The other tests read the key afresh or from the cache; both must look whose it is."""
    with looking():
        ana, eli = contact_of(lakeside, "ana"), contact_of(lakeside, "eli")
        assert ana.phone == eli.phone  # both keys are held open now
        eli.phone = envelope(lakeside, "ana")
        with pytest.raises(Broken, match="somebody else"):
            _ = eli.phone


def test_nobody_reads_a_clients_value_unwatched(lakeside: Cast) -> None:
    with across_clinics(), everyone("a test reads without a watch"):
        contact = contact_of(lakeside, "ana")
        with pytest.raises(UnauditedRead):
            _ = contact.phone


def test_every_sealed_value_of_a_patient_is_watched(lakeside: Cast) -> None:
    """Names and numbers, answers and scores, and what is of risk: each is one opening.

    Every sealed column of every table with a patient; a new one is tried by standing there.
    """
    tried, ana = set(), lakeside.patients["ana"].pk
    for table in apps.get_models():
        if not isinstance(table._default_manager, PatientOwned):
            continue
        for field in (field for field in table._meta.fields if isinstance(field, Sealed)):
            place = {"id": uuid4(), "clinic_id": lakeside.clinic.pk}
            own = {"id": ana} if table is Patient else {"patient_id": ana}
            row = table(**place | own)
            row.__dict__[field.attname] = field.seal(row, "a secret")
            with pytest.raises(UnauditedRead):
                getattr(row, field.attname)
            with audited_reads() as seen:
                assert getattr(row, field.attname) == "a secret"
            assert seen == {ana}, f"{table.__name__}.{field.name} opens without a line"
            tried.add(f"{table.__name__}.{field.name}")
    assert {"ConcernEntry.body", "Screening.outcome", "Response.answers", "Patient.name"} < tried


def test_a_watch_gathers_whose_values_were_opened(lakeside: Cast) -> None:
    with across_clinics(), everyone("a test reads"), audited_reads() as seen:
        _ = contact_of(lakeside, "ana").phone, contact_of(lakeside, "eli").id
    assert seen == {lakeside.patients["ana"].pk}


def test_a_colleagues_name_needs_no_watch(lakeside: Cast) -> None:
    ben = lakeside.accounts["ben"]
    ben.refresh_from_db()
    assert ben.name == "Ben"


def test_an_update_with_plaintext_is_refused(lakeside: Cast) -> None:
    with pytest.raises(Unsealed, match="saving its row"), looking():
        Contact.objects.update(phone="312 555 0199")


def test_a_search_by_plaintext_is_refused(lakeside: Cast) -> None:
    with looking(), pytest.raises(Unsealed):
        Contact.objects.filter(phone="312 555 0143").exists()


def test_a_bulk_update_is_refused(lakeside: Cast) -> None:
    with looking():
        contact = contact_of(lakeside, "ana")
    contact.phone = "312 555 0199"
    with pytest.raises(Unsealed), looking():
        Contact.objects.bulk_update([contact], ["phone"])


def test_a_bulk_insert_seals_each_row(lakeside: Cast) -> None:
    with looking():
        Contact.objects.filter(patient=lakeside.patients["ana"]).delete()
        row = Contact(
            patient=lakeside.patients["ana"], clinic=lakeside.clinic, phone="1", changed_at=NOON
        )
        Contact.objects.bulk_create([row])
        assert contact_of(lakeside, "ana").phone == "1"


def test_what_is_not_known_stays_null(lakeside: Cast) -> None:
    with looking():
        assert contact_of(lakeside, "ana").email is None
        assert Contact.objects.filter(email=None).count() == 2


def test_saving_a_row_again_keeps_what_was_not_opened(lakeside: Cast) -> None:
    with looking():
        contact, before = contact_of(lakeside, "ana"), envelope(lakeside, "ana")
        contact.save()
        assert envelope(lakeside, "ana") == before


def test_a_deferred_value_is_fetched_and_opened_when_it_is_asked_for(lakeside: Cast) -> None:
    with looking():
        row = Contact.objects.defer("phone").get(patient=lakeside.patients["ana"])
        assert row.phone == "312 555 0143"


def test_a_value_may_be_anything_that_json_holds(lakeside: Cast) -> None:
    safe = {"call": True, "voicemail": False, "text": None}
    people.set_contact(
        lakeside.patients["ana"], values={"safe": safe}, by=lakeside.viewer("ben"), at=NOON
    )
    with looking():
        assert contact_of(lakeside, "ana").safe == safe


def test_each_class_of_data_has_a_key_of_its_own(lakeside: Cast) -> None:
    ana = lakeside.patients["ana"]
    owner = Owner(ana.pk, ana.clinic_id)
    assert key_for(owner, Kind.RECORD).id != key_for(owner, Kind.RISK).id


def test_a_sealed_column_says_how_it_is_made_again_in_a_migration() -> None:
    field = Contact._meta.get_field("safe")
    _, path, _, given = field.deconstruct()
    assert path.endswith("Sealed")
    assert (given["step"], given["kind"]) == (256, "record")
    assert Sealed(**given).step == 256


def test_a_sealed_column_is_named_on_its_table() -> None:
    assert Patient.name.field.attname == "name"


def test_the_database_cannot_copy_one_sealed_column_into_another_unseen(lakeside: Cast) -> None:
    with looking():
        Contact.objects.filter(patient=lakeside.patients["ana"]).update(email=F("phone"))
        with pytest.raises(Broken):
            _ = contact_of(lakeside, "ana").email
