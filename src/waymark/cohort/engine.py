"""What an engine is: it reads an extract and gives the same counts as every other one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from waymark.cohort.extract import Rules
from waymark.cohort.measure import Share
from waymark.cohort.refit import Refit

Key = tuple[str, str]
"""Instrument, and the group (empty where all are counted together)."""

BandKey = tuple[str, str, int]
"""Instrument, group, and the band of the first score."""


@dataclass(frozen=True, slots=True)
class Ending:
    """Courses of one instrument that reached a reliable improvement at ``reached`` (0: never),
    ended at ``ended``, and are still open or not."""

    reached: int
    ended: int
    still_open: bool


@dataclass(slots=True)
class Counts:
    """All that was counted: shares by measure and key, and endings by instrument.

    ``bands`` holds the shares by band of the first score too, where groups are compared.
    ``expected`` holds the refitted course of each instrument, or why there is none; it is made of
    sums, so that equality leaves it out: what follows from it is counted. ``nhs`` holds the counts
    of NHS Talking Therapies by group. ``left_out`` says how many rows could not be used, by the
    reason.
    """

    shares: dict[str, dict[Key, Share]] = field(default_factory=dict)
    bands: dict[str, dict[BandKey, Share]] = field(default_factory=dict)
    endings: dict[str, dict[Ending, int]] = field(default_factory=dict)
    expected: dict[str, Refit] = field(default_factory=dict)
    nhs: dict[str, dict[str, int]] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    rows: int = 0

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Counts):
            return NotImplemented
        return all(
            getattr(self, name) == getattr(other, name)
            for name in ("shares", "bands", "endings", "nhs", "left_out", "rows")
        )


def with_totals(counts: Counts) -> Counts:
    """Counts by group, and all groups together under the empty name: one pass gives both."""
    for shares in counts.shares.values():
        for (instrument, _), share in list(shares.items()):
            shares[instrument, ""] = shares.get((instrument, ""), Share(0, 0)) + share
    if counts.nhs:
        held = list(counts.nhs.values())
        counts.nhs[""] = {name: sum(one[name] for one in held) for name in NHS_COUNTS}
    return counts


NHS_COUNTS = (
    "finished", "paired", "not_at_caseness", "recovery", "reliable_recovery", "improvement",
    "deterioration", "no_reliable_change",
)  # fmt: skip


class Unusable(Exception):
    """The extract cannot be read; the message names what is wrong and the remedy."""


class Engine(Protocol):
    """Counts an extract. ``by`` groups by `site`, by `part`, or not at all ('').

    ``rows`` is a Parquet file to write with a line for each counted score (`cohort.rows`), in no
    promised order. An engine that is stopped leaves it unfinished: give it a place beside.
    """

    id: str

    def count(
        self, path: Path, *, rules: Mapping[str, Rules], by: str = "", rows: Path | None = None
    ) -> Counts:
        """Count the extract at ``path``: ``rules`` by instrument, ``by`` a column to group by, if
        any, ``rows`` a Parquet file for a line a course. Raises `Unusable` with the remedy."""
