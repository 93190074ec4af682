"""Bringing in past scores: totals are drawn differently, item answers are screened for danger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from waymark.access.vocabulary import Action, Viewer
from waymark.library.answers import BadAnswer, check
from waymark.library.instrument import Instrument
from waymark.library.instruments import INSTRUMENTS
from waymark.library.scoring import band_of
from waymark.record.assessments.actions.answer import Entry, store_done
from waymark.record.assessments.models import Mode, Response, Score
from waymark.record.episodes.models import Episode
from waymark.record.people.conduct import Invalid, action
from waymark.record.people.models import Patient
from waymark.record.safety.readiness import lacking


@dataclass(frozen=True, slots=True)
class Past:
    """One row of an import: a total on one scale, or all the item answers, of one day."""

    instrument: str
    day: date
    scale: str = "total"
    value: float | None = None
    answers: Mapping[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of the rows."""

    stored: int
    known_before: int


@action(Action.IMPORT_SCORES)
def bring_in(patient: Patient, *, rows: Sequence[Past], by: Viewer, at: datetime) -> Brought:
    """Store past scores of one patient, all or none; rows that are there already are left out."""
    for row in rows:
        _check(row, patient, at=at)
    stored = sum(_bring(row, patient, by=by, at=at) for row in rows)
    return Brought(stored=stored, known_before=len(rows) - stored)


def _check(row: Past, patient: Patient, *, at: datetime) -> None:
    if row.instrument not in INSTRUMENTS:
        raise Invalid("instrument", f"{row.instrument!r} is not an instrument of this library.")
    instrument = INSTRUMENTS[row.instrument]
    if row.day > at.date():
        raise Invalid("date", f"{row.day} is in the future.")
    if row.answers:
        _check_answers(row, instrument, patient, at=at)
    else:
        _check_total(row, instrument)


def _check_answers(row: Past, instrument: Instrument, patient: Patient, *, at: datetime) -> None:
    try:
        check(instrument, row.answers)
    except BadAnswer as error:
        raise Invalid(error.item, error.remedy) from error
    missing = lacking(patient.clinic, at=at) if instrument.risk_items else []
    if missing:
        raise Invalid(
            "instrument",
            f"{instrument.title} asks about danger, and an old answer may need a person now. "
            f"First: {missing[0].remedy} Or import the totals alone.",
        )


def _check_total(row: Past, instrument: Instrument) -> None:
    scale = next((scale for scale in instrument.scales if scale.id == row.scale), None)
    if scale is None:
        names = ", ".join(scale.id for scale in instrument.scales)
        raise Invalid("scale", f"{instrument.title} has no scale {row.scale!r}; it has {names}.")
    if row.value is None or not scale.low <= row.value <= scale.high:
        raise Invalid("score", f"{row.value} is outside {scale.low:g} to {scale.high:g}.")


def _bring(row: Past, patient: Patient, *, by: Viewer, at: datetime) -> bool:
    if _known(row):
        return False
    if row.answers:
        entry = Entry(Mode.IMPORTED, row.day, by.account)
        store_done(patient, INSTRUMENTS[row.instrument], row.answers, entry, at=at)
    else:
        _total(row, patient)
    return True


def _known(row: Past) -> bool:
    held = Score.objects.filter(
        instrument=row.instrument, for_date=row.day, source=Mode.IMPORTED, live=True
    )
    if row.answers:
        return Response.objects.filter(scores__in=held).exists()
    return any(one.result["value"] == row.value for one in held.filter(scale=row.scale))


def _total(row: Past, patient: Patient) -> Score:
    instrument = INSTRUMENTS[row.instrument]
    band = band_of(instrument.scale(row.scale), row.value or 0.0)
    taken_at = datetime.combine(row.day, time(12), tzinfo=UTC)
    return Score.objects.create(
        patient=patient,
        clinic_id=patient.clinic_id,
        episode=_episode_on(taken_at),
        instrument=row.instrument,
        version=instrument.version,
        scale=row.scale,
        source=Mode.IMPORTED,
        result={
            "value": row.value,
            "exact": row.value,
            "band": band,
            "prorated": False,
            "note": "",
        },
        taken_at=taken_at,
        for_date=row.day,
    )


def _episode_on(taken_at: datetime) -> Episode | None:
    return Episode.objects.filter(started_at__lte=taken_at, ended_at=None).first()
