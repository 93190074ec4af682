"""Colleagues: who works here, inviting, roles, reading along, and leaving at once."""

from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.cast import NOON, Cast, after, looking
from tests.interfaces.conftest import BrowserOf
from tests.record.safety.test_handover import a_concern_of
from tests.record.steps import concern_of
from waymark.access.vocabulary import Role
from waymark.record.outbox.models import Message
from waymark.record.people import actions as people
from waymark.record.people.models import StaffInvitation
from waymark.record.people.queries import link_of_invitation
from waymark.record.safety.models import Concern
from waymark.record.tenancy.models import Membership, Supervision

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

STAFF = "/clinic/people/staff/"


def text(response: Any) -> str:
    return unescape(response.content.decode())


def roles_of(cast: Cast, name: str) -> set[str]:
    with looking():
        held = Membership.objects.filter(account=cast.accounts[name], until=None)
        return set(held.values_list("role", flat=True))


def test_everybody_stands_there_once_with_every_role(lakeside: Cast, browser_of: BrowserOf) -> None:
    page = text(browser_of("ada").get(STAFF))
    for name in ("Ada", "Ben", "Gil", "Sue", "Dana"):
        assert f"<strong>{name}</strong>" in page
    assert "Clinician, licensed" in page
    assert "Front desk" in page
    assert "front-desk" not in page.split('name="new-role"')[0]
    assert "Sue reads along with Ben" in page
    ada, ben = lakeside.accounts["ada"].pk, lakeside.accounts["ben"].pk
    assert f"{STAFF}{ben}/deactivate/" in page
    assert f"{STAFF}{ada}/deactivate/" not in page  # not oneself


@pytest.mark.parametrize("role", ["front-desk", "administrator"])
def test_a_license_for_a_role_that_treats_nobody_is_refused_at_its_field(
    lakeside: Cast, browser_of: BrowserOf, role: str
) -> None:
    form = {
        "role-account": str(lakeside.accounts["gil"].pk),
        "role-role": role,
        "role-licensed": "on",
    }
    page = browser_of("ada").post(STAFF + "role/", form)
    assert page.status_code == 422
    assert "Only clinicians and supervisors are licensed" in text(page)
    assert roles_of(lakeside, "gil") == {"clinician"}


def test_nobody_is_offered_who_would_be_refused(lakeside: Cast, browser_of: BrowserOf) -> None:
    """A license at the desk, as an older version took it | Dana stands in no list of licensed."""
    with looking():
        Membership.objects.filter(pk=lakeside.memberships["dana"].pk).update(licensed=True)
    a_concern_of(lakeside, "ana", owner="ben")
    ada, ben = browser_of("ada"), lakeside.accounts["ben"].pk
    held = concern_of(lakeside, "ana")
    assert held
    for page in (
        ada.get("/clinic/settings/safety/"),
        ada.get(f"{STAFF}{ben}/deactivate/"),
        browser_of("ben").get(f"/clinic/concerns/{held.pk}/"),
    ):
        assert "Gil (" in text(page)
        assert "Dana (" not in text(page)


def test_the_duties_form_names_the_real_reason(lakeside: Cast, browser_of: BrowserOf) -> None:
    dana, ben = (str(lakeside.memberships[name].pk) for name in ("dana", "ben"))
    form = {"safety_lead": ben, "primary": dana, "backup": ""}
    page = browser_of("ada").post("/clinic/settings/safety/duties/", form)
    assert page.status_code == 422
    assert "Choose a licensed clinician or supervisor who works here now" in text(page)


@pytest.mark.parametrize("name", ["ben", "sue", "dana", "ana"])
def test_staff_is_the_administrators(lakeside: Cast, browser_of: BrowserOf, name: str) -> None:
    browser, ben = browser_of(name), lakeside.accounts["ben"].pk
    assert browser.get(STAFF).status_code == 403
    assert browser.post(STAFF + "invite/", RECRUIT).status_code == 403
    assert browser.post(f"{STAFF}{ben}/deactivate/").status_code == 403
    assert roles_of(lakeside, "ben") == {"clinician"}


def test_one_of_two_roles_is_ended(lakeside: Cast, browser_of: BrowserOf) -> None:
    ada, gil = browser_of("ada"), lakeside.accounts["gil"].pk
    assert "End: " not in text(ada.get(STAFF))
    ada.post(STAFF + "role/", {"role-account": gil, "role-role": "front-desk", "role-licensed": ""})
    assert "End: Front desk" in text(ada.get(STAFF))
    ada.post(STAFF + "role/end/", {"membership": lakeside.memberships["gil"].pk})
    assert roles_of(lakeside, "gil") == {"front-desk"}


@pytest.mark.parametrize("membership", ["", "no-such", "00000000-0000-4000-8000-000000000000"])
def test_a_role_that_nobody_has_is_not_ended(
    lakeside: Cast, browser_of: BrowserOf, membership: str
) -> None:
    page = browser_of("ada").post(STAFF + "role/end/", {"membership": membership}, follow=True)
    assert "Nothing was changed" in text(page)


RECRUIT = {
    "new-name": "Hal",
    "new-email": "hal@clinic.example",
    "new-role": "clinician",
    "new-licensed": "on",
}


def recruit(browser: Client, **given: str) -> Any:
    return browser.post(STAFF + "invite/", {**RECRUIT, **given}, follow=True)


def test_a_colleague_is_invited_by_mail_and_by_a_link(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    page = text(recruit(browser_of("ada")))
    with looking():
        row = StaffInvitation.objects.get(used_at=None)
        assert (row.name, row.role, row.licensed) == ("Hal", "clinician", True)
    assert f"http://testserver{link_of_invitation(row.pk)}" in page
    assert Message.objects.filter(kind="invitation", invitation=row.pk).count() == 1


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"new-name": ""}, "Write their name."),
        ({"new-email": ""}, "the link goes there"),
        ({"new-email": "hal"}, "hal is no e-mail address. Write it like"),
        ({"new-role": "patient"}, "Choose one of the answers at “Role”"),
        ({"new-role": "system"}, "Choose one of the answers at “Role”"),
    ],
)
def test_who_cannot_be_invited_is_told_and_what_was_typed_is_kept(
    lakeside: Cast, browser_of: BrowserOf, given: dict[str, str], told: str
) -> None:
    page = recruit(browser_of("ada"), **given)
    assert page.status_code == 422
    assert told in text(page)
    kept = "Hal" if "new-name" not in given else "hal@clinic.example"
    assert f'value="{kept}"' in text(page)
    with looking():
        assert not StaffInvitation.objects.filter(used_at=None).exists()


def test_one_form_sent_twice_invites_once(lakeside: Cast, browser_of: BrowserOf) -> None:
    ada, key = browser_of("ada"), str(uuid4())
    recruit(ada, request_key=key)
    recruit(ada, request_key=key)
    with looking():
        assert StaffInvitation.objects.filter(used_at=None).count() == 1


def test_a_role_is_added(lakeside: Cast, browser_of: BrowserOf) -> None:
    form = {"role-account": str(lakeside.accounts["ben"].pk), "role-role": "supervisor"}
    browser_of("ada").post(STAFF + "role/", form)
    assert roles_of(lakeside, "ben") == {"clinician", "supervisor"}


def test_a_license_that_goes_frees_what_its_owner_had_taken(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    """Sue backs up, and Gil has taken Eli's concern | the form, without "licensed"."""
    ben, sue = lakeside.memberships["ben"], lakeside.memberships["sue"]
    people.set_duties(
        lakeside.clinic,
        safety_lead=ben,
        primary=ben,
        backup=sue,
        by=lakeside.viewer("ada"),
        at=NOON,
    )
    a_concern_of(lakeside, "eli", owner="gil")
    form = {"role-account": str(lakeside.accounts["gil"].pk), "role-role": "clinician"}
    page = text(browser_of("ada").post(STAFF + "role/", form, follow=True))
    assert "One open concern has no owner now; the responders have been told." in page
    assert concern_of(lakeside, "eli").owner is None


def test_a_role_that_is_none_is_refused(lakeside: Cast, browser_of: BrowserOf) -> None:
    ada = browser_of("ada")
    for account, role in ((lakeside.accounts["ben"].pk, "system"), (uuid4(), "clinician")):
        form = {"role-account": str(account), "role-role": role}
        assert ada.post(STAFF + "role/", form).status_code == 422
    assert roles_of(lakeside, "ben") == {"clinician"}


def test_reading_along_begins_and_ends(lakeside: Cast, browser_of: BrowserOf) -> None:
    ada = browser_of("ada")
    sue, gil = lakeside.memberships["sue"].pk, lakeside.memberships["gil"].pk
    page = text(
        ada.post(
            STAFF + "supervision/",
            {"pair-supervisor": str(sue), "pair-supervisee": str(gil)},
            follow=True,
        )
    )
    assert "Sue reads along with Gil" in page
    page = text(ada.post(STAFF + "supervision/", {"end": f"{sue}:{gil}"}, follow=True))
    assert "Sue reads along with Gil" not in page
    assert "Sue reads along with Ben" in page
    with looking():
        assert Supervision.objects.filter(until=None).count() == 1


def test_ending_what_is_not_there_is_not_found(lakeside: Cast, browser_of: BrowserOf) -> None:
    ada = browser_of("ada")
    for end in ("garbage", f"{uuid4()}:{uuid4()}"):
        assert ada.post(STAFF + "supervision/", {"end": end}).status_code == 404


# Leaving


def test_deactivation_is_said_before_it_is_done(lakeside: Cast, browser_of: BrowserOf) -> None:
    ada = browser_of("ada")
    url = f"{STAFF}{lakeside.accounts['ben'].pk}/deactivate/"
    page = text(ada.get(url))
    assert "It takes effect at once" in page
    assert "will need a new owner" in page
    assert roles_of(lakeside, "ben") == {"clinician"}

    ada.post(url)

    assert roles_of(lakeside, "ben") == set()


def test_the_next_click_of_somebody_deactivated_is_refused(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    ben, ada = browser_of("ben"), browser_of("ada")
    assert ben.get("/clinic/").status_code == 200
    ada.post(f"{STAFF}{lakeside.accounts['ben'].pk}/deactivate/")
    answer = ben.get("/clinic/")
    assert answer.status_code == 302
    assert answer.url.startswith("/account/sign-in/")


def test_their_open_concern_is_free_and_everybody_is_told(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    a_concern_of(lakeside, "ana", owner="ben")
    url = f"{STAFF}{lakeside.accounts['ben'].pk}/deactivate/"
    page = text(browser_of("ada").post(url, follow=True))
    assert "One open concern has no owner now; the responders have been told." in page
    with looking():
        assert Concern.objects.get().owner is None
    assert Message.objects.filter(
        kind="review-needed", made_at=after(days=1), account=lakeside.accounts["gil"].pk
    ).exists()
    assert "No owner yet" in text(browser_of("gil").get("/clinic/concerns/"))


def test_nobody_deactivates_themselves_or_a_stranger(lakeside: Cast, browser_of: BrowserOf) -> None:
    ada = browser_of("ada")
    page = text(ada.post(f"{STAFF}{lakeside.accounts['ada'].pk}/deactivate/", follow=True))
    assert "You cannot deactivate yourself" in page
    assert roles_of(lakeside, "ada") == {"administrator"}
    client = lakeside.accounts["ana"].pk  # an account here, and nobody's colleague
    for stranger in (client, uuid4()):
        assert ada.get(f"{STAFF}{stranger}/deactivate/").status_code == 404


def test_somebody_who_left_comes_back_by_a_role(lakeside: Cast, browser_of: BrowserOf) -> None:
    ada, dana = browser_of("ada"), lakeside.accounts["dana"]
    ada.post(f"{STAFF}{dana.pk}/deactivate/")
    assert "No longer here" in text(ada.get(STAFF))
    ada.post(STAFF + "role/", {"role-account": str(dana.pk), "role-role": Role.FRONT_DESK.value})
    assert roles_of(lakeside, "dana") == {"front-desk"}
    dana.refresh_from_db()
    assert dana.is_active
