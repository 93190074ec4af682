"""Gives the build the run-time requirements, so that they are written once, in base.in."""

from pathlib import Path

from hatchling.metadata.plugin.interface import MetadataHookInterface


class FromLock(MetadataHookInterface):
    def update(self, metadata: dict) -> None:
        lines = (Path(self.root) / "requirements" / "base.in").read_text().splitlines()
        wanted = (line.split("#")[0].strip() for line in lines)
        metadata["dependencies"] = [line for line in wanted if line]
