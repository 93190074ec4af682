"""What a client reads before beginning: how many questions, how long, about what; for each of them.

An instrument says over which time it asks ("last 2 weeks"), and that completes "about the ..."; one
that asks over no time says in words of its own what it is about.
"""

import re

import pytest
from django.template.loader import render_to_string

from tests.interfaces.portal.doing import Ana, words
from tests.library.written import TYPED
from waymark.library.instrument import Instrument
from waymark.library.instruments import INSTRUMENTS
from waymark.record.tenancy.models import Clinic

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

TIME = r"the (?:last|past) (?:(?:\d+|two) )?(?:week|weeks|days|month|year)"
MATTER = {id: table["matter"] for id, table in TYPED.items() if "matter" in table}


def reads_well(about: str, id: str) -> bool:
    """Whether "7 questions, 2 minutes, about ..." goes on as English does."""
    return (
        about == f"about {MATTER[id]}"
        if id in MATTER
        else bool(re.fullmatch(f"about {TIME}", about))
    )


@pytest.mark.parametrize("one", INSTRUMENTS.values(), ids=lambda one: one.id)
def test_what_a_measure_is_about_goes_on_as_english_does(one: Instrument) -> None:
    assert reads_well(one.about, one.id)


def test_the_old_way_of_joining_would_be_seen() -> None:
    joined = {
        one.id for one in INSTRUMENTS.values() if reads_well(f"about the {one.recall}", one.id)
    }
    assert set(INSTRUMENTS) - joined == set(MATTER)


def test_the_page_of_starting_oneself_says_it_of_each(ana: Ana) -> None:
    Clinic.objects.update(self_start=list(INSTRUMENTS))
    page = ana.opens("/me/start/").content.decode()
    found = re.findall(
        r"<strong>([^<]+)</strong><br><span class=\"muted small\">([^<]+)</span>", page
    )
    assert found == [(one.short, line(one)) for one in INSTRUMENTS.values()]
    begin = re.findall(r">Begin<span class=\"visually-hidden\"> ([^<]+)</span>", page)
    assert begin == [one.short for one in INSTRUMENTS.values()]


def line(one: Instrument) -> str:
    minutes = "1 minute" if one.minutes == 1 else f"{one.minutes} minutes"
    return f"{len(one.items)} questions, {minutes}, {one.about}"


@pytest.mark.parametrize("one", INSTRUMENTS.values(), ids=lambda one: one.id)
def test_the_first_page_and_the_welcome_say_it_too(one: Instrument) -> None:
    first = {"id": "00000000-0000-4000-8000-000000000000", "instrument": one}
    card = "portal/today/cards/measure.html"
    day = words(render_to_string(card, {"one": {**first, "total": 7}}))
    assert f"7 questions {one.about}." in day
    welcome = words(
        render_to_string("portal/welcome/welcome.html", {"screen": 4, "screens": 4, "first": one})
    )
    assert f"{len(one.items)} questions {one.about}. They take {one.minutes} minute" in welcome
