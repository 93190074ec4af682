"""What it costs to open ten thousand sealed words of one client: one by one, and at once."""

from collections.abc import Callable
from datetime import UTC, datetime
from time import process_time
from uuid import uuid4

from bench.clinic import open_clinic

ROWS = 10_000
WORDS = {"fits": None, "words": "It was a week in which little went as it was planned. " * 17}


def main() -> None:
    open_clinic()
    from django.db import transaction

    from waymark.record.tenancy.models import Patient
    from waymark.record.tenancy.paging import leaf
    from waymark.record.tenancy.row_security import across_clinics
    from waymark.record.tenancy.scope import everyone
    from waymark.record.timeline.models import Remark
    from waymark.record.vault.batch import open_all, open_values
    from waymark.record.vault.openings import audited_reads

    with (
        transaction.atomic(),
        across_clinics(),
        everyone("the bench measures opening"),
        audited_reads(),
    ):
        client = Patient.objects.all()[0]
        _fill(client)
        rows = Remark.objects.filter(patient=client, signal="bench")
        fetched = _spent(lambda: list(rows.all()))
        one_by_one = _spent(lambda: [row.body for row in rows.all()])
        at_once = _spent(lambda: open_all(rows.all(), "body"))
        page = _spent(lambda: open_all(leaf(rows.all(), size=30).rows, "body"))
        alone = _spent(lambda: open_values(rows.all(), "body", owner=client.sealed_for()))
        transaction.set_rollback(True)
    print(f"| {ROWS} rows of 1 kB fetched, not opened | {fetched * 1e3:.0f} ms CPU |")
    print(f"| opened one by one, beyond that | {(one_by_one - fetched) * 1e3:.0f} ms CPU |")
    print(f"| the newest 30 of them, fetched and opened | {page * 1e3:.1f} ms CPU |")
    print(f"| values alone, fetched and opened at once | {alone * 1e3:.0f} ms CPU |")
    print(f"| opened at once, beyond that | {(at_once - fetched) * 1e3:.0f} ms CPU |")


def _fill(client: object) -> None:
    from waymark.record.timeline.models import Remark

    made = datetime.now(UTC)
    Remark.objects.bulk_create(
        Remark(
            patient=client,
            clinic=client.clinic,  # type: ignore[attr-defined]
            signal="bench",
            instrument="phq-9",
            scale="total",
            last_score=uuid4(),
            made_at=made,
            body=WORDS,
        )
        for _ in range(ROWS)
    )


def _spent(call: Callable[[], object]) -> float:
    """The least CPU seconds of three rounds."""
    taken = []
    for _ in range(3):
        start = process_time()
        call()
        taken.append(process_time() - start)
    return min(taken)


if __name__ == "__main__":
    main()
