"""An expected course as it is kept in a file or a row: plain figures there and back."""

from collections.abc import Mapping
from dataclasses import asdict, fields

from waymark.progress.course.expected import ExpectedCourse, Stopping, Widths, Worth

KIND = "waymark expected course"
LARGEST, SMALLEST = 1e6, 1e-6
LONGEST = 1_000
"""Sessions that a course may go on for: chances are summed over all that may come."""


def kept(course: ExpectedCourse) -> dict[str, object]:
    """Plain figures, lists and words; ``course_of`` reads them."""
    return {"kind": KIND, **asdict(course)}


def course_of(held: Mapping[str, object]) -> ExpectedCourse:
    """The course that was kept. ``ValueError`` names the field that is missing or no figure."""
    if held.get("kind") != KIND:
        raise ValueError("this is no expected course: make one with `waymark fit-course`")
    if held.get("version") != 1:
        raise ValueError(f"version {held.get('version')!r} of a course is not known here")
    given = {one.name: held.get(one.name) for one in fields(ExpectedCourse)}
    missing = [name for name, value in given.items() if value is None and name != "worth"]
    if missing:
        raise ValueError(f"the course lacks {', '.join(missing)}")
    numbers = {
        name: _numbers(name, held[name], count)
        for name, count in (("beta", 2), ("cov", 3), ("thresholds", 2))
    }
    _check(numbers["cov"], numbers["thresholds"], low=held["low"], high=held["high"])
    return ExpectedCourse(
        instrument=str(held["instrument"]),
        scale=str(held["scale"]),
        beta=(numbers["beta"][0], numbers["beta"][1]),
        cov=(numbers["cov"][0], numbers["cov"][1], numbers["cov"][2]),
        noise=_above_zero("noise", held["noise"]),
        reliable=_above_zero("reliable", held["reliable"]),
        low=_number("low", held["low"]),
        high=_number("high", held["high"]),
        flipped=held["flipped"] is True,
        stopping=_stopping(held["stopping"]),
        width80=_widths("width80", held["width80"]),
        width90=_widths("width90", held["width90"]),
        thresholds=(numbers["thresholds"][0], numbers["thresholds"][1]),
        clients=int(_number("clients", held["clients"])),
        worth=_worth(held.get("worth")),
        source=str(held["source"]),
    )


def _check(
    cov: tuple[float, ...], thresholds: tuple[float, ...], *, low: object, high: object
) -> None:
    """Figures that no fit could have given."""
    first, both, second = cov
    if first < SMALLEST or second < 0 or both * both > first * second * (1 + 1e-9):
        raise ValueError("the course's cov is no covariance: its variances and their bounds")
    if not all(0 <= one <= 1 for one in thresholds):
        raise ValueError("the course's thresholds must lie between 0 and 1")
    if _number("low", low) >= _number("high", high):
        raise ValueError("the course's low must lie below its high")


def _number(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"the course's {name} is no figure: {str(value)[:40]!r}")
    if not -LARGEST <= value <= LARGEST:  # nor what is no number
        raise ValueError(f"the course's {name} must lie within a million of 0")
    return value


def _above_zero(name: str, value: object) -> float:
    found = _number(name, value)
    if found < SMALLEST:
        raise ValueError(f"the course's {name} must lie above 0")
    return found


def _numbers(name: str, value: object, count: int) -> tuple[float, ...]:
    if not isinstance(value, list | tuple) or len(value) != count:
        raise ValueError(f"the course's {name} must hold {count} figures")
    return tuple(_number(name, one) for one in value)


def _mapping(name: str, value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise ValueError(f"the course's {name} must hold named figures")
    return value


def _stopping(value: object) -> Stopping:
    held = _mapping("stopping", value)
    a, b, c, d = _numbers("stopping weights", held.get("weights"), 4)
    first, longest = (
        int(_number(f"stopping {name}", held.get(name))) for name in ("first", "longest")
    )
    if not 1 <= first <= longest <= LONGEST:
        raise ValueError(f"the course's stopping must begin at 1 or later and end by {LONGEST}")
    return Stopping(
        (a, b, c, d),
        first=first,
        longest=longest,
        middle=_number("stopping middle", held.get("middle")),
    )


def _widths(name: str, value: object) -> Widths:
    held = _mapping(name, value)
    rows = held.get("by_session")
    if not isinstance(rows, list | tuple) or not rows:
        raise ValueError(f"the course's {name} must hold a line for each session")
    lines = _numbers(f"{name} lines", held.get("lines"), 2)
    found = [_numbers(name, row, 3) for row in rows]
    return Widths((lines[0], lines[1]), tuple((row[0], row[1], row[2]) for row in found))


def _worth(value: object) -> Worth | None:
    if value is None:
        return None
    held = _mapping("worth", value)
    given = {
        one.name: None if held.get(one.name) is None else _number(one.name, held[one.name])
        for one in fields(Worth)
    }
    for needed in (
        "clients",
        "worse",
        "flags_a_week",
        "flagged_of_100",
        "coverage80",
        "coverage90",
    ):
        if given[needed] is None:
            raise ValueError(f"the course's worth lacks {needed}")
    return Worth(
        clients=int(given["clients"] or 0),
        worse=int(given["worse"] or 0),
        flags_a_week=given["flags_a_week"] or 0.0,
        sensitivity=given["sensitivity"],
        specificity=given["specificity"],
        flagged_of_100=given["flagged_of_100"] or 0.0,
        worse_of_10_flagged=given["worse_of_10_flagged"],
        coverage80=given["coverage80"] or 0.0,
        coverage90=given["coverage90"] or 0.0,
    )
