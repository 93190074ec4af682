"""“Tell my therapist”, beside every place where one writes: kept, shared and told in one tap.

writes ── only her own device notices ── presses ─► kept · shared · a concern
                                     └─ goes on  ─► kept, and nobody knows
"""

import re
from collections.abc import Mapping
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.cast import looking
from tests.interfaces.portal.doing import Ana
from tests.interfaces.saying import PAGES as ALL_PAGES
from waymark.record.journal.models import Entry
from waymark.record.journal.writing import MOST_CHARACTERS
from waymark.record.safety.models import Concern, Screening
from waymark.record.sharing.models import Share

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
PORTAL = ALL_PAGES / "portal"
WORDS = "I do not want to live any more."
QUIET = "It is too much, and I would rather not say it."
THANKS = "Thank you for telling us."


def hard_day(ana: Ana) -> str:
    return str(ana.sends("/me/hard/note/")["Location"])


def column(ana: Ana) -> str:
    begun = ana.sends("/me/thoughts/new/", {"situation": "on the bus"})
    assert begun.status_code == 302, begun.content.decode()
    return str(begun["Location"])


PLACES = {
    "a page of the journal": ("/me/journal/write/", {"text": WORDS}),
    "a small win": ("/me/wins/", {"sort": "win", "words": WORDS}),
    "a setback": ("/me/wins/", {"sort": "setback", "words": WORDS}),
    "a hard day": (hard_day, {"words": WORDS}),
}


def sends(ana: Ana, place: str, **more: str) -> str:
    """The words, with what was pressed; where that leads."""
    where, fields = PLACES[place]
    path = where if isinstance(where, str) else where(ana)
    answer = ana.sends(path, {**fields, **more})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def concerns() -> int:
    with looking():
        return Concern.objects.count()


def shares() -> list[str]:
    with looking():
        return [str(one.words) for one in Share.objects.filter(ended_at=None)]


@pytest.mark.parametrize("place", PLACES)
def test_not_pressing_tells_nobody_and_stores_no_sign_of_it(ana: Ana, place: str) -> None:
    sends(ana, place)
    with looking():
        assert (Concern.objects.count(), Screening.objects.count()) == (0, 0)
        assert not Share.objects.exists()


@pytest.mark.parametrize("place", PLACES)
def test_pressing_keeps_shares_and_tells_at_once(ana: Ana, place: str) -> None:
    page = ana.reads(sends(ana, place, tell="yes"))
    assert THANKS in page
    assert "Your care team has been told." in page
    assert "Only you can read it" not in page
    assert concerns() == 1
    (shared,) = shares()
    assert WORDS in shared


def test_words_that_no_rule_knows_are_told_as_well(ana: Ana) -> None:
    """Pressed is pressed: the clinic is not asked whether it agrees."""
    answer = ana.sends("/me/journal/write/", {"text": QUIET, "tell": "yes"}, follow=True)
    assert THANKS in answer.content.decode()
    assert concerns() == 1


def test_a_changed_page_is_told_as_it_stands_now(ana: Ana) -> None:
    page = sends(ana, "a page of the journal")
    ana.clock.at += timedelta(minutes=5)
    answer = ana.sends(page, {"text": QUIET, "seen": "1", "tell": "yes"})
    assert THANKS in ana.reads(answer["Location"])
    (shared,) = shares()
    assert QUIET in shared
    assert WORDS not in shared


def test_a_thought_record_is_told_from_any_of_its_steps(ana: Ana) -> None:
    begun = ana.sends("/me/thoughts/new/", {"situation": WORDS, "tell": "yes"})
    assert THANKS in ana.reads(begun["Location"])
    with looking():
        thing = Share.objects.get().thing
    later = ana.sends(f"/me/thoughts/{thing}/situation/", {"situation": QUIET, "tell": "yes"})
    assert later.status_code == 302
    (shared,) = shares()
    assert QUIET in shared


TOO_LONG: list[tuple[str, Mapping[str, str]]] = [
    ("/me/journal/write/", {"text": WORDS + "x" * MOST_CHARACTERS}),
    ("/me/journal/write/", {"text": WORDS, "before": "11"}),
    ("/me/wins/", {"sort": "no such", "words": WORDS}),
    ("/me/thoughts/new/", {"situation": WORDS + "x" * 5000}),
    ("hard", {"words": WORDS + "x" * 50_000}),
]


@pytest.mark.parametrize(("path", "fields"), TOO_LONG)
def test_words_that_cannot_be_kept_are_told_all_the_same(
    ana: Ana, path: str, fields: Mapping[str, str]
) -> None:
    """The error stands on the page, with all that was typed, and so does who knows."""
    path = hard_day(ana) if path == "hard" else path
    answer = ana.sends(path, {**fields, "tell": "yes"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert WORDS in page
    assert THANKS in page
    assert concerns() == 1
    assert shares() == []


def test_pressed_twice_is_one_page_one_share_and_one_concern(ana: Ana) -> None:
    fields = {"text": WORDS, "entry": str(uuid4()), "tell": "yes"}
    first, again = (ana.sends("/me/journal/write/", fields)["Location"] for _ in range(2))
    assert first == again
    with looking():
        assert (Entry.objects.count(), Share.objects.count(), Concern.objects.count()) == (1, 1, 1)


def test_of_nothing_written_somebody_is_told_that_it_was_asked_for(ana: Ana) -> None:
    answer = ana.sends("/me/journal/write/", {"text": " ", "tell": "yes"})
    assert answer.status_code == 422
    assert concerns() == 1


PAGES = ("/me/journal/write/", "/me/wins/", "/me/thoughts/new/")
OF_GOALS = ("/me/goals/new/", "/me/problems/new/")


@pytest.mark.parametrize("path", OF_GOALS)
def test_where_words_are_no_message_help_leads_to_a_page_that_tells(ana: Ana, path: str) -> None:
    """A goal is shared as a goal: what is hard goes to somebody in words of its own."""
    card = ana.opens(path).content.decode().split("data-listens")[1].split("</form>")[0]
    assert "/me/hard/tell/" in card
    assert "What you write here stays on this page." in card
    assert 'name="tell"' not in card


@pytest.mark.parametrize("path", PAGES)
def test_help_waits_unseen_on_every_page_on_which_one_writes(ana: Ana, path: str) -> None:
    page = ana.opens(path).content.decode()
    card = page.split("data-listens")[1].split("</form>")[0]
    assert "data-heard hidden" in card
    for words in ("988", "Nobody is told unless you say so.", "Keep it, and tell my therapist"):
        assert words in card


TYPED = re.compile(r"textarea|form\.(text|words|why|reason|what)\b|for (each|one) in form")
ELSEWHERE = {
    "checkins/track.html": "names a question",
    "hard/tell.html": "goes to somebody as it is sent, with the way to help beside it",
    "journal/found.html": "a search, which is kept nowhere",
    "journal/journal.html": "a search, which is kept nowhere",
}


def test_no_page_on_which_a_client_writes_is_left_out() -> None:
    """A new one shows help as well, or says here why not."""
    written = {
        path.relative_to(PORTAL).as_posix(): text
        for path in PORTAL.rglob("*.html")
        if "post_form" in (text := path.read_text()) and TYPED.search(text)
    }
    assert len(written) > 12
    bare = {name for name, text in written.items() if "portal/listening.html" not in text}
    assert bare == set(ELSEWHERE)


def test_so_it_does_on_pages_that_were_begun(ana: Ana) -> None:
    for path in (hard_day(ana), column(ana), sends(ana, "a small win"), sends(ana, "a setback")):
        assert "data-listens" in ana.opens(path).content.decode()
