"""What a line of the audit log weighs, with its link and its indexes: the table only grows."""

from datetime import UTC, datetime
from uuid import uuid4

from bench.clinic import open_clinic

LINES = 20_000


def main() -> None:
    open_clinic()
    from django.db import connection

    from waymark.access.vocabulary import Action, system
    from waymark.record.audit.actions import write_readings
    from waymark.record.audit.chain import link
    from waymark.record.people.queries import all_clinics

    (clinic,) = all_clinics()
    link(clinic.pk)
    before, people = _bytes(), [uuid4() for _ in range(50)]
    for n in range(LINES):
        by = system(clinic.pk)
        subject = people[n % len(people)]
        at = datetime.now(UTC)
        write_readings(Action.READ_CASELOAD, by=by, at=at, subjects=[subject], reason="shown")
    while link(clinic.pk):
        pass
    print(f"| an audit line on {connection.vendor} | {(_bytes() - before) / LINES:.0f} bytes |")


def _bytes() -> int:
    """What both tables and their indexes take."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT pg_total_relation_size('audit_line') + pg_total_relation_size('audit_link')"
            )
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    main()
