"""Words of an action stand with it: for the audit report, and for a client where it is about one.

Which actions never are about one client is written here by hand, for each a reason; every other one
that somebody besides the client may take has words that the client reads in "Who looked".
"""

import pytest

from waymark.access.policy import POLICY
from waymark.access.vocabulary import Action, Event, Role, Told

ABOUT_NO_CLIENT = {
    Action.PRINT_MEASURE: "a blank sheet",
    Action.INVITE_STAFF: "who comes to work here",
    Action.MANAGE_STAFF: "who works here",
    Action.READMIT_STAFF: "how a colleague signs in",
    Action.MANAGE_SETTINGS: "the clinic's settings",
    Action.MANAGE_SAFETY: "responders, hours and policy",
    Action.READ_AUDIT_REPORT: "lines without names",
}
BY_OTHERS = {line.action for line in POLICY if line.role is not Role.PATIENT}
BY_CLIENTS = {line.action for line in POLICY if line.role is Role.PATIENT}


@pytest.mark.parametrize("action", sorted(BY_OTHERS - ABOUT_NO_CLIENT.keys()))
def test_what_others_may_do_over_a_client_is_told_to_them(action: Action) -> None:
    assert action.to_client, f"{action}: the client whom it is about has no words for it"


@pytest.mark.parametrize("action", sorted((BY_CLIENTS - BY_OTHERS) | ABOUT_NO_CLIENT.keys()))
def test_what_is_about_no_client_or_by_them_alone_is_not(action: Action) -> None:
    assert not action.to_client


def test_every_action_is_somebodys() -> None:
    assert set(Action) == BY_OTHERS | BY_CLIENTS


@pytest.mark.parametrize("event", list(Event))
def test_what_happens_to_a_way_in_is_told_to_both(event: Event) -> None:
    assert event.to_staff
    assert event.to_client


def test_no_two_are_told_alike() -> None:
    for words in ("to_staff", "to_client"):
        said = [told for one in (*Action, *Event) if (told := getattr(one, words))]
        assert sorted(said) == sorted(set(said))


LOOKS = ("looked", "saw ", "read ", "opened", "did a routine task", "counted ")


@pytest.mark.parametrize("action", sorted(BY_OTHERS - ABOUT_NO_CLIENT.keys()))
def test_who_only_looked_is_not_said_to_have_done_it(action: Action) -> None:
    """A page of an action that was opened writes a line as the deed does: its words are others."""
    for words in (action.look_to_staff, action.look_to_client):
        assert words.startswith(LOOKS)
    for words in (action.to_staff, action.to_client):
        assert words not in (action.look_to_staff, action.look_to_client) or words.startswith(LOOKS)


@pytest.mark.parametrize("action", [Action.ANSWER_INSTRUMENT, Action.START_INSTRUMENT])
def test_a_client_who_looked_at_questions_answered_none(action: Action) -> None:
    assert action.look_to_staff.startswith(LOOKS)


def test_one_without_words_is_refused_by_name() -> None:
    with pytest.raises(Exception, match="read-notes has no words"):
        Told("Planted", {"READ_NOTES": ("read-notes",)})
