"""Which role may do what on PostgreSQL: one owns the tables, another one serves and owns nothing.

By the book of `docs/how-to/deploy.md` tables are made by an owner; the application's role reads and
writes rows, is bound by the wall, and can add audit lines and the links of their chain, but
neither change nor remove one.
"""

from typing import Any

from django.db import connection, connections

APPLICATION = "waymark_app"  # the role's usual name; others count once they were given rights
APPEND_ONLY = ("audit_line", "audit_link")  # the lines, and the codes that chain them
KEEPS = "SELECT, INSERT, UPDATE, DELETE"
TAKEN = "UPDATE, DELETE, TRUNCATE"

_OWNED = """
SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = current_schema() AND c.relkind = 'r'
AND pg_has_role(current_user, c.relowner, 'MEMBER')
"""
_SERVING = """
SELECT DISTINCT grantee FROM information_schema.role_table_grants
WHERE table_schema = current_schema() AND table_name = 'django_migrations'
AND privilege_type = 'INSERT' AND grantee NOT IN (current_user, 'PUBLIC')
UNION SELECT rolname FROM pg_roles WHERE rolname = %s AND rolname <> current_user
"""


def rights() -> tuple[bool, bool, str]:
    """Of the role that is connected: whether it stands above the wall, whether it owns a table
    (or could become who does), and which table it may change that only grows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        above = bool(cursor.fetchone()[0])
        cursor.execute(_OWNED)
        owns = bool(cursor.fetchone()[0])
        mends = [table for table in APPEND_ONLY if _may_change(table, cursor)]
    return above, owns, ", ".join(mends)


_LACKING = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = current_schema() AND c.relkind = 'r' AND NOT (
    has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT')
    AND (c.relname = ANY(%s) OR (
        has_table_privilege(c.oid, 'UPDATE') AND has_table_privilege(c.oid, 'DELETE'))))
ORDER BY c.relname
"""


def lacking() -> list[str]:
    """The tables that the connected role cannot use as the portal has to; none on SQLite."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(_LACKING, [list(APPEND_ONLY)])
        return [name for (name,) in cursor.fetchall()]


def _may_change(table: str, cursor: Any) -> bool:
    cursor.execute(
        "SELECT to_regclass(%s) IS NOT NULL AND (has_table_privilege(to_regclass(%s), %s)"
        " OR has_any_column_privilege(to_regclass(%s), 'UPDATE'))",
        [table, table, TAKEN, table],
    )
    return bool(cursor.fetchone()[0])


def owns(table: str, cursor: Any) -> bool:
    """Whether the connected role is the owner of this table."""
    cursor.execute(
        "SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class "
        "WHERE oid = to_regclass(%s)",
        [table],
    )
    found = cursor.fetchone()
    return bool(found and found[0])


def give_rights(*, using: str, **_: Any) -> None:
    """After each migration, as the owner: the application's role may use every table there is."""
    database = connections[using]
    if database.vendor != "postgresql":
        return
    with database.cursor() as cursor:
        if not owns("django_migrations", cursor):
            return
        cursor.execute(_SERVING, [APPLICATION])
        for (role,) in cursor.fetchall():
            _give(database.ops.quote_name(role), cursor)


def _give(role: str, cursor: Any) -> None:
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
    cursor.execute(f"GRANT {KEEPS} ON ALL TABLES IN SCHEMA public TO {role}")
    cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
    for table in APPEND_ONLY:
        cursor.execute("SELECT to_regclass(%s)", [table])
        if cursor.fetchone()[0] is not None:
            cursor.execute(f"REVOKE {TAKEN} ON {table} FROM {role}")
