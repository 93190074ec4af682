"""Bringing in past scores: totals are drawn differently, item answers are screened for danger."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from waymark.access.vocabulary import Action, Viewer
from waymark.library.answers import BadAnswer, check, long_ago
from waymark.library.instrument import Instrument, Method
from waymark.library.instruments import INSTRUMENTS
from waymark.library.scoring import band_of
from waymark.record.assessments.actions.answer import Entry, episode_on, store_done
from waymark.record.assessments.models import Mode, Response, Score
from waymark.record.episodes.models import Episode
from waymark.record.people.conduct import Invalid, action
from waymark.record.people.days import day_of, noon_of
from waymark.record.people.models import Patient
from waymark.record.safety.models import Source
from waymark.record.safety.readiness import Lacking, lacking
from waymark.record.safety.screen import Answered, hear


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


PORTION = 50  # rows that are stored at once: SQLite has one writer, and clients answer meanwhile


def portions(rows: Sequence[Past]) -> list[list[Past]]:
    """The rows in the order of time, a few at a time; each is brought in by itself.

    In the order of time, for whether an answer of danger is the first one routes the concern.
    """
    ordered = sorted(rows, key=lambda row: row.day)
    return [ordered[start : start + PORTION] for start in range(0, len(ordered), PORTION)]


def check_past(patient: Patient, rows: Sequence[Past], *, at: datetime) -> None:
    """Look at every row before the first one is stored. Raises Invalid."""
    missing = lacking(patient.clinic, at=at) if any(row.answers for row in rows) else []
    for row in rows:
        _check(row, missing, today=day_of(at, zone=patient.zone))


def _heard(patient: Patient, *, rows: Sequence[Past], by: Viewer, at: datetime) -> bool:
    """Rows that are not brought in: danger in them is told all the same."""
    known = [row for row in rows if row.answers and row.instrument in INSTRUMENTS]
    heard = [
        hear(
            patient,
            Answered(INSTRUMENTS[row.instrument], row.answers, Source.HEARD, None, row.day),
            at=at,
        )
        for row in sorted(known, key=lambda row: row.day)
    ]
    return any(heard)


@action(Action.IMPORT_SCORES)
def hear_past(patient: Patient, *, rows: Sequence[Past], by: Viewer, at: datetime) -> bool:
    """Rows that `check_past` refused, all of them: whether any told of danger."""
    return _heard(patient, rows=rows, by=by, at=at)


@action(Action.IMPORT_SCORES, heard=_heard)
def bring_in(patient: Patient, *, rows: Sequence[Past], by: Viewer, at: datetime) -> Brought:
    """Store past scores of one patient, all or none; rows that are there already are left out."""
    check_past(patient, rows, at=at)
    answered = _answered_days()
    totals = _new_totals(rows, patient, answered)
    Score.objects.bulk_create(totals)
    # In the order of time: whether an answer of danger is the first one routes the concern.
    items = {(row.instrument, row.day): row for row in rows if row.answers}
    new = [row for place, row in items.items() if place not in answered]
    for row in sorted(new, key=lambda row: row.day):
        entry = Entry(Mode.IMPORTED, row.day, by.account)
        store_done(patient, INSTRUMENTS[row.instrument], row.answers, entry, at=at)
    _heard(patient, rows=_unlike(rows, items, answered), by=by, at=at)
    stored = len(totals) + len(new)
    return Brought(stored=stored, known_before=len(rows) - stored)


def _answered_days() -> dict[tuple[str, date], dict[str, int | None]]:
    """What was brought in before, by instrument and day."""
    held = Response.objects.filter(mode=Mode.IMPORTED).select_related("administration")
    return {(row.administration.instrument, row.for_date): row.answers for row in held}


def _unlike(
    rows: Sequence[Past],
    stored: Mapping[tuple[str, date], Past],
    before: Mapping[tuple[str, date], Mapping[str, int | None]],
) -> list[Past]:
    """Rows left out for a day that has answers already, where they say something else."""
    left_out = []
    for row in rows:
        place = (row.instrument, row.day)
        kept = before[place] if place in before else stored.get(place, row).answers
        if row.answers and any(row.answers.get(id) != kept.get(id) for id in row.answers):
            left_out.append(row)
    return left_out


def _new_totals(
    rows: Sequence[Past], patient: Patient, answered: Collection[tuple[str, date]]
) -> list[Score]:
    """The totals that are not there yet, each once; a day whose answers are known has its total."""
    held = Score.objects.filter(source=Mode.IMPORTED, response=None)
    known = {(one.instrument, one.scale, one.for_date, one.result["value"]) for one in held}
    episodes = list(Episode.objects.all())
    found = []
    for row in rows:
        key = (row.instrument, row.scale, row.day, row.value)
        if not row.answers and key not in known and (row.instrument, row.day) not in answered:
            known.add(key)
            found.append(_total(row, patient, episodes))
    return found


def _check(row: Past, missing: Sequence[Lacking], *, today: date) -> None:
    if row.instrument not in INSTRUMENTS:
        raise Invalid("instrument", f"{row.instrument!r} is not an instrument of this library.")
    instrument = INSTRUMENTS[row.instrument]
    if row.day > today:
        raise Invalid("date", f"{row.day} is in the future.")
    if long_ago(row.day, today=today):
        raise Invalid("date", f"{row.day} is more than 30 years ago. Look at the year.")
    if row.answers:
        _check_answers(row, instrument, missing)
    else:
        _check_total(row, instrument)


def _check_answers(row: Past, instrument: Instrument, missing: Sequence[Lacking]) -> None:
    try:
        check(instrument, row.answers)
    except BadAnswer as error:
        raise Invalid(error.item, error.remedy) from error
    if instrument.risk_items and missing:
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
    if scale.method is Method.LEVEL:
        raise Invalid("score", f"{instrument.title} has no total: a Yes in it needs its own words.")
    if row.value is None or not scale.low <= row.value <= scale.high:
        raise Invalid("score", f"{row.value} is outside {scale.low:g} to {scale.high:g}.")


def _total(row: Past, patient: Patient, episodes: Sequence[Episode]) -> Score:
    instrument = INSTRUMENTS[row.instrument]
    band = band_of(instrument.scale(row.scale), row.value or 0.0)
    return Score(
        patient=patient,
        clinic_id=patient.clinic_id,
        episode=episode_on(row.day, episodes, zone=patient.zone),
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
        taken_at=noon_of(row.day, zone=patient.zone),
        for_date=row.day,
    )
