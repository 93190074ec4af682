"""Where this installation keeps its things, and its settings file: read once, at start."""

import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Home:
    """The folders of one installation: data, keyring and master key apart from each other."""

    root: Path
    written: dict[str, Any] = field(default_factory=dict)

    @property
    def settings_file(self) -> Path:
        return self.root / "waymark.toml"

    @property
    def database(self) -> Path:
        return self.root / "data" / "waymark.sqlite3"

    @property
    def keyring(self) -> Path:
        return self.root / "keyring" / "keyring.sqlite3"

    @property
    def master_key(self) -> Path:
        given = os.environ.get("WAYMARK_MASTER_KEY_FILE")
        credentials = os.environ.get("CREDENTIALS_DIRECTORY")
        if credentials and not given:
            held = Path(credentials) / "waymark-master-key"
            if held.exists():
                return held
        return Path(given) if given else self.root / "keys" / "master.key"

    @property
    def mail(self) -> Path:
        return self.root / "mail"

    @property
    def secret_key_file(self) -> Path:
        return self.root / "keys" / "django.key"

    def value(self, name: str, default: Any = None) -> Any:
        """A setting: WAYMARK_NAME in the environment, else the settings file, else the default."""
        from_environment = os.environ.get(f"WAYMARK_{name.upper()}")
        return self.written.get(name, default) if from_environment is None else from_environment

    def make_folders(self) -> None:
        for folder in (self.database.parent, self.keyring.parent, self.mail):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def find() -> Home:
    """The home in WAYMARK_HOME, or `var/waymark` below the working folder."""
    root = Path(os.environ.get("WAYMARK_HOME", "var/waymark")).resolve()
    file = root / "waymark.toml"
    written = tomllib.loads(file.read_text()) if file.exists() else {}
    return Home(root, written)
