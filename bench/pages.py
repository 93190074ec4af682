"""What a page costs, as a multiple of a bare view behind the same middleware."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from time import process_time
from unittest.mock import patch
from uuid import UUID

from bench.clinic import open_clinic, signed_in
from bench.clock import alternated

ROUNDS = 31


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
    print()


def _judging(page: str, look: Callable[[], object]) -> None:
    """What share of a page is judging: every finding of every course, and the figures beside."""
    from waymark.progress.belief import Judged
    from waymark.record.timeline import queries

    spent: list[float] = []
    watched = [
        (queries, "judge"),
        (queries, "judge_beyond"),
        (queries, "ahead_of"),
        (Judged, "band"),
    ]
    with ExitStack() as patches:
        for holder, name in watched:
            timed = _timed(getattr(holder, name), spent)
            patches.enter_context(patch.object(holder, name, timed))
        look()
        spent.clear()
        whole = alternated({page: look}, rounds=ROUNDS, each=1)[page]
    judging = sum(spent) / ROUNDS
    print(f"Judging on {page}: {judging * 1e3:.2f} of {whole * 1e3:.1f} ms, {judging / whole:.1%}.")


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
    from waymark.record.people.wall import opened

    with opened():
        return viewer_of(account_by_login(login).pk).patient


def submitting(login: str = "quinn") -> "object":
    """Each call gives an administration and submits it, through the actions a page calls."""
    from waymark.access.vocabulary import Action
    from waymark.interfaces.cli.cast import answers_of
    from waymark.interfaces.endpoint import now
    from waymark.record.assessments import actions
    from waymark.record.people.queries import account_by_login, patient_for, viewer_of
    from waymark.record.people.wall import opened

    with opened():
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
