"""Answering: drafts as they are chosen, submissions, entry by staff. Danger is looked for first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from waymark.access.vocabulary import Action, Viewer
from waymark.library.answers import BadAnswer, check, long_ago
from waymark.library.instrument import Instrument
from waymark.library.instruments import INSTRUMENTS
from waymark.library.scoring import score
from waymark.record.assessments.actions.assign import offered
from waymark.record.assessments.calendar import offset_of
from waymark.record.assessments.models import (
    Administration,
    AdministrationState,
    Draft,
    Mode,
    Response,
    Score,
)
from waymark.record.episodes.models import Episode
from waymark.record.safety.models import Source
from waymark.record.safety.screen import Answered, hear, screen
from waymark.record.tenancy.action import Invalid, action
from waymark.record.tenancy.days import day_of, noon_of
from waymark.record.tenancy.models import Patient


class SentAlready(Invalid):
    """This occasion has its answers; a second tab, or a second tap, came later."""


def _heard(
    administration: Administration,
    *,
    answers: Mapping[str, int | None],
    by: Viewer,
    at: datetime,
) -> bool:
    """A client's answers that were refused: danger in them is told all the same."""
    given = Answered(definition_of(administration), answers, Source.HEARD, administration.pk)
    return hear(administration.patient, given, at=at)


def _heard_by_staff(
    patient: Patient,
    *,
    instrument: str,
    answers: Mapping[str, int | None],
    by: Viewer,
    at: datetime,
    **_: object,
) -> bool:
    """Answers on paper or by telephone that were refused: danger in them is told all the same."""
    if instrument not in INSTRUMENTS:
        return False
    given = Answered(INSTRUMENTS[instrument], answers, Source.HEARD, None)
    return hear(patient, given, at=at)


@dataclass(frozen=True, slots=True)
class Entry:
    """How answers came in: from what (a value of `Mode`), for which day, put in by whom."""

    mode: str
    for_date: date
    entered_by: UUID | None = None


def definition_of(administration: Administration) -> Instrument:
    return INSTRUMENTS[administration.instrument]


@action(Action.ANSWER_INSTRUMENT, heard=_heard)
def save_draft(
    administration: Administration, *, answers: Mapping[str, int | None], by: Viewer, at: datetime
) -> Draft:
    """Keep the answers given so far; those not named stay as they were."""
    instrument = definition_of(administration)
    _check_not_sent(administration)
    known = _checked(instrument, answers)
    draft = Draft.objects.filter(administration=administration).first()
    merged = {**(draft.answers if draft else {}), **known}
    draft = draft or Draft(
        administration=administration,
        patient_id=administration.patient_id,
        clinic_id=administration.clinic_id,
    )
    draft.answers, draft.saved_at = merged, at
    draft.save()
    if administration.state == AdministrationState.DUE:
        administration.state = AdministrationState.OPEN
        administration.save(update_fields=["state"])
    given = Answered(instrument, merged, Source.DRAFT, administration.pk)
    screen(administration.patient, given, at=at)
    return draft


@action(Action.ANSWER_INSTRUMENT, heard=_heard)
def submit(
    administration: Administration,
    *,
    answers: Mapping[str, int | None],
    by: Viewer,
    at: datetime,
    key: UUID | None = None,
) -> Response:
    """Store the answers, every score they yield, and what they tell of danger; all or nothing.

    Answers that come after their occasion lapsed belong to the one that waits now, if one does.
    """
    _check_not_sent(administration)
    day = day_of(at, zone=administration.patient.zone)
    return _stored(_asked_now(administration), answers, Entry(Mode.SELF, day), at=at)


@action(Action.ENTER_ANSWERS)
def listen(
    patient: Patient,
    *,
    instrument: str,
    answers: Mapping[str, int | None],
    by: Viewer,
    at: datetime,
) -> bool:
    """Look at answers that cannot be stored yet: a sheet with a wrong date, or gaps to ask about.

    Danger is told now, whether or not the sheet is ever stored. Whether there was any.
    """
    return _heard_by_staff(patient, instrument=instrument, answers=answers, by=by, at=at)


@action(Action.ENTER_ANSWERS, heard=_heard_by_staff)
def enter(
    patient: Patient,
    *,
    instrument: str,
    answers: Mapping[str, int | None],
    came: Entry,
    by: Viewer,
    at: datetime,
    key: UUID | None = None,
) -> Response:
    """Answers that a client gave on paper or by telephone, by the same path as their own."""
    definition = offered(instrument, patient.clinic, at=at)
    if came.mode not in (Mode.PAPER, Mode.PHONE):
        raise Invalid("mode", "Say whether the answers came on paper or by telephone.")
    today = day_of(at, zone=patient.zone)
    if came.for_date > today or long_ago(came.for_date, today=today):
        raise Invalid("for_date", "Choose the day on which the client answered.")
    administration = _waiting(instrument) or Administration.objects.create(
        patient=patient,
        clinic_id=patient.clinic_id,
        episode=Episode.objects.filter(ended_at=None).first(),
        instrument=instrument,
        version=definition.version,
        due_at=at,
    )
    entry = replace(came, entered_by=by.account)
    return _stored(administration, answers, entry, at=at)


@action(Action.START_INSTRUMENT)
def start_by_self(patient: Patient, *, instrument: str, by: Viewer, at: datetime) -> Administration:
    """Take an instrument that the clinic opened for self-start."""
    if instrument not in patient.clinic.self_start:
        raise Invalid("instrument", _("Your clinic has not opened this one for starting yourself."))
    definition = offered(instrument, patient.clinic, at=at)
    return _waiting(instrument) or Administration.objects.create(
        patient=patient,
        clinic_id=patient.clinic_id,
        episode=Episode.objects.filter(ended_at=None).first(),
        instrument=instrument,
        version=definition.version,
        due_at=at,
        self_started=True,
    )


@action(Action.ANSWER_INSTRUMENT)
def discard(administration: Administration, *, by: Viewer, at: datetime) -> Administration:
    """Leave a started form: the draft goes, a concern that it opened stays."""
    _check_not_sent(administration)
    Draft.objects.filter(administration=administration).delete()
    if administration.state != AdministrationState.LAPSED:
        administration.state = (
            AdministrationState.LAPSED if administration.self_started else AdministrationState.DUE
        )
        administration.save(update_fields=["state"])
    return administration


def _waiting(instrument: str) -> Administration | None:
    states = (AdministrationState.DUE, AdministrationState.OPEN)
    rows = Administration.objects.filter(instrument=instrument, state__in=states)
    return rows.select_for_update().first()  # another one answering it now is waited for


def _asked_now(administration: Administration) -> Administration:
    """The occasion that waits now, for answers that came too late for their own."""
    if administration.state != AdministrationState.LAPSED:
        return administration
    return _waiting(administration.instrument) or administration


def _check_not_sent(administration: Administration) -> None:
    """No answers yet, and held: of two who send at once, the second one sees that it was sent.

    What has lapsed is no longer asked for; whoever answers it all the same is not turned away.
    """
    held = Administration.objects.select_for_update().get(pk=administration.pk)
    administration.state = held.state
    if administration.state == AdministrationState.DONE:
        raise SentAlready("answers", _("You have sent these answers already. Here they are."))


def _checked(instrument: Instrument, answers: Mapping[str, int | None]) -> dict[str, int | None]:
    try:
        check(instrument, answers)
    except BadAnswer as error:
        raise Invalid(error.item, error.remedy) from error
    return dict(answers)


def _stored(
    administration: Administration,
    answers: Mapping[str, int | None],
    entry: Entry,
    *,
    at: datetime,
) -> Response:
    response = _responded(administration, answers, entry, at=at)
    administration.state = AdministrationState.DONE
    administration.save(update_fields=["state"])
    Draft.objects.filter(administration=administration).delete()
    return response


def store_done(
    patient: Patient,
    instrument: Instrument,
    answers: Mapping[str, int | None],
    entry: Entry,
    *,
    at: datetime,
) -> Response:
    """Answers of a past occasion, stored inside the action that brings them in."""
    taken_at = noon_of(entry.for_date, zone=patient.zone)
    administration = Administration.objects.create(
        patient=patient,
        clinic_id=patient.clinic_id,
        episode=episode_on(entry.for_date, Episode.objects.all(), zone=patient.zone),
        instrument=instrument.id,
        version=instrument.version,
        state=AdministrationState.DONE,
        due_at=taken_at,
    )
    return _responded(administration, answers, entry, at=at)


def episode_on(day: date, episodes: Iterable[Episode], *, zone: str) -> Episode | None:
    """The episode that a past day belongs to; the days of its start and end belong to it."""
    for episode in episodes:
        begun = day_of(episode.started_at, zone=zone)
        over = day_of(episode.ended_at, zone=zone) if episode.ended_at else date.max
        if begun <= day <= over:
            return episode
    return None


SOURCES: dict[str, Source] = {Mode.SELF: Source.RESPONSE, Mode.IMPORTED: Source.IMPORT}


def _responded(
    administration: Administration,
    answers: Mapping[str, int | None],
    entry: Entry,
    *,
    at: datetime,
) -> Response:
    instrument, patient = definition_of(administration), administration.patient
    checked = _checked(instrument, answers)
    known = {item.id: checked.get(item.id) for item in instrument.items}
    source = SOURCES.get(entry.mode, Source.STAFF)
    given = Answered(instrument, known, source, administration.pk, entry.for_date)
    screening = screen(patient, given, at=at)  # before scoring, whatever the total
    response = Response.objects.create(
        administration=administration,
        patient=patient,
        clinic_id=administration.clinic_id,
        answers=known,
        mode=entry.mode,
        entered_by=entry.entered_by,
        submitted_at=at,
        offset_minutes=offset_of(at, zone=patient.zone),
        for_date=entry.for_date,
        asks_of_danger=bool(instrument.risk_items),
        screening=screening,
    )
    _score(response, instrument, known)
    return response


def taken_at(response: Response) -> datetime:
    """When the answers were given: now, or at noon of the day that staff or an import named."""
    if response.mode == Mode.SELF:
        return response.submitted_at
    noon = noon_of(response.for_date, zone=response.patient.zone)
    return min(noon, response.submitted_at)


def _score(response: Response, instrument: Instrument, answers: Mapping[str, int | None]) -> None:
    result = score(instrument, answers, sex=response.patient.sex)
    for scored in result.scales:
        Score.objects.create(
            patient_id=response.patient_id,
            clinic_id=response.clinic_id,
            response=response,
            episode=response.administration.episode,
            instrument=instrument.id,
            version=instrument.version,
            scale=scored.scale,
            source=response.mode,
            result={
                "value": scored.value,
                "exact": scored.exact,
                "band": scored.band,
                "prorated": scored.prorated,
                "note": scored.note,
            },
            taken_at=taken_at(response),
            for_date=response.for_date,
        )
