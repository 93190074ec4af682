"""Rule D0: what a clinic must have recorded before it may give out a risk item."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings

from waymark.library.instrument import Instrument
from waymark.library.line import Line
from waymark.library.lines import LINES
from waymark.record.people.models import ConfirmedLine
from waymark.record.people.queries import duties_of
from waymark.record.safety.models import SafetyPolicy
from waymark.record.tenancy.days import day_of
from waymark.record.tenancy.models import Clinic, DutyKind
from waymark.record.tenancy.row_security import clinic_only


@dataclass(frozen=True, slots=True)
class Lacking:
    """One thing that is missing, where it is set, and the remedy in words."""

    field: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that the safety of clients needs: where it is set, its name, and the remedy."""

    field: str
    name: str
    remedy: str
    holds: bool


def lines_of(clinic: Clinic) -> list[Line]:
    """The crisis lines that clients of this clinic are shown: source seen, or confirmed here."""
    with clinic_only(clinic.pk):
        rows = ConfirmedLine._base_manager.filter(clinic=clinic)
        confirmed = dict(rows.values_list("line", "hours"))
    return [
        replace(line, hours=confirmed.get(line.id) or line.hours)
        for line in LINES.values()
        if line.region == clinic.region and (line.verified_on or line.id in confirmed)
    ]


@dataclass(frozen=True, slots=True)
class LineStanding:
    """A crisis line of the clinic's region, and why it is shown, or hidden."""

    line: Line
    confirmed_at: datetime | None  # by somebody of this clinic
    shown: bool


def known_lines(clinic: Clinic) -> list[LineStanding]:
    """Every crisis line of the clinic's region, the hidden ones too, for those who confirm them."""
    confirmed = dict(ConfirmedLine._base_manager.filter(clinic=clinic).values_list("line", "at"))
    return [
        LineStanding(line, confirmed.get(line.id), bool(line.verified_on or line.id in confirmed))
        for line in LINES.values()
        if line.region == clinic.region
    ]


def policy_of(clinic: Clinic) -> SafetyPolicy | None:
    with clinic_only(clinic.pk):
        return SafetyPolicy._base_manager.filter(clinic=clinic, replaced_at=None).first()


def unmanned(clinic: Clinic) -> bool:
    """Whether nobody is named who answers for danger here: neither primary nor backup."""
    return not {DutyKind.PRIMARY, DutyKind.BACKUP} & set(duties_of(clinic))


def lacking(clinic: Clinic, *, at: datetime) -> list[Lacking]:
    """What is missing for risk items, in the order in which it is set up; empty means ready."""
    return [Lacking(one.field, one.remedy) for one in needs(clinic, at=at) if not one.holds]


def needs(clinic: Clinic, *, at: datetime) -> list[Need]:
    """Everything that must be recorded before risk items are given, and whether it is."""
    duties, policy = duties_of(clinic), policy_of(clinic)
    outside = policy is not None and bool(policy.outside_backup)
    reviewed = policy is None or policy.review_on > day_of(at, zone=clinic.zone)
    lead, backup = DutyKind.SAFETY_LEAD in duties, DutyKind.BACKUP in duties or outside
    return [
        Need("safety_lead", "A safety lead", "Name a licensed safety lead.", lead),
        Need(
            "primary",
            "A primary responder",
            "Name a primary responder.",
            DutyKind.PRIMARY in duties,
        ),
        Need(
            "backup",
            "A backup responder",
            "Name a backup responder; where one person is licensed, a backup outside the clinic, "
            "in the safety policy.",
            backup,
        ),
        Need(
            "phone",
            "A telephone number for clients",
            "Write down the number at which clients reach the clinic.",
            bool(clinic.phone),
        ),
        Need("hours", "Opening hours", "Write down when somebody is there.", bool(clinic.hours)),
        Need(
            "after_hours",
            "Words for when you are closed",
            "Say what clients can do out of hours.",
            bool(clinic.after_hours),
        ),
        Need(
            "lines",
            "Crisis lines",
            "Confirm at least one crisis line for your region.",
            bool(lines_of(clinic)),
        ),
        Need(
            "policy",
            "A signed safety policy",
            "Sign the safety policy with its timers.",
            policy is not None,
        ),
        Need(
            "review_on",
            "The yearly look at the policy",
            "The yearly review of the safety policy is due: sign it again.",
            reviewed,
        ),
    ]


def refusal_of(instrument: Instrument, clinic: Clinic, *, at: datetime) -> str:
    """Why this instrument cannot be given here now, or an empty string."""
    if not instrument.risk_items:
        return ""
    if not settings.WAYMARK_DEMO:
        return (
            f"{instrument.title} asks about danger. Until escalation and cover exist, it can be "
            "given in the demo only. PHQ-8 is a separate measure without that question."
        )
    missing = lacking(clinic, at=at)
    return f"{instrument.title} asks about danger. First: {missing[0].remedy}" if missing else ""
