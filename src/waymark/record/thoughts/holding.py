"""How a thought record is stored, what it may hold, and how a reader sees one."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from waymark.library.thought_record import COLUMNS, FeelingRated, Thought, ThoughtRecord
from waymark.library.trap import TRAPS
from waymark.record.sharing.snapshot import Part, Snapshot
from waymark.record.tenancy.action import Invalid

MOST_CHARACTERS = 2000  # of a column of its own words: more is a page of the journal
LONGEST_LINE, LONGEST_WORD = 500, 60
MOST_LINES, MOST_THOUGHTS, MOST_FEELINGS = 20, 3, 6
TITLES = {column.id: column.title for column in COLUMNS}


def body_of(record: ThoughtRecord) -> dict[str, Any]:
    """As it is stored."""
    return {**asdict(record), "traps": sorted(record.traps)}


def read(body: Mapping[str, Any]) -> ThoughtRecord:
    """A stored one."""
    parts = {
        "feelings": tuple(FeelingRated(**one) for one in body["feelings"]),
        "thoughts": tuple(Thought(**one) for one in body["thoughts"]),
        "evidence_for": tuple(body["evidence_for"]),
        "evidence_against": tuple(body["evidence_against"]),
        "traps": frozenset(body["traps"]),
    }
    return ThoughtRecord(**{**body, **parts})


def checked(record: ThoughtRecord) -> ThoughtRecord:
    """The same without spaces around and empty lines. Raises Invalid, naming the field.

    No column has to be filled: a record that stops half way is one.
    """
    clean = replace(
        record,
        situation=_short("situation", record.situation),
        balanced=_short("balanced", record.balanced),
        next_step=_short("next_step", record.next_step),
        feelings=tuple(one for one in map(_feeling, record.feelings) if one.word),
        thoughts=tuple(one for one in map(_thought, record.thoughts) if one.words),
        evidence_for=_lines("evidence_for", record.evidence_for),
        evidence_against=_lines("evidence_against", record.evidence_against),
    )
    _few("feelings", len(clean.feelings), MOST_FEELINGS)
    _few("thoughts", len(clean.thoughts), MOST_THOUGHTS)
    if sum(one.hot for one in clean.thoughts) > 1:
        raise Invalid("thoughts", _("Mark one thought: the one that stung most."))
    if not clean.traps <= TRAPS.keys():
        raise Invalid("traps", _("Choose from the list, or nothing."))
    return clean


def _short(field: str, text: str, most: int = MOST_CHARACTERS) -> str:
    text = text.strip()
    if len(text) > most:
        raise Invalid(field, _("Shorten it by %(over)d characters.") % {"over": len(text) - most})
    return text


def _lines(field: str, lines: tuple[str, ...]) -> tuple[str, ...]:
    found = tuple(text for line in lines if (text := _short(field, line, LONGEST_LINE)))
    _few(field, len(found), MOST_LINES)
    return found


def _few(field: str, count: int, most: int) -> None:
    if count > most:
        raise Invalid(field, _("Keep %(most)d lines at most.") % {"most": most})


def _feeling(one: FeelingRated) -> FeelingRated:
    return replace(one, word=_short("feelings", one.word, LONGEST_WORD))


def _thought(one: Thought) -> Thought:
    return replace(one, words=_short("thoughts", one.words, LONGEST_LINE))


def snapshot_of(record: ThoughtRecord, day: date) -> Snapshot:
    """As a reader sees it: its columns in their order, those that were filled."""
    return Snapshot(_("A thought record"), day.isoformat(), tuple(_parts(record)))


def _parts(record: ThoughtRecord) -> Iterator[Part]:
    texts = {
        "situation": record.situation,
        "feelings": "\n".join(rated(one.word, one.before, one.after) for one in record.feelings),
        "thoughts": "\n".join(rated(one.words, one.before, one.after) for one in record.thoughts),
        "evidence_for": "\n".join(record.evidence_for),
        "evidence_against": "\n".join(record.evidence_against),
        "balanced": rated(record.balanced, record.belief, None),
        "next_step": record.next_step,
        "traps": ", ".join(_(TRAPS[id].name) for id in TRAPS if id in record.traps),
    }
    if record.accurate:
        yield Part("", _("Marked as a thought that is accurate."))
    for id, text in texts.items():
        if text:
            yield Part(_(TITLES[id]), text)


def rated(words: str, before: int | None, after: int | None) -> str:
    """Some words with their numbers, as far as they were given."""
    if before is None and after is None:
        return words
    if after is None:
        return _("%(words)s (%(before)d of 100)") % {"words": words, "before": before}
    if before is None:
        return _("%(words)s (%(after)d of 100 afterwards)") % {"words": words, "after": after}
    values = {"words": words, "before": before, "after": after}
    return _("%(words)s (%(before)d of 100, then %(after)d)") % values
