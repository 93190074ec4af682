"""A cohort's summary as plain objects, for JSON."""

from waymark.cohort.disclosure import Shown
from waymark.cohort.outcomes import Gap
from waymark.cohort.reports.summary import Part, Summary, SummaryLine
from waymark.cohort.reports.wording import FINE


def as_json(summary: Summary) -> dict[str, object]:
    """One object; shares hold `hits`, `of`, `value`, or `withheld`."""
    return {
        "extract": summary.name,
        "rows": summary.rows,
        "left_out": dict(sorted(summary.left_out.items())),
        "by": summary.by or None,
        "exact": summary.exact,
        "instruments": [_instrument(part) for part in summary.parts],
        "nhs": {title: _share(shown) for title, shown in summary.nhs.items()},
    }


def _instrument(part: Part) -> dict[str, object]:
    return {
        "instrument": part.id,
        "courses": part.courses.hits,
        "expected_course": {
            "fitted_on": "this extract",
            "courses": part.course.courses.hits,
            "reason": part.course.reason or None,
            "sessions": [
                {
                    "session": one.session,
                    "score": round(one.score, FINE),
                    "range80": [round(one.low, FINE), round(one.high, FINE)],
                }
                for one in part.course.sessions
            ],
        },
        "measures": [_measure(line) for line in part.lines],
        "by_session": [
            {
                "session": one.session,
                "improved": round(one.improved, 4),
                "ended_without": round(one.ended_without, 4),
            }
            for one in part.steps
        ],
        "half_by": part.half_by,
    }


def _measure(line: SummaryLine) -> dict[str, object]:
    return {
        "measure": line.id,
        **_share(line.total),
        "groups": {group: _share(shown) for group, shown in sorted(line.groups.items())},
        "gap": _difference(line.gap),
        "adjusted_gap": _difference(line.adjusted_gap),
        "funnel": {
            group: {
                "bare": one.bare,
                "adjusted": one.adjusted,
                "expected": _share(one.expected),
            }
            for group, one in line.stands.items()
        },
    }


def _difference(gap: Gap | None) -> dict[str, object] | None:
    if gap is None:
        return None
    return {
        "between": [gap.group, gap.other],
        "difference": round(gap.difference, 4),
        "interval": [round(gap.low, 4), round(gap.high, 4)],
        "pairs": gap.pairs,
    }


def _share(shown: Shown) -> dict[str, object]:
    value = shown.value
    return {
        "hits": shown.hits,
        "of": shown.of,
        "value": None if value is None else round(value, 4),
        "withheld": shown.withheld,
    }
