"""Reads worked cases and answers written as a row: ``1 0 2 -``, where ``-`` is unanswered."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from waymark.library.instrument import Instrument

CASES = Path(__file__).parent / "cases"
FIGURES = Path(__file__).parent / "figures"
TYPED = {path.stem: tomllib.loads(path.read_text()) for path in sorted(FIGURES.glob("*.toml"))}
"""What was typed of each instrument a second time, by its id."""


def row(instrument: Instrument, text: str) -> dict[str, int | None]:
    """Answers by item id; items after the last one written are left out."""
    ids = [item.id for item in instrument.items]
    signs = text.split()
    assert len(signs) <= len(ids), f"{instrument.id} has {len(ids)} items: {text}"
    return {id: None if sign == "-" else int(sign) for id, sign in zip(ids, signs, strict=False)}


def cases() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every worked case with the id of its instrument."""
    for path in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(path.read_text())["case"]:
            yield path.stem, case
