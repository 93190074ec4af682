"""Tags are renamed and merged, and each is taken back; what is left alone comes back nowhere."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.cast import NOON, Cast, after
from tests.record.journal.test_journal import ACT, changes, pages, writes
from waymark.record.journal.models import Entry, LeftAlone, LifeEvent, Tag
from waymark.record.journal.queries import (
    Label,
    earlier_days,
    labels_of,
    left_alone,
    life_events,
    look_back,
)
from waymark.record.journal.tagging import (
    bring_back,
    leave_alone,
    merge,
    note_event,
    remove_event,
    rename,
    undo,
)
from waymark.record.tenancy.action import Invalid, reading

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
TODAY = NOON.date()


def labels(cast: Cast, name: str = "ana") -> list[Label]:
    by = cast.viewer(name)
    with reading(ACT, by=by, at=NOON):
        return labels_of(by)


def shown(cast: Cast) -> list[tuple[str, int]]:
    return [(one.name, one.entries) for one in labels(cast)]


def does(cast: Cast, what: Any, tag: str, **given: Any) -> Any:
    """An action of Ana over one of her tags, by its name now."""
    known = {one.name: one.id for one in all_of(labels(cast))}
    if isinstance(given.get("into"), str):
        given["into"] = known[given["into"]]
    return what(cast.patients["ana"], tag=known[tag], by=cast.viewer("ana"), at=NOON, **given)


def all_of(held: list[Label]) -> list[Label]:
    return [*held, *(one for label in held for one in label.merged)]


def test_a_tag_is_one_however_it_is_typed(lakeside: Cast) -> None:
    writes(lakeside, "One.", "Work", " caf\u00e9 ")
    writes(lakeside, "Two.", "WORK", "work", "Cafe\u0301")
    assert shown(lakeside) == [("caf\u00e9", 2), ("Work", 2)]
    assert [one.tags for one in pages(lakeside)] == [("Work", "caf\u00e9")] * 2
    assert labels(lakeside, "eli") == []


def test_a_change_of_an_entry_changes_its_tags(lakeside: Cast) -> None:
    row = writes(lakeside, "One.", "work", "mum")
    changes(lakeside, row, "One.", "mum", "walks", seen=1)
    assert shown(lakeside) == [("mum", 1), ("walks", 1), ("work", 0)]


@pytest.mark.parametrize("name", ["", "  ", "x" * 61])
def test_a_tag_has_a_name_of_some_length(lakeside: Cast, name: str) -> None:
    with pytest.raises(Invalid) as refused:
        writes(lakeside, "One.", name)
    assert refused.value.field == "tags"
    assert pages(lakeside) == []


# C10: renaming and merging say how many are touched, and are taken back to the letter.


def test_renamed_and_back_again_c10(lakeside: Cast) -> None:
    writes(lakeside, "One.", "mum")
    before = pages(lakeside), labels(lakeside)
    does(lakeside, rename, "mum", name="family")
    assert shown(lakeside) == [("family", 1)]
    assert labels(lakeside)[0].renamed
    does(lakeside, undo, "family")
    assert (pages(lakeside), labels(lakeside)) == before


def test_merged_and_back_again_c10(lakeside: Cast) -> None:
    for n, tag in enumerate(("mum", "mother", "mum", "family")):
        writes(lakeside, f"Number {n}.", tag, at=after(minutes=n))
    before = pages(lakeside), labels(lakeside)
    does(lakeside, merge, "mother", into="mum")
    assert shown(lakeside) == [("family", 1), ("mum", 3)]
    does(lakeside, merge, "mum", into="family")
    assert shown(lakeside) == [("family", 4)]
    assert {one.tags for one in pages(lakeside)} == {("family",)}
    assert len(pages(lakeside, tag=labels(lakeside)[0].id)) == 4
    does(lakeside, undo, "mum")
    assert shown(lakeside) == [("family", 1), ("mum", 3)]  # what it had in it came with it
    does(lakeside, undo, "mother")
    assert (pages(lakeside), labels(lakeside)) == before


def test_an_entry_that_had_both_is_counted_once(lakeside: Cast) -> None:
    writes(lakeside, "One.", "mum", "mother")
    does(lakeside, merge, "mother", into="mum")
    assert shown(lakeside) == [("mum", 1)]
    assert pages(lakeside)[0].tags == ("mum",)


def test_a_merged_name_stands_for_the_other_one(lakeside: Cast) -> None:
    writes(lakeside, "One.", "mum")
    writes(lakeside, "Two.", "mother")
    does(lakeside, merge, "mother", into="mum")
    writes(lakeside, "Three.", "Mother", "mum")
    assert shown(lakeside) == [("mum", 3)]


def test_a_tag_is_merged_into_another_that_stands_by_itself(lakeside: Cast) -> None:
    writes(lakeside, "One.", "a", "b", "c")
    with pytest.raises(Invalid):
        does(lakeside, merge, "a", into="a")
    does(lakeside, merge, "a", into="b")
    with pytest.raises(Invalid):
        does(lakeside, merge, "c", into="a")
    with pytest.raises(Invalid):
        does(lakeside, merge, "b", into="a")  # no circle


def test_a_name_that_is_taken_is_refused_with_a_way_on(lakeside: Cast) -> None:
    writes(lakeside, "One.", "mum", "work")
    with pytest.raises(Invalid, match="merge"):
        does(lakeside, rename, "mum", name="WORK")


def test_there_may_be_nothing_to_undo(lakeside: Cast) -> None:
    writes(lakeside, "One.", "mum")
    before = labels(lakeside)
    does(lakeside, undo, "mum")
    assert labels(lakeside) == before


def test_nobody_renames_what_is_somebody_elses(lakeside: Cast) -> None:
    writes(lakeside, "One.", "mum")
    tag, eli = labels(lakeside)[0].id, lakeside.patients["eli"]
    for act, more in ((rename, {"name": "x"}), (undo, {}), (merge, {"into": tag})):
        with pytest.raises(Tag.DoesNotExist):
            act(eli, tag=tag, by=lakeside.viewer("eli"), at=NOON, **more)


# Look-back: the same day, earlier; what is left alone stays away (C11).


def back(cast: Cast, name: str = "ana", *, on: date = TODAY) -> str:
    by = cast.viewer(name)
    with reading(ACT, by=by, at=NOON):
        page = look_back(by, on)
    return page.writing.text if page else ""


def alone(cast: Cast, what: str, thing: Any, name: str = "ana") -> LeftAlone:
    row: LeftAlone = leave_alone(
        cast.patients[name], what=what, thing=thing, by=cast.viewer(name), at=NOON
    )
    return row


def test_the_same_day_of_earlier_months_and_years() -> None:
    days = earlier_days(date(2026, 3, 2))
    assert days[:5] == [
        date(2026, 2, 2), date(2025, 12, 2), date(2025, 9, 2), date(2025, 3, 2), date(2024, 3, 2),
    ]  # fmt: skip
    assert earlier_days(date(2026, 3, 31))[:2] == [date(2025, 12, 31), date(2025, 3, 31)]
    assert date(2024, 2, 29) in earlier_days(date(2028, 2, 29))


def test_a_page_of_this_day_comes_back(lakeside: Cast) -> None:
    assert back(lakeside) == ""
    writes(lakeside, "Today's.")
    assert back(lakeside) == ""
    writes(lakeside, "A month ago.", at=NOON - timedelta(days=28))
    assert back(lakeside) == "A month ago."
    assert back(lakeside, "eli") == ""


@pytest.mark.parametrize("what", ["entry", "tag", "date"])
def test_what_is_left_alone_does_not_come_back_from_that_moment_on(
    lakeside: Cast, what: str
) -> None:
    row = writes(lakeside, "Him.", "ex", at=NOON - timedelta(days=28))
    thing = {"entry": row.pk, "tag": labels(lakeside)[0].id, "date": row.for_date}[what]
    left = alone(lakeside, what, thing)
    assert alone(lakeside, what, thing) == left  # twice is once
    for days in range(400):
        assert back(lakeside, on=NOON.date() + timedelta(days=days)) == ""
    assert [one.writing.text for one in pages(lakeside)] == ["Him."]  # it is still found
    bring_back(lakeside.patients["ana"], left=left.pk, by=lakeside.viewer("ana"), at=NOON)
    assert back(lakeside) == "Him."


def test_a_tag_that_was_merged_into_one_left_alone_stays_away_too(lakeside: Cast) -> None:
    writes(lakeside, "Him.", "h.", at=NOON - timedelta(days=28))
    writes(lakeside, "So.", "ex")
    alone(lakeside, "tag", next(one.id for one in labels(lakeside) if one.name == "ex"))
    assert back(lakeside) == "Him."
    does(lakeside, merge, "h.", into="ex")
    assert back(lakeside) == ""


def test_only_what_is_ones_own_is_left_alone(lakeside: Cast) -> None:
    row = writes(lakeside, "Him.", "ex")
    tag = labels(lakeside)[0].id
    with pytest.raises(Entry.DoesNotExist):
        alone(lakeside, "entry", row.pk, "eli")
    with pytest.raises(Tag.DoesNotExist):
        alone(lakeside, "tag", tag, "eli")
    left = alone(lakeside, "entry", row.pk)
    with pytest.raises(LeftAlone.DoesNotExist):
        bring_back(lakeside.patients["eli"], left=left.pk, by=lakeside.viewer("eli"), at=NOON)
    with reading(ACT, by=lakeside.viewer("ana"), at=NOON):
        assert [(one.what, one.thing) for one in left_alone(lakeside.viewer("ana"))] == [
            ("entry", row.pk)
        ]


# Events of a life.


def notes(cast: Cast, words: str, first: date, last: date | None = None) -> LifeEvent:
    row: LifeEvent = note_event(
        cast.patients["ana"], words=words, first=first, last=last, by=cast.viewer("ana"), at=NOON
    )
    return row


def test_what_changed_in_a_life_is_kept_by_its_days(lakeside: Cast) -> None:
    by = lakeside.viewer("ana")
    row = notes(lakeside, " A new job. ", date(2026, 1, 5))
    notes(lakeside, "Dad in hospital.", date(2026, 2, 1), date(2026, 2, 9))
    with reading(ACT, by=by, at=NOON):
        assert [(one.words, one.first, one.last) for one in life_events(by)] == [
            ("Dad in hospital.", date(2026, 2, 1), date(2026, 2, 9)),
            ("A new job.", date(2026, 1, 5), None),
        ]
    with pytest.raises(LifeEvent.DoesNotExist):
        remove_event(lakeside.patients["eli"], event=row.pk, by=lakeside.viewer("eli"), at=NOON)
    remove_event(lakeside.patients["ana"], event=row.pk, by=by, at=NOON)
    with reading(ACT, by=by, at=NOON):
        assert [one.words for one in life_events(by)] == ["Dad in hospital."]
    with pytest.raises(LifeEvent.DoesNotExist):
        remove_event(lakeside.patients["ana"], event=uuid4(), by=by, at=NOON)


@pytest.mark.parametrize(
    ("field", "words", "last"),
    [("words", " ", None), ("words", "x" * 301, None), ("last", "So.", date(2025, 12, 31))],
)
def test_what_cannot_be_kept_of_it_names_its_field(
    lakeside: Cast, field: str, words: str, last: date | None
) -> None:
    with pytest.raises(Invalid) as refused:
        notes(lakeside, words, date(2026, 1, 1), last)
    assert refused.value.field == field
