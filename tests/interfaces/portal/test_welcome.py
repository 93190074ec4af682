"""The welcome: four screens, each of which can wait, and goes on where it stopped."""

import pytest

from tests.cast import looking
from tests.interfaces.portal.doing import Ana, words
from waymark.record.people.models import Contact
from waymark.record.tenancy.models import Patient

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

REACHED = {"zone": "America/Denver", "phone": "312 555 0199", "safe": ["call", "text"]}


def welcomed(ana: Ana) -> int:
    with looking():
        return int(Patient.objects.get(pk=ana.patient.pk).welcomed)


def test_it_begins_at_the_first_visit(stranger: Ana) -> None:
    assert stranger.opens("/me/")["Location"] == "/me/welcome/1/"


def test_four_screens_lead_to_today(stranger: Ana) -> None:
    for screen in (1, 2, 3):
        fields = REACHED if screen == 3 else {}
        answer = stranger.sends(f"/me/welcome/{screen}/", fields)
        assert answer["Location"] == f"/me/welcome/{screen + 1}/"
    assert stranger.sends("/me/welcome/4/")["Location"] == "/me/"
    assert "Go on with the welcome" not in stranger.reads("/me/")


def test_it_can_wait_at_any_screen_and_goes_on_there(stranger: Ana) -> None:
    assert "Good" in stranger.reads("/me/?later=yes")
    assert "Good" in stranger.reads("/me/")  # not asked again on this visit
    stranger.sends("/me/welcome/1/")
    stranger.sends("/me/welcome/2/")
    page = stranger.opens("/me/").content.decode()
    assert '<a href="/me/welcome/3/">Go on with the welcome</a>' in page


def test_it_asks_again_at_the_next_sign_in_while_nothing_was_seen(stranger: Ana) -> None:
    stranger.reads("/me/?later=yes")
    stranger.sends("/account/sign-out/")
    stranger.signs_in()
    assert stranger.opens("/me/")["Location"] == "/me/welcome/1/"


def test_going_back_loses_nothing(stranger: Ana) -> None:
    for screen in (1, 2):
        stranger.sends(f"/me/welcome/{screen}/")
    stranger.sends("/me/welcome/1/")
    assert welcomed(stranger) == 2


def test_it_says_who_reads_and_that_nobody_watches(stranger: Ana) -> None:
    assert "is read by the people who treat you: Ben ." in stranger.reads("/me/welcome/1/")
    second = stranger.reads("/me/welcome/2/")
    assert "This is not a place for emergencies." in second
    assert "Call 988" in second


def test_where_to_be_reached_is_kept(stranger: Ana) -> None:
    stranger.sends("/me/welcome/3/", REACHED)
    with looking():
        contact = Contact.objects.get(patient=stranger.patient)
        assert contact.phone == "312 555 0199"
        assert contact.safe == {"call": True, "voicemail": False, "text": True, "post": False}
        assert Patient.objects.get(pk=stranger.patient.pk).zone == "America/Denver"


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("phone", "none", "Write the number with its digits"),
        ("zone", "Mars/Olympus", "Choose one of the answers at “Your time zone”"),
        ("safe", "smoke", "Choose one of the answers at “What is safe for you?”"),
    ],
)
def test_what_cannot_be_kept_is_said_and_the_rest_stays(
    stranger: Ana, field: str, value: str, says: str
) -> None:
    answer = stranger.sends("/me/welcome/3/", {**REACHED, field: value})
    page = answer.content.decode()
    assert says in page
    assert ('value="312 555 0199"' in page) == (field != "phone")
    assert 'value="call"' in page
    assert welcomed(stranger) == 0


def test_the_last_screen_can_lead_straight_to_the_first_questions(stranger: Ana) -> None:
    id = stranger.is_given("gad-7")
    text = words(stranger.opens("/me/welcome/4/").content.decode())
    assert "7 questions about the last 2 weeks. They take 2 minutes or so." in text
    assert stranger.sends("/me/welcome/4/", {"begin": "yes"})["Location"] == f"/me/answers/{id}/"
    assert welcomed(stranger) == 4
    assert stranger.sends("/me/welcome/4/")["Location"] == "/me/"


@pytest.mark.parametrize("screen", [0, 5, 99])
def test_there_are_no_other_screens(stranger: Ana, screen: int) -> None:
    assert stranger.opens(f"/me/welcome/{screen}/").status_code == 404
