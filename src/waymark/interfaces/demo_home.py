"""The mark that `waymark demo` leaves in a home that it makes, by which the home knows."""

from pathlib import Path


def mark_of(home: Path) -> Path:
    """Stands in a home of made-up people, and in no other."""
    return home / "made-up-people"
