"""Reaching a client: numbers, what is safe, preferences, the welcome and consents."""

from typing import Any

import pytest

from tests.cast import NOON, Cast, after, looking
from waymark.access.vocabulary import Action
from waymark.record.people import actions as people
from waymark.record.people.models import Consent, Contact
from waymark.record.people.queries import contact_of, one_at_a_time_of, own_patient, patient_for
from waymark.record.tenancy.action import Invalid, Refused
from waymark.record.tenancy.models import Patient

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def written(cast: Cast, *, by: str = "ben", **given: Any) -> Contact:
    patient = cast.patients["ana"]
    people.set_contact(patient, by=cast.viewer(by), at=after(hours=1), **given)
    with looking():
        return Contact.objects.get(patient=patient)


def preferred(cast: Cast, **given: Any) -> Patient:
    usual = {"zone": "America/Denver", "phone": "312 555 0199", "safe": {"call": True}}
    return people.set_preferences(
        cast.patients["ana"], **{**usual, **given}, by=cast.viewer("ana"), at=NOON
    )


def test_staff_write_down_how_a_client_is_reached(lakeside: Cast) -> None:
    values = {
        "email": "ana@home.example",
        "phone": "312 555 0199",
        "safe": {"call": True, "voicemail": False},
        "emergency": "Mara, sister, 312 555 0100",
        "location": "Chicago, at home",
    }
    contact = written(lakeside, values=values)
    with looking():
        assert {name: getattr(contact, name) for name in values} == values
        assert contact.changed_at == after(hours=1)


def test_what_is_left_empty_is_taken_out(lakeside: Cast) -> None:
    contact = written(lakeside, values={"phone": ""})
    with looking():
        assert contact.phone is None


def test_what_is_not_named_stays(lakeside: Cast) -> None:
    contact = written(lakeside, values={"email": "ana@home.example"})
    with looking():
        assert contact.phone == "312 555 0143"


def test_nothing_but_contact_details_is_written(lakeside: Cast) -> None:
    contact = written(lakeside, values={"patient_id": lakeside.patients["eli"].pk})
    assert contact.patient_id == lakeside.patients["ana"].pk


@pytest.mark.parametrize(("number", "kept"), [("A-17", "A-17"), ("  ", None), (None, "A-1")])
def test_the_clinics_own_number_changes_only_if_it_is_named(
    lakeside: Cast, number: str | None, kept: str | None
) -> None:
    written(lakeside, values={}, number="A-1")
    contact = written(lakeside, values={}, number=number)
    with looking():
        assert Patient.objects.get(pk=contact.patient_id).number == kept


@pytest.mark.parametrize("number", ["ask her", "1234"])
def test_a_number_that_cannot_be_called_is_refused(lakeside: Cast, number: str) -> None:
    with pytest.raises(Invalid, match="312 555 0143") as caught:
        written(lakeside, values={"phone": number})
    assert caught.value.field == "phone"


def test_a_client_without_contact_details_gets_a_row(lakeside: Cast) -> None:
    with looking():
        Contact.objects.filter(patient=lakeside.patients["ana"]).delete()
    contact = written(lakeside, values={"phone": "312 555 0199"})
    with looking():
        assert contact.phone == "312 555 0199"


@pytest.mark.parametrize("name", ["ana", "sue", "ada", "gil"])
def test_contact_details_are_kept_by_the_team_and_the_front_desk(lakeside: Cast, name: str) -> None:
    with pytest.raises(Refused):
        written(lakeside, by=name, values={"phone": "312 555 0199"})


def test_the_front_desk_reads_and_keeps_them(lakeside: Cast) -> None:
    written(lakeside, by="dana", values={"phone": "312 555 0199"})
    dana = lakeside.viewer("dana")
    with looking():
        contact = contact_of(dana, Action.READ_CONTACT, lakeside.patients["ana"])
        assert contact is not None
        assert contact.phone == "312 555 0199"


def test_a_client_chooses_zone_number_and_what_is_safe(lakeside: Cast) -> None:
    patient = preferred(lakeside, sex="female")
    with looking():
        contact = Contact.objects.get(patient=patient)
        assert (patient.zone, patient.sex) == ("America/Denver", "female")
        assert (contact.phone, contact.safe) == ("312 555 0199", {"call": True})


@pytest.mark.parametrize("zone", ["", "Chicago", "America/Nowhere"])
def test_a_zone_that_does_not_exist_is_refused(lakeside: Cast, zone: str) -> None:
    with pytest.raises(Invalid, match="from the list") as caught:
        preferred(lakeside, zone=zone)
    assert caught.value.field == "zone"


@pytest.mark.parametrize(
    ("chosen", "kept"), [(["always"], "always"), (["always", None], "always"), (["never", ""], "")]
)
def test_how_a_client_is_asked_stays_until_they_choose_again(
    lakeside: Cast, chosen: list[str | None], kept: str
) -> None:
    for one in chosen:
        preferred(lakeside, one_at_a_time=one)
    ana = lakeside.viewer("ana")
    with looking():
        patient = own_patient(ana, Action.ANSWER_INSTRUMENT)
        assert one_at_a_time_of(ana, Action.ANSWER_INSTRUMENT, patient) == kept


def test_a_way_of_asking_that_there_is_not_is_refused(lakeside: Cast) -> None:
    with pytest.raises(Invalid, match="one of the three") as caught:
        preferred(lakeside, one_at_a_time="sometimes")
    assert caught.value.field == "one_at_a_time"


@pytest.mark.parametrize(("seen", "kept"), [([2], 2), ([3, 1], 3), ([9], 4)])
def test_the_welcome_goes_on_where_it_stopped(lakeside: Cast, seen: list[int], kept: int) -> None:
    ana = lakeside.patients["ana"]
    for screen in seen:
        people.welcomed(ana, screen=screen, by=lakeside.viewer("ana"), at=NOON)
    with looking():
        assert own_patient(lakeside.viewer("ana"), Action.READ_TODAY).welcomed == kept


def test_a_consent_is_kept_with_its_wording_and_its_end(lakeside: Cast) -> None:
    ana, by = lakeside.patients["ana"], lakeside.viewer("ana")
    first = people.consent(ana, about="portal", version=1, by=by, at=NOON)
    assert people.consent(ana, about="portal", version=1, by=by, at=after(days=1)) == first
    people.consent(ana, about="portal", version=2, by=by, at=after(days=2))
    assert people.withdraw_consent(ana, about="portal", by=by, at=after(days=3)) == 2
    with looking():
        rows = Consent.objects.order_by("version").values_list(
            "version", "given_at", "withdrawn_at"
        )
        assert list(rows) == [(1, NOON, after(days=3)), (2, after(days=2), after(days=3))]


def test_a_consent_can_be_given_again_after_it_was_taken_back(lakeside: Cast) -> None:
    ana, by = lakeside.patients["ana"], lakeside.viewer("ana")
    people.consent(ana, about="portal", version=1, by=by, at=NOON)
    people.withdraw_consent(ana, about="portal", by=by, at=after(days=1))
    again = people.consent(ana, about="portal", version=1, by=by, at=after(days=2))
    assert again.given_at == after(days=2)


def test_nobody_consents_for_somebody_else(lakeside: Cast) -> None:
    for name in ("ben", "eli", "ada"):
        with pytest.raises(Refused):
            people.consent(
                lakeside.patients["ana"],
                about="portal",
                version=1,
                by=lakeside.viewer(name),
                at=NOON,
            )


def test_ana_cannot_read_eli(lakeside: Cast) -> None:
    ana, eli = lakeside.viewer("ana"), lakeside.patients["eli"]
    for action in Action:
        with looking(), pytest.raises(Patient.DoesNotExist):
            patient_for(ana, action, eli.pk)


def test_a_number_that_another_client_has_is_refused_as_when_inviting(lakeside: Cast) -> None:
    """Imports find a client by it: whichever door it comes by, nobody else's is taken."""
    dana = lakeside.viewer("dana")
    people.set_contact(lakeside.patients["ana"], values={}, number="18-A", by=dana, at=NOON)
    people.set_contact(lakeside.patients["ana"], values={}, number="18-a", by=dana, at=NOON)
    with pytest.raises(Invalid, match="belongs to a client who is here already"):
        people.set_contact(lakeside.patients["eli"], values={}, number=" 18-a", by=dana, at=NOON)
