"""What a page costs, as a multiple of a bare view behind the same middleware."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import timedelta
from statistics import median
from time import process_time
from unittest.mock import patch
from uuid import UUID

from bench.clinic import open_clinic, signed_in
from bench.clock import alternated

ROUNDS = 31
FOUR = "Belief, expected course, gains and change"


def main() -> None:
    open_clinic()
    from django.urls import reverse

    sam, okafor = signed_in("sam"), signed_in("okafor@demo.example")
    submit = submitting()
    calls = {
        "bare view": lambda: sam.get(reverse("healthz")),
        "first page": lambda: sam.get(reverse("today")),
        "progress page (20 + 10 scores)": lambda: sam.get(reverse("progress")),
        "caseload (8 clients)": lambda: okafor.get(reverse("caseload")),
        "submit a PHQ-9": submit,
    }
    costs = alternated(calls, rounds=7, each=5)
    bare = costs["bare view"]
    print("| page | CPU ms | times a bare view |\n|---|---|---|")
    for name, seconds in costs.items():
        print(f"| {name} | {seconds * 1000:.1f} | {seconds / bare:.0f} |")
    print()
    _judging("the client's own page", lambda: sam.get(reverse("progress")))
    _judging(
        "their clinician's page", lambda: okafor.get(reverse("client", args=[_patient("sam")]))
    )
    _sending()
    print()


def _sending() -> None:
    """What the findings of a course cost beside the request that brings its newest score."""
    from django.urls import reverse

    sam, findings, spent = signed_in("sam"), _findings(), {"send": [], "read": [], "judge": []}
    for _ in range(ROUNDS):
        form = sam.post(reverse("start"), {"instrument": "gad-7"})["Location"]
        answers = {f"q{item}": "1" for item in range(1, 9)}
        sent = _timed(sam.post, spent["send"])(form, answers)["Location"]
        _timed(findings, spent["judge"])()
        _timed(sam.get, spent["read"])(sent)
    send, read, judge = (median(spent[name]) for name in ("send", "read", "judge"))
    print(
        f"A GAD-7 is sent: {send * 1e3:.1f} ms, and {read * 1e3:.1f} for the page that answers. "
        f"{FOUR} of one course of 20 scores: {judge * 1e3:.2f} ms, {judge / send:.1%} of sending "
        f"it, {judge / (send + read):.1%} of both."
    )


def _findings() -> Callable[[], object]:
    from waymark.library.instruments import INSTRUMENTS
    from waymark.progress.change.belief import believe
    from waymark.progress.change.reference import reference_for
    from waymark.progress.change.reliable_change import compare
    from waymark.progress.change.sudden_gains import GainCriteria, sudden_by_session
    from waymark.progress.course.expected import cold_phq9, follow

    scale, course = INSTRUMENTS["phq-9"].scale("total"), cold_phq9()
    reference = reference_for("phq-9", scale)
    weeks, scores = (
        range(20),
        [18, 16, 20, 14, 16, 12, 18, 10, 8, 12, 4, 6, 2, 8, 10, 9, 8, 6, 8, 7],
    )
    sessions = [week + 1 for week in weeks]

    def findings() -> object:
        return (
            believe(weeks, scores, reference=reference, each=False).last,
            follow(sessions, scores, course=course, since=20),
            [
                sudden_by_session(sessions, scores, rule=GainCriteria(6), losses=losses)
                for losses in (False, True)
            ],
            compare(scores[0], scores[-1], scale=scale),
        )

    return findings


def _judging(page: str, look: Callable[[], object]) -> None:
    """What share of a page is judging: every finding of every course, and the figures beside."""
    from waymark.progress.change.belief import Judged
    from waymark.progress.course import evidence, projection, whole_course
    from waymark.record.timeline import queries

    beliefs = vars(Judged)["beliefs"]
    every = [
        (queries, "judge"),
        (queries, "judge_beyond"),
        (queries, "projection_of"),
        (Judged, "band"),
    ]
    four = [
        (whole_course, "believe"),
        (beliefs, "func"),
        (projection, "follow"),
        (whole_course, "sudden_by_session"),
        (evidence, "compare"),
    ]
    for told, watched in (("Judging", every), (FOUR, four)):
        whole, spent = _share(look, watched)
        print(f"{told} on {page}: {spent * 1e3:.2f} of {whole * 1e3:.1f} ms, {spent / whole:.1%}.")


def _share(
    look: Callable[[], object], watched: Sequence[tuple[object, str]]
) -> tuple[float, float]:
    """CPU seconds of a page, and those it spends in what is watched."""
    spent: list[float] = []
    with ExitStack() as patches:
        for holder, name in watched:
            timed = _timed(getattr(holder, name), spent)
            patches.enter_context(patch.object(holder, name, timed))
        look()
        spent.clear()
        whole = alternated({"page": look}, rounds=ROUNDS, each=1)["page"]
    return whole, sum(spent) / ROUNDS


def _timed(call: Callable[..., object], spent: list[float]) -> Callable[..., object]:
    def timed(*given: object, **named: object) -> object:
        start = process_time()
        try:
            return call(*given, **named)
        finally:
            spent.append(process_time() - start)

    return timed


def _patient(login: str) -> UUID:
    from waymark.record.people.queries import account_by_login, viewer_of
    from waymark.record.tenancy.row_security import across_clinics

    with across_clinics():
        return viewer_of(account_by_login(login).pk).patient


def submitting(login: str = "quinn") -> "object":
    """Each call gives an administration and submits it, through the actions a page calls."""
    from waymark.access.vocabulary import Action
    from waymark.interfaces.cli.owner.demo_data import answers_of
    from waymark.interfaces.endpoint import now
    from waymark.record.assessments import actions
    from waymark.record.people.queries import account_by_login, patient_for, viewer_of
    from waymark.record.tenancy.row_security import across_clinics

    with across_clinics():
        okafor = viewer_of(account_by_login("okafor@demo.example").pk)
        quinn = viewer_of(account_by_login(login).pk)
        patient = patient_for(okafor, Action.ENTER_ANSWERS, quinn.patient)

    def submit() -> None:
        at = now()
        actions.enter(
            patient,
            instrument="phq-9",
            answers=answers_of("phq-9", 9),
            came=actions.Entry("paper", (at - timedelta(days=1)).date()),  # past in any zone
            by=okafor,
            at=at,
        )

    return submit


if __name__ == "__main__":
    main()
