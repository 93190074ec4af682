"""The worker removes what is over: rows of the cache that nobody asks for again, and the rest."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.utils import timezone

from waymark.interfaces.jobs import sweeping
from waymark.interfaces.jobs.round import go_round
from waymark.interfaces.jobs.sweeping import sweep_cache

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
HOUR = timedelta(hours=1)


def rows() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache")
        return int(cursor.fetchone()[0])


def count_addresses(count: int, *, seconds: int | None = 600) -> None:
    """So many strangers come by, each from an address of their own, and never again."""
    for n in range(count):
        caches["default"].set(f"tries-{n}-for-{seconds}", 1, timeout=seconds)


def test_the_portal_counts_in_its_database() -> None:
    """In no process's memory: two of them would count apart, and a restart would forget."""
    assert isinstance(caches["default"], DatabaseCache)


def test_what_has_expired_goes_and_what_counts_stays() -> None:
    count_addresses(3)
    count_addresses(2, seconds=7200)
    count_addresses(1, seconds=None)
    now = timezone.now()
    assert sweep_cache(at=now) == 0
    assert sweep_cache(at=now + HOUR) == 3
    assert rows() == 3
    assert caches["default"].get("tries-0-for-7200") == 1


def test_a_sweep_takes_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "A_SWEEP", 2)
    count_addresses(3)
    later = timezone.now() + HOUR
    assert [sweep_cache(at=later) for _ in range(3)] == [2, 1, 0]


def test_a_round_sweeps_it() -> None:
    count_addresses(3)
    assert go_round(at=timezone.now() + HOUR).swept == 3
    assert rows() == 0
