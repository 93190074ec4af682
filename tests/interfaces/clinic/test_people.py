"""Clients: the list, one invitation, many, contact, a printed code, care teams."""

import re
from datetime import datetime
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given as by_hypothesis
from hypothesis import strategies as st

from tests.cast import NOON, Cast, after, gives_address, looking
from tests.interfaces.conftest import BrowserOf
from waymark.access.vocabulary import Role
from waymark.interfaces.clinic.people.reading import packed, read, unpacked
from waymark.interfaces.clinic.sheet import BadSheet
from waymark.record.outbox.models import Message
from waymark.record.people import actions
from waymark.record.people.models import Contact, Invitation, Reset
from waymark.record.people.queries import invitation_by
from waymark.record.people.resets import reset_by_code
from waymark.record.people.tokens import code_of, grouped, typed
from waymark.record.safety.models import Concern
from waymark.record.tenancy.models import CareTeamMember, Duty, Patient

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

PEOPLE = "/clinic/people/"
MANY = PEOPLE + "invite/many/"


def text(response: Any) -> str:
    return unescape(response.content.decode())


def everybody() -> dict[str, Patient]:
    with looking():
        return {one.name: one for one in Patient.objects.select_related("account")}


# The list


def test_the_front_desk_sees_who_is_here_and_how_to_reach_them(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    page = text(browser_of("dana").get(PEOPLE))
    assert "Ana" in page
    assert "312 555 0143" in page
    assert "Ben" in page  # who treats her


def test_an_administrator_sees_no_phone_number(lakeside: Cast, browser_of: BrowserOf) -> None:
    page = text(browser_of("ada").get(PEOPLE))
    assert "Ana" in page
    assert "312 555" not in page
    assert "Care team" in page


def test_how_far_an_invitation_is_stands_in_the_list(lakeside: Cast, browser_of: BrowserOf) -> None:
    dana = browser_of("dana")
    invite(dana, name="Robin")
    page = text(dana.get(PEOPLE))
    assert "Invited, until Mar 17" in page
    assert "Nobody yet" in page


@pytest.mark.parametrize("name", ["ben", "sue", "ana"])
def test_who_treats_people_has_a_caseload_and_no_list_of_all(
    lakeside: Cast, browser_of: BrowserOf, name: str
) -> None:
    assert browser_of(name).get(PEOPLE).status_code == 403


# One invitation


def invite(browser: Client, **given: str) -> Any:
    form = {"name": "Robin Vale", "adult": "on", **given}
    return browser.post(PEOPLE + "invite/", form, follow=True)


def test_an_invitation_is_link_drawing_and_code(lakeside: Cast, browser_of: BrowserOf) -> None:
    page = text(invite(browser_of("ben"), clinician=str(lakeside.memberships["ben"].pk)))
    with looking():
        row = Invitation.objects.get(patient=everybody()["Robin Vale"])
    code = grouped(code_of(row.pk, generation=1))
    assert all(group in page for group in code.split("-"))
    assert "data:image/svg+xml" in page
    link = re.search(r"<code>(http://testserver/join/[^<]+)</code></p>\s*<p class", page)
    assert link
    token = link[1].removeprefix("http://testserver/join/").rstrip("/")
    assert invitation_by(token=token, at=after(days=1)) == row
    assert invitation_by(code=typed(code), at=after(days=1)) == row
    assert not Message.objects.filter(kind="invitation", invitation=row.pk).exists()


def test_the_drawing_holds_the_link_itself(lakeside: Cast, browser_of: BrowserOf) -> None:
    """The picture is compared with one drawn anew from the link that stands in words."""
    import segno

    page = text(invite(browser_of("ben"), clinician=str(lakeside.memberships["ben"].pk)))
    link = re.search(r"<code>(http://testserver/join/[^<]{20,})</code>", page)
    drawn = re.search(r'src="(data:image/svg\+xml[^"]+)"', page)
    assert link
    assert drawn
    again = segno.make(link[1], error="m", micro=False)
    assert drawn[1] == again.svg_data_uri(scale=4, border=2, light="#fff")


def test_a_clinician_takes_who_they_invite_unless_they_say_otherwise(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    ben = browser_of("ben")
    own = str(lakeside.memberships["ben"].pk)
    assert f'<option value="{own}" selected>' in text(ben.get(PEOPLE + "invite/"))
    invite(ben, clinician=own)
    with looking():
        assert CareTeamMember.objects.get(patient=everybody()["Robin Vale"]).membership_id == UUID(
            own
        )


def test_mail_goes_out_only_when_it_is_asked_for(lakeside: Cast, browser_of: BrowserOf) -> None:
    dana = browser_of("dana")
    invite(dana, email="robin@example.org")
    assert not Message.objects.filter(kind="invitation", made_at=after(days=1)).exists()
    invite(dana, name="Lee", email="lee@example.org", send="on")
    assert Message.objects.filter(kind="invitation", made_at=after(days=1)).count() == 1


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"name": " "}, "Write the client's name"),
        ({"adult": ""}, "Waymark is for people of 18 and over"),
        ({"send": "on"}, "give an e-mail address"),
        ({"email": "robin"}, "robin is no e-mail address."),
    ],
)
def test_who_cannot_be_invited_is_told_and_what_was_typed_is_kept(
    lakeside: Cast, browser_of: BrowserOf, given: dict[str, str], told: str
) -> None:
    page = invite(browser_of("dana"), phone="312 555 0100", **given)
    assert page.status_code == 422
    assert told in text(page)
    assert 'value="312 555 0100"' in text(page)
    assert set(everybody()) == {"Ana", "Eli"}


def test_one_form_sent_twice_invites_once(lakeside: Cast, browser_of: BrowserOf) -> None:
    dana, key = browser_of("dana"), str(uuid4())
    invite(dana, request_key=key)
    invite(dana, request_key=key)
    with looking():
        assert Patient.objects.count() == 3


def test_a_fresh_one_ends_the_one_before(lakeside: Cast, browser_of: BrowserOf) -> None:
    dana = browser_of("dana")
    invite(dana)
    with looking():
        row = Invitation.objects.get(patient=everybody()["Robin Vale"])
    old = code_of(row.pk, generation=1)
    page = text(dana.post(f"{PEOPLE}invitation/{row.pk}/reissue/", follow=True))
    assert "This is a fresh one." in page
    assert old[:4] not in page
    assert invitation_by(code=old, at=after(days=1)) is None
    assert invitation_by(code=code_of(row.pk, generation=2), at=after(days=1)) == row


def test_an_invitation_that_was_used_shows_no_way_in(lakeside: Cast, browser_of: BrowserOf) -> None:
    with looking():
        row = Invitation.objects.get(patient=lakeside.patients["ana"])
    dana = browser_of("dana")
    page = text(dana.get(f"{PEOPLE}invitation/{row.pk}/"))
    assert "They have joined." in page
    assert "/join/" not in page
    told = text(dana.post(f"{PEOPLE}invitation/{row.pk}/reissue/", follow=True))
    assert "joined already" in told


def test_a_loopback_address_is_told(lakeside: Cast, browser_of: BrowserOf, settings: Any) -> None:
    actions.settle(
        lakeside.clinic,
        to=actions.Letterhead("Lakeside", "America/Chicago", "US", address="http://127.0.0.1:8000"),
        by=lakeside.viewer("ada"),
        at=after(hours=1),
    )
    page = text(invite(browser_of("dana")))
    assert "A phone cannot open this link yet." in page
    assert "data:image/svg+xml" not in page  # a drawing that no phone can follow
    assert "camera" not in page
    assert "http://127.0.0.1:8000/join/" in page


def test_a_slip_has_a_name_a_code_and_no_address_of_mail(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    dana = browser_of("dana")
    invite(dana, email="robin@example.org")
    with looking():
        rows = list(Invitation.objects.all())
    page = text(dana.post(PEOPLE + "invitation/slips/", {"id": [str(one.pk) for one in rows]}))
    assert page.count('class="qr-card"') == 1  # Ana and Eli have used theirs
    assert "Robin Vale" in page
    assert "robin@example.org" not in page


def test_an_invitation_of_another_clinic_is_not_there(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    assert browser_of("dana").get(f"{PEOPLE}invitation/{uuid4()}/").status_code == 404
    page = browser_of("dana").post(PEOPLE + "invitation/slips/", {"id": ["x", str(uuid4())]})
    assert "No invitation is open any more." in text(page)


# Many


HEAD = "name,adult,email,phone,number\n"
TWO = HEAD + "Jo Marsh,yes,jo@example.org,312 555 0100,1042\nLee Adler,y,,,1043\n"


def look(browser: Client, data: str, **given: str) -> Any:
    return browser.post(MANY, {"file": SimpleUploadedFile("list.csv", data.encode()), **given})


def confirm(browser: Client, preview: Any, **given: str) -> Any:
    """Send the form of a preview as a browser does."""
    names = "rows|clinician|send|usual_set|request_key"
    fields = re.findall(rf'name="({names})" value="([^"]*)"', preview.content.decode())
    return browser.post(MANY, {**{name: unescape(value) for name, value in fields}, **given})


def test_a_preview_makes_nobody(lakeside: Cast, browser_of: BrowserOf) -> None:
    page = text(look(browser_of("dana"), TWO, send="on"))
    assert "2 people can be invited." in page
    assert "1 mail will go out; the others get a slip." in page
    assert set(everybody()) == {"Ana", "Eli"}
    assert not Message.objects.filter(kind="invitation", made_at=after(days=1)).exists()


def test_on_a_word_each_is_invited_with_their_own_code(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    dana = browser_of("dana")
    own = str(lakeside.memberships["gil"].pk)
    page = text(confirm(dana, look(dana, TWO, send="on", clinician=own)))
    found = everybody()
    with looking():
        rows = {row.patient_id: row for row in Invitation.objects.all()}
        for name in ("Jo Marsh", "Lee Adler"):
            row = rows[found[name].pk]
            assert grouped(code_of(row.pk, generation=1)) in page
            team = CareTeamMember.objects.get(patient=found[name])
            assert team.membership_id == lakeside.memberships["gil"].pk
        assert Contact.objects.get(patient=found["Jo Marsh"]).phone == "312 555 0100"
        assert found["Lee Adler"].number == "1043"
    sent = Message.objects.filter(kind="invitation", made_at=after(days=1))
    assert [one.invitation for one in sent] == [rows[found["Jo Marsh"].pk].pk]


def test_a_list_is_mailed_only_when_it_is_asked_for(lakeside: Cast, browser_of: BrowserOf) -> None:
    dana = browser_of("dana")
    page = text(confirm(dana, look(dana, TWO)))
    assert "Nothing was sent." in page
    assert not Message.objects.filter(kind="invitation", made_at=after(days=1)).exists()


def test_a_list_sent_twice_invites_nobody_twice(lakeside: Cast, browser_of: BrowserOf) -> None:
    dana = browser_of("dana")
    preview, key = look(dana, TWO), str(uuid4())
    confirm(dana, preview, request_key=key)
    again = text(confirm(dana, preview, request_key=key))
    assert "2 invited" in again
    with looking():
        assert Patient.objects.count() == 4


def test_the_same_list_on_another_day_is_noticed(lakeside: Cast, browser_of: BrowserOf) -> None:
    dana = browser_of("dana")
    confirm(dana, look(dana, TWO))
    page = look(dana, TWO + "Ana,yes,,,\n")
    assert "<strong>Line 2.</strong> The number 1042 belongs to a client who is here" in text(page)
    assert "Somebody of this name is here" in text(page)  # another Ana may be another person


def test_a_list_that_came_back_changed_is_refused(lakeside: Cast, browser_of: BrowserOf) -> None:
    page = browser_of("dana").post(MANY, {"rows": '[{"name": "x"}]'})
    assert page.status_code == 422
    assert "Choose the file again." in text(page)
    page = browser_of("dana").post(MANY, {"rows": '[[2,"Kim","","",""]]', "clinician": "nobody"})
    assert page.status_code == 404
    assert set(everybody()) == {"Ana", "Eli"}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Kim,,,,", "The column adult is empty."),
        ("Kim,no,,,", "people of 18 and over"),
        (",yes,,,", "Write the client's name"),
        ("Kim,yes,kim,,", "kim is no e-mail address."),
        ("Kim,yes,,,1042", "The number 1042 belongs to line 2."),
        ("jo marsh,yes,JO@example.org,,", "the same person as line 2"),
        ("Kim,yes,,,,x", "more cells than the 5 columns"),
    ],
)
def test_a_row_that_cannot_be_invited_says_why(row: str, told: str) -> None:
    reading = read(f"{HEAD}Jo Marsh,yes,jo@example.org,,1042\n{row}\n".encode())
    assert [one.name for one in reading.rows] == ["Jo Marsh"]
    assert reading.faults[0].line == 3
    assert told in reading.faults[0].reason


def test_columns_may_stand_in_any_order_and_the_rest_is_left_alone() -> None:
    reading = read(b"Adult;Notes;Name\nYes;likes tea;Kim\n")
    assert [(one.name, one.email) for one in reading.rows] == [("Kim", "")]


@by_hypothesis(st.lists(st.tuples(st.integers(2, 99), *[st.text(max_size=9)] * 4), max_size=5))
def test_a_list_is_carried_without_loss(rows: list[tuple[int, str, str, str, str]]) -> None:
    from waymark.interfaces.clinic.people.reading import Newcomer

    people = [Newcomer(*row) for row in rows]
    assert unpacked(packed(people)) == people


@by_hypothesis(st.text() | st.sampled_from(["[[1,2]]", "[[1,2,3,4,5]]", "{}", "[1]", "null"]))
def test_any_other_text_is_refused(carried: str) -> None:
    try:
        assert unpacked(carried) == []
    except BadSheet:
        return


# Contact, and a printed code


def test_contact_is_kept_with_what_is_safe(lakeside: Cast, browser_of: BrowserOf) -> None:
    ana = lakeside.patients["ana"]
    page = f"{PEOPLE}{ana.pk}/contact/"
    ben = browser_of("ben")
    form = {
        "phone": "312 555 0199",
        "email": "ana@example.org",
        "safe": ["call", "text"],
        "emergency": "Her brother, 312 555 0111",
        "location": "At home in the evening",
        "number": "17",
    }
    shown = text(ben.post(page, form, follow=True))
    with looking():
        held = Contact.objects.get(patient=ana)
        assert held.safe == {"call": True, "voicemail": False, "text": True, "post": False}
        assert held.emergency == "Her brother, 312 555 0111"
        assert Patient.objects.get(pk=ana.pk).number == "17"
    assert 'value="312 555 0199"' in shown
    assert re.search(r'value="text"[^>]* checked', shown)
    assert not re.search(r'value="post"[^>]* checked', shown)


def test_a_number_without_digits_is_told_and_nothing_is_lost(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    page = browser_of("dana").post(
        f"{PEOPLE}{lakeside.patients['ana'].pk}/contact/",
        {"phone": "call me", "emergency": "Her brother"},
    )
    assert page.status_code == 422
    assert "Write the number with its digits" in text(page)
    assert "Her brother" in text(page)
    with looking():
        assert Contact.objects.get(patient=lakeside.patients["ana"]).phone == "312 555 0143"


@pytest.mark.parametrize(("name", "status"), [("gil", 404), ("sue", 403), ("ada", 403)])
def test_contact_is_for_the_care_team_and_the_front_desk(
    lakeside: Cast, browser_of: BrowserOf, name: str, status: int
) -> None:
    browser, ana = browser_of(name), lakeside.patients["ana"].pk
    assert browser.get(f"{PEOPLE}{ana}/contact/").status_code == status
    assert browser.post(f"{PEOPLE}{ana}/reset-code/").status_code == status


@pytest.mark.parametrize("confirmed", [False, True])
def test_whether_mail_can_help_a_client_is_told_as_it_is(
    lakeside: Cast, browser_of: BrowserOf, confirmed: bool
) -> None:
    """The clinic has an address of Ana's | a reset goes to what she confirmed, and nowhere else."""
    ana = lakeside.patients["ana"]
    actions.set_contact(
        ana, values={"email": "ana@home.example"}, by=lakeside.viewer("dana"), at=NOON
    )
    if confirmed:
        actions.confirm_email(lakeside.accounts["ana"], at=NOON)
    page = text(browser_of("dana").get(f"{PEOPLE}{ana.pk}/contact/"))
    assert ("They confirmed the address they sign in with" in page) == confirmed
    assert ("no mail can help them" in page) != confirmed
    assert "With an e-mail they can" not in page


@pytest.mark.parametrize("maker", ["dana", "gil"])
def test_who_made_a_code_by_a_role_of_today_is_told_that_it_waits(
    lakeside: Cast, browser_of: BrowserOf, clock: datetime, maker: str
) -> None:
    """Dana is here for days | Gil has the desk since now | what his page says is true of his."""
    gives_address(lakeside, "ana")
    actions.appoint(
        lakeside.clinic,
        account=lakeside.accounts["gil"].pk,
        role=Role.FRONT_DESK,
        licensed=False,
        by=lakeside.viewer("ada"),
        at=clock,
    )
    ana, browser = lakeside.patients["ana"].pk, browser_of(maker)
    new = maker == "gil"
    page = text(browser.post(f"{PEOPLE}{ana}/reset-code/"))
    assert ("nobody can confirm this code" in page) == new
    assert ("as soon as a colleague has confirmed" in page) != new
    own = text(browser.get(f"{PEOPLE}{ana}/confirm/"))
    assert ("Nobody can confirm it" in own) == new
    other = text(browser_of("ben").get(f"{PEOPLE}{ana}/confirm/"))
    assert ("Whoever made this code" in other) == new
    assert ("Yes, it is Ana" in other) != new


def test_a_printed_code_opens_a_reset(lakeside: Cast, browser_of: BrowserOf) -> None:
    dana, key = browser_of("dana"), str(uuid4())
    url = f"{PEOPLE}{lakeside.patients['ana'].pk}/reset-code/"
    page = text(dana.post(url, {"request_key": key}))
    dana.post(url, {"request_key": key})  # a second tap prints the same one
    (reset,) = Reset.objects.all()
    code = code_of(reset.pk, generation=1)
    assert all(group in page for group in grouped(code).split("-"))
    assert "ana-at-home" not in page  # name and code never from one hand
    assert reset_by_code("ana-at-home", code, at=after(days=1)) is None


def test_a_second_person_confirms_and_alone_sees_the_name(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    """Dana prints a code | she cannot confirm it | Ben does, and can tell Ana her sign-in name."""
    ana = lakeside.patients["ana"].pk
    dana, ben = browser_of("dana"), browser_of("ben")
    dana.post(f"{PEOPLE}{ana}/reset-code/")
    own = text(dana.get(f"{PEOPLE}{ana}/confirm/"))
    assert "You made the code" in own
    assert "Somebody else has to confirm" in text(dana.post(f"{PEOPLE}{ana}/confirm/"))
    before = text(ben.get(f"{PEOPLE}{ana}/confirm/"))
    assert "A colleague made a code" in before
    assert "ana-at-home" not in before
    assert "ana-at-home" in text(ben.post(f"{PEOPLE}{ana}/confirm/"))
    (reset,) = Reset.objects.all()
    assert reset.confirmed_by == lakeside.accounts["ben"].pk
    assert "No code waits" in text(ben.get(f"{PEOPLE}{ana}/confirm/"))


def test_the_client_reads_at_next_sign_in_who_made_a_code(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    ana = lakeside.patients["ana"].pk
    browser_of("dana").post(f"{PEOPLE}{ana}/reset-code/")
    browser_of("ben").post(f"{PEOPLE}{ana}/confirm/")
    client = browser_of("ana")
    client.post("/me/welcome/4/")
    today = text(client.get("/me/"))
    assert "Dana made a code for a new password of yours" in today
    assert "Ben confirmed that it was you" in today
    log = text(client.get("/me/more/who-looked/"))
    assert "made a code by which your password can be set anew" in log
    assert "You signed in" in log


def test_the_way_in_of_a_colleagues_client_is_not_read(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    """Gil invites Robin for himself | Ben neither reads the invitation nor makes a fresh one."""
    invite(browser_of("gil"), clinician=str(lakeside.memberships["gil"].pk))
    with looking():
        row = Invitation.objects.get(patient=everybody()["Robin Vale"])
    ben = browser_of("ben")
    assert ben.get(f"{PEOPLE}invitation/{row.pk}/").status_code == 404
    assert ben.post(f"{PEOPLE}invitation/{row.pk}/reissue/").status_code == 404
    assert "Robin Vale" not in text(ben.post(f"{PEOPLE}invitation/slips/", {"id": str(row.pk)}))


def test_who_has_not_joined_gets_no_code(lakeside: Cast, browser_of: BrowserOf) -> None:
    dana = browser_of("dana")
    invite(dana)
    robin = everybody()["Robin Vale"].pk
    assert "They have not joined yet." in text(dana.get(f"{PEOPLE}{robin}/contact/"))
    page = text(dana.post(f"{PEOPLE}{robin}/reset-code/", follow=True))
    assert "has not joined yet" in page
    assert not Reset.objects.exists()


# Care teams


def team_of(cast: Cast, client: str) -> dict[str, bool]:
    with looking():
        rows = CareTeamMember.objects.filter(patient=cast.patients[client], until=None)
        return {row.membership.account.name: row.primary for row in rows}


def test_a_clinician_joins_and_becomes_the_main_one(lakeside: Cast, browser_of: BrowserOf) -> None:
    ada, page = browser_of("ada"), f"{PEOPLE}{lakeside.patients['ana'].pk}/team/"
    gil = str(lakeside.memberships["gil"].pk)
    shown = text(ada.post(page, {"clinician": gil}, follow=True))
    assert "The client and the safety lead are told." in shown
    assert team_of(lakeside, "ana") == {"Ben": True, "Gil": False}
    ada.post(page, {"clinician": gil, "primary": "on"})
    assert team_of(lakeside, "ana") == {"Ben": False, "Gil": True}
    told = set(Message.objects.filter(kind="care-team").values_list("account", flat=True))
    assert told == {lakeside.accounts["ana"].pk, lakeside.accounts["ben"].pk}


@pytest.mark.parametrize(
    ("joined", "lead", "hears"),
    [
        (True, True, "The client and the safety lead are told."),
        (True, False, "The client is told."),
        (False, True, "The safety lead is told."),
        (False, False, "Nobody else is told."),
    ],
)
def test_who_is_told_of_the_team_is_said_as_it_is(
    lakeside: Cast, browser_of: BrowserOf, joined: bool, lead: bool, hears: str
) -> None:
    ana = lakeside.patients["ana"]
    with looking():
        if not joined:
            Patient.objects.filter(pk=ana.pk).update(account=None)
        if not lead:
            Duty.objects.filter(kind="safety-lead").update(until=NOON)
    ada, page = browser_of("ada"), f"{PEOPLE}{ana.pk}/team/"
    assert hears in text(ada.get(page))
    gil = str(lakeside.memberships["gil"].pk)
    assert f"On the team. {hears}" in text(ada.post(page, {"clinician": gil}, follow=True))
    assert Message.objects.filter(kind="care-team").count() == joined + lead


def test_a_clinician_leaves_and_their_concern_is_told_to_be_free(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    from tests.record.safety.test_handover import a_concern_of

    gil, eli = lakeside.memberships["gil"], lakeside.patients["eli"].pk
    actions.set_duties(
        lakeside.clinic,
        safety_lead=lakeside.memberships["ben"],
        primary=lakeside.memberships["ben"],
        backup=lakeside.memberships["sue"],
        by=lakeside.viewer("ada"),
        at=after(hours=1),
    )
    a_concern_of(lakeside, "eli", owner="gil")
    page = text(browser_of("ada").post(f"{PEOPLE}{eli}/team/", {"leave": str(gil.pk)}, follow=True))
    assert "One open concern has no owner now; the responders have been told." in page
    assert team_of(lakeside, "eli") == {}
    with looking():
        assert Concern.objects.get().owner is None


def test_taking_off_somebody_who_left_already_changes_nothing(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    ada, page = browser_of("ada"), f"{PEOPLE}{lakeside.patients['ana'].pk}/team/"
    for leaver in ("garbage", str(lakeside.memberships["gil"].pk)):
        assert ada.post(page, {"leave": leaver}).status_code == 200
    assert team_of(lakeside, "ana") == {"Ben": True}


@pytest.mark.parametrize("name", ["ben", "dana", "sue"])
def test_care_teams_are_the_administrators(
    lakeside: Cast, browser_of: BrowserOf, name: str
) -> None:
    page = f"{PEOPLE}{lakeside.patients['ana'].pk}/team/"
    assert browser_of(name).get(page).status_code == 403
