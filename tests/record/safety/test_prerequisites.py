"""Before a risk item is given (D0): who answers, when, by which policy; and who is told why not."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import NOON, Cast, after, looking
from tests.record.steps import TODAY, give, waiting
from waymark.record.assessments import actions as assessments
from waymark.record.assessments.models import Assignment
from waymark.record.people import actions as people
from waymark.record.safety import actions as safety
from waymark.record.safety.clinic_readiness import questions
from waymark.record.safety.handover import deactivate
from waymark.record.safety.models import SafetyPolicy
from waymark.record.safety.prerequisites import lacking, lines_of, policy_of
from waymark.record.safety.queries import outside_backup
from waymark.record.tenancy.action import Invalid, Refused
from waymark.record.tenancy.models import Clinic, Duty

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
TIMERS = {"review": 1, "same-day": 4, "urgent": 15}


def missing(cast: Cast, *, at=NOON) -> list[str]:
    cast.clinic.refresh_from_db()
    with looking():
        return [one.field for one in lacking(cast.clinic, at=at)]


def without(cast: Cast, field: str) -> None:
    """Take one thing away that a clinic needs."""
    with looking():
        if field in {"safety_lead", "primary", "backup"}:
            Duty.objects.filter(kind=field.replace("_", "-")).update(until=NOON)
        elif field == "policy":
            SafetyPolicy.objects.update(replaced_at=NOON)
        elif field == "review_on":
            SafetyPolicy.objects.update(review_on=NOON.date())
        else:
            values: dict[str, Any] = {"hours": {}, "after_hours": "", "region": "XX"}
            name = "region" if field == "lines" else field
            Clinic.objects.update(**{name: values[name]})


def signed(cast: Cast, **given: Any) -> SafetyPolicy:
    usual: dict[str, Any] = {"timers": TIMERS, "review_on": date(2027, 2, 1), "at": NOON}
    row: SafetyPolicy = safety.sign_policy(cast.clinic, **{**usual, **given}, by=cast.viewer("ada"))
    return row


def test_a_clinic_that_has_everything_lacks_nothing(lakeside: Cast) -> None:
    assert missing(lakeside) == []


@pytest.mark.parametrize(
    "field",
    [
        "safety_lead",
        "primary",
        "backup",
        "hours",
        "after_hours",
        "lines",
        "policy",
        "review_on",
    ],
)
def test_whatever_is_missing_a_risk_item_is_refused_with_the_remedy(
    lakeside: Cast, field: str
) -> None:
    without(lakeside, field)
    assert missing(lakeside) == [field]
    lakeside.patients["ana"].clinic.refresh_from_db()
    with pytest.raises(Invalid, match=r"asks about danger\. First:") as caught:
        give(lakeside, "ana", "phq-9")
    assert caught.value.field == "instrument"
    give(lakeside, "ana", "phq-8")  # without that question it is given


def test_what_is_lacking_is_said_in_the_order_of_a_set_up(fresh_keys: None) -> None:
    clinic = Clinic.objects.create(name="New", zone="UTC", region="XX", made_at=NOON)
    with looking():
        fields = [one.field for one in lacking(clinic, at=NOON)]
        remedies = [one.remedy for one in lacking(clinic, at=NOON)]
    order = ["safety_lead", "primary", "backup", "phone", "hours", "after_hours"]
    order += ["lines", "policy"]
    assert fields == order
    assert all(remedy.endswith(".") for remedy in remedies)


def test_a_backup_outside_does_for_the_backup(lakeside: Cast) -> None:
    without(lakeside, "backup")
    policy = signed(lakeside, outside_backup=" eve@elsewhere.example ")
    assert missing(lakeside) == []
    with looking():
        assert outside_backup(policy.pk) == "eve@elsewhere.example"
        assert outside_backup(lakeside.clinic.pk) == ""


def test_a_responder_who_left_answers_for_nothing(lakeside: Cast) -> None:
    """Gil, the backup, leaves | Sue backs up now | she leaves too | nobody is left for it."""
    for name, lacks in (("gil", []), ("sue", ["backup"])):
        deactivate(
            lakeside.clinic, account=lakeside.accounts[name].pk, by=lakeside.viewer("ada"), at=NOON
        )
        assert missing(lakeside) == lacks


def test_a_series_that_runs_goes_on_when_something_is_missing(lakeside: Cast) -> None:
    """New ones are refused; nobody is left in the middle of theirs."""
    give(lakeside, "ana", rule=assessments.RepeatRule("every-days", 7))
    without(lakeside, "policy")
    later = after(days=8)
    assert assessments.bring_due(lakeside.patients["ana"], by=lakeside.clock(), at=later) == 1
    assert waiting(lakeside, "ana").due_at > NOON


# Outside the demo (decision 17)


@pytest.mark.parametrize("path", ["assign", "enter", "start"])
def test_outside_the_demo_no_risk_item_is_given_and_the_reason_is_said(
    lakeside: Cast, settings: Any, path: str
) -> None:
    people.set_instruments(
        lakeside.clinic,
        opened=[],
        usual_set=[],
        self_start=["phq-9"],
        by=lakeside.viewer("ada"),
        at=NOON,
    )
    ana = lakeside.patients["ana"]
    ana.clinic.refresh_from_db()
    settings.WAYMARK_DEMO = False
    with pytest.raises(Invalid, match="PHQ-8 is a separate measure") as caught:
        {
            "assign": lambda: give(lakeside, "ana"),
            "enter": lambda: assessments.enter(
                ana,
                instrument="phq-9",
                answers={},
                came=assessments.Entry("paper", TODAY),
                by=lakeside.viewer("ben"),
                at=NOON,
            ),
            "start": lambda: assessments.start_by_self(
                ana, instrument="phq-9", by=lakeside.viewer("ana"), at=NOON
            ),
        }[path]()
    assert caught.value.field == "instrument"


def test_outside_the_demo_everything_else_is_given(lakeside: Cast, settings: Any) -> None:
    settings.WAYMARK_DEMO = False
    assert give(lakeside, "ana", "phq-8")


def test_phq_8_is_never_given_in_place_of_phq_9(lakeside: Cast, settings: Any) -> None:
    settings.WAYMARK_DEMO = False
    with pytest.raises(Invalid):
        give(lakeside, "ana", "phq-9")
    with looking():
        assert not Assignment.objects.exists()


def test_answers_of_danger_are_brought_in_only_where_somebody_answers(lakeside: Cast) -> None:
    without(lakeside, "primary")
    rows = [assessments.Past("phq-9", TODAY - timedelta(days=3), answers={"q9": 1})]
    with pytest.raises(Invalid, match="import the totals alone"):
        assessments.bring_in(
            lakeside.patients["ana"], rows=rows, by=lakeside.viewer("ben"), at=NOON
        )


# The policy


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"timers": {**TIMERS, "urgent": 61}}, "urgent"),
        ({"timers": {**TIMERS, "urgent": 4}}, "urgent"),
        ({"timers": {**TIMERS, "same-day": 9}}, "same-day"),
        ({"timers": {**TIMERS, "review": 3}}, "review"),
        ({"timers": {}}, "review"),
        ({"review_on": date(2026, 3, 2)}, "review_on"),
        ({"review_on": date(2027, 3, 4)}, "review_on"),
    ],
)
def test_a_policy_has_times_and_a_review_within_the_year(
    lakeside: Cast, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        signed(lakeside, **given)
    assert caught.value.field == field


def test_a_new_policy_keeps_the_one_before(lakeside: Cast) -> None:
    second = signed(lakeside, at=after(days=1))
    assert (second.version, second.signed_by) == (2, lakeside.accounts["ada"].pk)
    with looking():
        assert policy_of(lakeside.clinic) == second
        first = SafetyPolicy.objects.get(version=1)
    assert first.replaced_at == after(days=1)


def test_administrators_alone_sign(lakeside: Cast) -> None:
    for name in ("ben", "sue", "dana", "ana"):
        with pytest.raises(Refused):
            safety.sign_policy(
                lakeside.clinic,
                timers=TIMERS,
                review_on=date(2027, 2, 1),
                by=lakeside.viewer(name),
                at=NOON,
            )


# Crisis lines


def test_only_lines_that_somebody_saw_are_shown(lakeside: Cast) -> None:
    with looking():
        lines = lines_of(lakeside.clinic)
    assert {line.region for line in lines} == {"US"}
    assert all(line.verified_on for line in lines)
    assert "us-988" in {line.id for line in lines}


# Ready for clients


def standing(cast: Cast) -> dict[str, bool]:
    cast.clinic.refresh_from_db()
    with looking():
        return {one.name: one.holds for one in questions(cast.clinic, at=NOON)}


def test_what_a_clinic_needs_before_clients_come(lakeside: Cast, tmp_path: Any) -> None:
    ada = {"by": lakeside.viewer("ada"), "at": NOON}
    before = standing(lakeside)
    assert [name for name, holds in before.items() if not holds] == [
        "The address phones reach",
        "A recovery copy of the key",
        "A backup target",
        "A test mail that arrived",
    ]
    letterhead = people.Letterhead("Lakeside", "America/Chicago", "US", "555", "https://a.example")
    people.settle(lakeside.clinic, to=letterhead, **ada)
    people.prove_recovery(lakeside.clinic, typed=people.recovery_copy(), **ada)
    people.set_backup_target(lakeside.clinic, folder=str(tmp_path), **ada)
    people.confirm_test_mail(lakeside.clinic, **ada)
    assert all(standing(lakeside).values())


def test_what_the_safety_of_clients_lacks_is_a_question_too(lakeside: Cast) -> None:
    without(lakeside, "safety_lead")
    without(lakeside, "policy")
    missing_ones = {name for name, holds in standing(lakeside).items() if not holds}
    assert {"A safety lead", "A signed safety policy"} <= missing_ones


@pytest.mark.parametrize(
    ("address", "reached"),
    [
        ("", False),
        ("http://127.0.0.1:8000", False),
        ("http://localhost:8000", False),
        ("https://127.0.0.1", False),
        ("https://[::1]:8443", False),
        ("https://portal.example.org", True),
        ("https://192.168.1.5", True),
    ],
)
def test_an_address_of_this_machine_alone_is_none_that_phones_reach(
    lakeside: Cast, address: str, reached: bool
) -> None:
    with looking():
        Clinic.objects.update(address=address)
    assert standing(lakeside)["The address phones reach"] is reached


def test_a_clinic_without_people_lacks_them(fresh_keys: None) -> None:
    clinic = Clinic.objects.create(name="New", zone="UTC", region="US", made_at=NOON)
    with looking():
        held = {one.name: one.holds for one in questions(clinic, at=NOON)}
    assert not held["An administrator"]
    assert not held["A licensed clinician"]
