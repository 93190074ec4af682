"""A head once kept is never signed past: who cut or changed the log cannot have it mended.

lines    1 2 3 4 5        linked by the worker, the head kept in the keyring
broken   cut, changed, emptied, or its links cut too
"""

from collections.abc import Callable

import pytest
from click.testing import CliRunner
from django.test import Client

from tests.cast import NOON, Cast, after
from tests.record.audit.test_chain import wait_until_settled
from waymark.access.vocabulary import Action, Event
from waymark.interfaces.cli.owner import checks, portal
from waymark.interfaces.cli.owner.commands.audit import audit
from waymark.interfaces.clinic import frame
from waymark.interfaces.endpoint import now
from waymark.interfaces.jobs.round import go_round
from waymark.record.audit import actions
from waymark.record.audit.chain import Broken, head_of, kept_head, link
from waymark.record.audit.models import AuditVerdict, Line, Link
from waymark.record.audit.walk import first_broken
from waymark.record.outbox.actions import beat
from waymark.record.people import actions as people

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keyring"])


def happens(cast: Cast, times: int = 1) -> None:
    for _ in range(times):
        actions.write(
            Action.READ_SCORES,
            by=cast.viewer("ben"),
            at=NOON,
            subject=None,
            verdict=AuditVerdict.DONE,
            reason="on the care team",
        )


@pytest.fixture
def linked(committed: Cast) -> Cast:
    happens(committed, 5)
    wait_until_settled()
    link(committed.clinic.pk)
    return committed


def tail_of_lines_cut(clinic: object) -> None:
    last = Line.objects.filter(clinic=clinic).latest("pk").pk
    Line.objects.filter(clinic=clinic, pk__gte=last).delete()


def tail_cut_with_its_links(clinic: object) -> None:
    tail_of_lines_cut(clinic)
    last = Link.objects.filter(clinic=clinic).latest("place").place
    Link.objects.filter(clinic=clinic, place=last).delete()


def everything_emptied(clinic: object) -> None:
    Line.objects.filter(clinic=clinic).delete()
    Link.objects.filter(clinic=clinic).delete()


def last_line_changed(clinic: object) -> None:
    Line.objects.filter(pk=Line.objects.filter(clinic=clinic).latest("pk").pk).update(by="nobody")


BREAKS: list[Callable[[object], None]] = [
    tail_of_lines_cut,
    tail_cut_with_its_links,
    everything_emptied,
    last_line_changed,
]


def test_the_head_is_kept_in_another_database(linked: Cast) -> None:
    clinic = linked.clinic.pk
    assert kept_head(clinic) == head_of(clinic)
    happens(linked)
    wait_until_settled()
    assert link(clinic) == 1
    assert kept_head(clinic) == head_of(clinic)


@pytest.mark.parametrize("breaks", BREAKS)
def test_the_worker_signs_nothing_past_a_broken_log(
    linked: Cast, breaks: Callable[[object], None]
) -> None:
    clinic = linked.clinic.pk
    kept = kept_head(clinic)
    breaks(clinic)
    happens(linked)
    with pytest.raises(Broken):
        link(clinic)
    assert kept_head(clinic) == kept
    assert first_broken(clinic, kept=kept) is not None


def test_a_broken_log_is_told_and_does_not_stop_the_clock(linked: Cast) -> None:
    everything_emptied(linked.clinic.pk)
    done = go_round(at=after(days=1))
    assert any("lines of the log were removed" in trouble for trouble in done.troubles)


# `waymark audit`


@pytest.fixture
def at_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        portal, "start_whole", lambda: None
    )  # Django runs already, on tables in memory


def asked(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(audit, list(words))
    return done.exit_code, done.output


def test_a_head_is_printed_whole_and_holds(linked: Cast, at_the_machine: None) -> None:
    code, printed = asked("head")
    held = head_of(linked.clinic.pk)
    assert (code, printed.strip().endswith(f"{held.place}:{held.code}")) == (0, True)
    happens(linked)
    wait_until_settled()
    link(linked.clinic.pk)
    for kept in (f"{held.place}:{held.code}", printed, f"  {printed}  "):  # pasted as it stands
        assert asked("verify", "--head", kept)[0] == 0
    assert asked("verify") == (0, f"{linked.clinic.name}: whole\nno clinic: whole\n")


@pytest.mark.parametrize("breaks", BREAKS)
def test_verify_says_where_a_log_is_broken(
    linked: Cast, at_the_machine: None, breaks: Callable[[object], None]
) -> None:
    held = head_of(linked.clinic.pk)
    breaks(linked.clinic.pk)
    for words in (("verify",), ("verify", "--head", f"{held.place}:{held.code}")):
        code, printed = asked(*words)
        assert code == 1
        assert "broken at line" in printed


# Whoever looks after the machine hears of it


def of_nobody() -> None:
    """Two events of no clinic: strangers who try a name that is nobody's."""
    for _ in range(2):
        Line.objects.create(
            at=NOON, clinic=None, by="system", action="wrong-password", verdict=AuditVerdict.REFUSED
        )
    wait_until_settled()
    link(None)


@pytest.mark.parametrize("breaks", BREAKS)
@pytest.mark.parametrize("whose", ["the clinic", "no clinic"])
def test_the_doctor_tells_of_a_log_that_was_cut_or_changed(
    linked: Cast, at_the_machine: None, breaks: Callable[[object], None], whose: str
) -> None:
    of_nobody()
    clinic = linked.clinic.pk if whose == "the clinic" else None
    name = linked.clinic.name if whose == "the clinic" else whose
    assert all(check.well for check in checks._logs())
    breaks(clinic)
    (told,) = checks._logs()
    assert not told.well
    assert not told.refuses  # clients go on being heard
    assert f"of the audit log of {name} (from line" in told.remedy
    assert asked("verify")[0] == 1


def test_ready_names_a_log_that_was_cut_and_closes_nothing(linked: Cast) -> None:
    """Cut with its links, as a person with the database file does it: the portal stays open."""
    beat("somebody", at=now())
    browser = Client()
    assert browser.get("/readyz").content == b"ready\n"
    tail_cut_with_its_links(linked.clinic.pk)
    answer = browser.get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ready, and not well: log\n")


@pytest.mark.parametrize("breaks", BREAKS)
def test_who_runs_the_clinic_reads_it_on_every_page_with_the_place(
    linked: Cast, breaks: Callable[[object], None]
) -> None:
    assert frame._log(linked.viewer("ada")) == []
    breaks(linked.clinic.pk)
    (told,) = frame._log(linked.viewer("ada"))
    assert told.endswith("see Clinic, Audit report.")
    assert frame._log(linked.viewer("ben")) == []


@pytest.mark.parametrize("head", ["", "12", "x:" + "0" * 64, "12:short"])
def test_a_head_that_is_none_is_said_to_be_none(
    linked: Cast, at_the_machine: None, head: str
) -> None:
    code, printed = asked("verify", "--head", head)
    assert code == 2
    assert "looks like" in printed


# Every event of a way in, and every refusal, is a line


def test_events_of_a_way_in_stand_in_the_clinics_log(committed: Cast) -> None:
    people.signed_in(committed.accounts["ben"], at=NOON)
    people.way_in_refused(committed.accounts["ben"], Event.WRONG_PASSWORD, at=NOON)
    rows = Line.objects.filter(clinic=committed.clinic.pk, by=str(committed.accounts["ben"].pk))
    found = set(rows.values_list("action", "verdict"))
    assert {("signed-in", "done"), ("wrong-password", "refused")} <= found
