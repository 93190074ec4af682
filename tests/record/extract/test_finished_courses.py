"""Only finished episodes are counted, as weeks and scores, and each client sees that they were."""

import pytest

from tests.cast import NOON, Cast, after, looking
from tests.record.steps import answer, riverside, totaling
from waymark.access.vocabulary import Action
from waymark.cohort.course import Episode as Counted
from waymark.record.audit.models import Line
from waymark.record.episodes.actions import discharge
from waymark.record.episodes.models import Episode
from waymark.record.extract.queries import finished_courses
from waymark.record.tenancy.action import reading
from waymark.record.tenancy.row_security import across_clinics
from waymark.record.vault.openings import UnauditedRead

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

COUNTED = after(days=60)


def answers(cast: Cast, client: str, totals: tuple[int, ...]) -> None:
    for week, total in enumerate(totals):
        answer(cast, client, totaling(total), at=after(days=7 * week))


def end(cast: Cast, client: str, clinician: str) -> None:
    with looking():
        held = Episode.objects.get(patient=cast.patients[client])
    discharge(held, ended_at=after(days=30), by=cast.viewer(clinician), at=after(days=30))


def counted(cast: Cast) -> dict[tuple[str, str], list[Counted]]:
    with reading(Action.FIT_COURSE, by=cast.clock(), at=COUNTED):
        return finished_courses(cast.clock())


def test_a_finished_episode_leaves_as_weeks_and_scores_alone(lakeside: Cast) -> None:
    """Ana's care has ended; Eli's goes on."""
    answers(lakeside, "ana", (15, 12, 9))
    answers(lakeside, "eli", (10, 10))
    end(lakeside, "ana", "ben")
    assert counted(lakeside) == {("phq-9", "total"): [Counted((1, 2, 3), (15.0, 12.0, 9.0))]}


def test_each_client_who_was_counted_has_a_line_and_nobody_else(lakeside: Cast) -> None:
    answers(lakeside, "ana", (15, 12))
    answers(lakeside, "eli", (10, 10))
    end(lakeside, "ana", "ben")
    counted(lakeside)
    lines = Line.objects.filter(action=Action.FIT_COURSE)
    assert [line.subject for line in lines] == [lakeside.patients["ana"].audit_number]


def test_outside_a_reading_nothing_opens(lakeside: Cast) -> None:
    answers(lakeside, "ana", (15, 12))
    end(lakeside, "ana", "ben")
    with across_clinics(), pytest.raises(UnauditedRead):
        finished_courses(lakeside.clock())


def test_another_clinics_episodes_stay_there(lakeside: Cast) -> None:
    other = riverside()
    answers(lakeside, "ana", (15, 12))
    end(lakeside, "ana", "ben")
    assert counted(other) == {}
    assert NOON < COUNTED
