"""A cohort's summary as a page draws it: rows, bars, and the picture of outcomes by session."""

from collections.abc import Sequence

from waymark.cohort.outcomes import Gap, Step
from waymark.cohort.reports.summary import CourseSummary, Part, Standing, Summary, SummaryLine
from waymark.cohort.reports.wording import UNJUDGED, beyond, points, said

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 720, 260, 64, 34, 12


def figures_of(summary: Summary) -> dict[str, object]:
    """What a template needs: ``parts`` (one for each instrument, with its lines, bars and picture),
    ``nhs``, ``left_out`` and ``rows``, all in the words in which they may be shown."""
    return {
        "summary": summary,
        "rows": f"{summary.rows:,}",
        "left_out": sorted(summary.left_out.items()),
        "parts": [_part(part, summary) for part in summary.parts],
        "nhs": [_bar(title, said(shown), shown.value) for title, shown in summary.nhs.items()],
    }


def _part(part: Part, summary: Summary) -> dict[str, object]:
    return {
        "id": part.id,
        "title": part.title,
        "courses_said": _said(part.courses.hits),
        "half_by": part.half_by,
        "course": _course(part.course),
        "lines": [_line(line) for line in part.lines],
        "picture": _picture(part.steps),
        "steps": [
            (one.session, f"{100 * one.improved:.1f}%", f"{100 * one.ended_without:.1f}%")
            for one in part.steps
        ],
        "by": summary.by,
    }


def _course(course: CourseSummary) -> dict[str, object]:
    return {
        "reason": course.reason,
        "courses": _said(course.courses.hits),
        "sessions": [
            (one.session, f"{one.score:.1f}", f"{one.low:.1f} to {one.high:.1f}")
            for one in course.sessions
        ],
    }


def _line(line: SummaryLine) -> dict[str, object]:
    adjusted = line.adjusted_gap
    return {
        **_bar(line.title, said(line.total), line.total.value),
        "definition": line.definition,
        "groups": [
            {**_bar(group, said(shown), shown.value), **_standing(line.stands.get(group))}
            for group, shown in sorted(line.groups.items())
        ],
        "gap": line.gap,
        "gap_said": "" if line.gap is None else _chance(line.gap, 1),
        "gap_adjusted": UNJUDGED if adjusted is None else _chance(adjusted, 0),
    }


def _standing(stands: Standing | None) -> dict[str, object]:
    """Both standings in words, where one of them lies beyond a limit."""
    if stands is None or stands.bare == stands.adjusted == "within":
        return {"bare": ""}
    return {
        "bare": beyond(stands.bare),
        "bare_watch": stands.bare != "within",
        "adjusted": beyond(stands.adjusted),
        "adjusted_watch": stands.adjusted != "within",
        "expected": _said(stands.expected.hits),
    }


def _chance(gap: Gap, digits: int) -> str:
    """A gap, and what chance leaves open of it."""
    difference, low, high = (points(one, digits) for one in (gap.difference, gap.low, gap.high))
    over = f" over all {gap.pairs} pairs" if gap.pairs > 1 else ""
    words = f"{difference} points (95% interval{over} {low} to {high})"
    return f"{words}; chance alone can do this" if gap.low <= 0 <= gap.high else words


def _bar(name: str, words: str, value: float | None) -> dict[str, object]:
    share = 0 if value is None else round(100 * value, 1)
    return {"name": name, "said": words, "share": share, "known": value is not None}


def _said(count: int | None) -> str:
    return "" if count is None else f"{count:,}"


def _picture(steps: Sequence[Step]) -> dict[str, object] | None:
    """Points of the two curves, the axes, and the words a screen reader gets."""
    if len(steps) < 2:
        return None
    last = steps[-1]
    wide = (WIDTH - LEFT - 16) / last.session

    def at(session: int, share: float) -> tuple[float, float]:
        return LEFT + session * wide, TOP + (HEIGHT - TOP - BOTTOM) * (1 - share)

    def line(shares: Sequence[float]) -> str:
        points, before = [at(0, 0.0)], 0.0
        for one, share in zip(steps, shares, strict=True):
            points += [at(one.session, before), at(one.session, share)]
            before = share
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)

    every = max(1, round(last.session / 10))
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "improved": line([one.improved for one in steps]),
        "without": line([one.ended_without for one in steps]),
        "levels": [
            (f"{share:.0%}", *at(0, share), WIDTH - 16) for share in (0, 0.25, 0.5, 0.75, 1)
        ],
        "ticks": [(n, at(n, 0)[0], HEIGHT - 12) for n in range(0, last.session + 1, every)],
        "label_improved": (*at(last.session, last.improved), f"{last.improved:.0%}"),
        "label_without": (*at(last.session, last.ended_without), f"{last.ended_without:.0%}"),
        "words": (
            f"By session {last.session}, {last.improved:.0%} of courses had at some session been "
            f"reliably better than at first, and {last.ended_without:.0%} had ended without."
        ),
    }
