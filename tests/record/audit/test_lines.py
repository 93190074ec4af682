"""Audit lines: written once, never changed, naming nobody, read by those they are about."""

import re
from uuid import uuid4

import pytest
from django.apps import apps

from tests.cast import NOON, Cast, after
from waymark.access.vocabulary import Action, system
from waymark.record.audit import actions as audit
from waymark.record.audit.models import AuditVerdict, Immutable, Line, Link
from waymark.record.audit.queries import lines_about, lines_of_clinic
from waymark.record.tenancy.grants import APPEND_ONLY

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
ANA = uuid4()
CLOCK = system(uuid4())


def written(subject=ANA, *, at=NOON, by=CLOCK, reason="a reason") -> Line:
    audit.write(
        Action.RUN_CLOCK, by=by, at=at, subject=subject, verdict=AuditVerdict.DONE, reason=reason
    )
    return Line.objects.order_by("-pk")[0]


def test_a_line_says_who_did_what_to_whom_when_and_why() -> None:
    line = written()
    assert (line.by, line.action, line.subject, line.at) == ("system", "run-clock", ANA, NOON)
    assert (line.clinic, line.verdict, line.reason) == (CLOCK.clinic, "done", "a reason")


def test_a_line_is_never_changed() -> None:
    line = written()
    line.reason = "another reason"
    with pytest.raises(Immutable):
        line.save()
    assert Line.objects.get(pk=line.pk).reason == "a reason"


def test_a_line_is_never_removed() -> None:
    line = written()
    with pytest.raises(Immutable):
        line.delete()
    assert Line.objects.filter(pk=line.pk).exists()


def test_a_link_is_never_changed_and_never_removed() -> None:
    held = Link.objects.create(line=1, clinic=None, place=1, code="0" * 64)
    for change in (held.save, held.delete):
        with pytest.raises(Immutable):
            change()


def test_every_table_of_the_log_only_grows() -> None:
    """On PostgreSQL who serves may read it and add to it; a new table of this room too."""
    tables = {model._meta.db_table for model in apps.get_app_config("audit").get_models()}
    assert tables == set(APPEND_ONLY)


def test_a_long_reason_is_cut_and_never_costs_the_line() -> None:
    assert len(written(reason="w" * 500).reason) == 120


def test_a_page_of_people_is_one_statement_with_one_line_each(django_assert_num_queries) -> None:
    people = [uuid4() for _ in range(3)]
    with django_assert_num_queries(1):
        audit.write_readings(
            Action.READ_CASELOAD, by=CLOCK, at=NOON, subjects=people, reason="shown"
        )
    assert set(Line.objects.values_list("subject", "verdict")) == {(one, "read") for one in people}


def test_the_lines_about_a_person_are_theirs_alone_newest_first() -> None:
    first, last = written(), written(at=after(hours=1))
    written(subject=uuid4())
    assert list(lines_about(ANA, since=NOON)) == [last, first]
    assert list(lines_about(ANA, since=after(minutes=1))) == [last]


def test_the_lines_of_a_clinic_end_before_the_day_after() -> None:
    first, last = written(), written(at=after(hours=1))
    written(by=system(uuid4()))
    clinic = CLOCK.clinic
    assert list(lines_of_clinic(clinic, since=NOON)) == [last, first]
    assert list(lines_of_clinic(clinic, since=NOON, until=after(hours=1))) == [first]
    assert list(lines_of_clinic(clinic, since=NOON, by="somebody")) == []
    assert len(lines_of_clinic(clinic, since=NOON, by="system")) == 2


def test_no_line_of_a_whole_clinic_names_anybody(lakeside: Cast) -> None:
    """Not a name, not a patient's id: the random audit number alone."""
    names = {*lakeside.accounts, "lakeside", "counseling", "at-home"}
    ids = {patient.pk for patient in lakeside.patients.values()}
    for line in Line.objects.all():
        assert not names & set(re.findall(r"[a-z-]+", f"{line.by} {line.reason}".lower()))
        assert line.subject not in ids
    assert {line.subject for line in Line.objects.all()} > {lakeside.patients["ana"].audit_number}
