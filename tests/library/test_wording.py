"""A published wording is frozen: one changed word, answer or value fails here.

Its pin, a hash, stands in the table of the instrument's figures. A pin is never changed: a changed
word is a new version of the instrument, and a new pin.
"""

import hashlib
import json
from dataclasses import replace

import pytest

from tests.library.written import TYPED
from waymark.library.instrument import Instrument
from waymark.library.instruments import INSTRUMENTS

PINNED = {id: table.get("wording", {}) for id, table in TYPED.items()}


def fingerprint(instrument: Instrument) -> str:
    """The hash of everything a person reads and of what each answer is worth."""
    read = {
        "introduction": instrument.introduction,
        "stem": instrument.stem,
        "recall": instrument.recall,
        "items": [
            {
                "id": item.id,
                "text": item.text,
                "options": [[option.value, option.label] for option in item.options],
                "reverse": item.reverse,
                "gate": item.gate and [item.gate.item, sorted(item.gate.values)],
                "scored": item.scored,
            }
            for item in instrument.items
        ],
    }
    return hashlib.sha256(json.dumps(read, sort_keys=True).encode()).hexdigest()


@pytest.mark.parametrize("instrument", INSTRUMENTS.values(), ids=INSTRUMENTS)
def test_the_wording_is_the_one_that_was_published(instrument: Instrument) -> None:
    pinned = PINNED.get(instrument.id, {}).get(f"v{instrument.version}")
    found = fingerprint(instrument)
    assert pinned == found, (
        f"The wording of {instrument.id} v{instrument.version} is not the pinned one. Put the "
        f"words back, or publish a new version and pin v{instrument.version + 1}. "
        f"A wording that is pinned for the first time stands in tests/library/figures/"
        f'{instrument.id}.toml: wording.v{instrument.version} = "{found}"'
    )


def test_every_pin_is_of_an_instrument_that_still_stands_on_the_shelf() -> None:
    """An id is never reused and a published version never forgotten."""
    assert set(PINNED) == set(INSTRUMENTS)


def test_one_changed_word_changes_the_fingerprint() -> None:
    phq9 = INSTRUMENTS["phq-9"]
    softened = replace(phq9.items[6], text=phq9.items[6].text.replace("television", "TV"))
    altered = replace(phq9, items=(*phq9.items[:6], softened, *phq9.items[7:]))
    assert fingerprint(altered) != fingerprint(phq9)
