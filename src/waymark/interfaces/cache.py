"""The cache in the database, which counts tries: what could not be written is never an answer.

Django's own says False where a write failed, as it does where the key was there already. Read as an
answer that was "too many tries", "that code does not fit", or a count that was never kept.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import DatabaseError, IntegrityError, connections, router, transaction


class HonestCache(DatabaseCache):
    """Tells a write that failed by the error that it met; that a key was there is still False."""

    def _base_set(
        self, mode: str, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT
    ) -> bool:
        using = router.db_for_write(self.cache_model_class)
        with transaction.atomic(using=using):  # so that a commit that fails is told out here
            with _watched(using) as met:
                done = bool(super()._base_set(mode, key, value, timeout))  # type: ignore[misc]
            if met:
                raise met[0]
        return done


@contextmanager
def _watched(using: str) -> Iterator[list[DatabaseError]]:
    """The errors of statements within, but for another one's row that came first."""
    met: list[DatabaseError] = []

    def look(execute: Callable[..., Any], *given: Any) -> Any:
        try:
            return execute(*given)
        except IntegrityError:
            raise
        except DatabaseError as error:
            met.append(error)
            raise

    wrappers = connections[using].execute_wrappers
    wrappers.insert(0, look)  # outside of whatever else looks on
    try:
        yield met
    finally:
        wrappers.remove(look)
