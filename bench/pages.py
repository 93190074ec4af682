"""What a page costs, as a multiple of a bare view behind the same middleware."""

from bench.clinic import open_clinic, signed_in
from bench.clock import alternated


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
            came=actions.Entry("paper", at.date()),
            by=okafor,
            at=at,
        )

    return submit


if __name__ == "__main__":
    main()
