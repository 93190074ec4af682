"""Episodes are half-open stretches of care, one at a time; a meeting is marked after it took place.

episode 1   [ March 2 ........ April 6 )
episode 2                               [ May 4 ........
"""

from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.cast import NOON, Cast, after, looking
from tests.record.steps import answer, give, phq9
from waymark.access.vocabulary import Action
from waymark.interfaces.jobs.round import go_round
from waymark.record.assessments import actions as assessments
from waymark.record.assessments.models import Score
from waymark.record.assessments.queries import waiting_for
from waymark.record.episodes.actions import discharge, record_encounter, start
from waymark.record.episodes.models import Encounter, Episode
from waymark.record.episodes.queries import current_episodes, last_encounters, meeting_counts
from waymark.record.tenancy.action import Invalid, Refused
from waymark.record.tenancy.models import Patient

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def episode_of(cast: Cast, client: str = "ana") -> Episode:
    with looking():
        rows = Episode.objects.select_related("patient", "clinic")
        return rows.get(patient=cast.patients[client], ended_at=None)


def state_of(cast: Cast, client: str = "ana") -> str:
    with looking():
        return Patient.objects.get(pk=cast.patients[client].pk).state


def ended(cast: Cast, *, ended_at: datetime, at: datetime) -> Episode:
    done: Episode = discharge(episode_of(cast), ended_at=ended_at, by=cast.viewer("ben"), at=at)
    return done


def met(cast: Cast, **given: Any) -> Encounter:
    usual: dict[str, Any] = {"kind": "in-person", "took_place_at": NOON, "at": after(hours=1)}
    row: Encounter = record_encounter(
        cast.patients["ana"], **{**usual, "by": cast.viewer("ben"), **given}
    )
    return row


def test_starting_twice_is_one_episode(lakeside: Cast) -> None:
    ana, ben = lakeside.patients["ana"], lakeside.viewer("ben")
    again = start(ana, started_at=after(days=1), by=ben, at=after(days=1))
    assert again == episode_of(lakeside)
    assert again.started_at == NOON


def test_care_ends_with_its_measures_and_may_begin_again(lakeside: Cast) -> None:
    """GAD-7 every two weeks | care ends April 6: nothing more comes | May 4: Ana is back."""
    ana, ben = lakeside.patients["ana"], lakeside.viewer("ben")
    give(lakeside, "ana", "gad-7", rule=assessments.RepeatRule("every-days", 14))
    end, back = after(days=35), after(days=63)
    assessments.end_care(episode_of(lakeside), ended_at=end, by=ben, at=end)
    assert state_of(lakeside) == "discharged"
    assert go_round(at=after(days=60)).given == 0
    with looking():
        assert waiting_for(lakeside.viewer("ana"), at=after(days=60)) == []
        ana.refresh_from_db()
    start(ana, started_at=back, by=ben, at=back)
    assert state_of(lakeside) == "active"


def test_care_does_not_end_over_an_open_concern(lakeside: Cast) -> None:
    answer(lakeside, "ana", phq9(q9=1))
    at = after(hours=1)
    with pytest.raises(Invalid, match="concern is open"):
        assessments.end_care(episode_of(lakeside), ended_at=at, by=lakeside.viewer("ben"), at=at)
    assert state_of(lakeside) == "active"
    assert episode_of(lakeside)


def test_an_episode_does_not_start_in_the_future(lakeside: Cast) -> None:
    with pytest.raises(Invalid, match="future") as caught:
        start(
            lakeside.patients["ana"],
            started_at=after(days=1),
            by=lakeside.viewer("ben"),
            at=NOON,
        )
    assert caught.value.field == "started_at"


def test_a_new_episode_begins_after_the_old_one_ended(lakeside: Cast) -> None:
    ended(lakeside, ended_at=after(days=35), at=after(days=36))
    ana, ben = lakeside.patients["ana"], lakeside.viewer("ben")
    second = start(ana, started_at=after(days=63), by=ben, at=after(days=63))
    assert second.started_at == after(days=63)
    with looking():
        assert list(current_episodes(ben, Action.READ_SCORES, [ana.pk]).values()) == [second]


@pytest.mark.parametrize("ended_at", [after(days=-1), after(days=3)], ids=["before", "not yet"])
def test_an_episode_ends_between_its_start_and_now(lakeside: Cast, ended_at: datetime) -> None:
    with pytest.raises(Invalid, match="between") as caught:
        ended(lakeside, ended_at=ended_at, at=after(days=2))
    assert caught.value.field == "ended_at"


def test_the_database_holds_one_open_episode(lakeside: Cast) -> None:
    ana = lakeside.patients["ana"]
    with looking(), pytest.raises(IntegrityError), transaction.atomic():
        Episode.objects.create(patient=ana, clinic=ana.clinic, started_at=NOON)


def test_the_database_holds_no_episode_that_ends_before_it_starts(lakeside: Cast) -> None:
    with looking(), pytest.raises(IntegrityError), transaction.atomic():
        Episode.objects.update(ended_at=after(days=-1))


def test_scores_stay_with_the_episode_they_were_given_in(lakeside: Cast) -> None:
    answer(lakeside, "ana", phq9())
    first = episode_of(lakeside)
    ended(lakeside, ended_at=after(days=1), at=after(days=1))
    answer(lakeside, "ana", phq9(), at=after(days=2))
    start(
        lakeside.patients["ana"],
        started_at=after(days=3),
        by=lakeside.viewer("ben"),
        at=after(days=3),
    )
    answer(lakeside, "ana", phq9(), at=after(days=4))
    with looking():
        held = list(Score.objects.order_by("taken_at").values_list("episode", flat=True))
    assert held == [first.pk, None, episode_of(lakeside).pk]


@pytest.mark.parametrize(
    ("given", "field"),
    [({"kind": "letter"}, "kind"), ({"took_place_at": after(hours=2)}, "took_place_at")],
)
def test_a_meeting_that_cannot_be_is_refused(
    lakeside: Cast, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        met(lakeside, **given)
    assert caught.value.field == field


def test_a_meeting_belongs_to_the_open_episode_and_names_who_marked_it(lakeside: Cast) -> None:
    row = met(lakeside)
    assert row.episode == episode_of(lakeside)
    assert (row.marked_by_id, row.marked_at) == (
        lakeside.memberships["ben"].pk,
        after(hours=1),
    )


def test_meetings_are_listed_newest_first(lakeside: Cast) -> None:
    first, second = met(lakeside), met(lakeside, took_place_at=after(minutes=30))
    with looking():
        rows = last_encounters(
            lakeside.viewer("ben"), Action.READ_SCORES, lakeside.patients["ana"].pk
        )
        assert list(rows) == [second, first]


def test_meetings_are_counted_in_the_open_episode(lakeside: Cast) -> None:
    ben, ana, eli = lakeside.viewer("ben"), lakeside.patients["ana"], lakeside.patients["eli"]
    met(lakeside)
    met(lakeside)
    with looking():
        assert meeting_counts(ben, Action.READ_SCORES, [ana.pk, eli.pk]) == {ana.pk: 2}
    ended(lakeside, ended_at=after(days=1), at=after(days=1))
    with looking():
        assert meeting_counts(ben, Action.READ_SCORES, [ana.pk]) == {}


def test_episodes_and_meetings_are_the_teams(lakeside: Cast) -> None:
    for name in ("ana", "gil", "sue", "dana", "ada"):
        with pytest.raises(Refused):
            met(lakeside, by=lakeside.viewer(name))
        with pytest.raises(Refused):
            start(lakeside.patients["ana"], started_at=NOON, by=lakeside.viewer(name), at=NOON)


def test_a_mistyped_year_is_refused(lakeside: Cast) -> None:
    ana, ben = lakeside.patients["ana"], lakeside.viewer("ben")
    ancient = NOON.replace(year=1900)
    with pytest.raises(Invalid, match="look at the year"):
        met(lakeside, took_place_at=ancient)
    with pytest.raises(Invalid, match="look at the year"):
        start(ana, started_at=ancient, by=ben, at=NOON)
