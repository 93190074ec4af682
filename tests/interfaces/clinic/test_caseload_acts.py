"""Each line of the caseload says by when, and what helps is done there in one tap."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import NOON, PASSWORD, Cast, after, looking, welcome
from tests.interfaces.clinic.test_caseload import answered
from tests.interfaces.conftest import NOW, BrowserOf
from tests.record.steps import concern_of, give, told, totaling
from waymark.record.assessments import actions as assessments
from waymark.record.assessments.models import Assignment
from waymark.record.episodes.models import Episode
from waymark.record.people import actions as people
from waymark.record.people.models import Invitation
from waymark.record.safety import actions as safety
from waymark.record.tenancy.models import Account

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def words(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def line_of(browser: Client, name: str) -> str:
    """One client's line of the caseload, as markup."""
    page = unescape(browser.get(reverse("caseload")).content.decode())
    return next(line for line in page.split("<tr>") if f">{name}</a>" in line)


def taps(browser: Client, name: str, label: str) -> str:
    """Send the form behind this button as a browser does; returns the page that follows."""
    forms = re.findall(r"<form.*?</form>", line_of(browser, name), re.DOTALL)
    form = next(one for one in forms if f">{label}<" in one)
    address = re.findall(r'action="([^"]+)"', form)[0]
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))
    done = browser.post(address, fields, follow=True)
    assert done.redirect_chain[-1][0] == reverse("caseload")  # one stays where one was
    return str(done.content.decode())


def invited(cast: Cast, name: str, *, at: Any = NOON) -> Invitation:
    invitation: Invitation = people.invite(
        cast.clinic,
        who=people.Newcomer(name, adult=True),
        clinician=cast.memberships["ben"],
        by=cast.viewer("ben"),
        at=at,
    )
    return invitation


# Concerns


def test_a_concern_is_taken_and_one_stays_in_the_caseload(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    answered(lakeside, "ana", 9, days=0, danger=1)
    ben = browser_of("ben")
    assert "It is yours now." in taps(ben, "Ana", "I'll take it")
    concern = concern_of(lakeside, "ana")
    assert concern is not None
    assert concern.owner == lakeside.memberships["ben"]
    assert "You have taken it, next step" in words(line_of(ben, "Ana"))


def test_an_offered_concern_is_accepted_in_place(lakeside: Cast, browser_of: BrowserOf) -> None:
    answered(lakeside, "ana", 9, days=0, danger=1)
    concern = concern_of(lakeside, "ana")
    safety.own(concern, by=lakeside.viewer("sue"), at=after(hours=2))
    safety.offer(
        concern_of(lakeside, "ana"),
        to=lakeside.memberships["ben"],
        by=lakeside.viewer("sue"),
        at=after(hours=3),
    )
    ben = browser_of("ben")
    assert "Sue has taken it, next step" in words(line_of(ben, "Ana"))
    taps(ben, "Ana", "Accept it")
    assert "You have taken it" in words(line_of(ben, "Ana"))


# Worse, or no change


def test_a_worsening_is_raised_within_a_week_and_then_waits_no_more(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    """Amy: 10 to 18, the last one on February 27."""
    welcome(lakeside, "amy", clinician="ben", at=after(days=-80))
    answered(lakeside, "amy", 10, days=-75)
    answered(lakeside, "amy", 18, days=-3)
    ben = browser_of("ben")
    line = words(line_of(ben, "Amy"))
    assert "Raise it: by your next meeting, at the latest Friday, Mar 6" in line
    page = taps(ben, "Amy", "We talked about PHQ-9 of Feb 27")
    assert "Amy will see that you talked about PHQ-9 of February 27." in unescape(page)
    assert "Nobody waits for you." in " ".join(page.split())
    assert "Talked about Tuesday, Mar 3" in words(line_of(ben, "Amy"))

    answered(lakeside, "amy", 19, days=0.9)  # news: it is raised again
    assert "Raise it: by your next meeting" in words(line_of(ben, "Amy"))


def test_what_was_not_raised_in_time_says_so(lakeside: Cast, browser_of: BrowserOf) -> None:
    welcome(lakeside, "amy", clinician="ben", at=after(days=-80))
    answered(lakeside, "amy", 10, days=-75)
    answered(lakeside, "amy", 18, days=-20)
    line = words(line_of(browser_of("ben"), "Amy"))
    assert "Raise it: it was due by Tuesday, Feb 17" in line


def test_long_without_change_is_a_look_at_the_plan(lakeside: Cast, browser_of: BrowserOf) -> None:
    welcome(lakeside, "amy", clinician="ben", at=after(days=-80))
    for week in range(9):
        answered(lakeside, "amy", 13, days=-59 + 7 * week)
    line = words(line_of(browser_of("ben"), "Amy"))
    assert "Look at the plan together: by your next meeting, at the latest" in line
    assert "We talked about PHQ-9 of Feb 27" in line


def test_scores_of_elsewhere_are_nothing_to_have_talked_about(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    rows = [
        assessments.Past("phq-9", (NOON - timedelta(days=75)).date(), answers=totaling(10)),
        assessments.Past("phq-9", (NOON - timedelta(days=3)).date(), answers=totaling(20)),
    ]
    welcome(lakeside, "amy", clinician="ben", at=after(days=-80))
    assessments.bring_in(lakeside.patients["amy"], rows=rows, by=lakeside.viewer("ben"), at=NOON)
    line = words(line_of(browser_of("ben"), "Amy"))
    assert "Raise it" in line
    assert "We talked about" not in line


# Waiting for an answer


@pytest.fixture
def amy_waits(lakeside: Cast) -> Cast:
    """Amy was given a PHQ-9 ten days ago and has not answered; it lapses on March 6."""
    welcome(lakeside, "amy", clinician="ben", at=after(days=-20))
    started = after(days=-10)
    assessments.assign(
        lakeside.patients["amy"],
        instrument="phq-9",
        starts_on=started.date(),
        by=lakeside.viewer("ben"),
        at=started,
    )
    return lakeside


def mailed(cast: Cast, name: str) -> None:
    with looking():
        account = Account.objects.get(pk=cast.accounts[name].pk)
        account.email = f"{name}@home.example"
        account.save()


def test_an_unanswered_measure_is_reminded_of_once_a_day(
    amy_waits: Cast, browser_of: BrowserOf
) -> None:
    mailed(amy_waits, "amy")
    ben = browser_of("ben")
    line = words(line_of(ben, "Amy"))
    assert "PHQ-9 has waited since Feb 20" in line
    assert "Ask about it: by your next meeting, at the latest Friday, Mar 6" in line
    assert "A mail is on its way to Amy." in taps(ben, "Amy", "Remind them")
    assert told("something-due", since=NOW) == [amy_waits.accounts["amy"].pk]
    line = words(line_of(ben, "Amy"))
    assert "Told by mail Tuesday, Mar 3" in line
    assert "Remind them" not in line
    address = reverse("remind", args=[amy_waits.patients["amy"].pk])
    again = ben.post(address, follow=True).content.decode()
    assert "They were told within the last day." in again
    assert len(told("something-due", since=NOW)) == 1


def test_what_a_client_began_by_themselves_is_not_overdue_and_breaks_no_page(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    """Amy chose a GAD-7 twelve days ago, answered one question and left it: nobody asked for it."""
    people.set_instruments(
        lakeside.clinic,
        opened=[],
        usual_set=[],
        self_start=["gad-7"],
        by=lakeside.viewer("ada"),
        at=after(days=-15),
    )
    welcome(lakeside, "amy", clinician="ben", at=after(days=-14))
    amy, by, at = lakeside.patients["amy"], lakeside.viewer("amy"), after(days=-12)
    begun = assessments.start_by_self(amy, instrument="gad-7", by=by, at=at)
    assessments.save_draft(begun, answers={"q1": 2}, by=by, at=at)
    line = words(line_of(browser_of("ben"), "Amy"))
    assert "Nothing is given yet" in line
    assert "has waited since" not in line
    assert ">Ana</a>" in browser_of("ben").get(reverse("caseload")).content.decode()

    rule = assessments.RepeatRule("every-days", 7)  # the same one, asked for a day later
    assessments.assign(
        amy,
        instrument="gad-7",
        rule=rule,
        starts_on=after(days=-11).date(),
        by=lakeside.viewer("ben"),
        at=after(days=-11),
    )
    line = words(line_of(browser_of("ben"), "Amy"))
    assert "GAD-7 has waited since Feb 18" in line
    assert "Ask about it: by your next meeting, at the latest" in line


def test_who_has_no_e_mail_is_told_in_person(amy_waits: Cast, browser_of: BrowserOf) -> None:
    page = taps(browser_of("ben"), "Amy", "Remind them")
    assert "They have no e-mail here. Tell them when you meet, or call." in page
    assert told("something-due", since=NOW) == []


# On the way in


def test_who_was_invited_has_not_joined_yet(lakeside: Cast, browser_of: BrowserOf) -> None:
    invitation = invited(lakeside, "Kim")
    ben = browser_of("ben")
    line = line_of(ben, "Kim")
    assert "Invited, has not joined yet" in line
    assert "Nothing answered yet" not in line
    assert "The invitation works until Monday, Mar 16" in words(line)
    assert f'href="{reverse("invitation", args=[invitation.pk])}"' in line
    client = ben.get(reverse("client", args=[invitation.patient_id])).content.decode()
    assert "Invited, has not joined yet" in client
    assert "Not in care at present" not in client


def test_an_invitation_that_is_over_is_made_afresh_in_place(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    invited(lakeside, "Kim", at=after(days=-20))
    ben = browser_of("ben")
    assert "The invitation ended Tuesday, Feb 24" in words(line_of(ben, "Kim"))
    taps(ben, "Kim", "Make a fresh one")
    assert "The invitation works until Tuesday, Mar 17" in words(line_of(ben, "Kim"))


def test_care_begins_in_place_and_a_second_tap_ends_nothing(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    invitation = invited(lakeside, "Kim")
    people.accept(invitation, login="kim-at-home", password=PASSWORD, at=NOON)
    kim = invitation.patient_id
    ben, stale = browser_of("ben"), browser_of("ben")
    line = line_of(ben, "Kim")
    assert "Not in care at present" in line
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', line))
    address = re.findall(r'<form method="post" action="([^"]+)"', line)[0]
    taps(ben, "Kim", "Begin care today")
    assert "Care has begun already." in stale.post(address, fields, follow=True).content.decode()
    with looking():
        assert Episode.objects.get(patient=kim).ended_at is None


def test_the_usual_set_is_given_in_place(lakeside: Cast, browser_of: BrowserOf) -> None:
    people.set_instruments(
        lakeside.clinic,
        opened=[],
        usual_set=["gad-7"],
        self_start=[],
        by=lakeside.viewer("ada"),
        at=NOON,
    )
    ben = browser_of("ben")
    line = words(line_of(ben, "Ana"))
    assert "Nothing is given yet" in line
    assert "Give a first measure: by your next meeting, at the latest Monday, Mar 9" in line
    taps(ben, "Ana", "Give the usual set")
    with looking():
        assert Assignment.objects.get(patient=lakeside.patients["ana"]).instrument == "gad-7"
    assert "Nothing answered yet" in line_of(ben, "Ana")


def test_without_a_usual_set_the_page_of_giving_is_one_tap_away(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    line = line_of(browser_of("ben"), "Ana")
    assert f'href="{reverse("assign", args=[lakeside.patients["ana"].pk])}"' in line


def test_what_was_just_given_says_until_when_it_waits(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    give(lakeside, "ana")
    line = words(line_of(browser_of("ben"), "Ana"))
    assert "The first answers can come until Monday, Mar 16" in line


# Reading along


def test_a_supervisor_is_offered_nothing_that_refuses_them(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    sue = browser_of("sue")
    invited(lakeside, "Kim")
    page = sue.get(reverse("caseload")).content.decode()
    assert "2 people you read along with" in page
    assert "in your care" not in page
    assert "wait for you" not in page
    assert "Nobody waits for their clinician." in page
    main = page.split("<main")[1].split("</main>")[0]
    for address in re.findall(r'href="(/[^"?#]*)"', main):
        assert sue.get(address).status_code == 200, address
    assert "<form" not in main


def test_a_supervisor_takes_a_concern_in_place(lakeside: Cast, browser_of: BrowserOf) -> None:
    answered(lakeside, "ana", 9, days=0, danger=1)
    assert "It is yours now." in taps(browser_of("sue"), "Ana", "I'll take it")
