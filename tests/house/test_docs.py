"""Generated pages are current, links lead somewhere, nothing private stands in the project."""

import re
import subprocess
from pathlib import Path

from waymark.interfaces.cli.owner.commands.docs import pages

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
    assert sorted(name for name in pages_held if f"]({name})" not in index) == []


def test_every_page_stands_on_the_index_itself() -> None:
    """Whoever looks for a page looks there; decisions have a list of their own, checked above."""
    docs = ROOT / "docs"
    targets = re.findall(r"\]\(([^)#:]+\.md)[^)]*\)", (docs / "README.md").read_text())
    listed = {(docs / target).resolve() for target in targets}
    held = {page for page in docs.rglob("*.md") if not page.name.startswith("0")}
    assert sorted(held - {docs / "README.md"} - listed) == []
    assert "docs/README.md" in (ROOT / "README.md").read_text()


def test_the_readme_shows_three_small_pictures() -> None:
    """Taken by `make pictures`; each says in words what it shows."""
    shown = re.findall(r"!\[([^\]]+)\]\((docs/pictures/[^)]+)\)", (ROOT / "README.md").read_text())
    assert len(shown) == 3
    assert all(len(words.split()) > 5 for words, _ in shown)
    sizes = {name: (ROOT / name).stat().st_size for _, name in shown}
    assert max(sizes.values()) < 200_000
    assert {path.name for path in (ROOT / "docs" / "pictures").iterdir()} == {
        Path(name).name for name in sizes
    }


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
