"""Where this installation keeps its things, and its settings: read once, at start."""

import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from waymark.config.known_settings import BadSettings, values
from waymark.interfaces.demo_home import mark_of

SHORTEST_KEY = 40  # signs; `waymark init` writes 67


@dataclass(frozen=True, slots=True)
class Home:
    """The folders of one installation: data, keyring and master key apart from each other."""

    root: Path
    values: dict[str, Any] = field(default_factory=dict)

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
    def demo(self) -> bool:
        """Whether this is a demo's home: the home knows, whatever is set. Raises BadSettings."""
        made = mark_of(self.root).exists()
        if self.values.get("demo") and not made:
            raise BadSettings(
                [
                    f"demo: it is set, and {self.root} was not made by `waymark demo`. In a demo "
                    "staff come in without a second factor; take WAYMARK_DEMO away, and demo out "
                    "of waymark.toml."
                ]
            )
        return made

    @property
    def session_key_file(self) -> Path:
        return self.root / "keys" / "django.key"

    def session_key(self) -> str | None:
        """What signs cookies and links, or None where there is none yet. Raises BadSettings."""
        file = self.session_key_file
        try:
            key = file.read_text().strip()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise BadSettings([f"{file}: it cannot be read ({_why(error)}). {OWNER}"]) from error
        if len(key) < SHORTEST_KEY:
            raise BadSettings(
                [
                    f"{file}: it is empty or cut short. Put it back from a backup, or remove it "
                    "and run `waymark init`: everybody signs in again."
                ]
            )
        return key


OWNER = "Let the user that runs Waymark own it: chown and chmod 600."


def find() -> Home:
    """The home in WAYMARK_HOME, or `var/waymark` below the working folder. Raises BadSettings."""
    root = Path(os.environ.get("WAYMARK_HOME", "").strip() or "var/waymark").resolve()
    file = root / "waymark.toml"
    return Home(root, values(file, _written(file), os.environ))


def _written(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except NotADirectoryError as error:
        raise BadSettings([f"WAYMARK_HOME: {file.parent} is no folder. Name one."]) from error
    except UnicodeDecodeError as error:
        raise BadSettings(
            [f"{file}: it is not written in UTF-8. Save it anew as plain text in UTF-8."]
        ) from error
    except IsADirectoryError as error:
        raise BadSettings(
            [f"{file}: it is a folder. Settings are a file: move it away."]
        ) from error
    except OSError as error:
        raise BadSettings([f"{file}: it cannot be read ({_why(error)}). {OWNER}"]) from error
    except tomllib.TOMLDecodeError as error:
        raise BadSettings(
            [
                f'{file}: {error}. Each line is a name, =, and a value in marks: address = "https://…"'
            ]
        ) from error


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or type(error).__name__
