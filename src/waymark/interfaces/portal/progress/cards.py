"""One course as a client reads it: the hardest finding first, the picture, each with its answer."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from waymark.interfaces.portal.progress.told import told_alone, told_of
from waymark.interfaces.ui.charts.drawn import drawn
from waymark.interfaces.ui.charts.worked import twenty
from waymark.library.instruments import INSTRUMENTS
from waymark.progress.signals.score_signal import ScoreFinding
from waymark.progress.signals.signal import Tone, Verdict
from waymark.progress.telling.belief_words import believed, looking_ahead
from waymark.progress.telling.scores import is_harder
from waymark.progress.telling.told import Told
from waymark.record.people.queries import Colleague
from waymark.record.timeline.queries import Course

Remarks = Mapping[tuple[str, UUID], Any]
NAMED: dict[bool | None, str] = {True: "fits", False: "not-how-it-feels"}
NOTHING_SAID = frozenset({Verdict.TOO_EARLY, Verdict.NOT_JUDGED})
"""Where nothing is claimed there is nothing that could fit; words can be added all the same."""
FEELS = {True: _("It fits"), False: _("Not how it feels"), None: ""}


def key_of(one: Course) -> str:
    """Tells two courses on one page apart."""
    return f"{one.instrument}-{one.scale.id}"


def about(finding: ScoreFinding, one: Course) -> str:
    """Which finding a form answers: the signal, and the score that was the last one then."""
    return f"{finding.signal}.{one.last.id}"


def card_of(
    one: Course,
    team: Sequence[Colleague],
    remarks: Remarks,
    typed: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """All that a page shows of a course. ``typed`` holds words that could not be kept, by `about`.

    A worsening that the first against the last does not name stands before it.
    """
    harder = any(each.verdict is Verdict.WORSE for each in one.further)
    ordered = sorted((one.findings[0], *one.further), key=lambda each: not is_harder(each))
    told = [_told(each, one, team=team, plain=harder) for each in ordered]
    first, *rest = (
        _finding(each, one, said, remarks, typed or {})
        for each, said in zip(ordered, told, strict=True)
    )
    for number, each in enumerate(rest, 1):
        each["id"] = f"{key_of(one)}-{number}"
    return {
        "course": one,
        "instrument": INSTRUMENTS[one.instrument],
        "told": told[0],
        "finding": first,
        "further": rest,
        "next_step": next((said.next_step for said in told if said.next_step), ""),
        "expected": looking_ahead(one.ahead) if one.ahead else None,
        "key": key_of(one),
        "drawn": drawn(one.series, headline=told[0].headline, ahead=one.ahead),
        "first": one.spoken_of[0],
        "last": one.spoken_of[-1],
        "n": one.n,
    }


def _told(finding: ScoreFinding, one: Course, *, team: Sequence[Colleague], plain: bool) -> Told:
    """The words; no chip cheers where something else on the card got harder."""
    lead = finding is one.findings[0]
    told = told_of([one], team=team) if lead else told_alone(finding, one, team=team)
    if not plain:
        return told
    quiet = (replace(chip, kind=Tone.PLAIN) if chip.kind is Tone.GOOD else chip
             for chip in told.chips)  # fmt: skip
    return replace(told, chips=tuple(quiet))


def _finding(
    finding: ScoreFinding, one: Course, told: Told, remarks: Remarks, typed: Mapping[str, str]
) -> dict[str, Any]:
    """One finding with the client's own answer to it."""
    held = remarks.get((finding.signal, one.last.id))
    body = held.body if held else {}
    fits: bool | None = body.get("fits")
    return {
        "about": about(finding, one),
        "unasked": finding.verdict in NOTHING_SAID,
        "headline": told.headline,
        "detail": told.detail,
        "chips": told.chips,
        "how_url": reverse("how-we-know"),
        "answer": NAMED.get(fits, ""),
        "words": typed.get(about(finding, one), body.get("words", "")),
    }


def said_before(row: Any) -> dict[str, Any]:
    """What the client answered to an earlier finding; its name is a clinician's word."""
    return {
        "at": row.made_at,
        "measure": INSTRUMENTS[row.instrument].short,
        "felt": FEELS[row.body.get("fits")],
        "words": row.body.get("words", ""),
    }


def explained(one: Course, *, team: Sequence[Colleague]) -> dict[str, Any]:
    """How each figure of a course is known, for the page that says so."""
    told = told_of([one], team=team)
    others = [told_alone(each, one, team=team) for each in one.further]
    return {
        "instrument": INSTRUMENTS[one.instrument],
        "told": told,
        "together": _all_answers(one, team=team),
        "others": [each for each in others if not _is_of_all(each, one, team=team)],
    }


def _all_answers(one: Course, *, team: Sequence[Colleague]) -> dict[str, Any] | None:
    """What all answers come to, and in how many of 20 cases that would be right."""
    finding = one.together
    if finding is None or finding.evidence.together is None:
        return None
    sure = int(believed(finding.evidence.together)["sure"])
    claimed = finding.verdict in {Verdict.BETTER, Verdict.WORSE}
    return {
        "told": told_alone(finding, one, team=team),
        "twenty": twenty(sure) if claimed else "",
    }


def _is_of_all(told: Told, one: Course, *, team: Sequence[Colleague]) -> bool:
    return one.together is not None and told == told_alone(one.together, one, team=team)
