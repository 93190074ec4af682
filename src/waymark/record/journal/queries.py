"""A client's own journal: its pages, what was begun, tags, search, and what comes back."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from waymark.access.vocabulary import Action, Viewer
from waymark.library.folding import fold, holds, places
from waymark.record.journal.models import Entry, EntryDraft, Kept, LeftAlone, LifeEvent, Tag, Tagged
from waymark.record.journal.tagging import standing_for
from waymark.record.journal.writing import Writing, read
from waymark.record.tenancy.paging import leaf
from waymark.record.vault.batch import open_all, open_values
from waymark.record.vault.keyring import Owner

ACT = Action.KEEP_JOURNAL
MOST_FOUND = 50
LONG_AGO = (1, 3, 6)
"""Months back from which a page may come back on its day; and every year."""


@dataclass(frozen=True, slots=True)
class Label:
    """A tag as it is shown. ``entries`` counts those that carry it, or one merged into it."""

    id: UUID
    name: str
    entries: int
    merged: tuple["Label", ...] = ()
    renamed: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One entry, opened."""

    id: UUID
    day: date
    written_at: datetime
    version: int
    writing: Writing
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """Some pages, newest first, and the mark below which older ones stand."""

    pages: list[Page]
    older: str


def pages_of(viewer: Viewer, *, tag: UUID | None = None, below: str = "", size: int = 20) -> Leaf:
    """The newest pages; of one tag, and of those merged into it."""
    rows = Entry.objects.visible_to(viewer, ACT)
    if tag is not None:
        tagged = Tagged.objects.visible_to(viewer, ACT).filter(tag__in=_family(viewer, tag))
        rows = rows.filter(pk__in=tagged.values("entry"))
    held = leaf(rows, below=below, size=size)
    return Leaf(_pages(viewer, held.rows), held.older)


def page_of(viewer: Viewer, id: UUID) -> Page:
    """One of them. Raises DoesNotExist."""
    return _pages(viewer, [Entry.objects.visible_to(viewer, ACT).get(pk=id)])[0]


def _pages(viewer: Viewer, rows: list[Entry]) -> list[Page]:
    names = _names(viewer, [row.pk for row in rows])
    return [
        Page(row.pk, row.for_date, row.written_at, row.version, read(row.body), names[row.pk])
        for row in open_all(rows, "body")
    ]


# Tags.


def _tags(viewer: Viewer) -> dict[UUID, Tag]:
    rows = Tag.objects.visible_to(viewer, ACT).order_by("made_at", "pk")
    return {row.pk: row for row in open_all(rows, "name")}


def _names(viewer: Viewer, entries: list[UUID]) -> Mapping[UUID, tuple[str, ...]]:
    """The names of the tags of these entries, in their order."""
    tagged = Tagged.objects.visible_to(viewer, ACT).filter(entry__in=entries) if entries else ()
    pairs = [(one.entry_id, one.tag_id) for one in tagged]
    tags = _tags(viewer) if pairs else {}
    found: dict[UUID, set[str]] = defaultdict(set)
    for entry, tag in pairs:
        found[entry].add(standing_for(tags[tag], tags).name["now"])
    return defaultdict(tuple, {entry: tuple(sorted(names)) for entry, names in found.items()})


def _family(viewer: Viewer, tag: UUID) -> set[UUID]:
    """The tag and all that were merged into it."""
    tags = _tags(viewer)
    return {one.pk for one in tags.values() if standing_for(one, tags).pk == tag}


def labels_of(viewer: Viewer) -> list[Label]:
    """Every tag that stands by itself, by name, with those that were merged into it."""
    tags = _tags(viewer)
    rows = Tagged.objects.visible_to(viewer, ACT).values_list("entry", "tag")
    entries: dict[UUID, set[UUID]] = defaultdict(set)
    for entry, tag in rows:
        entries[tag].add(entry)
    roots = [tag for tag in tags.values() if tag.into_id is None]
    found = [_label(tag, tags, entries) for tag in roots]
    return sorted(found, key=lambda one: fold(one.name))


def _label(tag: Tag, tags: Mapping[UUID, Tag], entries: Mapping[UUID, set[UUID]]) -> Label:
    family = [one for one in tags.values() if standing_for(one, tags).pk == tag.pk]
    every = set().union(*(entries.get(one.pk, set()) for one in family))
    merged = tuple(
        Label(one.pk, one.name["now"], len(entries.get(one.pk, ())))
        for one in family
        if one.pk != tag.pk
    )
    return Label(tag.pk, tag.name["now"], len(every), merged, bool(tag.name["before"]))


# Drafts.


@dataclass(frozen=True, slots=True)
class Begun:
    """What was typed on one device, and the version of the entry that it began from."""

    id: UUID
    entry: UUID | None
    device: UUID
    base: int
    writing: Writing
    saved_at: datetime


def drafts_of(viewer: Viewer, *, entry: UUID | None = None, every: bool = False) -> list[Begun]:
    """What was begun of one entry, or of a new one; ``every``: of all. Newest first."""
    rows = EntryDraft.objects.visible_to(viewer, ACT).order_by("-saved_at", "pk")
    rows = rows if every else rows.filter(entry=entry)
    return [
        Begun(row.pk, row.entry_id, row.device, row.base, read(row.body), row.saved_at)
        for row in open_all(rows, "body")
    ]


# Search.


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that holds every word, and where in its text they stand."""

    page: Page
    places: tuple[tuple[int, int], ...]


def search(viewer: Viewer, words: tuple[str, ...], *, most: int = MOST_FOUND) -> list[Hit]:
    """The newest pages that hold all of these folded words, or parts of words.

    Every text of its owner is opened for it, and none is kept.
    """
    rows = Entry.objects.visible_to(viewer, ACT).order_by("-for_date", "-written_at", "pk")
    ids = [
        id
        for id, body in open_values(rows, "body", owner=_owner(viewer))
        if holds(fold(body["text"]), words)
    ][:most]
    by_id = {row.pk: row for row in _among(viewer, ACT, ids=tuple(ids))}
    pages = _pages(viewer, [by_id[id] for id in ids])
    return [Hit(page, tuple(places(page.writing.text, words))) for page in pages]


def _owner(viewer: Viewer) -> Owner:
    if viewer.patient is None or viewer.clinic is None:
        raise LookupError("a journal is its owner's alone")
    return Owner(viewer.patient, viewer.clinic)


@Entry.objects.prepared
def _among(rows: QuerySet[Entry], *, ids: tuple[UUID, ...]) -> QuerySet[Entry]:
    return rows.filter(pk__in=ids)


# What comes back by itself, and what does not.


@dataclass(frozen=True, slots=True)
class Left:
    """What is not brought back: an entry, a tag or a day."""

    id: UUID
    what: str
    thing: UUID | None
    day: date | None


def left_alone(viewer: Viewer) -> list[Left]:
    """All of it, newest first."""
    rows = LeftAlone.objects.visible_to(viewer, ACT).order_by("-since", "pk")
    return [Left(row.pk, row.what, row.thing, row.day) for row in rows]


def look_back(viewer: Viewer, today: date) -> Page | None:
    """A page of this day of an earlier month or year; none of what is left alone.

    Whether anything may come back at all (an open concern, a hard day) is the caller's to ask.
    """
    days = earlier_days(today)
    alone = left_alone(viewer)
    free = [day for day in days if day not in {one.day for one in alone}]
    if not free:
        return None
    rows = Entry.objects.visible_to(viewer, ACT).filter(for_date__in=free)
    rows = rows.exclude(pk__in=[one.thing for one in alone if one.what == Kept.ENTRY])
    for one in alone:
        if one.what == Kept.TAG and one.thing is not None:
            tagged = Tagged.objects.visible_to(viewer, ACT)
            held = tagged.filter(tag__in=_family(viewer, one.thing))
            rows = rows.exclude(pk__in=held.values("entry"))
    found = rows.order_by("-for_date", "-written_at").first()
    return _pages(viewer, [found])[0] if found else None


def earlier_days(today: date) -> list[date]:
    """The same day of the month, some months and every year back; a day that is not there in an
    earlier month, such as the 31st, is none."""
    months = [*LONG_AGO, *(12 * year for year in range(1, 11))]
    found = []
    for back in months:
        year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
        try:
            found.append(today.replace(year=year, month=month + 1))
        except ValueError:
            continue
    return found


# Events of a life.


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that changed, on a day or over days."""

    id: UUID
    first: date
    last: date | None
    words: str


def life_events(viewer: Viewer) -> list[Happened]:
    """All of them, newest first."""
    rows = LifeEvent.objects.visible_to(viewer, ACT).order_by("-first", "-noted_at", "pk")
    return [Happened(row.pk, row.first, row.last, row.words) for row in open_all(rows, "words")]
