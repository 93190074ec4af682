"""Bringing in past scores: totals are drawn differently, item answers are screened for danger."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from waymark.access.vocabulary import Action, Viewer
from waymark.library.answers import BadAnswer, check, long_ago, readable
from waymark.library.instrument import Instrument, Method
from waymark.library.instruments import INSTRUMENTS
from waymark.library.safety import positive
from waymark.library.scoring import band_of
from waymark.record.assessments.actions.answer import Entry, episode_on, store_done
from waymark.record.assessments.models import Mode, Response, Score
from waymark.record.episodes.models import Episode
from waymark.record.safety.models import Source
from waymark.record.safety.prerequisites import Lacking, lacking
from waymark.record.safety.screen import Answered, Earlier, hear
from waymark.record.tenancy.action import Invalid, action
from waymark.record.tenancy.days import day_of, noon_of
from waymark.record.tenancy.models import Patient

# Of one client in one file, the latest: a concern that lists them stands open then, and a longer
# list tells nobody more; to tell takes some 7 ms each, and SQLite has one writer. Older ones that
# are stored are added as they are.
MOST_HEARD = 50


@dataclass(frozen=True, slots=True)
class Past:
    """One row of an import: a total on one scale, or all the item answers, of one day."""

    instrument: str
    day: date
    scale: str = "total"
    value: float | None = None
    answers: Mapping[str, int | None] = field(default_factory=dict)
    line: int = 0  # where it stands in the file


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says, as far as it can be read, whether or not it can be stored."""

    instrument: str
    answers: Mapping[str, object]
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of the rows."""

    stored: int
    known_before: int


def past_heard(
    patient: Patient, *, rows: Sequence[Past], by: Viewer, at: datetime, **_: object
) -> bool:
    """Danger in the rows of an import is told whether or not they are stored; once."""
    said = [Said(row.instrument, row.answers, row.day) for row in rows]
    return _heard(patient, said=said, by=by, at=at)


def _heard(patient: Patient, *, said: Sequence[Said], by: Viewer, at: datetime) -> bool:
    """Whether any told of danger that was not told before."""
    dangerous = [one for one in said if tells_of_danger(one)]
    if not dangerous:
        return False
    before = answered_days({one.day for one in dangerous if one.day})
    new = [one for one in dangerous if not _stored_already(one, before)]
    # In the order of time: whether an answer of danger is the first one routes the concern.
    ordered = sorted(new, key=lambda one: one.day or date.max)
    earlier: Earlier = {}
    heard = [_hear(patient, one, earlier, at=at) for one in ordered[-MOST_HEARD:]]
    return any(heard)


def tells_of_danger(said: Said) -> bool:
    instrument = INSTRUMENTS.get(said.instrument)
    return instrument is not None and bool(positive(instrument, readable(instrument, said.answers)))


def _hear(patient: Patient, said: Said, earlier: Earlier, *, at: datetime) -> bool:
    instrument = INSTRUMENTS[said.instrument]
    answers = readable(instrument, said.answers)
    given = Answered(instrument, answers, Source.HEARD, None, said.day, in_a_file=True)
    return hear(patient, given, at=at, earlier=earlier)


def _stored_already(
    said: Said, before: Mapping[tuple[str, date], Mapping[str, int | None]]
) -> bool:
    """Whether the record has these very answers of that day; they were told when it took them."""
    kept = before.get((said.instrument, said.day)) if said.day else None
    return kept is not None and all(kept.get(id) == value for id, value in said.answers.items())


@action(Action.IMPORT_SCORES)
def hear_past(patient: Patient, *, said: Sequence[Said], by: Viewer, at: datetime) -> bool:
    """What the rows of a file say of one patient, looked at before anything may refuse them."""
    return _heard(patient, said=said, by=by, at=at)


@action(Action.IMPORT_SCORES, heard=past_heard)
def bring_in(patient: Patient, *, rows: Sequence[Past], by: Viewer, at: datetime) -> Brought:
    """Store past scores of one patient, all or none; rows that are there already are left out."""
    faults = faults_of(patient, rows, at=at)
    if faults:
        raise next(iter(faults.values()))
    store = Store(patient, rows, by=by, at=at)
    left_out = [row for row in in_order(rows) if not store.take(row)]
    past_heard(patient, rows=left_out, by=by, at=at)
    return Brought(stored=len(rows) - len(left_out), known_before=len(left_out))


def in_order(rows: Iterable[Past]) -> list[Past]:
    """Totals first, then answers, each by their day."""
    return sorted(rows, key=lambda row: (bool(row.answers), row.day))


class Store:
    """Takes the rows of one patient one by one, inside the action that brings them in."""

    def __init__(self, patient: Patient, rows: Iterable[Past], *, by: Viewer, at: datetime) -> None:
        self.patient, self.by, self.at = patient, by, at
        days = {row.day for row in rows}
        self.answered = answered_days(days)
        self.episodes = list(Episode.objects.all())
        held = Score.objects.filter(source=Mode.IMPORTED, response=None)
        held = held.filter(for_date__in=days)
        self.totals = {
            (one.instrument, one.scale, one.for_date, one.result["value"]) for one in held
        }

    def take(self, row: Past) -> bool:
        """Store the row; False where it is there already: a day's answers have their total."""
        if (row.instrument, row.day) in self.answered:
            return False
        return self._answers(row) if row.answers else self._total(row)

    def _answers(self, row: Past) -> bool:
        entry = Entry(Mode.IMPORTED, row.day, self.by.account)
        store_done(self.patient, INSTRUMENTS[row.instrument], row.answers, entry, at=self.at)
        self.answered[row.instrument, row.day] = dict(row.answers)
        return True

    def _total(self, row: Past) -> bool:
        key = (row.instrument, row.scale, row.day, row.value)
        if key in self.totals:
            return False
        _score(row, self.patient, self.episodes).save(force_insert=True)
        self.totals.add(key)
        return True


def answered_days(days: Collection[date]) -> dict[tuple[str, date], dict[str, int | None]]:
    """What was brought in before of these days, by instrument and day."""
    held = Response.objects.filter(mode=Mode.IMPORTED, for_date__in=days)
    held = held.select_related("administration")
    return {(row.administration.instrument, row.for_date): row.answers for row in held}


def faults_of(patient: Patient, rows: Sequence[Past], *, at: datetime) -> dict[int, Invalid]:
    """Why rows cannot be stored, by their place among ``rows``; empty: all of them can."""
    missing = lacking(patient.clinic, at=at) if any(row.answers for row in rows) else []
    today, found = day_of(at, zone=patient.zone), {}
    for place, row in enumerate(rows):
        try:
            _check(row, missing, today=today)
        except Invalid as error:
            found[place] = error
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


def _score(row: Past, patient: Patient, episodes: Sequence[Episode]) -> Score:
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
