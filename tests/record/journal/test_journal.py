"""The journal: Ana writes, changes, finds again; drafts are kept and are no entries."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import NOON, Cast, after, looking
from tests.record.steps import concern_of
from waymark.access.vocabulary import Action
from waymark.library.folding import sought
from waymark.record.journal.actions import (
    Changed,
    ToKeep,
    ToWrite,
    change,
    drop_draft,
    remove,
    save_draft,
    write,
)
from waymark.record.journal.models import Entry, EntryDraft
from waymark.record.journal.queries import Page, drafts_of, page_of, pages_of, search
from waymark.record.journal.writing import MOST_CHARACTERS, Writing, length_of, read, snapshot_of
from waymark.record.sharing.actions import ToShare, share
from waymark.record.sharing.models import Share
from waymark.record.sharing.snapshot import Part
from waymark.record.tenancy.action import Invalid, Refused, reading

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
ACT = Action.KEEP_JOURNAL
PHONE, LAPTOP = uuid4(), uuid4()
DAY = Writing("The bus was late, and I read instead.", before=3, after=6)


def writes(cast: Cast, what: Writing | str = DAY, *tags: str, **given: Any) -> Entry:
    by, at = cast.viewer(given.pop("by", "ana")), given.pop("at", NOON)
    writing = Writing(what) if isinstance(what, str) else what
    key = given.pop("key", None)
    made: Entry = write(
        cast.patients["ana"], what=ToWrite(writing, tags, **given), by=by, at=at, key=key
    )
    return made


def changes(cast: Cast, entry: Entry, text: str, *tags: str, seen: int, **given: Any) -> Entry:
    what = ToWrite(Writing(text), tags, **given)
    made: Entry = change(
        cast.patients["ana"], entry=entry.pk, seen=seen, what=what, by=cast.viewer("ana"), at=NOON
    )
    return made


def pages(cast: Cast, name: str = "ana", **given: Any) -> list[Page]:
    by = cast.viewer(name)
    with reading(ACT, by=by, at=NOON):
        return pages_of(by, **given).pages


def test_a_page_is_its_writers_alone(lakeside: Cast) -> None:
    writes(lakeside)
    assert [one.writing for one in pages(lakeside)] == [DAY]
    for name in ("eli", "ben", "sue", "dana", "ada"):
        assert pages(lakeside, name) == []
        with pytest.raises(Refused):
            writes(lakeside, by=name)


def test_no_rule_listens_to_what_is_private(lakeside: Cast) -> None:
    writes(lakeside, "I want to kill myself.")
    assert concern_of(lakeside, "ana") is None


def test_a_day_ends_at_four_c01(lakeside: Cast) -> None:
    """Chicago: 01:10 and 03:59:59 on Tuesday are still Monday, 04:00 is Tuesday."""
    tuesday = NOON.replace(hour=0, minute=0) + timedelta(days=1)
    for hours, minutes, seconds, back in ((7, 10, 0, 1), (9, 59, 59, 1), (10, 0, 0, 0)):
        at = tuesday + timedelta(hours=hours, minutes=minutes, seconds=seconds)
        row = writes(lakeside, at=at)
        assert (row.for_date, row.written_at) == (tuesday.date() - timedelta(days=back), at)


def test_a_change_of_zone_moves_no_day_c02(lakeside: Cast) -> None:
    ana = lakeside.patients["ana"]
    before = writes(lakeside).for_date
    for zone in ("Pacific/Auckland", "Asia/Kolkata", "America/Chicago"):
        with looking():
            type(ana).objects.filter(pk=ana.pk).update(zone=zone)
        assert [one.day for one in pages(lakeside)] == [before]


# Kept exactly, and counted the same in browser and server (C15).

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
EXACT = [
    "  spaces around \t\n\n and within  ",
    "<p>pasted <b>HTML</b> & a &lt;tag&gt;</p>",
    f"{FAMILY} e\u0301 \u05e9\u05dc\u05d5\u05dd \u202eabc",
    "a" * MOST_CHARACTERS,
]


@pytest.mark.parametrize("text", EXACT, ids=lambda text: text[:12])
def test_a_text_is_kept_exactly(lakeside: Cast, text: str) -> None:
    row = writes(lakeside, text)
    assert pages(lakeside)[0].writing.text == text
    assert changes(lakeside, row, text, seen=1).body["text"] == text


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r"), min_size=1)
)
def test_any_text_is_kept_exactly(lakeside: Cast, text: str) -> None:
    if not text.strip():
        return
    row = writes(lakeside, text)
    with looking():
        assert Entry.objects.get(pk=row.pk).body["text"] == text


def test_a_line_break_is_one_sign(lakeside: Cast) -> None:
    lines = "x\r\n" * (MOST_CHARACTERS // 2)
    assert length_of(lines) == MOST_CHARACTERS
    assert writes(lakeside, lines).body["text"] == lines.replace("\r\n", "\n")
    with pytest.raises(Invalid, match="by 2 characters"):
        writes(lakeside, f"{lines}ab")


@pytest.mark.parametrize(
    ("field", "what"),
    [
        ("text", Writing(" \n ")),
        ("text", Writing("a\x00b")),
        ("before", Writing("So.", before=11)),
        ("after", Writing("So.", after=-1)),
        ("prompt", Writing("So.", "no-such-family", "x")),
        ("prompt", Writing("So.", "daily-reflection", "no-such-prompt")),
    ],
)
def test_what_cannot_be_kept_names_its_field(lakeside: Cast, field: str, what: Writing) -> None:
    with pytest.raises(Invalid) as refused:
        writes(lakeside, what)
    assert refused.value.field == field
    assert pages(lakeside) == []


# One id is one entry, for ever (C26).


@pytest.mark.parametrize("days", [0, 45])
def test_the_same_id_sent_again_is_the_same_entry(lakeside: Cast, days: int) -> None:
    id = uuid4()
    first = writes(lakeside, "One.", id=id)
    again = writes(lakeside, "One.", id=id, at=after(days=days))
    assert first.pk == again.pk == id
    assert [one.writing.text for one in pages(lakeside)] == ["One."]


def test_an_id_of_somebody_else_is_no_way_to_their_entry(lakeside: Cast) -> None:
    id, eli = uuid4(), lakeside.patients["eli"]
    what = ToWrite(Writing("Eli's."), id=id)
    write(eli, what=what, by=lakeside.viewer("eli"), at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        writes(lakeside, "Ana's.", id=id)
    assert [one.writing.text for one in pages(lakeside, "eli")] == ["Eli's."]


def test_one_form_sent_twice_is_one_entry(lakeside: Cast) -> None:
    key = uuid4()
    assert writes(lakeside, key=key) == writes(lakeside, key=key)


#   phone   v1 ───────────────▶ v2
#   laptop  v1 ──────────────────────▶ v2?   shown beside, chosen by hand


def test_a_second_device_overwrites_nothing(lakeside: Cast) -> None:
    row = writes(lakeside)
    changes(lakeside, row, "From the phone.", seen=1)
    with pytest.raises(Changed) as refused:
        changes(lakeside, row, "From the laptop.", seen=1)
    assert refused.value.field == "text"
    assert pages(lakeside)[0].writing.text == "From the phone."
    assert changes(lakeside, row, "From both.", seen=2).version == 3


def test_a_change_never_makes_an_entry_c32(lakeside: Cast) -> None:
    row = writes(lakeside)
    remove(lakeside.patients["ana"], entry=row.pk, by=lakeside.viewer("ana"), at=NOON)
    with pytest.raises(Entry.DoesNotExist):
        changes(lakeside, row, "Back again?", seen=1)
    assert pages(lakeside) == []


# Drafts.


def begins(cast: Cast, text: str, device: Any = PHONE, **given: Any) -> EntryDraft | None:
    at = given.pop("at", NOON)
    what = ToKeep(Writing(text), device, **given)
    kept: EntryDraft | None = save_draft(
        cast.patients["ana"], what=what, by=cast.viewer("ana"), at=at
    )
    return kept


def begun(cast: Cast, **given: Any) -> list[tuple[str, Any]]:
    by = cast.viewer("ana")
    with reading(ACT, by=by, at=NOON):
        return [(one.writing.text, one.device) for one in drafts_of(by, **given)]


def test_what_was_begun_is_kept_and_is_no_entry(lakeside: Cast) -> None:
    begins(lakeside, "The b")
    begins(lakeside, "The bus", at=after(minutes=1))
    assert begun(lakeside) == [("The bus", PHONE)]
    assert pages(lakeside) == []


def test_two_devices_have_a_draft_each(lakeside: Cast) -> None:
    begins(lakeside, "On the phone")
    begins(lakeside, "On the laptop", LAPTOP, at=after(minutes=1))
    assert begun(lakeside) == [("On the laptop", LAPTOP), ("On the phone", PHONE)]
    writes(lakeside, device=PHONE)
    assert begun(lakeside) == [("On the laptop", LAPTOP)]


def test_a_draft_of_a_change_says_where_it_began(lakeside: Cast) -> None:
    row = writes(lakeside)
    draft = begins(lakeside, "Rather so", entry=row.pk, base=1)
    assert draft is not None
    assert (draft.entry_id, draft.base) == (row.pk, 1)
    assert begun(lakeside) == []
    assert begun(lakeside, entry=row.pk) == [("Rather so", PHONE)]
    changes(lakeside, row, "Rather so.", seen=1, device=PHONE)
    assert begun(lakeside, every=True) == []


def test_nothing_typed_leaves_no_draft(lakeside: Cast) -> None:
    begins(lakeside, "So")
    assert begins(lakeside, " \n") is None
    assert begun(lakeside) == []


def test_what_is_too_long_for_an_entry_is_kept_as_a_draft(lakeside: Cast) -> None:
    assert begins(lakeside, "x" * (MOST_CHARACTERS + 1)) is not None
    with pytest.raises(Invalid):
        begins(lakeside, "x" * 200_001)


def test_a_draft_of_somebody_elses_entry_is_none(lakeside: Cast) -> None:
    row = writes(lakeside)
    eli = lakeside.patients["eli"]
    what = ToKeep(Writing("Mine?"), PHONE, entry=row.pk)
    with pytest.raises(Entry.DoesNotExist):
        save_draft(eli, what=what, by=lakeside.viewer("eli"), at=NOON)
    draft = begins(lakeside, "Hers.")
    assert draft is not None
    with pytest.raises(EntryDraft.DoesNotExist):
        drop_draft(eli, draft=draft.pk, by=lakeside.viewer("eli"), at=NOON)
    drop_draft(lakeside.patients["ana"], draft=draft.pk, by=lakeside.viewer("ana"), at=NOON)
    assert begun(lakeside) == []


# Found again (C17); what is removed is found by nobody.


def found(cast: Cast, query: str, name: str = "ana") -> list[str]:
    by = cast.viewer(name)
    with reading(ACT, by=by, at=NOON):
        hits = search(by, sought(query))
        return [
            "|".join(hit.page.writing.text[start:end] for start, end in hit.places) for hit in hits
        ]


def test_what_was_written_is_found_newest_first_and_marked(lakeside: Cast) -> None:
    writes(lakeside, "My vid\u00e9o, once.", at=NOON - timedelta(days=2))
    writes(lakeside, "Another VIDEO.", at=NOON - timedelta(days=1))
    writes(lakeside, "Nothing of it.")
    assert found(lakeside, "video") == ["VIDEO", "vid\u00e9o"]
    assert found(lakeside, "video once") == ["vid\u00e9o|once"]
    assert found(lakeside, "video never") == []
    assert found(lakeside, "video", "eli") == []


def test_what_was_removed_is_found_no_more(lakeside: Cast) -> None:
    row = writes(lakeside, "A rare word: quokka.")
    assert found(lakeside, "quokka") == ["quokka"]
    remove(lakeside.patients["ana"], entry=row.pk, by=lakeside.viewer("ana"), at=NOON)
    assert found(lakeside, "quokka") == []


def test_staff_cannot_search_at_all(lakeside: Cast) -> None:
    with pytest.raises(LookupError):
        found(lakeside, "video", "ben")


# Shared as it was; removed, it is taken back.


def test_a_reader_sees_the_question_the_words_and_the_moods() -> None:
    what = Writing("Soup.", "daily-reflection", "gave-energy", before=0, after=4)
    assert snapshot_of(what, date(2026, 3, 2)).parts == (
        Part("In answer to", "What gave you a little energy today?"),
        Part("", "Soup."),
        Part("Mood before", "0 of 10"),
        Part("Mood after", "4 of 10"),
    )
    assert snapshot_of(Writing("Soup."), date(2026, 3, 2)).parts == (Part("", "Soup."),)


def test_what_is_removed_is_taken_back(lakeside: Cast) -> None:
    row, by = writes(lakeside), lakeside.viewer("ana")
    shown = snapshot_of(DAY, row.for_date)
    what = ToShare("journal", row.pk, shown, shown.digest)
    share(lakeside.patients["ana"], what=what, by=by, at=NOON)
    remove(lakeside.patients["ana"], entry=row.pk, by=by, at=after(hours=1))
    with looking():
        assert [(one.ended, one.words) for one in Share.objects.all()] == [("withdrawn", None)]


def test_a_question_that_is_gone_is_not_made_up() -> None:
    assert Writing("So.", "daily-reflection", "no-more").asked == ""
    assert Writing("So.", "no-such-family", "x").asked == Writing("So.").asked == ""
    assert read(DAY.body) == DAY


def test_the_newest_come_first_a_page_at_a_time(lakeside: Cast) -> None:
    for n in range(5):
        writes(lakeside, f"Number {n}.", at=after(minutes=n))
    by = lakeside.viewer("ana")
    with reading(ACT, by=by, at=NOON):
        first = pages_of(by, size=3)
        rest = pages_of(by, size=3, below=first.older)
    texts = [one.writing.text for one in (*first.pages, *rest.pages)]
    assert texts == [f"Number {n}." for n in (4, 3, 2, 1, 0)]
    with reading(ACT, by=by, at=NOON):
        assert page_of(by, first.pages[0].id) == first.pages[0]
