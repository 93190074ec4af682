"""What a client answers to a finding is kept beside it, in their words, until their next answer."""

from typing import Any
from uuid import UUID

import pytest

from tests.cast import NOON, Cast, after, looking
from tests.record.steps import answer, phq9
from waymark.access.vocabulary import Action
from waymark.record.assessments.models import Score
from waymark.record.tenancy.action import Invalid, Refused
from waymark.record.timeline.actions import LONGEST, About, remark
from waymark.record.timeline.models import Remark
from waymark.record.timeline.queries import remarks_of

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def last_score(cast: Cast) -> UUID:
    with looking():
        return Score.objects.filter(patient=cast.patients["ana"]).latest("taken_at").pk


def said(cast: Cast, *, by: str = "ana", at=NOON, **given: Any) -> Remark:
    about = About("too-early-to-say", "phq-9", "total", last_score(cast))
    row: Remark = remark(
        cast.patients["ana"], about=about, **{"fits": None, **given}, by=cast.viewer(by), at=at
    )
    return row


def kept(cast: Cast, name: str = "ben") -> dict[tuple[str, UUID], Any]:
    with looking():
        rows = remarks_of(cast.viewer(name), Action.READ_SCORES, cast.patients["ana"].pk)
        return {about: row.body for about, row in rows.items()}


@pytest.mark.parametrize(
    ("fits", "words"),
    [(True, ""), (False, ""), (None, "My sister was ill."), (False, "It felt longer.")],
)
def test_an_answer_is_kept_beside_its_finding(
    lakeside: Cast, fits: bool | None, words: str
) -> None:
    answer(lakeside, "ana", phq9())
    said(lakeside, fits=fits, words=f"  {words} ")
    about = ("too-early-to-say", last_score(lakeside))
    assert kept(lakeside) == {about: {"fits": fits, "words": words}}


def test_words_alone_leave_standing_whether_it_fits(lakeside: Cast) -> None:
    answer(lakeside, "ana", phq9())
    said(lakeside, fits=False)
    said(lakeside, words="a hard week", at=after(days=1))
    assert list(kept(lakeside).values()) == [{"fits": False, "words": "a hard week"}]


def test_a_later_answer_to_the_same_finding_replaces_the_first(lakeside: Cast) -> None:
    answer(lakeside, "ana", phq9())
    first = said(lakeside, fits=True)
    second = said(lakeside, fits=False, at=after(days=1))
    assert (second.pk, second.made_at) == (first.pk, after(days=1))
    assert [body["fits"] for body in kept(lakeside).values()] == [False]


def test_an_answer_stays_with_its_score_when_a_new_one_comes(lakeside: Cast) -> None:
    answer(lakeside, "ana", phq9())
    said(lakeside, fits=True)
    first = last_score(lakeside)
    answer(lakeside, "ana", phq9(), at=after(days=7))
    said(lakeside, fits=False, at=after(days=7))
    fits = {score: body["fits"] for (_, score), body in kept(lakeside).items()}
    assert fits == {first: True, last_score(lakeside): False}


@pytest.mark.parametrize("words", ["", "   ", "w" * (LONGEST + 1)])
def test_nothing_and_too_much_are_refused_kindly(lakeside: Cast, words: str) -> None:
    answer(lakeside, "ana", phq9())
    with pytest.raises(Invalid) as caught:
        said(lakeside, words=words)
    assert caught.value.field == "words"
    assert kept(lakeside) == {}


def test_the_longest_answer_fits(lakeside: Cast) -> None:
    answer(lakeside, "ana", phq9())
    said(lakeside, words="w" * LONGEST)
    assert [len(body["words"]) for body in kept(lakeside).values()] == [LONGEST]


def test_nobody_answers_for_the_client(lakeside: Cast) -> None:
    answer(lakeside, "ana", phq9())
    for name in ("ben", "sue", "eli", "ada"):
        with pytest.raises(Refused):
            said(lakeside, by=name, fits=True)


def test_whoever_reads_no_scores_reads_no_answers_to_them(lakeside: Cast) -> None:
    answer(lakeside, "ana", phq9())
    said(lakeside, fits=True)
    assert len(kept(lakeside, "sue")) == 1
    for name in ("gil", "dana", "ada"):
        assert kept(lakeside, name) == {}
