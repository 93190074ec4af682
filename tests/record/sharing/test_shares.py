"""Sharing: Ana shares version 1, Ben reads that one; what she changes or takes back is hers."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from tests.cast import NOON, Cast, after, looking
from tests.record.steps import concern_of, entries_of
from waymark.access.vocabulary import Action
from waymark.record.safety.models import EntryKind
from waymark.record.sharing.actions import (
    ToShare,
    note_shared,
    see_shared,
    set_stream,
    share,
    take_back,
)
from waymark.record.sharing.models import Receipt, Share, Stream
from waymark.record.sharing.queries import shared_by, shared_now, streams_of
from waymark.record.sharing.snapshot import Part, Snapshot, read
from waymark.record.tenancy.action import Invalid, Refused, reading

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

ENTRY = uuid4()
OTHERS = ("eli", "gil", "sue", "dana", "ada")


def version(*lines: str, title: str = "Journal") -> Snapshot:
    return Snapshot(title, "2027-01-04", tuple(Part("", line) for line in lines))


ONE = version("It was a long day.", "My brother called.")
TWO = version("It was a long day.", "I cried on the phone.")


def shares(cast: Cast, snapshot: Snapshot = ONE, **given: Any) -> Share:
    """``seen``: what was on the screen; ``tell``: whether Ana asks that somebody is told."""
    what = ToShare(
        "journal",
        given.pop("thing", ENTRY),
        snapshot,
        given.pop("seen", snapshot.digest),
        tell=given.pop("tell", False),
    )
    by = cast.viewer(given.pop("by", "ana"))
    made: Share = share(cast.patients["ana"], what=what, by=by, at=given.pop("at", NOON), **given)
    return made


def read_by(cast: Cast, name: str, **given: Any) -> list[Snapshot]:
    by, ana = cast.viewer(name), cast.patients["ana"].pk
    with reading(Action.READ_SHARED, by=by, at=NOON):
        return [one.snapshot for one in shared_by(by, Action.READ_SHARED, ana, **given).shared]


def own(cast: Cast) -> Any:
    ana = cast.viewer("ana")
    with reading(Action.SHARE, by=ana, at=NOON):
        return shared_now(ana, Action.SHARE, [ENTRY]).get(ENTRY)


def test_what_is_shared_is_read_by_the_team_and_by_nobody_else(lakeside: Cast) -> None:
    assert read_by(lakeside, "ben") == []
    shares(lakeside)
    assert read_by(lakeside, "ben") == [ONE]
    for name in OTHERS:
        assert read_by(lakeside, name) == []


def test_nobody_shares_for_somebody_else(lakeside: Cast) -> None:
    for name in (*OTHERS, "ben"):
        with pytest.raises(Refused):
            shares(lakeside, by=name)


#   shared        changed        shared anew
#     1     ───▶    1      ───▶      2          what Ben reads


def test_a_change_waits_until_it_is_shared(lakeside: Cast) -> None:
    first = shares(lakeside)
    assert read_by(lakeside, "ben") == [ONE]  # the entry may say anything by now
    second = shares(lakeside, TWO, at=after(hours=1))
    assert read_by(lakeside, "ben") == [TWO]
    with looking():
        kept = Share.objects.get(pk=first.pk)
        assert (kept.ended, kept.ended_at, kept.words) == ("changed", after(hours=1), None)
    assert second.pk != first.pk


def test_what_is_shared_already_is_not_shared_twice(lakeside: Cast) -> None:
    assert shares(lakeside) == shares(lakeside, at=after(hours=1))
    with looking():
        assert Share.objects.count() == 1


def test_only_what_was_on_the_screen_is_shared(lakeside: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        shares(lakeside, TWO, seen=ONE.digest)
    assert refused.value.field == "version"
    assert read_by(lakeside, "ben") == []


def test_taken_back_no_word_of_it_stays_and_the_receipt_does(lakeside: Cast) -> None:
    row, ana = shares(lakeside), lakeside.viewer("ana")
    see_shared(lakeside.patients["ana"], shares=[row.pk], by=lakeside.viewer("ben"), at=NOON)
    assert take_back(lakeside.patients["ana"], thing=ENTRY, by=ana, at=after(hours=1))
    assert read_by(lakeside, "ben") == []
    with looking():
        kept = Share.objects.get()
        assert (kept.ended, kept.words) == ("withdrawn", None)
        assert Receipt.objects.count() == 1
    assert not take_back(lakeside.patients["ana"], thing=ENTRY, by=ana, at=after(hours=2))


def test_nobody_takes_back_what_another_shared(lakeside: Cast) -> None:
    shares(lakeside)
    eli = lakeside.patients["eli"]
    assert not take_back(eli, thing=ENTRY, by=lakeside.viewer("eli"), at=NOON)
    with pytest.raises(Refused):
        take_back(lakeside.patients["ana"], thing=ENTRY, by=lakeside.viewer("ben"), at=NOON)
    assert read_by(lakeside, "ben") == [ONE]


def test_two_versions_cannot_be_shared_at_once(lakeside: Cast) -> None:
    row = shares(lakeside)
    with looking(), pytest.raises(IntegrityError), transaction.atomic():
        Share.objects.create(
            patient_id=row.patient_id,
            clinic_id=row.clinic_id,
            about="journal",
            thing=ENTRY,
            words=TWO.body,
            shared_at=NOON,
        )
    row.ended_at = NOON  # and its words are still there
    with looking(), pytest.raises(IntegrityError), transaction.atomic():
        row.save()


# Receipts name the version that was read.


def uses(cast: Cast) -> list[tuple[str, str]]:
    held = own(cast)
    return [(one.name, one.used) for one in held.uses] if held else []


def test_the_client_reads_what_became_of_it(lakeside: Cast) -> None:
    row, ana, ben = shares(lakeside), lakeside.patients["ana"], lakeside.viewer("ben")
    assert uses(lakeside) == []
    see_shared(ana, shares=[row.pk], by=ben, at=after(hours=1))
    see_shared(ana, shares=[row.pk], by=ben, at=after(hours=2))
    note_shared(ana, share=row.pk, used="noted", by=ben, at=after(hours=3))
    note_shared(ana, share=row.pk, used="discussed", by=ben, at=after(hours=4))
    name = lakeside.accounts["ben"].name
    assert uses(lakeside) == [(name, "seen"), (name, "noted"), (name, "discussed")]


def test_a_receipt_is_of_the_version_that_was_read(lakeside: Cast) -> None:
    row, ben = shares(lakeside), lakeside.viewer("ben")
    see_shared(lakeside.patients["ana"], shares=[row.pk], by=ben, at=NOON)
    shares(lakeside, TWO, at=after(hours=1))
    assert uses(lakeside) == []  # nobody has read this one


def test_what_was_taken_back_meanwhile_gets_no_receipt(lakeside: Cast) -> None:
    row, ana, ben = shares(lakeside), lakeside.patients["ana"], lakeside.viewer("ben")
    take_back(ana, thing=ENTRY, by=lakeside.viewer("ana"), at=after(hours=1))
    assert see_shared(ana, shares=[row.pk], by=ben, at=after(hours=2)) == 0
    late = note_shared(ana, share=row.pk, used="discussed", by=ben, at=after(hours=2))
    assert late is None
    with looking():
        assert not Receipt.objects.exists()


def test_a_use_is_one_of_two(lakeside: Cast) -> None:
    row, ben = shares(lakeside), lakeside.viewer("ben")
    with pytest.raises(Invalid):
        note_shared(lakeside.patients["ana"], share=row.pk, used="seen", by=ben, at=NOON)


def test_the_newest_comes_first_a_page_at_a_time(lakeside: Cast) -> None:
    for hour in range(5):
        shares(lakeside, version(f"{hour} o'clock"), thing=uuid4(), at=after(hours=hour))
    by, ana = lakeside.viewer("ben"), lakeside.patients["ana"].pk
    seen, below = [], ""
    while True:
        with reading(Action.READ_SHARED, by=by, at=NOON):
            held = shared_by(by, Action.READ_SHARED, ana, below=below, size=2)
            seen += [one.snapshot.words for one in held.shared]
        below = held.older
        if not below:
            break
    assert seen == [f"{hour} o'clock" for hour in (4, 3, 2, 1, 0)]


# Danger in what is shared is heard, whatever becomes of the share.

DARK = version("I slept badly.", "I want to kill myself. I do not know what to do.")


def dark_words(cast: Cast) -> list[str]:
    lines = [one for one in entries_of(cast, "ana") if one.kind == EntryKind.ANSWER]
    with looking():
        return [line.body["answers"][0]["label"] for line in lines]


def test_danger_in_what_is_shared_opens_a_concern(lakeside: Cast) -> None:
    shares(lakeside, DARK)
    assert concern_of(lakeside, "ana") is not None
    assert dark_words(lakeside) == ["I want to kill myself."]


def test_also_where_the_share_is_refused(lakeside: Cast) -> None:
    with pytest.raises(Invalid):
        shares(lakeside, DARK, seen=ONE.digest)
    assert dark_words(lakeside) == ["I want to kill myself."]


def test_other_words_open_none(lakeside: Cast) -> None:
    shares(lakeside, ONE)
    assert concern_of(lakeside, "ana") is None


def test_who_asks_for_somebody_is_heard_whatever_the_words(lakeside: Cast) -> None:
    shares(lakeside, ONE, tell=True)
    assert dark_words(lakeside) == [ONE.words]


def test_the_same_words_within_the_hour_are_told_once(lakeside: Cast) -> None:
    for minutes in (0, 10, 59):
        shares(lakeside, DARK, thing=uuid4(), at=after(minutes=minutes))
    assert len(dark_words(lakeside)) == 1
    shares(lakeside, DARK, thing=uuid4(), at=after(minutes=61))
    assert len(dark_words(lakeside)) == 2


def test_asking_for_somebody_after_that_is_told_as_well(lakeside: Cast) -> None:
    shares(lakeside, DARK)
    shares(lakeside, DARK, tell=True, at=after(minutes=5))
    assert len(dark_words(lakeside)) == 2


def test_a_long_text_is_shown_from_its_beginning(lakeside: Cast) -> None:
    shares(lakeside, version("no words for it " * 200), tell=True)
    (shown,) = dark_words(lakeside)
    assert len(shown) == 601
    assert shown.endswith("\u2026")


# A kind of thing may be shared as it comes.


def switched(cast: Cast, *, on: bool, hours: int = 0) -> None:
    ana = cast.viewer("ana")
    set_stream(cast.patients["ana"], kind="wins", on=on, by=ana, at=after(hours=hours))


def streams(cast: Cast, name: str = "ben") -> dict[str, Any]:
    by = cast.viewer(name)
    with looking():
        return streams_of(by, Action.READ_SHARED, cast.patients["ana"].pk)


def test_a_switch_is_on_from_the_moment_it_was_turned(lakeside: Cast) -> None:
    assert streams(lakeside) == {}
    switched(lakeside, on=True)
    switched(lakeside, on=True, hours=1)  # it stays on, as it was
    assert streams(lakeside) == {"wins": NOON}
    assert streams(lakeside, "eli") == streams(lakeside, "sue") == {}
    switched(lakeside, on=False, hours=2)
    switched(lakeside, on=False, hours=3)
    assert streams(lakeside) == {}
    with looking():
        assert [row.until for row in Stream.objects.all()] == [after(hours=2)]


def test_a_snapshot_comes_back_as_it_was() -> None:
    shown = Snapshot("Tag 🌱", "", (Part("Wo", "שלום\nstraße"), Part("", "")))
    assert read(shown.body) == shown
    assert shown.digest == read(shown.body).digest != ONE.digest
    assert UUID(shown.digest[:32])  # hex, of 64 signs
