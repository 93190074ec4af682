"""Figures that a run found: tests note them, the runner prints them and writes the dated page."""

import os
from datetime import UTC, datetime
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "assurance.md"


def note(name: str, found: str) -> None:
    """Keep one figure of this run; works from every worker process."""
    file = os.environ.get("WAYMARK_FIGURES")
    line = f"{name}: {found}"
    if file:
        with Path(file).open("a") as held:
            held.write(line + "\n")
    else:
        print(line)


def lines(file: Path) -> list[str]:
    """What was noted, each line once, in the order of the names."""
    return sorted(set(file.read_text().splitlines())) if file.exists() else []


def write_page(found: list[str]) -> None:
    """The dated page of a full run."""
    rows = [f"| {name} | {text} |" for name, text in (line.split(": ", 1) for line in found)]
    head = [
        "# What a full run found",
        "",
        f"`make assurance`, {datetime.now(UTC):%Y-%m-%d}. Each figure has a planted fault that the",
        "same run must catch; a run whose fault passes unseen fails. Whether the tests notice what",
        "somebody could break in earnest stands on [planted faults](planted-faults.md).",
        "",
        "| figure | found |",
        "|---|---|",
    ]
    PAGE.write_text("\n".join([*head, *rows]) + "\n")
