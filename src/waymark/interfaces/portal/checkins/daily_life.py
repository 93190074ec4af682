"""Small changes in daily life: each item by itself, coming back from hard days, early signs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.endpoint import endpoint
from waymark.interfaces.portal.danger import standing
from waymark.interfaces.portal.frame import framed, me
from waymark.library.item import DOMAINS, CheckInItem, Domain, Question
from waymark.library.win import WIN_TYPES
from waymark.progress.days.daily_change import Way
from waymark.progress.days.daily_life import DailyLife, ItemDays, daily_life
from waymark.progress.signals.checkin_signal import About, DayFinding
from waymark.progress.telling.checkins import tell_day
from waymark.progress.telling.daily_life import (
    Said,
    ToldMove,
    anything_harder,
    findings_of,
    of_one,
    tell_moves,
    without_reader,
)
from waymark.progress.telling.told import NEXT_STEP, Audience
from waymark.record.checkins.queries import every_check_in, given_by_item, hard_days, tracked_by
from waymark.record.checkins.tracking import Tracked, called
from waymark.record.people.queries import care_team_of
from waymark.record.tenancy.days import day_of
from waymark.record.wins.happening import Sort
from waymark.record.wins.queries import Kept, wins_of

ACT = Action.READ_OWN_PROGRESS
BACK = (About.RETURN, About.HIT)
WINS_LOOKED_THROUGH = 40
BACK_ITEM = "react-duration"


@endpoint(ACT)
def page(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """The sentence first, its n below, and the client's own words where there are some."""
    patient, tracked = me(viewer, ACT), tracked_by(viewer, ACT)
    life = _judged(viewer, tracked, at=at)
    held = standing(viewer, ACT, at=at)
    team = care_team_of(viewer, ACT, patient)
    person = team[0].name if team else _("your therapist")
    findings = findings_of(life, *About)
    harder = anything_harder(life, findings)
    moves = tell_moves(life, harder=harder)
    wins = {} if held else _wins(viewer)
    shown = [_move(one, wins) for one in moves]
    return framed(
        request,
        "checkins/daily_life.html",
        viewer=viewer,
        place="progress",
        standing=held,
        moves=[one for one in shown if one["id"] != BACK_ITEM],
        settling=next((one for one in shown if one["id"] == BACK_ITEM), None),
        back=[_found(one, tracked, person, harder=harder) for one in _of_back(findings)],
        signs=[
            _found(one, tracked, person, harder=harder) for one in of_one(findings, About.WARNING)
        ],
        harder=harder,
        next_step=_next_step(person) if harder else "",
        hard_days=life.hard_days,
        heading=_heading(moves, harder=harder),
    )


def _of_back(findings: Sequence[DayFinding]) -> list[DayFinding]:
    return [one for look in BACK for one in of_one(findings, look)]


def _judged(viewer: Viewer, tracked: Tracked, *, at: datetime) -> DailyLife:
    given = given_by_item(every_check_in(viewer, ACT), tracked)
    asked = [(tracked.question(id), said) for id, said in given.items()]
    items = [ItemDays(one, tuple(said)) for one, said in asked if one is not None]
    today = day_of(at, zone=me(viewer, ACT).zone)
    return daily_life(items, hard=hard_days(viewer, ACT), today=today)


def _heading(moves: Sequence[ToldMove], *, harder: bool) -> str:
    """What is hardest is said in the heading; nothing is added up."""
    ways = {one.moved.change.way for one in moves} - {None}
    if harder:
        some = Way.EASIER in ways
        return _("Not all of it is easier.") if some else _("Some of it is harder.")
    return _("Some of it is easier.") if ways else _("Small changes in daily life")


def _move(one: ToldMove, wins: dict[Domain, Kept]) -> dict[str, Any]:
    question = one.moved.question
    domain = question.domain if isinstance(question, CheckInItem) else None
    return {
        "id": question.id,
        "domain": _(DOMAINS[domain]) if domain else _("Your own question"),
        "called": called(question),
        "headline": _(one.headline).format(called=called(question)),
        "detail": _sentence(one.detail),
        "chip": _(one.chip),
        "kind": one.tone,
        "harder": one.harder,
        "then": _window(one.then),
        "now": _window(one.now) if one.now else "",
        "ready": one.moved.change.ready_on,
        "win": wins.get(domain) if domain and not one.harder else None,
    }


def _sentence(said: Said) -> str:
    filled = {name: _days(value) if name.endswith("_n") else value
              for name, value in said.filled.items()}  # fmt: skip
    return _(said.words).format(**filled)


def _window(figure: tuple[str, int]) -> str:
    return f"{figure[0]} ({_days(figure[1])})" if figure[0] else _days(figure[1])


def _days(n: str | int) -> str:
    number = int(n)
    return ngettext("%(n)d day", "%(n)d days", number) % {"n": number}


def _found(finding: DayFinding, tracked: Tracked, person: str, *, harder: bool) -> dict[str, Any]:
    question = tracked.question(finding.evidence.item)
    told = tell_day(
        finding,
        to=Audience.CLIENT,
        called=_in_a_sentence(question),
        person=person,
        harder=harder,
    )
    return {
        "headline": told.headline,
        "detail": told.detail,
        "chips": told.chips,
        "next_step": without_reader(told.next_step, person=person),
        "how": told.how_we_know,
    }


def _in_a_sentence(question: Question | None) -> str:
    return called(question) if question is not None else ""


def _next_step(person: str) -> str:
    words = NEXT_STEP[Audience.CLIENT].format(person=person, Person=person[:1].upper() + person[1:])
    return without_reader(words, person=person)


def _wins(viewer: Viewer) -> dict[Domain, Kept]:
    """The newest small win of each domain, in its writer's own words."""
    found: dict[Domain, Kept] = {}
    for one in wins_of(viewer, size=WINS_LOOKED_THROUGH).kept:
        kind = WIN_TYPES.get(one.happening.type)
        if kind and kind.domain and one.happening.sort is Sort.WIN:
            found.setdefault(kind.domain, one)
    return found
