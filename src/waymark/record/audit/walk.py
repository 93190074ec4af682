"""Walking along a chain, line by line: whole for who asks, by stretches for the clock.

The head alone tells of a tail that was cut, and of nothing before it. So the worker walks a bounded
stretch in each round and comes round again, and a broken place that it finds is written down in the
keyring, where who changes the record cannot reach it: nothing is signed past it, and every page and
command that speaks of the log tells it, until `waymark audit verify` finds the chain whole again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from waymark.record.audit.chain import START, Head, code_of, kept_head, kept_row
from waymark.record.audit.models import Line, Link
from waymark.record.vault.keyring import KEYRING, NO_CLINIC
from waymark.record.vault.models import KeptHead

A_STRETCH = 500  # lines of a clinic in one round: some milliseconds, and a million lines in 3 hours


@dataclass(frozen=True, slots=True)
class Step:
    """Up to which place a stretch went, the first broken one in it, and whether it is the last."""

    place: int
    broken: int | None
    ends: bool


def first_broken(clinic: UUID | None, *, kept: Head | None = None) -> int | None:
    """The first place that does not hold, or None. ``kept`` is a head kept elsewhere.

    The head that the keyring keeps is read before: the worker may sign on meanwhile.
    """
    step = _stretch(clinic, after=0, kept=kept)
    while step.broken is None and not step.ends:
        step = _stretch(clinic, after=step.place, kept=kept)
    return step.broken


def broken_at(clinic: UUID | None) -> int | None:
    """The first broken place: of a walk over the whole chain now, or else of one that was."""
    return first_broken(clinic, kept=kept_head(clinic)) or found_broken(clinic)


def found_broken(clinic: UUID | None) -> int | None:
    """The broken place that the worker's walk found, if it did."""
    row = kept_row(clinic)
    return row.broken if row else None


def walk_on(clinic: UUID | None) -> None:
    """Go one stretch further than the last time, and begin again after the end.

    A broken place is kept, and nobody walks past it.
    """
    row = kept_row(clinic)
    if row is None or row.broken:
        return
    step = _stretch(clinic, after=row.walked, kept=Head(clinic, row.place, row.code))
    walked = 0 if step.ends else step.place
    if (walked, step.broken) != (row.walked, None):
        _known(clinic).update(walked=walked, broken=step.broken)


def found_whole(clinic: UUID | None) -> None:
    """Somebody walked over the whole chain, and it holds again: what was found before is over."""
    _known(clinic).update(walked=0, broken=None)


def _known(clinic: UUID | None) -> QuerySet[KeptHead]:
    return KeptHead.objects.using(KEYRING).filter(clinic=clinic or NO_CLINIC)


def _stretch(clinic: UUID | None, *, after: int, kept: Head | None) -> Step:
    """Walk from the place ``after``, which was walked already, over the next few."""
    links = list(
        Link.objects.filter(clinic=clinic, place__gte=after).order_by("place")[: A_STRETCH + 1]
    )
    before = Link(line=0, place=0, code=START) if after == 0 else next(iter(links), None)
    if before is None or before.place != after:
        return Step(after, after, ends=True)
    ahead = [one for one in links if one.place > after][:A_STRETCH]
    place, ends = after + len(ahead), len(ahead) < A_STRETCH
    cut = place + 1 if ends and kept and kept.place > place else None
    found = (_bad_code(ahead, before, kept), _after_a_stranger(ahead, before), cut)
    return Step(place, min((one for one in found if one is not None), default=None), ends)


def _bad_code(ahead: Sequence[Link], before: Link, kept: Head | None) -> int | None:
    code, lines = before.code, Line.objects.in_bulk([one.line for one in ahead])
    for place, held in enumerate(ahead, start=before.place + 1):
        line = lines.get(held.line)
        if line is None or held.place != place or code_of(line, before=code) != held.code:
            return place
        code = held.code
        if kept and kept.place == place and kept.code != code:
            return place
    return None


def _after_a_stranger(ahead: list[Link], before: Link) -> int | None:
    """The place after a line that stands among the linked ones and has no link."""
    if not ahead:
        return None
    clinic, last = ahead[-1].clinic, ahead[-1].line
    own = Link.objects.filter(clinic=clinic, line=OuterRef("pk"))
    between = Line.objects.filter(clinic=clinic, pk__gt=before.line, pk__lt=last)
    strangers = between.exclude(Exists(own)).order_by("pk")
    first = strangers.values_list("pk", flat=True).first()
    if first is None:
        return None
    return next((one.place for one in ahead if one.line > first), None)
