"""`waymark analyze --checkins`: recovery from setbacks, and early warning, for each client."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import isfinite

from waymark.interfaces.cli.analyst.analysis.judging import natural
from waymark.interfaces.cli.analyst.analysis.reading import Refusal, Unreadable
from waymark.library.instrument import Better
from waymark.progress.course.timeline import At
from waymark.progress.days.early_warning import Stage
from waymark.progress.days.evidence import Asked, Days, weigh_days
from waymark.progress.days.half_life import Estimate, Recovery, ReturnVerdict
from waymark.progress.signals.checkin_signal import DayFinding
from waymark.progress.signals.engine import judge_days
from waymark.progress.signals.signal import Verdict
from waymark.progress.telling.checkins import tell_day, told_of_days
from waymark.progress.telling.told import Audience

OWN = ("client", "day", "date", "setback", "period")
LAST_DAY = 100_000
ZONED = re.compile(r":\d\d.*(Z|[+-]\d\d:?\d\d)$", re.IGNORECASE)
YES = {"1", "true", "yes", "x"}
NO = {"", "0", "false", "no"}
SAID = (Stage.UNUSUAL, Stage.TALK)
Record = dict[str, object]

NO_SETBACKS = "the file has no column setback, which says on which days something hit"


@dataclass(slots=True)
class CheckIns:
    """One client's days in order: scores by item, days with a setback, the second period's start.

    ``named`` says how a day is called: its date, where the file has dates.
    """

    days: list[int] = field(default_factory=list)
    scores: dict[str, list[float | None]] = field(default_factory=dict)
    setbacks: list[int] = field(default_factory=list)
    periods: list[str] = field(default_factory=list)
    start: date | None = None

    def at(self, day: int) -> At:
        return day if self.start is None else self.start + timedelta(days=day)

    def named(self, day: int) -> int | str:
        at = self.at(day)
        return at if isinstance(at, int) else at.isoformat()

    @property
    def split(self) -> int | None:
        """The first day of the second period; None: the middle of the days."""
        second = [d for d, p in zip(self.days, self.periods, strict=True) if p != self.periods[0]]
        return second[0] if second else None


@dataclass(frozen=True, slots=True)
class File:
    """All clients, the items in the file's order, and the rows that were left out. ``setbacks``:
    whether the file says on which days something hit."""

    clients: Mapping[str, CheckIns]
    items: tuple[str, ...]
    refused: tuple[Refusal, ...]
    setbacks: bool = True


class _Bad(Exception):
    """One row cannot be read."""


Read = tuple[int, dict[str, float | None], bool, str, date | None]


def read_checkins(data: bytes, *, name: str, low: float, high: float) -> File:
    """Parse the file. ``Unreadable`` where its columns cannot be told."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Unreadable(f"{name} is not UTF-8: save it as CSV UTF-8.") from problem
    head = text.partition("\n")[0]
    sign = ";" if head.count(";") > head.count(",") else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=sign)
    head_names = [(one or "").strip().lower() for one in reader.fieldnames or ()]
    items = _items(head_names, name)
    reader.fieldnames = head_names
    rows: dict[str, list[Read]] = {}
    refused: list[Refusal] = []
    for line, row in enumerate(reader, 2):
        try:
            client, read = _row(row, items, low=low, high=high)
            held = rows.setdefault(client, [])
            if held and (held[0][4] is None) is not (read[4] is None):
                raise _Bad("one row of a client has a day, another a date: nobody can order them")
            held.append(read)
        except _Bad as bad:
            refused.append(Refusal(line, str(bad)))
    if refused and not rows:
        raise Unreadable(
            f"{name}: no row could be read. Line {refused[0].line}: {refused[0].reason}. Columns "
            "that hold no numbers are left out of the file."
        )
    clients = {client: _in_order(held, items) for client, held in rows.items()}
    return File(clients, items, tuple(refused), "setback" in head_names)


def _items(head: Sequence[str], name: str) -> tuple[str, ...]:
    if "client" not in head or not {"day", "date"} & set(head):
        raise Unreadable(
            f"{name}: needs the columns client, day or date, and one for each item; found: "
            f"{', '.join(one for one in head if one) or 'none'}."
        )
    found = tuple(one for one in head if one and one not in OWN)
    if not found:
        raise Unreadable(f"{name}: no column holds an item, such as distress.")
    return found


def _row(
    row: Mapping[str, str | None], items: Sequence[str], *, low: float, high: float
) -> tuple[str, Read]:
    cell = {name: (row.get(name) or "").strip() for name in (*OWN, *items)}
    if None in row:
        raise _Bad("more fields than the header has columns")
    if not cell["client"]:
        raise _Bad("client is empty")
    day, on = _day(cell)
    scores = {item: _score(item, cell[item], low=low, high=high) for item in items}
    flag = cell["setback"].lower()
    if flag not in YES | NO:
        raise _Bad(f"setback {cell['setback']!r} is neither 1 nor 0")
    return cell["client"], (day, scores, flag in YES, cell["period"], on)


def _day(cell: Mapping[str, str]) -> tuple[int, date | None]:
    if cell["day"]:
        try:
            day = int(cell["day"])
        except ValueError as problem:
            raise _Bad(f"day {cell['day']!r} is not a whole number") from problem
        if not 0 <= day <= LAST_DAY:
            raise _Bad(f"day {day} is outside 0 to {LAST_DAY:,}")
        return day, None
    if ZONED.search(cell["date"]):
        raise _Bad(f"date {cell['date']!r} carries a time zone: write the day where the person was")
    try:
        on = date.fromisoformat(cell["date"][:10])
    except ValueError as problem:
        raise _Bad(f"date {cell['date']!r} is not written like 2026-06-02") from problem
    return on.toordinal(), on


def _score(item: str, text: str, *, low: float, high: float) -> float | None:
    if not text:
        return None
    try:
        value = float(text)
    except ValueError as problem:
        raise _Bad(f"{item} {text!r} is not a number") from problem
    if not isfinite(value) or not low <= value <= high:
        raise _Bad(f"{item} {text} is outside {low:g} to {high:g}: see --low and --high")
    return value


def _in_order(rows: list[Read], items: Sequence[str]) -> CheckIns:
    """By day; of two rows of one day the later one in the file counts, and both setbacks."""
    by_day: dict[int, Read] = {}
    hits = sorted({day for day, _, hit, _, _ in rows if hit})
    for one in rows:
        by_day[one[0]] = one
    ordered = [by_day[day] for day in sorted(by_day)]
    first = ordered[0][4]
    base = ordered[0][0] if first is not None else 0
    return CheckIns(
        days=[day - base for day, *_ in ordered],
        scores={item: [scores[item] for _, scores, *_ in ordered] for item in items},
        setbacks=[day - base for day in hits],
        periods=[period for _, _, _, period, _ in ordered],
        start=first,
    )


def judged(file: File, *, low: float, high: float, better: Better) -> Iterator[Record]:
    """One object for each client: `recovery` of the first item, all items beside it, warnings, and
    the findings in words."""
    for client in sorted(file.clients, key=natural):
        held = file.clients[client]
        found = {item: _weighed(file, held, item, low, high, better) for item in file.items}
        recovery = {item: _told(days.recovery) for item, days in found.items()}
        yield {
            "client": client,
            "check_ins": found[file.items[0]].answered,
            "recovery": recovery[file.items[0]],
            "recovery_by_item": recovery,
            "early_warning": _warnings(held, found),
            "findings": _said(_findings(found.values())),
        }


def _weighed(
    file: File, held: CheckIns, item: str, low: float, high: float, better: Better
) -> Days:
    names = [held.at(day) for day in held.days]
    return weigh_days(
        Asked(item, held.days, held.scores[item], low, high, better, names),
        setbacks=held.setbacks if file.setbacks else None,
        split=held.split,
        items=len(file.items),
    )


def _findings(found: Iterable[Days]) -> tuple[DayFinding, ...]:
    return told_of_days(finding for days in found for finding in judge_days(days))


def _said(findings: Sequence[DayFinding]) -> list[Record]:
    """Findings as both audiences may read them."""
    harder = any(one.verdict is Verdict.WORSE for one in findings)
    return [
        {
            "item": one.evidence.item,
            "signal": one.signal,
            "version": one.version,
            "verdict": str(one.verdict),
            **{str(to): _words(one, to, harder=harder) for to in Audience},
        }
        for one in findings
    ]


def _words(one: DayFinding, to: Audience, *, harder: bool) -> Record:
    told = tell_day(one, to=to, called=one.evidence.item.replace("_", " "), harder=harder)
    return {
        "headline": told.headline,
        "detail": told.detail,
        "next_step": told.next_step,
        "how_we_know": told.how_we_know,
    }


NOTHING = dict.fromkeys(
    ("half_life_before", "half_life_after", "interval", "interval_before", "interval_after",
     "p_faster", "p_smaller_hit")
)  # fmt: skip


def _told(found: Recovery | None) -> Record:
    if found is None:
        verdict = str(ReturnVerdict.TOO_EARLY)
        return {**NOTHING, "verdict": verdict, "cannot_judge": NO_SETBACKS, "setbacks": [0, 0]}
    first, second = found.first, found.second
    return {
        "half_life_before": _median(first.half_life),
        "half_life_after": _median(second.half_life),
        "interval": _interval(found.ratio),
        "interval_before": _interval(first.half_life),
        "interval_after": _interval(second.half_life),
        "p_faster": None if found.p_faster is None else round(found.p_faster, 4),
        "p_smaller_hit": None if found.p_smaller is None else round(found.p_smaller, 4),
        "verdict": str(found.verdict),
        "cannot_judge": found.because,
        "setbacks": [first.setbacks, second.setbacks],
    }


def _median(one: Estimate | None) -> float | None:
    return None if one is None else round(one.median, 3)


def _interval(one: Estimate | None) -> list[float] | None:
    return None if one is None else [round(one.low, 3), round(one.high, 3)]


def _warnings(held: CheckIns, found: Mapping[str, Days]) -> list[Record]:
    """Days that were unusual, or worth talking about; silence otherwise."""
    told = [
        (day.day, item, day.stage)
        for item, days in found.items()
        for day in days.watch.days
        if day.stage in SAID
    ]
    return [
        {"day": held.named(day), "item": item, "stage": str(stage)}
        for day, item, stage in sorted(told)
    ]


def fits_less(file: File, *, high: float) -> bool:
    """Whether no score comes near the end of the scale that was said, as of 0 to 10 read as 0 to
    100."""
    scores = (
        score
        for one in file.clients.values()
        for held in one.scores.values()
        for score in held
        if score is not None
    )
    return max(scores, default=high) <= high / 10


def as_text(records: Sequence[Record]) -> str:
    lines = ",\n ".join(json.dumps(one, ensure_ascii=False, allow_nan=False) for one in records)
    return f"[{lines}]\n"
