"""A client's name, number, contact and consent, and somebody invited beside them."""

from uuid import UUID

from tests.access.canaries import Client
from tests.cast import NOON, after, looking
from waymark.record.people import actions as people

MEETS = {
    "name": {"self", "team", "supervisor", "duty", "desk", "admin"},
    "phone": {"self", "team", "supervisor", "duty", "desk"},
    "email": {"team", "desk"},
    "location": {"team", "supervisor", "duty", "desk"},
    "emergency": {"team", "supervisor", "duty", "desk"},
    "number": {"team", "desk", "admin"},
}


def plant(one: Client) -> dict[str, UUID]:
    patient, by = one.patient, one.therapist
    with looking():
        patient.name = one.canary("name")
        patient.save(update_fields=["name"])
    contact = {
        "email": f"{one.canary('email')}@home.example",
        "phone": f"312 555 {one.canary('phone')} 01234",
        "emergency": one.canary("emergency"),
        "location": one.canary("location"),
    }
    people.set_contact(patient, values=contact, number=one.canary("number"), by=by, at=NOON)
    people.consent(patient, about="portal", version=1, by=one.me, at=after(hours=3))
    invitation = people.invite(
        one.cast.clinic,
        who=people.Newcomer(f"Next {one.name}", adult=True),
        clinician=one.cast.memberships[one.clinician],
        by=by,
        at=after(hours=3),
    )
    return {
        "client": patient.pk,
        "invitation": invitation.pk,
        "account": one.cast.accounts[one.clinician].pk,
    }
