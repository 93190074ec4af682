"""Lets the build make the fonts of the look, so that they stand there once Waymark is installed."""

import sys
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BuildFonts(BuildHookInterface):
    def initialize(self, version: str, build_data: dict) -> None:
        sys.path.insert(0, str(Path(self.root) / "src"))
        from waymark.interfaces.ui import fonts

        if fonts.can_be_made():
            fonts.make()
        else:
            self.app.display_warning("Pages will stand in the fonts of the system: none is here.")
