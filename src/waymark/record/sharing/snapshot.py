"""What a share shows: one version of a thing in its own words, as it stood when it was shared."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any


@dataclass(frozen=True, slots=True)
class Part:
    """Some words, and what they are: "Where I was", "How strong". ``label`` may be empty."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A thing as a reader sees it: nothing of it is looked up anew when it is read.

    ``facts`` are numbers that stand in its words too, for a page that counts with them.
    """

    title: str
    day: str  # its own day, ISO; empty where it has none
    parts: tuple[Part, ...]
    facts: Mapping[str, int] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """All that is said in it, to be heard for danger."""
        return "\n".join(part.text for part in self.parts)

    @property
    def digest(self) -> str:
        """The same for the same words in the same order, and for no others."""
        said = json.dumps(self.body, sort_keys=True, ensure_ascii=False)
        return sha256(said.encode()).hexdigest()

    @property
    def body(self) -> dict[str, Any]:
        """As it is stored."""
        parts = [[part.label, part.text] for part in self.parts]
        facts = {"facts": dict(self.facts)} if self.facts else {}
        return {"title": self.title, "day": self.day, "parts": parts, **facts}


def read(body: Mapping[str, Any]) -> Snapshot:
    """A stored one. Shapes of two releases back are read as they are."""
    parts = tuple(Part(label, text) for label, text in body["parts"])
    return Snapshot(body["title"], body["day"], parts, body.get("facts", {}))
