"""Settings of every installation. What differs between them comes from `home`."""

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF

from waymark.config.home import find

HOME = find()
PACKAGE = Path(__file__).resolve().parent.parent

WAYMARK_DEMO = HOME.demo
WAYMARK_HOME = HOME.root
WAYMARK_MASTER_KEY_FILE = HOME.master_key
WAYMARK_SESSION_KEY_FILE = HOME.session_key_file
WAYMARK_ADDRESS = HOME.values["address"]

# A missing key is replaced for this process alone: commands that need no web work without a home,
# and the deployment check keeps the portal from starting like that.
DEBUG = False
WAYMARK_SESSION_KEY_FOUND = HOME.session_key() is not None
SECRET_KEY = HOME.session_key() or secrets.token_urlsafe(50)
ALLOWED_HOSTS = [
    "127.0.0.1",
    "localhost",
    "[::1]",
    urlsplit(WAYMARK_ADDRESS).hostname or "",
    *HOME.values["hosts"],
]
_HTTPS = WAYMARK_ADDRESS.startswith("https://")
CSRF_TRUSTED_ORIGINS = [WAYMARK_ADDRESS] if _HTTPS else []

# Every folder of the record with tables; in the order of names, for none asks another as it loads.
ROOMS = [
    f"waymark.record.{room.parent.name}" for room in sorted((PACKAGE / "record").glob("*/apps.py"))
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    *ROOMS,
    "waymark.interfaces.ui",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "waymark.interfaces.headers.HeadersMiddleware",
    "waymark.interfaces.accounts.health.HealthMiddleware",
    "waymark.interfaces.commit.CommitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "waymark.interfaces.accounts.known_browsers.KnownBrowserMiddleware",
    "waymark.interfaces.accounts.expiry.ExpiryMiddleware",
    "waymark.interfaces.accounts.factor.FactorMiddleware",
    "waymark.interfaces.accounts.confirming.ConfirmMiddleware",
]

ROOT_URLCONF = "waymark.config.urls"
WSGI_APPLICATION = "waymark.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "interfaces"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "waymark.interfaces.accounts.public_pages.help_context",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "waymark.interfaces.endpoint.page_context",
            ],
            # Every template marks its words (docs/decisions/0019): none has to load the tags.
            "builtins": ["django.templatetags.i18n"],
        },
    }
]

# SQLite: WAL, FULL (a power cut loses nothing acknowledged) and IMMEDIATE (writers queue).
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA mmap_size=134217728;"
        "PRAGMA journal_size_limit=67108864;PRAGMA cache_size=-20000;PRAGMA temp_store=MEMORY;"
        "PRAGMA foreign_keys=ON;PRAGMA secure_delete=ON;"
    ),
}


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": 600,
        "OPTIONS": SQLITE_OPTIONS,
    }


def _database() -> dict[str, Any]:
    url = HOME.values["database_url"]
    if not url:
        return _sqlite(HOME.database)
    # A connection that the server closed, restarted perhaps, is made anew before it is used.
    return {**dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True)}


DATABASES = {"default": _database(), "keyring": _sqlite(HOME.keyring)}
DATABASE_ROUTERS = ["waymark.record.vault.routing.KeyringRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "waymark.interfaces.cache.HonestCache",
        "LOCATION": "cache",
        "TIMEOUT": 600,
        # Past this many, a third is dropped: a flood of wrong names must not push out
        # the counts of wrong passwords, nor the codes that were used.
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["waymark.interfaces.accounts.backend.BlindIndexBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# In a cookie of the browser itself: words for one person are not kept in the sessions' table.
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "waymark.interfaces.accounts.adapter.AccountAdapter"
MFA_ADAPTER = "waymark.interfaces.accounts.adapter.FactorAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "index"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
# Behind the proxy of an https address every request comes from it; its last word names the client.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _HTTPS else 0
ACCOUNT_RATE_LIMITS = {"join": "20/m/ip", "reset_password": "20/m/ip,5/h/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _HTTPS
MFA_TOTP_ISSUER = "Waymark"

# Idle and absolute limits, in seconds (docs/explanation/sessions.md).
WAYMARK_STAFF_IDLE, WAYMARK_STAFF_LIMIT = 15 * 60, 12 * 3600
WAYMARK_CLIENT_IDLE, WAYMARK_CLIENT_LIMIT = 30 * 60, 24 * 3600
SESSION_ENGINE = "waymark.record.sessions.models"
SESSION_COOKIE_AGE = 24 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_NAME = "__Host-session" if _HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if _HTTPS else "csrf"
CSRF_FAILURE_VIEW = "waymark.interfaces.errors.csrf_failure"
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_SSL_REDIRECT = False  # the proxy in front does it; docs/how-to/deploy.md
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
# Other sites get no address; our own forms need one, or the browser hides their origin from CSRF.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

STATIC_URL = "/static/"
STATIC_ROOT = HOME.root / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
# An upload is read in memory or not at all: Django's usual way leaves a large one on the disk.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

EMAIL_BACKEND = (
    "django.core.mail.backends.filebased.EmailBackend"
    if WAYMARK_DEMO
    else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_FILE_PATH = str(HOME.mail)
EMAIL_HOST = HOME.values["smtp_host"]
EMAIL_PORT = HOME.values["smtp_port"]
EMAIL_HOST_USER = HOME.values["smtp_user"]
EMAIL_HOST_PASSWORD = HOME.values["smtp_password"]
EMAIL_USE_TLS = HOME.values["smtp_starttls"]
EMAIL_USE_SSL = HOME.values["smtp_tls"]
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = HOME.values["mail_from"]

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-us"
LANGUAGES = [("en-us", "English")]  # the only one so far; the words are marked for others
USE_I18N = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"no_bodies": {"()": "waymark.interfaces.errors.WithoutBodies"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["no_bodies"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS = ["security.W008"]  # SSL redirect is the proxy's, see above
