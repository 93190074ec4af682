"""One course on a client's page: what is told of it, the picture, the numbers, a flag to answer."""

from typing import Any
from uuid import UUID

from waymark.interfaces.clinic.client.forms import FlagForm
from waymark.interfaces.ui.charts.drawn import drawn
from waymark.library.instruments import INSTRUMENTS
from waymark.progress.course.projection import Projection
from waymark.progress.signals.score_signal import Looks, ScoreFinding
from waymark.progress.signals.scores import SIGNALS
from waymark.progress.signals.signal import Tone
from waymark.progress.telling.belief_words import looking_ahead
from waymark.progress.telling.scores import tell
from waymark.progress.telling.told import Audience, Told
from waymark.record.expected.actions import DID
from waymark.record.timeline.queries import Course

FEELS = {True: "It fits", False: "Not how it feels", None: "Added what was going on"}

WATCH = Tone.WATCH


def key_of(one: Course) -> str:
    """Tells two courses on one page apart."""
    return f"{one.instrument}-{one.scale.id}"


def card_of(
    one: Course, remarks: dict[tuple[str, UUID], Any], *, typed: tuple[str, FlagForm] | None = None
) -> dict[str, Any]:
    """All that the page shows of a course. An instrument that is asked by a person has a level,
    and neither a picture nor a judgement."""
    level, key = one.scale.method == "level", key_of(one)
    told = _told(one.findings[0])
    further = [] if level else _further(one, remarks, told)
    return {
        "key": key,
        "course": one,
        "instrument": INSTRUMENTS[one.instrument],
        "told": None if level else told,
        "watch": [chip for each in further for chip in each["told"].chips if chip.kind is WATCH],
        "further": further,
        "together": _in_numbers(one),
        "flagged": any(each["flag"] for each in further),
        "expected": None if level or one.ahead is None else _expected(one.ahead),
        "drawn": None if level else drawn(one.series, headline=told.headline, ahead=one.ahead),
        "rows": one.rows,
        "remark": _remark(one.findings[0], one, remarks),
        "flag_form": typed[1] if typed and typed[0] == key else FlagForm(auto_id=f"{key}-%s"),
        "did": one.answered and {"what": DID[one.answered.did], "answered": one.answered},
    }


def _in_numbers(one: Course) -> Told | None:
    """What all scores come to, where it does not stand on the card already."""
    if one.scale.method == "level" or one.together is None or one.together in one.further:
        return None
    return _told(one.together)


def _told(finding: ScoreFinding) -> Told:
    id = finding.evidence.instrument
    return tell([finding], to=Audience.CLINICIAN, called={id: INSTRUMENTS[id].title})


def _further(one: Course, remarks: dict[tuple[str, UUID], Any], lead: Told) -> list[dict[str, Any]]:
    """What stands beside the lead. The usual next step is said once on a card; that of a flag
    says whether the client sees it, and stands with it."""
    found, steps = [], {lead.next_step}
    for finding in one.further:
        told = _told(finding)
        found.append(
            {
                "told": told,
                "next_step": "" if told.next_step in steps else told.next_step,
                "flag": SIGNALS[finding.signal].looks is Looks.AHEAD,
                "remark": _remark(finding, one, remarks),
            }
        )
        steps.add(told.next_step)
    return found


def _remark(
    finding: ScoreFinding, one: Course, remarks: dict[tuple[str, UUID], Any]
) -> dict[str, Any] | None:
    """What the client answered to a finding."""
    held = remarks.get((finding.signal, one.last.id))
    if held is None:
        return None
    body = held.body
    return {"felt": FEELS[body.get("fits")], "words": body.get("words", ""), "at": held.made_at}


def _expected(ahead: Projection) -> dict[str, Any]:
    """The range, always; chances where they may be told."""
    return {**looking_ahead(ahead), "chances": ahead.chances, "fitted": ahead.course.calibrated}


def said_before(row: Any) -> dict[str, Any]:
    """What the client answered to an earlier finding."""
    return {
        "at": row.made_at,
        "measure": INSTRUMENTS[row.instrument].title,
        "title": SIGNALS[row.signal].title if row.signal in SIGNALS else row.signal,
        "felt": FEELS[row.body.get("fits")],
        "words": row.body.get("words", ""),
    }
