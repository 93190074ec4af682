"""Everything that can be said of a client is planted, by the room that keeps it."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.access.canaries import MEETS, PLACE, Client, met, plant, rooms
from tests.access.people import STANDING
from tests.cast import Cast, looking
from tests.house.test_record import tables
from waymark.record.tenancy.scope import PatientOwned
from waymark.record.vault.fields import Sealed
from waymark.record.vault.privacy import Privacy

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

# Sealed words that no canary can stand in, each with the reason.
NOT_IN_WORDS = {
    "people.Contact.safe": "yes or no, for each way of reaching somebody",
}


def said_of(patient: object) -> Iterator[tuple[str, str, str]]:
    """Each sealed column for words or names: its room, its name, and what a client has in it."""
    for table in tables():
        if not isinstance(table._default_manager, PatientOwned):
            continue
        whose = "pk" if table.__name__ == "Patient" else "patient"
        for column in table._meta.fields:
            if isinstance(column, Sealed) and column.privacy is not Privacy.CLINICAL:
                rows = table.objects.filter(**{whose: patient.pk})  # type: ignore[attr-defined]
                held = json.dumps([getattr(row, column.attname) for row in rows])
                name = f"{table._meta.app_label}.{table.__name__}.{column.attname}"
                yield table._meta.app_label, name, held


def test_every_column_for_words_holds_a_canary(lakeside: Cast) -> None:
    plant(Client(lakeside, "ana", "ben"))
    with looking():
        silent = {
            name: PLACE.format(room=room)
            for room, name, held in said_of(lakeside.patients["ana"])
            if "canaryana" not in held
        }
    missing = [f"{name}: in {file}" for name, file in silent.items() if name not in NOT_IN_WORDS]
    assert missing == [], "plant a canary"
    assert NOT_IN_WORDS.keys() <= silent.keys()


def test_who_may_meet_one_is_somebody_that_the_cast_knows() -> None:
    standings = {one for held in STANDING.values() for each in held.values() for one in each}
    assert set().union(*MEETS.values()) <= standings


ROOM = "AFTER = {after}\nMEETS = {{'{kind}': {{'self'}}}}\ndef plant(one): return {{}}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Two rooms of a house that is not there: what is said of roses, and of bees after them."""
    for name, after in (("bees", ("roses",)), ("roses", ())):
        (tmp_path / "garden" / name).mkdir(parents=True)
        text = ROOM.format(after=after, kind=name)
        (tmp_path / "garden" / name / "canaries.py").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path / "garden"
    for name in [one for one in sys.modules if one.split(".")[0] == "garden"]:
        del sys.modules[name]


def test_a_room_comes_after_those_it_builds_on(folder: Path) -> None:
    found = rooms(folder, "garden")
    assert [one.__name__ for one in found] == ["garden.roses.canaries", "garden.bees.canaries"]
    assert met(found) == {"roses": {"self"}, "bees": {"self"}}


def test_a_room_without_its_words_is_named(folder: Path) -> None:
    (folder / "bees" / "canaries.py").write_text("MEETS = {}\n")
    with pytest.raises(LookupError, match=r"tests/record/bees/canaries.py has no plant"):
        rooms(folder, "garden")


def test_two_rooms_plant_no_canary_of_one_name(folder: Path) -> None:
    (folder / "bees" / "canaries.py").write_text(ROOM.format(after=(), kind="roses"))
    with pytest.raises(ValueError, match="roses is planted twice"):
        met(rooms(folder, "garden"))


def test_a_canary_that_nobody_may_meet_is_a_mistake(lakeside: Cast) -> None:
    with pytest.raises(LookupError, match="whisper: say in MEETS who may meet it"):
        Client(lakeside, "ana", "ben").canary("whisper")
