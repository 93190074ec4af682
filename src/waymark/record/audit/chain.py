"""The chain of codes over audit lines: each covers the line and the code before it.

Lines are linked by the worker, outside the request, in the order of their numbers and once no
earlier number can still arrive; a line among the linked ones without a link of its own was put in
later. An edit, a deletion, an insertion or a swap breaks the first code after it. Cutting the tail,
or a rebuild by somebody who holds the key, is seen against a head that was kept elsewhere: the
keyring keeps the last one, and the worker signs nothing past a chain that does not reach it, nor
past a place that was found broken (`walk`), wherever in the chain that is.
"""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from uuid import UUID

from django.db import connection, transaction
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL

from waymark.record.audit.models import Line, Link
from waymark.record.vault.keyring import KEYRING, NO_CLINIC
from waymark.record.vault.master import derived
from waymark.record.vault.models import KeptHead

START = "0" * 64

# Numbers are given out before they are committed: on PostgreSQL a smaller one may still be on its
# way while a larger one is read. Older than every running transaction means: nothing is missing.
SETTLED = "age(audit_line.xmin) > age(pg_snapshot_xmin(pg_current_snapshot())::xid)"


@dataclass(frozen=True, slots=True)
class Head:
    """The last linked place of a clinic's chain, to be kept outside this machine."""

    clinic: UUID | None
    place: int
    code: str


def code_of(line: Line, *, before: str) -> str:
    """The code of ``line`` after the code ``before``."""
    parts = (
        before,
        str(line.pk),
        line.at.isoformat(),
        str(line.clinic),
        line.by,
        line.action,
        str(line.subject),
        line.verdict,
        line.reason,
    )
    return hmac.new(derived("audit chain"), "|".join(parts).encode(), hashlib.sha256).hexdigest()


class Broken(RuntimeError):
    """The chain does not reach, or does not match, what was kept of it: nothing is signed on."""

    def __init__(self) -> None:
        super().__init__("lines of the log were removed or changed; nothing is signed past that")


def link(clinic: UUID | None) -> int:
    """Link the clinic's lines that are not linked yet; returns how many. Raises Broken."""
    with transaction.atomic():
        head = head_of(clinic)
        kept = kept_row(clinic)
        if not _stands(head, kept):
            raise Broken
        last = Link.objects.filter(clinic=clinic, place=head.place).first()
        waiting = Line.objects.filter(clinic=clinic, pk__gt=last.line if last else 0)
        links = list(_links(settled(waiting).order_by("pk").iterator(), head))
        Link.objects.bulk_create(links)
    if links:
        _keep(Head(clinic, links[-1].place, links[-1].code))
    elif kept is None and head.place:
        _keep(head)  # a chain that was begun before heads were kept
    return len(links)


def kept_head(clinic: UUID | None) -> Head | None:
    """The head that the keyring kept, in its own database."""
    row = kept_row(clinic)
    return Head(clinic, row.place, row.code) if row else None


def kept_row(clinic: UUID | None) -> KeptHead | None:
    """What the keyring knows of a clinic's chain."""
    return KeptHead.objects.using(KEYRING).filter(clinic=clinic or NO_CLINIC).first()


def _keep(head: Head) -> None:
    KeptHead.objects.using(KEYRING).update_or_create(
        clinic=head.clinic or NO_CLINIC, defaults={"place": head.place, "code": head.code}
    )


def stands(clinic: UUID | None) -> bool:
    """Whether a clinic's chain ends as it was kept, and no walk found a broken place in it.

    What the worker asks before it signs. The kept head is read first: the worker may sign on
    between the two.
    """
    kept = kept_row(clinic)
    return _stands(head_of(clinic), kept)


def all_stand() -> bool:
    """Whether each kept head is still in the record, with its line, and no walk found a broken
    place; a quick look over all clinics.

    A line that was changed, wherever it stands, is found by the next walk that passes it.
    """
    rows = list(KeptHead.objects.using(KEYRING).filter(place__gt=0))
    if any(row.broken for row in rows):
        return False
    kept = {(None if row.clinic == NO_CLINIC else row.clinic, row.place): row.code for row in rows}
    if not kept:
        return True
    asked = reduce(or_, (Q(clinic=clinic, place=place) for clinic, place in kept))
    links = list(Link.objects.filter(asked))
    there = {(link.clinic, link.place): link.code for link in links}
    lines = Line.objects.filter(pk__in=[link.line for link in links])
    return there == kept and lines.count() == len(kept)


def _stands(head: Head, kept: KeptHead | None) -> bool:
    return not (kept and kept.broken) and _holds_to(head, kept) and _last_line_stands(head)


def _holds_to(head: Head, kept: KeptHead | None) -> bool:
    """Whether a chain with this head goes through the one that was kept."""
    if kept is None or kept.place == 0:
        return True
    if kept.place > head.place:
        return False
    there = Link.objects.filter(clinic=head.clinic, place=kept.place)
    return there.values_list("code", flat=True).first() == kept.code


def _last_line_stands(head: Head) -> bool:
    """Whether the line under the head is there, and is what was signed."""
    if head.place == 0:
        return True
    codes = dict(
        Link.objects.filter(clinic=head.clinic, place__gte=head.place - 1).values_list(
            "place", "code"
        )
    )
    held = Link.objects.filter(clinic=head.clinic, place=head.place).values_list("line", flat=True)
    line = Line.objects.filter(pk__in=held).first()
    before = START if head.place == 1 else codes.get(head.place - 1, "")
    return line is not None and code_of(line, before=before) == head.code


def settled(lines: QuerySet[Line]) -> QuerySet[Line]:
    """The lines before which nothing can arrive any more; SQLite has one writer at a time."""
    if connection.vendor != "postgresql":
        return lines
    return lines.filter(RawSQL(SETTLED, (), BooleanField()))  # noqa: S611 -- no value from outside


def _links(lines: Iterator[Line], head: Head) -> Iterator[Link]:
    code = head.code
    for place, line in enumerate(lines, start=head.place + 1):
        code = code_of(line, before=code)
        yield Link(line=line.pk, clinic=line.clinic, place=place, code=code)


def head_of(clinic: UUID | None) -> Head:
    last = Link.objects.filter(clinic=clinic).order_by("-place").first()
    return Head(clinic, last.place, last.code) if last else Head(clinic, 0, START)
