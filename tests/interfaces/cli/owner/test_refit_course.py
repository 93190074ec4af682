"""`waymark refit-course`: own finished episodes in, a course in force, or the reason why not."""

import pytest
from click.testing import CliRunner, Result

from tests.cast import Cast
from waymark.cohort.course import Episode
from waymark.interfaces.cli.owner import portal, refitting
from waymark.interfaces.cli.owner.commands.refit_course import refit_course
from waymark.progress.validation.simulations.episodes import POPULATION
from waymark.record.expected.queries import in_force

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

PHQ9 = ("phq-9", "total")


@pytest.fixture(autouse=True)
def _running(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portal, "start", lambda: None)  # the tests have started it already


def typed(*words: str) -> Result:
    return CliRunner().invoke(refit_course, words)


def with_episodes(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """So many finished episodes of known truth, in place of those that the record gives."""
    drawn = POPULATION.people(7, number=number)
    held = {
        PHQ9: [Episode(one.sessions, one.scores) for one in drawn],
        ("k6", "total"): [Episode((1, 2), (9.0, 8.0))],
    }
    monkeypatch.setattr(refitting, "finished_courses", lambda viewer: held)


def test_it_fits_stores_and_prints_what_it_is_worth(
    lakeside: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_episodes(monkeypatch, 400)
    done = typed()
    assert done.exit_code == 0, done.output
    assert "phq-9: fitted on 400 finished episodes." in done.output
    assert "the 80% band held" in done.output
    assert "k6/total: not fitted, " in done.output
    held = in_force(lakeside.viewer("ben"))[PHQ9]
    assert (held.course.clients, held.course.calibrated, held.chances) == (400, True, False)


def test_too_few_episodes_leave_what_was_in_force(
    lakeside: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_episodes(monkeypatch, 199)
    done = typed()
    assert done.exit_code == 1
    assert "needs at least 200 finished episodes with two scores or more; 199 here" in done.output
    assert "Nothing was fitted, and what was in force stays so" in done.output
    assert not in_force(lakeside.viewer("ben"))[PHQ9].course.calibrated


def test_a_record_without_finished_episodes_says_so(lakeside: Cast) -> None:
    done = typed()
    assert done.exit_code == 1
    assert "No episode that has ended holds a score. Nothing was fitted" in done.output


def test_a_clinic_that_is_not_there_is_named_with_those_that_are(lakeside: Cast) -> None:
    done = typed("--clinic", "Hillside")
    assert done.exit_code == 2
    assert f"'{lakeside.clinic.name}'" in done.output
