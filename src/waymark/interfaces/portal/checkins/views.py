"""Checking in, what was kept, and the days before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from waymark.access.vocabulary import Action, Viewer
from waymark.interfaces.endpoint import endpoint, key_from
from waymark.interfaces.portal.checkins import sheet
from waymark.interfaces.portal.checkins.looking_back import as_csv, days_back, in_days, lined
from waymark.interfaces.portal.danger import crisis_after, rests
from waymark.interfaces.portal.frame import framed, me
from waymark.library.item import Question
from waymark.library.item_answer import ItemAnswer
from waymark.progress.days.skills import skills_used
from waymark.record.checkins import actions
from waymark.record.checkins.queries import (
    Kept,
    check_in_of,
    check_ins_since,
    every_check_in,
    given_by_item,
    hard_days,
    tracked_by,
)
from waymark.record.checkins.said import Said
from waymark.record.checkins.tracking import Tracked
from waymark.record.people.queries import one_at_a_time_of
from waymark.record.sharing.queries import shared_now, streams_of
from waymark.record.tenancy.action import Invalid
from waymark.record.tenancy.days import day_of

ACT = Action.KEEP_CHECK_INS
DAY = timedelta(days=1)
KNOWN_FOR = 90 * DAY  # a skill that was named within that time is offered
WEEK = 6 * DAY
BACK = 28


@dataclass(frozen=True, slots=True)
class Before:
    """What was said of late, as far as a form needs it."""

    skills: tuple[str, ...]
    lately: frozenset[str]


def _before(viewer: Viewer, tracked: Tracked, today: date) -> Before:
    kept = check_ins_since(viewer, today - KNOWN_FOR)
    given = given_by_item(kept, tracked)
    used = skills_used(given.get("coping-use", ()), first=today - KNOWN_FOR, last=today)
    week = {one.item for each in kept if each.day > today - WEEK - DAY for one in each.said.answers}
    return Before(tuple(one.skill for one in used), frozenset(week))


@endpoint(ACT, methods=("GET", "POST"))
def check_in(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """The questions of today, or of yesterday; sent, they are kept."""
    if request.method == "GET" and _rests(viewer, at=at):
        return redirect("today")
    tracked, today = tracked_by(viewer), _today(viewer, at=at)
    wanted = today - DAY if request.GET.get("day") == "yesterday" else today
    if request.method == "POST":
        wanted = parse_date(request.POST.get("day", "")) or today
    before = _before(viewer, tracked, wanted)
    questions = tracked.asked(lately=before.lately)
    wrong: Mapping[str, str] = {}
    if request.method == "POST":
        try:
            given = sheet.given(request.POST, questions)
            wrong = given.wrong
            if not wrong:
                return redirect(
                    "kept-check-in", _recorded(request, viewer, wanted, given.said, at=at)
                )
        except Invalid as refused:
            messages.error(request, refused.message)
    page = _page(viewer, questions, before, day=wanted, wrong=wrong)
    page |= {"today": today, "opened": _opened(request, at=at), "crisis": _crisis(viewer, at=at)}
    status = 422 if request.method == "POST" else 200
    return framed(request, "checkins/check_in.html", viewer=viewer, status=status, **page)


def _opened(request: HttpRequest, *, at: datetime) -> str:
    """When the form was opened first, by the clock that stood over it then."""
    return request.POST.get("opened") or timezone.localtime(at).isoformat()


def _recorded(request: HttpRequest, viewer: Viewer, day: date, said: Said, *, at: datetime) -> UUID:
    opened = parse_datetime(request.POST.get("opened", ""))
    if opened is not None and opened.utcoffset() is None:
        opened = None
    what = actions.ToRecord(day, said, opened)
    row = actions.record(me(viewer, ACT), what=what, by=viewer, at=at, id=key_from(request))
    return UUID(str(row.pk))


@endpoint(ACT, methods=("POST",))
def first(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """The first question, answered on Today: kept with that one tap, and the others follow."""
    tracked = tracked_by(viewer)
    questions = [one for one in tracked.asked() if one.id in request.POST]
    day = parse_date(request.POST.get("day", "")) or _today(viewer, at=at)
    try:
        given = sheet.given(request.POST, questions)
        if given.wrong or given.said.nothing:
            return redirect("check-in")
        id = _recorded(request, viewer, day, given.said, at=at)
    except Invalid as refused:
        messages.error(request, refused.message)
        return redirect("check-in")
    return redirect(f"{reverse('change-check-in', args=[id])}#{_next_of(tracked, questions)}")


def _next_of(tracked: Tracked, answered: list[Question]) -> str:
    """Where the page of questions goes on."""
    done = {one.id for one in answered}
    left = [one.id for one in tracked.asked() if one.id not in done]
    return f"q-{left[0] if left else 'words'}"


@endpoint(ACT, methods=("GET", "POST"))
def change(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """Go on with what was begun, change an answer, or take one back to none."""
    held, tracked = check_in_of(viewer, id), tracked_by(viewer)
    before = _before(viewer, tracked, held.day)
    questions = _questions_of(held, tracked, before)
    wrong: Mapping[str, str] = {}
    if request.method == "POST":
        try:
            given = sheet.given(request.POST, questions)
            wrong = given.wrong
            if not wrong:
                patient = me(viewer, ACT)
                actions.change(patient, check_in=id, said=given.said, by=viewer, at=at)
                return redirect("kept-check-in", id)
        except Invalid as refused:
            messages.error(request, refused.message)
    page = _page(viewer, questions, before, day=held.day, held=held.said, wrong=wrong)
    page |= {"change": id, "crisis": _crisis(viewer, at=at)}
    status = 422 if request.method == "POST" else 200
    return framed(request, "checkins/check_in.html", viewer=viewer, status=status, **page)


def _questions_of(held: Kept, tracked: Tracked, before: Before) -> tuple[Question, ...]:
    """What is asked now, and what was answered and is asked no more: nothing gets lost."""
    answered = {one.item for one in held.said.answers}
    now = tracked.asked(lately=before.lately - answered)
    known = tracked.questions()
    shown = {(one.id, one.version) for one in now}
    more = [known[one.item, one.version] for one in held.said.answers
            if (one.item, one.version) not in shown]  # fmt: skip
    return (*now, *more)


@endpoint(ACT)
def kept(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """What was said, on how many of the last days, and nothing more."""
    held, tracked, today = check_in_of(viewer, id), tracked_by(viewer), _today(viewer, at=at)
    week = check_ins_since(viewer, today - WEEK)
    return framed(
        request,
        "checkins/kept.html",
        viewer=viewer,
        place="today",
        held=lined(held, tracked),
        day=held.day,
        today=today,
        n=in_days(week, today=today),
        week=_week(week, today),
        open_still=held.day >= today - DAY,
        shared=shared_now(viewer, ACT, [id]).get(id),
        switch=streams_of(viewer, ACT, me(viewer, ACT).pk).get("check-in"),
        crisis=_crisis(viewer, at=at),
    )


def _week(kept: list[Kept], today: date) -> list[dict[str, Any]]:
    days = {one.day: one.back_filled for one in reversed(kept)}
    order = [today - DAY * back for back in range(6, -1, -1)]
    return [{"day": day, "there": day in days, "later": days.get(day)} for day in order]


@endpoint(ACT, methods=("POST",))
def take_back(request: HttpRequest, *, viewer: Viewer, at: datetime, id: UUID) -> HttpResponse:
    """As if it had not been said."""
    try:
        actions.take_back(me(viewer, ACT), check_in=id, by=viewer, at=at)
        messages.success(request, _("Taken back. The day is open again, and can stay so."))
    except Invalid as refused:
        messages.error(request, refused.message)
    return redirect("check-ins")


@endpoint(ACT)
def look_back(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """Four weeks at a time, newest first; a day without a check-in is a gap."""
    today = _today(viewer, at=at)
    last = min(parse_date(request.GET.get("upto", "")) or today, today)
    first_shown = last - DAY * (BACK - 1)
    tracked = tracked_by(viewer)
    kept = [one for one in check_ins_since(viewer, first_shown) if one.day <= last]
    days = days_back(kept, tracked, last=last, days=BACK, hard=set(hard_days(viewer)))
    return framed(
        request,
        "checkins/look_back.html",
        viewer=viewer,
        place="progress",
        days=days,
        n=in_days(kept, today=last, days=BACK),
        last=last,
        first=first_shown,
        earlier=first_shown - DAY,
        today=today,
    )


@endpoint(ACT, methods=("POST",))
def as_file(request: HttpRequest, *, viewer: Viewer, at: datetime) -> HttpResponse:
    """All of them as a table for a spreadsheet, to take along."""
    text = as_csv(every_check_in(viewer), tracked_by(viewer))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="check-ins.csv"'
    return response


def _page(
    viewer: Viewer,
    questions: tuple[Question, ...],
    before: Before,
    *,
    day: date,
    held: Said | None = None,
    wrong: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    answers = _answers(held, questions)
    return {
        "place": "today",
        "day": day,
        "asked": sheet.sheet(questions, held=answers, skills=before.skills, wrong=wrong),
        "total": len(questions) + 1,
        "feelings": sheet.feelings(held),
        "own_words": sheet.own_words(held),
        "regions": sheet.regions(held),
        "one_at_a_time": one_at_a_time_of(viewer, ACT, me(viewer, ACT)),
    }


def _answers(held: Said | None, questions: tuple[Question, ...]) -> dict[str, ItemAnswer]:
    if held is None:
        return {}
    found = {one.id: held.to(one) for one in questions}
    return {id: answer for id, answer in found.items() if answer is not None}


def _today(viewer: Viewer, *, at: datetime) -> date:
    return day_of(at, zone=me(viewer, ACT).zone)


def _rests(viewer: Viewer, *, at: datetime) -> bool:
    """Whether nothing more is asked of them today."""
    return rests(viewer, ACT, at=at)


def _crisis(viewer: Viewer, *, at: datetime) -> dict[str, Any] | None:
    """Help, on the page that follows words in which danger was heard."""
    return crisis_after(viewer, at=at) if _rests(viewer, at=at) else None
