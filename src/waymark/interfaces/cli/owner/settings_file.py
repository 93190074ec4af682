"""The settings file of an installation: read by `config.home`, written by `waymark init`."""

import json
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings


def write_settings(**values: str | int) -> None:
    """Keep these values, and those that were there; the file is replaced in one step.

    Nobody but its owner can read it at any moment: it may hold the password of a mail server.
    """
    file = Path(settings.WAYMARK_HOME) / "waymark.toml"
    held = tomllib.loads(file.read_text(encoding="utf-8-sig")) if file.exists() else {}
    lines = [f"{name} = {json.dumps(value)}" for name, value in {**held, **values}.items()]
    draft = file.with_suffix(".new")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_text("\n".join(lines) + "\n")
    draft.replace(file)


def keep_address(address: str) -> None:
    """Keep the address that clients open, for this process too; its name is answered from now on.

    A name that stood in ``hosts`` for an address before stays: whoever wrote it there wanted it.
    """
    write_settings(address=address)
    settings.WAYMARK_ADDRESS = address
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, urlsplit(address).hostname or ""]
