"""The chain of codes over audit lines: each covers the line and the code before it.

The key of a place is derived forward and the lines are linked by the worker, outside the request.
An edit, a deletion, an insertion or a swap breaks the first code after it. Cutting the tail is seen
only against a head that was kept elsewhere, which is why `head_of` is sent out of the house.
"""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from waymark.record.audit.models import Line, Link
from waymark.record.vault.master import derived

START = "0" * 64


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


def link(clinic: UUID | None) -> int:
    """Link the clinic's lines that are not linked yet; returns how many."""
    with transaction.atomic():
        head = head_of(clinic)
        last = Link.objects.filter(clinic=clinic, place=head.place).first()
        waiting = Line.objects.filter(clinic=clinic, pk__gt=last.line if last else 0).order_by("pk")
        links = list(_links(waiting.iterator(), head))
        Link.objects.bulk_create(links)
        return len(links)


def _links(lines: Iterator[Line], head: Head) -> Iterator[Link]:
    code = head.code
    for place, line in enumerate(lines, start=head.place + 1):
        code = code_of(line, before=code)
        yield Link(line=line.pk, clinic=line.clinic, place=place, code=code)


def head_of(clinic: UUID | None) -> Head:
    last = Link.objects.filter(clinic=clinic).order_by("-place").first()
    return Head(clinic, last.place, last.code) if last else Head(clinic, 0, START)


def first_broken(clinic: UUID | None, *, kept: Head | None = None) -> int | None:
    """The first place whose code does not hold, or None. ``kept`` is a head kept elsewhere."""
    code = START
    place = 0
    lines = Line.objects.in_bulk(
        list(Link.objects.filter(clinic=clinic).values_list("line", flat=True))
    )
    for held in Link.objects.filter(clinic=clinic).order_by("place"):
        place += 1
        line = lines.get(held.line)
        if line is None or held.place != place or code_of(line, before=code) != held.code:
            return place
        code = held.code
        if kept and kept.place == place and kept.code != code:
            return place
    return place + 1 if kept and kept.place > place else None
