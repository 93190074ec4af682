"""The chain over audit lines (figure F9): every change is found, at the first bad place.

    linked:   1 - 2 - 3 - 4 - 5 ...          an edit at 3 is found at 3
    cut:      1 - 2 - 3                      found only against a head that was kept elsewhere

Smoke: 60 random tampers; `WAYMARK_FULL=yes` tries 1,000.
"""

import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import sleep
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, connections, transaction
from django.db.models import Max

from tests.cast import NOON, Cast, after
from waymark.access.vocabulary import Action, Viewer, system
from waymark.record.audit import actions as audit
from waymark.record.audit.chain import START, Head, code_of, head_of, link, settled
from waymark.record.audit.models import AuditVerdict, Line, Link
from waymark.record.audit.walk import first_broken

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keyring"])
TAMPERS = 1000 if os.environ.get("WAYMARK_FULL") else 60
LENGTH = 24
HERE, ELSEWHERE = system(UUID(int=1)), system(UUID(int=2))


def write(by: Viewer, reason: str) -> None:
    audit.write(
        Action.RUN_CLOCK, by=by, at=NOON, subject=None, verdict=AuditVerdict.DONE, reason=reason
    )


def wait_until_settled() -> None:
    """On PostgreSQL the tests of another worker may hold a transaction open: link after it."""
    for _ in range(2400):
        if settled(Line.objects.all()).count() == Line.objects.count():
            return
        sleep(0.05)
    raise AssertionError("a transaction has been running for two minutes")


def chained(lines: int = LENGTH) -> Head:
    """Two clinics write in turn; both chains are linked. Returns the head of the first."""
    for n in range(lines):
        write(HERE, f"line {n}")
        write(ELSEWHERE, f"foreign {n}")
    wait_until_settled()
    link(HERE.clinic)
    link(ELSEWHERE.clinic)
    return head_of(HERE.clinic)


def held(place: int) -> Line:
    return Line.objects.get(pk=Link.objects.get(clinic=HERE.clinic, place=place).line)


ALTERED: dict[str, Any] = {
    "reason": "altered",
    "by": "somebody else",
    "action": "read-scores",
    "verdict": "refused",
    "at": after(days=1),
    "subject": UUID(int=9),
    "clinic": ELSEWHERE.clinic,
}


# Ways to tamper. Each changes the rows behind the product's back and returns where it must be seen.


def edit(place: int, chance: random.Random) -> int:
    column = chance.choice(list(ALTERED))
    Line.objects.filter(pk=held(place).pk).update(**{column: ALTERED[column]})
    return place


def remove_the_line(place: int, chance: random.Random) -> int:
    Line.objects.filter(pk=held(place).pk).delete()
    return place


def remove_line_and_link(place: int, chance: random.Random) -> int:
    Line.objects.filter(pk=held(place).pk).delete()
    Link.objects.filter(clinic=HERE.clinic, place=place).delete()
    return place


def remove_and_close_the_gap(place: int, chance: random.Random) -> int:
    remove_line_and_link(place, chance)
    for later in Link.objects.filter(clinic=HERE.clinic, place__gt=place).order_by("place"):
        Link.objects.filter(pk=later.pk).update(place=later.place - 1)
    return place


def insert(place: int, chance: random.Random) -> int:
    """The other clinic's line that stands just before this place is passed off as ours."""
    before = Line.objects.filter(clinic=ELSEWHERE.clinic, pk__lt=held(place).pk).order_by("-pk")[0]
    Link.objects.filter(line=before.pk).delete()
    Line.objects.filter(pk=before.pk).update(clinic=HERE.clinic)
    return place


def swap(place: int, chance: random.Random) -> int:
    one, other = held(place), held(chance.choice([n for n in range(1, LENGTH) if n != place]))
    Line.objects.filter(pk=one.pk).update(reason=other.reason)
    Line.objects.filter(pk=other.pk).update(reason=one.reason)
    return min(place, int(other.reason.split()[1]) + 1)


def renumber(place: int, chance: random.Random) -> int:
    """The line gets another number, and its link is made to follow."""
    before = held(place).pk
    Line.objects.filter(pk=before).update(id=before + 10**6)
    Link.objects.filter(clinic=HERE.clinic, place=place).update(line=before + 10**6)
    return place


def shift(place: int, chance: random.Random) -> int:
    """A place is left out, as if a line had stood there."""
    for later in Link.objects.filter(clinic=HERE.clinic, place__gte=place).order_by("-place"):
        Link.objects.filter(pk=later.pk).update(place=later.place + 1)
    return place


def forge_the_code(place: int, chance: random.Random) -> int:
    Link.objects.filter(clinic=HERE.clinic, place=place).update(
        code=f"{chance.getrandbits(256):064x}"
    )
    return place


UNAIDED: list[Callable[[int, random.Random], int]] = [
    edit,
    remove_the_line,
    remove_line_and_link,
    remove_and_close_the_gap,
    insert,
    swap,
    renumber,
    shift,
    forge_the_code,
]


def cut(place: int) -> None:
    """The tail goes, lines and links, from this place on."""
    lines = Link.objects.filter(clinic=HERE.clinic, place__gte=place).values_list("line", flat=True)
    Line.objects.filter(pk__in=list(lines)).delete()
    Link.objects.filter(clinic=HERE.clinic, place__gte=place).delete()


def rebuild(place: int) -> None:
    """Somebody who holds the key changes a line and links everything after it anew."""
    Line.objects.filter(pk=held(place).pk).update(reason="altered")
    code = START
    for row in Link.objects.filter(clinic=HERE.clinic).order_by("place"):
        code = code_of(Line.objects.get(pk=row.line), before=code)
        Link.objects.filter(pk=row.pk).update(code=code)


def test_an_untouched_chain_holds() -> None:
    head = chained()
    assert head.place == LENGTH
    assert first_broken(HERE.clinic) is None
    assert first_broken(HERE.clinic, kept=head) is None


@pytest.mark.parametrize("column", ALTERED)
def test_an_edit_of_any_column_is_found(column: str) -> None:
    chained(lines=5)
    Line.objects.filter(pk=held(3).pk).update(**{column: ALTERED[column]})
    assert first_broken(HERE.clinic) == 3


@pytest.mark.parametrize("tamper", UNAIDED, ids=lambda tamper: tamper.__name__)
def test_every_way_to_tamper_is_found(tamper: Callable[[int, random.Random], int]) -> None:
    chained()
    expected = tamper(7, random.Random(1))  # noqa: S311 -- a fixed seed, not a secret
    assert first_broken(HERE.clinic) == expected
    write(HERE, "not linked yet")  # what waits hides nothing of what was linked
    assert first_broken(HERE.clinic) == expected


@pytest.mark.parametrize(("edited", "inserted"), [(3, 8), (8, 3)])
def test_of_two_tampers_the_first_place_is_named(edited: int, inserted: int) -> None:
    chained()
    chance = random.Random(1)  # noqa: S311 -- a fixed seed, not a secret
    edit(edited, chance)
    insert(inserted, chance)
    assert first_broken(HERE.clinic) == 3


def test_random_tampers_are_all_found_at_the_first_bad_place() -> None:
    chained()
    chance = random.Random(9)  # noqa: S311 -- a fixed seed, not a secret
    for _ in range(TAMPERS):
        tamper, place = chance.choice(UNAIDED), chance.randrange(2, LENGTH)
        with transaction.atomic():
            expected = tamper(place, chance)
            assert first_broken(HERE.clinic) == expected, (tamper.__name__, place)
            transaction.set_rollback(True)
    assert first_broken(HERE.clinic) is None


@pytest.mark.parametrize("place", [1, 2, LENGTH // 2, LENGTH])
def test_a_cut_tail_is_found_against_a_kept_head(place: int) -> None:
    head = chained()
    cut(place)
    assert first_broken(HERE.clinic, kept=head) == place


@pytest.mark.parametrize("place", [1, LENGTH // 2, LENGTH])
def test_a_cut_tail_is_missed_without_one(place: int) -> None:
    """The control: were this found, the test above would prove nothing about kept heads."""
    chained()
    cut(place)
    assert first_broken(HERE.clinic) is None


def test_a_rebuild_with_the_key_is_found_against_a_kept_head_alone() -> None:
    head = chained()
    rebuild(5)
    assert first_broken(HERE.clinic) is None
    assert first_broken(HERE.clinic, kept=head) == head.place


def test_what_comes_later_goes_on_from_the_head_that_was_kept() -> None:
    head = chained()
    write(HERE, "one more")
    wait_until_settled()
    assert link(HERE.clinic) == 1
    assert head_of(HERE.clinic).place == head.place + 1
    assert first_broken(HERE.clinic, kept=head) is None


def test_linking_twice_links_nothing_twice() -> None:
    chained()
    assert link(HERE.clinic) == 0
    assert Link.objects.filter(clinic=HERE.clinic).count() == LENGTH


def test_a_clinics_chain_knows_nothing_of_another_clinic() -> None:
    chained()
    Line.objects.filter(clinic=ELSEWHERE.clinic).update(reason="altered")
    assert first_broken(HERE.clinic) is None
    assert first_broken(ELSEWHERE.clinic) == 1


def test_a_line_that_waits_for_its_link_is_no_fault() -> None:
    chained()
    write(HERE, "not linked yet")
    assert first_broken(HERE.clinic) is None


def test_an_empty_chain_has_a_head_and_no_fault() -> None:
    assert head_of(HERE.clinic) == Head(HERE.clinic, 0, START)
    assert first_broken(HERE.clinic) is None
    assert link(HERE.clinic) == 0


def test_what_a_whole_clinic_does_is_linked_and_holds(committed: Cast) -> None:
    written = Line.objects.filter(clinic=committed.clinic.pk).count()
    wait_until_settled()
    assert link(committed.clinic.pk) == written > 15
    assert first_broken(committed.clinic.pk) is None


@contextmanager
def a_line_on_its_way() -> Iterator[Any]:
    """A request of its own connection has taken a number and has not committed yet."""
    late = connections.create_connection("default")
    late.set_autocommit(False)
    try:
        with late.cursor() as cursor:
            cursor.execute(
                "INSERT INTO audit_line (at, clinic, by, action, verdict, reason)"
                " VALUES (now(), %s, 'a', 'b', 'done', 'late')",
                [HERE.clinic],
            )
        yield late
    finally:
        late.close()


def test_a_line_that_is_committed_late_is_linked_in_its_order(on_postgres: None) -> None:
    """Ana's request takes number 1 and commits after Eli's, which took number 2."""
    with a_line_on_its_way() as late:
        write(HERE, "early")  # number 2, committed
        assert link(HERE.clinic) == 0  # it waits for number 1
        late.commit()
    wait_until_settled()
    assert link(HERE.clinic) == 2
    assert first_broken(HERE.clinic) is None


def test_linking_takes_few_statements_however_many_lines(django_assert_max_num_queries) -> None:
    for n in range(LENGTH):
        write(HERE, f"line {n}")
    wait_until_settled()
    with django_assert_max_num_queries(6):
        link(HERE.clinic)
    assert Link.objects.aggregate(last=Max("place"))["last"] == LENGTH
    assert connection.in_atomic_block is False
