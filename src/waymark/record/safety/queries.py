"""The concern board: what is open, for whom, by when, in the exact words that were chosen."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db.models import Q, QuerySet

from waymark.access.vocabulary import Action, Viewer
from waymark.record.outbox.kind import Kind
from waymark.record.outbox.queries import last_left
from waymark.record.people.models import Contact
from waymark.record.people.queries import names_of, working_at
from waymark.record.safety.ahead import A_DAY, Ahead, ahead_of, owner_of
from waymark.record.safety.models import (
    Concern,
    ConcernEntry,
    ConcernState,
    EntryKind,
    SafetyPolicy,
    Source,
)
from waymark.record.tenancy.days import date_of, day_of
from waymark.record.tenancy.models import Patient
from waymark.record.tenancy.scope import once, whom
from waymark.record.vault.apart import or_unreadable, unreadable

# Whether a clinic's letter to an account, made since then, left or is on its way.
Reached = Callable[[UUID, UUID, datetime], bool]


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of a concern's history, ready to be shown."""

    kind: str
    at: datetime
    by: str
    body: dict[str, object]
    named: str = ""  # whom it speaks of, where they are known: who was told, or who it was offered


@dataclass(frozen=True, slots=True)
class OpenConcern:
    """One concern as the board shows it."""

    concern: Concern
    patient: Patient
    name: str
    phone: str
    safe: dict[str, bool]
    emergency: str
    location: str
    owner: str
    owned_by_viewer: bool
    offered_to_viewer: bool
    latest: dict[str, object]  # what leads: the newest that they said now, before what a file holds
    latest_at: datetime
    others: int  # how many other answers of danger there are
    history: tuple[Happened, ...]
    told: bool  # whether anybody who works here was written to since the last answer

    @property
    def said_at(self) -> datetime:
        """When the last answer of danger came."""
        return max(
            (line.at for line in self.history if line.kind == EntryKind.ANSWER),
            default=self.concern.opened_at,
        )

    @property
    def ahead(self) -> Ahead:
        """What was written down to come next; what is past stands too, for nobody to lose it."""
        row = self.concern
        return Ahead(row.next_step_at, row.visit_at, row.follow_up_on)

    @property
    def mistaken(self) -> bool:
        """Whether the client said that the last answer was a slip; it closes nothing."""
        return self.mistaken_at is not None and self.mistaken_at >= self.said_at

    @property
    def mistaken_at(self) -> datetime | None:
        """When the client last said that an answer was a slip, whatever was answered since then."""
        slips = (line.at for line in self.history if line.kind == EntryKind.MISTAKE)
        return max(slips, default=None)


def concern_for(viewer: Viewer, action: Action, id: UUID) -> Concern:
    """One concern; NotFound (DoesNotExist) when absent or not the viewer's to see."""
    return Concern.objects.visible_to(viewer, action).select_related("patient", "clinic").get(pk=id)


def own_open_concern(viewer: Viewer) -> Concern | None:
    """The client's own open concern, for "I tapped by mistake"."""
    rows = Concern.objects.visible_to(viewer, Action.ANSWER_INSTRUMENT)
    return rows.exclude(state=ConcernState.CLOSED).first()


def occasion_of_slip(viewer: Viewer, concern: Concern) -> UUID | None:
    """Where the last answer of danger was given, if it was on an occasion that can be known."""
    rows = ConcernEntry.objects.visible_to(viewer, Action.ANSWER_INSTRUMENT)
    held = rows.filter(concern=concern, kind=EntryKind.ANSWER).select_related("screening")
    last = held.order_by("-at").first()
    return last.screening.administration if last is not None and last.screening else None


@dataclass(frozen=True, slots=True)
class OwnConcern:
    """What a client reads of their own open concern: who knows, who has it, and by when."""

    told: int  # how many people who work here now were written to of the last answer
    left: int  # to how many of them the letter has left
    owner: str
    due_at: datetime  # by then it has an owner
    ahead: Ahead
    said_at: datetime  # when the last answer of danger came
    mistaken: bool  # they said that it was a slip


@dataclass(frozen=True, slots=True)
class OwnClosed:
    """What a client reads of their own concern after it was closed, until what was agreed is over.

    On the day on which it was closed it stands too where nothing is left to come.
    """

    owner: str
    ahead: Ahead
    said_at: datetime
    closed_at: datetime


@Concern.objects.prepared
def _own(rows: QuerySet[Concern]) -> QuerySet[Concern]:
    own = rows.exclude(state=ConcernState.CLOSED).select_related("owner__account", "patient")
    return own.order_by("pk")[:1]


@Concern.objects.prepared
def _own_closed(rows: QuerySet[Concern], *, day: date, since: datetime) -> QuerySet[Concern]:
    lately = Q(follow_up_on__gte=day) | Q(visit_at__gt=since) | Q(closed_at__gt=since)
    own = rows.filter(lately, state=ConcernState.CLOSED).select_related("owner__account", "patient")
    return own.order_by("-closed_at")[:1]


def own_closed(viewer: Viewer, action: Action, *, at: datetime) -> OwnClosed | None:
    """The client's own concern that was closed lately; None where they know of none."""
    day = date_of(at, zone="UTC") - A_DAY
    concern = next(iter(_own_closed(viewer, action, day=day, since=at - A_DAY)), None)
    if concern is None or concern.closed_at is None:
        return None
    held = _own_lines(viewer, action, concern)
    if not any(line.kind == EntryKind.ANSWER for line in held):
        return None
    return OwnClosed(
        owner=owner_of(concern),
        ahead=ahead_of(concern, zone=concern.patient.zone, at=at),
        said_at=_said_at(concern, held),
        closed_at=concern.closed_at,
    )


def own_concern(viewer: Viewer, action: Action, *, at: datetime) -> OwnConcern | None:
    """The client's own open concern; None while there is none, or none that they know of."""
    concern = next(iter(_own(viewer, action)), None)
    if concern is None:
        return None
    held = _own_lines(viewer, action, concern)
    if not any(line.kind == EntryKind.ANSWER for line in held):
        return None
    return OwnConcern(
        told=len(_told(concern, held, _reached([concern.clinic_id]))),
        left=len(_told(concern, held, _reached([concern.clinic_id], sent=True))),
        owner=concern.owner.account.name if concern.owner else "",
        due_at=concern.due_at,
        ahead=ahead_of(concern, zone=concern.patient.zone, at=at),
        said_at=_said_at(concern, held),
        mistaken=any(
            line.kind == EntryKind.MISTAKE and line.at >= _said_at(concern, held) for line in held
        ),
    )


def _own_lines(viewer: Viewer, action: Action, concern: Concern) -> list[ConcernEntry]:
    """Those lines of its history that a client knows of; what a file said they told nobody."""
    kinds = (EntryKind.ANSWER, EntryKind.NOTIFIED, EntryKind.MISTAKE)
    rows = ConcernEntry.objects.visible_to(viewer, action).filter(concern=concern, kind__in=kinds)
    return [line for line in rows if line.kind != EntryKind.ANSWER or _said_here(line)]


def _told(concern: Concern, held: Iterable[ConcernEntry], reached: Reached) -> set[UUID]:
    """Whom a letter told of the last answer, of those who work here now."""
    lines = list(held)
    said_at = _said_at(concern, lines)
    named = {
        UUID(account)
        for line in lines
        if line.kind == EntryKind.NOTIFIED and line.at >= said_at
        for account in line.body["accounts"]
    }
    return {one for one in named if reached(concern.clinic_id, one, said_at)}


def _said_at(concern: Concern, lines: Iterable[ConcernEntry]) -> datetime:
    """When the last answer of danger came."""
    answers = (line.at for line in lines if line.kind == EntryKind.ANSWER)
    return max(answers, default=concern.opened_at)


def _said_here(line: ConcernEntry) -> bool:
    """Whether the client said it now; what stood in older records they told nobody today."""
    return not line.body.get("in_a_file") and line.body.get("source") != Source.IMPORT


def _reached(clinics: Iterable[UUID], *, sent: bool = False) -> Reached:
    """Asks whether a clinic's letter to an account, made since then, left or is on its way.

    With ``sent``: whether it has left.
    """
    here = set(clinics)
    last = last_left(here, kind=Kind.REVIEW_NEEDED, sent=sent)
    working = {clinic: working_at(clinic) for clinic in here}

    def reached(clinic: UUID, account: UUID, since: datetime) -> bool:
        made = last.get((clinic, account))
        return account in working[clinic] and made is not None and made >= since

    return reached


def open_concerns(viewer: Viewer) -> list[OpenConcern]:
    """Every open concern the viewer may see: un-owned first, then by the time it is due."""
    rows = list(
        Concern.objects.visible_to(viewer, Action.READ_CONCERNS)
        .exclude(state=ConcernState.CLOSED)
        .select_related("patient", "owner__account")
        .order_by("due_at")
    )
    rows.sort(key=lambda row: row.owner_id is not None)
    return _shown(viewer, rows)


def resting(viewer: Viewer, patients: Iterable[UUID], *, at: datetime) -> set[UUID]:
    """Those among these patients who are asked for nothing more, for the clock: a concern is open,
    or was closed on this day of theirs."""
    rows = Concern.objects.visible_to(viewer, Action.RUN_CLOCK).filter(patient__in=list(patients))
    held = rows.filter(Q(closed_at=None) | Q(closed_at__gt=at - A_DAY)).select_related("patient")
    return {row.patient_id for row in held if _rests(row, at=at)}


def _rests(row: Concern, *, at: datetime) -> bool:
    zone = row.patient.zone
    return row.closed_at is None or day_of(row.closed_at, zone=zone) == day_of(at, zone=zone)


def shown(viewer: Viewer, concern: Concern) -> OpenConcern:
    """One concern with its whole history."""
    return _shown(viewer, [concern])[0]


def open_concern_of(viewer: Viewer, patient: UUID) -> OpenConcern | None:
    """A patient's open concern with its history, where the viewer may read concerns."""
    held = open_states(viewer, Action.READ_CONCERNS, [patient]).get(patient)
    return shown(viewer, held) if held else None


def closed_concerns(viewer: Viewer, patient: UUID) -> list[tuple[UUID, datetime]]:
    """The closed concerns of one patient, newest first: which, and when it was opened."""
    return _closed(viewer, Action.READ_CONCERNS, patient=patient)


@Concern.objects.prepared
def _closed(rows: QuerySet[Concern], *, patient: UUID) -> QuerySet[Concern, tuple[UUID, datetime]]:
    closed = rows.filter(patient=patient, state=ConcernState.CLOSED).order_by("-closed_at")
    return closed.values_list("pk", "opened_at")


def of_danger(viewer: Viewer, screenings: Iterable[UUID]) -> set[UUID]:
    """Those among screenings of answers whose answers opened a concern, or joined an open one."""
    return set(_dangerous(viewer, Action.READ_CONCERNS, screenings=tuple(screenings)))


@ConcernEntry.objects.prepared
def _dangerous(
    rows: QuerySet[ConcernEntry], *, screenings: tuple[UUID, ...]
) -> QuerySet[ConcernEntry, UUID]:
    told = rows.filter(kind=EntryKind.ANSWER, screening__in=screenings)
    return told.values_list("screening", flat=True)


def open_states(viewer: Viewer, action: Action, patients: Iterable[UUID]) -> dict[UUID, Concern]:
    """The open concern of each patient who has one."""
    whose = tuple(sorted(set(patients)))
    about = ("concerns", viewer, whom(viewer, action), whose)
    return once(
        about, lambda: {row.patient_id: row for row in _open(viewer, action, patients=whose)}
    )


@Concern.objects.prepared
def _open(rows: QuerySet[Concern], *, patients: tuple[UUID, ...]) -> QuerySet[Concern]:
    open_ones = rows.filter(patient__in=patients).exclude(state=ConcernState.CLOSED)
    return open_ones.select_related("owner__account", "patient")


def _shown(viewer: Viewer, rows: list[Concern]) -> list[OpenConcern]:
    patients = [row.patient_id for row in rows]
    contacts = {
        c.patient_id: c
        for c in Contact.objects.visible_to(viewer, Action.READ_CONCERNS).filter(
            patient__in=patients
        )
    }
    entries = _entries(viewer, rows)
    lines = [one for held in entries.values() for one in held]
    spoken = (or_unreadable(partial(_spoken_of, e), list[UUID]) for e in lines)
    names = names_of({e.by for e in lines if e.by} | {id for held in spoken for id in held})
    reached = _reached(row.clinic_id for row in rows)
    return [
        or_unreadable(
            partial(
                _one, viewer, row, contacts.get(row.patient_id), entries[row.pk], names, reached
            ),
            partial(_closed_to_all, viewer, row),
        )
        for row in rows
    ]


def _entries(viewer: Viewer, rows: list[Concern]) -> dict[UUID, list[ConcernEntry]]:
    found: dict[UUID, list[ConcernEntry]] = {row.pk: [] for row in rows}
    held = ConcernEntry.objects.visible_to(viewer, Action.READ_CONCERNS).filter(concern__in=rows)
    for entry in held:
        found[entry.concern_id].append(entry)
    return found


def _spoken_of(entry: ConcernEntry) -> list[UUID]:
    """The accounts that a line speaks of: who was told, or whom it was offered to."""
    if entry.kind not in (EntryKind.NOTIFIED, EntryKind.OFFERED):
        return []
    body = entry.body
    held = [*body.get("accounts", ()), *([body["to"]] if "to" in body else [])]
    return [UUID(str(one)) for one in held]


def _and(names: list[str]) -> str:
    *others, last = names or [""]
    return f"{', '.join(others)} and {last}" if others else last


def _in_order(entry: ConcernEntry) -> tuple[datetime, int, str]:
    """By time; in one moment the answers stand first, by their day, and then who was told."""
    return entry.at, EntryKind.values.index(entry.kind), str(entry.body.get("for_date") or "")


def _one(
    viewer: Viewer,
    row: Concern,
    contact: Contact | None,
    entries: list[ConcernEntry],
    names: dict[UUID, str],
    reached: Reached,
) -> OpenConcern:
    entries = sorted(entries, key=_in_order)
    answers = sorted((e for e in entries if e.kind == EntryKind.ANSWER), key=_leading)
    lead = answers[-1] if answers else None
    return OpenConcern(
        concern=row,
        patient=row.patient,
        name=row.patient.name,
        phone=(contact and contact.phone) or "",
        safe=(contact and contact.safe) or {},
        emergency=(contact and contact.emergency) or "",
        location=(contact and contact.location) or "",
        owner=row.owner.account.name if row.owner else "",
        owned_by_viewer=row.owner_id in viewer.memberships,
        offered_to_viewer=row.offered_to_id in viewer.memberships,
        latest=lead.body if lead else {},
        latest_at=lead.at if lead else row.opened_at,
        others=len({_words(one) for one in answers} - {_words(lead)}) if lead else 0,
        history=tuple(
            Happened(
                e.kind,
                e.at,
                by=names.get(e.by, "") if e.by else "",
                body=e.body,
                named=_and([names[id] for id in _spoken_of(e) if id in names]),
            )
            for e in entries
        ),
        told=bool(_told(row, entries, reached)),
    )


def _closed_to_all(viewer: Viewer, row: Concern) -> OpenConcern:
    """Danger that nobody can read: that it is there, whose task it is and by when still stands."""
    return OpenConcern(
        concern=row,
        patient=row.patient,
        name=unreadable(row.patient.audit_number),
        phone="",
        safe={},
        emergency="",
        location="",
        owner=row.owner.account.name if row.owner else "",
        owned_by_viewer=row.owner_id in viewer.memberships,
        offered_to_viewer=row.offered_to_id in viewer.memberships,
        latest={"instrument": "An answer that cannot be read"},
        latest_at=row.opened_at,
        others=0,
        history=(),
        told=False,
    )


def _leading(answer: ConcernEntry) -> tuple[bool, str, datetime]:
    """What somebody has to read first comes last: said now, then by its day, then by its time."""
    said_here = _said_here(answer)
    day = "" if said_here else str(answer.body.get("for_date") or "")
    return said_here, day, answer.at


def _words(answer: ConcernEntry) -> str:
    """What was answered; a draft and the form that was sent from it say the same."""
    return str([answer.body.get(name) for name in ("instrument", "answers", "unanswered")])


def outside_backup(policy: UUID) -> str:
    """The address of the backup outside the clinic, as the signed policy names it."""
    row = SafetyPolicy._base_manager.filter(pk=policy).first()
    return str((row and row.outside_backup) or "")


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many open concerns nobody owns, and how many the viewer does."""

    unowned: int
    own: int


def waiting_for(viewer: Viewer) -> Waiting:
    """What waits for the viewer among the concerns they may see; asked on every staff page."""
    owners = _owners(viewer, Action.READ_CONCERNS)
    return Waiting(unowned=owners.count(None), own=sum(one in viewer.memberships for one in owners))


@Concern.objects.prepared
def _owners(rows: QuerySet[Concern]) -> QuerySet[Concern, UUID | None]:
    return rows.exclude(state=ConcernState.CLOSED).values_list("owner", flat=True)
