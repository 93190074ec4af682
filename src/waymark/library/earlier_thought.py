"""Which balanced thought of an earlier record may be offered beside a new one: at most one.

One that fits and that helped: it shares a thinking trap, and a tag or two words of what it is
about; belief in the thought fell by 20 points or more; and its owner said neither that it did not
help nor that the thought was accurate. Whoever asks leaves out what was put away for good, and does
not ask at all while a concern is open.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from waymark.library.thought_record import ThoughtRecord
from waymark.library.word import content_words

LEAST_FALL = 20
LEAST_WORDS = 2


@dataclass(frozen=True, slots=True)
class Kept:
    """A record with its id, the day it is for, and its tags. ``did_not_help``: so its owner said
    when it was offered, or later."""

    id: str
    on: date
    record: ThoughtRecord
    tags: frozenset[str] = frozenset()
    did_not_help: bool = False


def to_offer(now: Kept, *, earlier: Iterable[Kept]) -> Kept | None:
    """The earlier record whose balanced thought may be offered, or None.

    Of several the one that shares most, then the one in which belief fell furthest, then the
    latest one. Beside a thought that is accurate nothing is offered.
    """
    if now.record.accurate:
        return None
    fitting = [one for one in earlier if _fits(one, now) and _helped(one)]
    return max(fitting, key=lambda one: _rank(one, now), default=None)


def _fits(one: Kept, now: Kept) -> bool:
    if one.id == now.id or not one.record.traps & now.record.traps:
        return False
    return bool(one.tags & now.tags) or len(_shared(one, now)) >= LEAST_WORDS


def _helped(one: Kept) -> bool:
    record = one.record
    if one.did_not_help or record.accurate or not record.balanced.strip():
        return False
    return record.fell is not None and record.fell >= LEAST_FALL


def _rank(one: Kept, now: Kept) -> tuple[int, int, date, str]:
    shared = len(one.record.traps & now.record.traps) + len(one.tags & now.tags)
    return (shared + len(_shared(one, now)), one.record.fell or 0, one.on, one.id)


def _shared(one: Kept, now: Kept) -> frozenset[str]:
    return _about(one.record) & _about(now.record)


def _about(record: ThoughtRecord) -> frozenset[str]:
    """What happened, and the thought that the record is about."""
    hot = record.hot
    return content_words(record.situation) | content_words(hot.words if hot else "")
