"""No probability before it was fitted and accepted; opened only together; a flag has its answer."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.cast import NOON, Cast, after, looking
from tests.record.steps import answer, totaling
from waymark.access.vocabulary import Action
from waymark.progress.course.expected import ExpectedCourse, Worth, cold_phq9
from waymark.record.episodes import actions as episodes
from waymark.record.episodes.models import Episode
from waymark.record.expected import actions
from waymark.record.expected.actions import VERSION, Flag
from waymark.record.expected.queries import InForce, accepted, answered_flags, in_force, opening_of
from waymark.record.tenancy.action import Invalid, Refused, reading
from waymark.record.timeline.queries import courses_beyond

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

PHQ9 = ("phq-9", "total")


def fitted(**given: float) -> ExpectedCourse:
    worth = Worth(400, 20, 0.9, 0.9, 0.75, 30.0, 1.4, 0.8, 0.9)
    return replace(cold_phq9(), worth=worth, clients=400, source="fitted on 400 episodes", **given)


def fit(cast: Cast, course: ExpectedCourse | None = None) -> None:
    actions.keep_course(cast.clinic, course=course or fitted(), by=cast.clock(), at=NOON)


def known(cast: Cast, name: str = "ben") -> dict[tuple[str, str], InForce]:
    with looking():
        return in_force(cast.viewer(name))


def accept(cast: Cast) -> None:
    actions.accept_use(cast.clinic, version=VERSION, by=cast.viewer("ada"), at=NOON)


def test_before_a_fit_there_is_a_cold_start_and_nothing_to_accept(lakeside: Cast) -> None:
    with pytest.raises(Invalid, match="nothing to accept"):
        accept(lakeside)
    held = known(lakeside)
    assert list(held) == [PHQ9]
    assert (held[PHQ9].course.calibrated, held[PHQ9].fitted_at) == (False, None)


def test_chances_take_a_fit_and_an_accepted_use(lakeside: Cast) -> None:
    fit(lakeside)
    assert not known(lakeside)[PHQ9].chances
    accept(lakeside)
    assert known(lakeside)[PHQ9].chances
    actions.end_use(lakeside.clinic, by=lakeside.viewer("ada"), at=after(days=1))
    assert not known(lakeside)[PHQ9].chances


def test_an_acceptance_is_for_the_fits_of_its_day(lakeside: Cast) -> None:
    fit(lakeside)
    accept(lakeside)
    actions.keep_course(lakeside.clinic, course=fitted(), by=lakeside.clock(), at=after(days=1))
    ada = lakeside.viewer("ada")
    assert not known(lakeside)[PHQ9].chances
    actions.accept_use(lakeside.clinic, version=VERSION, by=ada, at=after(days=2))
    assert known(lakeside)[PHQ9].chances


def test_what_was_kept_is_what_is_in_force_and_a_newer_fit_replaces_it(lakeside: Cast) -> None:
    fit(lakeside)
    assert known(lakeside, "ana")[PHQ9].course == fitted()
    fit(lakeside, fitted(noise=2.5))
    assert known(lakeside, "ana")[PHQ9].course.noise == 2.5


def test_words_that_changed_meanwhile_are_not_accepted_unread(lakeside: Cast) -> None:
    with pytest.raises(Invalid, match="read them again"):
        actions.accept_use(lakeside.clinic, version=VERSION + 1, by=lakeside.viewer("ada"), at=NOON)
    with looking():
        assert accepted(lakeside.viewer("ada")) is None


def test_only_the_clock_fits_and_only_the_office_accepts(lakeside: Cast) -> None:
    for name in ("ben", "ada", "ana"):
        with pytest.raises(Refused):
            actions.keep_course(lakeside.clinic, course=fitted(), by=lakeside.viewer(name), at=NOON)
    with pytest.raises(Refused):
        actions.accept_use(lakeside.clinic, version=VERSION, by=lakeside.viewer("ben"), at=NOON)


def test_it_is_opened_only_with_a_client_who_asked(lakeside: Cast) -> None:
    ana, ben = lakeside.patients["ana"], lakeside.viewer("ben")
    with pytest.raises(Invalid, match="who asked"):
        actions.open_together(ana, opening=uuid4(), by=ben, at=NOON)
    wish = actions.ask(ana, by=lakeside.viewer("ana"), at=NOON)
    for name in ("ana", "sue"):  # not alone, nor by somebody who only reads along
        with pytest.raises(Refused):
            actions.open_together(ana, opening=wish.pk, by=lakeside.viewer(name), at=NOON)
    with pytest.raises(Invalid, match="not open"):
        actions.close(ana, opening=wish.pk, by=ben, at=NOON)
    actions.open_together(ana, opening=wish.pk, by=ben, at=after(hours=1))
    with looking():
        held = opening_of(ben, Action.READ_SCORES, ana.pk)
    assert held is not None
    assert (held.opened_at, held.opened_by) == (after(hours=1), ben.account)


def test_a_client_puts_it_away_whenever_they_like_and_asks_anew(lakeside: Cast) -> None:
    ana, own, ben = lakeside.patients["ana"], lakeside.viewer("ana"), lakeside.viewer("ben")
    wish = actions.ask(ana, by=own, at=NOON)
    actions.open_together(ana, opening=wish.pk, by=ben, at=NOON)
    actions.put_away(ana, by=own, at=after(days=1))
    with looking():
        assert opening_of(own, Action.READ_OWN_PROGRESS, ana.pk) is None
    again = actions.ask(ana, by=own, at=after(days=2))
    assert again.opened_at is None
    with pytest.raises(Invalid):
        actions.open_together(ana, opening=wish.pk, by=ben, at=after(days=2))


def flag(week: int = 4, chance: float = 0.2) -> Flag:
    return Flag("phq-9", "total", uuid4(), week, chance)


def test_an_answer_to_a_flag_is_kept_with_the_chance_it_stood_on(lakeside: Cast) -> None:
    ana, ben = lakeside.patients["ana"], lakeside.viewer("ben")
    for week, did in ((4, "talked"), (6, "plan")):
        actions.answer_flag(
            ana, flag=flag(week), did=did, words=" Less sleep. ", by=ben, at=NOON + timedelta(week)
        )
    with reading(Action.READ_SCORES, by=ben, at=NOON):
        newest = answered_flags(ben, Action.READ_SCORES, [ana.pk])[ana.pk][PHQ9]
    assert (newest.did, newest.words) == ("plan", "Less sleep.")
    assert (newest.flagged.week, newest.flagged.p_deterioration) == (6, 0.2)


@pytest.mark.parametrize(
    ("did", "words", "field"), [("", "", "did"), ("hush", "", "did"), ("plan", "x" * 4001, "words")]
)
def test_an_answer_that_cannot_be_kept_names_its_field(
    lakeside: Cast, did: str, words: str, field: str
) -> None:
    with pytest.raises(Invalid) as problem:
        actions.answer_flag(
            lakeside.patients["ana"], flag=flag(), did=did, words=words,
            by=lakeside.viewer("ben"), at=NOON,
        )  # fmt: skip
    assert problem.value.field == field


@pytest.mark.parametrize(
    ("refitted_on", "begun_on", "stands"),
    [(None, None, True), (9, None, True), (11, None, False), (None, 11, False)],
)
def test_an_answer_to_a_flag_is_about_this_fit_and_this_time_in_care(
    lakeside: Cast, refitted_on: int | None, begun_on: int | None, stands: bool
) -> None:
    """Days: 0 fitted, in care | 10 a flag is answered | 9 or 11 fitted anew, or 11 care anew."""
    ana, ben = lakeside.patients["ana"], lakeside.viewer("ben")
    fit(lakeside)
    actions.answer_flag(ana, flag=flag(), did="watch", by=ben, at=after(days=10))
    if refitted_on:
        actions.keep_course(
            lakeside.clinic, course=fitted(), by=lakeside.clock(), at=after(days=refitted_on)
        )
    if begun_on:
        with looking():
            held = Episode.objects.get(patient=ana)
        at = after(days=begun_on)
        episodes.discharge(held, ended_at=at, by=ben, at=at)
        episodes.start(ana, started_at=at, by=ben, at=at)
    answer(lakeside, "ana", totaling(12), at=after(days=12))
    with looking():
        [one] = courses_beyond(ben, Action.READ_SCORES, ana.pk)
    assert one.ahead is not None
    assert ((one.answered is not None), (one.ahead.answered is not None)) == (stands, stands)


def test_whose_client_it_is_not_answers_no_flag(lakeside: Cast) -> None:
    for name in ("gil", "sue", "ana", "ada"):
        with pytest.raises(Refused):
            actions.answer_flag(
                lakeside.patients["ana"], flag=flag(), did="plan", by=lakeside.viewer(name), at=NOON
            )
