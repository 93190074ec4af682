"""Goals that Ana shares, as Ben reads them: he agrees, and says how he sees them, beside her."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.cast import Cast, after, looking
from tests.interfaces.conftest import BrowserOf
from tests.interfaces.portal.doing import words
from tests.record.goals.setting import DRAFT, SPEAK, WALK, begins, held, rates, says, shares
from waymark.record.goals.models import Agreement, ClinicianRating
from waymark.record.sharing.actions import take_back
from waymark.record.sharing.models import Receipt

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def read(browser_of: BrowserOf, cast: Cast, path: str = "goals/") -> str:
    ana = cast.patients["ana"].pk
    page: Any = browser_of("ben").get(f"/clinic/clients/{ana}/{path}")
    assert page.status_code == 200
    return words(page.content.decode())


def sends(
    browser_of: BrowserOf, cast: Cast, share: UUID, to: str, fields: dict[str, str] | None = None
) -> Any:
    ana = cast.patients["ana"].pk
    path = f"/clinic/clients/{ana}/goals/{share}/{to}/"
    return browser_of("ben").post(path, fields or {}, follow=True)


def test_without_a_shared_goal_there_is_no_panel(lakeside: Cast, browser_of: BrowserOf) -> None:
    begins(lakeside)
    assert "Goals shared with you" not in read(browser_of, lakeside, "")
    assert "shares no goal at the moment" in read(browser_of, lakeside)


def test_what_is_shared_is_read_and_she_sees_that_it_was(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    goal = begins(lakeside)
    rates(lakeside, goal, 4, -1)
    shares(lakeside, goal)
    panel = read(browser_of, lakeside, "")
    assert "Goals shared with you Speak once in each weekly meeting not answered yet" in panel
    page = read(browser_of, lakeside)
    for line in (
        "What I hoped for: I speak once in each meeting.",
        "Where it stands: Working on it",
        "Last rating: 4 of 10 (0: I sit there; 10: I am in the room), A bit less than I hoped for",
        "If: my throat closes Then: I breathe out once and read the line.",
    ):
        assert line in page
    with looking():
        assert Receipt.objects.get().used == "seen"


def test_he_agrees_and_it_is_said_on_both_pages(lakeside: Cast, browser_of: BrowserOf) -> None:
    goal = begins(lakeside)
    share = shares(lakeside, goal)
    page = words(sends(browser_of, lakeside, share.pk, "agree").content.decode())
    assert "Agreed. Ana sees it." in page
    assert "agreed" in read(browser_of, lakeside, "")
    assert held(lakeside, goal).agreed_now is not None


@pytest.mark.parametrize("to", ["agree", "view"])
def test_what_was_changed_or_taken_back_meanwhile_is_answered_by_nothing(
    lakeside: Cast, browser_of: BrowserOf, to: str
) -> None:
    """Ben's page stands open | Ana takes it back, or shares a change | he is told to look again."""
    goal = begins(lakeside)
    first = shares(lakeside, goal)
    says(lakeside, goal, start=-1)
    second = shares(lakeside, goal, at=after(hours=1))
    answer = sends(browser_of, lakeside, first.pk, to, {"number": "5"})
    assert "please look again" in words(answer.content.decode())
    ana, by = lakeside.patients["ana"], lakeside.viewer("ana")
    take_back(ana, thing=goal.pk, by=by, at=after(hours=2))
    for share in (second.pk, uuid4()):
        answer = sends(browser_of, lakeside, share, to, {"number": "5"})
        assert "please look again" in words(answer.content.decode())
    with looking():
        assert not Agreement.objects.exists()
        assert not ClinicianRating.objects.exists()


def test_his_view_stands_beside_hers_with_t_of_each(lakeside: Cast, browser_of: BrowserOf) -> None:
    """Two goals are shared | Ana says a level of both, Ben of one | T 36.6 of two, 60 of one."""
    one, two = begins(lakeside), begins(lakeside, at=after(minutes=1))
    for goal in (one, two):
        rates(lakeside, goal, 4, -1)
    share = shares(lakeside, one)
    shares(lakeside, two, at=after(minutes=2))
    given = {"level": "1", "number": "6"}
    page = words(sends(browser_of, lakeside, share.pk, "view", given).content.decode())
    assert "Noted. Ana sees it beside their own." in page
    assert "Ben , Mar 3: level +1, 6 of 10" in page
    assert "By the client T 37.6, from 25.2 where they began; 2 goals" in page
    assert "By clinicians T 60.0, from 30.0 where they began; 1 goal, 1 without a level" in page
    assert "it compares no two clients" in page


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"number": ""}, "Choose a number"),
        ({"number": "11"}, "Choose one of the answers"),
        ({"level": "7"}, "Choose one of the answers"),
    ],
)
def test_a_view_that_says_nothing_is_told_what_to_do(
    lakeside: Cast, browser_of: BrowserOf, given: dict[str, str], told: str
) -> None:
    share = shares(lakeside, begins(lakeside))
    answer = sends(browser_of, lakeside, share.pk, "view", given)
    assert answer.status_code == 422
    assert told in words(answer.content.decode())


def test_a_goal_without_levels_is_seen_by_its_number(lakeside: Cast, browser_of: BrowserOf) -> None:
    share = shares(lakeside, begins(lakeside, WALK))
    assert "Which level is nearest?" not in read(browser_of, lakeside)
    sends(browser_of, lakeside, share.pk, "view", {"number": "0", "level": "2"})
    with looking():
        assert ClinicianRating.objects.get().body == {"number": 0, "level": None}


def test_one_to_look_at_together_stands_first_and_says_why(
    lakeside: Cast, browser_of: BrowserOf
) -> None:
    heavy = replace(SPEAK, draft=replace(DRAFT, statement="Lose ten pounds by May"))
    shares(lakeside, begins(lakeside, heavy))
    shares(lakeside, begins(lakeside, at=after(minutes=1)), at=after(minutes=1))
    panel = read(browser_of, lakeside, "")
    assert "Goals shared with you Lose ten pounds by May look at it together" in panel
    page = read(browser_of, lakeside)
    assert page.index("Lose ten pounds") < page.index("Speak once")
    assert "To look at together: weight or food" in page
    assert "Waymark gives Ana no hints on this one" in page
