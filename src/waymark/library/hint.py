"""What a hint is: a kind suggestion beside one field, which never stands in the way of keeping."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hint:
    """``id`` says which, so that one can be put away; ``field`` is what it stands beside."""

    id: str
    field: str
    words: str
