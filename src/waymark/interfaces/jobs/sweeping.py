"""Removing what is over: sessions, sent letters, request keys, old portions, expired cache rows.

Audit lines are the record and are never swept (docs/explanation/privacy.md says what they weigh).
"""

from datetime import datetime

from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router, transaction

from waymark.record.assessments.actions import sweep_portions
from waymark.record.outbox.actions import sweep_letters
from waymark.record.sessions.actions import sweep as sweep_sessions
from waymark.record.tenancy.action import sweep_keys

A_SWEEP = 500  # rows at once: SQLite has one writer


def sweep_cache(*, at: datetime) -> int:
    """Remove some rows of the cache that nobody will be given any more.

    Django removes them only when somebody asks for that very key, or when the table is full: a
    count for each address that ever came by would stay for good.
    """
    cache = caches["default"]
    if not isinstance(cache, DatabaseCache):
        return 0
    model = cache.cache_model_class
    database = connections[router.db_for_write(model)]
    table, moment = database.ops.quote_name(model._meta.db_table), at.replace(microsecond=0)
    with transaction.atomic(using=database.alias), database.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {table} WHERE cache_key IN "  # noqa: S608 -- a quoted name of our own
            f"(SELECT cache_key FROM {table} WHERE expires < %s ORDER BY expires LIMIT %s)",
            [database.ops.adapt_datetimefield_value(moment), A_SWEEP],
        )
        return int(cursor.rowcount)


# Each removes some rows of what is over, and returns how many.
SWEEPS = (sweep_sessions, sweep_letters, sweep_keys, sweep_portions, sweep_cache)
