"""Rows are read for a viewer, or inside an action; a bare read of anybody's rows raises."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Prefetch

from tests.cast import NOON, Cast, ids, looking
from tests.record.steps import answer, concern_of, phq9, riverside
from waymark.access.vocabulary import Action
from waymark.record.assessments.models import Administration, Response, Score
from waymark.record.people import actions as people
from waymark.record.people.models import Contact
from waymark.record.tenancy.action import reading
from waymark.record.tenancy.models import Duty, Membership, Patient
from waymark.record.tenancy.row_security import across_clinics
from waymark.record.tenancy.scope import (
    ClinicOwned,
    PatientOwned,
    Unscoped,
    WholeClinic,
    everyone,
    only,
    whom,
    within,
)

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
OWNED = [m for m in apps.get_models() if isinstance(m._default_manager, PatientOwned | ClinicOwned)]
BARE: dict[str, Callable[[Any], Any]] = {
    "all": lambda table: table.objects.all(),
    "filter": lambda table: table.objects.filter(pk=None),
    "count": lambda table: table.objects.count(),
    "first": lambda table: table.objects.first(),
    "in_bulk": lambda table: table.objects.in_bulk([]),
    "update": lambda table: table.objects.update(),
    "values": lambda table: table.objects.values("pk"),
    "default manager": lambda table: table._default_manager.all(),
}


@pytest.mark.parametrize("how", BARE)
@pytest.mark.parametrize("table", OWNED, ids=lambda table: table.__name__)
def test_no_table_is_read_bare(table: Any, how: str) -> None:
    with pytest.raises(Unscoped, match=table.__name__):
        BARE[how](table)


def test_a_reverse_relation_is_no_way_around(lakeside: Cast) -> None:
    answer(lakeside, "ana", phq9(q9=1))
    with looking():
        response, concern = Response.objects.get(), concern_of(lakeside, "ana")
    for related in (
        response.scores,
        lakeside.patients["ana"].contact_set,
        concern.entries,
        lakeside.accounts["ben"].memberships,
    ):
        with pytest.raises(Unscoped):
            related.all()


def test_a_prefetch_is_no_way_around(lakeside: Cast) -> None:
    answer(lakeside, "ana", phq9())
    with looking():
        rows = list(Response.objects.all())
    with across_clinics(), pytest.raises(Unscoped):
        list(Response._base_manager.filter(pk__in=ids(rows)).prefetch_related("scores"))


def test_a_prefetch_that_says_for_whom_is_fine(lakeside: Cast) -> None:
    answer(lakeside, "ana", phq9())
    ben = lakeside.viewer("ben")
    with looking():
        scores = Score.objects.visible_to(ben, Action.READ_SCORES)
        rows = Response.objects.visible_to(ben, Action.READ_ANSWERS)
        (row,) = rows.prefetch_related(Prefetch("scores", queryset=scores))
        assert len(row.scores.all()) == 1


def test_inside_one_person_there_are_no_others(lakeside: Cast) -> None:
    ana = lakeside.patients["ana"]
    with across_clinics(), only(ana.pk, clinic=ana.clinic_id):
        assert Patient.objects.get() == ana
        assert Contact.objects.get().patient_id == ana.pk


def test_inside_one_clinic_no_person_is_open(lakeside: Cast) -> None:
    with across_clinics(), within(lakeside.clinic.pk):
        assert Membership.objects.count() == 5
        with pytest.raises(Unscoped):
            Patient.objects.all()


def test_inside_one_person_their_clinics_own_tables_are_open(lakeside: Cast) -> None:
    riverside()
    ana = lakeside.patients["ana"]
    with across_clinics(), only(ana.pk, clinic=ana.clinic_id):
        assert set(Membership.objects.values_list("clinic", flat=True)) == {lakeside.clinic.pk}


def test_a_scope_ends_where_it_began(lakeside: Cast) -> None:
    ana, eli = lakeside.patients["ana"], lakeside.patients["eli"]
    with across_clinics(), only(ana.pk, clinic=ana.clinic_id):
        with only(eli.pk, clinic=eli.clinic_id):
            assert Patient.objects.get() == eli
        assert Patient.objects.get() == ana
    with pytest.raises(Unscoped):
        Patient.objects.all()


def test_a_scope_ends_after_an_error_too(lakeside: Cast) -> None:
    with pytest.raises(ZeroDivisionError), everyone("a test looks"):
        raise ZeroDivisionError
    with pytest.raises(Unscoped):
        Patient.objects.all()


def test_a_viewer_reads_the_rows_of_their_own_clinic(lakeside: Cast) -> None:
    other = riverside()
    with across_clinics():
        here = Membership.objects.of(lakeside.viewer("ben"))
        there = Membership.objects.of(other.viewer("cleo"))
        assert (here.count(), there.count()) == (5, 2)


def test_a_row_that_strayed_into_another_clinic_is_shown_in_neither(lakeside: Cast) -> None:
    other, ana = riverside(), lakeside.patients["ana"]
    with looking():
        Contact.objects.filter(patient=ana).update(clinic=other.clinic)
        for viewer in (lakeside.viewer("ben"), other.viewer("cleo")):
            rows = Contact.objects.visible_to(viewer, Action.READ_CONTACT)
            assert not rows.filter(patient=ana).exists()


def test_nor_to_whoever_reaches_a_whole_clinic_in_a_request(lakeside: Cast) -> None:
    """Cleo is Riverside's responder. A row about Ana says that it is Riverside's."""
    other, act = riverside(), Action.READ_CONCERNS
    cleo, ana = other.viewer("cleo"), lakeside.patients["ana"]
    with looking():
        Contact.objects.filter(patient=ana).update(clinic=other.clinic)
    with reading(act, by=cleo, at=NOON):
        assert whom(cleo, act) == WholeClinic()
        held = Contact.objects.visible_to(cleo, act)
        assert ids(held) == ids(held.filter(patient=other.patients["zoe"])) != set()


def test_once_no_responder_one_reads_the_concerns_of_ones_own_clients(lakeside: Cast) -> None:
    other, act = riverside(), Action.READ_CONCERNS
    cleo = other.viewer("cleo")
    with looking():
        Duty.objects.filter(clinic=other.clinic).update(until=NOON)
    with reading(act, by=cleo, at=NOON):
        assert whom(cleo, act) == (other.patients["zoe"].pk,)


def test_a_row_in_hand_still_finds_its_own_person(lakeside: Cast) -> None:
    """Forward keys and refreshing work: whose row it is was decided when it was fetched."""
    answer(lakeside, "ana", phq9())
    with across_clinics():
        row = Administration.objects.visible_to(lakeside.viewer("ben"), Action.READ_SCORES).get()
        row.refresh_from_db()
        assert row.patient == lakeside.patients["ana"]
        assert row.due_at == NOON.replace(hour=14)  # eight in the morning in Chicago


def test_whom_one_reaches_is_worked_out_once_until_somebody_acts(
    lakeside: Cast, django_assert_num_queries: Any
) -> None:
    """Ben reads three tables in one request; then he is taken off Ana's team."""
    ben, act = lakeside.viewer("ben"), Action.READ_SCORES
    with reading(act, by=ben, at=NOON):
        with django_assert_num_queries(4):  # whom he reaches, and three tables
            for table in (Patient, Contact, Score):
                list(table.objects.visible_to(ben, act).values_list("pk", flat=True))
        people.end_care(
            lakeside.patients["ana"],
            clinician=lakeside.memberships["ben"],
            by=lakeside.viewer("ada"),
            at=NOON,
        )
        assert not Patient.objects.visible_to(ben, act).exists()


def test_outside_a_request_nothing_is_remembered(lakeside: Cast) -> None:
    with looking():
        assert whom(lakeside.viewer("ben"), Action.READ_SCORES) is None
        assert whom(lakeside.viewer("ana"), Action.READ_TODAY) == (lakeside.patients["ana"].pk,)
        assert whom(lakeside.viewer("ben"), Action.READ_TODAY) is None


# What is private is nobody's but its writer's, whichever action a query names.

PRIVATE = [table for table in OWNED if getattr(table, "private", False)]


@pytest.mark.parametrize("action", [Action.READ_SHARED, Action.READ_ANSWERS, Action.RUN_CLOCK])
@pytest.mark.parametrize("table", PRIVATE, ids=lambda table: table.__name__)
def test_a_private_table_is_asked_by_no_action_of_others(
    lakeside: Cast, table: Any, action: Action
) -> None:
    asked = table.objects.prepared(lambda rows: rows)
    for name in ("ben", "ana", "sue", "ada"):
        viewer = lakeside.viewer(name)
        with pytest.raises(Unscoped, match="private"):
            table.objects.visible_to(viewer, action)
        with pytest.raises(Unscoped, match="private"):
            asked(viewer, action)


def test_the_small_wins_are_private() -> None:
    assert "Win" in {table.__name__ for table in PRIVATE}
