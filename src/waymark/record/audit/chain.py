"""The chain of codes over audit lines: each covers the line and the code before it.

Lines are linked by the worker, outside the request, in the order of their numbers and once no
earlier number can still arrive; a line among the linked ones without a link of its own was put in
later. An edit, a deletion, an insertion or a swap breaks the first code after it. Cutting the tail,
or a rebuild by somebody who holds the key, is seen against a head that was kept elsewhere: the
keyring keeps the last one, and the worker signs nothing past a chain that does not reach it.
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


def link(clinic: UUID | None) -> int:
    """Link the clinic's lines that are not linked yet; returns how many. Raises Broken."""
    with transaction.atomic():
        head = head_of(clinic)
        if not _reaches(head, kept_head(clinic)):
            raise Broken("lines of the log were removed or changed; nothing is signed past that")
        last = Link.objects.filter(clinic=clinic, place=head.place).first()
        waiting = Line.objects.filter(clinic=clinic, pk__gt=last.line if last else 0)
        links = list(_links(settled(waiting).order_by("pk").iterator(), head))
        Link.objects.bulk_create(links)
    if links:
        _keep(Head(clinic, links[-1].place, links[-1].code))
    return len(links)


def kept_head(clinic: UUID | None) -> Head | None:
    """The head that the keyring kept, in its own database."""
    row = KeptHead.objects.using(KEYRING).filter(clinic=clinic or NO_CLINIC).first()
    return Head(clinic, row.place, row.code) if row else None


def _keep(head: Head) -> None:
    KeptHead.objects.using(KEYRING).update_or_create(
        clinic=head.clinic or NO_CLINIC, defaults={"place": head.place, "code": head.code}
    )


def stands(clinic: UUID | None) -> bool:
    """Whether the end of a clinic's chain is as it was kept: what the worker asks before it signs.

    The kept head is read first: the worker may sign on between the two.
    """
    kept = kept_head(clinic)
    return _reaches(head_of(clinic), kept)


def all_reach() -> bool:
    """Whether each kept head is still in the record, with its line; a quick look over all clinics.

    It sees a log that was cut or emptied. A changed line is seen by `stands`, one further back by
    `first_broken`.
    """
    rows = KeptHead.objects.using(KEYRING).filter(place__gt=0)
    kept = {(None if row.clinic == NO_CLINIC else row.clinic, row.place): row.code for row in rows}
    if not kept:
        return True
    asked = reduce(or_, (Q(clinic=clinic, place=place) for clinic, place in kept))
    links = list(Link.objects.filter(asked))
    there = {(link.clinic, link.place): link.code for link in links}
    lines = Line.objects.filter(pk__in=[link.line for link in links])
    return there == kept and lines.count() == len(kept)


def _reaches(head: Head, kept: Head | None) -> bool:
    return _holds_to(head, kept) and _last_line_stands(head)


def _holds_to(head: Head, kept: Head | None) -> bool:
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


def first_broken(clinic: UUID | None, *, kept: Head | None = None) -> int | None:
    """The first place that does not hold, or None. ``kept`` is a head kept elsewhere."""
    places = (_first_bad_code(clinic, kept=kept), _first_after_a_stranger(clinic))
    return min((place for place in places if place is not None), default=None)


def _first_bad_code(clinic: UUID | None, *, kept: Head | None) -> int | None:
    code = START
    place = 0
    links = Link.objects.filter(clinic=clinic).order_by("place")
    lines = Line.objects.in_bulk(list(links.values_list("line", flat=True)))
    for held in links:
        place += 1
        line = lines.get(held.line)
        if line is None or held.place != place or code_of(line, before=code) != held.code:
            return place
        code = held.code
        if kept and kept.place == place and kept.code != code:
            return place
    return place + 1 if kept and kept.place > place else None


def _first_after_a_stranger(clinic: UUID | None) -> int | None:
    """The place after a line that stands among the linked ones and has no link."""
    links = Link.objects.filter(clinic=clinic)
    strangers = Line.objects.filter(clinic=clinic).exclude(pk__in=links.values("line"))
    first = strangers.order_by("pk").values_list("pk", flat=True).first()
    if first is None:
        return None
    return links.filter(line__gt=first).order_by("place").values_list("place", flat=True).first()
