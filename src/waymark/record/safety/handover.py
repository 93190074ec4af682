"""When a colleague leaves, or loses the license: no concern stays with who cannot work on it.

And no duty stands vacant: it goes to somebody else in the same step, or the step is refused.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from waymark.access.decide import decide
from waymark.access.vocabulary import Action, Role, Viewer, system
from waymark.record.outbox import actions as outbox
from waymark.record.outbox.kind import Kind
from waymark.record.people import actions as people
from waymark.record.people.actions.clinic import check_duty, hand_duty
from waymark.record.people.actions.staff import end_seat, end_work
from waymark.record.people.queries import TREATING
from waymark.record.people.second_thought import check_not_new, reason_to_wait
from waymark.record.safety.actions import release
from waymark.record.safety.models import Concern, ConcernState, EntryKind
from waymark.record.safety.responders import add, ask_for_responder, licensed_here
from waymark.record.tenancy.action import Invalid, action
from waymark.record.tenancy.models import (
    CareTeamMember,
    Clinic,
    Duty,
    DutyKind,
    Membership,
    Patient,
    PatientState,
)
from waymark.record.tenancy.relations import relations_of
from waymark.record.tenancy.row_security import clinic_only
from waymark.record.tenancy.scope import only

# The primary responder first: a backup who moves up leaves a place that is filled last.
HANDED = (DutyKind.PRIMARY, DutyKind.SAFETY_LEAD, DutyKind.BACKUP)


@dataclass(frozen=True, slots=True)
class Left:
    """What came of it: how many open concerns have no owner now, and who answers for what."""

    freed: int
    handed: tuple[tuple[str, str], ...] = ()  # the duty, and the name of who has it now
    vacant: tuple[str, ...] = ()  # duties that nobody is left for
    alone: int = 0  # clients whom nobody treats now, and whom they treated


@action(Action.MANAGE_STAFF, over=Clinic)
def deactivate(
    clinic: Clinic,
    *,
    account: UUID,
    successor: Membership | None = None,
    by: Viewer,
    at: datetime,
) -> Left:
    """End all work of an account here, at once. ``successor`` takes over their duties.

    Each of their open concerns has no owner now, is due anew, and the responders are told; the
    banner stays until somebody takes it. All of it happens, or none.
    """
    before = _duties_held()
    held = end_work(clinic, account=account, by=by, at=at)
    _open_ones(clinic).filter(offered_to__in=held).update(offered_to=None)
    return _left(clinic, before, successor, ended=held, by=by, at=at)


@action(Action.MANAGE_STAFF, over=Clinic)
def end_role(
    clinic: Clinic,
    *,
    membership: UUID,
    successor: Membership | None = None,
    by: Viewer,
    at: datetime,
) -> Left:
    """End one role of a colleague, at once. ``successor`` takes over what they did by it."""
    before = _duties_held()
    held = end_seat(clinic, membership=membership, by=by, at=at)
    _open_ones(clinic).filter(offered_to=held).update(offered_to=None)
    return _left(clinic, before, successor, ended=[held], by=by, at=at)


def _left(
    clinic: Clinic,
    before: set[DutyKind],
    successor: Membership | None,
    *,
    ended: Iterable[Membership | UUID],
    by: Viewer,
    at: datetime,
) -> Left:
    """Hand over what stands vacant now, before the responders are told of what was freed."""
    over = Patient._base_manager.filter(clinic=clinic)
    if successor is not None:
        check_not_new(successor, "successor", over=over, by=by, at=at)
    licensed = [
        *([successor] if successor else []),
        *(one for one in _licensed() if not reason_to_wait(one, over=over, by=by, at=at)),
    ]
    handed: list[tuple[str, str]] = []
    vacant: list[str] = []
    for kind in HANDED:
        if kind not in before - _duties_held():
            continue
        heir = _heir(kind, chosen=successor, licensed=licensed)
        if heir is None:
            vacant.append(kind.value)
            continue
        take_duty(clinic, kind, heir, at=at)
        handed.append((kind.value, heir.account.name))
    if DutyKind.PRIMARY in vacant and _in_care(clinic):
        raise Invalid(
            "account",
            "Nobody would answer for danger here. First name one more person who can.",
        )
    if vacant:
        ask_for_responder(clinic.pk, at=at)
    alone = _treated_by_nobody_but(clinic, ended)
    return Left(_freed(clinic, at=at), tuple(handed), tuple(vacant), len(alone))


def treated_alone(clinic: Clinic, account: UUID) -> int:
    """How many clients have nobody but this colleague on their team."""
    with clinic_only(clinic.pk):
        seats = Membership._base_manager.filter(clinic=clinic, account=account, until=None)
        return len(_treated_by_nobody_but(clinic, seats))


def _treated_by_nobody_but(clinic: Clinic, seats: Iterable[Membership | UUID]) -> set[UUID]:
    """Clients who were on the team of these seats, and whom no other seat treats now."""
    team = CareTeamMember._base_manager.filter(clinic=clinic)
    theirs = team.filter(membership__in=list(seats)).values_list("patient", flat=True)
    others = team.filter(until=None, membership__until=None).exclude(membership__in=list(seats))
    in_care = Patient._base_manager.filter(pk__in=theirs).exclude(state=PatientState.DISCHARGED)
    return set(in_care.values_list("pk", flat=True)) - set(others.values_list("patient", flat=True))


def _duties_held() -> set[DutyKind]:
    return {
        DutyKind(kind) for kind in Duty.objects.filter(until=None).values_list("kind", flat=True)
    }


def _licensed() -> list[Membership]:
    return list(licensed_here().select_related("account"))


def _heir(
    kind: DutyKind, *, chosen: Membership | None, licensed: list[Membership]
) -> Membership | None:
    """Who comes next: whoever was chosen, else the one in the next place, else anybody licensed.

    Primary and backup are two people, or a backup would be none.
    """
    held = {
        DutyKind(row.kind): row.membership
        for row in Duty.objects.filter(until=None).select_related("membership__account")
    }
    if kind is DutyKind.PRIMARY:
        return chosen or held.get(DutyKind.BACKUP) or next(iter(licensed), None)
    if kind is DutyKind.SAFETY_LEAD:
        return chosen or held.get(DutyKind.PRIMARY) or next(iter(licensed), None)
    first = held.get(DutyKind.PRIMARY)
    taken = first.account_id if first else None
    return next((one for one in licensed if one.account_id != taken), None)


def take_duty(clinic: Clinic, kind: DutyKind, who: Membership, *, at: datetime) -> None:
    """From now on they answer for it, and hear at once of what is open and has no owner.

    A backup who becomes the primary responder is no backup any more.
    """
    check_duty(kind, who, clinic)
    if kind is DutyKind.PRIMARY:
        mine = Duty.objects.filter(membership__account=who.account_id, until=None)
        mine.filter(kind=DutyKind.BACKUP).update(until=at)
    hand_duty(clinic, kind, who, at=at)
    tell_of_open(clinic, who, at=at)


def tell_of_open(clinic: Clinic, who: Membership, *, at: datetime) -> int:
    """Tell a new responder of every open concern without an owner; returns how many there are."""
    rows = list(_open_ones(clinic).filter(owner=None).select_related("patient"))
    for concern in rows:
        with only(concern.patient_id, clinic=clinic.pk):
            add(concern, EntryKind.NOTIFIED, body={"accounts": [str(who.account_id)]}, at=at)
    if rows:
        outbox.put(Kind.REVIEW_NEEDED, at=at, clinic=clinic.pk, account=who.account_id)
    return len(rows)


def _in_care(clinic: Clinic) -> bool:
    """Whether anybody is here who could be in danger."""
    rows = Patient._base_manager.filter(clinic=clinic)
    return rows.exclude(state=PatientState.DISCHARGED).exists()


@action(Action.MANAGE_CARE_TEAM)
def leave_team(patient: Patient, *, clinician: Membership, by: Viewer, at: datetime) -> int:
    """Take a clinician off a care team; returns how many open concerns it freed."""
    people.end_care(patient, clinician=clinician, by=by, at=at)
    return _freed(patient.clinic, at=at)


@action(Action.MANAGE_STAFF, over=Clinic)
def appoint(
    clinic: Clinic, *, account: UUID, role: Role, licensed: bool, by: Viewer, at: datetime
) -> int:
    """Give a role, with a license or without; returns how many open concerns it freed: whoever
    loses the license can work on none."""
    people.appoint(clinic, account=account, role=role, licensed=licensed, by=by, at=at)
    return _freed(clinic, at=at)


@action(Action.MANAGE_STAFF, over=Clinic)
def end_supervision(
    clinic: Clinic, *, supervisor: UUID, supervisee: UUID, by: Viewer, at: datetime
) -> int:
    """Let a supervisor read along no more; returns how many open concerns it freed."""
    people.end_supervision(clinic, supervisor=supervisor, supervisee=supervisee, by=by, at=at)
    return _freed(clinic, at=at)


@action(Action.MANAGE_SAFETY, over=Clinic)
def hand_duties(
    clinic: Clinic,
    *,
    safety_lead: Membership,
    primary: Membership,
    backup: Membership | None,
    by: Viewer,
    at: datetime,
) -> int:
    """Name the responders; returns how many open concerns of those before them it freed.

    Whoever is new among them hears of what is open.
    """
    before = set(Duty.objects.filter(until=None).values_list("membership__account", flat=True))
    people.set_duties(clinic, safety_lead=safety_lead, primary=primary, backup=backup, by=by, at=at)
    freed = _freed(clinic, at=at)
    named = {one.account_id: one for one in (safety_lead, primary, backup) if one is not None}
    for account, membership in named.items():
        if account not in before:
            tell_of_open(clinic, membership, at=at)
    return freed


def _freed(clinic: Clinic, *, at: datetime) -> int:
    """Release every open concern whose owner could not work on it any more."""
    owned = _open_ones(clinic).exclude(owner=None).select_related("patient", "clinic", "owner")
    stranded = [concern for concern in owned if not _workable(concern)]
    for concern in stranded:
        release(concern, by=system(clinic.pk), at=at)
    return len(stranded)


def _workable(concern: Concern) -> bool:
    """Whether its owner may still work on it, by the policy itself."""
    if concern.owner is None or concern.owner.until is not None:
        return False
    owner = _viewer(concern.owner)
    return decide(owner, Action.WORK_CONCERN, relations_of(owner, concern.patient)).allowed


def _viewer(owner: Membership) -> Viewer:
    """Whoever owns it, in all the roles they have at this clinic now."""
    held = list(
        Membership._base_manager.filter(
            account=owner.account_id, clinic=owner.clinic_id, until=None
        )
    )
    return Viewer(
        account=owner.account_id,
        clinic=owner.clinic_id,
        roles=frozenset(Role(one.role) for one in held),
        memberships=frozenset(one.pk for one in held),
        licensed=any(one.licensed for one in held if one.role in TREATING),
    )


def _open_ones(clinic: Clinic) -> QuerySet[Concern]:
    return Concern._base_manager.filter(clinic=clinic).exclude(state=ConcernState.CLOSED)
