"""What each client has in every room: planted through actions, with a canary in each thing said.

A room says it beside its own tests, in `tests/record/<room>/canaries.py`: who may meet which canary
(`MEETS`), and how the client comes to have one of everything (`plant`). The matrix of access, the
rows and rulings, and the scan for plain text all plant the same.
"""

from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path
from types import ModuleType
from uuid import UUID

from tests.cast import Cast
from waymark.access.vocabulary import Viewer
from waymark.record.tenancy.models import Patient

ROOMS = Path(__file__).parents[1] / "record"
PLACE = "tests/record/{room}/canaries.py"


@dataclass
class Client:
    """One client to plant for: who they are, who treats them, what they have by now."""

    cast: Cast
    name: str
    clinician: str
    objects: dict[str, UUID] = field(default_factory=dict)  # ids, as addresses name them

    @property
    def patient(self) -> Patient:
        return self.cast.patients[self.name]

    @property
    def me(self) -> Viewer:
        return self.cast.viewer(self.name)

    @property
    def therapist(self) -> Viewer:
        return self.cast.viewer(self.clinician)

    def canary(self, kind: str) -> str:
        """The words that stand in for what is said; a kind that nobody may meet is a mistake."""
        if kind not in MEETS:
            raise LookupError(f"{kind}: say in MEETS who may meet it")
        return f"canary{self.name}{kind}"


def rooms(folder: Path = ROOMS, package: str = "tests.record") -> list[ModuleType]:
    """The file of each room, in an order in which every room comes after those it builds on."""
    names = sorted(file.parent.name for file in folder.glob("*/canaries.py"))
    held = {name: import_module(f"{package}.{name}.canaries") for name in names}
    for name, module in held.items():
        for part in ("MEETS", "plant"):
            if not hasattr(module, part):
                raise LookupError(f"{PLACE.format(room=name)} has no {part}")
    order = TopologicalSorter({name: getattr(held[name], "AFTER", ()) for name in names})
    return [held[name] for name in order.static_order()]


def met(modules: list[ModuleType]) -> dict[str, set[str]]:
    """Who may meet each kind of canary on a page, by how they stand to the client."""
    found: dict[str, set[str]] = {}
    for module in modules:
        for kind, standings in module.MEETS.items():
            if kind in found:
                raise ValueError(f"{module.__name__}: {kind} is planted twice")
            found[kind] = set(standings)
    return found


PLANTED = rooms()
MEETS = met(PLANTED)


def plant(one: Client) -> None:
    """Give the client one of everything there is."""
    for module in PLANTED:
        one.objects |= module.plant(one)
