"""Scores from earlier records: stored once, drawn as brought in, and old danger is not lost."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import NOON, Cast, after, looking
from waymark.access.vocabulary import Action
from waymark.record.assessments.actions import Past, Said, bring_in, hear_past
from waymark.record.assessments.models import Response, Score
from waymark.record.assessments.queries import scores_for
from waymark.record.episodes import actions as episodes
from waymark.record.episodes.models import Episode
from waymark.record.outbox.models import Message
from waymark.record.safety.models import Concern, ConcernEntry, Screening
from waymark.record.tenancy.action import Invalid, Refused

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

TODAY = date(2026, 3, 2)
CALM = dict.fromkeys([f"q{n}" for n in range(1, 10)], 1) | {"q9": 0}
GRAVE = CALM | {"q9": 1}


def answered(days_ago: int, answers: dict[str, int]) -> Past:
    return Past("phq-9", TODAY - timedelta(days=days_ago), answers=answers)


def test_a_total_is_a_score_that_says_where_it_came_from(lakeside: Cast, watched: set) -> None:
    ana, ben = lakeside.patients["ana"], lakeside.viewer("ben")
    brought = bring_in(ana, rows=[Past("phq-9", date(2025, 11, 2), value=14)], by=ben, at=NOON)

    (score,) = scores_for(ben, Action.READ_SCORES, [ana.pk])
    assert (brought.stored, brought.known_before) == (1, 0)
    assert (score.value, score.band, score.source) == (14, "moderate", "imported")
    with looking():
        assert not Screening.objects.exists()  # a total tells nothing of a single answer


def test_bringing_in_the_same_file_again_stores_nothing(lakeside: Cast, watched: set) -> None:
    ana, ben = lakeside.patients["ana"], lakeside.viewer("ben")
    rows = [Past("phq-9", date(2025, 11, 2), value=14), answered(90, CALM)]
    bring_in(ana, rows=rows, by=ben, at=NOON)

    again = bring_in(ana, rows=rows, by=ben, at=after(minutes=5))

    assert (again.stored, again.known_before) == (0, 2)
    assert len(list(scores_for(ben, Action.READ_SCORES, [ana.pk]))) == 2


def test_one_bad_row_stores_none_of_the_clients_rows(lakeside: Cast) -> None:
    rows = [Past("phq-9", date(2025, 11, 2), value=14), Past("phq-9", TODAY, value=28)]
    with pytest.raises(Invalid, match="outside 0 to 27"):
        bring_in(lakeside.patients["ana"], rows=rows, by=lakeside.viewer("ben"), at=NOON)
    with looking():
        assert not Score.objects.exists()


def test_a_yes_cannot_hide_in_a_number(lakeside: Cast) -> None:
    rows = [Past("c-ssrs", date(2025, 11, 2), scale="level", value=3)]
    with pytest.raises(Invalid, match="no total"):
        bring_in(lakeside.patients["ana"], rows=rows, by=lakeside.viewer("ben"), at=NOON)


def test_old_answers_of_danger_make_one_concern_for_review(lakeside: Cast, watched: set) -> None:
    rows = [answered(days, GRAVE) for days in (40, 200, 120)]
    bring_in(lakeside.patients["ana"], rows=rows, by=lakeside.viewer("ben"), at=NOON)

    with looking():
        concern = Concern.objects.get()
        days = [
            row.body["for_date"]
            for row in ConcernEntry.objects.filter(kind="answer").order_by("screening__at", "pk")
        ]
        told = Message.objects.filter(kind="review-needed")
        assert (concern.tier, concern.late) == ("review", True)
        assert set(days) == {(TODAY - timedelta(days=days)).isoformat() for days in (40, 120, 200)}
        assert told.count() == 1  # ben is clinician and primary responder: one message, not three


def test_a_recent_answer_of_danger_is_as_urgent_as_any_other(lakeside: Cast) -> None:
    bring_in(
        lakeside.patients["ana"], rows=[answered(10, GRAVE)], by=lakeside.viewer("ben"), at=NOON
    )
    with looking():
        assert Concern.objects.get().tier == "same-day"  # the first positive answer ever


def test_the_days_on_which_care_began_and_ended_belong_to_it(lakeside: Cast) -> None:
    ana, ben = lakeside.patients["ana"], lakeside.viewer("ben")
    with looking():
        first = Episode.objects.get(patient=ana)
    later = after(days=30)
    episodes.discharge(first, ended_at=after(days=20), by=ben, at=later)
    episodes.start(ana, started_at=later, by=ben, at=later)

    def total(day: date) -> Past:
        return Past("gad-7", day, value=9)

    last, gap = TODAY + timedelta(days=20), TODAY + timedelta(days=21)
    days = [TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=5), last, gap, later.date()]
    bring_in(ana, rows=[total(day) for day in days], by=ben, at=later)

    with looking():
        held = {row.for_date: row.episode_id for row in Score.objects.all()}
        second = Episode.objects.get(patient=ana, ended_at=None)
    assert [held[day] for day in days] == [
        None,
        first.pk,
        first.pk,
        first.pk,
        None,
        second.pk,
    ]


def test_answers_have_their_total_already(lakeside: Cast) -> None:
    ana, ben = lakeside.patients["ana"], lakeside.viewer("ben")
    bring_in(ana, rows=[answered(90, CALM)], by=ben, at=NOON)
    total = Past("phq-9", TODAY - timedelta(days=90), value=8)
    assert bring_in(ana, rows=[total], by=ben, at=NOON).stored == 0
    with looking():
        assert Response.objects.count() == 1


def test_a_supervisor_brings_nothing_in(lakeside: Cast) -> None:
    with pytest.raises(Refused):
        bring_in(
            lakeside.patients["ana"],
            rows=[Past("phq-9", TODAY, value=3)],
            by=lakeside.viewer("sue"),
            at=NOON,
        )


@pytest.mark.parametrize("days", [2, 12, 25])
def test_what_was_answered_before_is_opened_once_for_a_whole_file(
    lakeside: Cast, days: int
) -> None:
    """Each row of danger is routed by it; a client may have thousands of earlier answers."""
    ana, ben = lakeside.patients["ana"], lakeside.viewer("ben")
    bring_in(ana, rows=[answered(90 + n, CALM) for n in range(3)], by=ben, at=NOON)
    said = [Said("phq-9", GRAVE | {"q9": 1 + n % 3}, TODAY - timedelta(n)) for n in range(days)]
    with CaptureQueriesContext(connection) as asked:
        assert hear_past(ana, said=said, by=ben, at=NOON)
    of_before = [one for one in asked if "source" in one["sql"] and "NOT (" in one["sql"]]
    assert len([one for one in of_before if "safety_screening" in one["sql"]]) == 1
