"""What stands between the house and the street, typed by hand: settings at home, and on the air.

`home` is an address of this machine alone, `air` one that phones open. The settings are read as a
server reads them, in a process of their own. Headers as they arrive stand in
`tests/journeys/test_deploy.py`.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HOME, AIR = "http://127.0.0.1:8000", "https://portal.example.org"
YEAR = 365 * 24 * 3600
SELF, NONE = ["'self'"], ["'none'"]
# What holds at home, and on the air.
EACH: dict[str, tuple[Any, Any]] = {
    "SESSION_COOKIE_SECURE": (False, True),
    "CSRF_COOKIE_SECURE": (False, True),
    "SESSION_COOKIE_NAME": ("session", "__Host-session"),
    "CSRF_COOKIE_NAME": ("csrf", "__Host-csrf"),
    "SECURE_HSTS_SECONDS": (0, YEAR),
    "SECURE_PROXY_SSL_HEADER": (None, ["HTTP_X_FORWARDED_PROTO", "https"]),
    "CSRF_TRUSTED_ORIGINS": ([], [AIR]),
    "ALLAUTH_TRUSTED_PROXY_COUNT": (0, 1),
    "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": (True, False),
}
# What holds in both.
BOTH: dict[str, Any] = {
    "DEBUG": False,
    "WAYMARK_DEMO": False,
    "SESSION_COOKIE_HTTPONLY": True,
    "CSRF_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "CSRF_COOKIE_SAMESITE": "Lax",
    "SESSION_COOKIE_AGE": 24 * 3600,
    "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
    "ACCOUNT_SESSION_REMEMBER": False,
    "ACCOUNT_LOGOUT_ON_GET": False,
    "ACCOUNT_REAUTHENTICATION_TIMEOUT": 600,
    "WAYMARK_STAFF_IDLE": 15 * 60,
    "WAYMARK_STAFF_LIMIT": 12 * 3600,
    "WAYMARK_CLIENT_IDLE": 30 * 60,
    "WAYMARK_CLIENT_LIMIT": 24 * 3600,
    "SECURE_REFERRER_POLICY": "same-origin",
    "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
    "X_FRAME_OPTIONS": "DENY",
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.Argon2PasswordHasher"],
    "FILE_UPLOAD_HANDLERS": ["django.core.files.uploadhandler.MemoryFileUploadHandler"],
    "CONTENT_SECURITY_POLICY": {
        "DIRECTIVES": {
            "default-src": NONE,
            "script-src": SELF,
            "style-src": SELF,
            "img-src": [*SELF, "data:"],
            "font-src": SELF,
            "connect-src": SELF,
            "form-action": SELF,
            "manifest-src": SELF,
            "base-uri": NONE,
            "frame-ancestors": NONE,
            "object-src": NONE,
        }
    },
}
# Of SQLite: a power cut loses nothing that was acknowledged, writers queue, nothing deleted stays.
PRAGMAS = {
    "journal_mode": "WAL",
    "synchronous": "FULL",
    "foreign_keys": "ON",
    "secure_delete": "ON",
    "temp_store": "MEMORY",
}
READ = (
    "import json, sys; from waymark.config import settings as held; "
    "print(json.dumps({name: getattr(held, name) for name in sys.argv[1:]}))"
)


def read(folder: Path, address: str, *names: str) -> dict[str, Any]:
    bare = {name: it for name, it in os.environ.items() if not name.startswith("WAYMARK_")}
    bare.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-c", READ, *names],
        env={**bare, "WAYMARK_HOME": str(folder), "WAYMARK_ADDRESS": address},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(("address", "place"), [(HOME, 0), (AIR, 1)], ids=["home", "air"])
def test_every_setting_towards_the_street_is_the_one_typed_here(
    tmp_path: Path, address: str, place: int
) -> None:
    wanted = {**BOTH, **{name: pair[place] for name, pair in EACH.items()}}
    assert read(tmp_path, address, *wanted) == wanted


def test_what_was_acknowledged_outlives_a_power_cut(tmp_path: Path) -> None:
    for held in read(tmp_path, HOME, "DATABASES")["DATABASES"].values():
        pragmas = held["OPTIONS"]["init_command"].replace("PRAGMA ", "").strip(";").split(";")
        found = dict(one.split("=") for one in pragmas)
        assert {name: found.get(name) for name in PRAGMAS} == PRAGMAS
        assert held["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
