"""Steps that many tests of the record take, each of them through actions."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from datetime import date, datetime
from threading import Thread
from time import monotonic, sleep
from typing import Any
from uuid import UUID

from django.db import connection, connections
from django.db.models import Model

from tests.cast import NOON, WEEKDAYS, Cast, found, give_number, hire, looking, welcome
from waymark.access.vocabulary import Role
from waymark.record.assessments import actions as assessments
from waymark.record.assessments.models import Administration, Response
from waymark.record.outbox.models import Message
from waymark.record.people import actions as people
from waymark.record.safety import actions as safety
from waymark.record.safety.models import Concern, ConcernEntry
from waymark.record.tenancy.models import Clinic

TODAY = date(2026, 3, 2)
ITEMS = [f"q{n}" for n in range(1, 10)]


def phq9(q9: int = 0, *, rest: int = 1) -> dict[str, int | None]:
    """All nine answers: ``rest`` to the first eight, and the ninth."""
    return dict.fromkeys(ITEMS, rest) | {"q9": q9}


def totaling(total: int) -> dict[str, int | None]:
    """Nine answers that add up to ``total``, the ninth a calm 0; at most 24."""
    answers: dict[str, int | None] = {}
    for item in ITEMS[:8]:
        answers[item] = min(3, total - sum(value or 0 for value in answers.values()))
    return answers | {"q9": 0}


def give(cast: Cast, client: str, instrument: str = "phq-9", **given: Any) -> Administration:
    """The client's clinician gives the instrument; what waits is handed back."""
    clinician = "ben" if client == "ana" else "gil"
    patient = cast.patients[client]
    given = {"starts_on": TODAY, "at": NOON, **given}
    assessments.assign(patient, instrument=instrument, by=cast.viewer(clinician), **given)
    return waiting(cast, client, instrument)


def waiting(cast: Cast, client: str, instrument: str = "phq-9") -> Administration:
    with looking():
        rows = Administration.objects.select_related("patient", "clinic")
        return rows.get(
            patient=cast.patients[client], instrument=instrument, state__in=("due", "open")
        )


def answer(
    cast: Cast,
    client: str,
    answers: Mapping[str, int | None],
    *,
    at: datetime = NOON,
    instrument: str = "phq-9",
) -> Response:
    """The client is given the instrument and sends these answers."""
    administration = give(cast, client, instrument, starts_on=at.date(), at=at)
    done: Response = assessments.submit(
        administration, answers=answers, by=cast.viewer(client), at=at
    )
    return done


def concern_of(cast: Cast, client: str) -> Concern | None:
    """The client's open concern, as it stands in the table now."""
    with looking():
        rows = Concern.objects.filter(patient=cast.patients[client]).exclude(state="closed")
        return rows.select_related("patient", "clinic", "owner").first()


def entries_of(cast: Cast, client: str) -> list[ConcernEntry]:
    """The history of the client's concerns, opened, in order."""
    with looking():
        rows = ConcernEntry.objects.filter(patient=cast.patients[client]).order_by("at", "pk")
        return [entry for entry in rows if entry.body is not None]


def told(kind: str, *, since: datetime = NOON) -> list[UUID | None]:
    """The accounts that messages of this kind are for, in the order they were written."""
    rows = Message.objects.filter(kind=kind, made_at__gte=since).order_by("pk")
    return list(rows.values_list("account", flat=True))


def riverside() -> Cast:
    """A second clinic with its own people: Rex administers, Cleo treats Zoe."""
    if connection.vendor == "postgresql":
        clinic = found("Riverside")
    else:  # the product refuses it here; the row is made by hand to try what else holds
        clinic = Clinic.objects.create(
            name="Riverside", zone="America/New_York", region="US", made_at=NOON
        )
    other = Cast(clinic)
    hire(other, "rex", Role.ADMINISTRATOR)
    hire(other, "cleo", Role.CLINICIAN, licensed=True)
    cleo, rex = other.memberships["cleo"], other.viewer("rex")
    give_number(clinic, by=rex)
    people.set_duties(clinic, safety_lead=cleo, primary=cleo, backup=None, by=rex, at=NOON)
    people.set_hours(clinic, by_day=WEEKDAYS, holidays=[], after_hours="Call 988.", by=rex, at=NOON)
    safety.sign_policy(
        clinic,
        timers={"review": 1, "same-day": 4, "urgent": 15},
        review_on=date(2027, 2, 1),
        outside_backup="eve@elsewhere.example",
        by=rex,
        at=NOON,
    )
    welcome(other, "zoe", clinician="cleo")
    return other


def together(*deeds: Any, locked: Model | None = None, patience: float = 60) -> list[Any]:
    """Do all at the same time, each in a thread; returns what each gave, or its error.

    With ``locked`` (PostgreSQL) nobody gets past that row before everybody has come to it. Who is
    not done after ``patience`` seconds gives None.
    """
    results: list[Any] = [None] * len(deeds)

    def do(n: int) -> None:
        try:
            results[n] = deeds[n]()
        except Exception as error:
            results[n] = error
        finally:
            connections.close_all()

    threads = [Thread(target=do, args=(n,)) for n in range(len(deeds))]
    with _gate(locked, len(deeds)) if locked else nullcontext():
        for thread in threads:
            thread.start()
    end = monotonic() + patience
    for thread in threads:
        thread.join(timeout=max(0, end - monotonic()))
    return results


@contextmanager
def _gate(row: Model, comers: int) -> Iterator[None]:
    """Hold the row until so many others wait for a lock."""
    keeper = connections.create_connection("default")
    keeper.set_autocommit(False)
    try:
        with keeper.cursor() as cursor:
            table = keeper.ops.quote_name(row._meta.db_table)
            cursor.execute("SELECT set_config('waymark.open', 'yes', true)")
            cursor.execute(f"SELECT 1 FROM {table} WHERE id = %s FOR UPDATE", [row.pk])
            assert cursor.fetchone(), "the row to be locked is not there"
            yield
            _wait_for(cursor, comers)
        keeper.commit()
    finally:
        keeper.close()


def _wait_for(cursor: Any, comers: int) -> None:
    for _ in range(200):
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        if cursor.fetchone()[0] >= comers:
            return
        sleep(0.05)
