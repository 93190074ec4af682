"""More: who looked, how to be reached, and the way to the other quiet corners."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import PASSWORD, looking
from tests.interfaces.portal.doing import Ana, spread, words
from waymark.access.vocabulary import Action
from waymark.record.assessments import actions as assessments
from waymark.record.audit.models import COMPARED, Line
from waymark.record.people.models import Contact
from waymark.record.tenancy.models import Patient, Supervision

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

WHO = "/me/more/who-looked/"
PREFERENCES = "/me/more/preferences/"


def visit(name: str, *paths: str) -> list[int]:
    """Somebody of the staff signs in and opens these pages."""
    client = Client()
    client.post("/account/sign-in/", {"login": f"{name}@clinic.example", "password": PASSWORD})
    return [client.get(path).status_code for path in paths]


def looked(ana: Ana) -> list[tuple[str, str]]:
    """Who did what, as Ana reads it; the newest first."""
    page = ana.opens(WHO).content.decode().split("<details", 1)[0]
    return re.findall(r"<li><strong>([^<]+)</strong> ([^<]+)<br>", page)


# Who treats me, and who reads along


def test_whoever_supervises_one_who_treats_me_is_named(ana: Ana) -> None:
    """Sue supervises Ben, who treats Ana; Gil, who treats somebody else, is nobody to her."""
    page = ana.reads("/me/more/")
    assert "Sue supervises Ben, and may read your record to do so." in page
    assert "Gil" not in page


def test_a_supervision_that_ended_is_named_no_more(ana: Ana) -> None:
    with looking():
        Supervision.objects.update(until=ana.clock.at)
    assert "supervises" not in ana.reads("/me/more/")


# Who looked


def test_whoever_opens_the_record_is_in_it_at_once(ana: Ana) -> None:
    ana.took("gad-7", [9])
    before = looked(ana)
    assert visit("ben", f"/clinic/clients/{ana.patient.pk}/") == [200]
    assert looked(ana)[0] == ("Ben", "looked at your scores")
    assert len(looked(ana)) == len(before) + 1


def test_every_kind_of_reading_has_words_of_its_own(ana: Ana) -> None:
    said = [one.to_client for one in Action]
    assert [one for one in said if re.search(r"\b(id|null|action|read_)\b", one)] == []


def test_the_same_thing_on_the_same_day_is_one_line_with_its_count(ana: Ana) -> None:
    ana.took("gad-7", [9])
    path = f"/clinic/clients/{ana.patient.pk}/"
    visit("ben", path, path, path)
    lines = [line for line in looked(ana) if line == ("Ben", "looked at your scores")]
    assert len(lines) == 1
    assert "3 times that day" in words(ana.opens(WHO).content.decode())


def test_ones_own_visits_are_left_out(ana: Ana) -> None:
    ana.took("gad-7", [9])
    before = looked(ana)
    for path in ("/me/", "/me/progress/", "/me/more/", WHO):
        ana.opens(path)
    assert looked(ana) == before
    assert "Ana" not in {name for name, _ in before}


def test_who_was_refused_saw_nothing_and_is_not_listed(ana: Ana) -> None:
    before = looked(ana)
    assert visit("dana", f"/clinic/clients/{ana.patient.pk}/") != [200]
    assert looked(ana) == before


def test_somebody_elses_record_leaves_no_line_here(ana: Ana) -> None:
    before = looked(ana)
    visit("gil", f"/clinic/clients/{ana.cast.patients['eli'].pk}/")
    assert looked(ana) == before


def brings_a_file(name: str, path: str, data: str) -> str:
    """Somebody of the staff looks at what a file would bring in; returns the page."""
    client = Client()
    client.post("/account/sign-in/", {"login": f"{name}@clinic.example", "password": PASSWORD})
    file = SimpleUploadedFile("list.csv", data.encode())
    return client.post(path, {"file": file}).content.decode()


def test_a_list_that_is_compared_with_the_names_is_no_look(ana: Ana) -> None:
    """Nobody sees a client whose name was only held against those in a file."""
    before = looked(ana)
    page = brings_a_file("ada", "/clinic/people/invite/many/", "name,adult\nKim,yes\n")
    assert "1 person can be invited" in page
    rows = "client,instrument,date,score\nNobody,phq-9,2026-02-01,3\n"
    assert "Nobody is no client of yours" in brings_a_file("ben", "/clinic/measures/import/", rows)
    assert looked(ana) == before
    with looking():  # that the values were opened stays written down
        lines = Line.objects.filter(subject=ana.patient.audit_number, reason=COMPARED)
        assert {line.action for line in lines} == {"invite-patient", "import-scores"}


def test_whom_a_file_names_was_looked_at(ana: Ana) -> None:
    rows = "client,instrument,date,score\nAna,phq-9,2026-02-01,3\n"
    brings_a_file("ben", "/clinic/measures/import/", rows)
    assert ("Ben", Action.IMPORT_SCORES.to_client) in looked(ana)


def test_what_no_person_did_stands_apart(ana: Ana) -> None:
    assessments.bring_due(ana.patient, by=ana.cast.clock(), at=ana.clock.at)
    assert "The portal itself" not in {name for name, _ in looked(ana)}
    text = words(ana.opens(WHO).content.decode())
    assert "What the portal did by itself" in text


def test_times_are_those_of_the_clients_own_clock(ana: Ana) -> None:
    ana.took("gad-7", [9])
    visit("ben", f"/clinic/clients/{ana.patient.pk}/")
    assert "Tuesday, March 3 at 12:00 PM" in words(ana.opens(WHO).content.decode())


def test_nothing_of_the_last_quarter_is_left_out_and_nothing_older_shown(ana: Ana) -> None:
    ana.took("gad-7", [9])
    visit("ben", f"/clinic/clients/{ana.patient.pk}/")
    ana.clock.goes_on(days=90)
    ana.signs_in()
    assert ("Ben", "looked at your scores") in looked(ana)
    ana.clock.goes_on(seconds=1)
    ana.signs_in()
    assert ("Ben", "looked at your scores") not in looked(ana)


# Preferences


def test_what_is_known_is_filled_in_and_what_is_changed_is_kept(ana: Ana) -> None:
    page = ana.opens(PREFERENCES).content.decode()
    assert 'value="312 555 0143"' in page
    assert re.search(r'<option value="America/Chicago" selected', page)
    kept = {"zone": "America/Denver", "phone": "", "safe": ["text"], "sex": "female"}
    done = ana.sends(PREFERENCES, kept, follow=True)
    assert "Kept." in done.content.decode()
    with looking():
        patient = Patient.objects.get(pk=ana.patient.pk)
        contact = Contact.objects.get(patient=patient)
        assert (patient.zone, patient.sex, contact.phone) == ("America/Denver", "female", None)
        assert contact.safe == {"call": False, "voicemail": False, "text": True, "post": False}


@pytest.mark.parametrize(("wish", "said"), [("always", "always"), ("never", "never"), ("", "auto")])
def test_the_questions_are_asked_as_the_client_chose(ana: Ana, wish: str, said: str) -> None:
    given = {"zone": "America/Chicago", "phone": "", "safe": [], "one_at_a_time": wish}
    ana.sends(PREFERENCES, given)
    page = ana.opens(PREFERENCES).content.decode()
    assert re.search(rf'name="one_at_a_time" value="{wish}"[^>]* checked', page)
    page = ana.opens(f"/me/answers/{ana.is_given('gad-7')}/").content.decode()
    assert f'data-one-at-a-time="{said}"' in page


def test_the_welcome_leaves_alone_what_it_does_not_ask(ana: Ana) -> None:
    given = {"zone": "America/Chicago", "phone": "", "safe": []}
    ana.sends(PREFERENCES, {**given, "one_at_a_time": "never"})
    ana.sends("/me/welcome/3/", given)
    with looking():
        assert Contact.objects.get(patient=ana.patient).one_at_a_time == "never"


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("phone", "call me", "Write the number with its digits"),
        ("phone", "3" * 41, "Shorten “Your phone number” to 40 characters or fewer."),
        ("zone", "", "Choose one of the answers at “Your time zone”"),
        ("zone", "Chicago", "Choose one of the answers at “Your time zone”"),
        ("sex", "both", "Choose one of the answers at “Sex”"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_it_and_nothing_typed_is_lost(
    ana: Ana, field: str, value: str, says: str
) -> None:
    given = {"zone": "America/Denver", "phone": "303 555 0100", "safe": "post", "sex": "male"}
    page = ana.sends(PREFERENCES, {**given, field: value}).content.decode()
    assert says in page
    assert f'id="id_{field}_error"' in page
    rest = {
        "zone": r'<option value="America/Denver" selected',
        "phone": r'value="303 555 0100"',
        "sex": r'<option value="male" selected',
        "safe": r'value="post"[^>]* checked',
    }
    assert [name for name, mark in rest.items() if not re.search(mark, page)] in ([], [field])


def test_a_change_of_zone_changes_the_clock_one_sees(ana: Ana) -> None:
    ana.answers(ana.is_given("gad-7"), spread("gad-7", 3))
    ana.sends(PREFERENCES, {"zone": "Asia/Tokyo", "phone": "", "safe": []})
    assert "Wednesday, March 4" in ana.reads("/me/")


def test_more_leads_to_every_quiet_corner(ana: Ana) -> None:
    page = ana.opens("/me/more/").content.decode()
    main = page.split("<main", 1)[1].split("</main>")[0]
    for link in re.findall(r'<a[^>]* href="([^"]+)"', main):
        assert ana.opens(link, follow=True).status_code == 200, link
    assert "Ben" in words(page)
