"""Arrows only point down: the import contracts hold, and a new room has its place in them."""

import subprocess
import sys
from pathlib import Path

import pytest
from grimp import ImportGraph

from tests.house.rooms_contract import Rooms

ROOT = Path(__file__).parents[2]
HOUSE = ("attic", "living", "cellar")


def test_every_import_contract_holds() -> None:
    program = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]


def kept(*arrows: tuple[str, str]) -> bool:
    """Whether a house of three rooms takes two more, which no layer names, with these arrows."""
    graph = ImportGraph()
    for room in ("", *HOUSE, "study", "nursery"):
        graph.add_module(f"home.{room}".rstrip("."))
    for importer, imported in arrows:
        graph.add_import(importer=f"home.{importer}", imported=f"home.{imported}")
    options = {
        "containers": ["home"],
        "layers": list(HOUSE),
        "beside": "living",
        "exhaustive": "true",
    }
    contract = Rooms("rooms", {"root_packages": ["home"]}, options)
    return contract.check(graph, verbose=False).kept


@pytest.mark.parametrize(
    ("importer", "imported", "may"),
    [
        ("study", "cellar", True),
        ("attic", "study", True),
        ("study", "living", False),
        ("study", "nursery", False),
        ("living", "study", False),
        ("cellar", "study", False),
        ("study", "attic", False),
    ],
)
def test_a_room_that_no_layer_names_stands_beside_the_one_that_is_said(
    importer: str, imported: str, may: bool
) -> None:
    assert kept((importer, imported)) is may
