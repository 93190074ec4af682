"""A prepared question tells what the plain one tells, whoever asks, whatever it asks for."""

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

from tests.cast import NOON, Cast, looking
from tests.record.steps import answer, phq9, riverside
from waymark.access.vocabulary import Action
from waymark.record import prepared
from waymark.record.assessments.models import Response, Score
from waymark.record.people.models import Contact
from waymark.record.prepared import Prepared, Unprepared
from waymark.record.tenancy.models import Account, Duty, Membership
from waymark.record.tenancy.row_security import across_clinics
from waymark.record.tenancy.scope import asking_once, everyone

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
SOURCE = Path(__file__).parents[2] / "src" / "waymark" / "record"


@contextmanager
def all_open() -> Iterator[None]:
    with across_clinics(), everyone("a test compares whole tables"):
        yield


def same(build: Any, *every: dict[str, Any]) -> None:
    """Asked again and again with other values, each answer is that of the plain question."""
    asked = Prepared(build)
    with all_open():
        for values in every:
            assert asked(**values) == list(build(**values)), values


def test_one_value_after_another(lakeside: Cast) -> None:
    def at_work(*, account: Any) -> QuerySet[Membership]:
        return Membership._base_manager.filter(account=account, until=None).order_by("pk")

    same(at_work, *({"account": one.pk} for one in lakeside.accounts.values()))


@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_lists_of_every_length(lakeside: Cast, n: int) -> None:
    def named(*, ids: tuple[Any, ...]) -> QuerySet[Account]:
        return Account.objects.filter(pk__in=ids).order_by("pk")

    keys = [one.pk for one in lakeside.accounts.values()]
    same(named, {"ids": tuple(keys[:n])}, {"ids": tuple(keys[3 : 3 + n])})


def test_moments_days_words_and_nothing(lakeside: Cast) -> None:
    answer(lakeside, "ana", phq9())
    answer(lakeside, "eli", phq9(q9=1))

    def given(*, at: Any, day: Any, instrument: str | None) -> QuerySet[Score]:
        held = Score.objects.filter(taken_at__lte=at, for_date=day).order_by("pk")
        return held if instrument is None else held.filter(instrument=instrument)

    with looking():
        days = {row.for_date for row in Score.objects.all()} | {date(2020, 2, 29)}
    same(
        given,
        *(
            {"at": NOON + timedelta(hours=hours), "day": day, "instrument": instrument}
            for hours in (-99999, 99999)
            for day in days
            for instrument in ("phq-9", "gad-7", None)
        ),
    )


def test_what_is_joined_and_what_is_picked(lakeside: Cast) -> None:
    def team(*, account: Any) -> QuerySet[Membership]:
        rows = Membership._base_manager.filter(account=account).select_related("account", "clinic")
        return rows.order_by("pk")

    def places(*, account: Any) -> QuerySet[Membership, Any]:
        rows = Membership._base_manager.filter(account=account).order_by("pk")
        return rows.values_list("role", "clinic")[:1]

    every = [{"account": one.pk} for one in lakeside.accounts.values()]
    same(team, *every)
    same(places, *every)
    with all_open():
        (row,) = Prepared(team)(account=lakeside.accounts["ben"].pk)
        with patch.object(SQLCompiler, "execute_sql", side_effect=AssertionError("asked again")):
            assert row.account.pk == lakeside.accounts["ben"].pk


def test_the_statement_is_written_once(lakeside: Cast) -> None:
    def named(*, id: Any) -> QuerySet[Account]:
        return Account.objects.filter(pk=id)

    asked, written = Prepared(named), SQLCompiler.as_sql
    with all_open(), patch.object(SQLCompiler, "as_sql", autospec=True, side_effect=written) as at:
        for one in lakeside.accounts.values():
            assert asked(id=one.pk) == [one]
    assert at.call_count == 1


def test_it_holds_no_more_statements_than_it_says(
    lakeside: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepared, "MOST_SHAPES", 2)

    def named(*, ids: tuple[Any, ...]) -> QuerySet[Account]:
        return Account.objects.filter(pk__in=ids).order_by("pk")

    keys = [one.pk for one in lakeside.accounts.values()]
    asked = Prepared(named)
    with all_open():
        assert [len(asked(ids=tuple(keys[:n]))) for n in (1, 2, 3, 1)] == [1, 2, 3, 1]
    assert len(asked._written) <= 2


def test_a_value_that_the_statement_changes_is_refused(lakeside: Cast) -> None:
    def sought(*, words: str) -> QuerySet[Membership]:
        return Membership._base_manager.filter(role__contains=words)

    def left_out(*, id: Any) -> QuerySet[Account]:
        return Account.objects.all()

    with all_open():
        for build, values in ((sought, {"words": "clin"}), (left_out, {"id": NOON})):
            with pytest.raises(Unprepared, match=next(iter(values))):
                Prepared(build)(**values)
        with pytest.raises(Unprepared, match="float"):
            Prepared(left_out)(id=1.5)
        with pytest.raises(TypeError, match="named"):
            Prepared(left_out)(lakeside.accounts["ben"].pk)


# Whose rows: one person's, several people's, a whole clinic's, nobody's; another clinic's never.

VIEWERS = ("ana", "eli", "ben", "sue", "dana", "ada", "gil", "ana")


def test_each_viewer_is_given_what_they_may_see_and_nothing_of_the_one_before(
    lakeside: Cast,
) -> None:
    there = riverside()
    for name in ("ana", "eli"):
        answer(lakeside, name, phq9(q9=1))
    gil = lakeside.memberships["gil"]
    with all_open():
        Duty.objects.get_or_create(clinic=lakeside.clinic, membership=gil, since=NOON)

    @Score.objects.prepared
    def scores(rows: QuerySet[Score]) -> QuerySet[Score]:
        return rows.order_by("pk")

    @Contact.objects.prepared
    def contacts(rows: QuerySet[Contact], *, patients: tuple[Any, ...]) -> QuerySet[Contact]:
        return rows.filter(patient__in=patients).order_by("pk")

    everybody = tuple(one.pk for one in (*lakeside.patients.values(), *there.patients.values()))
    viewers = [*(lakeside.viewer(name) for name in VIEWERS), *map(there.viewer, there.accounts)]
    for action in (Action.READ_SCORES, Action.READ_CONCERNS, Action.READ_PEOPLE):
        for viewer in viewers:
            with looking(), asking_once():
                seen = Score.objects.visible_to(viewer, action).order_by("pk")
                assert scores(viewer, action) == list(seen)
                held = Contact.objects.visible_to(viewer, action).filter(patient__in=everybody)
                assert contacts(viewer, action, patients=everybody) == list(held.order_by("pk"))
            with looking():  # outside a request whom one reaches is asked each time
                assert scores(viewer, action) == list(seen.all())


def test_a_stroke_of_policy_is_felt_at_once(lakeside: Cast) -> None:
    """The statement is kept, and never whom it is asked for."""
    answer(lakeside, "ana", phq9())

    @Response.objects.prepared
    def given(rows: QuerySet[Response]) -> QuerySet[Response]:
        return rows

    ben = lakeside.viewer("ben")
    with looking(), asking_once():
        assert len(given(ben, Action.READ_ANSWERS)) == 1
    with all_open():
        lakeside.memberships["ben"].careteammember_set.update(until=NOON)
    with looking(), asking_once():
        assert given(ben, Action.READ_ANSWERS) == []


# What a question is made of may hang on nothing but its values: the rest is written for good.


def prepared_questions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and any(
                ast.unparse(one) == "Prepared" or ast.unparse(one).endswith(".prepared")
                for one in node.decorator_list
            ):
                yield f"{path.stem}.{node.name}", node


QUESTIONS = dict(prepared_questions())


def hangs_on(node: ast.FunctionDef) -> set[str]:
    """Names that are read and are neither values nor what stands at the top of a module."""
    own = {one.arg for one in (*node.args.args, *node.args.kwonlyargs)}
    own |= {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and _is_set(one)}
    read = {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and not _is_set(one)}
    return {name for name in read - own if name.islower()}


def _is_set(one: ast.Name) -> bool:
    return isinstance(one.ctx, ast.Store)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_hangs_on_its_values_alone(name: str) -> None:
    assert hangs_on(QUESTIONS[name]) <= {"apps", "int", "bool", "str", "tuple", "datetime", "date"}


def test_a_question_that_looks_at_the_clock_is_noticed() -> None:
    (node,) = ast.parse("def q(rows):\n    return rows.filter(at__lte=timezone.now())").body
    assert isinstance(node, ast.FunctionDef)
    assert hangs_on(node) == {"timezone"}
