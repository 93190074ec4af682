"""A person's record as the engine reads it, and what the engine finds, for a viewer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from waymark.access.vocabulary import Action, Viewer
from waymark.library.instrument import Scale
from waymark.library.instruments import INSTRUMENTS
from waymark.progress.course.projection import Projection, projection_of
from waymark.progress.course.timeline import Point, Series, Source, Timeline
from waymark.progress.signals.engine import judge, judge_beyond
from waymark.progress.signals.score_signal import Looks, ScoreFinding
from waymark.progress.signals.scores import SIGNALS
from waymark.progress.telling.scores import beside, fits_beside
from waymark.record.assessments.models import Mode
from waymark.record.assessments.queries import Taken, scores_for
from waymark.record.episodes.models import Episode
from waymark.record.episodes.queries import current_episodes
from waymark.record.expected.queries import Answered, InForce, answered_flags, in_force
from waymark.record.tenancy.days import day_of
from waymark.record.timeline.models import Remark

SOURCES = {
    Mode.SELF: Source.SELF,
    Mode.PAPER: Source.STAFF,
    Mode.PHONE: Source.STAFF,
    Mode.IMPORTED: Source.IMPORTED,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One answer as it was given. ``counted``: the settled score of its moment, where that holds
    several answers."""

    taken: Taken
    counted: Point | None


@dataclass(frozen=True, slots=True)
class Course:
    """One person's scores on one scale, the series the engine reads, and what it found.

    ``findings``: the first score against the last. ``further``: what may be told beside it, of
    all scores together and of the expected course. ``together``: the one finding that says what
    all scores come to, unless it would soothe or cheer beside a decline. Both are there after
    `courses_beyond` alone. ``ahead``: where the scores stand against the expected course, and
    ``answered``, what was done about a flag. ``begun_at``: when the time in care began, if they
    are in care now.
    """

    series: Series
    taken: tuple[Taken, ...]
    findings: tuple[ScoreFinding, ...]
    further: tuple[ScoreFinding, ...] = ()
    together: ScoreFinding | None = None
    ahead: Projection | None = None
    answered: Answered | None = None
    begun_at: datetime | None = None

    @property
    def instrument(self) -> str:
        return self.series.instrument_id

    @property
    def scale(self) -> Scale:
        return self.series.scale

    @property
    def last(self) -> Taken:
        """The answer that came last, as it was given; what counts then stands in `spoken_of`."""
        return self.taken[-1]

    def rests_on(self, response: UUID) -> bool:
        """Whether what is told of the last moment rests on these answers, alone or with others."""
        now = self.series.points[-1].at
        return any(one.response == response and one.for_date == now for one in self.taken)

    @property
    def spoken_of(self) -> tuple[Point, ...]:
        """The settled points that every surface speaks of: those of this time in care, or all
        where there are none yet."""
        return self.series.current or self.series.points

    @property
    def n(self) -> int:
        """How many answers those are."""
        return sum(point.answers for point in self.spoken_of)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every answer, newest first."""
        shared = {point.at: point for point in self.series.points if point.answers > 1}
        return tuple(Row(one, shared.get(one.for_date)) for one in reversed(self.taken))


def courses_of(viewer: Viewer, action: Action, patient: UUID) -> tuple[Course, ...]:
    """Every course of one patient, the one answered last first."""
    return courses_for(viewer, action, [patient]).get(patient, ())


def courses_for(
    viewer: Viewer, action: Action, patients: Iterable[UUID]
) -> dict[UUID, tuple[Course, ...]]:
    """The courses of many patients, with one question for all of their scores."""
    wanted = list(patients)
    episodes = current_episodes(viewer, action, wanted)
    series: dict[UUID, dict[tuple[str, str], list[Taken]]] = {}
    for taken in scores_for(viewer, action, wanted):
        if taken.value is not None:
            held = series.setdefault(taken.patient, {})
            held.setdefault((taken.instrument, taken.scale), []).append(taken)
    return {patient: _courses(found, episodes.get(patient)) for patient, found in series.items()}


def _begun(episode: Episode | None) -> date | None:
    """The patient's own day on which the episode began: what they answered that day counts."""
    return day_of(episode.started_at, zone=episode.patient.zone) if episode else None


def courses_beyond(
    viewer: Viewer, action: Action, patient: UUID, *, ahead: bool = True
) -> tuple[Course, ...]:
    """Every course of one patient with all that may be told of it. Without ``ahead`` no expected
    course is looked at: a client sees one only where it was opened with them."""
    courses = courses_of(viewer, action, patient)
    if ahead:
        courses = with_ahead(viewer, action, {patient: courses})[patient]
    return tuple(_beyond(one) for one in courses)


def all_told(
    viewer: Viewer, action: Action, courses: Mapping[UUID, tuple[Course, ...]]
) -> dict[UUID, tuple[Course, ...]]:
    """The courses of many patients with all that is told of them; expected courses as far as
    there may be a flag."""
    held = with_ahead(viewer, action, courses, flags=True)
    return {patient: tuple(_beyond(one) for one in found) for patient, found in held.items()}


def with_ahead(
    viewer: Viewer,
    action: Action,
    courses: Mapping[UUID, tuple[Course, ...]],
    *,
    flags: bool = False,
) -> dict[UUID, tuple[Course, ...]]:
    """The courses beside what is expected of them, with three questions for all of them. For
    ``flags`` alone nothing is looked at where no course is fitted, or its use is not accepted."""
    known = in_force(viewer)
    if flags:
        known = {named: held for named, held in known.items() if held.chances}
    if not known:
        return dict(courses)
    answered = answered_flags(viewer, action, courses)
    return {
        patient: tuple(_expected(one, known, answered.get(patient, {})) for one in held)
        for patient, held in courses.items()
    }


Named = tuple[str, str]


def _expected(
    one: Course, known: Mapping[Named, InForce], answered: Mapping[Named, Answered]
) -> Course:
    """Where the course stands against what is expected, if anything is known of that."""
    named = one.instrument, one.scale.id
    held, done = known.get(named), answered.get(named)
    if done is not None and one.begun_at is not None and done.at < one.begun_at:
        done = None  # a flag of an earlier time in care
    if held is None:
        return one
    if done is not None and held.fitted_at is not None and done.at < held.fitted_at:
        done = None  # by an older fit
    flagged = done.flagged if done else None
    ahead = projection_of(one.series, held.course, chances=held.chances, answered=flagged)
    return replace(one, ahead=ahead, answered=done)


def _beyond(one: Course) -> Course:
    found = judge_beyond(one.series, ahead=one.ahead, seen=one.findings[0].evidence)
    return replace(
        one,
        further=beside(one.findings[0], found),
        together=next((each for each in found if _sums_up(each, one, found)), None),
    )


def _sums_up(finding: ScoreFinding, one: Course, found: tuple[ScoreFinding, ...]) -> bool:
    whole = SIGNALS[finding.signal].looks is Looks.TOGETHER
    return whole and fits_beside(finding, one.findings[0], found)


def _courses(
    found: dict[tuple[str, str], list[Taken]], episode: Episode | None
) -> tuple[Course, ...]:
    courses = [_course(*named, rows, episode) for named, rows in found.items()]
    return tuple(sorted(courses, key=lambda one: one.last.taken_at, reverse=True))


def _course(instrument: str, scale: str, rows: list[Taken], episode: Episode | None) -> Course:
    series = Series(
        instrument_id=instrument,
        scale=INSTRUMENTS[instrument].scale(scale),
        given=tuple(_point(row) for row in rows),
        started=_begun(episode),
    )
    begun_at = episode.started_at if episode else None
    return Course(series, tuple(rows), judge(Timeline(series=(series,))), begun_at=begun_at)


def _point(row: Taken) -> Point:
    return Point(
        at=row.for_date,
        value=row.value or 0.0,
        exact=row.exact,
        prorated=row.prorated,
        source=SOURCES[Mode(row.source)],
    )


def remarks_of(viewer: Viewer, action: Action, patient: UUID) -> dict[tuple[str, UUID], Remark]:
    """The client's answers to findings, by signal and the score they were about."""
    rows = _remarks(viewer, action, patient=patient)
    return {(row.signal, row.last_score): row for row in rows}


@Remark.objects.prepared
def _remarks(rows: QuerySet[Remark], *, patient: UUID) -> QuerySet[Remark]:
    return rows.filter(patient=patient)


def earlier_remarks(
    remarks: Mapping[tuple[str, UUID], Remark], courses: Iterable[Course]
) -> list[Remark]:
    """What the client answered to findings that are not told now, newest first: it stays."""
    now = {
        (finding.signal, one.last.id)
        for one in courses
        for finding in (one.findings[0], *one.further)
    }
    rows = [row for named, row in remarks.items() if named not in now]
    return sorted(rows, key=lambda row: row.made_at, reverse=True)
