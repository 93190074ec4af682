"""Coming in by invitation: link, QR code or printed code; once, in time, and for adults."""

import re
from typing import Any

import pytest

from tests.cast import PASSWORD, Cast, looking
from tests.interfaces.accounts.doing import Browser
from tests.interfaces.accounts.staff import StoppedTime
from waymark.access.vocabulary import Role
from waymark.record.people import actions as people
from waymark.record.people.models import Invitation
from waymark.record.people.queries import path_of, staff_path_of
from waymark.record.people.tokens import code_of, grouped
from waymark.record.tenancy.models import Account, Patient

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

NEW = "walnut-kite-harbor-3"
MO = {"login": "mo-at-home", "password": NEW, "device": "own"}


@pytest.fixture
def invitation(lakeside: Cast, clock: Any) -> Invitation:
    """Mo, who has no e-mail, was handed a printed card by Ben."""
    return people.invite(
        lakeside.clinic,
        who=people.Newcomer("Mo", adult=True),
        clinician=lakeside.memberships["ben"],
        by=lakeside.viewer("ben"),
        at=clock(),
    )


def printed(invitation: Invitation) -> str:
    return grouped(code_of(invitation.pk, generation=invitation.generation))


def test_the_link_asks_for_three_things_and_leads_to_the_welcome(
    browser: Browser, invitation: Invitation
) -> None:
    page = browser.opens(path_of(invitation)).content.decode()
    assert "Welcome to Lakeside Counseling" in page
    asked = set(re.findall(r'name="(\w+)"', page)) - {"viewport", "robots", "referrer"}
    assert asked == {"csrfmiddlewaretoken", "request_key", "login", "password", "device"}
    assert browser.sends(path_of(invitation), **MO)["Location"] == "/me/welcome/1/"
    assert browser.opens("/me/welcome/1/").status_code == 200


def test_the_page_of_a_link_does_not_name_the_person(
    browser: Browser, invitation: Invitation
) -> None:
    assert "Mo" not in re.sub(r"<[^>]+>", "", browser.opens(path_of(invitation)).content.decode())


@pytest.mark.parametrize("spoiled", [str.lower, lambda code: code.replace("-", " "), str])
def test_the_printed_code_leads_to_the_same_page_however_it_is_typed(
    browser: Browser, invitation: Invitation, spoiled: Any
) -> None:
    answer = browser.sends("/join/", code=spoiled(printed(invitation)))
    assert answer["Location"] == path_of(invitation)


@pytest.mark.parametrize("code", ["K7QM-3DXP-9RTA", "", "-", "ä" * 12, "x" * 41])
def test_a_wrong_code_says_so_and_can_be_tried_again(
    browser: Browser, invitation: Invitation, code: str
) -> None:
    page = browser.sends("/join/", code=code)
    assert page.status_code == 200
    assert b'id="problems"' in page.content
    assert browser.sends("/join/", code=printed(invitation)).status_code == 302


def test_codes_cannot_be_guessed_one_after_the_other(
    browser: Browser, invitation: Invitation
) -> None:
    answers = [browser.sends("/join/", code=f"K7QM-3DXP-{n:04d}") for n in range(21)]
    assert [answer.status_code for answer in answers[-2:]] == [200, 429]
    assert browser.sends("/join/", code=printed(invitation)).status_code == 429
    assert browser.opens("/help-now/").status_code == 200


def test_an_invitation_is_used_once(browser: Browser, invitation: Invitation) -> None:
    browser.sends(path_of(invitation), **MO)
    again = browser.opens(path_of(invitation))
    assert again.status_code == 404
    assert b"no longer open" in again.content
    assert browser.sends(path_of(invitation), **MO).status_code == 404


def test_an_invitation_is_over_after_fourteen_days(
    browser: Browser, invitation: Invitation, clock: Any
) -> None:
    clock.goes_on(days=13, hours=23)
    assert browser.opens(path_of(invitation)).status_code == 200
    clock.goes_on(hours=1)
    assert browser.opens(path_of(invitation)).status_code == 404
    assert browser.sends("/join/", code=printed(invitation)).status_code == 200


def test_a_new_invitation_closes_the_old_one(
    browser: Browser, invitation: Invitation, lakeside: Cast, clock: Any
) -> None:
    old_path, old_code = path_of(invitation), printed(invitation)
    new = people.reissue(invitation, by=lakeside.viewer("dana"), at=clock())
    assert browser.opens(old_path).status_code == 404
    assert browser.sends("/join/", code=old_code).status_code == 200
    assert browser.sends("/join/", code=printed(new))["Location"] == path_of(new)


@pytest.mark.parametrize("token", ["x", "A" * 43, "../staff/x", "%00"])
def test_a_made_up_link_looks_like_one_that_is_over(browser: Browser, token: str) -> None:
    page = browser.opens(f"/join/{token}/")
    assert page.status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("login", "mo", "at least 3 characters"),
        ("login", "ANA-at-home", "This name is taken"),
        ("password", "short", "too short"),
        ("password", "password12345", "too common"),
        ("device", "", "Choose who uses this phone or computer."),
        ("device", "somebody", "Choose one of the answers at"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_the_field_and_the_rest_stays(
    browser: Browser, invitation: Invitation, field: str, value: str, says: str
) -> None:
    page = browser.sends(path_of(invitation), **{**MO, field: value})
    text = page.content.decode()
    assert says in text
    assert f'id="id_{field}_error"' in text
    if field != "login":
        assert 'value="mo-at-home"' in text
    assert browser.sends(path_of(invitation), **MO).status_code == 302


def test_everything_that_is_wrong_is_said_in_one_round(
    browser: Browser, invitation: Invitation
) -> None:
    page = browser.sends(path_of(invitation), login="mo", password="short")
    text = page.content.decode()
    for words in ("at least 3 characters", "too short", "Choose who uses this phone or computer."):
        assert words in text
    assert "computer?</a>: Choose" not in text


def test_a_name_or_an_e_mail_of_ones_choice_opens_from_then_on(
    browser: Browser, invitation: Invitation
) -> None:
    browser.sends(path_of(invitation), **{**MO, "login": "Mo@Home.example"})
    browser.sends("/account/sign-out/")
    browser.signs_in("mo@home.example", NEW)
    assert browser.opens("/", follow=True).redirect_chain[-1][0] == "/me/welcome/1/"


@pytest.mark.parametrize(("device", "title"), [("own", "Who"), ("shared", "Home")])
def test_a_shared_phone_gets_plain_titles(
    browser: Browser, invitation: Invitation, device: str, title: str
) -> None:
    browser.sends(path_of(invitation), **{**MO, "device": device})
    browser.sends("/me/welcome/4/")
    page = browser.opens("/me/").content.decode()
    assert ("<title>Home</title>" in page) == (device == "shared")
    assert Account.objects.filter(shared_device=True).exists() == (device == "shared")


def test_joining_while_somebody_else_is_signed_in_ends_their_session(
    browser: Browser, invitation: Invitation
) -> None:
    browser.signs_in("ana-at-home")
    key = browser.client.cookies["session"].value
    browser.sends(path_of(invitation), **MO)
    assert "Mo" in browser.opens("/me/?later=yes").content.decode()
    assert not browser.client.session.exists(key)


def test_the_record_is_the_one_that_was_waiting(browser: Browser, invitation: Invitation) -> None:
    browser.sends(path_of(invitation), **MO)
    with looking():
        mo = Patient.objects.get(pk=invitation.patient_id)
        assert (mo.state, mo.account.login) == ("active", "mo-at-home")


# Colleagues


@pytest.fixture
def recruit(lakeside: Cast, clock: Any) -> Any:
    """Nia was invited as a clinician."""
    return people.invite_staff(
        lakeside.clinic,
        who=people.Recruit("Nia", "nia@clinic.example", Role.CLINICIAN, licensed=True),
        by=lakeside.viewer("ada"),
        at=clock(),
    )


def test_a_colleague_chooses_a_password_and_is_taken_to_the_second_factor(
    browser: Browser, recruit: Any, outside_the_demo: None
) -> None:
    assert "nia@clinic.example" in browser.opens(staff_path_of(recruit)).content.decode()
    assert browser.sends(staff_path_of(recruit), password=NEW)["Location"] == "/account/factors/"
    assert browser.opens("/clinic/")["Location"] == "/account/factors/"


def test_the_second_factor_is_set_up_without_asking_for_the_new_password_again(
    browser: Browser, recruit: Any, outside_the_demo: None, watch: StoppedTime
) -> None:
    from tests.interfaces.accounts.keys import app_code

    browser.sends(staff_path_of(recruit), password=NEW)
    page = browser.opens("/account/factors/app/")
    secret = re.findall(r"<code>(\w+)</code>", page.content.decode())[0]
    done = browser.sends("/account/factors/app/", code=app_code(secret, watch.second))
    assert done["Location"] == "/account/factors/codes/"
    codes = re.findall(r"\b\d{8}\b", browser.opens(done["Location"]).content.decode())
    assert len(codes) == 10
    assert browser.opens("/clinic/").status_code == 200


@pytest.mark.parametrize("password", ["short", "password12345", PASSWORD[:11]])
def test_a_weak_password_is_refused_for_colleagues_too(
    browser: Browser, recruit: Any, password: str
) -> None:
    page = browser.sends(staff_path_of(recruit), password=password)
    assert page.status_code == 200
    assert b'id="id_password_error"' in page.content
    assert browser.sends(staff_path_of(recruit), password=NEW).status_code == 302


def test_a_colleagues_link_is_used_once_and_in_time(
    browser: Browser, recruit: Any, clock: Any
) -> None:
    clock.goes_on(days=15)
    assert browser.opens(staff_path_of(recruit)).status_code == 404
    clock.goes_on(days=-15)
    browser.sends(staff_path_of(recruit), password=NEW)
    assert browser.opens(staff_path_of(recruit)).status_code == 404


def test_a_clients_link_makes_no_colleague(browser: Browser, invitation: Invitation) -> None:
    token = path_of(invitation).split("/")[2]
    assert browser.opens(f"/join/staff/{token}/").status_code == 404
