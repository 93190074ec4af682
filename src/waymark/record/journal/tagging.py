"""Tags: put on by name, renamed, merged, and each of these taken back; and what is left alone."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from waymark.access.vocabulary import Action, Viewer
from waymark.library.folding import fold
from waymark.record.journal.models import Entry, Kept, LeftAlone, LifeEvent, Tag
from waymark.record.tenancy.action import Invalid, action
from waymark.record.tenancy.models import Patient

LONGEST_TAG = 60
LONGEST_EVENT = 300
AN_ENTRY, A_TAG, A_DAY = (kept.value for kept in Kept)
"""What can be left alone."""


def tags_named(patient: Patient, names: Iterable[str], *, at: datetime) -> Iterator[Tag]:
    """The tags of these names, each once, made where they are not there: inside an action.

    A name that was merged into another is that other one.
    """
    every = list(Tag.objects.all())
    known, by_id = {fold(tag.name["now"]): tag for tag in every}, {tag.pk: tag for tag in every}
    given: set[UUID] = set()
    for name in names:
        folded = fold(_checked(name))
        tag = known[folded] = known.get(folded) or _made(patient, name, at=at)
        held = standing_for(tag, by_id)
        if held.pk not in given:
            given.add(held.pk)
            yield held


def standing_for(tag: Tag, by_id: Mapping[UUID, Tag]) -> Tag:
    """The tag that this one was merged into in the end; itself where it stands by itself."""
    while tag.into_id is not None:
        tag = by_id[tag.into_id]
    return tag


def _made(patient: Patient, name: str, *, at: datetime) -> Tag:
    return Tag.objects.create(
        patient=patient,
        clinic_id=patient.clinic_id,
        name={"now": name.strip(), "before": []},
        made_at=at,
    )


def _checked(name: str) -> str:
    name = name.strip()
    if not name or len(name) > LONGEST_TAG:
        raise Invalid("tags", _("A tag has 1 to %(n)d characters.") % {"n": LONGEST_TAG})
    return name


@action(Action.KEEP_JOURNAL)
def rename(patient: Patient, *, tag: UUID, name: str, by: Viewer, at: datetime) -> Tag:
    """Give a tag another name; the old one is kept, to go back to."""
    row, name = Tag.objects.get(pk=tag), _checked(name)
    same = [one for one in Tag.objects.exclude(pk=tag) if fold(one.name["now"]) == fold(name)]
    if same:
        raise Invalid("name", _("There is a tag of this name. You can merge the two."))
    row.name = {"now": name, "before": [*row.name["before"], row.name["now"]]}
    row.save(update_fields=["name"])
    return row


@action(Action.KEEP_JOURNAL)
def merge(patient: Patient, *, tag: UUID, into: UUID, by: Viewer, at: datetime) -> Tag:
    """Let one tag be another from now on. Which entries had which is kept, to go back to."""
    row, other = Tag.objects.get(pk=tag), Tag.objects.get(pk=into)
    if row == other or other.into_id is not None:
        raise Invalid("into", _("Choose another tag, one that stands by itself."))
    row.into = other
    row.save(update_fields=["into"])
    return row


@action(Action.KEEP_JOURNAL)
def undo(patient: Patient, *, tag: UUID, by: Viewer, at: datetime) -> Tag:
    """Take back the merging of a tag; of one that was not merged, its last new name."""
    row = Tag.objects.get(pk=tag)
    if row.into_id is not None:
        row.into = None
    elif row.name["before"]:
        *before, last = row.name["before"]
        row.name = {"now": last, "before": before}
    row.save(update_fields=["into", "name"])
    return row


@action(Action.KEEP_JOURNAL)
def leave_alone(
    patient: Patient, *, what: str, thing: UUID | date, by: Viewer, at: datetime
) -> LeftAlone:
    """Do not bring this back: an entry or a tag by its id, or a day. Raises DoesNotExist."""
    if isinstance(thing, UUID):
        (Entry if what == Kept.ENTRY else Tag).objects.get(pk=thing)
    id, day = (thing, None) if isinstance(thing, UUID) else (None, thing)
    row, _new = LeftAlone.objects.get_or_create(
        patient=patient,
        clinic_id=patient.clinic_id,
        what=what,
        thing=id,
        day=day,
        defaults={"since": at},
    )
    return row


@action(Action.KEEP_JOURNAL)
def bring_back(patient: Patient, *, left: UUID, by: Viewer, at: datetime) -> None:
    """It may come back again. Raises DoesNotExist."""
    LeftAlone.objects.get(pk=left).delete()


@action(Action.KEEP_JOURNAL)
def note_event(
    patient: Patient, *, words: str, first: date, last: date | None, by: Viewer, at: datetime
) -> LifeEvent:
    """Keep something that changed in a life. Raises Invalid."""
    words = words.strip()
    if not words or len(words) > LONGEST_EVENT:
        raise Invalid(
            "words", _("Say what it was, in 1 to %(n)d characters.") % {"n": LONGEST_EVENT}
        )
    if last is not None and last < first:
        raise Invalid("last", _("Choose a last day that is not before the first."))
    return LifeEvent.objects.create(
        patient=patient,
        clinic_id=patient.clinic_id,
        words=words,
        first=first,
        last=last,
        noted_at=at,
    )


@action(Action.KEEP_JOURNAL)
def remove_event(patient: Patient, *, event: UUID, by: Viewer, at: datetime) -> None:
    """Remove it for good. Raises DoesNotExist."""
    LifeEvent.objects.get(pk=event).delete()
