"""Settings of the tests: the same, with a fast password hasher and a home of their own."""

import os
import tempfile
from pathlib import Path

_home = Path(tempfile.mkdtemp(prefix="waymark-tests-"))
os.environ["WAYMARK_HOME"] = str(_home)
(_home / "keys").mkdir()
(_home / "keys" / "master.key").write_text("5f" * 32 + "\n")

from waymark.config.settings import *  # noqa: E402, F403 -- the home must stand before it is read

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WAYMARK_DEMO = (
    True  # risk items may be assigned in the demo alone; tests of decision 17 turn it off
)
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405 -- from the settings above; WhiteNoise looks there
