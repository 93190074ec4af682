"""Reads the table of permissions that was written by hand: seats, people, rows."""

from dataclasses import dataclass
from pathlib import Path

from waymark.access.vocabulary import Relation, Role

PAGE = Path(__file__).with_name("permissions.txt")
OVER = {"patient": {"patient"}, "clinic": {"clinic"}, "both": {"patient", "clinic"}}


@dataclass(frozen=True)
class Seat:
    """A role, with or without a licence, in one way of standing."""

    role: Role
    licensed: bool
    stands: Relation


@dataclass(frozen=True)
class Row:
    """What one action is over, and the seats that may."""

    over: frozenset[str]
    seats: frozenset[str]


def _section(name: str) -> list[list[str]]:
    text = PAGE.read_text().split(f"[{name}]\n")[1].split("\n[")[0]
    return [line.split() for line in text.splitlines() if line and not line.startswith("#")]


def seats() -> dict[str, Seat]:
    """By name. A word that is no role, licence or standing raises."""
    return {
        name: Seat(Role(role), {"yes": True, "no": False}[licence], Relation(stands))
        for name, role, licence, stands, *_ in _section("seats")
    }


def people() -> dict[str, frozenset[str]]:
    """In which seats each of the cast sits when it is about Ana."""
    known = set(seats())
    found = {}
    for name, *words in _section("people"):
        held = words[: next((n for n, word in enumerate(words) if word not in known), len(words))]
        assert held or words[0] == "-", f"{name}: say in which seats, or -"
        found[name] = frozenset(held)
    return found


def rows() -> dict[str, Row]:
    """By action. A seat that is not known raises, and so does a row that stands there twice."""
    found: dict[str, Row] = {}
    for action, over, *held in _section("rows"):
        assert action not in found, f"{action} has two rows"
        assert set(held) <= set(seats()), f"{action}: {set(held) - set(seats())} is no seat"
        found[action] = Row(frozenset(OVER[over]), frozenset(held))
    return found
