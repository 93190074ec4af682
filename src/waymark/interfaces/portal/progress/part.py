"""What a part of Progress is: one file, with what it shows and its template beside it.

Courses of measures stand on the page itself; what else can be told of somebody joins below them,
each by itself: nothing is mixed into one number.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from waymark.access.vocabulary import Viewer

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """``data`` returns what its template is given, or None where there is nothing to tell."""

    id: str
    number: int
    data: Callable[[Viewer, datetime], Data | None]

    @property
    def template(self) -> str:
        return f"portal/progress/parts/{self.id}.html"


def drawn(parts: Mapping[str, Part], viewer: Viewer, *, at: datetime) -> Iterator[tuple[str, Data]]:
    """Each part that has something to tell: its template and its data, in order."""
    for part in sorted(parts.values(), key=lambda one: one.number):
        data = part.data(viewer, at)
        if data is not None:
            yield part.template, data
