"""From answers to findings: what was answered is drawn in order, judged, and told to both alike.

Drawn as in `tests/progress`: PHQ-9 totals two weeks apart, and the finding expected.
"""

from datetime import date, timedelta

import pytest

from tests.cast import NOON, Cast, after, looking
from tests.record.steps import answer, phq9, totaling
from waymark.access.vocabulary import Action
from waymark.progress.course.timeline import Source
from waymark.record.assessments import actions as assessments
from waymark.record.episodes import actions as episodes
from waymark.record.episodes.models import Episode
from waymark.record.timeline.queries import Course, courses_for, courses_of

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
CALM_GAD7 = dict.fromkeys([f"q{n}" for n in range(1, 8)], 1)


def drawn(cast: Cast, totals: str, *, days: int = 14, client: str = "ana") -> None:
    """The client answers; a dot is an occasion without an answer."""
    for n, total in enumerate(totals.split()):
        if total != ".":
            answer(cast, client, totaling(int(total)), at=after(days=n * days))


def courses(cast: Cast, name: str = "ben", client: str = "ana") -> tuple[Course, ...]:
    action = Action.READ_OWN_PROGRESS if name == client else Action.READ_SCORES
    with looking():
        return courses_of(cast.viewer(name), action, cast.patients[client].pk)


def signals(cast: Cast, name: str = "ben") -> list[str]:
    return [finding.signal for course in courses(cast, name) for finding in course.findings]


@pytest.mark.parametrize(
    "drawing",
    [
        "18 17 16 9 8 | recovery",
        "18 . 17 . 11 11 | reliable-improvement",
        "8 9 8 16 17 | reliable-deterioration",
        "12 11 13 12 11 | no-reliable-change",
        "14 13 | too-early-to-say",
        "14 | too-early-to-say",
    ],
)
def test_a_drawn_course_is_judged_as_it_is_drawn(lakeside: Cast, drawing: str) -> None:
    totals, expected = (part.strip() for part in drawing.split("|"))
    drawn(lakeside, totals)
    assert expected in signals(lakeside)


def test_in_the_first_month_it_is_too_early_however_large_the_change(lakeside: Cast) -> None:
    drawn(lakeside, "22 14 6 3", days=7)  # three weeks
    assert signals(lakeside) == ["too-early-to-say"]
    answer(lakeside, "ana", totaling(3), at=after(days=28))
    assert signals(lakeside) != ["too-early-to-say"]


def test_client_and_clinician_are_told_the_same(lakeside: Cast) -> None:
    drawn(lakeside, "18 17 16 9 8")
    assert signals(lakeside, "ana") == signals(lakeside, "ben") != []


def test_points_stand_in_order_of_time(lakeside: Cast) -> None:
    drawn(lakeside, "18 17 16")
    (course,) = courses(lakeside)
    assert [point.value for point in course.series.points] == [18, 17, 16]
    assert [point.at for point in course.series.points] == [
        date(2026, 3, 2) + timedelta(days=days) for days in (0, 14, 28)
    ]
    assert (course.instrument, course.last.value) == ("phq-9", 16)


def test_each_point_says_where_it_came_from(lakeside: Cast) -> None:
    ana, ben = lakeside.patients["ana"], lakeside.viewer("ben")
    assessments.bring_in(
        ana, rows=[assessments.Past("phq-9", date(2026, 1, 5), value=14)], by=ben, at=NOON
    )
    for mode in ("paper", "phone"):
        came = assessments.Entry(mode, date(2026, 3, 1))
        assessments.enter(
            ana, instrument="phq-9", answers=phq9(), came=came, by=ben, at=after(hours=1)
        )
    answer(lakeside, "ana", phq9(), at=after(days=1))
    (course,) = courses(lakeside)
    sources = [point.source for point in course.series.given]
    assert sources == [Source.IMPORTED, Source.STAFF, Source.STAFF, Source.SELF]


def test_what_came_before_the_episode_is_drawn_and_not_judged(lakeside: Cast) -> None:
    rows = [assessments.Past("phq-9", date(2026, 1, 5), value=25)]
    assessments.bring_in(lakeside.patients["ana"], rows=rows, by=lakeside.viewer("ben"), at=NOON)
    drawn(lakeside, "12 11 13 12 11")
    (course,) = courses(lakeside)
    assert (len(course.series.points), len(course.series.current)) == (6, 5)
    assert [finding.signal for finding in course.findings] == ["no-reliable-change"]


def test_without_an_episode_nothing_is_counted_from_its_start(lakeside: Cast) -> None:
    answer(lakeside, "ana", phq9())
    with looking():
        held = Episode.objects.select_related("patient").get(patient=lakeside.patients["ana"])
    episodes.discharge(held, ended_at=after(days=1), by=lakeside.viewer("ben"), at=after(days=1))
    (course,) = courses(lakeside)
    assert course.series.started is None
    assert len(course.series.current) == 1


def test_the_answer_of_the_first_evening_is_judged(lakeside: Cast) -> None:
    """Care begins at seven in the evening, when it is tomorrow already elsewhere."""
    ana, ben, evening = lakeside.patients["ana"], lakeside.viewer("ben"), after(days=1, hours=7)
    with looking():
        held = Episode.objects.select_related("patient").get(patient=ana)
    episodes.discharge(held, ended_at=after(days=1), by=ben, at=evening)
    episodes.start(ana, started_at=evening, by=ben, at=evening)
    answer(lakeside, "ana", totaling(18), at=evening + timedelta(minutes=10))
    (course,) = courses(lakeside)
    assert [point.value for point in course.series.current] == [18]


def test_answers_that_give_no_score_are_no_point(lakeside: Cast) -> None:
    drawn(lakeside, "18")
    answer(lakeside, "ana", {"q1": 1, "q9": 0}, at=after(days=14))
    (course,) = courses(lakeside)
    assert [point.value for point in course.series.points] == [18]


def test_the_course_that_was_answered_last_stands_first(lakeside: Cast) -> None:
    answer(lakeside, "ana", CALM_GAD7, instrument="gad-7")
    answer(lakeside, "ana", phq9(), at=after(days=1))
    assert [course.instrument for course in courses(lakeside)] == ["phq-9", "gad-7"]
    answer(lakeside, "ana", CALM_GAD7, instrument="gad-7", at=after(days=2))
    assert [course.instrument for course in courses(lakeside)] == ["gad-7", "phq-9"]


def test_each_scale_has_a_course_of_its_own(lakeside: Cast) -> None:
    four = dict.fromkeys(["q1", "q2", "q3", "q4"], 2)
    answer(lakeside, "ana", four, instrument="phq-4")
    assert {course.scale.id for course in courses(lakeside)} == {"total", "anxiety", "depression"}


def test_nobody_else_has_a_course_of_ana(lakeside: Cast) -> None:
    drawn(lakeside, "18 17")
    for name in ("gil", "dana", "ada", "eli"):
        assert courses(lakeside, name) == ()
    with looking():
        sue = courses_for(
            lakeside.viewer("sue"),
            Action.READ_SCORES,
            [one.pk for one in lakeside.patients.values()],
        )
    assert set(sue) == {lakeside.patients["ana"].pk}


def test_a_client_without_answers_has_no_course(lakeside: Cast) -> None:
    assert courses(lakeside) == ()
