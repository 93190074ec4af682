"""Generated pages are current, links lead somewhere, nothing private stands in the project."""

import re
import subprocess
from pathlib import Path

from waymark.interfaces.cli.docs import pages

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"


def test_generated_pages_are_current() -> None:
    stale = [name for name, text in pages().items() if (REFERENCE / name).read_text() != text]
    assert stale == [], "run `waymark docs`"


def test_every_link_between_pages_leads_somewhere() -> None:
    broken = []
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text()):
            if "://" not in target and not (page.parent / target).exists():
                broken.append(f"{page.name}: {target}")
    assert broken == []


def test_every_decision_is_listed() -> None:
    index = (ROOT / "docs" / "decisions" / "README.md").read_text()
    pages_held = {path.name for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md")}
    assert all(name in index for name in pages_held)


def test_no_registry_host_and_no_machine_path_is_committed() -> None:
    words = (
        "py" + "pi.org",
        "python" + "hosted",
        "registry.np" + "mjs",
        "/work" + "/",
        "/fa" + "rm/",
    )
    files = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    texts = {name: (ROOT / name).read_bytes() for name in files if (ROOT / name).is_file()}
    found = [
        (name, word) for name, text in texts.items() for word in words if word.encode() in text
    ]
    assert found == []
