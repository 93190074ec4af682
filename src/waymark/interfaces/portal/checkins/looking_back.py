"""One's own days, newest first: what was said, had no occasion, was left open; and gaps."""

import csv
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from io import StringIO
from uuid import UUID

from django.utils.translation import gettext as _

from waymark.library.item import Question
from waymark.library.item_answer import NO_OCCASION_TEXT, State
from waymark.library.own_item import OwnItem
from waymark.record.checkins.queries import Kept
from waymark.record.checkins.said import told
from waymark.record.checkins.tracking import Tracked, called

DAY = timedelta(days=1)
FORMULA = ("=", "+", "-", "@", "\t")


@dataclass(frozen=True, slots=True)
class Line:
    """One answer as it is shown: ``state`` tells the three kinds of nothing from each other."""

    label: str
    text: str
    state: str


@dataclass(frozen=True, slots=True)
class OneCheckIn:
    """One sending."""

    id: UUID
    wall: time
    back_filled: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class OneDay:
    """A day, and what was sent for it; nothing is a gap, and counts for nothing."""

    day: date
    sent: tuple[OneCheckIn, ...]
    hard: bool


def days_back(
    kept: Iterable[Kept], tracked: Tracked, *, last: date, days: int, hard: Collection[date]
) -> list[OneDay]:
    """The days up to ``last``, newest first."""
    by_day: dict[date, list[Kept]] = {}
    for one in kept:
        by_day.setdefault(one.day, []).append(one)
    return [
        OneDay(day, tuple(lined(one, tracked) for one in by_day.get(day, ())), day in hard)
        for day in (last - DAY * back for back in range(days))
    ]


def lined(one: Kept, tracked: Tracked) -> OneCheckIn:
    """A check-in with a line for each item that is tracked, or was answered."""
    asked = {each.item for each in one.said.answers}
    open_ = [each for each in tracked.chosen() if each.id not in asked]
    lines = [*_answered(one, tracked), *(Line(called(each), _("not answered"), NOTHING)
                                         for each in open_)]  # fmt: skip
    return OneCheckIn(one.id, one.wall, one.back_filled, tuple(lines))


NOTHING = State.NOT_ANSWERED.value


def _answered(one: Kept, tracked: Tracked) -> Iterator[Line]:
    questions = tracked.questions()
    none = {
        called(questions[each.item, each.version])
        for each in one.said.answers
        if each.text == NO_OCCASION_TEXT
    }
    for part in told(one.said, questions):
        state = State.NO_OCCASION if part.label in none else State.ANSWERED
        yield Line(part.label, part.text, state.value)


def in_days(kept: Iterable[Kept], *, today: date, days: int = 7) -> int:
    """On how many of the last days there is a check-in."""
    return len({one.day for one in kept if today - DAY * days < one.day <= today})


# As a file.

WHEN = ("day", "time", "utc_offset_minutes", "filled_in_later")


def as_csv(kept: Sequence[Kept], tracked: Tracked) -> str:
    """A row a check-in, a column an item: a value, ``no-occasion``, or nothing where it was not
    answered. Feelings and places stand behind."""
    questions = tracked.questions()
    asked = dict.fromkeys((each.item, each.version) for one in kept for each in one.said.answers)
    file = StringIO()
    writer = csv.writer(file)
    titles = [_title(questions[key], key[1]) for key in asked]
    writer.writerow([*WHEN, *titles, "feelings", "felt_in_the_body"])
    for one in kept:
        texts = {(each.item, each.version): each.text for each in one.said.answers}
        row = [
            one.day.isoformat(),
            f"{one.wall:%H:%M}",
            int((one.at.utcoffset() or timedelta(0)).total_seconds() // 60),
            "yes" if one.back_filled else "no",
            *(_plain(texts.get(key, "")) for key in asked),
            _plain("; ".join([*one.said.feelings, *one.said.words])),
            "; ".join(one.said.regions),
        ]
        writer.writerow(row)
    return file.getvalue()


def _title(question: Question, version: int) -> str:
    name = called(question) if isinstance(question, OwnItem) else question.id
    return _plain(name if version == 1 else f"{name} ({version})")


def _plain(text: str) -> str:
    """Words that a spreadsheet would take for a formula are words."""
    return f"'{text}" if text.startswith(FORMULA) else text
