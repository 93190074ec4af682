"""Small wins at the phone: noted in a minute, set beside an older one, changed, removed."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import looking
from tests.interfaces.portal.doing import Ana
from tests.record.steps import concern_of
from waymark.record.wins.models import Win

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

SAID = "I said no to the extra shift."


def noted(ana: Ana, words: str = SAID, **given: Any) -> str:
    """The address of the one that was noted."""
    ana.clock.at += timedelta(minutes=1)
    answer = ana.sends("/me/wins/", {"sort": "win", "words": words, **given})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def test_from_today_to_a_kept_win(ana: Ana) -> None:
    assert "Note a small win, or a setback" in ana.reads("/me/")
    assert "The first one can be very small." in ana.reads("/me/wins/")
    page = ana.reads(noted(ana, lasted="1", strength="0", type="said-no"))
    for words in (SAID, "Under an hour", "0 of 10", "Said no", "Only you can read this"):
        assert words in page
    assert SAID in ana.reads("/me/wins/")


def test_nothing_is_said_of_what_was_left_open(ana: Ana) -> None:
    page = ana.reads(noted(ana))
    assert "It stayed" not in page
    assert "At its strongest:" not in page


def test_what_is_wrong_is_told_and_what_was_typed_is_kept(ana: Ana) -> None:
    for fields, told in (
        ({"sort": "win", "words": " "}, "Fill in"),
        ({"sort": "win", "words": SAID, "strength": "11"}, "Choose one of the answers"),
        ({"words": SAID}, "Choose one of the answers"),
    ):
        answer = ana.sends("/me/wins/", fields)
        assert answer.status_code == 422
        assert told in answer.content.decode()
        assert fields["words"].strip() in answer.content.decode()
    with looking():
        assert not Win.objects.exists()


def test_one_form_sent_twice_keeps_one(ana: Ana) -> None:
    key = "3b9f1c1e-5a53-4b4c-9c4e-0f8f7d1f2a11"
    assert noted(ana, request_key=key) == noted(ana, request_key=key)
    with looking():
        assert Win.objects.count() == 1


def test_then_and_now_stand_side_by_side(ana: Ana) -> None:
    then = noted(ana, "The argument stayed all day.", lasted="4")
    ana.clock.at = ana.clock.at.replace(day=20)
    ana.signs_in()
    now = noted(ana, "The argument was over by lunch.", lasted="1")
    assert "The argument stayed all day." in ana.reads(now)  # it is offered
    ana.sends(f"{now}like/", {"like": then.rsplit("/", 2)[1]})
    page = ana.reads(now)
    assert page.index("Then, ") < page.index("Most of the day") < page.index("Now, ")
    assert page.index("Now, ") < page.index("Under an hour")
    ana.sends(f"{now}like/", {"like": ""})
    assert "Then, " not in ana.reads(now)


def test_only_an_older_one_of_hers_can_be_chosen(ana: Ana) -> None:
    now = noted(ana)
    answer = ana.sends(f"{now}like/", {"like": now.rsplit("/", 2)[1]}, follow=True)
    assert "Choose one from the list, or none of them." in answer.content.decode()


def test_it_is_changed_and_removed(ana: Ana) -> None:
    at = noted(ana)
    ana.sends(at, {"sort": "setback", "words": "I said yes after all."})
    page = ana.reads(at)
    assert "I said yes after all." in page
    assert SAID not in page
    ana.sends(f"{at}remove/")
    assert "There is none yet." in ana.reads("/me/wins/")
    assert ana.opens(at).status_code == 404


def test_a_setback_is_met_with_a_next_step_and_with_help_while_a_concern_is_open(ana: Ana) -> None:
    at = noted(ana, "I stayed in bed.", sort="setback")
    assert "Ups and downs are part of this." in ana.reads(at)
    ana.sends("/me/shared/switch/win/", {"on": "yes"})
    noted(ana, "I got up although I want to die.")
    assert concern_of(ana.cast, "ana") is not None
    page = ana.reads(at)
    assert "Ups and downs" not in page
    assert "You need not carry it alone." in page


def test_a_long_list_goes_on(ana: Ana) -> None:
    for n in range(21):
        noted(ana, f"Number {n} of them.")
    first = ana.opens("/me/wins/").content.decode()
    assert "Number 20 of them." in first
    assert "Number 0 of them." not in first
    address = first.split('class="btn quiet" href="')[-1].split('"')[0]
    assert "Number 0 of them." in ana.reads(f"/me/wins/{address}")
