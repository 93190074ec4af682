"""One course on a client's page: what is told of it, the picture, the numbers, a flag to answer."""

from typing import Any
from uuid import UUID

from waymark.interfaces.clinic.client.forms import FlagForm
from waymark.interfaces.ui.charts.drawn import drawn
from waymark.library.instruments import INSTRUMENTS
from waymark.progress.ahead import Ahead
from waymark.progress.believing import looking_ahead
from waymark.progress.signal import Finding
from waymark.progress.telling import Audience, Told, tell
from waymark.record.expected.actions import DID
from waymark.record.timeline.queries import Course

FEELS = {True: "It fits", False: "Not how it feels", None: "Added what was going on"}
OFF_TRACK = "off-track"

Typed = tuple[str, FlagForm]
"""The key of a card, and what was typed there of a flag that could not be noted."""


def key_of(one: Course) -> str:
    """Tells two courses on one page apart."""
    return f"{one.instrument}-{one.scale.id}"


def card_of(
    one: Course, remarks: dict[tuple[str, UUID], Any], *, typed: Typed | None = None
) -> dict[str, Any]:
    """All that the page shows of a course. An instrument that is asked by a person has a level,
    and neither a picture nor a judgement."""
    level = one.scale.method == "level"
    told = _told(one.findings[0])
    return {
        "key": key_of(one),
        "course": one,
        "instrument": INSTRUMENTS[one.instrument],
        "told": None if level else told,
        "further": [] if level else [_further(each, one, remarks, told) for each in one.further],
        "together": None if level or one.together is None else _told(one.together),
        "flagged": any(each.signal == OFF_TRACK for each in one.further),
        "expected": None if level or one.ahead is None else _expected(one.ahead),
        "drawn": None if level else drawn(one.series, headline=told.headline, ahead=one.ahead),
        "rows": list(reversed(one.taken)),
        "remark": _remark(one.findings[0], one, remarks),
        "flag_form": typed[1] if typed and typed[0] == key_of(one) else FlagForm(),
        "did": one.answered and {"what": DID[one.answered.did], "answered": one.answered},
    }


def _told(finding: Finding) -> Told:
    title = INSTRUMENTS[finding.instrument].title
    return tell([finding], to=Audience.CLINICIAN, called={finding.instrument: title})


def _further(
    finding: Finding, one: Course, remarks: dict[tuple[str, UUID], Any], lead: Told
) -> dict[str, Any]:
    """One more finding; the next step is said once on a card."""
    told = _told(finding)
    return {
        "told": told,
        "next_step": "" if lead.next_step else told.next_step,
        "flag": finding.signal == OFF_TRACK,
        "remark": _remark(finding, one, remarks),
    }


def _remark(
    finding: Finding, one: Course, remarks: dict[tuple[str, UUID], Any]
) -> dict[str, Any] | None:
    """What the client answered to a finding."""
    held = remarks.get((finding.signal, one.last.id))
    if held is None:
        return None
    body = held.body
    return {"felt": FEELS[body.get("fits")], "words": body.get("words", ""), "at": held.made_at}


def _expected(ahead: Ahead) -> dict[str, Any]:
    """The range, always; chances where they may be told."""
    return {**looking_ahead(ahead), "chances": ahead.chances, "fitted": ahead.course.calibrated}
