"""The product's own settings on a real disk, with its own log at DEBUG and written to a file."""

from waymark.config.settings import *  # noqa: F403 -- the settings under test, as they are
from waymark.config.settings import HOME, LOGGING

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # dozens of sign-ins
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LOGGING["handlers"]["console"].update(  # the same formatter and filter, into a file
    {"class": "logging.FileHandler", "filename": str(HOME.root / "logs" / "waymark.log")}
)
LOGGING["root"]["level"] = "DEBUG"
LOGGING["loggers"] = {"django": {"level": "DEBUG"}}
