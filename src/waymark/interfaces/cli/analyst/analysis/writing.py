"""What `waymark analyze` writes: JSON, CSV, and a table."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, fields

from waymark.interfaces.cli.analyst.analysis.judging import FileCourse, Result
from waymark.interfaces.cli.analyst.files import printable
from waymark.progress.change.nhs import Counts, Outcome, Rates, count, rates
from waymark.progress.change.reliable_change import Category
from waymark.progress.course.timeline import At

Cell = str | float | bool | list[str] | None
Record = dict[str, object]

FIELDS = (
    "client", "instrument", "n", "first", "last", "change", "rci", "reliable", "category",
    "recovered", "reasons", "from", "to", "rule", "threshold", "cutoff",
)  # fmt: skip
FLAGS = tuple(field.name for field in fields(Outcome))
NHS_FIELDS = ("phq_first", "phq_last", "gad_first", "gad_last", *FLAGS)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?", re.ASCII)


def record_of(result: Result) -> dict[str, Cell]:
    """One result with the documented fields; ``None`` where there is no answer."""
    evidence = result.evidence
    first, last, change = evidence.first, evidence.last, evidence.change
    yardstick, line = evidence.yardstick, evidence.line
    return {
        "client": result.client,
        "instrument": result.measure.id,
        "n": evidence.n,
        "first": _plain(first.measured) if first else None,
        "last": _plain(last.measured) if last else None,
        "change": _plain(change.change) if change else None,
        "rci": change.rci if change else None,
        "reliable": change.reliable if change else None,
        "category": str(evidence.category),
        "recovered": evidence.recovered,
        "reasons": [str(reason) for reason in evidence.reasons],
        "from": _moment(first.at) if first else None,
        "to": _moment(last.at) if last else None,
        "rule": str(yardstick.rule) if yardstick else None,
        "threshold": _plain(yardstick.threshold) if yardstick else None,
        "cutoff": _plain(line.value) if line else None,
    }


def nhs_record_of(course: FileCourse) -> dict[str, Cell]:
    """One client's flags, named as in the truth table."""
    scores: dict[str, Cell] = {}
    for name, pair in course.pairs.items():
        scores[f"{name}_first"] = _plain(pair.first) if pair else None
        scores[f"{name}_last"] = _plain(pair.last) if pair else None
    flags: Mapping[str, Cell] = (
        asdict(course.outcome) if course.outcome else dict.fromkeys(FLAGS, None)
    )
    return {
        "client": course.client,
        "instrument": "nhs",
        **scores,
        **flags,
        "reasons": [f"no-pair-{id}" for id in course.missing],
    }


def as_json(
    results: Sequence[Result],
    courses: Sequence[FileCourse],
    *,
    signals: Sequence[Record] | None = None,
) -> str:
    """A list of objects: one for each client and instrument, then the client's NHS flags.

    ``signals`` hold what is added to each result; there ``change`` is the belief, and the plain
    difference stands in it as ``observed``.
    """
    nhs = {course.client: course for course in courses}
    records: list[Record] = []
    for place, result in enumerate(results):
        records.append({**record_of(result), **(signals[place] if signals else {})})
        following = results[place + 1].client if place + 1 < len(results) else None
        if result.client in nhs and following != result.client:
            records.append({**nhs_record_of(nhs[result.client])})
    lines = ",\n ".join(json.dumps(one, ensure_ascii=False, allow_nan=False) for one in records)
    return f"[{lines}]\n"


def as_csv(results: Sequence[Result], courses: Sequence[FileCourse], extra: Sequence[str]) -> str:
    """One row for each client and instrument; the file's other columns follow."""
    kept = {name: tame(_apart(name)) for name in extra}
    columns = [*FIELDS, *(NHS_FIELDS if courses else ()), *kept.values()]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    for result in results:
        others = {kept[name]: tame(result.extra.get(name, "")) for name in extra}
        writer.writerow({**_cells(record_of(result)), **others})
    writer.writerows(_cells(nhs_record_of(course)) for course in courses)
    return out.getvalue()


def as_table(results: Sequence[Result], courses: Sequence[FileCourse]) -> str:
    """For reading at a terminal, with the counts below."""
    shown = ("client", "instrument", "n", "first", "last", "change", "category", "recovered")
    head = [*shown, "reasons"]
    rows = [[_shown(record[name]) for name in head] for record in map(record_of, results)]
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    lines = [_line(row, widths) for row in [head, *rows]]
    return "\n".join([*lines, "", *_counted(results), *_nhs_counted(courses), ""])


def tally(results: Iterable[Result]) -> dict[str, Counter[Category]]:
    """How many clients fall in each category, by instrument."""
    found: dict[str, Counter[Category]] = {}
    for result in results:
        found.setdefault(result.measure.id, Counter())[result.evidence.category] += 1
    return found


def nhs_rates(courses: Sequence[FileCourse]) -> tuple[Counts, Rates]:
    """The official counts and rates, with every client of the file as a finished course."""
    counts = count(course.outcome for course in courses)
    return counts, rates(counts)


def _plain(value: float) -> float:
    """Whole numbers without a point."""
    return int(value) if value == int(value) else value


def _moment(at: At) -> str | int:
    return at if isinstance(at, int) else at.isoformat()


def _cells(record: Mapping[str, Cell]) -> dict[str, str]:
    return {name: _cell(value) for name, value in record.items()}


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    text = " ".join(value) if isinstance(value, list) else str(value)
    return tame(text) if isinstance(value, str) else text


def tame(text: str) -> str:
    """A cell that a spreadsheet does not take for a formula: an apostrophe stands before it.

    Numbers stay as they are, negative ones too.
    """
    return f"'{text}" if text.startswith(FORMULA) and not NUMBER.fullmatch(text) else text


def _apart(name: str) -> str:
    """A column of the file beside one of ours with the same name."""
    return f"in_{name}" if name in {*FIELDS, *NHS_FIELDS} else name


def _shown(value: Cell) -> str:
    """For a terminal: long fractions are cut."""
    if isinstance(value, str):
        return printable(value)
    return f"{value:.4g}" if isinstance(value, float) else printable(_cell(value))


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _counted(results: Sequence[Result]) -> Iterator[str]:
    for id, counts in tally(results).items():
        total = counts.total()
        judged = total - counts[Category.NOT_JUDGED]
        parts = ", ".join(
            f"{counts[category]} {category}"
            for category in Category
            if category is not Category.NOT_JUDGED
        )
        yield f"{printable(id)}: {_many(total, 'client')}, {judged} judged: {parts}"


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _nhs_counted(courses: Sequence[FileCourse]) -> Iterator[str]:
    if not courses:
        return
    counts, found = nhs_rates(courses)
    cases = counts.finished - counts.not_at_caseness
    yield f"nhs: {_many(counts.finished, 'course')}, {cases} not known to be below caseness"
    for name, rate in asdict(found).items():
        whole = cases if "recovery" in name else counts.finished
        shown = "-" if rate is None else f"{rate:.1f}%"
        yield f"nhs: {name.replace('_', ' ')} {getattr(counts, name)} of {whole}, {shown}"
