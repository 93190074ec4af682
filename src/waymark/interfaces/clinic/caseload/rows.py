"""One line of the caseload: from a client's record to why, by when, and what can be done here."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.timezone import localdate

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.clinic.caseload.states import KnownOfClient, state_of
from waymark.interfaces.clinic.measures.forms import USUAL
from waymark.interfaces.ui.charts.drawn import spark
from waymark.library.instruments import INSTRUMENTS
from waymark.progress.reasons.reason import Attention, Helps, Kind
from waymark.progress.telling.wording import number
from waymark.record.assessments.queries import assigned_to, next_due
from waymark.record.episodes.queries import current_episodes, meeting_counts
from waymark.record.outbox.queries import told_something_due
from waymark.record.people.queries import clinic_of, patients_for
from waymark.record.people.roster import open_invitations
from waymark.record.safety.ahead import still_agreed
from waymark.record.safety.queries import open_concerns
from waymark.record.sharing.queries import discussed_among
from waymark.record.tenancy.days import day_of
from waymark.record.timeline.queries import Course, all_told, courses_for
from waymark.record.vault.apart import or_unreadable, unreadable

if TYPE_CHECKING:
    from waymark.record.tenancy.named import Clinic, Patient

ACT = Action.READ_CASELOAD


@dataclass(frozen=True, slots=True)
class Act:
    """One thing done in one tap, in its place: a form, or a link where it needs a page."""

    label: str
    url: str
    fields: dict[str, str] = field(default_factory=dict)
    link: bool = False


@dataclass(frozen=True, slots=True)
class CaseloadRow:
    """What stands in one line."""

    id: UUID
    name: str
    own: bool  # in the viewer's own care; else they read along
    session: int
    state: Attention
    told_at: datetime | None  # when a reminder went out, if that is what was wanted
    acts: tuple[Act, ...]
    spark: SafeString | str
    figures: str
    measure: str
    step: str
    step_url: str
    stands: str = "care"  # in care, "invited", or "out" of care at present

    @property
    def waits(self) -> bool:
        """Whether somebody waits for a person."""
        return self.state.urgency < 4

    @property
    def follows(self) -> bool:
        """Whether nobody waits, and something is to be done all the same."""
        return self.state.urgency == 4


WHYS = {  # by the chip's kind, in the order of what cannot wait
    "": "Everybody",
    "risk": "Danger",
    "watch": "To talk about",
    "info": "To follow up",
    "good": "Better",
    "nothing-pressing": "Nothing new",
}


@dataclass(frozen=True, slots=True)
class Why:
    """One reason to be shown, and how many it shows; an empty kind is everybody."""

    kind: str
    label: str
    count: int


def why_of(row: CaseloadRow) -> str:
    return row.state.kind or "nothing-pressing"


def whys_of(rows: list[CaseloadRow]) -> list[Why]:
    """Everybody, and each reason that somebody has."""
    counts = Counter(map(why_of, rows)) + Counter({"": len(rows)})
    return [Why(kind, label, counts[kind]) for kind, label in WHYS.items() if counts[kind]]


@dataclass(frozen=True, slots=True)
class Past:
    """Somebody whose care has ended."""

    id: UUID
    name: str


def rows_of(viewer: Viewer, *, at: datetime) -> list[CaseloadRow]:
    """The lines of the caseload, sorted by who needs attention."""
    patients = {one.pk: one for one in patients_for(viewer, ACT).exclude(state="discharged")}
    return or_unreadable(
        lambda: _rows(viewer, patients, at=at), lambda: _one_by_one(viewer, patients, at=at)
    )


def _one_by_one(
    viewer: Viewer, patients: dict[UUID, "Patient"], *, at: datetime
) -> list[CaseloadRow]:
    """Where something does not open: each by itself, so that the others stand as ever."""
    rows = [
        or_unreadable(partial(_row_of, viewer, one, at=at), partial(_unread, one))
        for one in patients.values()
    ]
    return sorted(rows, key=_pressing)


def _row_of(viewer: Viewer, patient: "Patient", *, at: datetime) -> CaseloadRow:
    (row,) = _rows(viewer, {patient.pk: patient}, at=at)
    return row


def _unread(patient: "Patient") -> CaseloadRow:
    """A record that cannot be read stands above all, since nobody knows what it holds."""
    why = "A stored value of this record was changed or moved, and does not open"
    state = Attention(0, Kind.RISK, why, "Tell whoever runs the portal now")
    return CaseloadRow(
        id=patient.pk,
        name=unreadable(patient.audit_number),
        own=True,
        session=0,
        state=state,
        told_at=None,
        acts=(),
        spark="",
        figures="",
        measure="",
        step="Open",
        step_url=reverse("client", args=[patient.pk]),
    )


def _rows(viewer: Viewer, patients: dict[UUID, "Patient"], *, at: datetime) -> list[CaseloadRow]:
    """Everybody's line, with the same few questions for all."""
    found = _known(viewer, patients, at=at)
    counts = meeting_counts(viewer, ACT, patients)
    told = told_something_due([one.account_id for one in patients.values() if one.account_id])
    may = _May(viewer, patients, clinic_of(viewer))
    rows = [
        _row(
            one,
            state_of(one, at=at),
            may,
            session=counts.get(id, 0),
            told_at=told.get(one.patient.account_id) if one.patient.account_id else None,
            at=at,
        )
        for id, one in found.items()
    ]
    return sorted(rows, key=_pressing)


def _known(
    viewer: Viewer, patients: dict[UUID, "Patient"], *, at: datetime
) -> dict[UUID, KnownOfClient]:
    """All that is known of everybody, with the same few questions for all."""
    concerns = {one.concern.patient_id: one for one in open_concerns(viewer)}
    courses = all_told(viewer, ACT, courses_for(viewer, ACT, patients))
    waiting, discussed = next_due(viewer, ACT, patients), discussed_among(viewer, ACT, patients)
    invitations = open_invitations(viewer, ACT, patients)
    episodes = current_episodes(viewer, ACT, patients)
    given = assigned_to(viewer, ACT, patients)
    agreed = still_agreed(viewer, ACT, patients, at=at)
    return {
        id: KnownOfClient(
            patient=patient,
            concern=concerns.get(id),
            courses=courses.get(id, ()),
            waiting=waiting.get(id),
            discussed=discussed,
            invitation=invitations.get(id),
            in_care=id in episodes,
            given=id in given,
            invited_at=patient.made_at,
            agreed=agreed.get(id),
        )
        for id, patient in patients.items()
    }


def _pressing(row: CaseloadRow) -> tuple[int, str, str]:
    state = row.state
    due = localdate(state.due_at) if state.due_at else state.due_on
    return state.urgency, due.isoformat() if due else "9999", row.name.casefold()


def past_of(viewer: Viewer) -> list[Past]:
    """Those of one's own whose care has ended, by name."""
    held = patients_for(viewer, ACT).filter(state="discharged")
    return sorted(map(_past, held), key=lambda one: one.name.casefold())


def _past(one: "Patient") -> Past:
    name = or_unreadable(lambda: one.name, lambda: unreadable(one.audit_number))
    return Past(one.pk, name)


class _May:
    """What the viewer may do over whom: what they may not is not offered."""

    def __init__(self, viewer: Viewer, patients: Iterable[UUID], clinic: "Clinic") -> None:
        held = list(patients)
        self.clinic = clinic
        # Everything of care stands in one line of the policy, so that one question does.
        self.treat = self._over(viewer, Action.ASSIGN_INSTRUMENT, held)
        self.work = self._over(viewer, Action.WORK_CONCERN, held)

    @staticmethod
    def _over(viewer: Viewer, action: Action, held: list[UUID]) -> set[UUID]:
        return set(patients_for(viewer, action).filter(pk__in=held).values_list("pk", flat=True))


def _row(
    one: KnownOfClient,
    state: Attention,
    may: _May,
    *,
    session: int,
    told_at: datetime | None,
    at: datetime,
) -> CaseloadRow:
    shown = next((held for held in one.courses if held.scale.method != "level"), None)
    step, url = _step(one, state)
    reminded = told_at if state.helps is Helps.REMINDER else None
    fresh = reminded is not None and (at - reminded).days < 1
    return CaseloadRow(
        id=one.patient.pk,
        name=one.patient.name,
        own=one.patient.pk in may.treat,
        session=session,
        state=state,
        told_at=reminded,
        acts=() if fresh else tuple(_acts(one, state, may, at=at)),
        spark=spark(shown.series, label=_spoken(shown)) if shown else "",
        figures=_figures(shown) if shown else "No score yet",
        measure=INSTRUMENTS[shown.instrument].title if shown else "",
        step=step,
        step_url=url,
        stands=_stands(one),
    )


def _stands(one: KnownOfClient) -> str:
    if one.patient.account_id is None:
        return "invited"
    return "care" if one.in_care else "out"


def _acts(one: KnownOfClient, state: Attention, may: _May, *, at: datetime) -> list[Act]:
    id = one.patient.pk
    if state.helps in {Helps.OWNER, Helps.ACCEPTING}:
        return _of_concern(state) if id in may.work else []
    if id not in may.treat:
        return []
    match state.helps:
        case Helps.TALK:
            url = reverse("client-discussed", args=[id])
            return [Act(f"We talked about {state.named}", url, {"thing": str(state.about)})]
        case Helps.REMINDER:
            return [Act("Remind them", reverse("remind", args=[id]))] if one.patient.account else []
        case Helps.INVITATION:
            return _of_invitation(state)
        case Helps.CARE:
            day = day_of(at, zone=one.patient.zone).isoformat()
            return [
                Act(
                    "Begin care today",
                    reverse("client-episode", args=[id]),
                    {"day": day, "do": "begin"},
                )
            ]
        case Helps.MEASURE:
            return [_usual_set(one, may, at=at)]
    return []


def _of_concern(state: Attention) -> list[Act]:
    if state.helps is Helps.OWNER:
        return [Act("I'll take it", reverse("concern-own", args=[state.about]))]
    return [Act("Accept it", reverse("concern-accept", args=[state.about]))]


def _of_invitation(state: Attention) -> list[Act]:
    if state.about is None:
        return []
    if state.named == "over":
        return [Act("Make a fresh one", reverse("reissue", args=[state.about]))]
    return [Act("Show the invitation", reverse("invitation", args=[state.about]), link=True)]


def _usual_set(one: KnownOfClient, may: _May, *, at: datetime) -> Act:
    url = reverse("assign", args=[one.patient.pk])
    if not may.clinic.usual_set:
        return Act("Give a measure", url, link=True)
    day = day_of(at, zone=one.patient.zone).isoformat()
    given = {"instrument": USUAL, "repeat": "every-days", "every_days": "14", "starts_on": day}
    return Act("Give the usual set", url, given)


def _step(one: KnownOfClient, state: Attention) -> tuple[str, str]:
    if one.concern is not None:
        words = "Work on it" if one.concern.owned_by_viewer else "Open the concern"
        return words, reverse("concern", args=[one.concern.concern.pk])
    client = reverse("client", args=[one.patient.pk])
    return ("Look at the course", client) if state.urgency <= 3 else ("Open", client)


def _figures(course: Course) -> str:
    """The two scores that the finding compares; before this time in care, those drawn."""
    values = [point.value for point in course.spoken_of]
    if len(values) == 1:
        return number(values[0])
    return f"{number(values[0])} to {number(values[-1])}"


def _spoken(course: Course) -> str:
    return f"{INSTRUMENTS[course.instrument].title}: {_figures(course)}"
