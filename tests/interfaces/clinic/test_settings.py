"""The clinic's settings: letterhead, instruments, safety, and the audit report."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.conf import settings as configured

from tests.cast import NOON, Cast, after, looking, welcome
from tests.interfaces.conftest import BrowserOf
from tests.record.safety.test_handover import a_concern_of
from waymark.access.vocabulary import Action
from waymark.interfaces.cli.owner import checks
from waymark.interfaces.cli.owner.commands.doctor import examine
from waymark.interfaces.clinic.settings import audit
from waymark.interfaces.clinic.settings.action_names import deed, of_clients_alone
from waymark.library import region
from waymark.library.instruments import INSTRUMENTS
from waymark.library.lines import LINES
from waymark.record.audit.chain import link
from waymark.record.audit.models import Line
from waymark.record.audit.walk import walk_on
from waymark.record.outbox.models import Message
from waymark.record.people import actions as people
from waymark.record.people.models import ConfirmedLine
from waymark.record.safety.models import Concern, SafetyPolicy
from waymark.record.safety.prerequisites import lacking, lines_of
from waymark.record.tenancy.action import Invalid
from waymark.record.tenancy.models import Clinic, Duty

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

SETTINGS = "/clinic/settings/"
SAFETY = SETTINGS + "safety/"
AUDIT = SETTINGS + "audit/"
INSTRUMENTS_PAGE = SETTINGS + "instruments/"


def text(response: Any) -> str:
    return unescape(response.content.decode())


def clinic(cast: Cast) -> Clinic:
    return Clinic.objects.get(pk=cast.clinic.pk)


@pytest.mark.parametrize("name", ["ben", "sue", "dana", "ana"])
def test_settings_are_the_administrators(lakeside: Cast, browser_of: BrowserOf, name: str) -> None:
    browser = browser_of(name)
    for page in ("", "instruments/", "safety/", "audit/"):
        assert browser.get(SETTINGS + page).status_code == 403
    for page in ("safety/duties/", "safety/hours/", "safety/line/", "safety/policy/"):
        assert browser.post(SETTINGS + page).status_code == 403


# Letterhead


LETTERHEAD = {
    "name": "Lakeside",
    "zone": "Europe/Dublin",
    "region": "IE",
    "phone": "01 555 0100",
    "address": "https://portal.lakeside.example",
}


@pytest.fixture(autouse=True)
def answers_to_its_name(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "portal.lakeside.example"]


def test_the_letterhead_is_kept(lakeside: Cast, browser_of: BrowserOf) -> None:
    page = text(browser_of("ada").post(SETTINGS, LETTERHEAD, follow=True))
    held = clinic(lakeside)
    assert {name: getattr(held, name) for name in LETTERHEAD} == LETTERHEAD
    assert 'value="https://portal.lakeside.example"' in page


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"name": ""}, "Fill in “Name of the clinic”."),
        ({"zone": "Mars/Base"}, "Choose one of the answers at “Time zone”"),
        ({"region": "XX"}, "Choose one of the answers at “Country”"),
        ({"address": "http://portal.lakeside.example"}, "must start with https://"),
        ({"address": "https://lakeside.example/portal"}, "cannot live below another address"),
        ({"address": "https://other.example"}, "the portal does not answer to other.example"),
    ],
)
def test_a_letterhead_that_cannot_be_is_told_and_kept_on_the_page(
    lakeside: Cast, browser_of: BrowserOf, given: dict[str, str], told: str
) -> None:
    page = browser_of("ada").post(SETTINGS, {**LETTERHEAD, **given})
    assert page.status_code == 422
    assert told in text(page)
    assert 'value="01 555 0100"' in text(page)
    assert clinic(lakeside).region == "US"


def test_links_follow_the_address_once_it_is_kept(lakeside: Cast, browser_of: BrowserOf) -> None:
    """No address of the clinic: the portal's own; then the new one, in the link and the code."""
    browser = browser_of("ada")
    browser.post(SETTINGS, LETTERHEAD)
    sent = {"name": "Noa", "email": "noa@lakeside.example", "adult": "on"}
    page = text(browser.post("/clinic/people/invite/", sent, follow=True))
    assert re.search(r"<code>https://portal\.lakeside\.example/join/[^<]{20,}</code>", page)


# Instruments


def test_conditions_are_read_before_they_are_accepted(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    page = text(browser_of("ada").get(SETTINGS + "instruments/"))
    for one in INSTRUMENTS.values():
        if not one.default_on:
            assert one.licence.conditions in page
            assert one.licence.attribution in page


def test_what_is_accepted_can_be_usual_and_self_started(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    form = {"opened": ["who-5"], "usual_set": ["who-5", "gad-7"], "self_start": ["gad-7"]}
    browser_of("ada").post(SETTINGS + "instruments/", form)
    held = clinic(lakeside)
    assert {name: getattr(held, name) for name in form} == form


def test_an_administrator_is_told_what_they_can_do(lakeside: Cast, browser_of: BrowserOf) -> None:
    page = text(browser_of("ada").get(SETTINGS + "instruments/"))
    refused = page.split("Cannot be given now")[1]
    assert "Read its conditions above; accept them if you can keep them." in refused
    assert "an administrator accepts them" not in page


def test_an_interview_about_danger_is_nothing_to_start_alone(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    ada = browser_of("ada")
    offered = re.findall(r'name="self_start" value="([^"]+)"', text(ada.get(INSTRUMENTS_PAGE)))
    assert "gad-7" in offered
    assert "c-ssrs" not in offered
    with pytest.raises(Invalid, match="is asked by a person"):
        people.set_instruments(
            lakeside.clinic,
            opened=["c-ssrs"],
            usual_set=[],
            self_start=["c-ssrs"],
            by=lakeside.viewer("ada"),
            at=after(),
        )


@pytest.mark.parametrize("field", ["usual_set", "self_start"])
def test_what_is_not_accepted_can_be_neither(
    lakeside: Cast, browser_of: BrowserOf, field: str
) -> None:
    page = browser_of("ada").post(SETTINGS + "instruments/", {field: ["who-5", "gad-7"]})
    assert page.status_code == 422
    assert "WHO-5 has conditions; accept them first." in text(page)
    assert 'value="gad-7"' in text(page)
    assert getattr(clinic(lakeside), field) == []


@pytest.mark.parametrize("field", ["usual_set", "self_start"])
def test_only_what_can_be_given_is_offered_and_what_is_chosen_stays(
    lakeside: Cast, browser_of: BrowserOf, field: str
) -> None:
    """WHO-5 has conditions | not offered; accepted and chosen | offered; closed | still shown."""
    ada = browser_of("ada")

    def offered() -> list[str]:
        return re.findall(rf'name="{field}" value="([^"]+)"', text(ada.get(INSTRUMENTS_PAGE)))

    assert "gad-7" in offered()
    assert "who-5" not in offered()
    ada.post(INSTRUMENTS_PAGE, {"opened": ["who-5"], field: ["who-5"]})
    assert "who-5" in offered()
    with looking():
        Clinic.objects.update(opened=[])
    assert "who-5" in offered()
    assert "(cannot be given now)" in text(ada.get(INSTRUMENTS_PAGE))


# Safety


def prove_the_rest(cast: Cast, folder: Any) -> None:
    """What a clinic needs beside the safety of its clients."""
    ada = {"by": cast.viewer("ada"), "at": after()}
    people.settle(cast.clinic, to=people.Letterhead(**LETTERHEAD | {"region": "US"}), **ada)
    people.prove_recovery(cast.clinic, typed=people.recovery_copy(), **ada)
    people.set_backup_target(cast.clinic, folder=str(folder), **ada)
    people.confirm_test_mail(cast.clinic, **ada)


@pytest.mark.parametrize("page", [SAFETY, SETTINGS + "set-up/"])
def test_what_is_lacking_is_listed(
    lakeside: Cast, browser_of: BrowserOf, tmp_path: Any, page: str, monkeypatch: Any
) -> None:
    """The same list on both pages, and in the terminal; each line leads to where it is set."""
    monkeypatch.setattr(checks, "deployment", lambda **given: [])  # the machine itself is well
    ada = browser_of("ada")
    prove_the_rest(lakeside, tmp_path)
    assert "Still missing" not in text(ada.get(page))
    lakeside.clinic.after_hours = lakeside.clinic.address = ""
    lakeside.clinic.save()
    with looking():
        SafetyPolicy.objects.update(replaced_at=after())
    shown = text(ada.get(page)).split("Still missing")[1].split("</section>")[0]
    terminal = [one for one in examine(at=after(days=1)) if not one.well]
    assert len(terminal) == 3
    for one in terminal:
        assert f"<strong>{one.name}</strong>" in shown
        assert one.remedy in shown
    assert shown.count("<li") == len(terminal)
    assert f'href="{SETTINGS}"' in shown  # the address stands on the letterhead


def test_a_backup_on_the_disk_of_the_record_is_kept_with_a_warning(
    lakeside: Cast, browser_of: BrowserOf, tmp_path_factory: Any, settings: Any
) -> None:
    settings.WAYMARK_HOME = tmp_path_factory.mktemp("home")
    folder = str(tmp_path_factory.mktemp("backups"))
    page = browser_of("ada").post(SETTINGS + "set-up/backup/", {"folder": folder}, follow=True)
    assert "lies on the disk of the record, and is lost with it" in text(page)


def test_countries_are_called_by_their_names(lakeside: Cast, browser_of: BrowserOf) -> None:
    assert '<option value="US" selected>United States</option>' in text(
        browser_of("ada").get(SETTINGS)
    )
    assert {line.region for line in LINES.values()} <= set(region.NAMES)


def test_outside_the_demo_the_page_says_what_does_not_exist_yet(
    lakeside: Cast, browser_of: BrowserOf, settings: Any
) -> None:
    assert "are for the demo only" not in text(browser_of("ada").get(SAFETY))
    settings.WAYMARK_DEMO = False
    settings.MIDDLEWARE = [one for one in configured.MIDDLEWARE if "Factor" not in one]
    page = text(browser_of("ada").get(SAFETY))
    assert "such measures are for the demo only" in page
    assert "PHQ-8 is a separate measure without that question" in page


def test_the_responders_are_named(lakeside: Cast, browser_of: BrowserOf) -> None:
    gil, sue = (str(lakeside.memberships[name].pk) for name in ("gil", "sue"))
    form = {"safety_lead": gil, "primary": gil, "backup": sue}
    browser_of("ada").post(SAFETY + "duties/", form)
    with looking():
        held = {
            row.kind.replace("-", "_"): str(row.membership_id)
            for row in Duty.objects.filter(until=None)
        }
    assert held == form


def test_the_backup_is_somebody_else(lakeside: Cast, browser_of: BrowserOf) -> None:
    gil = str(lakeside.memberships["gil"].pk)
    page = browser_of("ada").post(
        SAFETY + "duties/", {"safety_lead": gil, "primary": gil, "backup": gil}
    )
    assert page.status_code == 422
    assert "somebody other than the primary responder" in text(page)
    assert f'<option value="{gil}" selected>' in text(page)


def test_nobody_without_a_licence_can_be_chosen(lakeside: Cast, browser_of: BrowserOf) -> None:
    dana = str(lakeside.memberships["dana"].pk)
    page = browser_of("ada").get(SAFETY)
    assert dana not in text(page)
    answer = browser_of("ada").post(SAFETY + "duties/", {"safety_lead": dana, "primary": dana})
    assert answer.status_code == 422


def test_a_concern_that_only_the_duty_gave_is_told_to_be_free(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    """Sue has the duty and takes Eli's concern; then the duty goes to others."""
    from waymark.record.people import actions
    from waymark.record.safety import actions as safety

    ben, gil, sue = (lakeside.memberships[name] for name in ("ben", "gil", "sue"))
    duties = {"safety_lead": ben, "primary": ben, "backup": sue}
    actions.set_duties(lakeside.clinic, **duties, by=lakeside.viewer("ada"), at=after(hours=1))
    concern = a_concern_of(lakeside, "eli", owner="gil")
    safety.offer(concern, to=sue, by=lakeside.viewer("gil"), at=after(hours=2))
    safety.accept_offer(concern, by=lakeside.viewer("sue"), at=after(hours=3))
    form = {"safety_lead": str(ben.pk), "primary": str(ben.pk), "backup": str(gil.pk)}
    page = text(browser_of("ada").post(SAFETY + "duties/", form, follow=True))
    assert "have no owner now" in page
    with looking():
        assert Concern.objects.get().owner is None


HOURS = {
    "mon_opens": "09:00",
    "mon_closes": "18:00",
    "holidays": "2026-12-25\n2026-01-01",
    "after_hours": "Call 988.",
}


def test_hours_and_holidays_are_kept(lakeside: Cast, browser_of: BrowserOf) -> None:
    browser_of("ada").post(SAFETY + "hours/", HOURS)
    held = clinic(lakeside)
    assert held.hours == {"mon": ["09:00", "18:00"]}
    assert held.holidays == ["2026-01-01", "2026-12-25"]
    assert held.after_hours == "Call 988."


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"mon_closes": ""}, "Give two times like 08:00 and 17:00."),
        ({"mon_closes": "08:00"}, "must open before it closes"),
        ({"mon_opens": "", "mon_closes": ""}, "on at least one day"),
        ({"holidays": "Christmas"}, "Write each day like 2026-12-25"),
        ({"after_hours": ""}, "Fill in “What a client can do when you are closed”."),
    ],
)
def test_hours_that_cannot_be_are_told_and_kept_on_the_page(
    lakeside: Cast, browser_of: BrowserOf, given: dict[str, str], told: str
) -> None:
    form = {"tue_opens": "10:15", **HOURS, **given}
    if "two times" not in told:
        form["tue_closes"] = "" if given.get("mon_opens") == "" else "16:00"
    if given.get("mon_opens") == "":
        form["tue_opens"] = ""
    page = browser_of("ada").post(SAFETY + "hours/", form)
    assert page.status_code == 422
    assert told in text(page)
    if form["tue_opens"]:
        assert 'value="10:15"' in text(page)
    assert clinic(lakeside).after_hours == "Call 988, or 911 in danger."


def test_a_line_is_shown_after_somebody_made_sure_and_hidden_again(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    ada = browser_of("ada")
    assert "I made sure: show it" in text(ada.get(SAFETY))
    page = ada.post(SAFETY + "line/", {"line": "us-maternal"}, follow=True)
    assert "Say when it answers" in text(page)
    assert "us-maternal" not in {line.id for line in lines_of(clinic(lakeside))}
    ada.post(SAFETY + "line/", {"line": "us-maternal", "hours": "24 hours, every day"})
    assert "us-maternal" in {line.id for line in lines_of(clinic(lakeside))}
    with looking():
        assert ConfirmedLine.objects.get().by == lakeside.accounts["ada"].pk
    assert "confirmed here March 3, 2026" in text(ada.get(SAFETY))
    ada.post(SAFETY + "line/", {"hide": "us-maternal"})
    assert "us-maternal" not in {line.id for line in lines_of(clinic(lakeside))}


def test_a_line_that_the_library_saw_cannot_be_hidden(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    browser_of("ada").post(SAFETY + "line/", {"hide": "us-988"})
    assert "us-988" in {line.id for line in lines_of(clinic(lakeside))}


def test_an_unknown_line_is_refused(lakeside: Cast, browser_of: BrowserOf) -> None:
    page = browser_of("ada").post(SAFETY + "line/", {"line": "us-nothing"}, follow=True)
    assert "is not a line of this library" in text(page)


POLICY = {"review": "2", "same_day": "3", "urgent": "10", "known": "7", "review_on": "2026-12-01"}


def test_the_policy_is_signed_and_its_times_count(lakeside: Cast, browser_of: BrowserOf) -> None:
    browser_of("ada").post(SAFETY + "policy/", {**POLICY, "outside_backup": "on@call.example"})
    with looking():
        row = SafetyPolicy.objects.get(replaced_at=None)
        assert row.outside_backup == "on@call.example"
    assert row.timers == {"review": 2, "same-day": 3, "urgent": 10, "known": 7}
    assert (row.version, row.review_on) == (2, date(2026, 12, 1))
    assert row.signed_by == lakeside.accounts["ada"].pk
    # Tuesday 3 March, 12:00: the first positive answer ever is due in three working hours.
    concern = a_concern_on_tuesday(lakeside)
    assert concern.due_at == after(days=1, hours=3)


def a_concern_on_tuesday(cast: Cast) -> Concern:
    from waymark.record.assessments import actions

    actions.enter(
        cast.patients["ana"],
        instrument="phq-9",
        answers={"q9": 1},
        came=actions.Entry("paper", date(2026, 3, 3)),
        by=cast.viewer("ben"),
        at=after(days=1),
    )
    with looking():
        return Concern.objects.get()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"review": "3"}, "Choose a time from 1 to 2."),
        ({"same_day": "9"}, "Choose a time from 1 to 8."),
        ({"urgent": "61"}, "Choose a time from 5 to 60."),
        ({"review_on": "2026-03-03"}, "Choose a day within the next year."),
        ({"review_on": "2027-06-01"}, "Choose a day within the next year."),
        ({"urgent": "soon"}, "Write a whole number at “"),
    ],
)
def test_a_policy_beyond_its_limits_is_not_signed(
    lakeside: Cast, browser_of: BrowserOf, given: dict[str, str], told: str
) -> None:
    page = browser_of("ada").post(SAFETY + "policy/", {**POLICY, **given})
    assert page.status_code == 422
    assert told in text(page)
    with looking():
        assert SafetyPolicy.objects.count() == 1
    assert not lacking(clinic(lakeside), at=after(days=1))


# The audit report


def test_a_list_that_was_looked_at_is_one_line(lakeside: Cast, browser_of: BrowserOf) -> None:
    """Eight clients of a caseload were eight like lines; now it is one, with their numbers."""
    welcome(lakeside, "amy", clinician="ben", at=after())
    browser_of("ben").get("/clinic/")
    page = text(browser_of("ada").get(AUDIT, {"by": str(lakeside.accounts["ben"].pk)}))
    (line,) = re.findall(r"<li[^>]*>(?:(?!</li>).)*saw a client in the caseload.*?</li>", page)
    assert "2 clients" in line
    for name in ("ana", "amy"):
        assert f"No. {str(lakeside.patients[name].audit_number)[:8]}" in line


def test_the_report_names_colleagues_and_no_client(lakeside: Cast, browser_of: BrowserOf) -> None:
    browser_of("ben").get(f"/clinic/clients/{lakeside.patients['ana'].pk}/")
    browser_of("ana").post("/me/more/preferences/", {"zone": "America/Chicago"})
    page = text(browser_of("ada").get(AUDIT))
    number = str(lakeside.patients["ana"].audit_number)[:8]
    assert "<strong>Ben</strong> looked at a client's scores" in page
    assert f"No. {number}" in page
    assert "<strong>A client</strong> looked at, or changed, their own settings" in page
    main = page.split("<main")[1]
    assert "Ana" not in main
    assert "Eli" not in main


def test_who_is_both_colleague_and_client_is_a_client_where_they_act_as_one(
    lakeside: Cast,
) -> None:
    line = Line(by=str(lakeside.accounts["ben"].pk), action=Action.ANSWER_INSTRUMENT)
    staff = {str(lakeside.accounts["ben"].pk): "Ben"}
    assert audit._actor(line, staff) == "A client"
    line.action = Action.READ_SCORES
    assert audit._actor(line, staff) == "Ben"


def test_a_refusal_stands_there_as_one(lakeside: Cast, browser_of: BrowserOf) -> None:
    from waymark.record.assessments.actions import assign
    from waymark.record.tenancy.action import Refused

    with pytest.raises(Refused):
        assign(
            lakeside.patients["eli"],
            instrument="gad-7",
            starts_on=date(2026, 3, 3),
            by=lakeside.viewer("ben"),
            at=after(days=1),
        )
    page = text(browser_of("ada").get(AUDIT))
    assert "refused" in page
    assert "no line lets clinician assign-instrument here" in page


def test_the_portals_own_routine_is_shown_when_it_is_asked_for(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    from waymark.record.assessments.actions import bring_due

    bring_due(lakeside.patients["ana"], by=lakeside.clock(), at=after(days=1))
    ada = browser_of("ada")
    assert "did a routine task" not in text(ada.get(AUDIT))
    page = text(ada.get(AUDIT, {"by": "system"}))
    assert "<strong>The portal itself</strong> did a routine task" in page


def test_one_colleague_alone(lakeside: Cast, browser_of: BrowserOf) -> None:
    ana = lakeside.patients["ana"].pk
    for name in ("ben", "sue"):
        browser_of(name).get(f"/clinic/clients/{ana}/")
    page = text(browser_of("ada").get(AUDIT, {"by": str(lakeside.accounts["sue"].pk)}))
    assert "<strong>Sue</strong>" in page
    assert "<strong>Ben</strong>" not in page


def test_a_clients_own_account_is_no_filter(lakeside: Cast, browser_of: BrowserOf) -> None:
    """Else somebody who knows an account could tell which lines are that person's."""
    ada = browser_of("ada")  # one browser: another sign-in would be another line
    everything = text(ada.get(AUDIT))
    page = text(ada.get(AUDIT, {"by": str(lakeside.accounts["ana"].pk)}))
    assert page.count("<li class") == everything.count("<li class")


def test_a_day_is_the_clinics_own(lakeside: Cast, browser_of: BrowserOf) -> None:
    """22:00 in Chicago on March 2 is March 3 in UTC; it belongs to March 2."""
    from waymark.record.episodes.actions import record_encounter

    late = after(hours=10)
    record_encounter(
        lakeside.patients["ana"],
        kind="phone",
        took_place_at=late,
        by=lakeside.viewer("ben"),
        at=late,
    )
    ada = browser_of("ada")
    assert "noted a meeting" in text(ada.get(AUDIT, {"day": "2026-03-02"}))
    assert "noted a meeting" not in text(ada.get(AUDIT, {"day": "2026-03-03"}))


def test_each_way_on_from_the_report_keeps_who_and_which_day(
    lakeside: Cast, browser_of: BrowserOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A day alone, an older page, the check of the chain: the filter is not lost on the way."""
    link(lakeside.clinic.pk)
    ben = browser_of("ben")
    for _ in range(3):
        ben.get(f"/clinic/clients/{lakeside.patients['ana'].pk}/")
    monkeypatch.setattr(audit, "SHORT_CHAIN", 1)
    monkeypatch.setattr(audit, "A_PAGE", 2)
    ada, by = browser_of("ada"), str(lakeside.accounts["ben"].pk)
    page = text(ada.get(AUDIT, {"by": by}))
    ways = [way for way in re.findall(r'href="(\?[^"]+)"', page) if way.startswith("?")]
    assert len(ways) >= 3
    assert [way for way in ways if f"by={by}" not in way] == []
    day = re.findall(r'href="\?(day=[^"]+)">This day alone', page)[-1]
    alone = text(ada.get(f"{AUDIT}?{day}"))
    assert "This day alone" not in alone
    assert f'href="{AUDIT}">Show all days and people</a>' in alone
    older = re.findall(r'href="\?(day=\d[^"]+)"', alone)
    assert older
    assert all(day.partition("&")[0] in way for way in older)


def test_settings_are_grouped_and_each_says_where_one_is(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    ada = browser_of("ada")
    for page in ("", "instruments/", "expected/", "safety/", "set-up/", "audit/"):
        html = text(ada.get(SETTINGS + page))
        tabs = re.search(r'<nav class="groups".*?</nav>', html, re.DOTALL)
        assert tabs is not None
        assert re.findall(r'href="([^"]+)" aria-current="page"', tabs[0]) == [SETTINGS + page]
        assert tabs[0].count("<section>") == 4


@pytest.mark.parametrize("day", ["yesterday", "2026-13-40", "9999-12-31"])
def test_a_day_that_is_none_is_told(lakeside: Cast, browser_of: BrowserOf, day: str) -> None:
    page = browser_of("ada").get(AUDIT, {"day": day})
    assert page.status_code == 422
    assert "Write the day like 2026-11-22." in text(page)


def test_whether_the_chain_holds_is_said(
    lakeside: Cast, browser_of: BrowserOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    link(lakeside.clinic.pk)
    ada = browser_of("ada")
    assert "The chain holds over" in text(ada.get(AUDIT))

    line = Line.objects.filter(clinic=lakeside.clinic.pk).order_by("pk")[2]
    Line.objects.filter(pk=line.pk).update(at=line.at - timedelta(hours=1))

    page = text(ada.get(AUDIT))
    assert "The chain is broken." in page
    assert "The first place that does not hold: <strong>3</strong>" in page

    monkeypatch.setattr(audit, "SHORT_CHAIN", 1)
    assert "Check now whether the chain holds" in text(ada.get(AUDIT))
    assert "The chain is broken." in text(ada.get(AUDIT, {"check": "yes"}))
    walk_on(lakeside.clinic.pk)  # the worker came by: a long log need not be read again
    assert "does not hold: <strong>3</strong>" in text(ada.get(AUDIT))


def test_every_action_has_words_of_its_own() -> None:
    assert deed("read-scores") == "looked at a client's scores"
    assert deed("signed-in") == "signed in"
    assert deed("an-action-of-long-ago") == "an-action-of-long-ago"
    assert of_clients_alone(Action.REMARK_ON_FINDING)
    assert not of_clients_alone(Action.RUN_CLOCK)


def test_messages_that_were_given_up_are_told_and_tried_again(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    at = {"made_at": NOON, "next_try_at": NOON}
    row = Message.objects.create(
        kind="review-needed", clinic=lakeside.clinic.pk, state="dead", tries=10, **at
    )
    ada = browser_of("ada")
    assert "could not be sent" in ada.get(SETTINGS + "set-up/").content.decode()
    ada.post(SETTINGS + "set-up/letters/")
    row.refresh_from_db()
    assert (row.state, row.tries) == ("waiting", 0)
    assert "could not be sent" not in ada.get(SETTINGS + "set-up/").content.decode()
