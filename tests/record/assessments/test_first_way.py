"""The first way through the house: assigned, drafted, submitted, scored, screened, judged."""

from datetime import date

import pytest

from tests.cast import NOON, Cast, after, looking
from waymark.access.vocabulary import Action
from waymark.record.assessments import actions
from waymark.record.assessments.models import Draft, Response, Score
from waymark.record.assessments.queries import scores_for, waiting_for
from waymark.record.safety.models import Concern
from waymark.record.safety.queries import open_concerns
from waymark.record.timeline.queries import courses_of

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
CALM = dict.fromkeys([f"q{n}" for n in range(1, 10)], 1) | {"q9": 0}


def test_a_phq_9_is_given_answered_scored_and_judged(lakeside: Cast, watched: set) -> None:
    ana, ben = lakeside.patients["ana"], lakeside.viewer("ben")
    actions.assign(ana, instrument="phq-9", starts_on=date(2026, 3, 2), by=ben, at=NOON)
    (waiting,) = waiting_for(lakeside.viewer("ana"), at=after(hours=1))

    actions.submit(waiting, answers=CALM, by=lakeside.viewer("ana"), at=after(hours=1))

    (score,) = scores_for(ben, Action.READ_SCORES, [ana.pk])
    assert (score.instrument, score.value, score.band) == ("phq-9", 8, "mild")
    (course,) = courses_of(ben, Action.READ_SCORES, ana.pk)
    assert [finding.signal for finding in course.findings] == ["too-early-to-say"]


def test_a_danger_on_a_draft_opens_a_concern_at_once(lakeside: Cast, watched: set) -> None:
    ana, ben = lakeside.patients["ana"], lakeside.viewer("ben")
    actions.assign(ana, instrument="phq-9", starts_on=date(2026, 3, 2), by=ben, at=NOON)
    (waiting,) = waiting_for(lakeside.viewer("ana"), at=after(hours=1))

    actions.save_draft(waiting, answers={"q9": 1}, by=lakeside.viewer("ana"), at=after(hours=1))

    (concern,) = open_concerns(ben)
    assert concern.latest["answers"][0]["label"] == "Several days"
    assert concern.phone == "312 555 0143"
    with looking():
        assert (Draft.objects.count(), Response.objects.count(), Score.objects.count()) == (1, 0, 0)
        assert Concern.objects.get().tier == "same-day"  # the first ever
