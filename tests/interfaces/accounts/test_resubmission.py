"""A form that met no session: what was typed waits in the page, for the person who typed it."""

import html
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.access.matrix import routes
from tests.cast import PASSWORD, Cast, looking
from tests.interfaces.accounts.answering import waiting
from tests.interfaces.accounts.doing import SIGN_IN, Browser
from tests.interfaces.accounts.test_expiry import SAMPLE
from tests.interfaces.clinic.test_caseload import answered
from tests.record.steps import concern_of
from waymark.interfaces import resubmission
from waymark.record.assessments.models import Response
from waymark.record.people.models import Contact

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

PREFERENCES = "/me/more/preferences/"
TYPED = {"zone": "America/Denver", "phone": "312 555 0199", "safe": "call"}
AGAIN = "Choose the file again"
WAITS = "Not sent yet: you are signed out"


@pytest.fixture
def strict(lakeside: Cast, clock: Any) -> Browser:
    """Ana, in a browser that checks where a form comes from, has her preferences open."""
    browser = Browser(Client(enforce_csrf_checks=True), clock)
    signs_in(browser, "ana-at-home")
    browser.opens(PREFERENCES)
    return browser


def token(page: Any) -> str:
    return re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())[0]


def signs_in(browser: Browser, name: str) -> Any:
    """In another tab: the cookies are the same, the page that waits is not touched."""
    page = browser.opens(SIGN_IN)
    given = {"login": name, "password": PASSWORD, "csrfmiddlewaretoken": token(page)}
    return browser.sends(SIGN_IN, **given, next="/account/back/")


def fields(page: Any) -> dict[str, str]:
    """What "Send what I typed" would send, as a browser reads it."""
    found = re.findall(
        r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.content.decode()
    )
    return {name: html.unescape(value) for name, value in found}


def ends(browser: Browser) -> None:
    """The session is over, the browser does not know it yet."""
    browser.client.session.flush()


def types(browser: Browser) -> Any:
    """Sends what stands in the page that was open all the while."""
    open_page = browser.opens(PREFERENCES)
    ends(browser)
    return browser.sends(PREFERENCES, **TYPED, csrfmiddlewaretoken=token(open_page))


def phone_of_ana(cast: Cast) -> str:
    with looking():
        return str(Contact.objects.get(patient=cast.patients["ana"]).phone)


# The same person goes on


def test_what_was_typed_is_sent_on_by_the_same_person(strict: Browser, lakeside: Cast) -> None:
    waits = types(strict)
    assert waits.status_code == 401
    assert WAITS in waits.content.decode()
    assert phone_of_ana(lakeside) != TYPED["phone"]
    assert signs_in(strict, "ana-at-home")["Location"] == "/account/back/"
    assert "Send what I typed" in strict.opens("/account/back/").content.decode()
    assert strict.sends(PREFERENCES, **fields(waits))["Location"] == PREFERENCES
    assert phone_of_ana(lakeside) == TYPED["phone"]


def test_after_the_longest_day_it_is_the_same(
    strict: Browser, lakeside: Cast, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_page = strict.opens(PREFERENCES)
    clock.goes_on(days=2)
    waits = strict.sends(PREFERENCES, **TYPED, csrfmiddlewaretoken=token(open_page))
    assert WAITS in waits.content.decode()
    signs_in(strict, "ana-at-home")
    strict.sends(PREFERENCES, **fields(waits))
    assert phone_of_ana(lakeside) == TYPED["phone"]


def test_pressed_too_early_it_waits_on(strict: Browser, lakeside: Cast) -> None:
    waits = strict.sends(PREFERENCES, **fields(types(strict)))
    assert "You are not signed in yet." in waits.content.decode()
    signs_in(strict, "ana-at-home")
    strict.sends(PREFERENCES, **fields(waits))
    assert phone_of_ana(lakeside) == TYPED["phone"]


def test_a_lock_in_between_holds_it_too(strict: Browser, lakeside: Cast, clock: Any) -> None:
    waits = types(strict)
    signs_in(strict, "ana-at-home")
    clock.goes_on(hours=1)
    locked = strict.sends(PREFERENCES, **fields(waits))
    assert "What you had typed is still here." in locked.content.decode()
    strict.sends(PREFERENCES, unlock_password=PASSWORD, **fields(locked))
    assert phone_of_ana(lakeside) == TYPED["phone"]


def test_answers_are_sent_on_exactly_once(strict: Browser, lakeside: Cast, clock: Any) -> None:
    path = f"/me/answers/{waiting(lakeside, 'ana', 'gad-7', at=clock())}/"
    page = fields(strict.opens(path))
    ends(strict)
    waits = strict.sends(path, **page, **{f"q{n}": "1" for n in range(1, 8)})
    signs_in(strict, "ana-at-home")
    for _ in range(2):  # pressed twice
        assert strict.sends(path, **fields(waits))["Location"] == f"{path}sent/"
    with looking():
        assert Response.objects.count() == 1


def test_an_assessment_survives_the_end_of_a_session(
    lakeside: Cast, clock: Any, settings: Any
) -> None:
    """Ben types an assessment, his session ends, he presses "Write it down" and signs in again."""
    answered(lakeside, "ana", 9, days=0, danger=1)
    concern = concern_of(lakeside, "ana")
    browser = Browser(Client(enforce_csrf_checks=True), clock)
    signs_in(browser, "ben@clinic.example")
    page = f"/clinic/concerns/{concern.pk}/"
    browser.sends(f"{page}own/", csrfmiddlewaretoken=token(browser.opens(page)))
    given = {"assess-tool": "A talk", "assess-judgement": "Tired, no plan."}
    open_page = token(browser.opens(page))
    ends(browser)
    waits = browser.sends(f"{page}assess/", **given, csrfmiddlewaretoken=open_page)
    signs_in(browser, "ben@clinic.example")
    assert browser.sends(f"{page}assess/", **fields(waits))["Location"] == page
    assert "Tired, no plan." in browser.opens(page).content.decode()


# Danger, and nobody told


def test_an_answer_of_danger_that_waits_says_that_nobody_knows(
    strict: Browser, lakeside: Cast, clock: Any
) -> None:
    path = f"/me/answers/{waiting(lakeside, 'ana', 'phq-9', at=clock())}/"
    page = token(strict.opens(path))
    strict.sends(f"{path}draft/", q1="1", csrfmiddlewaretoken=page)  # this one is saved
    ends(strict)
    text = strict.sends(path, q9="2", csrfmiddlewaretoken=page).content.decode()
    assert WAITS in text
    assert "What you chose last is not saved." in text
    assert "Nothing of it was saved" not in text
    says_nobody_was_told(text)


def test_an_old_form_and_the_lock_say_it_too(strict: Browser, clock: Any) -> None:
    stale = strict.sends(PREFERENCES, **TYPED)
    assert stale.status_code == 403
    clock.goes_on(hours=1)
    for page in (stale, strict.opens("/me/"), strict.sends(PREFERENCES, **TYPED)):
        says_nobody_was_told(page.content.decode())


def says_nobody_was_told(text: str) -> None:
    """In the card itself, with whom to call on the very page."""
    card = text.partition("<main")[2]
    assert "This page has told nobody, and nobody reads it." in card
    assert 'href="tel:988"' in card
    assert 'href="tel:911"' in card


# Nobody else, nowhere else, nothing else


def test_another_account_does_not_send_it(strict: Browser, lakeside: Cast) -> None:
    """Ben signs in on the same phone, and presses the button that waits there."""
    waits = types(strict)
    signs_in(strict, "ben@clinic.example")
    answer = strict.sends(PREFERENCES, **fields(waits))
    assert answer.status_code == 401
    assert "Somebody else is signed in here now." in answer.content.decode()
    assert phone_of_ana(lakeside) != TYPED["phone"]


@pytest.mark.parametrize("change", ["another address", "other words", "one word more"])
def test_a_note_is_good_for_these_words_at_this_address_alone(
    strict: Browser, lakeside: Cast, change: str
) -> None:
    given = fields(types(strict))
    signs_in(strict, "ana-at-home")
    if change == "other words":
        given["phone"] = "312 555 0666"
    elif change == "one word more":
        given["email"] = "else@where.example"
    path = "/me/mistake/" if change == "another address" else PREFERENCES
    assert strict.sends(path, **given).status_code == 403
    assert phone_of_ana(lakeside) not in {TYPED["phone"], "312 555 0666"}


def test_a_note_is_good_for_a_day(
    strict: Browser, lakeside: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = types(strict)
    signs_in(strict, "ana-at-home")
    monkeypatch.setattr(resubmission, "FOR", -1)
    assert strict.sends(PREFERENCES, **fields(waits)).status_code == 403
    assert phone_of_ana(lakeside) != TYPED["phone"]


def test_a_forged_form_gets_no_note(strict: Browser) -> None:
    """It has no token, and so it is not held."""
    ends(strict)
    answer = strict.sends(PREFERENCES, **TYPED)
    assert answer.status_code == 403
    assert b"held_note" not in answer.content


def test_in_a_browser_where_nobody_was_signed_in_nothing_is_held(browser: Browser) -> None:
    answer = browser.sends(PREFERENCES, **TYPED)
    assert answer["Location"] == "/account/sign-in/?next=/me/more/preferences/"


def test_a_password_is_never_held(strict: Browser) -> None:
    page = token(strict.opens("/account/password/"))
    ends(strict)
    given = {"current": PASSWORD, "password": "a-new-one-of-mine-9"}
    answer = strict.sends("/account/password/", **given, csrfmiddlewaretoken=page)
    assert "/account/sign-in/" in answer["Location"]


def test_the_cookie_names_nobody(strict: Browser, lakeside: Cast) -> None:
    kept = strict.client.cookies["last"]
    assert re.fullmatch(r"[0-9a-f]{32}", kept.value)
    assert str(lakeside.accounts["ana"].pk).replace("-", "") != kept.value
    assert kept["httponly"]


# A file


def test_a_file_does_not_wait_and_the_pages_say_so(lakeside: Cast, clock: Any) -> None:
    browser = Browser(Client(enforce_csrf_checks=True), clock)
    signs_in(browser, "ben@clinic.example")
    path = "/clinic/people/invite/many/"
    given = {"csrfmiddlewaretoken": token(browser.opens(path)), "send": "on"}
    file = SimpleUploadedFile("clients.csv", b"name\nIda")
    ends(browser)
    waits = browser.sends(path, **given, file=file)
    assert AGAIN in waits.content.decode()
    waits = browser.sends(path, **fields(waits))  # too early: it is still said
    assert AGAIN in waits.content.decode()
    signs_in(browser, "ben@clinic.example")
    asked = browser.sends(path, **fields(waits))
    assert (asked.status_code, "Choose a file." in asked.content.decode()) == (422, True)


def test_the_lock_says_so_too(strict: Browser, clock: Any) -> None:
    clock.goes_on(hours=1)
    file = SimpleUploadedFile("clients.csv", b"name\nIda")
    for given in ({"file": file}, {"held_file": "yes"}):
        assert AGAIN in strict.sends("/me/mistake/", **given).content.decode()
    assert AGAIN not in strict.sends("/me/mistake/", words="none").content.decode()


# An autosave


@pytest.mark.parametrize("how", ["signed out", "over"])
def test_an_autosave_that_meets_no_session_leaves_the_page_as_it_is(
    strict: Browser, lakeside: Cast, clock: Any, how: str
) -> None:
    """No sign-in page in a corner of the form; the script is told which of the two it was."""
    path = f"/me/answers/{waiting(lakeside, 'ana', 'gad-7', at=clock())}/"
    page = token(strict.opens(path))
    if how == "over":
        clock.goes_on(days=2)
    else:
        ends(strict)
    given = {"q1": "1", "csrfmiddlewaretoken": page}
    answer = strict.client.post(f"{path}draft/", given, HTTP_HX_REQUEST="true")
    assert (answer.status_code, answer.content) == (401, b"")
    assert answer["X-Waymark-Session"] == "ended"


def test_an_autosave_with_an_old_token_is_told_apart(
    strict: Browser, lakeside: Cast, clock: Any
) -> None:
    """Signed in again in another tab: the connection is fine, the page is old."""
    path = f"/me/answers/{waiting(lakeside, 'ana', 'gad-7', at=clock())}/"
    page = token(strict.opens(path))
    ends(strict)
    signs_in(strict, "ana-at-home")
    given = {"q1": "1", "csrfmiddlewaretoken": page}
    answer = strict.client.post(f"{path}draft/", given, HTTP_HX_REQUEST="true")
    assert (answer.status_code, answer["X-Waymark-Session"]) == (403, "renewed")


# Addresses that only take forms


ONLY_FORMS = [one for one in routes() if one.methods and "GET" not in one.methods]


def path_of(route: Any) -> str:
    return re.sub(r"<(\w+):\w+>", lambda part: SAMPLE[part[1]], route.pattern)


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/clinic/people/staff/invite/", "/clinic/people/staff/"),
        ("/clinic/settings/set-up/recovery/", "/clinic/settings/set-up/"),
        ("/me/mistake/", "/me/"),
        (f"/clinic/concerns/{SAMPLE['uuid']}/attempt/", f"/clinic/concerns/{SAMPLE['uuid']}/"),
    ],
)
def test_the_page_above_an_address_that_only_takes_forms(address: str, page: str) -> None:
    assert resubmission.page_at(address) == page


def test_opened_they_lead_to_their_page(browser: Browser) -> None:
    browser.signs_in("ada@clinic.example")
    for route in ONLY_FORMS:
        answer = browser.opens(path_of(route))
        assert (answer.status_code, answer["Location"]) == (
            302,
            resubmission.page_at(path_of(route)),
        )


def test_signing_in_again_never_leads_to_one_of_them(browser: Browser) -> None:
    """A form that met the end of a session: afterwards a page opens, and not an empty refusal."""
    assert len(ONLY_FORMS) > 20
    for route in ONLY_FORMS:
        path = path_of(route)
        for answer in (browser.opens(path), browser.sends(path)):
            assert answer["Location"].startswith("/account/sign-in/?next="), route.name
            assert answer["Location"].partition("next=")[2] == resubmission.page_at(path) != path
