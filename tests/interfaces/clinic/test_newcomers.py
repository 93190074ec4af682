"""A new client: one rule for the form and the list, and measures that wait when they join.

invited with the usual set --- joins --- Today has the first measure, given in Ben's name
"""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.cast import PASSWORD, Cast, after, looking
from tests.interfaces.clinic.test_people import HEAD, MANY, confirm, everybody, invite, look, text
from tests.interfaces.conftest import BrowserOf
from waymark.interfaces.clinic.people.usual import usual_set
from waymark.record.assessments import actions as assessments
from waymark.record.assessments.models import Administration, Assignment
from waymark.record.people import actions
from waymark.record.people.models import Invitation
from waymark.record.tenancy.action import Invalid
from waymark.record.tenancy.models import Patient

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

ADDRESSES = ["kim", "kim@", "ö@example.org", "kim@x.", "k im@example.org", "kim@exa mple.org"]
TAKEN = ["jo@example.org", "jo.marsh+mail@sub.example.org"]


def usual(cast: Cast, *ids: str) -> None:
    actions.set_instruments(
        cast.clinic, opened=[], usual_set=list(ids), self_start=[], by=cast.viewer("ada"),
        at=after(hours=1),
    )  # fmt: skip


def joined(name: str) -> list[str]:
    """The client comes in by their link; what waits for them then."""
    with looking():
        row = Invitation.objects.select_related("patient__clinic", "clinic").get(
            patient=everybody()[name]
        )
    assessments.join(row, login=f"{name}-at-home", password=PASSWORD, at=after(days=1))
    with looking():
        rows = Administration.objects.filter(patient=row.patient_id)
        return sorted(one.instrument for one in rows)


def own(cast: Cast) -> str:
    return str(cast.memberships["ben"].pk)


# One rule, whichever door


@pytest.mark.parametrize("email", [*ADDRESSES, *TAKEN])
def test_form_and_list_accept_the_same_addresses(
    lakeside: Cast, browser_of: BrowserOf, email: str
) -> None:
    dana = browser_of("dana")
    by_list = look(dana, f"{HEAD}Robin Vale,yes,{email},,\n")
    by_form = invite(dana, email=email)
    assert by_list.status_code == by_form.status_code
    assert (by_form.status_code == 200) is (email in TAKEN)
    told = f"{email} is no e-mail address."
    assert (told in text(by_form)) is (told in text(by_list)) is (email not in TAKEN)


@pytest.mark.parametrize(
    "given", [{"phone": "12"}, {"phone": "3" * 41}, {"number": "9" * 61}, {"name": "x" * 121}]
)
def test_form_and_list_refuse_the_same_cells_with_the_same_words(
    lakeside: Cast, browser_of: BrowserOf, given: dict[str, str]
) -> None:
    dana, row = browser_of("dana"), {"name": "Kim", "email": "", "phone": "", "number": "", **given}
    line = f"{row['name']},yes,{row['email']},{row['phone']},{row['number']}"
    with pytest.raises(Invalid) as refused:
        actions.invite(
            lakeside.clinic, who=actions.Newcomer(adult=True, **row), by=lakeside.viewer("dana"),
            at=after(days=1),
        )  # fmt: skip
    for page in (invite(dana, **row), look(dana, f"{HEAD}{line}\n")):
        assert page.status_code == 422
        assert refused.value.message in text(page)


def test_a_number_that_is_taken_is_refused_by_the_form_too(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    dana = browser_of("dana")
    invite(dana, number="1042")
    page = invite(dana, name="Kim", number="1042")
    assert page.status_code == 422
    assert "The number 1042 belongs to a client who is here already." in text(page)


@pytest.mark.parametrize("name", ["Robin Vale", " robin  VALE "])
def test_somebody_of_this_name_is_told_before_they_are_invited_again(
    lakeside: Cast, browser_of: BrowserOf, name: str
) -> None:
    dana = browser_of("dana")
    invite(dana)
    page = invite(dana, name=name, phone="312 555 0100")
    assert page.status_code == 422
    assert "is here already." in text(page)
    assert 'value="312 555 0100"' in text(page)
    assert "Somebody of this name is here" in text(look(dana, f"{HEAD}{name},yes,,,\n"))
    with looking():
        assert Patient.objects.count() == 3
    invite(dana, name=name, again="on")
    with looking():
        assert Patient.objects.count() == 4


def test_a_form_sent_twice_is_no_second_client(lakeside: Cast, browser_of: BrowserOf) -> None:
    dana, key = browser_of("dana"), str(uuid4())
    assert invite(dana, request_key=key, number="7").status_code == 200
    assert invite(dana, request_key=key, number="7").status_code == 200


# The usual set


@pytest.mark.parametrize("page_name", ["invite", "invite-many"])
def test_without_a_usual_set_the_form_says_so_and_who_chooses_it(
    lakeside: Cast, browser_of: BrowserOf, page_name: str
) -> None:
    address = reverse(page_name)
    page = browser_of("ben").get(address).content.decode()
    assert "No usual set is chosen yet" in page
    assert "An administrator chooses it under Clinic, Instruments." in page
    page = browser_of("ada").get(address).content.decode()
    assert f'<a href="{reverse("settings-instruments")}">Choose the usual set</a>' in page
    usual(lakeside, "gad-7")
    assert "No usual set is chosen yet" not in browser_of("ben").get(address).content.decode()


def test_by_form_the_usual_set_waits_when_the_client_joins(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    usual(lakeside, "phq-9", "gad-7")
    ben = browser_of("ben")
    page = text(ben.get("/clinic/people/invite/"))
    assert "PHQ-9, GAD-7. They wait when the client first signs in." in page
    invite(ben, clinician=own(lakeside), usual_set="on")
    assert joined("Robin Vale") == ["gad-7", "phq-9"]
    with looking():
        givers = {one.made_by for one in Assignment.objects.filter(made_at=after(days=1))}
    assert givers == {lakeside.accounts["ben"].pk}


def test_by_list_it_waits_too(lakeside: Cast, browser_of: BrowserOf) -> None:
    usual(lakeside, "gad-7")
    ben = browser_of("ben")
    given = {"clinician": own(lakeside), "usual_set": "on"}
    confirm(ben, look(ben, f"{HEAD}Kim,yes,,,\n", **given))
    assert joined("Kim") == ["gad-7"]


def test_nothing_waits_where_it_was_not_asked_for(lakeside: Cast, browser_of: BrowserOf) -> None:
    usual(lakeside, "gad-7")
    invite(browser_of("ben"), clinician=own(lakeside))
    assert joined("Robin Vale") == []


def test_measures_that_ask_about_danger_are_left_out_outside_the_demo(
    lakeside: Cast, browser_of: BrowserOf, settings: Any
) -> None:
    usual(lakeside, "phq-9", "gad-7")
    invite(browser_of("ben"), clinician=own(lakeside), usual_set="on")
    settings.WAYMARK_DEMO = False
    with looking():
        words = usual_set(lakeside.viewer("ben"), at=after(days=1)).words
    assert words.startswith("GAD-7. They wait")
    assert "PHQ-9 is left out:" in words
    assert joined("Robin Vale") == ["gad-7"]


def test_nobody_gives_measures_in_the_name_of_another(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    usual(lakeside, "gad-7")
    dana = browser_of("dana")
    assert 'name="usual_set"' not in text(dana.get("/clinic/people/invite/"))
    invite(dana, clinician=own(lakeside), usual_set="on")
    assert joined("Robin Vale") == []
    with pytest.raises(Invalid, match="who will treat them alone"):
        actions.invite(
            lakeside.clinic, who=actions.Newcomer("Kim", adult=True, usual_set=True),
            clinician=lakeside.memberships["ben"], by=lakeside.viewer("dana"), at=after(days=1),
        )  # fmt: skip


def test_who_left_the_team_meanwhile_gives_nothing(lakeside: Cast, browser_of: BrowserOf) -> None:
    usual(lakeside, "gad-7")
    invite(browser_of("ben"), clinician=own(lakeside), usual_set="on")
    ada, robin = lakeside.viewer("ada"), everybody()["Robin Vale"]
    actions.end_care(robin, clinician=lakeside.memberships["ben"], by=ada, at=after(hours=3))
    assert joined("Robin Vale") == []


def test_the_many_page_offers_it(lakeside: Cast, browser_of: BrowserOf) -> None:
    usual(lakeside, "gad-7")
    assert "They wait when the client first signs in." in text(browser_of("ben").get(MANY))
